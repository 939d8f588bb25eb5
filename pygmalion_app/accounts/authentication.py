"""Who is calling: from an API token or a browser session to an actor."""

from datetime import timedelta

from pygmalion_app.accounts import queries, sessions
from pygmalion_app.accounts.errors import InvalidTokenError
from pygmalion_app.accounts.tokens import read_access_token
from pygmalion_app.core.actor import ANONYMOUS, SYSTEM, Actor
from pygmalion_app.core.ids import token_hash
from pygmalion_app.core.unit_of_work import container, unit_of_work

SESSION_COOKIE = "pygmalion_session"
SEEN_EVERY = timedelta(minutes=5)
"""How exactly one knows when a session was last used; writing it at each call would cost more than the call."""
_MAX_LENGTH = 200


async def authenticate_access_token(token: str) -> Actor:
    """Return the actor of an API access token; InvalidTokenError when it is no good or its session is over."""
    parts = container()
    claims = read_access_token(parts.settings, token, parts.clock.now())
    if claims.session_id is None:
        actor = await queries.actor_of_user(claims.user_id)
    else:
        actor = await queries.actor_of_family(claims.session_id, claims.user_id)
    if actor is None:
        raise InvalidTokenError
    return actor


async def authenticate_session(token: str | None) -> Actor:
    """Return the actor of a browser's session cookie, ANONYMOUS when there is none or it is over.

    Looked up at each call, so that signing out elsewhere takes effect at once.
    """
    if not token or len(token) > _MAX_LENGTH:
        return ANONYMOUS
    found = await queries.find_session(token_hash(token), sessions.BROWSER_IDLE)
    if found is None:
        return ANONYMOUS
    if found.actor.session_id and found.last_seen_at <= container().clock.now() - SEEN_EVERY:
        async with unit_of_work(SYSTEM) as uow:
            await sessions.mark_seen(uow, found.actor.session_id, SEEN_EVERY)
    return found.actor
