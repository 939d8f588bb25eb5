"""One transaction: the session, who acts, the ports and the jobs that are to follow it."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.pq import TransactionStatus
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, AsyncSessionTransaction
from sqlalchemy.orm import Session, SessionTransaction

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.batches import Statement
from pygmalion_app.core.clock import Clock
from pygmalion_app.core.config import Settings
from pygmalion_app.core.errors import NotFoundError, PygmalionError
from pygmalion_app.core.jobs import DEFER, DEFER_ALL, JobQueue
from pygmalion_app.core.ports import Ports
from pygmalion_app.core.row_security import APPLY, APPLY_PLAIN, PLANNED_ONCE, REACHES, Scope, scope_of, settings_of

_ACTOR = "pygmalion.actor"
_TELLS_ITSELF = "pygmalion.tells_itself"
"""What a session holds: the settings that name its actor, and whether plain SQL is about to send them along itself."""


@dataclass(frozen=True, slots=True)
class Container:
    """What a process has, built once by `bootstrap`."""

    settings: Settings
    engine: AsyncEngine
    reader: AsyncConnectionPool[AsyncConnection[dict[str, Any]]]
    """Autocommit connections for hot reads in plain SQL (0.10 ms of CPU a query against 0.58 through the ORM)."""
    verifier: AsyncConnectionPool[AsyncConnection[dict[str, Any]]]
    """The same for public verification alone, which reads anybody's certificate by its secret code."""
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


Otherwise = Callable[[], Awaitable[None]]
"""What is to be done where a statement returned no row."""


@dataclass(slots=True)
class UnitOfWork:
    """What a service function works with. Services flush and never commit."""

    session: AsyncSession
    actor: Actor
    ports: Ports
    clock: Clock
    settings: Settings
    jobs: JobQueue
    scope: Scope = Scope.OWN
    """How far the database lets this transaction reach now."""
    _unsent: list[tuple[Statement, Otherwise | None]] = field(default_factory=list[tuple[Statement, Otherwise | None]])
    """Statements that go out with the next one."""
    _lent: tuple[SessionTransaction | None, Any] = (None, None)
    """A transaction or savepoint, and psycopg's connection that it is on."""

    async def require_reach(self, organization_id: UUID) -> None:
        """Raise NotFoundError unless the database itself knows the actor to run this organisation.

        Before reading `elevated` what joins other people's names to an organisation's own rows: the policy layer is
        not the only wall then.
        """
        if not (await self.sql(REACHES, organization=organization_id))[0]["reaches"]:
            raise NotFoundError(organization=str(organization_id))

    @asynccontextmanager
    async def elevated(self) -> AsyncGenerator[None]:
        """Let the block touch rows that are not the actor's: counting others' seats, writing to somebody's account.

        For services only, after their policy has allowed what is about to happen.
        """
        before = self.scope
        await self._reach(Scope.SYSTEM)
        try:
            yield
        except PygmalionError:
            # Of such an error's transaction something may be kept, so what is pending is written under its own reach.
            await self._reach(before)
            raise
        except BaseException:
            await self._set(before)
            raise
        await self._reach(before)

    async def _reach(self, scope: Scope) -> None:
        if scope != self.scope:
            if not await self._is_broken():
                # What the ORM holds back belongs to the reach it was written under.
                await self.session.flush()
            await self._set(scope)

    async def _set(self, scope: Scope) -> None:
        if scope != self.scope and not await self._is_broken():
            await self.sql("SELECT set_config('app.scope', %(scope)s, true)", scope=scope.value)
        # A broken transaction, or the savepoint in it, ends by a rollback, which takes the setting back too.
        self.scope = scope

    async def _is_broken(self) -> bool:
        if not self.session.is_active:
            return True
        connection = await self.session.connection()
        if connection.invalidated:
            # The database is gone, or the task was cancelled in the middle of a statement.
            return True
        raw: Any = (await connection.get_raw_connection()).driver_connection
        return raw.info.transaction_status == TransactionStatus.INERROR

    async def sql(self, query: LiteralString, **parameters: object) -> list[dict[str, Any]]:
        """Run plain SQL on this transaction's own connection and return its rows.

        Past the ORM, for the paths that many people are on at once: an order costs a third of the CPU this way.
        Raises psycopg's errors.
        """
        return (await self.pipeline((query, parameters)))[0]

    def send_along(self, query: LiteralString, otherwise: Otherwise | None = None, /, **parameters: object) -> None:
        """Run plain SQL with the transaction's next one, its commit at the latest: no round trip of its own.

        For what is written down and not read again in this transaction, but by plain SQL: what the ORM asks goes out
        before it. Its errors are raised there. If it returns no row, `otherwise` is done then, before the commit.
        """
        self._unsent.append(((query, parameters), otherwise))

    async def pipeline(self, *statements: Statement, commit: bool = False) -> list[list[dict[str, Any]]]:
        """Run statements as `sql` does, one after the other but sent together: one round trip for all of them.

        Each sees what those before it did, and what others had committed by then. The first that fails ends it.
        """
        ahead = tuple(self._unsent)
        self._unsent.clear()
        begins = not self.session.in_transaction()
        self.session.info[_TELLS_ITSELF] = begins
        # At its first time already where there are many alike; else psycopg waits for the sixth.
        prepare = True if PLANNED_ONCE.items() <= self.session.info[_ACTOR].items() else None
        connection = await self._driver()
        told: tuple[Statement, ...] = ((APPLY_PLAIN, self.session.info[_ACTOR]),) if begins else ()
        sent = (*told, *(statement for statement, _ in ahead), *statements)
        answers = (await connection.run_batch(sent, prepare=prepare, commit=commit))[len(told) :]
        for (_, otherwise), rows in zip(ahead, answers, strict=False):
            if otherwise and not rows:
                await otherwise()
        return answers[len(ahead) :]

    async def _driver(self) -> Any:
        """Return psycopg's connection, asked of SQLAlchemy once a transaction and once a savepoint, which it opens."""
        session = self.session.sync_session
        going_on = session.get_nested_transaction() or session.get_transaction()
        # After a failure SQLAlchemy says what is wrong: the connection would begin another transaction.
        if going_on is None or going_on is not self._lent[0] or not session.is_active:
            raw = await (await self.session.connection()).get_raw_connection()
            self._lent = session.get_nested_transaction() or session.get_transaction(), raw.driver_connection
        return self._lent[1]

    @asynccontextmanager
    async def savepoint(self) -> AsyncGenerator[AsyncSessionTransaction]:
        """Let the block be undone alone: by an error that leaves it, or by rolling back what it is given."""
        if self._unsent:
            # What was to be done before is not undone with it.
            await self.pipeline()
        try:
            async with self.session.begin_nested() as nested:
                yield nested
                if self._unsent and nested.is_active:
                    await self.pipeline()
        finally:
            # What is still unsent was undone before it was done.
            self._unsent.clear()

    async def commit(self) -> None:
        """Commit; for whoever opened the transaction."""
        if self._unsent:
            await self.session.flush()
            if any(otherwise for _, otherwise in self._unsent):
                await self.pipeline()
            await self.pipeline(commit=True)
        # To the connection there is nothing left to commit then, and nothing is sent.
        await self.session.commit()

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
        if queueing_lock is None:
            self.send_along(DEFER, **self.jobs.parameters(task, at=at, lock=lock, arguments=arguments))
            return
        if self._unsent:
            await self.pipeline()
        await self.jobs.defer(self.session, task, at=at, queueing_lock=queueing_lock, lock=lock, arguments=arguments)

    async def defer_all(self, task: str, arguments: Sequence[Mapping[str, Any]], *, priority: int = 0) -> None:
        """Queue a job for each of the arguments as `defer` does, with one statement.

        Of the jobs that wait, those of the highest `priority` are next.
        """
        if arguments:
            self.send_along(DEFER_ALL, **self.jobs.parameters_of_all(task, arguments, priority=priority))


