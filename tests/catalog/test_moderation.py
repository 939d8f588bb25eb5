"""Reports of courses and reviews, from the page to the administrator's decision and what it changes for everybody."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from pygmalion_app.catalog import moderation
from pygmalion_app.catalog.errors import AlreadyReportedError, CourseNotFoundError
from pygmalion_app.catalog.models import Course, Review
from pygmalion_app.catalog.moderation import DecideReports, ReportContent
from pygmalion_app.catalog.moderation_models import ReportReason
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import PermissionDeniedError, TooManyRequestsError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.ui.administration.moderation_state import ModerationState
from pygmalion_app.ui.catalog.report_state import ReportState
from tests.cast import Cast
from tests.clock import MovableClock
from tests.enrollments.test_booking import bearer
from tests.ui_private.conftest import Open, _pages, open_as, visit  # noqa: F401 - fixtures

V1 = "/api/v1"
RunJobs = Callable[[], Awaitable[None]]


@pytest.fixture
async def review(container: Container, cast: Cast) -> UUID:
    """Return Lea's review of the cast's course: one star, and so the course's rating."""
    async with unit_of_work(SYSTEM, container) as uow:
        made = Review(course_id=cast.course, user_id=cast.lea.require_user(), rating=1, comment="Escroc !")
        uow.session.add(made)
        course = await uow.session.get_one(Course, cast.course)
        course.rating_sum, course.rating_count = 6, 2
        await uow.session.flush()
        uow.session.add(
            Review(course_id=cast.course, user_id=cast.marc.require_user(), rating=5, comment="Très utile.")
        )
        return made.id


async def _report(container: Container, actor: Actor, course: UUID, **words: Any) -> UUID:
    async with unit_of_work(actor, container) as uow:
        command = ReportContent.model_validate({"reason": ReportReason.MISLEADING} | words)
        return await moderation.report(uow, course, command)


async def _decide(container: Container, actor: Actor, **words: Any) -> None:
    async with unit_of_work(actor, container) as uow:
        await moderation.decide(uow, DecideReports(**words))


async def _mails(container: Container) -> set[tuple[str, str]]:
    async with unit_of_work(SYSTEM, container) as uow:
        rows = (await uow.session.execute(text("SELECT to_address, subject FROM outgoing_emails"))).all()
        await uow.session.execute(text("DELETE FROM outgoing_emails"))
    return {(row.to_address.split("@")[0], row.subject) for row in rows}


