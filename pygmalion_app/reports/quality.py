"""The report `quality`: what a training organisation must know of itself for Qualiopi, and what is missing for it.

Figures are of the sessions that ended in the period, in the days of Paris. A share has no value where there is nothing
to divide by: an organisation that nobody answered has no satisfaction of 0 %.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, LiteralString
from uuid import UUID

from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.schemas import View
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.ledger.finance import BOOKS_ZONE, span
from pygmalion_app.organizations.models import OrganizationKind
from pygmalion_app.reports import policy

_FIGURES: LiteralString = """
SELECT c.id, c.title, coalesce(nullif(c.title_en, ''), c.title) AS title_en, c.slug,
  count(DISTINCT s.id) AS sessions, count(e.id) AS learners,
  count(e.id) FILTER (WHERE e.present IS NOT NULL) AS judged, count(e.id) FILTER (WHERE e.present) AS present,
  count(e.id) FILTER (WHERE e.present AND e.passed) AS passed,
  count(e.id) FILTER (WHERE NOT e.present) AS absent,
  coalesce(sum(c.duration_minutes) FILTER (WHERE e.present), 0) AS minutes,
  count(h.id) AS hot_sent, count(h.answered_at) AS hot_answered, coalesce(sum(h.overall), 0) AS hot_sum,
  count(*) FILTER (WHERE h.overall >= 4) AS hot_satisfied,
  count(k.id) AS cold_sent, count(k.answered_at) AS cold_answered, coalesce(sum(k.overall), 0) AS cold_sum,
  count(*) FILTER (WHERE k.overall >= 4) AS cold_satisfied,
  count(*) FILTER (WHERE h.recommend >= 9) AS promoters, count(*) FILTER (WHERE h.recommend <= 6) AS detractors
FROM sessions s JOIN courses c ON c.id = s.course_id
LEFT JOIN enrollments e ON e.session_id = s.id AND e.status IN ('CONFIRMED', 'IN_PROGRESS', 'COMPLETED')
LEFT JOIN surveys h ON h.enrollment_id = e.id AND h.kind = 'hot'
LEFT JOIN surveys k ON k.enrollment_id = e.id AND k.kind = 'cold'
WHERE s.organization_id = %(organization)s AND s.status <> 'cancelled' AND s.ends_at >= %(since)s
  AND s.ends_at < %(until)s AND s.ends_at <= %(now)s
GROUP BY c.id ORDER BY learners DESC, c.title
"""
_GAVE_UP: LiteralString = """
SELECT count(*) AS rows FROM enrollments e JOIN sessions s ON s.id = e.session_id
WHERE s.organization_id = %(organization)s AND s.status <> 'cancelled' AND e.status = 'CANCELLED'
  AND e.confirmed_at IS NOT NULL AND e.cancelled_at >= s.starts_at AND s.ends_at >= %(since)s
  AND s.ends_at < %(until)s AND s.ends_at <= %(now)s
"""
_UNJUDGED: LiteralString = """
SELECT s.id, c.title, coalesce(nullif(c.title_en, ''), c.title) AS title_en, s.starts_at, s.time_zone,
  count(*) AS people
FROM sessions s JOIN courses c ON c.id = s.course_id JOIN enrollments e ON e.session_id = s.id
WHERE s.organization_id = %(organization)s AND s.status <> 'cancelled' AND s.ends_at >= %(since)s
  AND s.ends_at < %(until)s AND s.ends_at <= %(now)s AND e.status = 'CONFIRMED'
GROUP BY s.id, c.id ORDER BY s.starts_at LIMIT 20
"""
_COURSES: LiteralString = """
SELECT id, slug, title, coalesce(nullif(title_en, ''), title) AS title_en FROM courses
WHERE organization_id = %(organization)s AND status = 'published' AND cardinality(objectives) = 0
ORDER BY title LIMIT 20
"""
_COMMENTS: LiteralString = """
SELECT v.kind, v.overall, v.comment, c.title, coalesce(nullif(c.title_en, ''), c.title) AS title_en,
  (v.answered_at AT TIME ZONE 'Europe/Paris')::date AS day
FROM surveys v JOIN sessions s ON s.id = v.session_id JOIN courses c ON c.id = s.course_id
WHERE v.organization_id = %(organization)s AND v.comment <> '' AND s.ends_at >= %(since)s AND s.ends_at < %(until)s
ORDER BY v.answered_at DESC, v.id LIMIT 10
"""


class Missing(StrEnum):
    """What stands in the way of whole figures, or of an audit."""

    NDA = "nda"
    CERTIFIER = "certifier"
    EXPIRED = "expired"
    """The Qualiopi certificate itself is out of date."""
    UNJUDGED = "unjudged"
    """A session is over and `count` people wait for the trainer's word."""
    OBJECTIVES = "objectives"
    """A published course says no objectives."""


class MissingData(View):
    """One gap, with the session or course to mend it at."""

    kind: Missing
    count: int = 1
    session_id: UUID | None = None
    course_slug: str = ""
    title: str = ""
    title_en: str = ""
    starts_at: datetime | None = None
    time_zone: str = "Europe/Paris"


