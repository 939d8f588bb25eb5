"""Writing a course and planning its sessions, as the page's state sees it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from pygmalion_app.catalog.models import Course, CourseStatus
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import InvalidInputError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.sessions.models import TrainingSession
from pygmalion_app.ui.i18n import FR
from pygmalion_app.ui.routes import PAGES
from pygmalion_app.ui.sessions.courses_state import OwnCoursesState
from pygmalion_app.ui.sessions.editor_state import CourseEditorState
from pygmalion_app.ui.sessions.plan_forms import read_cents
from tests.cast import Cast
from tests.clock import MovableClock
from tests.ui_private.conftest import Open

COURSE = {
    "title": "Sûreté du fret 11.2.3.9",
    "description": "Contrôles de sûreté du fret.",
    "objectives": "Contrôler un colis\n- Refuser un envoi douteux\n\n",
    "category": "CARGO",
    "modality-PRESENTIEL": "on",
    "bpf_objective": "",
    "hours": "3",
    "minutes": "30",
    "price": "1 250,50",
    "validity_months": "60",
    "language": "fr",
}


@pytest.mark.parametrize(
    ("typed", "cents"), [("", 0), ("950", 95_000), ("1\u202f250,5", 125_050), ("12.30 €", 1_230), ("0", 0)]
)
def test_amounts_as_people_type_them(typed: str, cents: int) -> None:
    assert read_cents(typed, "price") == cents


@pytest.mark.parametrize("typed", ["12,345", "-1", "NaN", "Infinity", "1e9", "douze", "100001"])
def test_what_is_no_amount(typed: str) -> None:
    with pytest.raises(InvalidInputError):
        read_cents(typed, "price")


async def _school(open_as: Open[OwnCoursesState], cast: Cast) -> OwnCoursesState:
    state = await open_as(OwnCoursesState, "/fr/teach/courses", cast.olga)
    await OwnCoursesState.load.fn(state)
    return state


async def test_from_a_draft_to_a_session_on_sale(
    open_as: Open[Any], cast: Cast, container: Container, clock: MovableClock
) -> None:
    state = await _school(open_as, cast)
    editor = await open_as(CourseEditorState, "/fr/teach/courses", cast.olga)
    await CourseEditorState.begin.fn(editor, "")
    await CourseEditorState.save.fn(editor, COURSE)
    assert (editor.errors, editor.form_error) == ({}, "")
    await OwnCoursesState.load.fn(state)
    draft = next(row for row in state.rows if row.draft)
    await CourseEditorState.publish.fn(editor)
    await OwnCoursesState.load.fn(state)
    assert not any(row.draft for row in state.rows)
    await OwnCoursesState.begin_session.fn(state, draft.id)
    day = (clock.now() + timedelta(days=40)).date().isoformat()
    planned: dict[str, Any] = {
        "first_day": day, "from_time": "09:00", "to_time": "12:30", "location": "Paris CDG", "max_places": "8",
        "trainer": state.trainers[0].id, "own_price": "",
    }  # fmt: skip
    await OwnCoursesState.create_session.fn(state, planned | {"to_time": "08:00"})
    assert state.form_error or state.errors
    await OwnCoursesState.create_session.fn(state, planned)
    async with unit_of_work(SYSTEM, container) as uow:
        course = (await uow.session.execute(select(Course).where(Course.title == COURSE["title"]))).scalar_one()  # pyright: ignore[reportArgumentType]
        found = await uow.session.execute(select(TrainingSession).where(TrainingSession.course_id == course.id))  # pyright: ignore[reportArgumentType]
        session = found.scalar_one()
    assert (course.status, course.price_cents, course.duration_minutes) == (CourseStatus.PUBLISHED, 125_050, 210)
    assert (session.capacity, session.trainer_id, session.price_cents) == (8, cast.tom.user_id, 125_050)
    assert session.ends_at - session.starts_at == timedelta(hours=3, minutes=30)


async def test_the_list_follows_what_is_typed(open_as: Open[CourseEditorState], cast: Cast) -> None:
    editor = await open_as(CourseEditorState, "/fr/teach/courses", cast.olga)
    await CourseEditorState.begin.fn(editor, "")
    bad = {row.target for row in editor.wrong if row.tone == "bad"}
    assert bad == {"title", "description", "objectives", "hours", "price"}
    assert editor.faults == len(bad)
    for name, value in (("title", "Fret"), ("description", "x" * 200), ("price", "12,5"), ("hours", "3 heures")):
        await CourseEditorState.note.fn(editor, name, value)
    await CourseEditorState.note.fn(editor, "objectives", "Contrôler")
    assert [row.target for row in editor.wrong if row.tone == "bad"] == ["hours"]
    await CourseEditorState.note.fn(editor, "hours", "3")
    await CourseEditorState.tick.fn(editor, "modality-PRESENTIEL", False)
    assert [row.target for row in editor.wrong if row.tone == "bad"] == ["modality-PRESENTIEL"]
    await CourseEditorState.tick.fn(editor, "modality-PRESENTIEL", True)
    assert (editor.faults, editor.verdict_tone) == (0, "warn")
    assert next(row for row in editor.wrong if row.plans).tone == "warn"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "ab"}, "title"), ({"category": "SURF"}, "category"), ({"hours": "", "minutes": ""}, "hours"),
        ({"price": "beaucoup"}, "price"), ({"validity_months": "-3"}, "validity_months"),
        ({"hours": "9" * 40}, "hours"),
    ],
)  # fmt: skip
async def test_faults_stand_beside_their_fields(
    open_as: Open[Any], cast: Cast, wrong: dict[str, str], field: str
) -> None:
    state = await _school(open_as, cast)
    before = len(state.rows)
    editor = await open_as(CourseEditorState, "/fr/teach/courses", cast.olga)
    await CourseEditorState.begin.fn(editor, "")
    await CourseEditorState.save.fn(editor, COURSE | wrong)
    assert list(editor.errors) == [field]
    await OwnCoursesState.load.fn(state)
    assert len(state.rows) == before


async def test_another_schools_course_cannot_be_planned(
    open_as: Open[OwnCoursesState], cast: Cast, container: Container
) -> None:
    state = await open_as(OwnCoursesState, "/fr/teach/courses", cast.stranger)
    await OwnCoursesState.load.fn(state)
    assert state.rows == []
    state._course_id = str(cast.course)
    form = {"first_day": "2030-01-01", "from_time": "09:00", "to_time": "12:00", "max_places": "3"}
    await OwnCoursesState.create_session.fn(state, form)
    assert state.form_error
    async with unit_of_work(SYSTEM, container) as uow:
        assert len((await uow.session.execute(select(TrainingSession))).all()) == 1


@pytest.mark.parametrize(
    "name",
    ["teach-courses", "profile", "team", "teach-session", "certificates", "order", "training", "course", "reports"],
)
def test_no_two_inputs_of_a_page_share_an_id(name: str) -> None:
    """A form reads its inputs by id over the whole page: of two with one id, the other one's value would be sent."""
    ids = re.findall(r'htmlFor:"([^"]+)"', str(PAGES[name].function(FR)))
    assert len(ids) == len(set(ids)), sorted(ids)
