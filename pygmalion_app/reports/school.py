"""A training organisation's first page: the sessions ahead, what needs doing, what was sold, what people say.

Its administrator sees everything; a trainer sees their own sessions and what there is to do about them.
"""

from datetime import date, datetime, timedelta
from typing import Any, Final, LiteralString
from uuid import UUID

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.ledger.finance import BOOKS_ZONE
from pygmalion_app.reports.financial import financial
from pygmalion_app.reports.school_schemas import (
    CourseRating,
    MonthRevenue,
    Opinion,
    SchoolDashboard,
    SchoolSession,
    ToDo,
)
from pygmalion_app.reports.school_tasks import conflicts, to_do
from pygmalion_app.sessions import wishes

AHEAD: Final = timedelta(days=90)
BEHIND: Final = timedelta(days=60)
_SHOWN: Final = 8
_MONTHS: Final = 12
_MOST: Final = 2_000

_SESSIONS: LiteralString = """
SELECT s.id AS session_id, c.title AS course_title, coalesce(nullif(c.title_en, ''), c.title) AS course_title_en,
  s.trainer_id, coalesce(trim(u.first_name || ' ' || u.last_name), '') AS trainer_name, s.starts_at, s.ends_at,
  s.time_zone, s.location, s.modality, s.capacity, s.min_participants, s.seats_taken, n.to_validate, n.settled,
  (SELECT count(*) FROM waiting_list_entries w WHERE w.session_id = s.id AND w.status IN ('waiting', 'offered'))
    AS waiting,
  (SELECT count(*) FROM attendance_countersignatures a WHERE a.session_id = s.id) AS countersigned
FROM sessions s JOIN courses c ON c.id = s.course_id LEFT JOIN users u ON u.id = s.trainer_id
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE e.status = 'CONFIRMED') AS to_validate,
    count(*) FILTER (WHERE e.status IN ('CONFIRMED', 'IN_PROGRESS', 'COMPLETED')) AS settled
  FROM enrollments e WHERE e.session_id = s.id AND e.status <> 'CANCELLED'
) n
WHERE s.organization_id = %(organization)s AND s.status <> 'cancelled' AND s.hidden_by IS NULL
  AND s.ends_at > %(since)s AND s.starts_at < %(until)s
  AND (%(trainer)s::uuid IS NULL OR s.trainer_id = %(trainer)s)
ORDER BY s.starts_at, s.id LIMIT %(most)s
"""
_RATINGS: LiteralString = """
SELECT slug, title, coalesce(nullif(title_en, ''), title) AS title_en, rating_sum, rating_count AS count
FROM courses WHERE organization_id = %(organization)s AND rating_count > 0 ORDER BY rating_count DESC, title
"""
_OPINIONS: LiteralString = """
SELECT c.title AS course_title, coalesce(nullif(c.title_en, ''), c.title) AS course_title_en, r.rating, r.comment,
  (r.created_at AT TIME ZONE 'Europe/Paris')::date AS on
FROM reviews r JOIN courses c ON c.id = r.course_id
WHERE c.organization_id = %(organization)s AND r.comment <> '' ORDER BY r.created_at DESC, r.id LIMIT 3
"""


async def dashboard(uow: UnitOfWork, organization_id: UUID | None = None) -> SchoolDashboard:
    """Return the first page of a training organisation, the caller's first one unless one is named.

    Raises NotFoundError for one that is not theirs, PermissionDeniedError for who teaches nowhere.
    """
    school, trainer = school_of(uow.actor, organization_id)
    name = await _name(uow, school, trainer)
    now = uow.clock.now()
    rows = await sessions_between(uow, school, trainer, now - BEHIND, now + AHEAD)
    clashing = conflicts(rows)
    views = {row["session_id"]: view_of(row, clashing) for row in rows}
    ahead = [view for view in views.values() if view.ends_at > now]
    whole = trainer is None
    currency, revenue = await _revenue(uow, school) if whole else ("EUR", ())
    rating, count, ratings, opinions = await _ratings(uow, school) if whole else (None, 0, (), ())
    return SchoolDashboard(
        organization_id=school,
        organization_name=name,
        administers=whole,
        sessions_ahead=len(ahead),
        seats_ahead=sum(one.capacity for one in ahead),
        seats_taken_ahead=sum(one.seats_taken for one in ahead),
        sessions_at_risk=sum(one.missing > 0 for one in ahead),
        next_sessions=tuple(ahead[:_SHOWN]),
        to_do=tuple(
            ToDo(task=task, count=number, session=views[row["session_id"]])
            for task, number, row in to_do(rows, clashing, now)
        ),
        currency=currency,
        revenue=revenue,
        rating=rating,
        rating_count=count,
        ratings=ratings,
        opinions=opinions,
        demand=await wishes.demand(uow, school) if whole else (),
    )


