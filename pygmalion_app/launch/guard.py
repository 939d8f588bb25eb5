"""Refusals before anything is started, and the wait until everything answers."""

import asyncio
import fcntl
import http.client
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

from pygmalion_app.core.config import Settings
from pygmalion_app.launch.children import Child, last_lines
from pygmalion_app.launch.paths import Home

_HEALTH_PATH = "/api/v1/health"
_HEALTH_SECONDS = 90.0


class RefusedError(RuntimeError):
    """This start cannot be; the message says why and what to do."""


@contextmanager
def only_one(home: Home, address: str) -> Iterator[None]:
    """Hold the home for this process; RefusedError where another has it. The kernel frees it when we die."""
    home.root.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(home.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 200).decode().strip() or "another process"
            raise RefusedError(
                f"Pygmalion is already running on {home.root}: {holder}.\n"
                "Stop it first, or give this one a home and a port of its own: PYGMALION_HOME=... PORT=... make run"
            ) from None
        os.truncate(descriptor, 0)
        os.write(descriptor, f"process {os.getpid()}, {address}\n".encode())
        yield
    finally:
        os.close(descriptor)


def check_port(settings: Settings) -> None:
    """Raise RefusedError when something else listens where we want to."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise RefusedError(
                f"port {settings.port} on {settings.host} cannot be used: {os.strerror(error.errno or 0)}.\n"
                f"Choose another one: PORT={min(settings.port + 1, 65535)} make run"
            ) from error


async def wait_until_healthy(settings: Settings, web: Child) -> None:
    """Wait for the health answer. Raises RuntimeError when the web process ends or stays silent."""
    deadline = time.monotonic() + _HEALTH_SECONDS
    while time.monotonic() < deadline:
        if web.process and web.process.poll() is not None:
            raise RuntimeError(f"the web server ended at start; the end of {web.log}:\n{last_lines(web.log)}")
        if await asyncio.to_thread(_is_healthy, settings):
            return
        await asyncio.sleep(0.05)
    raise RuntimeError(f"the web server does not answer; the end of {web.log}:\n{last_lines(web.log)}")


def _is_healthy(settings: Settings) -> bool:
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "") else settings.host  # noqa: S104 - compared, not bound
    connection = http.client.HTTPConnection(host, settings.port, timeout=2)
    try:
        connection.request("GET", _HEALTH_PATH)
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
