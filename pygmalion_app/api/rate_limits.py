"""How many calls anybody may make: by person where one signs in, else by network address.

It stands before everything else, the quick way of the busiest reads included, so that nothing is answered uncounted.
Signed-in callers learn how they stand from each answer, in the headers `RateLimit-Limit`, `RateLimit-Remaining`,
`RateLimit-Reset` (seconds) and `RateLimit-Policy`. These are the names of the IETF draft's versions 3 to 7, which
gateways and clients read today; the later ones (one structured `RateLimit` field) are still changing and read by few.
Anonymous answers carry none of it: they may be kept by caches, and would tell one visitor how another stands.
"""

from html import escape
from typing import TYPE_CHECKING

import psycopg
from sqlalchemy.exc import DBAPIError
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from pygmalion_app.api.deps import authenticate
from pygmalion_app.api.problems import language_of, problem
from pygmalion_app.core.caller import current_caller
from pygmalion_app.core.errors import PygmalionError, TooManyRequestsError
from pygmalion_app.core.i18n import LOCALES, translate
from pygmalion_app.core.limits import Limit, look, network_of, too_many
from pygmalion_app.core.ports import Hit

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_API = "/api/"
_UNCOUNTED = frozenset({"/api/v1/health", "/api/v1/payments/webhook"})
"""A probe must not be refused, and the payment provider's events come in bursts from few addresses, each signed."""
_VERIFICATION = ("/verify", "/badge/", *(f"/{code}/verify" for code in LOCALES), "/api/v1/certificates/verify")


class CallLimits:
    """Counts each call and refuses one too many with 429 and the time to wait."""

    def __init__(self, app: "ASGIApp") -> None:
        """Take the application behind."""
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Handle one request."""
        if scope["type"] != "http" or scope["path"] in _UNCOUNTED:
            await self._app(scope, receive, send)
            return
        limit, key = await _counted_as(scope)
        if not key:
            await self._app(scope, receive, send)
            return
        counted = await look(limit, key)
        if not counted.allowed:
            await _refusal(Request(scope), limit, counted)(scope, receive, send)
        elif limit is Limit.API:
            await self._app(scope, receive, _telling(send, counted))
        else:
            await self._app(scope, receive, send)


async def _counted_as(scope: "Scope") -> tuple[Limit, str]:
    """Return what a request counts against; an empty key where it comes from nowhere."""
    path: str = scope["path"]
    if path.startswith(_VERIFICATION):
        return Limit.VERIFICATION, network_of(current_caller().address)
    if path.startswith(_API) and any(name in (b"authorization", b"cookie") for name, _ in scope["headers"]):
        try:
            actor = await authenticate(Request(scope))
        except (PygmalionError, psycopg.Error, DBAPIError):
            # The route says what is wrong, if it minds; until then this is a stranger.
            pass
        else:
            if actor.user_id is not None:
                return Limit.API, str(actor.user_id)
    return Limit.READ, network_of(current_caller().address)


def _headers(counted: Hit) -> dict[str, str]:
    return {
        "RateLimit-Limit": str(counted.limit),
        "RateLimit-Remaining": str(counted.remaining),
        "RateLimit-Reset": str(max(1, round(counted.reset_seconds + 0.5))),
        "RateLimit-Policy": f"{counted.limit};w={counted.window_seconds}",
    }


def _telling(send: "Send", counted: Hit) -> "Send":
    added = [(name.lower().encode(), value.encode()) for name, value in _headers(counted).items()]

    async def telling(message: "Message") -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *added]
        await send(message)

    return telling


def _refusal(request: Request, limit: Limit, counted: Hit) -> Response:
    error = too_many(limit, counted)
    if request.url.path.startswith(_API):
        response: Response = problem(request, error.code, error.status, error.facts)
    else:
        response = _page(request, error)
    response.headers.update({**_headers(counted), "Cache-Control": "no-store"})
    return response


def _page(request: Request, error: TooManyRequestsError) -> Response:
    """Say it to a person, in the language of the address."""
    first = request.url.path.split("/")[1]
    locale = first if first in LOCALES else language_of(request)
    title = escape(translate(locale, f"error-{error.code}-title"))
    text = escape(translate(locale, f"error-{error.code}", **error.facts))
    html = (
        f'<!doctype html><html lang="{locale}"><head><meta charset="utf-8"><title>{title} · Pygmalion</title>'
        '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
        "<style>body{font:1.125rem/1.6 system-ui,sans-serif;max-width:34rem;margin:20vh auto;padding:0 1.5rem;"
        "color-scheme:light dark}</style></head>"
        f"<body><h1>{title}</h1><p>{text}</p></body></html>"
    )
    return HTMLResponse(html, error.status, {"Retry-After": str(error.facts["retry_after"])})
