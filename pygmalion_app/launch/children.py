"""Child processes that cannot outlive the supervisor."""

import asyncio
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pygmalion_app.launch.paths import PROJECT

_PR_SET_PDEATHSIG = 1
_LARGEST_LOG_BYTES = 10_000_000


def dies_with_parent(with_signal: int = signal.SIGTERM) -> Callable[[], None] | None:
    """Return what a child runs before its program so that the kernel signals it when its parent dies, kill -9 included.

    None where the kernel has no such thing (it is Linux's own).
    """
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def before_exec() -> None:
        prctl(_PR_SET_PDEATHSIG, with_signal, 0, 0, 0)
        # The parent may have died between the fork and the call above.
        if os.getppid() != parent:
            os._exit(1)

    return before_exec


def open_log(path: Path) -> int:
    """Open a log for appending, keeping one older generation of a large one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > _LARGEST_LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)


def last_lines(path: Path, count: int = 12) -> str:
    """Return the end of a log, indented."""
    lines = path.read_text(errors="replace").splitlines() if path.exists() else []
    return "\n".join(f"      {line}" for line in lines[-count:])


class CommandFailedError(RuntimeError):
    """A step's command ended with an error; the message holds the end of its log."""


@dataclass(slots=True)
class Child:
    """A program of ours in a session of its own: Ctrl-C reaches the supervisor alone, which stops all in order."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    stop_signal: int = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = field(default=None)
    _log_start: int = 0
    _input: int = subprocess.DEVNULL
    _hold: int | None = None

    @property
    def is_alive(self) -> bool:
        """Whether it was started and has not ended."""
        return self.process is not None and self.process.poll() is None

    def words(self) -> str:
        """Return what it has written since it was last started."""
        with self.log.open("rb") as log:
            log.seek(self._log_start)
            return log.read().decode(errors="replace")

    def start(self) -> None:
        """Start the program, its words going to the log."""
        log = open_log(self.log)
        self._log_start = os.fstat(log).st_size
        try:
            self.process = subprocess.Popen(
                self.command,
                cwd=PROJECT,
                env={**os.environ, **self.environment},
                stdin=self._input,
                stdout=log,
                stderr=log,
                start_new_session=True,
                # Without its supervisor and database a program cannot end in good order, and needs not: jobs,
                # payments and blocks are all safe against a kill at any moment.
                preexec_fn=dies_with_parent(signal.SIGKILL),
            )
        finally:
            os.close(log)

    def start_held(self) -> None:
        """Start it with an input that stays open until `let_go`, for a program that waits for that to begin."""
        theirs, self._hold = os.pipe()
        self._input = theirs
        try:
            self.start()
        finally:
            # Started again, it has nothing to wait for.
            self._input = subprocess.DEVNULL
            os.close(theirs)

    def let_go(self) -> None:
        """Let a program that was started held begin."""
        if self._hold is not None:
            os.close(self._hold)
            self._hold = None

    async def ended(self) -> int:
        """Wait for the program's end and return its exit code."""
        while True:
            code = self.process.poll() if self.process else 0
            if code is not None:
                return code
            await asyncio.sleep(0.05)

    async def run(self) -> None:
        """Start it and wait. Raises CommandFailedError; ends the program when cancelled."""
        self.start()
        try:
            code = await self.ended()
        except asyncio.CancelledError:
            self.kill()
            raise
        if code != 0:
            raise CommandFailedError(
                f"{self.name} failed (exit code {code}); the end of {self.log}:\n{last_lines(self.log)}"
            )

    async def stop(self, patience: float) -> None:
        """Ask it to end, and make it after `patience` seconds."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(self.stop_signal)
        try:
            await asyncio.wait_for(self.ended(), patience)
        except TimeoutError:
            self.kill()
            await self.ended()

    def kill(self) -> None:
        """End it and whatever it started, now."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return
