"""What PostgreSQL's row-level security is told of each transaction: who acts, and for which organisations.

The policies (see the migrations) read these settings through `app_user()`, `app_system()`, `app_admin()` and
`app_orgs(...)`. They are the second wall: a query that forgets a condition still shows nobody else's rows.
"""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import text

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.permissions import Permission


class Scope(StrEnum):
    """How far a transaction reaches beyond its actor's own rows."""

    OWN = ""
    ADMIN = "admin"
    SYSTEM = "system"


APPLY = text(
    "SELECT set_config('app.user_id', :user_id, true), set_config('app.scope', :scope, true),"
    " set_config('app.belongs_to', :belongs_to, true), set_config('app.manages', :manages, true),"
    " set_config('app.administers', :administers, true), set_config('app.trains_for', :trains_for, true)"
)
"""Sets everything for one transaction, and only for it: a session's setting would leak through the pool."""


def settings_of(actor: Actor, *, elevated: bool) -> dict[str, str]:
    """Return the parameters of `APPLY` for an actor."""
    return {
        "user_id": str(actor.user_id or ""),
        "scope": scope_of(actor, elevated=elevated),
        "belongs_to": _listed(tuple({m.organization_id: None for m in actor.memberships})),
        "manages": _listed(actor.organizations_with(Permission.TEAM_READ)),
        "administers": _listed(actor.organizations_with(Permission.COURSE_UPDATE)),
        "trains_for": _listed(actor.organizations_with(Permission.ENROLLMENT_VALIDATE)),
    }


def scope_of(actor: Actor, *, elevated: bool) -> Scope:
    """Return how far an actor's transaction reaches."""
    if elevated or actor.is_system:
        return Scope.SYSTEM
    return Scope.ADMIN if actor.is_platform_admin else Scope.OWN


def _listed(ids: tuple[UUID, ...]) -> str:
    return ",".join(map(str, ids))
