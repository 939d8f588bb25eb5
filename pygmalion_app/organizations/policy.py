"""Who may see and run an organisation, and which roles it has."""

from uuid import UUID

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.permissions import ROLE_PERMISSIONS, Permission, Role
from pygmalion_app.organizations.errors import OrganizationNotFoundError, RoleNotOfferedError
from pygmalion_app.organizations.models import Organization, OrganizationKind

ROLES: dict[OrganizationKind, tuple[Role, ...]] = {
    OrganizationKind.COMPANY: (Role.LEARNER, Role.MANAGER),
    OrganizationKind.AIRPORT: (Role.LEARNER, Role.AIRPORT_MANAGER),
    OrganizationKind.TRAINING: (Role.TRAINER, Role.TRAINING_ADMIN),
}
"""The roles that each kind of organisation gives, the most usual first."""
RUNS = frozenset(role for role, permissions in ROLE_PERMISSIONS.items() if Permission.MEMBER_MANAGE in permissions)
"""Roles that run an organisation; it never loses the last person who holds one."""


def founding_role(kind: OrganizationKind) -> Role:
    """Return the role of whoever registers an organisation."""
    return next(role for role in ROLES[kind] if role in RUNS)


def require_offered(kind: str, role: Role) -> None:
    """Raise RoleNotOfferedError when this kind of organisation has no such role."""
    if role not in ROLES[OrganizationKind(kind)]:
        raise RoleNotOfferedError(field="role", role=role.value)


def belongs(actor: Actor, organization_id: UUID) -> bool:
    """Tell whether a person sees an organisation from inside."""
    return (
        actor.is_system or actor.is_platform_admin or organization_id in {m.organization_id for m in actor.memberships}
    )


def require_visible(actor: Actor, organization: Organization | None) -> Organization:
    """Return an organisation that this actor may know of: training organisations are public, others their members'."""
    if organization is None:
        raise OrganizationNotFoundError
    if organization.kind != OrganizationKind.TRAINING and not belongs(actor, organization.id):
        raise OrganizationNotFoundError
    return organization
