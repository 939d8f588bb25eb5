"""`make run` as people use it: started, stopped, killed, started again."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from pygmalion_app.adapters.database.embedded import EmbeddedPostgres
from pygmalion_app.launch.paths import PROJECT, Home
from tests.servers import AppServer, free_port, share_what_is_slow_to_make

_READY = "is ready after"
_START_SECONDS = 240.0
_STOP_SECONDS = 30.0


class Run:
    """One `make run`, without make."""

    def __init__(self, home: Path, port: int) -> None:
        self.home = home
        self.port = port
        self.output = home.parent / "output.log"
        self.process = self._spawn()

    def _spawn(self) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PYGMALION_HOME": str(self.home), "PORT": str(self.port), "PUBLIC_URL": ""}
        environment.pop("DATABASE_URL", None)
        with self.output.open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "pygmalion_app.launch"],
                cwd=PROJECT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def again(self) -> None:
        """Start the same home once more."""
        self.process = self._spawn()

    def wait_ready(self) -> None:
        """Wait until it says that it is ready."""
        deadline = time.monotonic() + _START_SECONDS
        while _READY not in self.output.read_text():
            assert self.process.poll() is None, self.output.read_text()
            assert time.monotonic() < deadline, self.output.read_text()
            time.sleep(0.1)

    def family(self) -> list[psutil.Process]:
        """Return every process that it started."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def service(self, words: str) -> psutil.Process:
        """Return the part whose command line has these words."""
        return next(child for child in self.family() if words in " ".join(child.cmdline()))

    def health(self) -> dict[str, object]:
        """Return the health answer's data."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v1/health", timeout=5) as answer:
            return json.load(answer)["data"]

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        server = EmbeddedPostgres(self.home / "postgres", self.home / "log")
        with psycopg.connect(server.url(), options="-c app.scope=system") as connection:
            row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # pyright: ignore[reportArgumentType, reportCallIssue]
        assert row
        return int(row[0])


@pytest.fixture
def run(app_server: AppServer, tmp_path: Path) -> Iterator[Run]:
    # The shared product has built the pages by now; this one has data, chain and processes of its own.
    home = tmp_path / "home"
    home.mkdir()
    share_what_is_slow_to_make(Home(home))
    run = Run(home, free_port())
    yield run
    if run.process.poll() is None:
        run.process.terminate()
        run.process.wait(_STOP_SECONDS)


def _gone(family: list[psutil.Process], seconds: float) -> list[psutil.Process]:
    return psutil.wait_procs(family, timeout=seconds)[1]


def _eventually_healthy(run: Run) -> bool:
    # PostgreSQL recovers first, then the pools reach it again.
    deadline = time.monotonic() + 75
    while time.monotonic() < deadline:
        try:
            if run.health()["database"] == "ok":
                return True
        except OSError:
            pass
        time.sleep(0.2)
    return False


@pytest.mark.timeout(300)
def test_started_killed_and_stopped_it_loses_nothing_and_leaves_nothing(run: Run) -> None:
    run.wait_ready()
    users = run.count("users")
    assert users > 6
    text = run.output.read_text()
    assert "learner@pygmalion.example" in text
    assert (run.home / "secrets.env").read_text().split("SESSION_SECRET=")[1].split("\n")[0] not in text

    # Parts that die come back, and the product with them.
    for part in ("launch serve", "pygmalion_app.worker", "bin/postgres"):
        run.service(part).kill()
        assert _eventually_healthy(run), part
    assert "ended by itself (signal SIGKILL); starting it again" in run.output.read_text()

    # Nothing outlives a supervisor that had no chance to stop it.
    family = run.family()
    run.process.kill()
    run.process.wait()
    assert not _gone(family, 20)

    run.again()
    run.wait_ready()
    assert run.count("users") == users
    assert "loading the demo data" not in run.output.read_text()
    assert "building the pages" not in run.output.read_text()

    # Ctrl-C reaches the whole process group.
    family, started = run.family(), time.monotonic()
    os.killpg(run.process.pid, signal.SIGINT)
    assert run.process.wait(_STOP_SECONDS) == 0
    assert time.monotonic() - started < 15
    assert not _gone(family, 2)


def test_no_radix_theme_reaches_the_pages(app_server: AppServer) -> None:
    packages = json.loads((app_server.home / "web" / "package.json").read_text())["dependencies"]
    assert not [name for name in packages if name.startswith("@radix-ui/themes")]


def test_the_pages_talk_to_the_address_that_served_them(app_server: AppServer) -> None:
    built = "".join(path.read_text() for path in (app_server.home / "web" / "build" / "client" / "assets").glob("*.js"))
    assert "_event" in built
    assert "ws://localhost" not in built
