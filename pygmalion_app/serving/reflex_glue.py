"""Reflex 0.10.1's switches and build steps, with `reflex_environment`; read both first when upgrading Reflex.

Facts it relies on:
- `getBackendURL` in the front end builds the websocket address from an absolute, baked address. `SameOrigin` makes it
  relative to the page, so that `PORT` and the host name can change without a rebuild.
- a production backend that must not compile is told so by `__REFLEX_SKIP_COMPILE`.
- socketio's packets are written by their class's `json`, which Reflex sets; updates leave out what is empty.
- socketio's server needs none of the HTTP clients that its client's half loads, and both take their absence.
- each page is a file of `<web>/app/routes` that exports the page by default and nothing else.
- `react-router build` bundles the browser's half, then says that it begins the server's, then writes the pages; it
  leaves its files in `<web>/build/client`, and `<web>/routes.json` names the routes.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Unpack, cast

import msgspec
import reflex as rx
from reflex.state import StateUpdate
from reflex_base.plugins.base import PreCompileContext
from reflex_base.utils.serializers import serialize

if TYPE_CHECKING:
    from starlette.types import ASGIApp

_BACKEND_URL = re.compile(r"export const getBackendURL = \(url_str\) => \{\n.*?\n\};\n", re.DOTALL)
_SAME_ORIGIN_URL = """export const getBackendURL = (url_str) => {
  const base = typeof window === "undefined" ? "http://localhost" : window.location.origin;
  return new URL(url_str ?? env.PING, base);
};
"""
_SKELETON_SOURCES = (
    Path(__file__),
    *(Path(__file__).parents[2] / name for name in ("rxconfig.py", "requirements.txt")),
)
_ROUTE = """import Page from "$/app/pages/{name}";
export default Page;
"""
_BROWSERS_HALF_IS_THERE = "building ssr environment"
_PRECOMPRESS = Path(__file__).with_name("precompress.mjs")
_JSON = msgspec.json.Encoder(enc_hook=serialize)
_early_install: list[subprocess.Popen[bytes]] = []
_CLIENTS_UNUSED = ("aiohttp", "requests")


def _load_socketio() -> None:
    """Load socketio as if there were no HTTP clients: with them it is 150 modules more, a tenth of a start."""
    hidden = [name for name in _CLIENTS_UNUSED if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = cast("Any", None)
    try:
        import_module("socketio")
    finally:
        for name in hidden:
            del sys.modules[name]


# Before Reflex does.
_load_socketio()


class SameOrigin(rx.plugins.Plugin):
    """Makes the front end talk to the origin that served the page; waits for the early installation of packages."""

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        """Replace the function that builds backend addresses."""
        context["add_modify_task"]("utils/state.js", _use_page_origin)
        while _early_install:
            # Where it failed, Reflex's own installation says why.
            _early_install.pop().wait()


def _use_page_origin(source: str) -> str:
    if _SAME_ORIGIN_URL in source:
        return source
    changed, count = _BACKEND_URL.subn(_SAME_ORIGIN_URL, source)
    if count != 1:
        message = "Reflex's getBackendURL has changed: see serving/reflex_glue.py"
        raise RuntimeError(message)
    return changed


def reflex_config() -> rx.Config:
    """Return the configuration that `rxconfig.py` hands to Reflex."""
    return rx.Config(
        app_name="pygmalion_app",
        # Empty: endpoints are then paths, which SameOrigin resolves against the page's own address.
        api_url="",
        deploy_url=None,
        telemetry_enabled=False,
        show_built_with_reflex=False,
        # The state is rebuilt from the address and the session cookie, so nothing of it needs to outlive a process.
        state_manager_mode=rx.constants.StateManagerMode.MEMORY,
        frontend_compression_formats=["brotli", "gzip"],
        cors_allowed_origins=_allowed_origins(),
        plugins=[rx.plugins.TailwindV4Plugin(), SameOrigin()],
        # It would list private pages and omit dynamic ones; the API serves the sitemap.
        disable_plugins=[rx.plugins.SitemapPlugin],
    )


def _allowed_origins() -> tuple[str, ...]:
    """Origins that may open the event websocket: the public address and the address listened on."""
    public = os.environ.get("PUBLIC_URL", "").rstrip("/")
    port = os.environ.get("PORT", "3000")
    hosts = dict.fromkeys(("localhost", "127.0.0.1", os.environ.get("HOST", "127.0.0.1")))
    return tuple(filter(None, (public, *(f"http://{host}:{port}" for host in hosts))))


def compile_pages(home: Path) -> None:
    """Write the front end's sources into the web folder and install the packages they need.

    The folder is laid anew only when Reflex, its plugins or the packages changed: that deletes all installed packages.
    """
    from reflex.utils import build, prerequisites

    web = home / "web"
    stamp = web / "pygmalion-skeleton"
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in _SKELETON_SOURCES if path.exists())).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        prerequisites.initialize_frontend_dependencies()
        stamp.write_text(wanted)
    if not (web / "node_modules").exists() and (web / "package-lock.json").exists():
        # Reflex installs after it has compiled; fetching the locked packages meanwhile saves the longer half.
        command = ["npm", "ci", "--legacy-peer-deps", "--loglevel=error"]
        _early_install.append(subprocess.Popen(command, cwd=web, stdin=subprocess.DEVNULL))
    prerequisites.get_compiled_app(prerender_routes=True, use_rich=False, trigger="export")
    # Without the time of the build, which would change the name of nearly every script each time.
    build.set_env_json()
    _keep_routes_small(web / "app")


def _keep_routes_small(app: Path) -> None:
    """Move each page out of its route's file, which from then on only hands it on.

    React Router takes route files to pieces with Babel, again and again: that was half of the bundling's time. Other
    files are the bundler's own, and the bundles are the same to the byte.
    """
    pages = app / "pages"
    shutil.rmtree(pages, ignore_errors=True)
    pages.mkdir()
    for route in sorted((app / "routes").iterdir()):
        route.replace(pages / route.name)
        route.write_text(_ROUTE.format(name=route.name))


def bundle_pages(home: Path) -> None:
    """Turn the sources of the web folder into compressed static files. Raises SystemExit when the bundler fails."""
    from reflex.utils.exec import frontend_env

    web, client = home / "web", static_folder(home)
    shutil.rmtree(client.parent, ignore_errors=True)
    command = ["node", "node_modules/.bin/react-router", "build"]
    pipes: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    early: list[subprocess.Popen[bytes]] = []
    with subprocess.Popen(command, cwd=web, env=frontend_env(os.environ), text=True, **pipes) as bundler:
        for line in bundler.stdout or ():
            sys.stdout.write(line)
            # Compressing takes as long as all that is still to come, and keeps another core busy with it.
            if _BROWSERS_HALF_IS_THERE in line:
                early.append(_precompress(client / "assets"))
    for compressor in early:
        compressor.wait()
    if bundler.returncode != 0:
        raise SystemExit(bundler.returncode)
    # What an address without a page of its own gets.
    shutil.copyfile(client / "__spa-fallback.html", client / "404.html")
    if _precompress(client).wait() != 0:
        message = "the built pages could not be compressed"
        raise RuntimeError(message)


def _precompress(folder: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(["node", str(_PRECOMPRESS), str(folder)], stdin=subprocess.DEVNULL)


def event_app(app: rx.App) -> "ASGIApp":
    """Return the ASGI application of Reflex's events, without any static files."""
    served = app()
    if app.sio is None:
        message = "Reflex's event socket has changed: see serving/reflex_glue.py"
        raise RuntimeError(message)
    packets: Any = app.sio.packet_class
    packets.json = SimpleNamespace(dumps=as_json, loads=packets.json.loads)
    return served


def as_json(packet: Any, separators: tuple[str, str] | None = None) -> str:
    """Write a packet as Reflex does, in a seventh of the time: a page of the catalogue took a tenth of its event.

    `separators` is socketio's; the shortest are always used.
    """
    del separators
    if isinstance(packet, list):
        packet = [serialize(part) if isinstance(part, StateUpdate) else part for part in cast("list[Any]", packet)]
    return _JSON.encode(packet).decode()


def page_matcher(home: Path) -> Callable[[str], bool]:
    """Return what tells whether an address belongs to a page of the build, one with parameters included."""
    from reflex.route import get_router

    match = get_router(json.loads((home / "web" / "routes.json").read_text()))
    return lambda path: match(path) not in (None, "404")


def static_folder(home: Path) -> Path:
    """Where the build leaves the files to serve."""
    return home / "web" / "build" / "client"
