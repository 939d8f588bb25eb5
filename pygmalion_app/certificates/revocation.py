"""Taking certificates back: at once in the database and in the status list, on chain by the queue of contract calls."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.accounts.reauthentication import require_recent
from pygmalion_app.certificates import life, policy, service
from pygmalion_app.certificates.errors import AlreadyRevokedError
from pygmalion_app.certificates.life_models import EventKind
from pygmalion_app.certificates.models import Certificate, ChainOperation, OperationKind, RevocationReason
from pygmalion_app.certificates.schemas import CertificateView, RevokeCommand
from pygmalion_app.core import audit
from pygmalion_app.core.errors import InvalidInputError
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.facts import both, text
from pygmalion_app.notifications.telling import Link, notify


async def revoke(uow: UnitOfWork, command: RevokeCommand) -> CertificateView:
    """Take a certificate back: at once here, and on chain by a job. Its holder is told, without the private note.

    Raises NotFoundError, PermissionDeniedError, ReauthenticationRequiredError, AlreadyRevokedError, and
    InvalidInputError for a successor that cannot be: another holder's or organisation's, or one taken back itself.
    """
    certificate = await locked_for_change(uow, command.certificate_id, command.replaced_by)
    await _require_successor(uow, certificate, command)
    await take_back(uow, certificate, command.reason, command.note, command.replaced_by)
    await life.tell(uow, certificate.id, EventKind.REVOKED, reason=command.reason, related_id=command.replaced_by)
    await _tell_holder(uow, certificate)
    return await service.get(uow, certificate.id)


async def locked_for_change(uow: UnitOfWork, certificate_id: UUID, other: UUID | None = None) -> Certificate:
    """Return a live certificate, locked (with another one, in the order of their ids), to those who may change it.

    Raises NotFoundError, PermissionDeniedError, ReauthenticationRequiredError, AlreadyRevokedError.
    """
    await service.get(uow, certificate_id)
    policy.require_revoke(uow.actor, await uow.session.get_one(Certificate, certificate_id))
    require_recent(uow)
    # Each replacing the other, at once, would leave neither: whoever comes second sees what the first has done.
    both = (
        select(Certificate)
        .where(col(Certificate.id).in_([found for found in (certificate_id, other) if found]))
        .order_by(col(Certificate.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    await uow.session.execute(both)
    certificate = await uow.session.get_one(Certificate, certificate_id)
    if certificate.revoked_at is not None:
        raise AlreadyRevokedError(certificate=str(certificate.id))
    return certificate


async def take_back(
    uow: UnitOfWork, certificate: Certificate, reason: RevocationReason, note: str, replaced_by: UUID | None
) -> None:
    """Mark a locked, live certificate as taken back, everywhere that this is said, in the caller's transaction."""
    certificate.revoked_at = uow.clock.now()
    certificate.revocation_reason = reason
    certificate.revocation_note = note
    certificate.replaced_by = replaced_by
    uow.session.add(
        ChainOperation(kind=OperationKind.REVOKE, certificate_id=certificate.id, created_at=uow.clock.now())
    )
    await uow.session.flush()
    await audit.record(
        uow,
        "certificate.revoked",
        subject_id=certificate.id,
        organization_id=certificate.organization_id,
        facts={"holder": certificate.user_id, "reason": reason},
    )
    await uow.defer(service.ADVANCE_TASK, queueing_lock=service.ADVANCE_TASK)


async def _require_successor(uow: UnitOfWork, certificate: Certificate, command: RevokeCommand) -> None:
    if command.replaced_by is None:
        if command.reason == RevocationReason.REPLACED:
            raise InvalidInputError(field="replacedBy")
        return
    successor = await uow.session.get(Certificate, command.replaced_by)
    if (
        successor is None
        or successor.id == certificate.id
        or successor.revoked_at is not None
        or (successor.user_id, successor.organization_id) != (certificate.user_id, certificate.organization_id)
    ):
        raise InvalidInputError(field="replacedBy")


async def _tell_holder(uow: UnitOfWork, certificate: Certificate) -> None:
    if certificate.erased_at is not None:
        return
    content = certificate.content
    facts = {
        "course": both(content["course"], content["courseEn"]),
        "number": certificate.number,
        "organization": content["organization"],
        "reason": text(f"verify-reason-{certificate.revocation_reason}"),
    }
    await notify(uow, certificate.user_id, "certificate-revoked", facts, Link("certificates"))
