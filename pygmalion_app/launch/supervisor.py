"""Starts everything in the right order (and at the same time where it can), watches it, and stops it in order."""

import asyncio
import signal
import sys
import time
from collections import deque

from pygmalion_app.core.config import Settings
from pygmalion_app.launch import description, frontend, report
from pygmalion_app.launch.children import Child, CommandFailedError, last_lines
from pygmalion_app.launch.console import Console
from pygmalion_app.launch.database import Database, PostgresChild
from pygmalion_app.launch.guard import wait_until_healthy
from pygmalion_app.launch.paths import Home

# Seconds each part gets to end by itself, in the order of stopping.
_STOP_ORDER = {"web": 7.0, "worker": 10.0, "chain": 7.0, "database": 30.0}
_CHAIN_READY = "contract 0x"
_CHAIN_SECONDS = 180.0
_MOST_RESTARTS = 5
_RESTART_WINDOW_SECONDS = 120.0


class Supervisor:
    """One running installation."""

    def __init__(self, home: Home, settings: Settings, console: Console) -> None:
        """Plan the parts; nothing is started yet."""
        self._home = home
        self._settings = settings
        self._console = console
        self._database = Database(home, settings, console)
        self._web = self._child("web", "-m", "pygmalion_app.launch", "serve", "when-told")
        self._services: dict[str, Child] = {}
        self._steps: list[Child] = []
        self._stop_asked = asyncio.Event()

    @classmethod
    async def supervise(cls, home: Home, settings: Settings, console: Console) -> int:
        """Run one installation from start to stop and return the exit code."""
        return await cls(home, settings, console).run()

    async def run(self) -> int:
        """Start, watch until told to stop, stop; return the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, self._ask_to_stop)
        life = asyncio.create_task(self._live())
        asked = asyncio.create_task(self._stop_asked.wait())
        await asyncio.wait({life, asked}, return_when=asyncio.FIRST_COMPLETED)
        failed = life.done()
        if failed:
            self._console.say(f"\n  {_reason(life.exception())}\n")
        else:
            life.cancel()
            await asyncio.wait({life})
        asked.cancel()
        await self._stop()
        return 1 if failed else 0

    def _ask_to_stop(self) -> None:
        if self._stop_asked.is_set():
            # The second Ctrl-C: the person does not want to wait.
            for child in (*self._steps, *self._services.values()):
                child.kill()
        self._stop_asked.set()

    async def _live(self) -> None:
        """Start everything, then watch it; ends only with an error."""
        started = time.monotonic()
        # First of all: loading its code is most of a start.
        self._load_web()
        async with asyncio.TaskGroup() as together:
            # The web server asks for the chain when somebody verifies a certificate, so it need not wait for it.
            if not self._settings.chain_rpc_urls:
                together.create_task(self._start_chain())
            async with asyncio.TaskGroup() as first:
                first.create_task(self._build_pages())
                first.create_task(self._start_database())
            async with self._console.step("starting the web server"):
                self._web.let_go()
                await wait_until_healthy(self._settings, self._web)
        # Last, so that pages answer sooner: jobs are kept in the database until it takes them.
        self._serve("worker", "-m", "pygmalion_app.worker")
        self._console.say(report.ready(self._settings, self._database.description, time.monotonic() - started))
        async with asyncio.TaskGroup() as watchers:
            watchers.create_task(self._describe_api())
            for child in self._services.values():
                watchers.create_task(self._watch(child))

    async def _build_pages(self) -> None:
        if await asyncio.to_thread(frontend.is_built, self._home):
            return
        async with self._console.step("building the pages"):
            await self._command("front-end", "-m", "pygmalion_app.launch", "build")

    async def _describe_api(self) -> None:
        """Have the API described once for the code as it is: who asks for it then keeps no web process busy."""
        if (await asyncio.to_thread(description.place, self._home, self._settings)).exists():
            return
        try:
            await self._command("description", "-m", "pygmalion_app.launch", "describe")
        except CommandFailedError as error:
            self._console.say(f"  ! {error}")

    async def _start_database(self) -> None:
        if not self._database.external:
            self._services["database"] = self._database.child
        await self._database.start(self._command)

    def _load_web(self) -> None:
        """Have the web server load its code, most of its start, beside whatever it still has to wait for."""
        self._services["web"] = self._web
        self._web.start_held()

    async def _start_chain(self) -> None:
        async with self._console.step("starting the embedded chain"):
            chain = self._serve("chain", "-m", "pygmalion_app.adapters.chain.embedded")
            deadline = time.monotonic() + _CHAIN_SECONDS
            while _CHAIN_READY not in chain.words():
                if not chain.is_alive or time.monotonic() > deadline:
                    raise RuntimeError(
                        f"the embedded chain did not start; the end of {chain.log}:\n{last_lines(chain.log)}"
                    )
                await asyncio.sleep(0.05)

    async def _command(self, name: str, *arguments: str, environment: dict[str, str] | None = None) -> None:
        variables = {**self._environment(), **(environment or {})}
        child = Child(name, (sys.executable, *arguments), variables, self._home.log(name))
        self._steps.append(child)
        await child.run()

    def _serve(self, name: str, *arguments: str) -> Child:
        child = self._child(name, *arguments)
        self._services[name] = child
        child.start()
        return child

    def _child(self, name: str, *arguments: str) -> Child:
        return Child(name, (sys.executable, *arguments), self._environment(), self._home.log(name))

    def _environment(self) -> dict[str, str]:
        return {"PYGMALION_HOME": str(self._home.root), "PYTHONUNBUFFERED": "1", "DATABASE_URL": self._database.url}

    async def _watch(self, child: Child) -> None:
        """Start a part again when it dies. Raises RuntimeError when it keeps dying."""
        deaths: deque[float] = deque(maxlen=_MOST_RESTARTS)
        while True:
            code = await child.ended()
            now = time.monotonic()
            if len(deaths) == _MOST_RESTARTS and now - deaths[0] < _RESTART_WINDOW_SECONDS:
                raise RuntimeError(
                    f"{child.name} keeps dying, so all stops; the end of {child.log}:\n{last_lines(child.log)}"
                )
            deaths.append(now)
            self._console.say(f"  ! {child.name} ended by itself ({_how(code)}); starting it again, see {child.log}")
            await asyncio.sleep(min(0.2 * 2 ** (len(deaths) - 1), 5.0))
            child.start()
            if isinstance(child, PostgresChild):
                await asyncio.to_thread(child.ready)

    async def _stop(self) -> None:
        self._console.say("\n  stopping ...")
        for step in self._steps:
            step.kill()
        for name, patience in _STOP_ORDER.items():
            if child := self._services.get(name):
                await child.stop(patience)
        self._console.say("  stopped; all data is kept in " + str(self._home.root))


def _how(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def _reason(error: BaseException | None) -> str:
    """Return an error in words; the first of a group, since one failed part makes the others end."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return str(error) if isinstance(error, RuntimeError) else f"{type(error).__name__}: {error}"
