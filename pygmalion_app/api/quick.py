"""The busiest public reads, found before the framework looks for them.

Looking through all routes and building the framework's layers around one costs as much as these reads themselves
(0.4 of 0.9 ms for a session, measured). Only the way to the function is shorter: it is the route's own, and whatever it
refuses goes on to the framework, which says so as documented. So nothing is decided here.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.routing import BaseRoute, Route, compile_path

from pygmalion_app.api.hot import HotRoute, Serve
from pygmalion_app.core.errors import PygmalionError

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

_API = "/api/v1/"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An address and what answers it; None where the framework does."""

    pattern: re.Pattern[str]
    serve: Serve | None
    depth: int
    """How many parts its addresses have."""
    beginning: str
    """The beginning of its addresses as far as it is the same in all of them."""

    def may_begin(self, beginning: str) -> bool:
        """Return whether one of its addresses may begin so."""
        return self.beginning.startswith(beginning) or beginning.startswith(self.beginning)


def shortcuts(routes: Iterable[BaseRoute], prefix: str = "") -> list[Shortcut]:
    """Return the shortcuts to some routes in their order, so that the same route is found as without them.

    No route's parameter may hold a slash (`{name:path}`).
    """
    return [
        Shortcut(
            compile_path(prefix + route.path)[0],
            _serve_of(route),
            (prefix + route.path).count("/"),
            (prefix + route.path).partition("{")[0],
        )
        for route in routes
        if isinstance(route, Route) and "GET" in (route.methods or ())
    ]


def _serve_of(route: Route) -> Serve | None:
    if isinstance(route, HotRoute):
        return type(route).serve
    # A plain route's function takes the bare request already.
    return route.endpoint if type(route) is Route else None


def _beginning(path: str) -> str:
    """Return `/api/v1/certificates/` of an address of the API, nothing of any other."""
    return path[: path.find("/", len(_API)) + 1] if path.startswith(_API) else ""


class QuickReads:
    """Answers a GET whose address has a shortcut, and hands everything else on."""

    def __init__(self, app: "ASGIApp", known: Sequence[Shortcut]) -> None:
        """Take the application behind, and the shortcuts."""
        self._app = app
        self._known = tuple(known)
        # An address is held against the few patterns of as many parts as itself that begin as it does. Cached by that
        # beginning, which for the API has no variable part; bounded, as anybody may ask for anything.
        self._beginning_so = lru_cache(maxsize=1024)(self._find)

    def _find(self, depth: int, beginning: str) -> tuple[Shortcut, ...]:
        return tuple(one for one in self._known if one.depth == depth and one.may_begin(beginning))

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Handle one request."""
        response = await self.answer(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        await (response or self._app)(scope, receive, send)

    async def answer(self, scope: "Scope") -> "Response | None":
        """Return the answer, or None when the framework is to give it."""
        path: str = scope["path"]
        for one in self._beginning_so(path.count("/"), _beginning(path)):
            if found := one.pattern.match(path):
                if one.serve is None:
                    return None
                try:
                    return await one.serve(Request({**scope, "path_params": found.groupdict()}))
                except PygmalionError:
                    return None
        return None
