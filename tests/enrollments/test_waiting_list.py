"""The waiting list against the database: fair, timed, and no way around it for who passes by."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select, text
from sqlmodel import col

from pygmalion_app.accounts.schemas import Person
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from pygmalion_app.enrollments import waiting_list
from pygmalion_app.enrollments.cancellation import cancel, cancel_session
from pygmalion_app.enrollments.errors import OfferOverError, SessionFullError
from pygmalion_app.enrollments.models import Payer
from pygmalion_app.enrollments.orders import place_order
from pygmalion_app.enrollments.schemas import OrderView, PlaceOrder
from pygmalion_app.enrollments.waiting_list import join, leave, mine, take_back
from pygmalion_app.enrollments.waiting_models import WaitingEntry
from pygmalion_app.enrollments.waiting_offers import offer_seats, sessions_due
from pygmalion_app.enrollments.waiting_schemas import JoinWaitingList, WaitingView
from pygmalion_app.organizations.models import OrganizationKind
from pygmalion_app.sessions.commands import UpdateSession
from pygmalion_app.sessions.service import update_session
from tests.cast import Cast, add_organization, add_person, add_session
from tests.clock import MovableClock
from tests.enrollments.test_booking import bearer, people

RunJobs = Callable[[], Awaitable[None]]
OVERSOLD = text("""
SELECT s.seats_taken > s.capacity OR s.capacity < (
  SELECT count(*) FROM enrollments e WHERE e.session_id = s.id AND e.status <> 'CANCELLED'
) + (SELECT coalesce(sum(w.held_seats), 0) FROM waiting_list_entries w WHERE w.session_id = s.id)
FROM sessions s WHERE s.id = :session
""")


async def within(actor: Actor, work: Callable[[UnitOfWork], Awaitable[Any]]) -> Any:
    """Do something as somebody, in a transaction of its own."""
    async with unit_of_work(actor) as uow:
        return await work(uow)


async def buy(actor: Actor, session: UUID, *names: str, entry: UUID | None = None) -> OrderView:
    """Order seats for a company."""
    participants = tuple(Person(email=f"{name}@crew.example", first_name=name, last_name="Crew") for name in names)
    command = PlaceOrder(
        session_id=session, payer=Payer.COMPANY, participants=participants, waiting_list_entry_id=entry
    )
    return await within(actor, lambda uow: place_order(uow, command))


async def wait_for(actor: Actor, session: UUID, quantity: int = 1) -> WaitingView:
    """Join the waiting list."""
    return await within(actor, lambda uow: join(uow, session, JoinWaitingList(quantity=quantity)))


async def offer(session: UUID) -> int:
    """Do what the job does."""
    return await within(SYSTEM, lambda uow: offer_seats(uow, session))


async def places(actor: Actor) -> list[tuple[str, int]]:
    """Return state and position of where somebody waits."""
    return [(one.status, one.position) for one in await within(actor, mine)]


async def oversold(container: Container, session: UUID) -> bool:
    """Tell whether more seats are sold and held than there are."""
    async with container.engine.connect() as connection:
        await connection.execute(text("SELECT set_config('app.scope', 'system', false)"))
        return bool((await connection.execute(OVERSOLD, {"session": session})).scalar_one())


@pytest.fixture
async def full(cast: Cast, container: Container) -> OrderView:
    """Return the order that took the five seats of the cast's session."""
    return await buy(cast.marc, cast.session, *"abcde")


async def crowd(count: int) -> list[Actor]:
    """Return people who buy, each for a company of their own."""

    async def add(uow: UnitOfWork) -> list[Actor]:
        companies = [await add_organization(uow, f"Company {n}", OrganizationKind.COMPANY) for n in range(count)]
        return [await add_person(uow, f"p{n}", (one, Role.MANAGER)) for n, one in enumerate(companies)]

    return await within(SYSTEM, add)


