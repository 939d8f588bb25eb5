"""Who is acting: built by a shell from a token or a session, checked by every service."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pygmalion_app.core.errors import NotAuthenticatedError, PermissionDeniedError, StrongFactorRequiredError
from pygmalion_app.core.permissions import ROLE_PERMISSIONS, Permission, Role


@dataclass(frozen=True, slots=True)
class Membership:
    """One role in one organisation."""

    organization_id: UUID
    role: Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or nobody, or the system itself) at the moment of a call."""

    user_id: UUID | None = None
    memberships: tuple[Membership, ...] = ()
    is_platform_admin: bool = False
    is_system: bool = False
    locale: str = "fr"
    session_id: UUID | None = None
    """The browser session or the family of API tokens that speaks, where there is one."""
    authenticated_at: datetime | None = None
    """When this session last proved who they are with every factor; some changes ask for a recent proof."""
    active_organization_id: UUID | None = None
    """The organisation that pages show first, where a person belongs to several; it grants nothing."""
    withheld: tuple[UUID, ...] = ()
    """Organisations whose role counts only once this person has a strong second factor (`STRONG_FACTOR_ROLES`)."""

    @property
    def signed_in(self) -> bool:
        """Whether a person is known."""
        return self.user_id is not None

    def require_user(self) -> UUID:
        """Return the person's id; NotAuthenticatedError for a stranger."""
        if self.user_id is None:
            raise NotAuthenticatedError
        return self.user_id

    def organizations_with(self, permission: Permission) -> tuple[UUID, ...]:
        """Return the organisations in which this person holds a permission, the active one first."""
        held = {m.organization_id: None for m in self.memberships if permission in ROLE_PERMISSIONS[m.role]}
        return tuple(sorted(held, key=lambda organization_id: organization_id != self.active_organization_id))

    def can(self, permission: Permission, organization_id: UUID | None) -> bool:
        """Tell whether this actor holds a permission in an organisation."""
        if self.is_system or self.is_platform_admin:
            return True
        return organization_id in self.organizations_with(permission)

    def require(self, permission: Permission, organization_id: UUID | None) -> None:
        """Raise NotAuthenticatedError for a stranger, PermissionDeniedError for a person without the permission."""
        if self.can(permission, organization_id):
            return
        self.require_user()
        raise self.denied(permission, organization_id)

    def denied(self, permission: Permission, organization_id: UUID | None) -> PermissionDeniedError:
        """Return the error for a permission that is not there; it tells when the role only waits for a factor."""
        kind = StrongFactorRequiredError if organization_id in self.withheld else PermissionDeniedError
        return kind(permission=permission.value)

    def require_platform_admin(self) -> None:
        """Let the platform's administrator (or the system) pass; errors as `require` for everybody else."""
        if self.is_system or self.is_platform_admin:
            return
        self.require_user()
        raise PermissionDeniedError(permission="platform:administer")


ANONYMOUS = Actor()
SYSTEM = Actor(is_system=True)
