"""A school's first page and month: the figures are those of the tables, and each sees their own."""

import asyncio
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
import pytest
from sqlalchemy import update
from sqlmodel import col

from pygmalion_app.attendance import queries, service
from pygmalion_app.attendance.schemas import Countersign, Mark
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import ConflictError, NotFoundError, PermissionDeniedError
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.reports import school, school_calendar, school_papers
from pygmalion_app.reports.school_papers import Paper
from pygmalion_app.reports.school_schemas import SchoolDashboard, Task
from pygmalion_app.sessions.models import TrainingSession
from tests.attendance.conftest import Seats, said
from tests.cast import Cast, add_person, add_session
from tests.clock import MovableClock
from tests.life.conftest import bearer


async def _dashboard(container: Container, actor: Actor, organization: UUID | None = None) -> SchoolDashboard:
    async with unit_of_work(actor, container) as uow:
        return await school.dashboard(uow, organization)


async def _session(container: Container, cast: Cast, in_days: float, **changes: object) -> UUID:
    async with unit_of_work(SYSTEM, container) as uow:
        made = await add_session(uow, cast.course, cast.school, cast.tom.user_id, in_days=in_days)
        await uow.session.execute(
            update(TrainingSession).where(col(TrainingSession.id) == made).values(changes or {"language": "fr"})
        )
    return made


def _days_until_a_morning(container: Container) -> float:
    """Return the days until nine in the morning some three weeks ahead: one that begins then ends on its day."""
    now = container.clock.now().astimezone(ZoneInfo("Europe/Paris"))
    return (now.replace(hour=9, minute=0) + timedelta(days=20) - now) / timedelta(days=1)


async def test_the_figures_are_those_of_the_tables(container: Container, cast: Cast, seats: Seats) -> None:
    short = await _session(container, cast, 5, min_participants=4)
    await seats(short, cast.lea)
    full = await _session(container, cast, 10, capacity=2, min_participants=2, seats_taken=0)
    await seats(full, cast.lea, cast.marc)
    await _session(container, cast, 8, status="cancelled")
    found = await _dashboard(container, cast.olga)
    async with unit_of_work(SYSTEM, container) as uow:
        (figures,) = await uow.sql(
            """SELECT count(*) AS sessions, sum(capacity) AS seats, sum(seats_taken) AS taken,
            count(*) FILTER (WHERE seats_taken < min_participants) AS short FROM sessions
            WHERE organization_id = %(school)s AND status = 'scheduled' AND ends_at > %(now)s
            AND starts_at < %(until)s""",
            school=cast.school, now=container.clock.now(), until=container.clock.now() + timedelta(days=90),
        )  # fmt: skip
    assert (found.sessions_ahead, found.seats_ahead, found.seats_taken_ahead, found.sessions_at_risk) == (
        figures["sessions"], figures["seats"], figures["taken"], figures["short"],
    )  # fmt: skip
    assert [one.session_id for one in found.next_sessions] == [short, full, cast.session]
    assert (found.next_sessions[0].missing, found.next_sessions[1].missing) == (3, 0)
    assert [(one.task, one.count, one.session.session_id) for one in found.to_do] == [(Task.BELOW_MINIMUM, 3, short)]
    assert len(found.revenue) == 12
    assert found.rating is None


async def test_what_is_left_undone_is_asked_for_until_it_is_done(
    container: Container, cast: Cast, seats: Seats, clock: MovableClock
) -> None:
    session = await _session(container, cast, 1)
    (lea,) = await seats(session, cast.lea)
    clock.move(days=2)
    asked = {one.task: one.count for one in (await _dashboard(container, cast.tom)).to_do}
    async with unit_of_work(cast.tom, container) as uow:
        halves = (await queries.sheet(uow, session)).half_days
        assert asked == {Task.COUNTERSIGN: len(halves), Task.VALIDATE: 1}
        for half in halves:
            where = {"day": half.day, "part": half.part, "signed_at": half.starts_at}
            await service.mark(uow, session, Mark(**said(enrollment_id=lea, state="present", **where)))
            await service.countersign(uow, session, Countersign(**said(**where)))
    assert {one.task for one in (await _dashboard(container, cast.tom)).to_do} == {Task.VALIDATE}


