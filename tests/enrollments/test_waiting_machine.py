"""Whatever buyers, those who wait, clock and school do, in any order: nobody is overtaken, no seat is sold twice."""

import asyncio
from uuid import UUID

from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from pygmalion_app import bootstrap
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.config import Settings
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from pygmalion_app.enrollments.cancellation import cancel
from pygmalion_app.enrollments.schemas import OrderView
from pygmalion_app.enrollments.settlement import expire_order
from pygmalion_app.enrollments.waiting_list import leave, take_back
from pygmalion_app.enrollments.waiting_offers import offer_seats, sessions_due
from pygmalion_app.enrollments.waiting_schemas import WaitingView
from pygmalion_app.organizations.models import OrganizationKind
from pygmalion_app.sessions.commands import UpdateSession
from pygmalion_app.sessions.service import update_session
from tests.cast import Cast, add_organization, add_person, add_session, seed
from tests.clock import MovableClock
from tests.enrollments.test_waiting_list import buy, offer, oversold, wait_for, within

CAPACITY, BUYERS = 3, 4
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("join"), st.integers(0, BUYERS - 1), st.integers(1, 3)),
        st.tuples(st.just("pass_by"), st.just(0), st.integers(1, 2)),
        st.tuples(
            st.sampled_from(("cancel", "cancel", "accept", "accept", "leave", "back")), st.integers(0, 7), st.just(0)
        ),
        st.tuples(st.just("offer"), st.just(0), st.just(0)),
        st.tuples(st.just("wait"), st.sampled_from((10, 31, 60 * 25)), st.just(0)),
        st.tuples(st.just("grow"), st.just(0), st.just(0)),
    ),
    min_size=8,
    max_size=14,
)


