"""Where documents are made: one by one in a thread, in processes of their own once there are many.

Making is work for the processor in Python: a second core helps only in a second process. Starting those takes a second,
so that they are started for a campaign and not for a class, and they end when nothing came for a while.
"""

import asyncio
import ctypes
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from time import monotonic
from types import ModuleType

from pygmalion_app.certificates.document.making import Made, Order, make
from pygmalion_app.core import collector

MANY, WITHIN_SECONDS = 24, 5.0
"""So many documents within so many seconds, and processes are started."""
IDLE_SECONDS = 30.0
_MOST_PROCESSES = 8
_PR_SET_PDEATHSIG = 1


class Workshop:
    """Makes documents; one for each process of ours."""

    def __init__(self) -> None:
        """Begin with a thread."""
        self._asked: deque[float] = deque(maxlen=MANY)
        self._processes: ProcessPoolExecutor | None = None
        self._busy = 0
        self._closing: asyncio.TimerHandle | None = None

    async def make_all(self, orders: Sequence[Order]) -> list[Made]:
        """Return the certificates, made in a thread or, where many are wanted, in processes."""
        self._asked.extend([monotonic()] * len(orders))
        return await asyncio.gather(*map(self._make, orders))

    async def _make(self, order: Order) -> Made:
        processes = self._chosen()
        if processes is None:
            return await asyncio.to_thread(make, order)
        self._busy += 1
        try:
            with _without_main():
                made = asyncio.get_running_loop().run_in_executor(processes, make, order)
            return await made
        except BrokenProcessPool:
            # Killed from outside: this one is made here, and the next look starts others.
            self._processes = None
            return await asyncio.to_thread(make, order)
        finally:
            self._busy -= 1
            self._rest()

    def close(self) -> None:
        """End the processes, once they are idle."""
        if self._processes is not None and not self._busy:
            self._processes.shutdown(wait=False)
            self._processes = None

    def _chosen(self) -> ProcessPoolExecutor | None:
        many = len(self._asked) == MANY and self._asked[-1] - self._asked[0] < WITHIN_SECONDS
        if self._processes is None and many:
            self._processes = ProcessPoolExecutor(
                min(os.cpu_count() or 1, _MOST_PROCESSES),
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_begin,
            )
        return self._processes

    def _rest(self) -> None:
        if self._closing is not None:
            self._closing.cancel()
        self._closing = asyncio.get_running_loop().call_later(IDLE_SECONDS, self.close)


@contextmanager
def _without_main() -> Generator[None]:
    """Keep processes that start meanwhile from importing what this one began with: the whole application, for 3 s."""
    own = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = own


def _begin() -> None:
    """Leave nothing running behind a parent that was killed (Linux); elsewhere the closed pipe ends it in time."""
    # What was imported stays, and a document leaves little that only a look through everything finds: a tenth less.
    collector.resume(collector.WORKING)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


workshop = Workshop()
"""This process's own."""
