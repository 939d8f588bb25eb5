"""Who may see and decide: the platform's administrators, and nobody about themselves."""

from uuid import UUID

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PermissionDeniedError


def require_reviewer(actor: Actor) -> None:
    """Raise NotAuthenticatedError or PermissionDeniedError for anybody but an administrator."""
    actor.require_platform_admin()


def require_not_oneself(actor: Actor, user_id: UUID) -> None:
    """Raise PermissionDeniedError when an administrator would decide about themself."""
    if actor.user_id == user_id:
        raise PermissionDeniedError(permission="risk:decide")
