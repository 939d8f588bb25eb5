"""Who may read an organisation's reports."""

from uuid import UUID

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.permissions import Permission


def require_read(actor: Actor, organization_id: UUID) -> None:
    """Let those pass who read this organisation's reports; to whoever is not of it, it is nowhere."""
    if actor.can(Permission.REPORT_READ, organization_id):
        return
    actor.require_user()
    if organization_id in {*(one.organization_id for one in actor.memberships), *actor.withheld}:
        raise actor.denied(Permission.REPORT_READ, organization_id)
    raise NotFoundError(organization=str(organization_id))


def chosen(actor: Actor, organization_id: UUID | None) -> UUID:
    """Return the organisation that is meant: the one named, else the first whose reports the actor reads."""
    if organization_id is None:
        actor.require_user()
        organization_id = next(iter(actor.organizations_with(Permission.REPORT_READ)), None)
        if organization_id is None:
            if actor.is_platform_admin:
                raise NotFoundError
            raise actor.denied(Permission.REPORT_READ, next(iter(actor.withheld), None))
    require_read(actor, organization_id)
    return organization_id
