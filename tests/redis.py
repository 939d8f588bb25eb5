"""A Redis for the tests of shared limits: the Debian package, or REDIS_SERVER; on loopback, on a port of its own."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests import servers, system_packages

WHAT_TO_DO = "No redis-server for the tests: install Redis 7, or set REDIS_SERVER to its program, then try again."
_START_SECONDS = 10


@cache
def executable() -> str | None:
    """Return the server's program, installing the system's package if there is none; None when that cannot be done."""
    # The second to come finds what the first has installed.
    with servers.only_one("redis"):
        if not _program():
            system_packages.install("redis-server")
    return _program()


def _program() -> str | None:
    return os.environ.get("REDIS_SERVER") or shutil.which("redis-server")


@dataclass
class Server:
    """One Redis that can be stopped and started again on its port."""

    program: str
    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start and wait until it listens."""
        options = {"port": self.port, "bind": "127.0.0.1", "save": "", "appendonly": "no", "dir": self.folder}
        command = [self.program, *(str(part) for name, value in options.items() for part in (f"--{name}", value))]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        message = "Redis did not start"
        raise TimeoutError(message)

    def stop(self) -> None:
        """Stop at once, as a crash would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            self.process = None


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Run an empty Redis; RuntimeError saying what to do where there is none."""
    program = executable()
    if program is None:
        raise RuntimeError(WHAT_TO_DO)
    server = Server(program, folder, servers.free_port())
    server.start()
    try:
        yield server
    finally:
        server.stop()
