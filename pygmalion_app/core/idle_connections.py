"""Gives back the connections that a burst of work has opened and nobody needs any more.

Each holds 5 to 15 MB in PostgreSQL, where it remembers the tables and plans it has seen. The readers' pools do it
themselves; the engine's pool keeps whatever it once needed.
"""

import asyncio
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import greenlet_spawn

LOOK_EVERY_SECONDS = 10.0
FEW = 2


async def close_idle(engine: AsyncEngine, every: float = LOOK_EVERY_SECONDS, few: int = FEW) -> None:
    """Close all connections when more than `few` are open, at most `few` were in use and now none is; never ends."""
    at_once = 0

    def lent(*_: Any) -> None:
        nonlocal at_once
        at_once = max(at_once, _pool(engine).checkedout())

    event.listen(engine.sync_engine, "checkout", lent)
    try:
        while True:
            at_once = _pool(engine).checkedout()
            await asyncio.sleep(every)
            pool = _pool(engine)
            # One that is lent would come back to a pool that nobody looks after any more.
            if at_once <= few < pool.checkedin() and not pool.checkedout():
                # The next who asks gets a new pool before anything is awaited.
                await engine.dispose(close=False)
                await greenlet_spawn(pool.dispose)
    finally:
        event.remove(engine.sync_engine, "checkout", lent)


def _pool(engine: AsyncEngine) -> QueuePool:
    pool = engine.sync_engine.pool
    if not isinstance(pool, QueuePool):
        message = f"{type(pool).__name__} keeps no connections"
        raise TypeError(message)
    return pool
