"""Documents: taken in (checked, encrypted, stored) and given out (to their owner and to reviewers)."""

import asyncio
import logging
import re
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from pygmalion_app.core import audit
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.envelope import TamperedError, WrappedKey
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.limits import Limit, hit
from pygmalion_app.core.unit_of_work import UnitOfWork, unit_of_work
from pygmalion_app.kyc import policy, queries, service
from pygmalion_app.kyc.errors import (
    DocumentInfectedError,
    DocumentKindError,
    DocumentNotFoundError,
    DocumentRefusedError,
    DocumentUnreadableError,
    TooManyDocumentsError,
    ValidityError,
)
from pygmalion_app.kyc.inspection import service as inspection
from pygmalion_app.kyc.inspection.verdict import Clean, RefusedError
from pygmalion_app.kyc.models import CaseState, KycCase, KycDocument
from pygmalion_app.kyc.policy import Subject
from pygmalion_app.kyc.rules import MAX_DOCUMENTS, SubjectKind, requirement_for, today
from pygmalion_app.kyc.schemas import DocumentView, UploadDocument

log = logging.getLogger(__name__)

_SUFFIXES = {"application/pdf": "pdf", "image/jpeg": "jpg"}
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A document's content, decrypted."""

    name: str
    media_type: str
    content: bytes


def file_key(document_id: UUID) -> str:
    """Return where a document's file is in the store."""
    return f"kyc/{document_id}"


async def begin_upload(actor: Actor, subject: Subject) -> None:
    """Let an upload begin, before its bytes are read.

    Raises NotAuthenticatedError, PermissionDeniedError, CaseClosedError, TooManyRequestsError.
    """
    async with unit_of_work(actor) as uow:
        await service.require_editable(uow, subject)
    await hit(Limit.UPLOAD, actor.require_user())


async def upload(actor: Actor, subject: Subject, command: UploadDocument, content: bytes) -> DocumentView:
    """Check, encrypt and keep a document of a subject; what is kept of a picture is its pixels alone.

    Raises DocumentKindError, ValidityError, DocumentRefusedError, DocumentInfectedError, UnavailableError (the
    scanner does not answer), CaseClosedError, TooManyDocumentsError, NotAuthenticatedError, PermissionDeniedError.
    """
    async with unit_of_work(actor) as uow:
        policy.require_subject(uow.actor, subject)
        _require_asked(await queries.subject_kind(uow, subject), command, uow)
    clean = await _inspected(content)
    if uow.ports.scanner is not None:
        found = await uow.ports.scanner.scan(content)
        if found is not None:
            log.warning("an uploaded document was refused by %s: %s", uow.ports.scanner.name, found)
            raise DocumentInfectedError(field="file")
    return await keep(actor, subject, command, clean)


async def keep(actor: Actor, subject: Subject, command: UploadDocument, clean: Clean) -> DocumentView:
    """Encrypt and keep a document that was looked at; errors as `upload`.

    The row is there before the file and complete after it: killed in between, the daily job removes both.
    """
    async with unit_of_work(actor) as uow:
        document, sealed = await _announced(uow, subject, command, clean)
    await uow.ports.files.put(file_key(document.id), sealed)
    async with unit_of_work(actor) as uow:
        stored = await uow.session.get(KycDocument, document.id, with_for_update=True)
        if stored is None:
            raise DocumentNotFoundError
        stored.stored_at = uow.clock.now()
        await uow.session.flush()
        await audit.record(
            uow, "kyc.document_uploaded", subject_id=stored.id, organization_id=stored.organization_id,
            facts={"case": stored.case_id, "kind": stored.kind},
        )  # fmt: skip
        return queries.document_view(stored)


async def _inspected(content: bytes) -> Clean:
    try:
        return await inspection.inspect(content)
    except RefusedError as error:
        raise DocumentRefusedError(field="file", fault=error.fault.value) from None


def _require_asked(kind: SubjectKind, command: UploadDocument, uow: UnitOfWork) -> None:
    requirement = requirement_for(kind, command.kind)
    if requirement is None:
        raise DocumentKindError(field="kind", kind=command.kind.value)
    if requirement.dated and (command.valid_until is None or command.valid_until < today(uow.clock.now())):
        raise ValidityError(field="validUntil")


