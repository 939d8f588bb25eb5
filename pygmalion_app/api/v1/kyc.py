"""`/auth/kyc`, `/organizations/{id}/kyb` and `/admin/kyc`: documents that prove who somebody is, and their review."""

from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from pygmalion_app.api.deps import Paging, PathId, SignedInActor
from pygmalion_app.api.responses import Listed, Success, listed, ok
from pygmalion_app.api.uploads import FORM, read_document
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.kyc import documents, policy, review, service
from pygmalion_app.kyc.models import CaseState
from pygmalion_app.kyc.policy import Subject
from pygmalion_app.kyc.rules import UNDER_REVIEW, SubjectKind
from pygmalion_app.kyc.schemas import CaseView, Decide, DocumentView, QueueRow, ReviewedCase, Withdraw

router = APIRouter(tags=["kyc"])

_PRIVATE = {
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_FILE: dict[int | str, dict[str, Any]] = {200: {"content": {"application/pdf": {}, "image/jpeg": {}}}}


async def _document_id(document_id: Annotated[str, Path(alias="documentId")]) -> UUID:
    found = parse_id(document_id)
    if found is None:
        raise NotFoundError
    return found


async def _oneself(actor: SignedInActor) -> Subject:
    return policy.oneself(actor)


async def _organization(organization_id: PathId) -> Subject:
    return Subject(organization_id=organization_id)


DocumentId = Annotated[UUID, Depends(_document_id)]
Oneself = Annotated[Subject, Depends(_oneself)]
OneOrganization = Annotated[Subject, Depends(_organization)]


@router.get("/auth/kyc")
async def my_case(actor: SignedInActor, subject: Oneself) -> Success[CaseView]:
    """Return where the caller's own verification stands, and what it needs."""
    return await _case(actor, subject)


@router.post("/auth/kyc", status_code=201, openapi_extra=FORM)
async def upload_mine(request: Request, actor: SignedInActor, subject: Oneself) -> Success[DocumentView]:
    """Send a document that proves who the caller is: PDF, JPEG or PNG, at most 10 MB."""
    return await take_in(request, actor, subject)


@router.post("/auth/kyc/submit")
async def submit_mine(actor: SignedInActor, subject: Oneself) -> Success[CaseView]:
    """Hand the caller's documents in for review."""
    return await _submit(actor, subject)


@router.get("/auth/kyc/documents/{documentId}", response_class=Response, responses=_FILE)
async def download_mine(actor: SignedInActor, subject: Oneself, document_id: DocumentId) -> Response:
    """Return a document of one's own verification."""
    return _file(await documents.own_document(actor, subject, document_id))


@router.delete("/auth/kyc/documents/{documentId}", status_code=204)
async def remove_mine(actor: SignedInActor, subject: Oneself, document_id: DocumentId) -> Response:
    """Take a document back before it is submitted."""
    return await _remove(actor, subject, document_id)


@router.get("/organizations/{id}/kyb")
async def organization_case(actor: SignedInActor, subject: OneOrganization) -> Success[CaseView]:
    """Return where an organisation's verification stands, and what it needs, to those who may submit it."""
    return await _case(actor, subject)


@router.post("/organizations/{id}/kyb", status_code=201, openapi_extra=FORM)
async def upload_ours(request: Request, actor: SignedInActor, subject: OneOrganization) -> Success[DocumentView]:
    """Send a document of an organisation: PDF, JPEG or PNG, at most 10 MB."""
    return await take_in(request, actor, subject)


@router.post("/organizations/{id}/kyb/submit")
async def submit_ours(actor: SignedInActor, subject: OneOrganization) -> Success[CaseView]:
    """Hand an organisation's documents in for review."""
    return await _submit(actor, subject)


@router.get("/organizations/{id}/kyb/documents/{documentId}", response_class=Response, responses=_FILE)
async def download_ours(actor: SignedInActor, subject: OneOrganization, document_id: DocumentId) -> Response:
    """Return a document of an organisation's verification to those who may submit it."""
    return _file(await documents.own_document(actor, subject, document_id))


@router.delete("/organizations/{id}/kyb/documents/{documentId}", status_code=204)
async def remove_ours(actor: SignedInActor, subject: OneOrganization, document_id: DocumentId) -> Response:
    """Take an organisation's document back before it is submitted."""
    return await _remove(actor, subject, document_id)


@router.get("/admin/kyc")
async def queue(
    actor: SignedInActor,
    paging: Paging,
    state: Annotated[CaseState | None, Query()] = None,
    subject: Annotated[SubjectKind | None, Query()] = None,
) -> Listed[QueueRow]:
    """List verifications, longest waiting first: those to be reviewed, or those in one state. Platform admins only."""
    states = (state,) if state else tuple(UNDER_REVIEW)
    async with unit_of_work(actor) as uow:
        return listed(await review.queue(uow, paging, states=states, subject=subject), lambda row: row)


@router.get("/admin/kyc/{id}")
async def reviewed(actor: SignedInActor, case_id: PathId) -> Success[ReviewedCase]:
    """Return one verification to a reviewer who has nothing to do with it."""
    async with unit_of_work(actor) as uow:
        return ok(await review.reviewed_case(uow, case_id))


@router.post("/admin/kyc/{id}/take")
async def take(actor: SignedInActor, case_id: PathId) -> Success[ReviewedCase]:
    """Begin the review of a submitted verification."""
    async with unit_of_work(actor) as uow:
        return ok(await review.take(uow, case_id))


@router.post("/admin/kyc/{id}/decision")
async def decide(actor: SignedInActor, case_id: PathId, command: Decide) -> Success[ReviewedCase]:
    """Approve, refuse or ask for more; whoever submitted is told by mail."""
    async with unit_of_work(actor) as uow:
        return ok(await review.decide(uow, case_id, command))


@router.post("/admin/kyc/{id}/withdrawal")
async def withdraw(actor: SignedInActor, case_id: PathId, command: Withdraw) -> Success[ReviewedCase]:
    """Take an approval back."""
    async with unit_of_work(actor) as uow:
        return ok(await review.withdraw(uow, case_id, command))


@router.get("/admin/kyc/documents/{documentId}", response_class=Response, responses=_FILE)
async def reviewed_document(actor: SignedInActor, document_id: DocumentId) -> Response:
    """Return a submitted document to a reviewer; each reading is audited."""
    return _file(await documents.reviewed_document(actor, document_id))


@router.get("/admin/kyc/documents/{documentId}/pages/{page}", response_class=Response, responses=_FILE)
async def reviewed_page(
    actor: SignedInActor, document_id: DocumentId, page: Annotated[int, Path(ge=1, le=1000)]
) -> Response:
    """Return one page of a submitted document as a picture, to be looked at; each reading is audited."""
    found = await documents.reviewed_document(actor, document_id, page)
    policy_header = {"Content-Security-Policy": "default-src 'none'; sandbox"}
    return Response(found.content, media_type=found.media_type, headers=_PRIVATE | policy_header)


async def take_in(request: Request, actor: Actor, subject: Subject) -> Success[DocumentView]:
    """Let the upload begin, read it, keep it."""
    await documents.begin_upload(actor, subject)
    command, content = await read_document(request)
    return ok(await documents.upload(actor, subject, command, content))


async def _case(actor: Actor, subject: Subject) -> Success[CaseView]:
    async with unit_of_work(actor) as uow:
        return ok(await service.case_of(uow, subject))


async def _submit(actor: Actor, subject: Subject) -> Success[CaseView]:
    async with unit_of_work(actor) as uow:
        return ok(await service.submit(uow, subject))


async def _remove(actor: Actor, subject: Subject, document_id: UUID) -> Response:
    async with unit_of_work(actor) as uow:
        await service.remove_document(uow, subject, document_id)
    return Response(status_code=204)


def _file(found: documents.DocumentFile) -> Response:
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name)}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(found.content, media_type=found.media_type, headers=_PRIVATE | headers)