async def test_a_seat_that_comes_free_is_offered_to_the_first_and_ordered_by_nobody_else(
    full: OrderView, cast: Cast, api: httpx.AsyncClient, container: Container, run_jobs: RunJobs
) -> None:
    stan, lea = bearer(container, cast.stranger), bearer(container, cast.lea)
    joined = (await api.post(f"/sessions/{cast.session}/waiting-list", json={"quantity": 2}, headers=stan)).json()
    assert (joined["data"]["position"], joined["data"]["quantity"]) == (1, 2)
    second = (await api.post(f"/sessions/{cast.session}/waiting-list", headers=lea)).json()["data"]
    assert (second["position"], second["waiting"], second["organizationId"]) == (2, 2, None)
    for seat in full.enrollments[:2]:
        await within(cast.marc, lambda uow, seat=seat: cancel(uow, seat.id))
    # Not offered yet, and nobody overtakes meanwhile.
    with pytest.raises(SessionFullError):
        await buy(cast.marc, cast.session, "passer")
    await run_jobs()
    assert await places(cast.stranger) == [("offered", 0)]
    assert await places(cast.lea) == [("waiting", 1)]
    with pytest.raises(SessionFullError):
        await buy(cast.marc, cast.session, "passer")

    body = {"payer": "company", "participants": people("x", "y")}
    own = joined["data"]["id"]
    assert (await api.post(f"/waiting-list/{own}/accept", json=body, headers=lea)).status_code == 404
    three = {"payer": "company", "participants": people("x", "y", "z")}
    assert (await api.post(f"/waiting-list/{own}/accept", json=three, headers=stan)).json()["code"] == "offer_too_small"
    keyed = stan | {"Idempotency-Key": "once"}
    answer = await api.post(f"/waiting-list/{own}/accept", json=body, headers=keyed)
    assert answer.status_code == 201, answer.text
    order = answer.json()["data"]
    assert order["checkoutUrl"]
    again = await api.post(f"/waiting-list/{own}/accept", json=body, headers=keyed)
    assert again.json()["data"]["orderId"] == order["orderId"]
    others = body | {"participants": people("u", "v")}
    assert (await api.post(f"/waiting-list/{own}/accept", json=others, headers=stan)).json()["code"] == "offer_over"
    assert not await oversold(container, cast.session)
    await run_jobs()
    subjects = [
        mail["subject"] for mail in (await api.get("/dev/mailbox", params={"to": "stan@test.example"})).json()["data"]
    ]
    assert [subject.split(" :")[0] for subject in subjects] == ["2 places se sont libérées", "Liste d'attente"]


async def test_an_offer_lapses_and_goes_to_the_next_whatever_the_job_does(
    full: OrderView, cast: Cast, clock: MovableClock, container: Container, run_jobs: RunJobs
) -> None:
    await wait_for(cast.stranger, cast.session)
    await wait_for(cast.lea, cast.session)
    await within(cast.marc, lambda uow: cancel(uow, full.enrollments[0].id))
    await offer(cast.session)
    clock.move(hours=25)
    # Over, but not passed on yet: it is neither the buyer's any more nor anybody else's.
    entry = (await within(cast.stranger, mine))[0]
    with pytest.raises(OfferOverError):
        await buy(cast.stranger, cast.session, "late", entry=entry.id)
    assert await within(SYSTEM, sessions_due) == [cast.session]
    assert await offer(cast.session) == 1
    assert await places(cast.stranger) == [("lapsed", 0)]
    assert await places(cast.lea) == [("offered", 0)]
    assert await offer(cast.session) == 0
    assert await within(SYSTEM, sessions_due) == []


async def test_who_gives_a_hold_up_or_lets_it_lapse_frees_seats_for_the_list_first(
    full: OrderView, cast: Cast, clock: MovableClock, container: Container, run_jobs: RunJobs
) -> None:
    await wait_for(cast.lea, cast.session)
    clock.move(minutes=31)
    with pytest.raises(SessionFullError):
        await buy(cast.stranger, cast.session, "passer")
    await run_jobs()
    assert await places(cast.lea) == [("offered", 0)]
    # Nobody else waits: what is left is everybody's.
    assert (await buy(cast.stranger, cast.session, *"vwxy")).quantity == 4
    assert not await oversold(container, cast.session)


async def test_more_seats_are_offered_to_who_waits(full: OrderView, cast: Cast, run_jobs: RunJobs) -> None:
    await wait_for(cast.stranger, cast.session, 3)
    await within(cast.olga, lambda uow: update_session(uow, cast.session, UpdateSession(max_places=8)))
    await run_jobs()
    assert await places(cast.stranger) == [("offered", 0)]


async def test_a_session_called_off_or_begun_lets_everybody_go_and_tells_them(
    full: OrderView, cast: Cast, clock: MovableClock, api: httpx.AsyncClient, run_jobs: RunJobs
) -> None:
    await wait_for(cast.lea, cast.session)
    await within(cast.olga, lambda uow: cancel_session(uow, cast.session))
    await run_jobs()
    assert await places(cast.lea) == [("closed", 0)]
    await run_jobs()
    subjects = [
        mail["subject"] for mail in (await api.get("/dev/mailbox", params={"to": "lea@test.example"})).json()["data"]
    ]
    assert subjects[0].startswith("Liste d'attente terminée")

    async def other(uow: UnitOfWork) -> UUID:
        return await add_session(uow, cast.course, cast.school, None, capacity=1, in_days=2)

    soon = await within(SYSTEM, other)
    await buy(cast.marc, soon, "a")
    await wait_for(cast.lea, soon)
    clock.move(days=2, minutes=1)
    assert await within(SYSTEM, sessions_due) == [soon]
    await offer(soon)
    assert ("closed", 0) in await places(cast.lea)


