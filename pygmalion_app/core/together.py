"""Readers who ask for the same thing at the same time share one reading.

Nobody is told anything older than their question: whoever comes while a reading is under way waits for the next one,
which then serves all who wait. Fifty open dashboards of one organisation cost two readings, not fifty.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from functools import cached_property
from typing import Any, LiteralString, TypeVar

from pygmalion_app.core.schemas import View
from pygmalion_app.core.unit_of_work import UnitOfWork

T = TypeVar("T")


class Together:
    """Readings under way and those to come, of one process; what is read must not be changed by who gets it."""

    def __init__(self) -> None:
        """Begin with none."""
        self._running: dict[Hashable, asyncio.Future[Any]] = {}
        self._next: dict[Hashable, asyncio.Future[Any]] = {}

    async def read(self, key: Hashable, reading: Callable[[], Awaitable[T]]) -> T:
        """Return what a reading gives that begins now or later; `reading` raises for its own caller alone.

        `key` says all that the result depends on. Whoever may not have the result must be turned away by the caller.
        """
        while (coming := self._next.get(key)) is not None:
            # Its reader may be cancelled or fail: then somebody else reads.
            await asyncio.wait([coming])
            if not coming.cancelled():
                return coming.result()
        mine: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        try:
            if (before := self._running.get(key)) is not None:
                self._next[key] = mine
                await asyncio.wait([before])
                del self._next[key]
            self._running[key] = mine
            found = await reading()
            mine.set_result(found)
            return found
        finally:
            mine.cancel()
            for kept in (self._running, self._next):
                if kept.get(key) is mine:
                    del kept[key]


class SharedView(View):
    """A result that many get from one reading: it becomes JSON once for all of them."""

    @cached_property
    def as_json(self) -> bytes:
        """What the API answers with."""
        return self.model_dump_json(by_alias=True).encode()


_TOGETHER = Together()
"""The process's own."""
_ONLY_READS: LiteralString = "SELECT pg_current_xact_id_if_assigned() IS NULL AS only_reads"


async def read_together(uow: UnitOfWork, key: Hashable, reading: Callable[[], Awaitable[T]]) -> T:
    """Share a reading with the others who ask for `key` now; a transaction that has written reads for itself.

    For callers that were let in, reading elevated; `UnitOfWork.require_reach` comes after it, as whoever waits here as
    the first thing of a transaction holds no connection meanwhile.
    """
    if await _has_written(uow):
        return await reading()
    return await _TOGETHER.read(key, reading)


async def _has_written(uow: UnitOfWork) -> bool:
    if uow.session.new or uow.session.dirty or uow.session.deleted:
        return True
    return uow.session.in_transaction() and not (await uow.sql(_ONLY_READS))[0]["only_reads"]
