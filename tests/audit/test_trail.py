"""The trail in use: what flows write down, its head kept outside, the command, and cells that are no formulas."""

import csv
import io
from collections.abc import AsyncIterator
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import make_url

from pygmalion_app.catalog.service import publish_course
from pygmalion_app.core import audit
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments import cancellation
from pygmalion_app.enrollments.orders import place_order
from pygmalion_app.enrollments.schemas import PlaceOrder
from pygmalion_app.privacy import audit_trail
from pygmalion_app.privacy.audit_trail import _line
from tests.cast import Cast
from tests.clock import MovableClock


@pytest.fixture
async def superuser(database_url: str) -> AsyncIterator[psycopg.AsyncConnection]:
    """Return the connection of somebody who has switched the triggers off."""
    url = make_url(database_url).set(username="postgres").render_as_string(hide_password=False)
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute("SET session_replication_role = replica")
        yield connection


async def _actions(container: Container) -> list[str]:
    async with unit_of_work(SYSTEM, container) as uow:
        rows = await uow.sql("SELECT action FROM audit_events ORDER BY sequence")
    return [row["action"] for row in rows]


async def test_orders_and_cancellations_are_written_down(container: Container, cast: Cast) -> None:
    command = PlaceOrder.model_validate(
        {
            "sessionId": str(cast.session),
            "payer": "company",
            "organizationId": str(cast.company),
            "participants": [{"email": "lea@test.example", "firstName": "Lea", "lastName": "Test"}],
        }
    )
    async with unit_of_work(cast.marc, container) as uow:
        order = await place_order(uow, command)
    async with unit_of_work(cast.marc, container) as uow:
        await cancellation.cancel(uow, order.enrollments[0].id)
    async with unit_of_work(cast.olga, container) as uow:
        await cancellation.cancel_session(uow, cast.session)
        await publish_course(uow, cast.course)
    assert await _actions(container) == [
        "order.placed",
        "order.cancelled",
        "enrollment.cancelled",
        "session.cancelled",
    ]


async def test_a_chain_written_anew_is_contradicted_by_a_head_kept_outside(
    container: Container, cast: Cast, clock: MovableClock, superuser: psycopg.AsyncConnection
) -> None:
    for number in range(3):
        async with unit_of_work(cast.olga, container) as uow:
            await audit.record(uow, "test.written", facts={"number": number})
    async with unit_of_work(SYSTEM, container) as uow:
        head = await audit_trail.anchor_head(uow)
    assert head
    assert head.sequence == 3
    clock.move(days=1)
    async with unit_of_work(SYSTEM, container) as uow:
        assert await audit_trail.contradicted_heads(uow) == ()
    # Whoever owns the database forges an event and hashes it and all that follow anew.
    await superuser.execute("UPDATE audit_events SET action = 'test.forged' WHERE sequence = 2")
    for sequence in (2, 3, 4):
        await superuser.execute(
            "UPDATE audit_events e SET previous_hash = (SELECT hash FROM audit_events WHERE sequence = %s)"
            " WHERE sequence = %s",
            [sequence - 1, sequence],
        )
        await superuser.execute("UPDATE audit_events e SET hash = audit_hash(e) WHERE sequence = %s", [sequence])
    async with unit_of_work(SYSTEM, container) as uow:
        assert (await audit.verify(uow)).broken_at is None, "the chain alone cannot tell"
        day = (clock.now() - timedelta(days=1)).date()
        assert await audit_trail.contradicted_heads(uow) == ((day, 3),)


async def test_a_cut_off_end_is_found_by_the_head(
    container: Container, cast: Cast, superuser: psycopg.AsyncConnection
) -> None:
    for _ in range(3):
        async with unit_of_work(cast.olga, container) as uow:
            await audit.record(uow, "test.written")
    async with unit_of_work(SYSTEM, container) as uow:
        await audit_trail.anchor_head(uow)
    await superuser.execute("DELETE FROM audit_events WHERE sequence >= 2")
    async with unit_of_work(SYSTEM, container) as uow:
        assert (await audit.verify(uow)).broken_at is None
        assert [sequence for _, sequence in await audit_trail.contradicted_heads(uow)] == [3]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    (written,) = list(csv.reader(io.StringIO(_line([cell]), newline="")))
    assert written[0].startswith("'")
