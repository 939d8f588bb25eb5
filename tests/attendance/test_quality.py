"""Surveys reach who was there, once; the quality report says what plain SQL says, and what is missing."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from pygmalion_app.core.actor import ANONYMOUS, SYSTEM
from pygmalion_app.core.errors import NotFoundError, PermissionDeniedError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.reports import surveys
from pygmalion_app.reports.kinds import Making, kind_of
from pygmalion_app.reports.quality import Missing, QualityReport, quality
from pygmalion_app.reports.quality_file import QualityFilters
from pygmalion_app.reports.survey_models import SurveyKind
from pygmalion_app.reports.surveys import AnswerSurvey, SurveyAnsweredError
from pygmalion_app.reports.surveys_jobs import ask_surveys
from tests.attendance.conftest import Seats
from tests.cast import Cast, add_session
from tests.clock import MovableClock
from tests.life.conftest import bearer

RunJobs = Callable[[], Awaitable[None]]
_HOT: dict[str, Any] = {"overall": 5, "content": 4, "trainer": 5, "recommend": 9}


@pytest.fixture
async def held(container: Container, cast: Cast, seats: Seats, clock: MovableClock) -> UUID:
    """Return a session that ended today: Lea passed, Marc was absent, Olga waits for a word."""
    async with unit_of_work(SYSTEM, container) as uow:
        session = await add_session(uow, cast.course, cast.school, cast.tom.user_id, in_days=1)
    await seats(session, cast.lea, present=True, passed=True, status="COMPLETED")
    await seats(session, cast.marc, present=False, passed=False, status="IN_PROGRESS")
    await seats(session, cast.olga)
    clock.move(days=1.5)
    return session


async def _links(container: Container) -> dict[str, str]:
    """Return the token that each person was sent."""
    async with unit_of_work(SYSTEM, container) as uow:
        rows = (await uow.session.execute(text("SELECT to_address, text FROM outgoing_emails"))).all()
    found = {address: re.search(r"/survey/([\w-]+)", words) for address, words in rows}
    return {address: match[1] for address, match in found.items() if match}


async def _quality(container: Container, cast: Cast) -> QualityReport:
    async with unit_of_work(cast.olga, container) as uow:
        return await quality(uow, cast.school)


async def test_who_was_there_is_asked_once_and_again_after_three_months(
    container: Container, held: UUID, clock: MovableClock
) -> None:
    for _ in range(2):
        await ask_surveys(0)
    links = await _links(container)
    assert set(links) == {"lea@test.example"}
    token = links["lea@test.example"]
    async with unit_of_work(ANONYMOUS, container) as uow:
        shown = await surveys.opened(uow, token)
        assert (shown.kind, shown.first_name, shown.answered) == ("hot", "Lea", False)
        await surveys.answer(uow, token, AnswerSurvey(**_HOT, comment="Clair."))
    async with unit_of_work(ANONYMOUS, container) as uow:
        with pytest.raises(SurveyAnsweredError):
            await surveys.answer(uow, token, AnswerSurvey(**_HOT))
        with pytest.raises(NotFoundError):
            await surveys.opened(uow, "nothing")
    clock.move(days=80)
    async with unit_of_work(SYSTEM, container) as uow:
        assert await surveys.ask(uow, SurveyKind.COLD) == 0
        with pytest.raises(NotFoundError):
            await surveys.opened(uow, token)
    clock.move(days=14)
    async with unit_of_work(SYSTEM, container) as uow:
        assert await surveys.ask(uow, SurveyKind.COLD) == 1
        rows = await uow.sql("SELECT kind FROM surveys WHERE session_id = %(id)s ORDER BY sent_at", id=held)
    assert [row["kind"] for row in rows] == ["hot", "cold"]


async def test_the_report_says_what_the_tables_say(container: Container, cast: Cast, held: UUID) -> None:
    before = (await _quality(container, cast)).indicators
    assert (before.hot_satisfaction_rate, before.hot_response_rate, before.recommendation) == (None, None, None)
    await ask_surveys(0)
    token = (await _links(container))["lea@test.example"]
    async with unit_of_work(ANONYMOUS, container) as uow:
        await surveys.answer(uow, token, AnswerSurvey(**_HOT, comment="Clair."))
    found = await _quality(container, cast)
    async with unit_of_work(SYSTEM, container) as uow:
        (plain,) = await uow.sql(
            """SELECT count(*) AS learners, count(present) AS judged,
            avg(present::int)::float AS completion, avg(passed::int) FILTER (WHERE present)::float AS success
            FROM enrollments WHERE session_id = %(id)s""",
            id=held,
        )
    whole = found.indicators
    assert (whole.sessions, whole.learners, whole.judged) == (1, plain["learners"], plain["judged"])
    assert (whole.completion_rate, whole.success_rate) == (plain["completion"], plain["success"])
    assert (whole.abandon_rate, whole.minutes) == (0.5, 210)
    assert (whole.hot_sent, whole.hot_response_rate, whole.hot_mean, whole.recommendation) == (1, 1.0, 5.0, 100)
    assert [(one.title, one.learners) for one in found.courses] == [("Sûreté aéroportuaire", 3)]
    assert [one.comment for one in found.comments] == ["Clair."]
    assert {one.kind: one.count for one in found.missing} == {
        Missing.NDA: 1, Missing.CERTIFIER: 1, Missing.UNJUDGED: 1, Missing.OBJECTIVES: 1,
    }  # fmt: skip
    async with unit_of_work(cast.olga, container) as uow:
        document = await kind_of("quality").document(uow, Making(cast.school, "fr", QualityFilters()))
    (sheet,) = document.sheets
    assert sheet.total is not None
    assert (len(sheet.rows), sheet.total[1:4]) == (1, (1, 3, 0.5))


async def test_who_gave_up_on_the_way_counts(
    container: Container, cast: Cast, held: UUID, seats: Seats, clock: MovableClock
) -> None:
    began = clock.now() - timedelta(hours=9)
    gone = {"status": "CANCELLED", "confirmed_at": began - timedelta(days=9)}
    await seats(held, cast.ada, **gone, cancelled_at=began)
    await seats(held, cast.stranger, **gone, cancelled_at=began - timedelta(days=8))
    whole = (await _quality(container, cast)).indicators
    assert (whole.completion_rate, whole.abandon_rate) == (1 / 3, 2 / 3)


async def test_only_who_runs_the_school_reads_it(
    container: Container, client: httpx.AsyncClient, cast: Cast, held: UUID
) -> None:
    async with unit_of_work(cast.tom, container) as uow:
        with pytest.raises(PermissionDeniedError):
            await quality(uow, cast.school)
    async with unit_of_work(cast.marc, container) as uow:
        for organization in (cast.school, cast.company):
            with pytest.raises(NotFoundError):
                await quality(uow, organization)
    answer = await client.get("/api/v1/reports/quality", headers=bearer(cast.olga, container))
    assert answer.json()["data"]["indicators"]["completionRate"] == 0.5
    assert str(held) in answer.text
