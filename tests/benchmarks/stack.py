"""The product as `make run` starts it, with the large demo data, and small servers to compare it with."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from pygmalion_app.adapters.database.embedded import OWNER, EmbeddedPostgres
from pygmalion_app.launch.paths import PROJECT, Home
from pygmalion_app.serving import reflex_environment
from tests.servers import PLENTY

START_SECONDS = 600
STOP_SECONDS = 60
LARGE_COURSES = 5_000
QUIET_SECONDS, QUIET_LOOK_SECONDS, QUIET_SHARE = 300, 5, 0.15
"""How long at most to wait until an installation uses less than this share of a core for so long."""


@dataclass(frozen=True, slots=True)
class Stack:
    """A running installation."""

    home: Home
    port: int
    supervisor: int
    """Process id."""

    @property
    def database_url(self) -> str:
        """Address of the database as the application uses it."""
        return self._server().url()

    @property
    def owner_url(self) -> str:
        """Address of the database for making and removing a benchmark's own rows."""
        return self._server().url(OWNER)

    @property
    def superuser_url(self) -> str:
        """Address of the database for removing many rows without looking each of their references up."""
        return self._server().url("postgres")

    def _server(self) -> EmbeddedPostgres:
        return EmbeddedPostgres(self.home.postgres, self.home.log("postgres"))

    @property
    def environment(self) -> dict[str, str]:
        """Variables for processes that work on this installation."""
        return {
            **os.environ,
            "PYGMALION_HOME": str(self.home.root),
            "PORT": str(self.port),
            "DATABASE_URL": self.database_url,
            "PYTHONUNBUFFERED": "1",
        }

    def parts(self) -> dict[str, list[psutil.Process]]:
        """Return the installation's processes by part: supervisor, web, worker, chain, postgres."""
        root = psutil.Process(self.supervisor)
        found: dict[str, list[psutil.Process]] = {"supervisor": [root]}
        for child in root.children():
            found.setdefault(_part(child), []).extend([child, *child.children(recursive=True)])
        return found

    def cpu_seconds(self) -> float:
        """Return the processor time that the installation's processes have used."""
        total = 0.0
        for process in (process for part in self.parts().values() for process in part):
            with suppress(psutil.NoSuchProcess):
                times = process.cpu_times()
                total += times.user + times.system
        return total

    def web(self) -> psutil.Process:
        """Return the web server's process."""
        return self.parts()["web"][0]


def _part(process: psutil.Process) -> str:
    command = " ".join(process.cmdline())
    names = {"launch serve": "web", "pygmalion_app.worker": "worker", "chain.embedded": "chain", "postgres": "postgres"}
    return next((name for mark, name in names.items() if mark in command), "other")


def bytes_of(processes: list[psutil.Process]) -> int:
    """Return the processes' memory in bytes, what they share counted once (PSS)."""
    return sum(process.memory_full_info().pss for process in processes)


@contextmanager
def running(home: Home, port: int) -> Iterator[Stack]:
    """Start the product, load the large data once, and stop everything at the end."""
    home.root.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "PYGMALION_HOME": str(home.root),
        "PORT": str(port),
        "PUBLIC_URL": "",
        # Counted as ever; a load generator is a thousand people at one address.
        "RATE_LIMITS": PLENTY,
    }
    environment.pop("DATABASE_URL", None)
    output = home.root / "make-run.log"
    with output.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "pygmalion_app.launch"], cwd=PROJECT, env=environment,
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        _wait_for_words(process, output)
        stack = Stack(home, port, process.pid)
        _load_large(stack)
        _wait_until_quiet(stack)
        yield stack
    finally:
        _stop(process)


def _wait_for_words(process: subprocess.Popen[bytes], output: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while "is ready after" not in output.read_text():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the product did not start:\n{output.read_text()[-3000:]}")
        time.sleep(0.1)


def _load_large(stack: Stack) -> None:
    with psycopg.connect(stack.database_url) as connection:
        count = connection.execute("SELECT count(*) FROM courses").fetchone()
    if count and count[0] >= LARGE_COURSES:
        return
    print("loading the large demo data, once ...", flush=True)
    subprocess.run([sys.executable, "-m", "pygmalion_app.demo.large"], cwd=PROJECT, env=stack.environment, check=True)


def _wait_until_quiet(stack: Stack) -> None:
    """Wait until what a start leaves to be done is done: jobs that were due, modules that are loaded behind."""
    deadline = time.monotonic() + QUIET_SECONDS
    before = stack.cpu_seconds()
    while time.monotonic() < deadline:
        time.sleep(QUIET_LOOK_SECONDS)
        now = stack.cpu_seconds()
        if now - before < QUIET_SHARE * QUIET_LOOK_SECONDS:
            return
        before = now


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def serving(stack: Stack, module: str, port: int, check: str) -> Iterator[int]:
    """Run `python -m module port` on the installation's database; give its process id once `check` answers."""
    log = stack.home.log(module.rpartition(".")[2])
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", module, str(port)], cwd=PROJECT,
            env={**stack.environment, **reflex_environment.environment(stack.home.root, serving=True)},
            stdin=subprocess.DEVNULL, stdout=output, stderr=output,
        )  # fmt: skip
    try:
        _wait_for_answer(process, f"http://127.0.0.1:{port}{check}", log)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for_answer(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{address} does not answer:\n{log.read_text()[-3000:]}")
