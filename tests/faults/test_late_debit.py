"""A bank debit that is begun as its order's hold lapses, while somebody else takes the seats."""

import asyncio
from uuid import UUID

from sqlalchemy import text

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments import gateway_events
from pygmalion_app.enrollments.orders import place_order
from pygmalion_app.enrollments.schemas import OrderView
from tests.cast import Cast, add_session
from tests.clock import MovableClock
from tests.enrollments.machine.checks import broken_rules
from tests.enrollments.machine.world import command
from tests.faults.street import open_database


async def test_a_debit_does_not_hold_seats_that_somebody_else_bought(
    container: Container, cast: Cast, clock: MovableClock
) -> None:
    async with unit_of_work(SYSTEM) as uow:
        session = await add_session(uow, cast.course, cast.school, None, capacity=1)
    late = await _buy(cast, session, 1)
    clock.move(minutes=31)
    # Whoever settles the late order holds its row while the next buyer takes the session's.
    async with unit_of_work(SYSTEM) as settling:
        await settling.session.execute(text("SELECT 1 FROM orders WHERE id = :id FOR UPDATE"), {"id": late.order_id})
        quick = await asyncio.wait_for(_buy(cast, session, 2), 20)
    await _tell(late, "completed", "unpaid")
    with open_database(container.settings) as database:

        def rows(query: str, **values: object) -> list[dict[str, object]]:
            return database.execute(query, values).fetchall()  # pyright: ignore[reportCallIssue, reportArgumentType]

        assert broken_rules(rows, [session], clock.now()) == []
        await _tell(quick, "completed", "paid")
        await _tell(late, "async_payment_succeeded", "paid")
        assert broken_rules(rows, [session], clock.now()) == []
        states = {row["id"]: row["status"] for row in rows("SELECT id, status FROM orders")}
        assert states == {quick.order_id: "CONFIRMED", late.order_id: "CANCELLED"}
        assert rows("SELECT amount_cents FROM refunds") == [{"amount_cents": late.amount_cents}]


async def _buy(cast: Cast, session: UUID, person: int) -> OrderView:
    async with unit_of_work(cast.marc, elevated=True) as uow:
        return await place_order(uow, command(session, person))


async def _tell(view: OrderView, kind: str, status: str) -> None:
    about = {
        "client_reference_id": str(view.payment_id),
        "payment_status": status,
        "payment_intent": f"pi_{view.order_id}",
        "amount_total": view.amount_cents,
        "currency": "eur",
    }
    event = {"id": f"evt_{view.order_id}_{kind}", "type": f"checkout.session.{kind}", "data": {"object": about}}
    await gateway_events.receive(event)
