"""What goes out with a later statement stands and falls with its transaction, and with the savepoint it is told in."""

from pathlib import Path

import pytest
from psycopg.errors import DivisionByZero

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import ConflictError
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work

TASK = "notifications.send_email"


class KeptError(ConflictError):
    """Keeps what came before it."""

    keeps_changes = True


async def queued(container: Container) -> list[str]:
    """Return what the queued jobs are about."""
    async with unit_of_work(SYSTEM, container) as uow:
        rows = await uow.sql("SELECT args ->> 'email_id' AS it FROM procrastinate_jobs ORDER BY id")
    return [row["it"] for row in rows]


async def failing(uow: UnitOfWork) -> None:
    """Fail within a savepoint."""
    async with uow.savepoint():
        await uow.sql("SELECT 1")
        await uow.defer(TASK, email_id="raised")
        raise ConflictError


async def ended_by(error: Exception) -> None:
    """Have a transaction end by an error."""
    async with unit_of_work(SYSTEM) as uow:
        await uow.defer(TASK, email_id=type(error).__name__)
        raise error


async def ended_by_its_last_statement() -> None:
    """Have a transaction fail by what is sent with its commit."""
    async with unit_of_work(SYSTEM) as uow:
        await uow.defer(TASK, email_id="lost")
        uow.send_along("SELECT 1 / %(zero)s", zero=0)


async def test_it_is_done_in_the_order_in_which_it_was_said(container: Container) -> None:
    async with unit_of_work(SYSTEM) as uow:
        await uow.defer(TASK, email_id="first")
        count = "SELECT count(*) AS n FROM procrastinate_jobs"
        assert await uow.sql(count) == [{"n": 1}]
        await uow.defer(TASK, email_id="second", queueing_lock="own")
        await uow.defer(TASK, email_id="third")
        await uow.defer(TASK, email_id="dropped", queueing_lock="own")
        await uow.defer(TASK, email_id="last")
    assert await queued(container) == ["first", "second", "third", "last"]


async def test_a_savepoint_undoes_what_was_said_in_it_alone(container: Container) -> None:
    async with unit_of_work(SYSTEM) as uow:
        await uow.defer(TASK, email_id="before")
        with pytest.raises(ConflictError):
            await failing(uow)
        await uow.defer(TASK, email_id="between")
        async with uow.savepoint() as undone:
            await uow.sql("SELECT 1")
            await uow.defer(TASK, email_id="undone")
            await undone.rollback()
        async with uow.savepoint():
            await uow.defer(TASK, email_id="within")
    assert await queued(container) == ["before", "between", "within"]


async def test_an_error_takes_it_along_unless_it_keeps_what_was_done(container: Container) -> None:
    with pytest.raises(ConflictError):
        await ended_by(ConflictError())
    with pytest.raises(KeptError):
        await ended_by(KeptError())
    assert await queued(container) == ["KeptError"]


async def test_one_that_fails_fails_the_transaction(container: Container) -> None:
    with pytest.raises(DivisionByZero):
        await ended_by_its_last_statement()
    assert await queued(container) == []


def test_savepoints_are_opened_in_one_place() -> None:
    # Any other would undo, or keep, what was said before it.
    code = Path(__file__).parents[2] / "pygmalion_app"
    opened = {path.name for path in code.rglob("*.py") if "begin_nested(" in path.read_text()}
    assert opened == {"unit_of_work.py", "jobs.py"}
