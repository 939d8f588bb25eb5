"""Booking a team: what is checked before, all or nobody, and no cent above the budget however many book at once."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from psycopg.errors import LockNotAvailable

from pygmalion_app.budgets import assignment, checks, service
from pygmalion_app.budgets.assignment import Outcome, assign, assign_each
from pygmalion_app.budgets.errors import BudgetExceededError, NotInTeamError, SecondApprovalNeededError
from pygmalion_app.budgets.schemas import NewCostCenter
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import BusyError, InvalidInputError, NotFoundError, PermissionDeniedError, PygmalionError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments.errors import AlreadyEnrolledError, IdempotencyConflictError, SessionFullError
from tests.budgets.facts import SEAT, Team, add_team, booking, plain, summary, told
from tests.cast import Cast, add_course, add_session
from tests.invoicing.conftest import partners as partners  # noqa: PLC0414 - a fixture
from tests.statements import counted_statements

BY_INVOICE: dict[str, Any] = {"payment_method": "invoice"}


async def rows(query: str, **values: object) -> list[dict[str, object]]:
    """Read as the system."""
    async with unit_of_work(SYSTEM) as uow:
        return await uow.sql(query, **values)  # pyright: ignore[reportArgumentType]


async def more_sessions(cast: Cast, *in_days: float, capacity: int = 5) -> list[UUID]:
    """Add sessions of the cast's course."""
    async with unit_of_work(SYSTEM) as uow:
        return [
            await add_session(uow, cast.course, cast.school, None, in_days=days, capacity=capacity) for days in in_days
        ]


async def test_two_managers_at_once_never_spend_more_than_there_is(container: Container, partners: Cast) -> None:
    """Bookings of one seat each, on different sessions, from two managers, for three seats' worth of budget."""
    team = await add_team(partners, seats=3)
    sessions = await more_sessions(partners, *range(40, 46))

    async def book(number: int, session: UUID) -> int:
        actor = (partners.marc, team.second)[number % 2]
        try:
            async with unit_of_work(actor) as uow:
                await assign(uow, booking(team, team.people[0], session=session, **BY_INVOICE))
        except BudgetExceededError as error:
            return int(str(error.facts["left"]))
        return SEAT

    # The first reads templates and catalogues, for which the others would wait.
    assert await book(0, sessions[0]) == SEAT
    booked = await asyncio.gather(*(book(number, session) for number, session in enumerate(sessions[1:])))
    assert sorted(booked) == [0] * 3 + [SEAT] * 2
    assert told(await summary(team)) == await plain(team) == (3 * SEAT, 0, 0)
    taken = await rows("SELECT sum(seats_taken) AS taken FROM sessions")
    assert taken == [{"taken": 3}]


async def test_several_sessions_are_booked_all_or_none_and_never_in_a_circle(
    container: Container, partners: Cast
) -> None:
    team = await add_team(partners, seats=6)
    first, second = await more_sessions(partners, 40, 41, capacity=2)

    async def both(actor: Actor, person: UUID, sessions: list[UUID]) -> str:
        seats = [{"session_id": one, "user_ids": (person,)} for one in sessions]
        try:
            async with unit_of_work(actor) as uow:
                await assign(uow, booking(team, bookings=seats, **BY_INVOICE))
        except PygmalionError as error:
            return error.code
        return "booked"

    met = await asyncio.gather(
        *(
            both((partners.marc, team.second)[number % 2], person, [first, second][:: 1 if number % 2 else -1])
            for number, person in enumerate(team.people)
        )
    )
    assert sorted(met) == ["booked", "booked", "session_full"]
    assert told(await summary(team)) == (4 * SEAT, 0, 0)
    assert await rows("SELECT DISTINCT seats_taken FROM sessions WHERE capacity = 2") == [{"seats_taken": 2}]


async def test_the_same_key_books_once_and_another_budget_is_told(container: Container, partners: Cast) -> None:
    team = await add_team(partners)
    command = booking(team, **BY_INVOICE)
    ids = set()
    for people in (team.people, tuple(reversed(team.people))):
        async with unit_of_work(partners.marc) as uow:
            (placed,) = await assign(uow, booking(team, *people, **BY_INVOICE), "again")
            ids.add(placed.order_id)
    assert len(ids) == 1
    other = await add_center(team)
    with pytest.raises(IdempotencyConflictError):
        async with unit_of_work(partners.marc) as uow:
            await assign(uow, command.model_copy(update={"cost_center_id": other}), "again")
    assert told(await summary(team)) == (3 * SEAT, 0, 0)


async def add_center(team: Team) -> UUID:
    """Add another cost centre."""
    async with unit_of_work(team.cast.marc) as uow:
        year = (await service.summary(uow, team.cast.company)).year
        command = NewCostCenter(code="AUTRE", name="Autre", year=year, allocated_cents=9 * SEAT)
        return await service.create(uow, team.cast.company, command)


