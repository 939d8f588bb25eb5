"""Statements sent together stand and fall together, and their connection goes on, or says that it does not."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import psycopg
import pytest
from psycopg.errors import AdminShutdown, DivisionByZero, UniqueViolation

from pygmalion_app.core.batches import BatchConnection
from pygmalion_app.core.unit_of_work import Container

INSERT = "INSERT INTO kept (id) VALUES (%(id)s)"
COUNT = "SELECT count(*) AS n FROM kept"


@pytest.fixture
async def connection(container: Container) -> AsyncIterator[BatchConnection]:
    """Lend a connection with a table of its own."""
    url = container.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    async with await BatchConnection.connect(url) as lent:
        await lent.execute("CREATE TEMPORARY TABLE kept (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
        await lent.commit()
        yield lent


async def count(connection: BatchConnection) -> int:
    """Return how many rows there are, by a transaction of its own."""
    return (await connection.run_batch([(COUNT, {})], commit=True))[0][0]["n"]


async def test_each_sees_what_those_before_it_did_and_answers_for_itself(connection: BatchConnection) -> None:
    said = "SELECT %(a)s::int AS a, %(b)s::text AS b, NULL AS c UNION ALL SELECT 2, 'deux', 'x'"
    found = await connection.run_batch([(INSERT, {"id": 1}), (COUNT, {}), (said, {"a": 1, "b": "é %"})], commit=True)
    assert found == [[], [{"n": 1}], [{"a": 1, "b": "é %", "c": None}, {"a": 2, "b": "deux", "c": "x"}]]
    await connection.rollback()
    assert await count(connection) == 1


@pytest.mark.parametrize("prepare", [True, None])
async def test_after_one_that_fails_nothing_is_run(connection: BatchConnection, prepare: bool | None) -> None:
    statements: list[Any] = [(INSERT, {"id": 1}), ("SELECT 1 / %(zero)s", {"zero": 0}), (INSERT, {"id": 2})]
    with pytest.raises(DivisionByZero):
        await connection.run_batch(statements, prepare=prepare, commit=True)
    await connection.rollback()
    assert await count(connection) == 0


async def test_a_commit_that_fails_raises_too(connection: BatchConnection) -> None:
    with pytest.raises(UniqueViolation):
        await connection.run_batch([(INSERT, {"id": 1}), (INSERT, {"id": 1})], prepare=True, commit=True)
    assert await count(connection) == 0


async def test_what_cannot_be_sent_leaves_the_transaction_as_it_was(connection: BatchConnection) -> None:
    await connection.run_batch([(INSERT, {"id": 1})], prepare=True)
    with pytest.raises(psycopg.ProgrammingError):
        await connection.run_batch([(INSERT, {"id": 2}), ("SELECT %(it)s AS it", {"it": object()})], prepare=True)
    await connection.run_batch([], commit=True)
    await connection.rollback()
    assert await count(connection) == 1


async def test_prepared_ones_outlive_rollbacks_and_are_not_kept_for_ever(connection: BatchConnection) -> None:
    many: list[Any] = [(f"SELECT %(n)s::int + {extra} AS n", {"n": 1}) for extra in range(150)]
    for _ in range(2):
        found = await connection.run_batch(many, prepare=True)
        assert [rows[0]["n"] for rows in found] == list(range(1, 151))
        # What is prepared once is known by psycopg's own cursors too, and the other way round.
        assert (await (await connection.execute(*many[149])).fetchone()) == (150,)
        await connection.rollback()
    await connection.run_batch(many, prepare=True, commit=True)
    kept = await connection.run_batch([("SELECT count(*) AS n FROM pg_prepared_statements", {})], commit=True)
    assert kept[0][0]["n"] <= 101


async def test_only_a_failure_of_the_database_forgets_what_is_prepared(connection: BatchConnection) -> None:
    async def prepared() -> int:
        return (await connection.run_batch([("SELECT count(*) AS n FROM pg_prepared_statements", {})]))[0][0]["n"]

    await connection.run_batch([(INSERT, {"id": 1}), (COUNT, {})], prepare=True)
    await connection.rollback()
    assert await prepared() == 2
    with pytest.raises(DivisionByZero):
        await connection.run_batch([("SELECT 1 / %(zero)s", {"zero": 0})])
    await connection.rollback()
    assert await prepared() == 0
    assert await count(connection) == 0


async def test_whoever_is_cancelled_leaves_a_connection_that_goes_on(connection: BatchConnection) -> None:
    statements: list[Any] = [(INSERT, {"id": 1}), ("SELECT pg_sleep(%(long)s)", {"long": 20}), (INSERT, {"id": 2})]
    task = asyncio.create_task(connection.run_batch(statements, prepare=True, commit=True))
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await connection.rollback()
    assert await count(connection) == 0


async def test_a_connection_that_the_server_ends_says_so(connection: BatchConnection) -> None:
    ended: Any = ("SELECT pg_terminate_backend(pg_backend_pid())", {})
    with pytest.raises(AdminShutdown):
        await connection.run_batch([(INSERT, {"id": 1}), ended, (INSERT, {"id": 2})], prepare=True, commit=True)
    assert connection.closed
    with pytest.raises(psycopg.OperationalError):
        await connection.run_batch([(COUNT, {})])
