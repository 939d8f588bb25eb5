"""Who may see and change an organisation's compliance. Whoever does not belong there learns nothing of it."""

from uuid import UUID

from pygmalion_app.compliance.errors import OrganizationNotGivenError
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.permissions import Permission


def require(actor: Actor, permission: Permission, organization_id: UUID) -> None:
    """Let those pass who hold a permission; NotFoundError for strangers, `Actor.require`'s errors for members."""
    if actor.can(permission, organization_id):
        return
    actor.require_user()
    if organization_id not in {m.organization_id for m in actor.memberships} | set(actor.withheld):
        raise NotFoundError(organization=str(organization_id))
    raise actor.denied(permission, organization_id)


def require_read(actor: Actor, organization_id: UUID) -> None:
    """Let those pass who see an organisation's compliance."""
    require(actor, Permission.COMPLIANCE_READ, organization_id)


def require_manage(actor: Actor, organization_id: UUID) -> None:
    """Let those pass who change an organisation's rules."""
    require(actor, Permission.COMPLIANCE_MANAGE, organization_id)


def chosen(actor: Actor, organization_id: UUID | None) -> UUID:
    """Return the organisation that is meant: the one given, else the active one whose compliance the actor sees.

    Raises OrganizationNotGivenError for the platform's administrators, PermissionDeniedError for everybody else.
    """
    if organization_id is not None:
        return organization_id
    theirs = actor.organizations_with(Permission.COMPLIANCE_READ)
    if theirs:
        return theirs[0]
    if actor.is_platform_admin or actor.is_system:
        raise OrganizationNotGivenError(field="organizationId")
    actor.require_user()
    raise actor.denied(Permission.COMPLIANCE_READ, next(iter(actor.withheld), None))
