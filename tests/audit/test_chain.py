"""The audit trail: events stand with their transactions, in one chain, and nobody changes them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import LiteralString

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import make_url

from pygmalion_app.adapters.database.embedded import OWNER
from pygmalion_app.core import audit
from pygmalion_app.core.actor import ANONYMOUS, SYSTEM
from pygmalion_app.core.audit import Break
from pygmalion_app.core.errors import ConflictError
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, UnitOfWork
from tests.cast import Cast
from tests.clock import MovableClock
from tests.conftest import OpenUnitOfWork


async def _events(open_uow: OpenUnitOfWork) -> list[dict[str, object]]:
    async with open_uow(SYSTEM) as uow:
        return await uow.sql("SELECT * FROM audit_events ORDER BY sequence")


@pytest.fixture
async def superuser(database_url: str) -> AsyncIterator[psycopg.AsyncConnection]:
    """Return the connection of somebody whom no trigger and no policy stops."""
    url = make_url(database_url).set(username="postgres").render_as_string(hide_password=False)
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        yield connection


async def test_an_event_says_who_did_what_to_whom(uow_factory: OpenUnitOfWork, cast: Cast) -> None:
    member = new_id()
    async with uow_factory(cast.olga) as uow:
        await audit.record(
            uow,
            "organization.member_removed",
            subject_id=member,
            organization_id=cast.school,
            facts={"role": Role.TRAINER, "count": 2, "certain": True},
        )
    (event,) = await _events(uow_factory)
    assert event["actor_user_id"] == cast.olga.user_id
    assert event["subject_id"] == member
    assert event["organization_id"] == cast.school
    assert event["facts"] == {"role": "trainer", "count": 2, "certain": True}
    async with uow_factory(SYSTEM) as uow:
        assert await uow.sql("SELECT app_system() AS s") == [{"s": True}]
    async with uow_factory(cast.olga) as uow:
        assert await uow.sql("SELECT * FROM audit_events") == []  # RLS: administrators only


@pytest.mark.parametrize("fact", ["lea@test.example", "Léa Martin", "a b", "", "x" * 101])
async def test_what_reads_like_text_is_no_fact(uow_factory: OpenUnitOfWork, cast: Cast, fact: str) -> None:
    async with uow_factory(cast.olga) as uow:
        with pytest.raises(ValueError, match="ids and enumerations"):
            await audit.record(uow, "account.changed", facts={"what": fact})
        with pytest.raises(ValueError, match="not an action"):
            await audit.record(uow, "changed")


async def test_an_act_that_is_rolled_back_leaves_no_event_and_no_gap(uow_factory: OpenUnitOfWork, cast: Cast) -> None:
    async with uow_factory(cast.olga) as uow:
        await audit.record(uow, "test.first")
    with contextlib.suppress(ConflictError):
        async with uow_factory(cast.olga) as uow:
            await audit.record(uow, "test.undone")
            raise ConflictError
    async with uow_factory(ANONYMOUS) as uow:
        with contextlib.suppress(ConflictError):
            async with uow.savepoint():
                await audit.record(uow, "test.undone_too")
                raise ConflictError
        await audit.record(uow, "test.second", actor_user_id=cast.lea.user_id)
    events = await _events(uow_factory)
    assert [(e["sequence"], e["action"]) for e in events] == [(1, "test.first"), (2, "test.second")]
    assert events[1]["actor_user_id"] == cast.lea.user_id


async def test_the_chain_holds_under_many_writers(uow_factory: OpenUnitOfWork, cast: Cast) -> None:
    async def write(writer: int) -> None:
        for number in range(12):
            async with uow_factory(cast.olga) as uow:
                await audit.record(uow, "test.written", facts={"writer": writer, "number": number})
                if number % 3 == 0:
                    await audit.record(uow, "test.also", facts={"writer": writer})

    await asyncio.gather(*(write(writer) for writer in range(8)))
    async with uow_factory(SYSTEM) as uow:
        report = await audit.verify(uow)
    assert (report.events, report.head_sequence, report.broken_at) == (128, 128, None)


async def test_writers_do_not_wait_for_each_others_transactions(uow_factory: OpenUnitOfWork, cast: Cast) -> None:
    """The chain's lock is taken at commit: a long transaction that has recorded an act keeps nobody from theirs."""
    async with uow_factory(cast.olga) as slow:
        await audit.record(slow, "test.slow")
        async with uow_factory(cast.marc) as quick:
            await audit.record(quick, "test.quick")
    events = await _events(uow_factory)
    assert [e["action"] for e in events] == ["test.quick", "test.slow"]


