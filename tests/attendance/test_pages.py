"""The pages' states: what they show to whom, and what the browser is handed."""

from typing import Any
from uuid import UUID

from pygmalion_app.ui.teaching.attendance_state import AttendanceState
from pygmalion_app.ui.teaching.calendar_state import SchoolCalendarState
from tests.attendance.conftest import Seats
from tests.cast import Cast
from tests.ui_private.conftest import Open, _pages, open_as, visit  # noqa: F401 - the private screens' fixtures


async def test_the_sheet_is_handed_to_its_trainer_only(
    open_as: Open[Any], cast: Cast, today: UUID, seats: Seats  # noqa: F811
) -> None:  # fmt: skip
    await seats(today, cast.lea)
    for actor, phase in ((cast.tom, "ready"), (cast.lea, "missing")):
        state = await open_as(AttendanceState, f"/fr/teach/{today}/attendance", actor)
        await AttendanceState.load.fn(state)
        assert (state.phase, state.session) == (phase, str(today) if phase == "ready" else "")


async def test_the_month_turns_and_shows_what_is_held(open_as: Open[Any], cast: Cast) -> None:  # noqa: F811
    state = await open_as(SchoolCalendarState, "/en/teach/calendar", cast.olga)
    await SchoolCalendarState.load.fn(state)
    title = state.title
    for _ in range(2):
        if not any(not day.empty for day in state.days):
            await SchoolCalendarState.after.fn(state)
    assert any("Airport security" in entry.course for day in state.days for entry in day.held)
    assert state.trainers[0].name == "Tom Test"
    await SchoolCalendarState.load.fn(state)
    assert state.title == title
    stranger = await open_as(SchoolCalendarState, "/en/teach/calendar", cast.lea)
    await SchoolCalendarState.load.fn(stranger)
    assert (stranger.name, stranger.days) == ("", [])
