"""Plans from the button to the booking."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import pytest

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import NotFoundError, PermissionDeniedError
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.planning import building, constraints, queries, running, service, solving
from pygmalion_app.planning.errors import (
    PlanNotReadyError,
    PlanOutdatedError,
    PlanTooLongError,
    PlanUnderWayError,
)
from pygmalion_app.planning.messages import Done
from pygmalion_app.planning.models import Plan
from pygmalion_app.planning.schemas import (
    BookPlan,
    Choice,
    EditPlan,
    NewUnavailability,
    PlanDetail,
    SetShiftMinimum,
    StartPlan,
)
from pygmalion_app.sessions.models import TrainingSession
from tests.planning.conftest import SEAT, Team

RunJobs = Callable[[], Awaitable[None]]
INVOICE = BookPlan(payment_method="invoice")


async def begin(team: Team, **more: object) -> PlanDetail:
    async with unit_of_work(team.cast.marc) as uow:
        return await service.start(uow, StartPlan.model_validate({"until": team.day(60), "seconds_limit": 5} | more))


async def read(team: Team, plan: PlanDetail) -> PlanDetail:
    async with unit_of_work(team.cast.marc) as uow:
        return await queries.detail(uow, plan.id)


async def edited(team: Team, plan: PlanDetail, **changes: object) -> None:
    async with unit_of_work(team.cast.marc) as uow:
        await service.edit(uow, plan.id, EditPlan.model_validate(changes))


async def book(team: Team, plan: PlanDetail) -> PlanDetail:
    async with unit_of_work(team.cast.marc) as uow:
        return await service.book(uow, plan.id, INVOICE)


def seats(plan: PlanDetail) -> set[tuple[UUID, UUID]]:
    return {(one.session_id, who.user_id) for one in plan.sessions for who in one.people if who.proposed}


async def test_what_is_booked_leaves_no_avoidable_gap(team: Team, run_jobs: RunJobs) -> None:
    assert await team.statuses() == {"missing": 8}
    for in_days in (10, 20):
        await team.session("SUR-1126", in_days, seats=3)
    # Three seats for four people.
    await team.session("SST", 15, seats=3)
    plan = await begin(team)
    assert plan.state == "queued"
    with pytest.raises(PlanUnderWayError):
        await begin(team)
    await run_jobs()
    plan = await read(team, plan)
    assert (plan.state, plan.gap, plan.needs_count, plan.unmet_count, plan.seats) == ("ready", 0, 8, 1, 7)
    assert plan.price_cents == 7 * SEAT
    assert [(gap.kind, gap.requirement_key) for gap in plan.gaps] == [("full", "SST")]
    assert plan.progress
    booked = await book(team, plan)
    assert booked.state == "booked"
    assert {who.order_status for one in booked.sessions for who in one.people} == {"CONFIRMED"}
    assert (await book(team, plan)).state == "booked"
    await team.recompute()
    assert await team.statuses() == {"planned": 7, "missing": 1}
    # A plan over what is left proposes nothing: no gap could have been avoided.
    again = await begin(team)
    await run_jobs()
    again = await read(team, again)
    assert (again.needs_count, again.seats, again.unmet_count) == (1, 0, 1)


async def test_a_seat_that_went_leaves_nothing_booked_and_the_next_round_goes_round_it(
    team: Team, run_jobs: RunJobs
) -> None:
    near, far = [await team.session("SUR-1126", in_days, seats=9) for in_days in (10, 30)]
    other = await team.session("SST", 12, seats=9)
    plan = await begin(team)
    await run_jobs()
    plan = await read(team, plan)
    assert {session for session, _ in seats(plan)} == {near, other}
    async with unit_of_work(SYSTEM) as uow:
        (await uow.session.get_one(TrainingSession, near)).capacity = 3
    with pytest.raises(PlanOutdatedError) as refused:
        await book(team, plan)
    assert refused.value.facts["session"] == str(near)
    async with unit_of_work(SYSTEM) as uow:
        assert await uow.sql("SELECT FROM orders") == []
    assert {one.session_id for one in (await read(team, plan)).sessions if not one.bookable} == {near}
    await edited(team, plan)
    await run_jobs()
    plan = await read(team, plan)
    assert {session for session, _ in seats(plan)} == {near, far, other}
    assert (await book(team, plan)).state == "booked"


async def test_a_plan_keeps_to_what_its_reader_said(team: Team, run_jobs: RunJobs) -> None:
    cheap, dear = await team.session("SST", 10, cents=5_000), await team.session("SST", 11, cents=50_000)
    async with unit_of_work(team.cast.marc) as uow:
        away = NewUnavailability(user_id=team.ana, first_day=team.day(9), last_day=team.day(12))
        await constraints.add_unavailability(uow, away)
        await constraints.set_shift_minimum(uow, SetShiftMinimum(site_id=team.lyon, minimum=1))
    plan = await begin(team, site_id=team.lyon)
    await run_jobs()
    plan = await read(team, plan)
    # Ana is away, and Bob holds the fort meanwhile.
    kinds = {(gap.user_id, gap.requirement_key): gap.kind for gap in plan.gaps}
    assert kinds[team.ana, "SST"] == "unavailable"
    assert kinds[team.bob, "SST"] == "shift"
    assert kinds[team.bob, "SUR-1126"] == "none"
    async with unit_of_work(team.cast.marc) as uow:
        (minimum,) = (await constraints.limits(uow, team.cast.company)).shift_minimums
        await constraints.remove_shift_minimum(uow, minimum.id)
    choice = {"user_id": team.bob}
    await edited(team, plan, pin=[choice | {"session_id": dear}], budget_cents=60_000)
    await run_jobs()
    assert seats(await read(team, plan)) == {(dear, team.bob)}
    changes = {"free": [choice | {"session_id": dear}], "forbid": [choice | {"session_id": cheap}]}
    await edited(team, plan, **changes, budget_cents=59_999)
    await run_jobs()
    plan = await read(team, plan)
    assert seats(plan) == set()
    by_key = {gap.requirement_key: gap for gap in plan.gaps if gap.user_id == team.bob}
    assert by_key["SST"].kind == "forbidden"
    assert by_key["SST"].facts["other_ways"] == ["budget"]


async def test_a_killed_search_is_taken_up_again(team: Team, run_jobs: RunJobs) -> None:
    await team.session("SST", 10)
    plan = await begin(team)
    async with unit_of_work(SYSTEM) as uow:
        built = await building.build(uow, await uow.session.get_one(Plan, plan.id))
    run = await running.start(built.problem, hint=built.hint, seconds=5, workers=1)
    os.kill(run.pid, signal.SIGKILL)
    with pytest.raises(running.SolverDiedError):
        async for _ in run.messages():
            pass
    await run.end()
    # A job that died in the middle: the plan says so until the sweep finds it.
    async with unit_of_work(SYSTEM) as uow:
        row = await uow.session.get_one(Plan, plan.id)
        row.state, row.beat_at = "solving", uow.clock.now() - timedelta(minutes=2)
    async with unit_of_work(SYSTEM) as uow:
        assert await solving.rescue(uow) == 1
    await run_jobs()
    assert (await read(team, plan)).state == "ready"


async def test_a_search_is_stopped_and_a_waiting_one_cancelled(team: Team, run_jobs: RunJobs) -> None:
    await team.session("SST", 10)
    plan = await begin(team)
    async with unit_of_work(team.cast.marc) as uow:
        assert (await service.stop(uow, plan.id)).state == "cancelled"
    await run_jobs()
    assert (await read(team, plan)).state == "cancelled"
    with pytest.raises(PlanNotReadyError):
        await book(team, plan)
    # Whoever stops hears of it within moments, and keeps what there is.
    async with unit_of_work(SYSTEM) as uow:
        built = await building.build(uow, await uow.session.get_one(Plan, plan.id))
    run = await running.start(built.problem, hint=(), seconds=5, workers=1)
    run.stop()
    said = [message async for message in run.messages()]
    await run.end()
    assert isinstance(said[-1], Done)
    assert len(said[-1].bookings) == 4


async def test_nobody_elses_plan_is_there(team: Team) -> None:
    plan = await begin(team)
    for actor in (team.cast.stranger, team.cast.lea, team.cast.olga):
        async with unit_of_work(actor) as uow:
            for call in (queries.detail(uow, plan.id), service.stop(uow, plan.id), service.book(uow, plan.id, INVOICE)):
                with pytest.raises(NotFoundError):
                    await call
    async with unit_of_work(team.cast.lea) as uow:
        with pytest.raises(PermissionDeniedError):
            await service.start(uow, StartPlan(until=team.day(30)))
    # A person of another company cannot be pinned, nor a site of it be chosen.
    other = Choice(user_id=team.cast.stranger.require_user(), session_id=team.cast.session)
    await edited(team, plan, pin=[other.model_dump()])
    assert (await read(team, plan)).sessions == ()
    for wrong in ({"until": team.day(0)}, {"until": team.day(400)}):
        with pytest.raises(PlanTooLongError):
            await begin(team, **wrong)


async def test_building_takes_as_many_statements_for_many_people(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    await asyncio.gather(*(team.session("SST", 10 + number) for number in range(5)))
    plan = await begin(team)
    async with unit_of_work(SYSTEM) as uow:
        row = await uow.session.get_one(Plan, plan.id)
        asked: list[str] = []
        sql = type(uow).sql

        async def counted(self: object, query: str, **values: object) -> object:
            asked.append(query)
            return await sql(self, query, **values)  # pyright: ignore[reportArgumentType, reportCallIssue]

        monkeypatch.setattr(type(uow), "sql", counted)
        built = await building.build(uow, row)
    assert len(built.problem.needs) == 8
    assert len(asked) <= 10
