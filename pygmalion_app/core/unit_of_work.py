"""One transaction: the session, who acts, the ports and the jobs that are to follow it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString

from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.clock import Clock
from pygmalion_app.core.config import Settings
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.jobs import JobQueue
from pygmalion_app.core.ports import Ports


@dataclass(frozen=True, slots=True)
class Container:
    """What a process has, built once by `bootstrap`."""

    settings: Settings
    engine: AsyncEngine
    reader: AsyncConnectionPool[AsyncConnection[dict[str, Any]]]
    """Autocommit connections for hot reads in plain SQL (0.10 ms of CPU a query against 0.58 through the ORM)."""
    ports: Ports
    clock: Clock
    jobs: JobQueue


_container: list[Container] = []


def install(container: Container) -> None:
    """Make a container the process's own; `bootstrap` and tests call this."""
    _container[:] = [container]


def container() -> Container:
    """Return the process's container; RuntimeError before `bootstrap` has run."""
    if not _container:
        message = "bootstrap has not run in this process"
        raise RuntimeError(message)
    return _container[0]


@dataclass(slots=True)
class UnitOfWork:
    """What a service function works with. Services flush and never commit."""

    session: AsyncSession
    actor: Actor
    ports: Ports
    clock: Clock
    settings: Settings
    jobs: JobQueue

    async def sql(self, query: LiteralString, **parameters: object) -> list[dict[str, Any]]:
        """Run plain SQL on this transaction's own connection and return its rows.

        Past the ORM, for the paths that many people are on at once: an order costs a third of the CPU this way.
        Raises psycopg's errors.
        """
        raw = await (await self.session.connection()).get_raw_connection()
        connection: Any = raw.driver_connection
        async with connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query, parameters)
            return await cursor.fetchall() if cursor.description else []

    async def defer(
        self,
        task: str,
        *,
        at: datetime | None = None,
        queueing_lock: str | None = None,
        lock: str | None = None,
        **arguments: Any,
    ) -> None:
        """Queue a job in this transaction: it runs after the commit, and only then.

        With a `queueing_lock`, a second waiting job under the same lock is dropped silently.
        """
        await self.jobs.defer(self.session, task, at=at, queueing_lock=queueing_lock, lock=lock, arguments=arguments)


@asynccontextmanager
async def unit_of_work(actor: Actor, within: Container | None = None) -> AsyncGenerator[UnitOfWork]:
    """Open a transaction; commit on a clean exit, roll back on an error (unless the error keeps its changes)."""
    parts = within or container()
    async with AsyncSession(parts.engine, expire_on_commit=False) as session:
        try:
            yield UnitOfWork(session, actor, parts.ports, parts.clock, parts.settings, parts.jobs)
        except PygmalionError as error:
            if error.keeps_changes:
                await session.commit()
            raise
        await session.commit()