async def _announced(
    uow: UnitOfWork, subject: Subject, command: UploadDocument, clean: Clean
) -> tuple[KycDocument, bytes]:
    """Write the row of a document whose file is about to be stored; returns it and the file, encrypted."""
    case = await service.locked_open_case(uow, subject)
    counted = select(func.count()).where(col(KycDocument.case_id) == case.id)
    if (await uow.session.execute(counted)).scalar_one() >= MAX_DOCUMENTS:
        raise TooManyDocumentsError(limit=MAX_DOCUMENTS)
    document_id = new_id()
    bound = policy.belongs_to(case.user_id, case.organization_id, document_id)
    sealed, wrapped = await asyncio.to_thread(uow.settings.file_key_ring.seal, clean.content, bound)
    requirement = requirement_for(await queries.subject_kind(uow, subject), command.kind)
    document = KycDocument(
        id=document_id,
        case_id=case.id,
        user_id=case.user_id,
        organization_id=case.organization_id,
        kind=command.kind,
        file_name=_shown_name(command.file_name, clean.media_type),
        media_type=clean.media_type,
        size_bytes=len(clean.content),
        pages=clean.pages,
        valid_until=command.valid_until if requirement and requirement.dated else None,
        uploaded_by=uow.actor.user_id,
        key_id=wrapped.key_id,
        wrapped_key=wrapped.value,
        created_at=uow.clock.now(),
    )
    uow.session.add(document)
    await uow.session.flush()
    return document, sealed


def _shown_name(sent: str, media_type: str) -> str:
    """Return a name that is safe in headers and on disks, ending as what the file is."""
    stem = re.sub(r"[^\w .()'’-]+", " ", sent.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")
    stem = re.sub(r"\.(pdf|jpe?g|png)$", "", stem, flags=re.IGNORECASE).strip(" .")[:_LONGEST_NAME]
    return f"{stem or 'document'}.{_SUFFIXES[media_type]}"


async def own_document(actor: Actor, subject: Subject, document_id: UUID) -> DocumentFile:
    """Return a document to those who act for its subject; the platform's administrators read it as reviewers.

    Raises NotAuthenticatedError, PermissionDeniedError, DocumentNotFoundError, DocumentUnreadableError.
    """
    async with unit_of_work(actor) as uow:
        policy.require_subject(uow.actor, subject)
        document = await _stored(uow, document_id)
        if Subject(document.user_id, document.organization_id) != subject:
            raise DocumentNotFoundError
    if not policy.acts_from_inside(actor, subject):
        return await reviewed_document(actor, document_id)
    return await _opened(uow, document)


async def reviewed_document(actor: Actor, document_id: UUID, page: int | None = None) -> DocumentFile:
    """Return a submitted document (or one page of it as a picture) to a reviewer; the reading is audited first.

    Raises NotAuthenticatedError, PermissionDeniedError, OwnCaseError, DocumentNotFoundError, DocumentUnreadableError.
    """
    async with unit_of_work(actor) as uow:
        uow.actor.require_platform_admin()
        document = await _stored(uow, document_id)
        case = await uow.session.get_one(KycCase, document.case_id)
        await policy.require_reviewer(uow, case)
        if case.state == CaseState.DRAFT or (page is not None and not 1 <= page <= document.pages):
            raise DocumentNotFoundError
        await audit.record(
            uow, "kyc.document_read", subject_id=document.id, organization_id=document.organization_id,
            facts={"case": case.id, "page": page or 0},
        )  # fmt: skip
    opened = await _opened(uow, document)
    if page is None or document.media_type != "application/pdf":
        return opened
    try:
        picture = await inspection.page_picture(opened.content, page)
    except RefusedError:
        raise DocumentUnreadableError from None
    return DocumentFile(f"{opened.name}-{page}.jpg", "image/jpeg", picture)


async def _stored(uow: UnitOfWork, document_id: UUID) -> KycDocument:
    document = await uow.session.get(KycDocument, document_id)
    if document is None or document.stored_at is None:
        raise DocumentNotFoundError
    return document


async def _opened(uow: UnitOfWork, document: KycDocument) -> DocumentFile:
    """Return a document's content; the ports and settings of a unit of work outlive its transaction."""
    try:
        sealed = await uow.ports.files.get(file_key(document.id))
        wrapped = WrappedKey(document.key_id, document.wrapped_key)
        bound = policy.belongs_to(document.user_id, document.organization_id, document.id)
        content = await asyncio.to_thread(uow.settings.file_key_ring.open, sealed, wrapped, bound)
    except (TamperedError, NotFoundError) as error:
        log.exception("the file of document %s is missing or was altered", document.id)
        raise DocumentUnreadableError(document=str(document.id)) from error
    return DocumentFile(document.file_name, document.media_type, content)
