"""The check of certificates obtained elsewhere, by a person of the holder's company or of the platform."""

from uuid import UUID

from pygmalion_app.certificates import external_queries
from pygmalion_app.certificates.errors import ExternalDecidedError, ExternalOwnError
from pygmalion_app.certificates.external_schemas import DecideExternal, ExternalView
from pygmalion_app.certificates.life_models import ExternalCertificate, ExternalState
from pygmalion_app.core import audit
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.facts import text
from pygmalion_app.notifications.telling import Link, notify


async def decide(uow: UnitOfWork, certificate_id: UUID, command: DecideExternal) -> ExternalView:
    """Accept or refuse a certificate obtained elsewhere; its holder is told by mail, with the reason.

    Raises NotAuthenticatedError, NotFoundError, ExternalOwnError, PermissionDeniedError, ExternalDecidedError.
    """
    found = await external_queries.one(uow, certificate_id)
    if found.user_id == uow.actor.user_id:
        raise ExternalOwnError(certificate=str(certificate_id))
    row = await uow.session.get_one(ExternalCertificate, certificate_id, with_for_update=True, populate_existing=True)
    if not uow.actor.is_platform_admin:
        uow.actor.require(Permission.TEAM_READ, row.organization_id)
    if row.state != ExternalState.WAITING:
        raise ExternalDecidedError(certificate=str(certificate_id))
    row.state = ExternalState.ACCEPTED if command.accepted else ExternalState.REFUSED
    row.reason, row.note = command.reason, command.note
    row.decided_by, row.decided_at = uow.actor.user_id, uow.clock.now()
    await uow.session.flush()
    await audit.record(
        uow,
        "certificate.external_decided",
        subject_id=row.id,
        organization_id=row.organization_id,
        facts={"holder": row.user_id, "state": row.state},
    )
    await _tell_holder(uow, row)
    return await external_queries.one(uow, certificate_id)


async def _tell_holder(uow: UnitOfWork, row: ExternalCertificate) -> None:
    reason = text(f"external-reason-{row.reason}") if row.reason else ""
    facts = {"title": row.title, "reason": reason, "note": row.note}
    await notify(uow, row.user_id, f"external-{row.state}", facts, Link("certificates-external"))
