"""Solves a problem in a process of its own, and hands on what it says while it searches."""

import asyncio
import os
import sys
from collections.abc import AsyncGenerator, Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from pygmalion_app.planning.messages import Ask, Done, Message
from pygmalion_app.planning.problem import Booking, Problem

_ROOT = Path(__file__).resolve().parents[2]
_LONGEST_LINE = 64 * 1024 * 1024
_GRACE_SECONDS = 30.0
_MOST_WORKERS = 4


def workers_here() -> int:
    """Return how many threads search: half the processors, as one thread proves most, and pages need the others."""
    return max(1, min(_MOST_WORKERS, (os.cpu_count() or 1) // 2))


class SolverDiedError(RuntimeError):
    """The process ended without an answer: killed, or out of memory. Trying again helps."""


class Run:
    """A search under way."""

    def __init__(self, process: asyncio.subprocess.Process, seconds: float) -> None:
        """Take the process, which has its problem already."""
        self._process = process
        self._seconds = seconds
        self._stopping = False

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def stop(self) -> None:
        """Have the search end soon with the best plan so far."""
        if not self._stopping and self._process.stdin is not None:
            self._stopping = True
            self._process.stdin.close()

    async def messages(self) -> AsyncGenerator[Message]:
        """Yield what is said until the end. Raises SolverDiedError."""
        assert self._process.stdout is not None  # noqa: S101 - started with a pipe
        done = False
        async with asyncio.timeout(self._seconds + _GRACE_SECONDS):
            async for line in self._process.stdout:
                message = msgspec.json.decode(line, type=Message)
                done = isinstance(message, Done)
                yield message
        if not done:
            raise SolverDiedError

    async def end(self) -> None:
        """Leave no process behind."""
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()
        await self._process.wait()


async def start(problem: Problem, *, hint: Iterable[Booking], seconds: float, workers: int) -> Run:
    """Start a search; the caller ends it. It ends by itself when this process dies."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "pygmalion_app.planning.child",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        cwd=_ROOT, env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(_ROOT)}, limit=_LONGEST_LINE,
    )  # fmt: skip
    run = Run(process, seconds)
    try:
        assert process.stdin is not None  # noqa: S101 - started with a pipe
        process.stdin.write(msgspec.json.encode(Ask(problem, sorted(hint), seconds, workers)) + b"\n")
        await process.stdin.drain()
    except BaseException:
        await run.end()
        raise
    return run
