"""What PostgreSQL's row-level security is told of each transaction: who acts, and for which organisations.

The policies (see the migrations) read these settings through `app_user()`, `app_system()`, `app_admin()` and
`app_orgs(...)`. They are the second wall: a query that forgets a condition still shows nobody else's rows.
"""

from enum import StrEnum
from typing import LiteralString
from uuid import UUID

from sqlalchemy import text

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.permissions import ROLE_PERMISSIONS, Permission


class Scope(StrEnum):
    """How far a transaction reaches beyond its actor's own rows."""

    OWN = ""
    ADMIN = "admin"
    SYSTEM = "system"
    VERIFICATION = "verification"
    """Reads certificates and nothing else that is anybody's: told to the connections of public verification once."""


_NAMES = ("user_id", "scope", "belongs_to", "manages", "administers", "trains_for")
_SETTINGS: list[tuple[LiteralString, LiteralString]] = [
    *((f"app.{name}", name) for name in _NAMES),
    ("plan_cache_mode", "plans"),
]
APPLY_PLAIN: LiteralString = "SELECT " + ", ".join(
    f"set_config('{setting}', %({value})s, true)" for setting, value in _SETTINGS
)
"""Sets everything for one transaction, and only for it: a session's setting would leak through the pool."""
APPLY = text("SELECT " + ", ".join(f"set_config('{setting}', :{value}, true)" for setting, value in _SETTINGS))
"""The same, for SQLAlchemy."""
PLANNED_ONCE = {"plans": "force_generic_plan"}
"""Among the parameters of `APPLY` for a transaction of which there are many alike, each statement about few rows.

A connection plans such a statement once; left alone, PostgreSQL plans it for the values of each of the first five to
ten times. With the policies joined in, planning an order's statements took longer than running them.
"""
REACHES: LiteralString = """
SELECT (SELECT app_admin()) OR %(organization)s = ANY ((SELECT app_orgs('manages'))::uuid[])
  OR %(organization)s = ANY ((SELECT app_orgs('administers'))::uuid[]) AS reaches
"""
"""Whether the transaction's actor runs an organisation, in the database's own judgement."""
EVERYTHING = dict.fromkeys(_NAMES, "") | {"scope": Scope.SYSTEM.value} | PLANNED_ONCE
"""Parameters of `APPLY_PLAIN` for nobody in particular who reaches every row: for single statements, asked often."""
REACH_ALL = text("SELECT set_config('app.scope', 'system', true)")
"""Lets a transaction reach every row: for adapters that stand for somebody else's system, with a table of their own."""


def settings_of(actor: Actor, *, elevated: bool) -> dict[str, str]:
    """Return the parameters of `APPLY` for an actor.

    They come from the memberships alone, so that this wall stands even where the policy layer answers wrongly.
    """
    return {
        "user_id": str(actor.user_id or ""),
        "scope": scope_of(actor, elevated=elevated),
        "belongs_to": _listed(tuple(m.organization_id for m in actor.memberships) + actor.withheld),
        "manages": _with(actor, Permission.TEAM_READ),
        "administers": _with(actor, Permission.COURSE_UPDATE),
        "trains_for": _with(actor, Permission.ENROLLMENT_VALIDATE),
        "plans": "auto",
    }


def scope_of(actor: Actor, *, elevated: bool) -> Scope:
    """Return how far an actor's transaction reaches."""
    if elevated or actor.is_system:
        return Scope.SYSTEM
    return Scope.ADMIN if actor.is_platform_admin else Scope.OWN


def _with(actor: Actor, permission: Permission) -> str:
    return _listed(tuple(m.organization_id for m in actor.memberships if permission in ROLE_PERMISSIONS[m.role]))


def _listed(ids: tuple[UUID, ...]) -> str:
    return ",".join(map(str, dict.fromkeys(ids)))
