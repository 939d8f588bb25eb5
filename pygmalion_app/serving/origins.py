"""Which pages may open the event connection: our own, and nothing that does not say where it comes from.

A websocket is not bound by the browser's same-origin rule and carries the session cookie, so the server has to look.
Socket.IO checks an Origin header where there is one; browsers always send it, so a connection without is no page's.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pygmalion_app.core.config import Settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_PORTS = {"http": 80, "https": 443}
_POLICY_VIOLATION = 1008


def origin_of(address: str) -> str | None:
    """Return an address's origin in one spelling (`https://host:443`), None for what has none (`null`, nonsense)."""
    try:
        parts = urlsplit(address)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    return f"{parts.scheme}://{parts.hostname}:{port}" if parts.hostname and port else None


def own_origins(settings: Settings) -> frozenset[str]:
    """Return the origins of our pages: the public address, and outside production the machine's own names."""
    addresses = [settings.base_url]
    if not settings.is_production:
        addresses += [f"http://{host}:{settings.port}" for host in ("localhost", "127.0.0.1", settings.host)]
    return frozenset(filter(None, map(origin_of, addresses)))


class OwnOriginOnly:
    """Refuses websocket handshakes of other sites and of programs that name none."""

    def __init__(self, events: "ASGIApp", origins: Collection[str]) -> None:
        """Take the events' application and the origins that may talk to it."""
        self._events = events
        self._origins = frozenset(origins)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Handle one connection."""
        if scope["type"] == "websocket":
            named = [value.decode("latin-1") for name, value in scope["headers"] if name == b"origin"]
            if len(named) != 1 or origin_of(named[0]) not in self._origins:
                # Closed before it was accepted: the server answers the handshake with 403.
                await receive()
                await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
                return
        await self._events(scope, receive, send)
