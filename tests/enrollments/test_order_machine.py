"""Whatever buyers, gateway and clock do, in any order: seats are never oversold and money is never lost."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy import text

from pygmalion_app import bootstrap
from pygmalion_app.accounts.schemas import Person
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.config import Settings
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from pygmalion_app.enrollments.cancellation import cancel, cancel_order, cancel_session
from pygmalion_app.enrollments.orders import place_order
from pygmalion_app.enrollments.schemas import OrderView, PlaceOrder
from pygmalion_app.enrollments.settlement import expire_order, settle
from pygmalion_app.payments.events import apply_event
from tests.cast import Cast, add_session, seed
from tests.clock import MovableClock

# The machine keeps one database for all examples, each with a session of its own.
UNHURRIED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
CAPACITY = 4
PEOPLE = 6
BUY = st.tuples(st.just("buy"), st.sets(st.integers(0, PEOPLE - 1), min_size=1, max_size=3))
STEPS = st.lists(
    st.one_of(
        BUY,
        BUY,
        st.tuples(st.just("pay"), st.integers(0, 5)),
        st.tuples(
            st.sampled_from(("pay", "debit", "refuse", "lapse_event", "repeat", "cancel", "expire")), st.integers(0, 5)
        ),
        st.tuples(st.just("wait"), st.sampled_from((5, 31, 60))),
        st.tuples(st.just("call_off"), st.none()),
    ),
    min_size=6,
    max_size=30,
)
EVENTS = {
    "pay": ("checkout.session.completed", "paid"),
    "debit": ("checkout.session.completed", "unpaid"),
    "refuse": ("checkout.session.async_payment_failed", "unpaid"),
    "lapse_event": ("checkout.session.expired", "unpaid"),
}
VIOLATIONS = text("""
SELECT 'oversold' FROM sessions WHERE id = :session AND seats_taken > capacity
UNION ALL SELECT 'seats confirmed above capacity' FROM sessions s WHERE id = :session AND capacity < (
  SELECT count(*) FROM enrollments e WHERE e.session_id = s.id AND e.status IN ('CONFIRMED', 'COMPLETED'))
UNION ALL SELECT 'confirmed but unpaid' FROM orders o JOIN payments p ON p.reference = o.id
  WHERE o.session_id = :session AND o.status = 'CONFIRMED' AND p.status NOT IN ('succeeded', 'refunding', 'refunded')
UNION ALL SELECT 'paid, no seat, nothing given back' FROM orders o JOIN payments p ON p.reference = o.id
  WHERE o.session_id = :session AND o.status IN ('EXPIRED', 'CANCELLED') AND p.paid_at IS NOT NULL
    AND p.refunded_cents = 0
    AND NOT EXISTS (SELECT 1 FROM enrollments e WHERE e.order_id = o.id AND e.confirmed_at IS NOT NULL)
UNION ALL SELECT 'seat without its order' FROM enrollments e JOIN orders o ON o.id = e.order_id
  WHERE o.session_id = :session AND e.status IN ('PENDING', 'CONFIRMED') AND o.status IN ('EXPIRED', 'CANCELLED')
UNION ALL SELECT 'waiting order without seats' FROM orders o
  WHERE o.session_id = :session AND o.status = 'PENDING'
  AND NOT EXISTS (SELECT 1 FROM enrollments e WHERE e.order_id = o.id AND e.status = 'PENDING')
UNION ALL SELECT 'confirmed order without seats' FROM orders o
  WHERE o.session_id = :session AND o.status = 'CONFIRMED'
  AND NOT EXISTS (SELECT 1 FROM enrollments e WHERE e.order_id = o.id AND e.status IN ('CONFIRMED', 'COMPLETED'))
UNION ALL SELECT 'twice in one session' FROM enrollments
  WHERE session_id = :session AND status <> 'CANCELLED'
  GROUP BY session_id, user_id HAVING count(*) > 1
UNION ALL SELECT 'gave back more than was paid' FROM payments p JOIN orders o
  ON o.id = p.reference WHERE o.session_id = :session AND refunded_cents > amount_cents
UNION ALL SELECT 'gave back what was not paid' FROM payments p JOIN orders o
  ON o.id = p.reference WHERE o.session_id = :session AND refunded_cents > 0 AND paid_at IS NULL