async def test_leaving_can_be_undone_and_a_declined_offer_cannot(
    full: OrderView, cast: Cast, clock: MovableClock
) -> None:
    first = await wait_for(cast.stranger, cast.session)
    await wait_for(cast.lea, cast.session)
    await within(cast.stranger, lambda uow: leave(uow, first.id))
    assert await places(cast.lea) == [("waiting", 1)]
    back = await within(cast.stranger, lambda uow: take_back(uow, first.id))
    assert (back.position, back.waiting) == (1, 2)
    await within(cast.stranger, lambda uow: leave(uow, first.id))
    clock.move(minutes=11)
    with pytest.raises(PygmalionError, match="waiting_over"):
        await within(cast.stranger, lambda uow: take_back(uow, first.id))
    await within(cast.marc, lambda uow: cancel(uow, full.enrollments[0].id))
    await offer(cast.session)
    (own,) = await within(cast.lea, mine)
    assert own.status == "offered"
    await within(cast.lea, lambda uow: leave(uow, own.id))
    with pytest.raises(PygmalionError, match="waiting_over"):
        await within(cast.lea, lambda uow: take_back(uow, own.id))
    assert (await buy(cast.marc, cast.session, "passer")).quantity == 1


@pytest.mark.parametrize(
    ("body", "who", "status", "code"),
    [
        ({"quantity": 6}, "marc", 422, "group_too_large"),
        ({"quantity": 2}, "lea", 403, "only_oneself"),
        ({"quantity": 0}, "marc", 422, "invalid_input"),
        ({"payer": "company"}, "lea", 403, "permission_denied"),
        ({"organizationId": "00000000-0000-0000-0000-000000000001"}, "marc", 403, "permission_denied"),
    ],
)
async def test_nobody_waits_for_what_cannot_be(
    full: OrderView, cast: Cast, client: httpx.AsyncClient, container: Container,
    body: dict[str, Any], who: str, status: int, code: str,
) -> None:  # fmt: skip
    headers = bearer(container, getattr(cast, who))
    answer = await client.post(f"/api/v1/sessions/{cast.session}/waiting-list", json=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_one_place_a_buyer_and_none_where_seats_can_be_bought(cast: Cast, container: Container) -> None:
    with pytest.raises(PygmalionError, match="seats_available"):
        await wait_for(cast.lea, cast.session)
    await buy(cast.marc, cast.session, "a", "b", "c")
    await wait_for(cast.stranger, cast.session, 3)
    with pytest.raises(PygmalionError, match="already_waiting"):
        await wait_for(cast.stranger, cast.session, 4)
    # Two seats are left, which the group cannot use: they stay on sale.
    assert (await buy(cast.marc, cast.session, "d", "e")).quantity == 2


async def test_thirty_wait_while_seats_come_free_and_passers_by_try(
    full: OrderView, cast: Cast, container: Container, clock: MovableClock
) -> None:
    waiters = await crowd(30)
    joined = await asyncio.gather(*(wait_for(one, cast.session) for one in waiters))
    assert sorted(one.ticket for one in joined) == list(range(1, 31))
    tickets = {one.id: one.ticket for one in joined}
    owner = {one.id: actor for one, actor in zip(joined, waiters, strict=True)}
    passed: list[str] = []

    async def pass_by(number: int) -> None:
        try:
            await buy(cast.stranger, cast.session, f"passer{number}")
        except SessionFullError:
            return
        passed.append(f"passer{number}")

    async def accept(entry: UUID) -> OrderView:
        return await buy(owner[entry], cast.session, f"guest{tickets[entry]}", entry=entry)

    async def offers() -> list[UUID]:
        async with unit_of_work(SYSTEM) as uow:
            query = select(col(WaitingEntry.id)).where(col(WaitingEntry.status) == "offered")
            return list((await uow.session.execute(query.order_by(col(WaitingEntry.ticket)))).scalars())

    seats = [(cast.marc, seat.id) for seat in full.enrollments]
    served: list[int] = []
    for step in range(6):
        actor, seat = seats.pop(0)
        await asyncio.gather(
            within(actor, lambda uow, seat=seat: cancel(uow, seat)),
            *(pass_by(10 * step + number) for number in range(3)),
            offer(cast.session),
            offer(cast.session),
        )
        await offer(cast.session)
        (offered,) = await offers()
        taken = await asyncio.gather(accept(offered), accept(offered), pass_by(99), return_exceptions=True)
        orders = [one for one in taken if isinstance(one, OrderView)]
        assert len(orders) == 1, taken
        served.append(tickets[offered])
        seats.append((owner[offered], orders[0].enrollments[0].id))
        assert not await oversold(container, cast.session)
    assert served == [1, 2, 3, 4, 5, 6]
    assert passed == []


async def test_the_school_sees_who_waits_and_everybody_how_many(
    full: OrderView, cast: Cast, client: httpx.AsyncClient, container: Container
) -> None:
    await wait_for(cast.stranger, cast.session, 3)
    await wait_for(cast.lea, cast.session)
    for actor in (cast.olga, cast.tom):
        answer = await client.get(f"/api/v1/sessions/{cast.session}/waiting-list", headers=bearer(container, actor))
        rows = answer.json()["data"]
        assert [(row["position"], row["quantity"], row["company"]) for row in rows] == [
            (1, 3, "Autre Escale"),
            (2, 1, ""),
        ]
    answer = await client.get(f"/api/v1/sessions/{cast.session}/waiting-list", headers=bearer(container, cast.marc))
    assert answer.status_code == 404
    queue = (await waiting_list.queues([cast.session]))[cast.session]
    assert (queue.buyers, queue.seats, queue.tickets) == (2, 4, (1, 2))
