"""Who may look at what happened: the platform's administrators."""

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PermissionDeniedError


def require_audit(actor: Actor) -> None:
    """Raise NotAuthenticatedError for a stranger, PermissionDeniedError for anybody but an administrator."""
    if actor.is_system or actor.is_platform_admin:
        return
    actor.require_user()
    raise PermissionDeniedError(permission="audit:read")
