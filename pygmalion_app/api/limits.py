"""A bound on request bodies, so that nobody fills the memory."""

import asyncio
import contextlib
import re
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse

from pygmalion_app.api.problems import MEDIA_TYPE

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES = 1_000_000
MAX_UPLOAD_BYTES = 10_016_000
"""A document of 10 MB and the form around it."""
_UPLOADS = re.compile(
    r"/api/v1/(?:auth/kyc|organizations/[^/]+/kyb|certificates/external)"
    r"|/uploads/(?:identity|certificate|organisation/[^/]+)"
    r"|(?:/api/v1/certificates|/fr|/en)?/verify(?:/[^/]+)?"
)
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


_TOO_SLOW: dict[str, Any] = {
    "type": "urn:pygmalion:problem:too_slow",
    "title": "Request too slow",
    "status": 408,
    "code": "too_slow",
    "detail": "The rest of the request did not come in time. Send it again.",
}


def bound_of(path: str) -> int:
    """Return how many bytes a request at an address may have."""
    return MAX_UPLOAD_BYTES if _UPLOADS.fullmatch(path) else MAX_BODY_BYTES


class _StopReadingError(Exception):
    """Ends the reading of a body that is refused."""


class BodyLimit:
    """Refuses a body over the bound, by its declared length or while it streams in, and one that trickles."""

    def __init__(self, app: "ASGIApp", patience: float = 20.0, whole_patience: float = 300.0) -> None:
        """Take the application to guard, and the seconds to wait for the next piece and for the whole body."""
        self._app = app
        self._patience = patience
        self._whole_patience = whole_patience

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        bound = bound_of(scope["path"])
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > bound:
            await _refusal(_problem(bound))(scope, receive, send)
            return
        body = _Body(receive, send, bound, self._patience, self._whole_patience)
        with contextlib.suppress(_StopReadingError):
            await self._app(scope, body.receive, body.send)
        if body.refused is not None and not body.answered:
            await body.refused(scope, receive, send)


class _Body:
    """One request's body as it comes in, and whether its answer has begun."""

    def __init__(self, receive: "Receive", send: "Send", bound: int, patience: float, whole_patience: float) -> None:
        self._receive, self._send = receive, send
        self._bound, self._patience = bound, patience
        self._deadline = asyncio.get_running_loop().time() + whole_patience
        self._seen = 0
        self._whole = False
        self.answered = False
        self.refused: JSONResponse | None = None

    async def receive(self) -> "Message":
        """Return the next piece."""
        # After the body, what comes is the end of the connection: that may take as long as it likes.
        if self._whole:
            return await self._receive()
        try:
            until = asyncio.get_running_loop().time() + self._patience
            async with asyncio.timeout_at(min(self._deadline, until)):
                message = await self._receive()
        except TimeoutError:
            self.refused = _refusal(_TOO_SLOW)
            raise _StopReadingError from None
        self._seen += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._seen > self._bound:
            self.refused = _refusal(_problem(self._bound))
            raise _StopReadingError
        return message

    async def send(self, message: "Message") -> None:
        """Hand the answer on, unless the body was refused: the framework would say that it cannot parse it."""
        if self.refused is None:
            self.answered = True
            await self._send(message)


def _refusal(problem: dict[str, Any]) -> JSONResponse:
    # The rest of what is being sent is not read: the connection ends with the answer.
    return JSONResponse(problem, problem["status"], {"Connection": "close"}, MEDIA_TYPE)
