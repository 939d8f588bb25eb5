"""Hot reads of accounts: one statement each, in plain SQL."""

from typing import Any
from uuid import UUID

from pygmalion_app.core.actor import Actor, Membership
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import container

_ACTOR = """
SELECT u.id, u.locale, u.is_platform_admin,
       ARRAY(SELECT m.organization_id::text || ' ' || m.role FROM organization_members m WHERE m.user_id = u.id
             ORDER BY m.created_at, m.id) AS memberships
FROM users u
"""
_BY_USER = _ACTOR + "WHERE u.id = %s"
_BY_SESSION = (
    _ACTOR
    + """JOIN browser_sessions s ON s.user_id = u.id
WHERE s.token_hash = %s AND s.revoked_at IS NULL AND s.expires_at > %s"""
)


def _actor(row: dict[str, Any] | None) -> Actor | None:
    if row is None:
        return None
    pairs = (entry.split(" ", 1) for entry in row["memberships"])
    return Actor(
        user_id=row["id"],
        memberships=tuple(Membership(UUID(organization), Role(role)) for organization, role in pairs),
        is_platform_admin=row["is_platform_admin"],
        locale=row["locale"],
    )


async def actor_of_user(user_id: UUID) -> Actor | None:
    """Return the actor a person is now, or None."""
    async with container().reader.connection() as connection:
        return _actor(await (await connection.execute(_BY_USER, (user_id,))).fetchone())


async def actor_of_session(token_hash: bytes) -> Actor | None:
    """Return the actor signed in by a browser session's token hash, or None when it is over."""
    parts = container()
    async with parts.reader.connection() as connection:
        return _actor(await (await connection.execute(_BY_SESSION, (token_hash, parts.clock.now()))).fetchone())
