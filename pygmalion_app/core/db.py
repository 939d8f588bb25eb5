"""Connections to PostgreSQL: the engine of the units of work and the pool of hot reads."""

from collections.abc import Mapping
from typing import Any, LiteralString

from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from pygmalion_app.core.batches import BatchConnection
from pygmalion_app.core.row_security import APPLY_PLAIN

LOCK_TIMEOUT = "3s"
STATEMENT_TIMEOUT = "30s"


def engine_url(database_url: str) -> str:
    """Return a PostgreSQL address in SQLAlchemy's spelling, driven by psycopg 3."""
    return make_url(database_url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def create_engine(database_url: str, pool_size: int) -> AsyncEngine:
    """Return the engine; a statement waits at most 3 s for a lock (answered as busy) and runs at most 30 s."""
    return create_async_engine(
        engine_url(database_url),
        pool_size=pool_size,
        max_overflow=pool_size,
        # Those lent last have planned the statements, and have their rows at hand.
        pool_use_lifo=True,
        # No column is one; else each engine begins by asking for the type.
        use_native_hstore=False,
        connect_args={
            "async_creator_fn": BatchConnection.connect,
            "options": f"-c lock_timeout={LOCK_TIMEOUT} -c statement_timeout={STATEMENT_TIMEOUT} -c timezone=UTC",
        },
    )


async def at_once(
    engine: AsyncEngine, settings: Mapping[str, str], query: LiteralString, parameters: Mapping[str, object]
) -> list[dict[str, Any]]:
    """Run one statement as a whole transaction under row-level security's `settings`, and return its rows.

    Begin, settings, statement and commit go out together: one round trip instead of four, and nothing of the ORM.
    Raises psycopg's errors; nothing is kept then.
    """
    async with engine.connect() as lent:
        connection: Any = (await lent.get_raw_connection()).driver_connection
        answers = await connection.run_batch(((APPLY_PLAIN, settings), (query, parameters)), prepare=True, commit=True)
        return answers[1]


def create_reader(
    database_url: str, pool_size: int, *, idle: int = 1, reach: LiteralString = ""
) -> AsyncConnectionPool[AsyncConnection[dict[str, Any]]]:
    """Return the closed pool of autocommit, read-only connections with dict rows; open it in the process's loop.

    They show what everybody may see, and what the policies let their `reach` read (`core.row_security.Scope`).
    `idle` of them stay open while nobody asks.
    """
    return AsyncConnectionPool(
        make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False),
        min_size=idle,
        max_size=pool_size,
        open=False,
        # Attempts lie ever further apart until this many seconds have passed, then each request tries anew: a
        # database that was away for half a minute is found again at once, not half a minute later.
        reconnect_timeout=10,
        kwargs={
            "autocommit": True,
            "row_factory": dict_row,
            # Indexes are in memory or on flash, and compiling a query costs more than the short ones here take.
            "options": f"-c default_transaction_read_only=on -c statement_timeout={STATEMENT_TIMEOUT}"
            " -c random_page_cost=1.1 -c jit=off -c timezone=UTC" + (f" -c app.scope={reach}" if reach else ""),
        },
    )
