"""Reports of courses and reviews: made by anybody signed in, decided by the platform's administrators.

A course that is hidden is a draft again, which its school cannot publish until an administrator puts it back; seats
that were booked stay booked. A review that is hidden leaves the course's rating too.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, LiteralString
from uuid import UUID

from psycopg.errors import UniqueViolation
from pydantic import Field
from sqlalchemy.exc import IntegrityError

from pygmalion_app.catalog.errors import AlreadyReportedError, CourseNotFoundError, NothingReportedError
from pygmalion_app.catalog.models import Course, CourseStatus, Review
from pygmalion_app.catalog.moderation_models import ContentReport, ReportReason, ReportState
from pygmalion_app.core import audit
from pygmalion_app.core.errors import InvalidInputError
from pygmalion_app.core.limits import Limit, hit
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.schemas import Command, View
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.facts import both
from pygmalion_app.notifications.telling import Link, notify
from pygmalion_app.organizations.queries import school_admins

_REVIEWED: LiteralString = """
SELECT id FROM reviews WHERE id = %(review)s AND course_id = %(course)s AND hidden_at IS NULL
"""
_QUEUE: LiteralString = """
SELECT r.course_id, r.review_id, c.slug, c.title, coalesce(nullif(c.title_en, ''), c.title) AS title_en,
  o.name AS organization, coalesce(v.comment, '') AS comment, v.rating, %(state)s AS state,
  array_agg(DISTINCT r.reason) AS reasons, count(*) AS reports, min(r.created_at) AS first_at,
  max(r.created_at) AS last_at, max(r.decided_at) AS decided_at, max(r.answer) AS answer,
  (array_agg(r.note ORDER BY r.created_at DESC) FILTER (WHERE r.note <> ''))[1:5] AS notes,
  (r.review_id IS NULL AND c.suspended_at IS NOT NULL) OR v.hidden_at IS NOT NULL AS hidden,
  count(*) OVER () AS total
FROM content_reports r JOIN courses c ON c.id = r.course_id JOIN organizations o ON o.id = c.organization_id
LEFT JOIN reviews v ON v.id = r.review_id
WHERE r.state = %(state)s
GROUP BY r.course_id, r.review_id, c.id, o.id, v.id
ORDER BY count(*) DESC, min(r.created_at) LIMIT %(limit)s OFFSET %(offset)s
"""
_OF: LiteralString = "course_id = %(course)s AND review_id IS NOT DISTINCT FROM %(review)s"
_REPORTERS: LiteralString = f"SELECT reporter_id FROM content_reports WHERE {_OF} AND state = 'open'"  # noqa: S608
_CLOSE: LiteralString = f"""
UPDATE content_reports SET state = %(state)s, decided_by = %(by)s, decided_at = %(now)s, answer = %(answer)s
WHERE {_OF} AND state = ANY (%(states)s)
"""  # noqa: S608 - constants
Words = Annotated[str, Field(max_length=2_000)]


class Decision(StrEnum):
    """What an administrator does; a reply asks the school something and leaves the reports open."""

    KEEP = "keep"
    HIDE = "hide"
    REPLY = "reply"


class ReportContent(Command):
    """What is wrong with a course, or with a review of it."""

    review_id: UUID | None = None
    reason: ReportReason
    note: Words = ""


class DecideReports(Command):
    """A decision on all reports of one course, or of one review; the school reads the `answer`."""

    course_id: UUID
    review_id: UUID | None = None
    decision: Decision
    answer: Words = ""


class ReportedContent(View):
    """One course or review with its reports in one state; `hidden` is how it stands now."""

    course_id: UUID
    review_id: UUID | None
    slug: str
    title: str
    title_en: str
    organization: str
    comment: str
    """The review's words."""
    rating: int | None
    state: str
    reasons: tuple[str, ...]
    reports: int
    notes: tuple[str, ...]
    """What the last five of those who reported it wrote, without who they are."""
    first_at: datetime
    last_at: datetime
    decided_at: datetime | None
    answer: str
    hidden: bool


async def report(uow: UnitOfWork, course_id: UUID, command: ReportContent) -> UUID:
    """Report a published course, or a review of it.

    Raises CourseNotFoundError, AlreadyReportedError while one's earlier report waits, TooManyRequestsError.
    """
    user_id = uow.actor.require_user()
    await hit(Limit.REPORT, user_id)
    course = await uow.session.get(Course, course_id)
    if course is None or course.status != CourseStatus.PUBLISHED:
        raise CourseNotFoundError
    if command.review_id is not None:
        async with uow.elevated():
            known = await uow.sql(_REVIEWED, review=command.review_id, course=course_id)
        if not known:
            raise CourseNotFoundError
    made = ContentReport(
        course_id=course_id,
        review_id=command.review_id,
        reporter_id=user_id,
        reason=command.reason,
        note=command.note,
        created_at=uow.clock.now(),
    )
    uow.session.add(made)
    try:
        await uow.session.flush()
    except IntegrityError as error:
        if isinstance(error.orig, UniqueViolation):
            raise AlreadyReportedError from error
        raise
    facts = {"reason": command.reason.value, "review": command.review_id is not None}
    await audit.record(uow, "content.reported", subject_id=made.id, organization_id=course.organization_id, facts=facts)
    return made.id


