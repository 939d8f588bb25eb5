"""The web process: granian inside our own event loop (measured 1.5 times uvicorn on static files, one process less)."""

import asyncio
import logging
import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import uvloop
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from pygmalion_app.core.config import Settings
from pygmalion_app.launch import description
from pygmalion_app.launch.paths import PROJECT, Home
from pygmalion_app.serving.reflex_environment import environment

if TYPE_CHECKING:
    from starlette.types import ASGIApp

# Thousands of live pages keep a connection each.
_CONNECTIONS = 16_384
_BACKLOG = 2048
_PATIENCE_SECONDS = 5.0
_CODE = ("pygmalion_app.pygmalion_app", "pygmalion_app.bootstrap", "pygmalion_app.api.app")


def serve(home: Home, *, when_told: bool = False) -> None:
    """Serve until SIGTERM or SIGINT; `when_told`: load the code, and begin when standard input ends."""
    os.chdir(PROJECT)
    # Before anything imports Reflex.
    os.environ.update(environment(home.root, serving=True))
    described = description.place(home, Settings.load())
    if when_told:
        for module in _CODE:
            import_module(module)
        sys.stdin.buffer.read()
    uvloop.run(_serve(Settings.load(), described))


async def _serve(settings: Settings, described: Path) -> None:
    from pygmalion_app.serving.asgi import create

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    await serve_application(create(described), settings.host, settings.port)


async def serve_application(application: "ASGIApp", host: str, port: int) -> None:
    """Serve one application in this process; also what benchmarks compare the product with."""
    server = Server(
        application,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        backlog=_BACKLOG,
        backpressure=_CONNECTIONS,
        log_level=LogLevels.warning,
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, _stop, server)
    await server.serve()


def _stop(server: Server) -> None:
    server.stop()
    # Open event connections may keep the server waiting; every commit is in PostgreSQL, so nothing is lost.
    asyncio.get_running_loop().call_later(_PATIENCE_SECONDS, os._exit, 0)