async def test_a_trainer_in_two_places_is_said_by_hours_and_not_by_days(container: Container, cast: Cast) -> None:
    morning = _days_until_a_morning(container)
    day = await _session(container, cast, morning)
    overlapping = await _session(container, cast, morning + 0.2)
    following = await _session(container, cast, morning + 0.6)
    other = await _session(container, cast, morning + 0.1, trainer_id=cast.olga.user_id)
    found = await _dashboard(container, cast.olga)
    clashing = {one.session_id for one in found.next_sessions if one.conflict}
    assert clashing == {day, overlapping}
    assert not clashing & {following, other}
    async with unit_of_work(cast.olga, container) as uow:
        month = await school_calendar.month(uow, (container.clock.now() + timedelta(days=20)).date())
    assert {one.session_id for one in month.sessions if one.conflict} == {day, overlapping}
    assert all(month.first <= held <= month.last for one in month.sessions for held in one.days)


async def test_a_trainer_sees_their_own_and_nobody_elses_school_is_seen(container: Container, cast: Cast) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        theo = await add_person(uow, "theo", (cast.school, Role.TRAINER))
    assert [one.session_id for one in (await _dashboard(container, cast.tom)).next_sessions] == [cast.session]
    found = await _dashboard(container, theo)
    assert (found.next_sessions, found.revenue, found.administers) == ((), (), False)
    for actor in (cast.lea, cast.marc):
        with pytest.raises(PermissionDeniedError):
            await _dashboard(container, actor)
        with pytest.raises(NotFoundError):
            await _dashboard(container, actor, cast.school)
    with pytest.raises(NotFoundError):
        await _dashboard(container, cast.olga, cast.company)
    assert (await _dashboard(container, cast.ada, cast.school)).administers


async def test_the_api_says_the_same(container: Container, client: httpx.AsyncClient, cast: Cast) -> None:
    answer = await client.get("/api/v1/dashboard/of", headers=bearer(cast.olga, container))
    data = answer.json()["data"]
    assert data["organizationName"] == "Ecole du Ciel"
    assert data["nextSessions"][0]["sessionId"] == str(cast.session)
    day = data["nextSessions"][0]["startsAt"][:10]
    month = await client.get(f"/api/v1/dashboard/of/calendar?day={day}", headers=bearer(cast.tom, container))
    assert [one["sessionId"] for one in month.json()["data"]["sessions"]] == [str(cast.session)]


async def test_papers_are_counted_and_people_called_up_once(
    container: Container, cast: Cast, seats: Seats, clock: MovableClock
) -> None:
    (lea,) = await seats(cast.session, cast.lea)
    await seats(cast.session, cast.marc)

    async def press(actor: Actor) -> int:
        async with unit_of_work(actor, container) as uow:
            return await school_papers.call_up(uow, cast.session)

    assert sorted(await asyncio.gather(press(cast.tom), press(cast.olga))) == [0, 2]
    clock.move(hours=2)
    assert await press(cast.tom) == 2
    with pytest.raises(NotFoundError):
        await press(cast.lea)
    clock.move(days=31)
    with pytest.raises(ConflictError):
        await press(cast.tom)
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.sql("UPDATE enrollments SET status = 'COMPLETED' WHERE id = %(id)s", id=lea)
    async with unit_of_work(cast.olga, container) as uow:
        found = {one.kind: (one.done, one.total) for one in await school_papers.papers(uow, cast.session)}
        halves = len((await queries.sheet(uow, cast.session)).half_days)
    assert found == {
        Paper.PROGRAMME: (0, 1),
        Paper.CONTRACTS: (0, 0),
        Paper.CONVENTIONS: (0, 2),
        Paper.ATTENDANCE: (0, halves),
        Paper.CERTIFICATES: (0, 1),
        Paper.INVOICES: (0, 2),
    }
    async with unit_of_work(cast.tom, container) as uow:
        shown = {one.kind for one in await school_papers.papers(uow, cast.session)}
    assert shown == {Paper.PROGRAMME, Paper.ATTENDANCE, Paper.CERTIFICATES}
