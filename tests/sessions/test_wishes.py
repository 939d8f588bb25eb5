"""Asking for a session: what the school sees of it, who is told of a new one, and that each is told once."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from pygmalion_app.catalog.errors import CourseNotFoundError
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import InvalidInputError, PermissionDeniedError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.notifications import inbox
from pygmalion_app.reports import school
from pygmalion_app.sessions import service, wishes
from pygmalion_app.sessions.commands import CreateSession
from pygmalion_app.sessions.wishes import WishSession
from pygmalion_app.ui.catalog.wish_state import WishState
from tests.cast import Cast
from tests.clock import MovableClock
from tests.life.conftest import bearer
from tests.ui.conftest import _pages, visit  # noqa: F401
from tests.ui_private.conftest import Open, open_as  # noqa: F401

Run = Callable[[], Awaitable[None]]


@pytest.fixture
def clock() -> MovableClock:
    """Stand in November, so that months are the same each day."""
    return MovableClock(datetime(2026, 11, 22, 9, tzinfo=UTC))


async def _wish(container: Container, actor: Actor, course: UUID, **wished: Any) -> None:
    async with unit_of_work(actor, container) as uow:
        await wishes.wish(uow, course, WishSession(**wished))


async def _plan(container: Container, cast: Cast, in_days: int, seats: int = 5) -> None:
    async with unit_of_work(cast.olga, container) as uow:
        start = uow.clock.now() + timedelta(days=in_days)
        command = CreateSession(
            start_date=start, end_date=start + timedelta(hours=3), max_places=seats, location="Lyon"
        )
        await service.create_session(uow, cast.course, command)


async def _titles(container: Container, actor: Actor) -> list[str]:
    async with unit_of_work(actor, container) as uow:
        return [one.title for one in (await inbox.inbox(uow, "fr")).items]


async def test_the_school_sees_numbers_and_is_told_at_marks(container: Container, cast: Cast) -> None:
    await _wish(container, cast.lea, cast.course)
    await _wish(container, cast.lea, cast.course, from_month=date(2027, 3, 15))
    await _wish(container, cast.marc, cast.course, seats=4, from_month=date(2027, 3, 1))
    await _wish(container, cast.stranger, cast.course)
    async with unit_of_work(cast.olga, container) as uow:
        found = (await school.dashboard(uow)).demand
    assert [(one.month, one.people, one.seats) for one in found] == [
        (date(2026, 11, 1), 1, 1),
        (date(2027, 3, 1), 2, 5),
    ]
    assert "lea" not in str(found).lower()
    course = "Sûreté aéroportuaire"
    assert await _titles(container, cast.olga) == [f"5 places demandées : {course}", f"Une place demandée : {course}"]
    for other in (cast.marc, cast.lea):
        with pytest.raises(PermissionDeniedError):
            async with unit_of_work(other, container) as uow:
                await wishes.demand(uow, cast.school)


async def test_a_new_session_is_told_once_to_whom_it_fits(container: Container, cast: Cast, run_jobs: Run) -> None:
    await _plan(container, cast, 20)
    # What was there before the wish does not answer it.
    await _wish(container, cast.lea, cast.course)
    await _wish(container, cast.marc, cast.course, seats=2, from_month=date(2027, 3, 1))
    async with unit_of_work(SYSTEM, container) as uow:
        assert not await wishes.tell(uow)
    assert await _titles(container, cast.lea) == []
    await _plan(container, cast, 30)
    await run_jobs()
    await run_jobs()
    assert await _titles(container, cast.lea) == ["Nouvelle session : Sûreté aéroportuaire"]
    assert await _titles(container, cast.marc) == [], "it is before March"
    await _plan(container, cast, 110)
    await run_jobs()
    assert len(await _titles(container, cast.marc)) == 1
    assert len(await _titles(container, cast.lea)) == 1
    async with unit_of_work(cast.olga, container) as uow:
        assert await wishes.demand(uow, cast.school) == ()


async def test_what_makes_no_sense_is_refused(container: Container, cast: Cast) -> None:
    for actor, wished in (
        (cast.lea, {"seats": 2}),
        (cast.lea, {"from_month": date(2026, 10, 1)}),
        (cast.lea, {"from_month": date(2029, 1, 1)}),
    ):
        with pytest.raises(InvalidInputError):
            await _wish(container, actor, cast.course, **wished)
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.sql("UPDATE courses SET status = 'draft' WHERE id = %(id)s", id=cast.course)
    with pytest.raises(CourseNotFoundError):
        await _wish(container, cast.lea, cast.course)


async def test_the_page_asks_changes_and_takes_back(container: Container, cast: Cast, open_as: Open[Any]) -> None:  # noqa: F811
    async with unit_of_work(SYSTEM, container) as uow:
        (row,) = await uow.sql("SELECT slug FROM courses WHERE id = %(id)s", id=cast.course)
    stranger = await open_as(WishState, f"/fr/formations/{row['slug']}", Actor())
    await stranger.load()
    assert (stranger.course, stranger.wished) == ("", "")
    page = await open_as(WishState, f"/fr/formations/{row['slug']}", cast.marc)
    await page.load()
    assert (page.several, page.wished, page.months[1]) == (True, "", ["2026-12-01", "décembre 2026"])
    await page.ask({"seats": "0", "month": ""})
    assert page.error
    await page.ask({"seats": "3", "month": "2026-12-01"})
    assert page.wished == "3 places · à partir de décembre 2026"
    await page.take_back()
    assert page.wished == ""


async def test_a_wish_over_the_api(container: Container, cast: Cast, client: httpx.AsyncClient) -> None:
    signed, address = bearer(cast.lea, container), f"/api/v1/formations/{cast.course}/wish"
    answer = await client.put(address, json={"fromMonth": "2027-02-10"}, headers=signed)
    assert answer.json()["data"] == {"seats": 1, "fromMonth": "2027-02-01"}
    assert (await client.get(address, headers=signed)).json()["data"]["fromMonth"] == "2027-02-01"
    assert (await client.get(address, headers=bearer(cast.marc, container))).json()["data"] is None
    assert (await client.delete(address, headers=signed)).status_code == 204
    assert (await client.get(address, headers=signed)).json()["data"] is None