async def test_a_hidden_course_is_nowhere_until_it_is_put_back(
    client: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    page = f"{V1}/formations/{cast.course}"
    olga = bearer(container, cast.olga)
    await _report(container, cast.lea, cast.course, note="L'agrément n'existe pas.")
    await _report(container, cast.stranger, cast.course, reason=ReportReason.UNLAWFUL)
    queue = await client.get(f"{V1}/admin/moderation", headers=bearer(container, cast.ada))
    (one,) = queue.json()["data"]
    assert (one["reports"], one["reasons"], one["notes"]) == (
        2,
        ["misleading", "unlawful"],
        ["L'agrément n'existe pas."],
    )
    assert "lea" not in queue.text.lower().replace("misleading", "")
    decision = {"courseId": str(cast.course), "decision": "hide"}
    path = f"{V1}/admin/moderation/decisions"
    unsaid = await client.post(path, json=decision, headers=bearer(container, cast.ada))
    assert (unsaid.status_code, unsaid.json()["field"]) == (422, "answer")
    said = await client.post(path, json=decision | {"answer": "Quel agrément ?"}, headers=bearer(container, cast.ada))
    assert said.status_code == 201
    assert await _mails(container) == {
        ("olga", "Formation masquée : Sûreté aéroportuaire"),
        ("lea", "Suite donnée à votre signalement : Sûreté aéroportuaire"),
        ("stan", "Suite donnée à votre signalement : Sûreté aéroportuaire"),
    }
    assert (await client.get(page)).status_code == 404
    assert (await client.get(f"{V1}/formations/search", params={"q": "surete"})).json()["data"] == []
    refused = await client.post(f"{page}/publish", headers=olga)
    assert (refused.status_code, refused.json()["code"]) == (409, "course_suspended")
    checks = {one["item"]: one["level"] for one in (await client.get(f"{page}/checks", headers=olga)).json()["data"]}
    assert checks["suspension"] == "fault"
    await _decide(container, cast.ada, course_id=cast.course, decision="keep", answer="Merci.")
    assert (await client.get(page)).status_code == 200
    assert await _mails(container) == {("olga", "Formation en ligne : Sûreté aéroportuaire")}
    async with unit_of_work(SYSTEM, container) as uow:
        rows = await uow.sql("SELECT action FROM audit_events WHERE starts_with(action, 'content.') ORDER BY action")
        states = await uow.sql("SELECT DISTINCT state FROM content_reports")
    assert [row["action"] for row in rows] == ["content.decided"] * 2 + ["content.reported"] * 2
    assert states == [{"state": "kept"}]


async def test_a_hidden_review_leaves_the_page_and_the_rating(
    client: httpx.AsyncClient, container: Container, cast: Cast, review: UUID
) -> None:
    page = f"{V1}/formations/{cast.course}"

    async def shown() -> tuple[float | None, int, list[int], list[str]]:
        found = (await client.get(page)).json()["data"]
        return (
            found["rating"],
            found["reviewCount"],
            found["ratingCounts"],
            [one["comment"] for one in found["reviews"]],
        )

    assert await shown() == (3.0, 2, [1, 0, 0, 0, 1], ["Escroc !", "Très utile."])
    await _report(container, cast.olga, cast.course, review_id=review, reason=ReportReason.OFFENSIVE)
    await _decide(container, cast.ada, course_id=cast.course, review_id=review, decision="hide", answer="Injure.")
    assert await shown() == (5.0, 1, [0, 0, 0, 0, 1], ["Très utile."])
    with pytest.raises(CourseNotFoundError):
        await _report(container, cast.stranger, cast.course, review_id=review)
    await _decide(container, cast.ada, course_id=cast.course, review_id=review, decision="keep")
    assert await shown() == (3.0, 2, [1, 0, 0, 0, 1], ["Escroc !", "Très utile."])


async def test_one_open_report_a_person_and_object_and_no_flood(
    container: Container, cast: Cast, review: UUID, clock: MovableClock
) -> None:
    await _report(container, cast.lea, cast.course)
    with pytest.raises(AlreadyReportedError):
        await _report(container, cast.lea, cast.course)
    await _report(container, cast.lea, cast.course, review_id=review)
    await _decide(container, cast.ada, course_id=cast.course, decision="keep")
    await _report(container, cast.lea, cast.course)
    for _ in range(6):
        with pytest.raises(AlreadyReportedError):
            await _report(container, cast.lea, cast.course)
    with pytest.raises(TooManyRequestsError):
        await _report(container, cast.lea, cast.course)


async def test_only_administrators_see_and_decide(container: Container, cast: Cast) -> None:
    await _report(container, cast.lea, cast.course)
    for actor in (cast.olga, cast.marc, cast.tom, cast.lea):
        async with unit_of_work(actor, container) as uow:
            with pytest.raises(PermissionDeniedError):
                await moderation.decide(uow, DecideReports(course_id=cast.course, decision="keep"))  # pyright: ignore[reportArgumentType]
    async with unit_of_work(cast.olga, container) as uow:
        # The school learns of a report by its mail, and never who made it.
        assert (await uow.session.execute(text("SELECT count(*) FROM content_reports"))).scalar_one() == 0


async def test_from_the_course_page_to_the_queue(
    container: Container,
    cast: Cast,
    open_as: Open[Any],  # noqa: F811
) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        slug = (await uow.session.get_one(Course, cast.course)).slug
    page = await open_as(ReportState, f"/fr/formations/{slug}", cast.lea)
    ReportState.begin.fn(page, "")
    assert await ReportState.send.fn(page, {"report_reason": ""}) is None
    assert page.error == "Choisissez un motif."
    await ReportState.send.fn(page, {"report_reason": "unsafe", "report_note": "Un mot de trop."})
    queue = await open_as(ModerationState, "/fr/admin/moderation", cast.ada)
    await ModerationState.load.fn(queue)
    (row,) = queue.rows
    assert (row.kind, row.count, row.notes, row.tone) == ("Formation", "Un signalement", ["Un mot de trop."], "warn")
    ModerationState.begin.fn(queue, row.key)
    assert await ModerationState.decide.fn(queue, {"decision": "hide", "answer": ""}) is None
    assert queue.error
    await ModerationState.decide.fn(queue, {"decision": "reply", "answer": "Que voulez-vous dire ?"})
    assert len(queue.rows) == 1
    assert await _mails(container) == {("olga", "Une question sur votre formation : Sûreté aéroportuaire")}
    await ModerationState.decide.fn(queue, {"decision": "hide", "answer": "Trop précis."})
    assert queue.rows == []
    await ModerationState.choose.fn(queue, "hidden")
    assert [(row.status, row.href, row.answer) for row in queue.rows] == [("Masqué", "", "Trop précis.")]
