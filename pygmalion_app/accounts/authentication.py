"""Who is calling: from an API token or a browser session to an actor."""

from pygmalion_app.accounts import queries
from pygmalion_app.accounts.errors import InvalidTokenError
from pygmalion_app.accounts.tokens import read_access_token
from pygmalion_app.core.actor import ANONYMOUS, Actor
from pygmalion_app.core.ids import token_hash
from pygmalion_app.core.unit_of_work import container

SESSION_COOKIE = "pygmalion_session"
_MAX_LENGTH = 200


async def authenticate_access_token(token: str) -> Actor:
    """Return the actor of an API access token; InvalidTokenError when it is no good."""
    parts = container()
    actor = await queries.actor_of_user(read_access_token(parts.settings, token, parts.clock.now()))
    if actor is None:
        raise InvalidTokenError
    return actor


async def authenticate_session(token: str | None) -> Actor:
    """Return the actor of a browser's session cookie, ANONYMOUS when there is none or it is over.

    Looked up at each call, so that signing out elsewhere takes effect at once.
    """
    if not token or len(token) > _MAX_LENGTH:
        return ANONYMOUS
    return await queries.actor_of_session(token_hash(token)) or ANONYMOUS
