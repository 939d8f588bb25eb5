"""Connections that a burst has opened go; those in use, and those that little work needs, stay."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from pygmalion_app.core.db import create_engine
from pygmalion_app.core.idle_connections import close_idle

_EVERY = 0.05
_OPEN = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'burst'")


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    """Return an engine whose connections can be told from others."""
    made = create_engine(f"{database_url}&application_name=burst", 10)
    yield made
    await made.dispose()


@asynccontextmanager
async def _closing(engine: AsyncEngine) -> AsyncIterator[None]:
    task = asyncio.create_task(close_idle(engine, every=_EVERY))
    # It begins to listen.
    await asyncio.sleep(0)
    try:
        yield
    finally:
        assert not task.done()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _open(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        return int((await connection.execute(_OPEN)).scalar_one())


async def _use_at_once(engine: AsyncEngine, count: int) -> None:
    async with contextlib.AsyncExitStack() as lent:
        for _ in range(count):
            await lent.enter_async_context(engine.connect())


async def _after_a_while(engine: AsyncEngine, at_most: int) -> int:
    for _ in range(100):
        await asyncio.sleep(_EVERY)
        if (count := await _open(engine)) <= at_most:
            return count
    return await _open(engine)


async def test_a_burst_leaves_no_connections_behind(engine: AsyncEngine) -> None:
    await _use_at_once(engine, 6)
    assert await _open(engine) == 6
    async with _closing(engine):
        assert await _after_a_while(engine, at_most=1) == 1


async def test_nothing_is_closed_while_somebody_works(engine: AsyncEngine) -> None:
    async with _closing(engine):
        async with engine.connect() as mine:
            await _use_at_once(engine, 5)
            await asyncio.sleep(4 * _EVERY)
            assert (await mine.execute(_OPEN)).scalar_one() == 6
        assert await _after_a_while(engine, at_most=1) == 1


async def test_what_is_needed_again_and_again_stays_open(engine: AsyncEngine) -> None:
    async with _closing(engine):
        for _ in range(10):
            await _use_at_once(engine, 6)
            await asyncio.sleep(_EVERY / 3)
        assert await _open(engine) == 6
