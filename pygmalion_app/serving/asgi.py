"""One port for everything: the API, the server-rendered pages, the events and the built front end.

The first look is at the path, so that an API call pays for nothing of Reflex.
"""

import gc
import re
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING

from starlette.middleware.gzip import GZipMiddleware

from pygmalion_app.serving import reflex_glue
from pygmalion_app.serving.headers import COMMON, STRICT_TRANSPORT, Header, content_policy
from pygmalion_app.serving.logs import install_redaction
from pygmalion_app.serving.static_files import StaticFiles, script_hashes

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_COMPRESS_FROM_BYTES = 1024
_COMPRESS_LEVEL = 4


class Dispatcher:
    """Sends each connection to the application it belongs to, and adds the headers every answer carries."""

    def __init__(
        self, api: "ASGIApp", events: "ASGIApp", files: "ASGIApp", *, server_paths: Iterable[str], headers: list[Header], policy: bytes
    ) -> None:
        self._api = GZipMiddleware(api, minimum_size=_COMPRESS_FROM_BYTES, compresslevel=_COMPRESS_LEVEL)
        self._events = events
        self._files = files
        self._server_path = re.compile("|".join(server_paths) or r"(?!)").match
        self._headers = headers
        self._policy = (b"content-security-policy", policy)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Route one ASGI connection."""
        if scope["type"] != "http":
            await self._events(scope, receive, send)
            return
        path: str = scope["path"]
        if path.startswith("/api/") or self._server_path(path):
            await self._api(scope, receive, self._dressed(send))
        elif scope["method"] in ("GET", "HEAD"):
            await self._files(scope, receive, self._dressed(send))
        else:
            await _method_not_allowed(self._dressed(send))

    def _dressed(self, send: "Send") -> "Send":
        async def dressed(message: "Message") -> None:
            if message["type"] == "http.response.start":
                headers: list[Header] = [*message.get("headers", ()), *self._headers]
                names = {name: value for name, value in headers}
                if names.get(b"content-type", b"").startswith(b"text/html") and b"content-security-policy" not in names:
                    headers.append(self._policy)
                message["headers"] = headers
            await send(message)

        return dressed


async def _method_not_allowed(send: "Send") -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"allow", b"GET, HEAD")]
    await send({"type": "http.response.start", "status": 405, "headers": headers})
    await send({"type": "http.response.body", "body": b"Method not allowed\n"})


def server_paths(routes: Iterable[object]) -> list[str]:
    """Return the patterns of the API application's routes outside `/api`: public pages, sign-in, webhooks."""
    found: list[str] = []
    for route in routes:
        pattern, path = getattr(route, "path_regex", None), getattr(route, "path", "")
        if pattern is not None and path and not path.startswith("/api/"):
            found.append(re.sub(r"\?P<\w+>", "?:", pattern.pattern))
    return found


@asynccontextmanager
async def _tuned_collector() -> AsyncIterator[None]:
    """Full collections otherwise pause the process for up to 634 ms under load."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5000, 100, 20)
    yield


def create() -> "ASGIApp":
    """Build the application of a serving process; called by the server in the process that serves."""
    install_redaction()
    from pygmalion_app import bootstrap
    from pygmalion_app.api.app import app as api
    from pygmalion_app.core.config import Settings
    from pygmalion_app.pygmalion_app import app as pages

    settings = Settings.load()
    container = bootstrap.build(settings)

    @asynccontextmanager
    async def pools() -> AsyncIterator[None]:
        async with bootstrap.running(container):
            yield

    lifespans: tuple[Callable[[], AbstractAsyncContextManager[None]], ...] = (pools, _tuned_collector)
    for lifespan in lifespans:
        pages.register_lifespan_task(lifespan)
    folder = reflex_glue.static_folder(settings.pygmalion_home)
    events = reflex_glue.event_app(pages)
    files = StaticFiles(folder, reflex_glue.page_matcher(settings.pygmalion_home), content_policy)
    shell = (folder / "404.html").read_text()
    headers = [*COMMON, *([STRICT_TRANSPORT] if settings.cookie_secure else [])]
    return Dispatcher(
        api,
        events,
        files,
        server_paths=server_paths(api.routes),
        headers=headers,
        policy=content_policy(script_hashes(shell)).encode(),
    )
