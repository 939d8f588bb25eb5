"""The API's routers found by the first word of their routes' addresses.

The framework asks one router after the other, each of its routes, which here costs up to a millisecond and a half a
request. This stands before them as one route that knows which few to ask; what it does not find they are asked for.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from starlette.routing import BaseRoute, Match, Route

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

_FOUND = "pygmalion.route"


class ByWord(BaseRoute):
    """Asks, in their own order, the routers that have a route under an address' first word, and no other."""

    def __init__(self, prefix: str) -> None:
        """Take what all addresses begin with (`/api/v1`)."""
        self._prefix = f"{prefix}/"
        self._by_word: dict[str, list[BaseRoute]] = {}

    def add(self, router: BaseRoute, routes: Iterable[BaseRoute]) -> None:
        """Know a router that the application includes by its routes, each beginning with a fixed word."""
        words = {route.path.split("/")[1] for route in routes if isinstance(route, Route)}
        for word in words:
            self._by_word.setdefault(word, []).append(router)

    def matches(self, scope: "Scope") -> "tuple[Match, Scope]":
        """Return the first full match, else the first of another method."""
        partial: tuple[Match, Scope] = (Match.NONE, {})
        path: str = scope["path"] if scope["type"] == "http" else ""
        if path.startswith(self._prefix):
            for router in self._by_word.get(path[len(self._prefix) :].partition("/")[0], ()):
                match, found = router.matches(scope)
                if match is Match.FULL:
                    return match, {**found, _FOUND: router}
                if match is Match.PARTIAL and partial[0] is Match.NONE:
                    partial = match, {**found, _FOUND: router}
        return partial

    async def handle(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Hand the request to the router that matched."""
        await scope[_FOUND].handle(scope, receive, send)
