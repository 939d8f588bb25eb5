"""One port for everything: the API, the server-rendered pages, the events and the built front end.

The first look is at the path, so that an API call pays for nothing of Reflex.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute, Match

from pygmalion_app.core import collector
from pygmalion_app.serving import reflex_glue, state_tree
from pygmalion_app.serving.cookies import PrefixedCookies
from pygmalion_app.serving.headers import BARE_POLICY, COMMON, STRICT_TRANSPORT, UNKEPT, Header, content_policy
from pygmalion_app.serving.logs import install_redaction
from pygmalion_app.serving.origins import OwnOriginOnly, own_origins
from pygmalion_app.serving.static_files import StaticFiles, script_hashes

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_COMPRESS_FROM_BYTES = 1024
_COMPRESS_LEVEL = 4
_PRIVATE = ("/api/", "/auth/")


class Dispatcher:
    """Sends each connection to the application it belongs to, and adds the headers every answer carries."""

    def __init__(
        self,
        api: "ASGIApp",
        events: "ASGIApp",
        files: "ASGIApp",
        *,
        is_server_path: Callable[[str], bool],
        headers: list[Header],
        policy: bytes,
    ) -> None:
        """Take the three applications, what tells the API's addresses outside `/api/`, and what to add to answers."""
        self._api = GZipMiddleware(api, minimum_size=_COMPRESS_FROM_BYTES, compresslevel=_COMPRESS_LEVEL)
        self._events = events
        self._files = files
        self._is_server_path = is_server_path
        self._headers = headers
        self._policy = (b"content-security-policy", policy)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Route one ASGI connection."""
        if scope["type"] != "http":
            await self._events(scope, receive, send)
            return
        path: str = scope["path"]
        if path.startswith("/api/") or self._is_server_path(path):
            await self._api(scope, receive, self._dressed(send, private=path.startswith(_PRIVATE)))
        elif scope["method"] in ("GET", "HEAD"):
            await self._files(scope, receive, self._dressed(send))
        else:
            await _method_not_allowed(self._dressed(send))

    def _dressed(self, send: "Send", *, private: bool = False) -> "Send":
        async def dressed(message: "Message") -> None:
            if message["type"] == "http.response.start":
                headers: list[Header] = list(message.get("headers", ()))
                own = dict(headers)
                # A page may be stricter than the rest (no referrer from a verification page): its own word stands.
                headers += [header for header in self._headers if header[0] not in own]
                if b"content-security-policy" not in own:
                    page = own.get(b"content-type", b"").startswith(b"text/html")
                    headers.append(self._policy if page else BARE_POLICY)
                if private and b"cache-control" not in own:
                    headers.append(UNKEPT)
                message["headers"] = headers
            await send(message)

        return dressed


async def _method_not_allowed(send: "Send") -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"allow", b"GET, HEAD")]
    await send({"type": "http.response.start", "status": 405, "headers": headers})
    await send({"type": "http.response.body", "body": b"Method not allowed\n"})


def path_matcher(routes: Sequence[BaseRoute]) -> Callable[[str], bool]:
    """Return what tells whether an address is one of the API application's: public pages, sign-in, webhooks."""

    @lru_cache(maxsize=8192)
    def is_server_path(path: str) -> bool:
        scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "query_string": b"", "headers": []}
        return any(route.matches(dict(scope))[0] is not Match.NONE for route in routes)

    return is_server_path


@asynccontextmanager
async def _tuned_collector() -> AsyncIterator[None]:
    collector.resume(collector.SERVING)
    yield


def create(described: "Path | None" = None) -> "ASGIApp":
    """Build the application of a serving process, in that process; `described`: where the API's description is kept."""
    install_redaction()
    from pygmalion_app import bootstrap
    from pygmalion_app.api.app import create_api
    from pygmalion_app.core.config import Settings
    from pygmalion_app.pygmalion_app import app as pages

    settings = Settings.load()
    container = bootstrap.build(settings)
    api = create_api(bootstrap.development_routers(settings), described)

    @asynccontextmanager
    async def pools() -> AsyncIterator[None]:
        async with bootstrap.running(container):
            yield

    lifespans: tuple[Callable[[], AbstractAsyncContextManager[None]], ...] = (pools, _tuned_collector)
    for lifespan in lifespans:
        pages.register_lifespan_task(lifespan)
    folder = reflex_glue.static_folder(settings.pygmalion_home)
    events = OwnOriginOnly(reflex_glue.event_app(pages), own_origins(settings))
    state_tree.install(pages)
    files = StaticFiles(folder, reflex_glue.page_matcher(settings.pygmalion_home), content_policy)
    shell = (folder / "404.html").read_text()
    headers = [*COMMON, *([STRICT_TRANSPORT] if settings.cookie_secure else [])]
    dispatcher = Dispatcher(
        api,
        events,
        files,
        is_server_path=path_matcher(api.routes),
        headers=headers,
        policy=content_policy(script_hashes(shell)).encode(),
    )
    return PrefixedCookies(dispatcher) if settings.cookie_secure else dispatcher
