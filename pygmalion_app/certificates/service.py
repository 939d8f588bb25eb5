"""Certificates of a person: list, look at, download."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from sqlalchemy import ColumnElement, Row, Uuid, func, literal_column, select
from sqlmodel import col

from pygmalion_app.certificates import life, policy
from pygmalion_app.certificates.content import Content
from pygmalion_app.certificates.document.kept import document_of
from pygmalion_app.certificates.models import Certificate, ChainOperation
from pygmalion_app.certificates.schemas import CertificateFile, CertificateLink, CertificateView
from pygmalion_app.certificates.sealing import open_token
from pygmalion_app.certificates.status import status_of
from pygmalion_app.core.config import Settings
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.i18n import translate
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.unit_of_work import UnitOfWork

ADVANCE_TASK = "certificates.advance"
_RENEWAL = (
    "(SELECT r.id FROM certificates r WHERE r.renews = certificates.id AND r.revoked_at IS NULL"
    " ORDER BY r.issued_at DESC LIMIT 1)"
)


async def list_mine(uow: UnitOfWork, request: PageRequest) -> Page[CertificateView]:
    """Return the caller's own certificates, newest first. NotAuthenticatedError for a stranger."""
    mine = col(Certificate.user_id) == uow.actor.require_user()
    total = (await uow.session.execute(select(func.count()).select_from(Certificate).where(mine))).scalar_one()
    rows = await rows_where(uow, mine, request)
    return Page(tuple(view_of(uow, row) for row in rows), total, request)


async def get(uow: UnitOfWork, certificate_id: UUID) -> CertificateView:
    """Return one certificate to those who may see it; NotFoundError to anybody else."""
    uow.actor.require_user()
    rows = await rows_where(uow, (col(Certificate.id) == certificate_id) & policy.visible_to(uow.actor))
    if not rows:
        raise NotFoundError(certificate=str(certificate_id))
    return view_of(uow, rows[0])


def seen_by(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition on certificates that the caller may see."""
    return policy.visible_to(uow.actor)


async def certificates_of(uow: UnitOfWork, enrollment_ids: Iterable[UUID]) -> dict[UUID, CertificateLink]:
    """Return the newest version of the certificates of enrolments that the caller may see, by enrolment."""
    uow.actor.require_user()
    wanted = col(Certificate.enrollment_id).in_(tuple(enrollment_ids))
    rows = await rows_where(uow, wanted & policy.visible_to(uow.actor))
    # Newest first: read backwards, the newest stays.
    return {view.enrollment_id: CertificateLink.of(view) for view in (view_of(uow, row) for row in reversed(rows))}


async def download(uow: UnitOfWork, certificate_id: UUID) -> CertificateFile:
    """Return the document. NotFoundError to who may not see it, DocumentNotReadyError while it is being made."""
    view = await get(uow, certificate_id)
    certificate = await uow.session.get_one(Certificate, certificate_id)
    name = translate(str(certificate.content["locale"]), "certificate-file-name", number=view.number)
    return CertificateFile(name=name, content=await document_of(uow, certificate))


async def rows_where(
    uow: UnitOfWork, condition: ColumnElement[bool], request: PageRequest | None = None
) -> Sequence[Row[Certificate, Any, Any]]:
    """Return certificates, newest first, each with its batch's anchoring and the live one that renews it."""
    renewal = literal_column(_RENEWAL, Uuid())
    query = (
        select(Certificate, col(ChainOperation.status), renewal)
        .outerjoin(ChainOperation, col(ChainOperation.batch_id) == col(Certificate.batch_id))
        .where(condition)
        .order_by(col(Certificate.issued_at).desc(), col(Certificate.id).desc())
    )
    if request is not None:
        query = query.limit(request.limit).offset(request.offset)
    return (await uow.session.execute(query)).all()


def view_of(uow: UnitOfWork, row: Row[Certificate, Any, Any]) -> CertificateView:
    """Return a certificate of `rows_where` as it is shown."""
    certificate, anchoring, renewed_by = row
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
        life=life.life_of(certificate, anchoring, uow.clock.now(), renewed=renewed_by is not None),
        replaced_by=certificate.replaced_by,
        corrects=certificate.corrects,
        renewed_by=renewed_by,
        name_masked=certificate.name_masked,
    )


def _token(settings: Settings, certificate: Certificate) -> str:
    try:
        return open_token(settings, certificate.id, certificate.token_sealed)
    except InvalidTag:
        # SESSION_SECRET has changed since: the link stands in the document's QR code only.
        return ""
