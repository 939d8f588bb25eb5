"""A bound on request bodies, so that nobody fills the memory."""

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from pygmalion_app.api.problems import MEDIA_TYPE

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES = 1_000_000
_PROBLEM = {
    "type": "urn:pygmalion:problem:too_large",
    "title": "Request too large",
    "status": 413,
    "code": "too_large",
    "detail": f"At most {MAX_BODY_BYTES} bytes are accepted.",
}


class _TooLargeError(Exception):
    """Stops reading."""


class BodyLimit:
    """Refuses a body over the bound, by its declared length or while it streams in."""

    def __init__(self, app: "ASGIApp") -> None:
        """Take the application to guard."""
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = JSONResponse(_PROBLEM, 413, media_type=MEDIA_TYPE)
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > MAX_BODY_BYTES:
            await refusal(scope, receive, send)
            return
        seen = 0
        started = False

        async def counted() -> "Message":
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > MAX_BODY_BYTES:
                raise _TooLargeError
            return message

        async def watched(message: "Message") -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, counted, watched)
        except _TooLargeError:
            if not started:
                await refusal(scope, receive, send)