async def queue(uow: UnitOfWork, state: ReportState, paging: PageRequest) -> Page[ReportedContent]:
    """Return what was reported, the most often first. PermissionDeniedError to all but administrators."""
    uow.actor.require_platform_admin()
    rows = await uow.sql(_QUEUE, state=state.value, limit=paging.limit, offset=paging.offset)
    total = rows[0]["total"] if rows else 0
    return Page(tuple(_reported(row) for row in rows), total, paging)


async def decide(uow: UnitOfWork, command: DecideReports) -> None:
    """Keep or hide what was reported, or write to its school; the school and whoever reported it are told.

    What was hidden is put back by `keep`. Raises NothingReportedError, InvalidInputError without an answer to hide by
    or to send, PermissionDeniedError to all but administrators.
    """
    uow.actor.require_platform_admin()
    if command.decision is not Decision.KEEP and not command.answer:
        raise InvalidInputError(field="answer")
    of = {"course": command.course_id, "review": command.review_id}
    async with uow.elevated():
        course = await uow.session.get(Course, command.course_id, with_for_update=True, populate_existing=True)
        review = await _review(uow, command)
        reporters = [row["reporter_id"] for row in await uow.sql(_REPORTERS, **of)]
        hidden = (course is not None and course.suspended_at is not None) if review is None else bool(review.hidden_at)
        if course is None or not (reporters or hidden):
            raise NothingReportedError
        if command.decision is not Decision.REPLY:
            await _close(uow, command, of)
            await _show(uow, course, review, shown=command.decision is Decision.KEEP)
        await _tell(uow, course, command, reporters, was_hidden=hidden)
    subject = command.review_id or course.id
    facts = {"decision": command.decision.value, "review": command.review_id is not None, "reports": len(reporters)}
    await audit.record(uow, "content.decided", subject_id=subject, organization_id=course.organization_id, facts=facts)


async def _review(uow: UnitOfWork, command: DecideReports) -> Review | None:
    if command.review_id is None:
        return None
    review = await uow.session.get(Review, command.review_id, with_for_update=True, populate_existing=True)
    if review is None or review.course_id != command.course_id:
        raise NothingReportedError
    return review


async def _close(uow: UnitOfWork, command: DecideReports, of: dict[str, Any]) -> None:
    kept = command.decision is Decision.KEEP
    await uow.sql(
        _CLOSE,
        **of,
        state=(ReportState.KEPT if kept else ReportState.HIDDEN).value,
        states=["open", "hidden"] if kept else ["open"],
        by=uow.actor.require_user(),
        now=uow.clock.now(),
        answer=command.answer,
    )


async def _show(uow: UnitOfWork, course: Course, review: Review | None, *, shown: bool) -> None:
    """Hide what was reported or put it back; nothing happens to what stands so already."""
    now = uow.clock.now()
    if review is not None:
        if shown is (review.hidden_at is None):
            return
        review.hidden_at = None if shown else now
        step = 1 if shown else -1
        course.rating_sum += step * review.rating
        course.rating_count += step
    elif shown and course.suspended_at is not None:
        course.status, course.suspended_at = CourseStatus.PUBLISHED, None
    elif not shown and course.status == CourseStatus.PUBLISHED:
        course.status, course.suspended_at = CourseStatus.DRAFT, now
    await uow.session.flush()


async def _tell(
    uow: UnitOfWork, course: Course, command: DecideReports, reporters: list[UUID], *, was_hidden: bool
) -> None:
    facts = {"course": both(course.title, course.title_en), "answer": command.answer}
    subject = "course" if command.review_id is None else "review"
    word = {Decision.HIDE: "hidden", Decision.REPLY: "asked", Decision.KEEP: "back"}[command.decision]
    # That something stays as it was concerns the school only where it is told why.
    if command.decision is not Decision.KEEP or was_hidden or command.answer:
        for admin in await school_admins(uow, course.organization_id):
            await notify(uow, admin.id, f"{subject}-{word}", facts, Link("teach-courses"))
    if command.decision is Decision.REPLY:
        return
    outcome = "report-followed" if command.decision is Decision.HIDE else "report-declined"
    for reporter in sorted(reporters):
        await notify(uow, reporter, outcome, {"course": facts["course"]}, Link("catalog"))


def _reported(row: dict[str, Any]) -> ReportedContent:
    row.pop("total")
    row["notes"], row["reasons"] = tuple(row["notes"] or ()), tuple(row["reasons"])
    return ReportedContent(**row)
