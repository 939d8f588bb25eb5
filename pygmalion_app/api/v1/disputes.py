"""`/payments/disputes`: payments that a bank contests, and the platform's answer."""

from typing import Annotated, Literal

from fastapi import APIRouter, Body, Query, Response

from pygmalion_app.api.deps import Paging, PathId, SignedInActor
from pygmalion_app.api.responses import Listed, Success, listed, ok
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.disputes import service
from pygmalion_app.disputes.schemas import DisputeView, Evidence, SubmitEvidence
from pygmalion_app.payments.dispute_models import DisputeStatus

router = APIRouter(prefix="/payments/disputes", tags=["disputes"])


@router.get("")
async def disputes(
    actor: SignedInActor, paging: Paging, status: Annotated[DisputeStatus | None, Query()] = None
) -> Listed[DisputeView]:
    """Return disputes, the most urgent first: all to the platform, their own to training organisations."""
    async with unit_of_work(actor) as uow:
        return listed(await service.disputes(uow, paging, state=status), lambda row: row)


@router.get("/{id}")
async def dispute(dispute_id: PathId, actor: SignedInActor) -> Success[DisputeView]:
    """Return one dispute."""
    async with unit_of_work(actor) as uow:
        return ok(await service.dispute(uow, dispute_id))


@router.get("/{id}/evidence")
async def evidence(
    dispute_id: PathId, actor: SignedInActor, locale: Annotated[Literal["fr", "en"], Query()] = "fr"
) -> Success[Evidence]:
    """Return what would be answered now: texts by the gateway's names, the document's words, the enclosures."""
    async with unit_of_work(actor) as uow:
        return ok(await service.preview(uow, dispute_id, SubmitEvidence(locale=locale)))


@router.get("/{id}/evidence.pdf", response_class=Response, responses={200: {"content": {"application/pdf": {}}}})
async def document(
    dispute_id: PathId, actor: SignedInActor, locale: Annotated[Literal["fr", "en"], Query()] = "fr"
) -> Response:
    """Return the document as it was sent, or would be."""
    async with unit_of_work(actor) as uow:
        pdf = await service.document(uow, dispute_id, SubmitEvidence(locale=locale))
    headers = {"Content-Disposition": 'inline; filename="evidence.pdf"', "Cache-Control": "no-store"}
    return Response(pdf, media_type="application/pdf", headers=headers)


@router.post("/{id}/evidence", status_code=202)
async def submit(
    dispute_id: PathId, actor: SignedInActor, command: Annotated[SubmitEvidence | None, Body()] = None
) -> Success[DisputeView]:
    """Send the answer; a bank reads one."""
    async with unit_of_work(actor) as uow:
        return ok(await service.submit(uow, dispute_id, command or SubmitEvidence()))