class Indicators(View):
    """Shares from 0 to 1, means from 1 to 5, None where there is nothing to divide by."""

    sessions: int
    learners: int
    """Confirmed seats of these sessions."""
    minutes: int
    """Followed, over all who were there."""
    judged: int
    """Of the learners, those of whom the trainer has said whether they came."""
    completion_rate: float | None
    """Came, of those judged and those who gave up."""
    success_rate: float | None
    """Passed, of those who came."""
    abandon_rate: float | None
    """Did not come, or gave up once it had begun, of the same."""
    hot_sent: int
    hot_answered: int
    hot_response_rate: float | None
    hot_mean: float | None
    hot_satisfaction_rate: float | None
    """Marked 4 or 5 of 5."""
    cold_sent: int
    cold_answered: int
    cold_response_rate: float | None
    cold_mean: float | None
    cold_satisfaction_rate: float | None
    recommendation: int | None
    """From -100 to 100: who would recommend (9, 10) less who would not (0 to 6), in percent."""


class CourseQuality(Indicators):
    """The same of one course; who gave up is known of the whole only."""

    title: str
    title_en: str
    slug: str


class Comment(View):
    """What a participant wrote; who it was is not said."""

    kind: str
    overall: int
    comment: str
    title: str
    title_en: str
    day: date


class QualityReport(View):
    """A period, both days included."""

    organization_id: UUID
    organization_name: str
    since: date
    until: date
    indicators: Indicators
    courses: tuple[CourseQuality, ...]
    missing: tuple[MissingData, ...]
    comments: tuple[Comment, ...]


async def quality(
    uow: UnitOfWork, organization_id: UUID | None, since: date | None = None, until: date | None = None
) -> QualityReport:
    """Return a training organisation's figures of a period; this year until today without one.

    Raises InvalidInputError, NotFoundError (a company has none), PermissionDeniedError.
    """
    found = policy.chosen(uow.actor, organization_id)
    await uow.require_reach(found)
    today = uow.clock.now().astimezone(BOOKS_ZONE).date()
    first, last = since or today.replace(month=1, day=1), until or today
    start, end = span(first, last)
    facts: dict[str, Any] = {"organization": found, "since": start, "until": end, "now": uow.clock.now()}
    # Answers are nobody's to read one by one; what leaves this function is counted, or without a name.
    async with uow.elevated():
        (school,) = await uow.sql(
            "SELECT name, kind, nda, qualiopi_certifier, qualiopi_valid_until FROM organizations"
            " WHERE id = %(organization)s",
            organization=found,
        )
        if school["kind"] != OrganizationKind.TRAINING:
            raise NotFoundError(organization=str(found))
        rows = await uow.sql(_FIGURES, **facts)
        (gave_up,) = await uow.sql(_GAVE_UP, **facts)
        unjudged = await uow.sql(_UNJUDGED, **facts)
        silent = await uow.sql(_COURSES, organization=found)
        comments = await uow.sql(_COMMENTS, **facts)
    return QualityReport(
        organization_id=found,
        organization_name=school["name"],
        since=first,
        until=last,
        indicators=Indicators(**_indicators(rows, gave_up["rows"])),
        courses=tuple(
            CourseQuality(title=row["title"], title_en=row["title_en"], slug=row["slug"], **_indicators([row], 0))
            for row in rows
        ),
        missing=(*_of_school(school, today), *_of_sessions(unjudged), *_of_courses(silent)),
        comments=tuple(Comment(**row) for row in comments),
    )


def _indicators(rows: list[dict[str, Any]], gave_up: int) -> dict[str, Any]:
    def total(name: str) -> int:
        return int(sum(row[name] for row in rows))

    expected = total("judged") + gave_up
    answers = total("hot_answered")
    return {name: total(name) for name in ("sessions", "learners", "minutes", "judged")} | {
        "completion_rate": _share(total("present"), expected),
        "success_rate": _share(total("passed"), total("present")),
        "abandon_rate": _share(total("absent") + gave_up, expected),
        "recommendation": round(100 * (total("promoters") - total("detractors")) / answers) if answers else None,
        **_asked("hot", total),
        **_asked("cold", total),
    }


def _asked(kind: str, total: Any) -> dict[str, Any]:
    sent, answered = total(f"{kind}_sent"), total(f"{kind}_answered")
    return {
        f"{kind}_sent": sent,
        f"{kind}_answered": answered,
        f"{kind}_response_rate": _share(answered, sent),
        f"{kind}_mean": _share(total(f"{kind}_sum"), answered),
        f"{kind}_satisfaction_rate": _share(total(f"{kind}_satisfied"), answered),
    }


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _of_school(school: dict[str, Any], today: date) -> tuple[MissingData, ...]:
    found: list[MissingData] = []
    if not school["nda"]:
        found.append(MissingData(kind=Missing.NDA))
    if not school["qualiopi_certifier"]:
        found.append(MissingData(kind=Missing.CERTIFIER))
    elif school["qualiopi_valid_until"] is not None and school["qualiopi_valid_until"] < today:
        found.append(MissingData(kind=Missing.EXPIRED))
    return tuple(found)


def _of_sessions(rows: list[dict[str, Any]]) -> tuple[MissingData, ...]:
    return tuple(
        MissingData(
            kind=Missing.UNJUDGED,
            count=row["people"],
            session_id=row["id"],
            title=row["title"],
            title_en=row["title_en"],
            starts_at=row["starts_at"],
            time_zone=row["time_zone"],
        )
        for row in rows
    )


def _of_courses(rows: list[dict[str, Any]]) -> tuple[MissingData, ...]:
    return tuple(
        MissingData(kind=Missing.OBJECTIVES, course_slug=row["slug"], title=row["title"], title_en=row["title_en"])
        for row in rows
    )
