"""Certificates of a person: list, look at, download, take back."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from sqlalchemy import ColumnElement, Row, func, select
from sqlmodel import col

from pygmalion_app.certificates import policy
from pygmalion_app.certificates.errors import AlreadyRevokedError, DocumentNotReadyError
from pygmalion_app.certificates.models import Certificate, ChainOperation, OperationKind
from pygmalion_app.certificates.schemas import (
    CertificateFile,
    CertificateLink,
    CertificateView,
    Content,
    RevokeCommand,
)
from pygmalion_app.certificates.sealing import open_token
from pygmalion_app.certificates.status import status_of
from pygmalion_app.core import audit
from pygmalion_app.core.config import Settings
from pygmalion_app.core.errors import InvalidInputError, NotFoundError
from pygmalion_app.core.i18n import translate
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.unit_of_work import UnitOfWork

ADVANCE_TASK = "certificates.advance"


async def list_mine(uow: UnitOfWork, request: PageRequest) -> Page[CertificateView]:
    """Return the caller's own certificates, newest first. NotAuthenticatedError for a stranger."""
    mine = col(Certificate.user_id) == uow.actor.require_user()
    total = (await uow.session.execute(select(func.count()).select_from(Certificate).where(mine))).scalar_one()
    rows = await _rows(uow, mine, request)
    return Page(tuple(_view(uow, row) for row in rows), total, request)


async def get(uow: UnitOfWork, certificate_id: UUID) -> CertificateView:
    """Return one certificate to those who may see it; NotFoundError to anybody else."""
    uow.actor.require_user()
    rows = await _rows(uow, (col(Certificate.id) == certificate_id) & policy.visible_to(uow.actor))
    if not rows:
        raise NotFoundError(certificate=str(certificate_id))
    return _view(uow, rows[0])


async def certificates_of(uow: UnitOfWork, enrollment_ids: Iterable[UUID]) -> dict[UUID, CertificateLink]:
    """Return the certificates of enrolments that the caller may see, by enrolment."""
    uow.actor.require_user()
    wanted = col(Certificate.enrollment_id).in_(tuple(enrollment_ids))
    rows = await _rows(uow, wanted & policy.visible_to(uow.actor))
    return {view.enrollment_id: CertificateLink.of(view) for view in (_view(uow, row) for row in rows)}


async def download(uow: UnitOfWork, certificate_id: UUID) -> CertificateFile:
    """Return the document. NotFoundError to who may not see it, DocumentNotReadyError while it is being made."""
    view = await get(uow, certificate_id)
    certificate = await uow.session.get_one(Certificate, certificate_id)
    if certificate.file_key is None:
        raise DocumentNotReadyError(certificate=str(certificate_id))
    name = translate(str(certificate.content["locale"]), "certificate-file-name", number=view.number)
    return CertificateFile(name=name, content=await uow.ports.files.get(certificate.file_key))


async def revoke(uow: UnitOfWork, command: RevokeCommand) -> CertificateView:
    """Take a certificate back: at once here, and on chain by a job.

    Raises NotFoundError, PermissionDeniedError, AlreadyRevokedError, InvalidInputError for a successor that cannot be.
    """
    await get(uow, command.certificate_id)
    policy.require_revoke(uow.actor, await uow.session.get_one(Certificate, command.certificate_id))
    certificate = await uow.session.get_one(
        Certificate, command.certificate_id, with_for_update=True, populate_existing=True
    )
    if certificate.revoked_at is not None:
        raise AlreadyRevokedError(certificate=str(certificate.id))
    if command.replaced_by is not None:
        successor = await uow.session.get(Certificate, command.replaced_by)
        if successor is None or successor.id == certificate.id or successor.user_id != certificate.user_id:
            raise InvalidInputError(field="replacedBy")
    certificate.revoked_at = uow.clock.now()
    certificate.revocation_reason = command.reason
    certificate.replaced_by = command.replaced_by
    uow.session.add(
        ChainOperation(kind=OperationKind.REVOKE, certificate_id=certificate.id, created_at=uow.clock.now())
    )
    await uow.session.flush()
    await audit.record(
        uow,
        "certificate.revoked",
        subject_id=certificate.id,
        organization_id=certificate.organization_id,
        facts={"holder": certificate.user_id, "reason": command.reason},
    )
    await uow.defer(ADVANCE_TASK, queueing_lock=ADVANCE_TASK)
    return await get(uow, certificate.id)


async def _rows(
    uow: UnitOfWork, condition: ColumnElement[bool], request: PageRequest | None = None
) -> Sequence[Row[Certificate, Any]]:
    query = (
        select(Certificate, col(ChainOperation.status))
        .outerjoin(ChainOperation, col(ChainOperation.batch_id) == col(Certificate.batch_id))
        .where(condition)
        .order_by(col(Certificate.issued_at).desc(), col(Certificate.id).desc())
    )
    if request is not None:
        query = query.limit(request.limit).offset(request.offset)
    return (await uow.session.execute(query)).all()


def _view(uow: UnitOfWork, row: Row[Certificate, Any]) -> CertificateView:
    certificate, anchoring = row
    content: dict[str, Any] = certificate.content
    said = Content.model_validate(content)
    token = _token(uow.settings, certificate)
    return CertificateView(
        id=certificate.id,
        number=certificate.number,
        enrollment_id=certificate.enrollment_id,
        holder=said.holder,
        course=said.course,
        course_en=said.course_en,
        organization=said.organization,
        completed_on=said.completed_on,
        issued_at=certificate.issued_at,
        valid_until=certificate.valid_until,
        status=status_of(certificate.revoked_at, certificate.valid_until, anchoring, uow.clock.now()),
        verification_token=token,
        verification_url=f"{uow.settings.base_url}/verify/{token}" if token else "",
        downloadable=certificate.file_key is not None,
        file_sha256=certificate.file_sha256.hex() if certificate.file_sha256 else None,
        token_id=str(certificate.token_id) if certificate.token_id is not None else None,
        revoked_at=certificate.revoked_at,
        revocation_reason=certificate.revocation_reason,
    )


def _token(settings: Settings, certificate: Certificate) -> str:
    try:
        return open_token(settings, certificate.id, certificate.token_sealed)
    except InvalidTag:
        # SESSION_SECRET has changed since: the link stands in the document's QR code only.
        return ""