class World:
    """One full session, those who wait for it, and what happens."""

    def __init__(
        self, container: Container, cast: Cast, clock: MovableClock, session: UUID, buyers: list[Actor]
    ) -> None:
        """Start with every seat sold."""
        self.container, self.cast, self.clock, self.session, self.buyers = container, cast, clock, session, buyers
        self.orders: list[tuple[Actor, OrderView]] = []
        self.entries: list[tuple[Actor, WaitingView]] = []
        self.returned: set[UUID] = set()
        self.capacity, self.people = CAPACITY, 0

    async def do(self, action: str, number: int, size: int) -> None:
        """Do one thing; a refusal is an answer too."""
        try:
            await getattr(self, f"_{action}")(number, size)
        except PygmalionError as error:
            if error.status >= 500:
                raise

    async def fill(self) -> None:
        """Sell every seat."""
        for _ in range(CAPACITY):
            await self._pass_by(0, 1)

    async def _pass_by(self, _number: int, size: int) -> None:
        waited = await self._could_have()
        self.people += size
        names = [f"s{self.session.hex[-6:]}n{self.people - one}" for one in range(size)]
        self.orders.append((self.cast.stranger, await buy(self.cast.stranger, self.session, *names)))
        assert not waited, "a passer-by bought seats that somebody waits for"

    async def _could_have(self) -> bool:
        """Tell whether somebody who waits would take what is free."""
        async with unit_of_work(SYSTEM, self.container) as uow:
            (row,) = await uow.sql(
                "SELECT (SELECT min(quantity) FROM waiting_list_entries w WHERE w.session_id = s.id"
                " AND status = 'waiting') <= capacity"
                " - (SELECT count(*) FROM enrollments e JOIN orders o ON o.id = e.order_id"
                "   WHERE e.session_id = s.id AND (e.status = 'CONFIRMED' OR (e.status = 'PENDING'"
                "   AND o.hold_expires_at > %(now)s)))"
                " - (SELECT coalesce(sum(held_seats), 0) FROM waiting_list_entries w WHERE w.session_id = s.id)"
                " AS could FROM sessions s WHERE id = %(id)s",
                id=self.session,
                now=self.clock.now(),
            )
        return bool(row["could"])

    async def _join(self, number: int, size: int) -> None:
        actor = self.buyers[number]
        self.entries.append((actor, await wait_for(actor, self.session, size)))

    async def _cancel(self, number: int, _size: int) -> None:
        if self.orders:
            actor, order = self.orders[number % len(self.orders)]
            seat = order.enrollments[0].id
            await within(actor, lambda uow: cancel(uow, seat))

    async def _accept(self, number: int, _size: int) -> None:
        if self.entries:
            actor, entry = self.entries[number % len(self.entries)]
            self.people += entry.quantity
            names = [f"s{self.session.hex[-6:]}n{self.people - one}" for one in range(entry.quantity)]
            self.orders.append((actor, await buy(actor, self.session, *names, entry=entry.id)))

    async def _leave(self, number: int, _size: int) -> None:
        if self.entries:
            actor, entry = self.entries[number % len(self.entries)]
            await within(actor, lambda uow: leave(uow, entry.id))

    async def _back(self, number: int, _size: int) -> None:
        if self.entries:
            actor, entry = self.entries[number % len(self.entries)]
            await within(actor, lambda uow: take_back(uow, entry.id))
            self.returned.add(entry.id)

    async def _offer(self, _number: int, _size: int) -> None:
        await offer(self.session)
        assert not await self._could_have()
        assert await self._overtaken() == []

    async def _overtaken(self) -> list[UUID]:
        """Return who still waits although somebody behind them, for no fewer seats, was made an offer."""
        async with unit_of_work(SYSTEM, self.container) as uow:
            rows = await uow.sql(
                "SELECT id, status, quantity FROM waiting_list_entries WHERE session_id = %(id)s"
                " AND status IN ('waiting', 'offered') ORDER BY ticket",
                id=self.session,
            )
        return [
            one["id"]
            for place, one in enumerate(rows)
            if one["status"] == "waiting"
            # Who left and came back may find that the seats went to others meanwhile.
            and one["id"] not in self.returned
            and any(later["status"] == "offered" and later["quantity"] >= one["quantity"] for later in rows[place:])
        ]

    async def _wait(self, minutes: int, _size: int) -> None:
        self.clock.move(minutes=minutes)

    async def _grow(self, _number: int, _size: int) -> None:
        self.capacity += 1
        command = UpdateSession(max_places=self.capacity)
        await within(self.cast.olga, lambda uow: update_session(uow, self.session, command))

    async def settle(self) -> list[str]:
        """Let time pass and the sweeps run; return what is not as it must be."""
        self.clock.move(days=3)
        for _, order in self.orders:
            await within(SYSTEM, lambda uow, order_id=order.order_id: expire_order(uow, order_id))
        for _ in range(BUYERS + 2):
            await offer(self.session)
            self.clock.move(hours=25)
        problems: list[str] = []
        async with unit_of_work(SYSTEM, self.container) as uow:
            if self.session in await sessions_due(uow):
                await offer_seats(uow, self.session)
            rows = await uow.sql(
                "SELECT status, quantity FROM waiting_list_entries WHERE session_id = %(id)s AND status = 'waiting'"
                " AND quantity <= %(capacity)s",
                id=self.session,
                capacity=self.capacity,
            )
        # Every seat is free by now: whoever waits for no more seats than there are was asked.
        problems += [f"never asked: {row}" for row in rows]
        return problems


def test_the_queue_is_fair_whatever_happens(settings: Settings) -> None:
    clock = MovableClock()
    container = bootstrap.build(settings, clock=clock)
    with asyncio.Runner() as runner:
        running = bootstrap.running(container)
        runner.run(running.__aenter__())
        cast = runner.run(seed(container))

        async def crowd(uow: UnitOfWork) -> list[Actor]:
            companies = [await add_organization(uow, f"Company {n}", OrganizationKind.COMPANY) for n in range(BUYERS)]
            return [await add_person(uow, f"b{n}", (one, Role.MANAGER)) for n, one in enumerate(companies)]

        buyers = runner.run(within(SYSTEM, crowd))

        async def play(steps: list[tuple[str, int, int]]) -> None:
            session = await within(
                SYSTEM, lambda uow: add_session(uow, cast.course, cast.school, None, capacity=CAPACITY, in_days=200)
            )
            world = World(container, cast, clock, session, buyers)
            await world.fill()
            for action, number, size in steps:
                await world.do(action, number, size)
                assert not await oversold(container, session), (action, number, size)
            assert await world.settle() == []
            assert not await oversold(container, session)

        @examples(
            max_examples=6,
            deadline=None,
            suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        )
        @given(STEPS)
        def any_history(steps: list[tuple[str, int, int]]) -> None:
            runner.run(play(steps))

        any_history()
        runner.run(running.__aexit__(None, None, None))
