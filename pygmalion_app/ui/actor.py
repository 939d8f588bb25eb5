"""Who is behind an event: the session cookie of the websocket's handshake, looked up on every event."""

import hashlib
from contextvars import ContextVar
from http.cookies import CookieError, SimpleCookie

import reflex as rx
from reflex.state import BaseState

from pygmalion_app.accounts.authentication import SESSION_COOKIE, authenticate_session
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.caller import behind_proxies, set_caller
from pygmalion_app.core.unit_of_work import container

_checked: ContextVar[Actor | None] = ContextVar("checked_actor", default=None)
"""The actor that the access middleware looked up for the event at hand; saves the handler a second query."""


def session_token(state: BaseState) -> str | None:
    """Return the session cookie's value as the browser sent it, or None."""
    return cookie_of(state, SESSION_COOKIE)


def cookie_of(state: BaseState, name: str) -> str | None:
    """Return a cookie's value as the browser sent it with the websocket's handshake, or None."""
    headers = state.router_data.get("headers") or {}
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return None
    return cookie.value if cookie else None


def fingerprint(state: BaseState) -> str:
    """Return what binds a client's state to its session: empty for a stranger. Not the cookie, and not reversible."""
    token = session_token(state)
    return hashlib.sha256(b"state:" + token.encode()).hexdigest()[:32] if token else ""


async def look_up(state: BaseState) -> Actor:
    """Return the actor now, asking the database."""
    actor = await authenticate_session(session_token(state))
    _checked.set(actor)
    return actor


def forget() -> None:
    """Drop the actor of an earlier event of the same task."""
    _checked.set(None)


def remember_caller(state: BaseState) -> None:
    """Keep where the event at hand comes from, for whoever asks `core.caller`."""
    headers = state.router_data.get("headers") or {}
    settings = container().settings
    # Reflex writes the connection's own address under this name; `x-forwarded-for` is anybody's to write.
    address, country = headers.get("asgi-scope-client", ""), ""
    if hops := settings.trusted_proxy_hops:
        address = behind_proxies(address, headers.get("x-forwarded-for", ""), hops)
        country = headers.get(settings.country_header.lower(), "")
    set_caller(address, headers.get("user-agent", ""), country)


async def actor_of(state: rx.State) -> Actor:
    """Return who acts in the event being handled, ANONYMOUS for a stranger."""
    return _checked.get() or await look_up(state)