@asynccontextmanager
async def unit_of_work(
    actor: Actor, within: Container | None = None, *, elevated: bool = False, planned_once: bool = False
) -> AsyncGenerator[UnitOfWork]:
    """Open a transaction; commit on a clean exit, roll back on an error (unless the error keeps its changes).

    `elevated` lets the whole transaction past the actor's own rows, as `UnitOfWork.elevated` does for a block: for
    signing in, where nobody is known yet, and for services that have checked their actor before. `planned_once` is for
    what many people are on at once (`row_security.PLANNED_ONCE`), and wrong for statements whose best plan depends on
    their values: reports, filters.
    """
    parts = within or container()
    async with AsyncSession(parts.engine, expire_on_commit=False) as session:
        tell_actor(session, actor, elevated=elevated, planned_once=planned_once)
        scope = scope_of(actor, elevated=elevated)
        uow = UnitOfWork(session, actor, parts.ports, parts.clock, parts.settings, parts.jobs, scope)
        try:
            yield uow
        except PygmalionError as error:
            if error.keeps_changes:
                await uow.commit()
            raise
        await uow.commit()


@asynccontextmanager
async def reading_as(actor: Actor, within: Container | None = None) -> AsyncGenerator[AsyncConnection[dict[str, Any]]]:
    """Lend a reader's connection that shows an actor's rows; without it, readers show what everybody may see."""
    async with (within or container()).reader.connection() as connection, connection.transaction():
        await connection.execute(APPLY_PLAIN, settings_of(actor, elevated=False))
        yield connection


def tell_actor(session: AsyncSession, actor: Actor, *, elevated: bool = False, planned_once: bool = False) -> None:
    """Have the database told who acts, with each transaction's first statement; one that asks nothing pays nothing."""
    session.info[_ACTOR] = settings_of(actor, elevated=elevated) | (PLANNED_ONCE if planned_once else {})


@event.listens_for(Session, "after_begin")
def _tell(begun: Session, transaction: SessionTransaction, connection: Connection) -> None:  # pyright: ignore[reportUnusedFunction]
    values = begun.info.get(_ACTOR)
    if values and not transaction.nested and not begun.info.pop(_TELLS_ITSELF, False):
        connection.execute(APPLY, values)
