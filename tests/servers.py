"""What tests run against: one PostgreSQL for the whole run, a database a test, and the whole product for browsers."""

import asyncio
import contextlib
import fcntl
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import uvicorn
from fastapi import FastAPI
from psycopg import sql

from pygmalion_app import bootstrap
from pygmalion_app.adapters.database.embedded import (
    APPLICATION,
    DATABASE,
    OWNER,
    EmbeddedPostgres,
    grant_application,
)
from pygmalion_app.api.app import create_api
from pygmalion_app.core.config import Settings
from pygmalion_app.core.limits import Limit
from pygmalion_app.core.unit_of_work import Container
from pygmalion_app.launch.children import dies_with_parent
from pygmalion_app.launch.paths import PROJECT, Home

PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""`verify=` of clients that speak plain HTTP to this machine: reading whom to trust takes a tenth of a second each."""
HOME_VARIABLE = "PYGMALION_TEST_HOME"
DATA_VARIABLE = "PYGMALION_TEST_DATA"
_IN_MEMORY = "/dev/shm"
_ROOM_BYTES = 4_000_000_000
PLENTY = json.dumps(dict.fromkeys(Limit, "1000000/1m"))
"""The setting `RATE_LIMITS` for a product whose visitors all come from one address in one minute."""
# Tests throw their data away: nothing needs to survive a power cut.
_CARELESS = (("fsync", "off"), ("full_page_writes", "off"), ("synchronous_commit", "off"))
_START_SECONDS = 300
# Kept referenced: the run's end stops it by its number.
_started: list[subprocess.Popen[bytes]] = []


def test_home() -> Path:
    """Return the folder of this run, the same in every xdist worker."""
    return Path(os.environ[HOME_VARIABLE])


def test_server() -> EmbeddedPostgres:
    """Return the run's PostgreSQL."""
    data = Path(os.environ[DATA_VARIABLE]) / "postgres"
    return EmbeddedPostgres(data, test_home() / "logs" / "postgres.log", _CARELESS)


def _data_folder() -> str:
    """Return a folder in memory where there is room: a clone is 1,000 files (25 ms there, up to 1 s on a disk)."""
    with contextlib.suppress(OSError):
        if shutil.disk_usage(_IN_MEMORY).free > _ROOM_BYTES:
            return tempfile.mkdtemp(prefix="pygmalion-test-", dir=_IN_MEMORY)
    return str(test_home())