async def test_session_by_session_one_that_fails_keeps_no_other(container: Container, partners: Cast) -> None:
    team = await add_team(partners, seats=9)
    full, free = await more_sessions(partners, 40, 41, capacity=2)
    seats = [{"session_id": one, "user_ids": team.people[: 3 if one == full else 2]} for one in (full, free)]
    outcomes: tuple[Outcome, ...] = await assign_each(partners.marc, booking(team, bookings=seats, **BY_INVOICE))
    assert [one.session_id for one in outcomes] == [full, free]
    assert isinstance(outcomes[0].error, SessionFullError)
    assert outcomes[1].order is not None
    assert outcomes[1].order.status == "CONFIRMED"
    assert told(await summary(team)) == (2 * SEAT, 0, 0)


async def test_only_ones_own_people_within_the_limit_and_ones_own_budget(container: Container, cast: Cast) -> None:
    team = await add_team(cast, limit=2 * SEAT)
    assert cast.stranger.user_id
    assert cast.tom.user_id
    refused = (
        (cast.lea, booking(team), PermissionDeniedError),
        (cast.stranger, booking(team, organization_id=cast.company), PermissionDeniedError),
        (cast.stranger, booking(team, cast.stranger.user_id), NotFoundError),
        (cast.marc, booking(team, team.people[0], cast.tom.user_id), NotInTeamError),
        (cast.marc, booking(team), SecondApprovalNeededError),
        (cast.marc, booking(team, bookings=[booking(team).bookings[0]] * 2), InvalidInputError),
    )
    for actor, command, error in refused:
        with pytest.raises(error):
            async with unit_of_work(actor) as uow:
                await assign(uow, command)
    assert told(await summary(team)) == (0, 0, 0)
    async with unit_of_work(cast.marc) as uow:
        await assign(uow, booking(team, *team.people[:2]))
    assert told(await summary(team)) == (2 * SEAT, 0, 0)
    with pytest.raises(AlreadyEnrolledError):
        async with unit_of_work(cast.marc) as uow:
            await assign(uow, booking(team, team.people[0]))


async def test_a_manager_sees_before_what_will_happen(container: Container, partners: Cast) -> None:
    team = await add_team(partners, seats=4, limit=2 * SEAT)
    ana, bob, cleo = team.people
    (same_day,) = await more_sessions(partners, 30)
    async with unit_of_work(SYSTEM) as uow:
        other = await add_course(uow, partners.school, "Autre formation")
        elsewhere = await add_session(uow, other, partners.school, None, in_days=30)
    async with unit_of_work(partners.marc) as uow:
        await assign(uow, booking(team, ana, **BY_INVOICE))
        await assign(uow, booking(team, bob, session=elsewhere, **BY_INVOICE))
    counts: set[int] = set()
    for people in ((cleo,), team.people):
        async with unit_of_work(partners.marc) as uow:
            with counted_statements() as statements:
                seen = await checks.preview(uow, booking(team, *people, **BY_INVOICE))
            counts.add(len(statements))
    assert len(counts) == 1
    assert max(counts) <= 16
    (session,) = seen.sessions
    met = {person.user_id: person for person in session.people}
    assert [met[one].booked for one in (ana, bob, cleo)] == [True, False, False]
    assert [met[one].conflict_title for one in (ana, bob, cleo)] == ["", "Autre formation", ""]
    assert (session.wanted, session.amount_cents, session.seats_left, session.fault) == (2, 2 * SEAT, 4, "")
    assert not session.needs_second
    assert seen.budget is not None
    assert (seen.budget.left_before_cents, seen.budget.left_after_cents, seen.bookable) == (2 * SEAT, 0, True)
    async with unit_of_work(partners.marc) as uow:
        again = await checks.preview(uow, booking(team, ana, session=partners.session, **BY_INVOICE))
        assert (again.sessions[0].fault, again.bookable) == ("booked", False)
        three = await checks.preview(uow, booking(team, session=same_day, **BY_INVOICE))
        assert (three.sessions[0].needs_second, three.bookable) == (True, False)
    async with unit_of_work(partners.stranger) as uow:
        with pytest.raises(NotInTeamError):
            await checks.preview(uow, booking(team, cost_center_id=None))


async def test_who_waits_too_long_for_others_tries_once_more_and_is_told(
    container: Container, partners: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = await add_team(partners)
    booked, busy = assignment._assign, [LockNotAvailable()]

    async def assign_late(*given: Any, **more: Any) -> Any:
        if busy:
            raise busy.pop()
        return await booked(*given, **more)

    monkeypatch.setattr(assignment, "_assign", assign_late)
    (outcome,) = await assign_each(partners.marc, booking(team, team.people[0], **BY_INVOICE))
    assert outcome.order is not None
    busy += [LockNotAvailable(), LockNotAvailable()]
    (outcome,) = await assign_each(partners.marc, booking(team, team.people[1], **BY_INVOICE))
    assert isinstance(outcome.error, BusyError)
    assert told(await summary(team)) == (SEAT, 0, 0)
