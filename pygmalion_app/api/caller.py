"""Where each request comes from, for whoever asks `core.caller`."""

from typing import TYPE_CHECKING

from pygmalion_app.core.caller import behind_proxies, set_caller
from pygmalion_app.core.unit_of_work import container

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class RememberCaller:
    """Keeps the caller's address and the browser's name for the time of a request."""

    def __init__(self, app: "ASGIApp") -> None:
        """Take the application behind."""
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Handle one request."""
        if scope["type"] == "http":
            _remember(scope)
        await self._app(scope, receive, send)


def _remember(scope: "Scope") -> None:
    settings = container().settings
    client = scope.get("client")
    address = client[0] if client else ""
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    country = ""
    if hops := settings.trusted_proxy_hops:
        address = behind_proxies(address, _header(headers, "x-forwarded-for"), hops)
        country = _header(headers, settings.country_header)
    agent = next((value for name, value in headers if name == b"user-agent"), b"")
    set_caller(address, agent.decode("latin-1"), country)


def _header(headers: list[tuple[bytes, bytes]], wanted: str) -> str:
    name = wanted.lower().encode("latin-1")
    return ",".join(value.decode("latin-1") for key, value in headers if key == name)