@dataclass
class RunServices:
    """Started by pytest's controlling process, ended with it."""

    postgres: subprocess.Popen[bytes]

    @classmethod
    def start(cls) -> "RunServices":
        """Make the run's folder and start PostgreSQL in it."""
        os.environ[HOME_VARIABLE] = tempfile.mkdtemp(prefix="pygmalion-test-")
        os.environ[DATA_VARIABLE] = _data_folder()
        server = test_server()
        server.initialise()
        process = server.start(dies_with_parent(signal.SIGQUIT))
        server.wait_ready(process)
        server.ensure_roles()
        return cls(process)

    def stop(self) -> None:
        """Stop everything and remove the folder."""
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            pid = int((test_home() / "app.pid").read_text())
            os.kill(pid, signal.SIGTERM)
            _wait_for_end(pid, 40)
        self.postgres.send_signal(signal.SIGQUIT)
        self.postgres.wait(20)
        shutil.rmtree(os.environ[DATA_VARIABLE], ignore_errors=True)
        shutil.rmtree(test_home(), ignore_errors=True)


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for_end(pid: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
        if not Path(f"/proc/{pid}").exists():
            return
        time.sleep(0.05)


@contextmanager
def only_one(name: str) -> Iterator[Path]:
    """Let one worker at a time in; the path that it gets tells whether the work is done."""
    with (test_home() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield test_home() / f"{name}.done"


@contextmanager
def one_of(name: str, places: int) -> Iterator[None]:
    """Let so many workers in at a time."""
    with contextlib.ExitStack() as held:
        while True:
            for place in range(places):
                lock = (test_home() / f"{name}-{place}.lock").open("w")
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    lock.close()
                else:
                    held.enter_context(lock)
                    yield
                    return
            time.sleep(0.1)


def ensure_template() -> None:
    """Migrate the database that all others are cloned from, once a run."""
    with only_one("template") as done:
        if done.exists():
            return
        url = test_server().url(OWNER)
        command = [sys.executable, "-m", "alembic", "upgrade", "head"]
        environment = {**os.environ, "DATABASE_URL": url}
        migrated = subprocess.run(command, cwd=PROJECT, env=environment, check=False, capture_output=True, text=True)
        if migrated.returncode != 0:
            raise RuntimeError(f"alembic upgrade head failed:\n{migrated.stderr}")
        grant_application(url)
        done.touch()


@contextmanager
def cloned_database(template: str = DATABASE) -> Iterator[str]:
    """Give the address of a fresh, migrated database (25 ms), the application's role connected; drop it at the end."""
    name = clone(template)
    try:
        yield address(name)
    finally:
        drop(name)


def address(name: str) -> str:
    """Return the address of a database, the application's role connected."""
    return test_server().url(APPLICATION, name)


def clone(template: str = DATABASE) -> str:
    """Copy a database, the migrated and empty one unless told otherwise, and return the copy's name."""
    ensure_template()
    name = f"test_{uuid4().hex[:12]}"
    create = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY")
    # Two workers cannot clone the same template at the same moment.
    with only_one("cloning"):
        _administrate(create.format(*map(sql.Identifier, (name, OWNER, template))))
    return name


def drop(name: str) -> None:
    """Remove a database, whoever is still connected to it."""
    _administrate(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


_administrator: list[psycopg.Connection] = []
"""One connection for the whole process: each test needs it at its beginning and its end."""


def _administrate(statement: sql.Composed) -> None:
    if not _administrator:
        _administrator.append(psycopg.connect(test_server().url("postgres", "postgres"), autocommit=True))
    _administrator[0].execute(statement)


def stop_administrating() -> None:
    """Close what `clone` and `drop` work with."""
    while _administrator:
        _administrator.pop().close()


@dataclass(frozen=True, slots=True)
class AppServer:
    """The whole product, running as `make run` runs it, with the demo data."""

    base_url: str
    home: Path
    database_url: str


def running_app() -> AppServer:
    """Start the product once a run and return where it is; the first caller waits for the build of the pages."""
    with only_one("app") as done:
        if not done.exists():
            done.write_text(json.dumps({"port": _start_app()}))
        port = json.loads(done.read_text())["port"]
    home = _app_home()
    database = EmbeddedPostgres(home.postgres, home.log("postgres"))
    return AppServer(f"http://127.0.0.1:{port}", home.root, database.url())


def _app_home() -> Home:
    return Home(test_home() / "app")


def _start_app() -> int:
    home = _app_home()
    home.root.mkdir()
    share_what_is_slow_to_make(home)
    port = free_port()
    environment = {
        **os.environ,
        "PYGMALION_HOME": str(home.root),
        "PORT": str(port),
        "PUBLIC_URL": "",
        "RATE_LIMITS": PLENTY,
    }
    environment.pop("DATABASE_URL", None)
    output = home.root / "make-run.log"
    with output.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "pygmalion_app.launch"], cwd=PROJECT, env=environment,
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    _started.append(process)
    (test_home() / "app.pid").write_text(str(process.pid))
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        # The last line of a start, not only the web server's health: the demo data are there too.
        if "is ready after" in output.read_text():
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/health", timeout=5).close()
            return port
        time.sleep(0.1)
    raise RuntimeError(f"the product did not start:\n{output.read_text()}")


def share_what_is_slow_to_make(home: Home) -> None:
    """Use the built pages and the chain's node of the developer's own installation, building there if need be."""
    own = Home.from_environment()
    (own.root / "web").mkdir(parents=True, exist_ok=True)
    (home.root / "web").symlink_to(own.root / "web")
    (own.root / "chain" / "node").mkdir(parents=True, exist_ok=True)
    (home.root / "chain").mkdir()
    (home.root / "chain" / "node").symlink_to(own.root / "chain" / "node")


_apis: dict[tuple[bool, bool], FastAPI] = {}


def api_of(settings: Settings) -> FastAPI:
    """Return the API as it is under some settings: made once, for it finds its container anew at each request.

    Making it, and each of its routes at their first request, takes half a second.
    """
    embedded = (settings.testmode_payments, settings.embedded_mailbox)
    if embedded not in _apis:
        _apis[embedded] = create_api(bootstrap.development_routers(settings))
    return _apis[embedded]


@contextlib.asynccontextmanager
async def serving_api(container: Container) -> AsyncIterator[str]:
    """Serve the API in this process on the settings' port and yield its address."""
    app = api_of(container.settings)
    config = uvicorn.Config(
        app, port=container.settings.port, log_level="warning", lifespan="off", timeout_keep_alive=60
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn tells it by this flag only
        await asyncio.sleep(0.01)
    try:
        yield container.settings.own_url
    finally:
        server.should_exit = True
        await task
