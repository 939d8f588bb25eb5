"""Routes that are read far more often than others: documented like the rest, served without FastAPI's per-call work.

Solving dependencies costs more processor time than the search itself; these routes read the request themselves.
"""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, ClassVar

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from pygmalion_app.core.errors import InvalidInputError
from pygmalion_app.core.paging import PageRequest

Serve = Callable[[Request], Awaitable[Response]]


class HotRoute(APIRoute):
    """A route whose signature is documentation and whose requests go to `serve`; also found by `quick`."""

    serve: ClassVar[Serve]

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers."""
        serve = type(self).serve

        async def handle(request: Request) -> Response:
            return await serve(request)

        return handle


def served_by(serve: Serve) -> type[HotRoute]:
    """Return the class of a route that hands the bare request to `serve`."""
    return type("HotRoute", (HotRoute,), {"serve": staticmethod(serve)})


def page_request(request: Request) -> PageRequest:
    """Return the page that `?page=1&limit=20` asks for; InvalidInputError for one that cannot exist."""
    return PageRequest(_number(request, "page", 1), _number(request, "limit", 20))


def _number(request: Request, name: str, default: int) -> int:
    value = request.query_params.get(name)
    if value is None:
        return default
    if not value.isascii() or not value.isdigit() or len(value) > 9:  # noqa: PLR2004 - no page is that far
        raise InvalidInputError(field=name)
    return int(value)
