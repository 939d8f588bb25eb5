"""Readers share a reading, and none is told what is older than its question."""

import asyncio

import pytest

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.together import Together, read_together
from pygmalion_app.core.unit_of_work import Container, unit_of_work


class Source:
    """Something that changes, slow to read."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.value, self.reads, self.gate = 0, 0, asyncio.Event()

    async def read(self) -> int:
        """Return what it was when the reading began, once the gate is open."""
        self.reads += 1
        found = self.value
        await self.gate.wait()
        return found


async def _started(*tasks: asyncio.Task[int]) -> None:
    for _ in tasks:
        await asyncio.sleep(0)


async def test_who_comes_during_a_reading_shares_the_next() -> None:
    source, together = Source(), Together()
    first = asyncio.create_task(together.read("a", source.read))
    await _started(first)
    source.value = 1
    later = [asyncio.create_task(together.read("a", source.read)) for _ in range(20)]
    other = asyncio.create_task(together.read("b", source.read))
    await _started(*later)
    source.gate.set()
    assert await first == 0
    assert await asyncio.gather(*later) == [1] * 20
    assert (await other, source.reads) == (1, 3)
    assert await together.read("a", source.read) == 1
    assert source.reads == 4


async def test_a_reader_that_fails_or_goes_leaves_the_others_to_read() -> None:
    source, together = Source(), Together()

    async def fail() -> int:
        await source.gate.wait()
        raise LookupError

    first = asyncio.create_task(together.read("a", fail))
    await _started(first)
    gone = asyncio.create_task(together.read("a", source.read))
    await _started(gone)
    rest = [asyncio.create_task(together.read("a", source.read)) for _ in range(3)]
    await _started(*rest)
    gone.cancel()
    await _started(gone, *rest)
    source.gate.set()
    with pytest.raises(LookupError):
        await first
    assert await asyncio.wait_for(asyncio.gather(*rest), 2) == [0] * 3
    assert source.reads <= 2


async def test_who_has_written_reads_alone(container: Container) -> None:
    """Nobody else is told what a transaction has not committed."""
    reads = 0

    async def read() -> int:
        nonlocal reads
        reads += 1
        mine = reads
        await asyncio.sleep(0)
        return mine

    async def once(*, writes: bool) -> int:
        async with unit_of_work(SYSTEM, container) as uow:
            if writes:
                await uow.sql(
                    """INSERT INTO compliance_queue (id, organization_id)
                    VALUES (gen_random_uuid(), gen_random_uuid())"""
                )
            return await read_together(uow, "key", read)

    assert sorted(await asyncio.gather(*(once(writes=True) for _ in range(3)))) == [1, 2, 3]
    assert await once(writes=False) == 4
