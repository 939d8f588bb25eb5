"""Where each request comes from, for whoever asks `core.caller`."""

from typing import TYPE_CHECKING

from pygmalion_app.core.caller import set_caller

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class RememberCaller:
    """Keeps the connection's address and the browser's name for the time of a request."""

    def __init__(self, app: "ASGIApp") -> None:
        """Take the application behind."""
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Handle one request."""
        if scope["type"] == "http":
            client = scope.get("client")
            agent = next((value for name, value in scope["headers"] if name == b"user-agent"), b"")
            set_caller(client[0] if client else "", agent.decode("latin-1"))
        await self._app(scope, receive, send)
