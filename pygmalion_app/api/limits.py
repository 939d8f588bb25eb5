"""A bound on request bodies, so that nobody fills the memory."""

import re
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse

from pygmalion_app.api.problems import MEDIA_TYPE

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES = 1_000_000
MAX_UPLOAD_BYTES = 10_016_000
"""A document of 10 MB and the form around it."""
_UPLOADS = re.compile(r"/api/v1/auth/kyc|/api/v1/organizations/[^/]+/kyb|/uploads/(?:identity|organisation/[^/]+)")
"""Where documents are sent."""


def _problem(bound: int) -> dict[str, Any]:
    return {
        "type": "urn:pygmalion:problem:too_large",
        "title": "Request too large",
        "status": 413,
        "code": "too_large",
        "detail": f"At most {bound} bytes are accepted.",
        "limit": bound,
    }


def bound_of(path: str) -> int:
    """Return how many bytes a request at an address may have."""
    return MAX_UPLOAD_BYTES if _UPLOADS.fullmatch(path) else MAX_BODY_BYTES


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
        bound = bound_of(scope["path"])
        # The rest of what is being sent is not read: the connection ends with the answer.
        refusal = JSONResponse(_problem(bound), 413, {"Connection": "close"}, MEDIA_TYPE)
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > bound:
            await refusal(scope, receive, send)
            return
        seen = 0
        started = False

        async def counted() -> "Message":
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > bound:
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
