"""Who is calling, looked up at each call: one statement each, through the database's own look-up functions.

Row-level security shows nobody's rows to a call whose actor is not known yet; `actor_by_session` and its sisters (see
the migration of the session facts) reach past it for what an actor is made of.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, LiteralString
from uuid import UUID

from pygmalion_app.core.actor import Actor, Membership
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import container

_COUNTING = 2
_BY_USER = "SELECT * FROM actor_by_user(%s)"
_BY_FAMILY = "SELECT * FROM actor_by_family(%s, %s, %s)"
_BY_SESSION = "SELECT * FROM actor_by_session(%s, %s, %s)"


@dataclass(frozen=True, slots=True)
class FoundSession:
    """A browser session that is still good."""

    actor: Actor
    last_seen_at: datetime


async def actor_of_user(user_id: UUID) -> Actor | None:
    """Return the actor a person is now, in no session, or None."""
    row = await _one(_BY_USER, user_id)
    return _actor(row) if row else None


async def actor_of_family(family_id: UUID, user_id: UUID) -> Actor | None:
    """Return the actor who speaks with an access token of a family, or None when the family is over."""
    row = await _one(_BY_FAMILY, family_id, user_id, container().clock.now())
    return _actor(row) if row else None


async def find_session(token_hash: bytes, idle: timedelta) -> FoundSession | None:
    """Return what a browser session's token hash stands for; None when it is over or was idle for too long."""
    now = container().clock.now()
    row = await _one(_BY_SESSION, token_hash, now, now - idle)
    return FoundSession(_actor(row), row["last_seen_at"]) if row else None


async def _one(query: LiteralString, *parameters: object) -> dict[str, Any] | None:
    async with container().reader.connection() as connection:
        return await (await connection.execute(query, parameters)).fetchone()


def _actor(row: dict[str, Any]) -> Actor:
    # `organization role`, and a third word where the role waits for a strong second factor.
    entries = [entry.split(" ") for entry in row["memberships"]]
    memberships = tuple(Membership(UUID(entry[0]), Role(entry[1])) for entry in entries if len(entry) == _COUNTING)
    active = row["active_organization_id"]
    return Actor(
        user_id=row["user_id"],
        memberships=memberships,
        is_platform_admin=row["is_platform_admin"],
        locale=row["locale"],
        session_id=row["session_id"],
        authenticated_at=row["authenticated_at"],
        active_organization_id=active if any(m.organization_id == active for m in memberships) else None,
        withheld=tuple({UUID(entry[0]): None for entry in entries if len(entry) > _COUNTING}),
    )