def school_of(actor: Actor, organization_id: UUID | None) -> tuple[UUID, UUID | None]:
    """Return the school that is meant, and the trainer whose sessions alone are to be seen (None: all of them).

    Raises NotAuthenticatedError, NotFoundError, PermissionDeniedError.
    """
    user_id = actor.require_user()
    administered = actor.organizations_with(Permission.COURSE_CREATE)
    taught = actor.organizations_with(Permission.ATTENDANCE_MANAGE)
    chosen = organization_id or next(iter((*administered, *taught)), None)
    if chosen is None:
        if actor.is_platform_admin:
            raise NotFoundError
        raise actor.denied(Permission.ATTENDANCE_MANAGE, next(iter(actor.withheld), None))
    if chosen in administered or actor.is_platform_admin:
        return chosen, None
    if chosen in taught:
        return chosen, user_id
    raise NotFoundError(organization=str(chosen))


async def _name(uow: UnitOfWork, school: UUID, trainer: UUID | None) -> str:
    if trainer is None:
        await uow.require_reach(school)
    found = await uow.sql("SELECT name FROM organizations WHERE id = %(id)s AND kind = 'training'", id=school)
    if not found:
        raise NotFoundError(organization=str(school))
    return found[0]["name"]


async def school_and_name(uow: UnitOfWork, organization_id: UUID | None) -> tuple[UUID, UUID | None, str]:
    """Return `school_of` with the school's name, the database asked too. Raises as `school_of`."""
    school, trainer = school_of(uow.actor, organization_id)
    return school, trainer, await _name(uow, school, trainer)


async def sessions_between(
    uow: UnitOfWork, school: UUID, trainer: UUID | None, since: datetime, until: datetime
) -> list[dict[str, Any]]:
    """Return the sessions that lie in a period, in one statement, to a caller who was allowed to see them."""
    # The names of trainers, and of people who wait: the organisation's own, whoever may see them elsewhere.
    async with uow.elevated():
        return await uow.sql(_SESSIONS, organization=school, trainer=trainer, since=since, until=until, most=_MOST)


def view_of(row: dict[str, Any], clashing: set[UUID]) -> SchoolSession:
    """Return a session as shown."""
    return SchoolSession(**facts_of(row, clashing))


def facts_of(row: dict[str, Any], clashing: set[UUID]) -> dict[str, Any]:
    """Return what every view of a session says."""
    said = {name: row[name] for name in SchoolSession.model_fields if name in row}
    missing = max(row["min_participants"] - row["seats_taken"], 0)
    return said | {"missing": missing, "conflict": row["session_id"] in clashing}


async def _revenue(uow: UnitOfWork, school: UUID) -> tuple[str, tuple[MonthRevenue, ...]]:
    today = uow.clock.now().astimezone(BOOKS_ZONE).date()
    months = [_month_before(today, back) for back in reversed(range(_MONTHS))]
    report = await financial(uow, school, months[0], today)
    currency = max(report.totals, key=lambda one: one.revenue_cents or 0).currency if report.totals else "EUR"
    found = {row.key: row for row in report.rows if row.currency == currency}
    return currency, tuple(
        MonthRevenue(
            month=key,
            revenue_cents=(found[key].revenue_cents or 0) if key in found else 0,
            net_cents=(found[key].net_cents or 0) if key in found else 0,
        )
        for key in (month.strftime("%Y-%m") for month in months)
    )


def _month_before(day: date, back: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - back, 12)
    return date(year, month + 1, 1)


async def _ratings(
    uow: UnitOfWork, school: UUID
) -> tuple[float | None, int, tuple[CourseRating, ...], tuple[Opinion, ...]]:
    rows = await uow.sql(_RATINGS, organization=school)
    count = sum(row["count"] for row in rows)
    mean = sum(row["rating_sum"] for row in rows) / count if count else None
    ratings = tuple(CourseRating(rating=row.pop("rating_sum") / row["count"], **row) for row in rows[:6])
    opinions = tuple(Opinion(**row) for row in await uow.sql(_OPINIONS, organization=school))
    return mean, count, ratings, opinions