""")


class World:
    """One session and what happens to it."""

    def __init__(self, container: Container, cast: Cast, clock: MovableClock, session: UUID) -> None:
        """Start with nothing sold."""
        self.container, self.cast, self.clock, self.session = container, cast, clock, session
        self.orders: list[OrderView] = []
        self.events: list[dict[str, object]] = []

    async def do(self, action: str, argument: object) -> None:
        """Do one thing; a refusal is an answer too."""
        if action == "wait":
            assert isinstance(argument, int)
            self.clock.move(minutes=argument)
            return
        try:
            await getattr(self, f"_{action}" if action in {"buy", "call_off"} else "_on_order")(action, argument)
        except PygmalionError as error:
            if error.status >= 500:
                raise

    async def _buy(self, _action: str, people: set[int]) -> None:
        participants = tuple(Person(email=f"p{n}@test.example", first_name="P", last_name=str(n)) for n in people)
        command = PlaceOrder(session_id=self.session, payer="company", participants=participants)  # pyright: ignore[reportArgumentType]
        async with unit_of_work(self.cast.marc, self.container) as uow:
            self.orders.append(await place_order(uow, command))

    async def _on_order(self, action: str, number: int) -> None:
        if not self.orders:
            return
        ordered = self.orders[number % len(self.orders)]
        if action == "cancel":
            await self._in(self.cast.marc, lambda uow: cancel(uow, ordered.enrollments[0].id))
        elif action == "expire":
            await self._in(SYSTEM, lambda uow: expire_order(uow, ordered.order_id))
        elif action == "repeat":
            if self.events:
                await self._tell(self.events[number % len(self.events)])
        else:
            self.events.append(self._event(action, ordered))
            await self._tell(self.events[-1])

    async def _call_off(self, _action: str, _argument: None) -> None:
        await self._in(self.cast.olga, lambda uow: cancel_session(uow, self.session))
        for ordered in self.orders:
            await self._in(SYSTEM, lambda uow, order_id=ordered.order_id: cancel_order(uow, order_id))

    async def _in(self, actor: object, work: Callable[[UnitOfWork], Awaitable[object]]) -> None:
        async with unit_of_work(actor, self.container) as uow:  # pyright: ignore[reportArgumentType]
            await work(uow)

    async def _tell(self, event: dict[str, object]) -> None:
        async with unit_of_work(SYSTEM, self.container) as uow:
            await settle(uow, await apply_event(uow, event))

    def _event(self, action: str, ordered: OrderView) -> dict[str, object]:
        kind, status = EVENTS[action]
        checkout = {
            "client_reference_id": str(ordered.payment_id),
            "payment_status": status,
            "payment_intent": "pi_1",
            "amount_total": ordered.amount_cents,
            "currency": "eur",
        }
        return {"id": f"evt_{self.session}_{len(self.events)}", "type": kind, "data": {"object": checkout}}

    async def violations(self) -> list[str]:
        """Return what must never be."""
        async with self.container.engine.connect() as connection:
            return list((await connection.execute(VIOLATIONS, {"session": self.session})).scalars())

    async def unresolved(self) -> int:
        """Let time pass and the sweep run; return how many orders still wait."""
        self.clock.move(days=15)
        for ordered in self.orders:
            await self._in(SYSTEM, lambda uow, order_id=ordered.order_id: expire_order(uow, order_id))
        async with self.container.engine.connect() as connection:
            query = text("SELECT count(*) FROM orders WHERE session_id = :id AND status = 'PENDING'")
            return int((await connection.execute(query, {"id": self.session})).scalar_one())


def test_seats_and_money_hold_whatever_happens(settings: Settings) -> None:
    clock = MovableClock()
    container = bootstrap.build(settings, clock=clock)
    with asyncio.Runner() as runner:
        running = bootstrap.running(container)
        runner.run(running.__aenter__())
        cast = runner.run(seed(container))

        async def play(steps: list[tuple[str, object]]) -> None:
            async with unit_of_work(SYSTEM, container) as uow:
                session = await add_session(uow, cast.course, cast.school, None, capacity=CAPACITY)
            world = World(container, cast, clock, session)
            for action, argument in steps:
                await world.do(action, argument)
                assert await world.violations() == [], (action, argument)
            assert await world.unresolved() == 0
            assert await world.violations() == []

        @examples(
            max_examples=40,
            deadline=None,
            suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        )
        @given(STEPS)
        def any_history(steps: list[tuple[str, object]]) -> None:
            runner.run(play(steps))

        any_history()
        runner.run(running.__aexit__(None, None, None))
