"""The database's part of a start: server, roles, migrations, demo data; each only where it is still to be done."""

import asyncio
import json
import os
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from pygmalion_app.adapters.database.embedded import OWNER, EmbeddedPostgres, grant_application
from pygmalion_app.adapters.database.external import check
from pygmalion_app.core.config import Settings
from pygmalion_app.launch.children import Child, dies_with_parent
from pygmalion_app.launch.console import Console
from pygmalion_app.launch.digests import digest_of
from pygmalion_app.launch.paths import PROJECT, Home

Command = Callable[..., Awaitable[None]]
_DEMO = PROJECT / "pygmalion_app" / "demo"


@dataclass(slots=True)
class PostgresChild(Child):
    """The embedded server as a child; the kernel asks it for a fast shutdown when the supervisor dies."""

    server: EmbeddedPostgres = field(kw_only=True)

    def start(self) -> None:
        """Start it; `ready` waits until it answers."""
        self.process = self.server.start(dies_with_parent(signal.SIGINT))

    def ready(self) -> None:
        """Wait until it answers. Raises RuntimeError with the end of its log."""
        if self.process:
            self.server.wait_ready(self.process)


class Database:
    """What the application is told to use, and how it got there."""

    def __init__(self, home: Home, settings: Settings, console: Console) -> None:
        """Choose between the embedded server and the one of `DATABASE_URL`."""
        self._console = console
        self._settings = settings
        self.external = settings.database_url.get_secret_value()
        self.server = EmbeddedPostgres(home.postgres, home.log("postgres"))
        self.child = PostgresChild("database", (), {}, home.log("postgres"), signal.SIGINT, server=self.server)
        self.url = self.external or self.server.url()
        self.description = ""
        self._stamps = _Stamps(
            home.root / ("stamps-external.json" if self.external else "postgres/pygmalion-stamps.json")
        )

    async def start(self, command: Command) -> None:
        """Bring the database to where the application can use it. Raises RuntimeError in words for the operator."""
        if self.external:
            async with self._console.step("checking the database of DATABASE_URL"):
                self.description = await asyncio.to_thread(check, self.external)
        else:
            await self._start_embedded()
        await self._migrate(command)
        await self._load_demo(command)

    async def _start_embedded(self) -> None:
        async with self._console.step("starting PostgreSQL 18") as step:
            if await asyncio.to_thread(self.server.initialise):
                step.detail = "(a new, empty database)"
            # On this thread: the kernel watches the thread that starts a child, and to_thread's may end before us.
            self.child.start()
            await asyncio.to_thread(self.child.ready)
            await asyncio.to_thread(self.server.ensure_roles)
        self.description = "embedded PostgreSQL 18"

    async def _migrate(self, command: Command) -> None:
        wanted = _digest(PROJECT / "alembic" / "versions", "*.py")
        if not self.external and self._stamps.get("migrated") == wanted:
            return
        owner = self._settings.database_owner_url.get_secret_value() or self.external or self.server.url(OWNER)
        async with self._console.step("migrating the database"):
            await command("migration", "-m", "alembic", "upgrade", "head", environment={"DATABASE_URL": owner})
            if not self.external:
                await asyncio.to_thread(grant_application, owner)
        self._stamps.put("migrated", wanted)

    async def _load_demo(self, command: Command) -> None:
        # Demo accounts have a public password: never on a server that is not ours, unless asked for.
        if not (_DEMO / "__main__.py").exists() or self._settings.is_production:
            return
        if self.external and os.environ.get("PYGMALION_DEMO") != "1":
            return
        wanted = _digest(_DEMO, "**/*")
        if self._stamps.get("demo") == wanted:
            return
        async with self._console.step("loading the demo data"):
            await command("demo", "-m", "pygmalion_app.demo", environment={"DATABASE_URL": self.url})
        self._stamps.put("demo", wanted)


class _Stamps:
    """What has been done to a database; kept inside the data folder, so that it goes when the data go."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, name: str) -> str | None:
        try:
            return json.loads(self._path.read_text()).get(name)
        except (FileNotFoundError, ValueError):
            return None

    def put(self, name: str, value: str) -> None:
        try:
            stamps = json.loads(self._path.read_text())
        except (FileNotFoundError, ValueError):
            stamps = {}
        temporary = self._path.with_suffix(".new")
        temporary.write_text(json.dumps(stamps | {name: value}))
        temporary.replace(self._path)


def _digest(folder: Path, pattern: str) -> str:
    files = (path for path in folder.glob(pattern) if path.is_file() and "__pycache__" not in path.parts)
    return digest_of(files, folder)