_CHANGES: tuple[LiteralString, ...] = (
    "UPDATE audit_events SET action = 'test.forged'",
    "DELETE FROM audit_events",
    "TRUNCATE audit_events",
    "DELETE FROM audit_checkpoints",
    "INSERT INTO audit_checkpoints VALUES (1, '\\x00', 1, now())",
)


async def _record_three(open_uow: OpenUnitOfWork, cast: Cast) -> None:
    for number in range(3):
        async with open_uow(cast.olga) as uow:
            await audit.record(uow, "test.written", facts={"number": number})


@pytest.mark.parametrize("change", _CHANGES)
async def test_the_application_cannot_change_what_was_written(
    uow_factory: OpenUnitOfWork, cast: Cast, change: LiteralString
) -> None:
    await _record_three(uow_factory, cast)
    with pytest.raises(errors.InsufficientPrivilege):
        async with uow_factory(SYSTEM) as uow:
            await uow.sql(change)


@pytest.mark.parametrize("role", [OWNER, "postgres"])
@pytest.mark.parametrize("change", _CHANGES[:3])
async def test_nor_can_the_tables_owner_or_a_superuser_by_accident(
    uow_factory: OpenUnitOfWork, cast: Cast, database_url: str, role: str, change: LiteralString
) -> None:
    await _record_three(uow_factory, cast)
    url = make_url(database_url).set(username=role).render_as_string(hide_password=False)
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute("SELECT set_config('app.scope', 'system', false)")
        with pytest.raises(errors.InsufficientPrivilege, match="append-only"):
            await connection.execute(change)


@pytest.mark.parametrize(
    ("forgery", "broken_at", "reason"),
    [
        ("UPDATE audit_events SET actor_user_id = gen_random_uuid() WHERE sequence = 2", 2, Break.CONTENT),
        ("UPDATE audit_events SET facts = '{}' WHERE sequence = 1", 1, Break.CONTENT),
        ("DELETE FROM audit_events WHERE sequence = 2", 3, Break.MISSING),
        ("DELETE FROM audit_events WHERE sequence = 1", 2, Break.MISSING),
        # Somebody who hashes the forged event anew is found out by the one after it.
        (
            """UPDATE audit_events SET action = 'test.forged' WHERE sequence = 2;
            UPDATE audit_events e SET hash = audit_hash(e) WHERE sequence = 2""",
            3,
            Break.PREVIOUS,
        ),
    ],
)
async def test_a_forgery_is_found_where_it_was_made(
    uow_factory: OpenUnitOfWork,
    cast: Cast,
    superuser: psycopg.AsyncConnection,
    forgery: LiteralString,
    broken_at: int,
    reason: Break,
) -> None:
    await _record_three(uow_factory, cast)
    await superuser.execute("SET session_replication_role = replica")  # switches triggers off
    await superuser.execute(forgery)
    async with uow_factory(SYSTEM) as uow:
        report = await audit.verify(uow)
    assert (report.broken_at, report.reason) == (broken_at, reason)


async def test_events_over_a_year_old_go_behind_a_checkpoint(
    container: Container, uow_factory: OpenUnitOfWork, cast: Cast, clock: MovableClock
) -> None:
    now = clock.now()
    clock.set(now - timedelta(days=400))
    await _record_three(uow_factory, cast)
    clock.set(now)
    await _record_three(uow_factory, cast)
    async with uow_factory(SYSTEM) as uow:
        assert await _retire(uow, now) == 3
        assert await _retire(uow, now) == 0
    await _record_three(uow_factory, cast)
    async with uow_factory(SYSTEM) as uow:
        report = await audit.verify(uow)
        checkpoints = await uow.sql("SELECT sequence, removed FROM audit_checkpoints")
    assert (report.events, report.head_sequence, report.broken_at) == (6, 9, None)
    assert checkpoints == [{"sequence": 3, "removed": 3}]


async def test_nothing_younger_than_a_year_goes_whatever_is_asked(
    uow_factory: OpenUnitOfWork, cast: Cast, clock: MovableClock
) -> None:
    await _record_three(uow_factory, cast)
    async with uow_factory(SYSTEM) as uow:
        assert await _retire(uow, clock.now() + timedelta(days=4000)) == 0


async def _retire(uow: UnitOfWork, before: object) -> int:
    (row,) = await uow.sql("SELECT audit_retire(%(before)s) AS removed", before=before)
    return row["removed"]
