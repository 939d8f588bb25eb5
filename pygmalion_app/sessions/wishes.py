"""Asking a school for a session of a course: who wants one, what the school sees of it, and telling them of a new one.

A school sees how many people ask for how many seats from when on, never who.
"""

from datetime import date
from typing import Annotated, Final, LiteralString
from uuid import UUID

from pydantic import Field

from pygmalion_app.catalog.errors import CourseNotFoundError
from pygmalion_app.catalog.models import Course, CourseStatus
from pygmalion_app.core.errors import InvalidInputError
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.limits import Limit, hit
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.schemas import Command, View
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.facts import both, days
from pygmalion_app.notifications.telling import Link, notify
from pygmalion_app.organizations.queries import school_admins

TELL_TASK: Final = "sessions.tell_wishers"
MOST_SEATS: Final = 50
AT_ONCE: Final = 200
"""So many are told in one transaction."""
_FARTHEST_MONTHS: Final = 24
_SAID_AT: Final = (1, 5, 10, 25, 50, 100)
"""A school is told when so many seats are asked for, not of each."""
# Read back by the caller, so the row's own time is the database's: a session is new when it came after the wish.
_WISH: LiteralString = """
WITH before AS (SELECT coalesce(sum(seats), 0) AS seats FROM session_wishes
                WHERE course_id = %(course)s AND closed_at IS NULL),
made AS (
  INSERT INTO session_wishes (id, user_id, course_id, seats, from_month)
  VALUES (%(id)s, %(user)s, %(course)s, %(seats)s, %(month)s)
  ON CONFLICT (course_id, user_id) WHERE closed_at IS NULL
  DO UPDATE SET seats = excluded.seats, from_month = excluded.from_month
  RETURNING id
)
SELECT before.seats AS before,
  (SELECT coalesce(sum(seats), 0) FROM session_wishes
   WHERE course_id = %(course)s AND closed_at IS NULL AND user_id <> %(user)s) + %(seats)s AS after
FROM before, made
"""
_MINE: LiteralString = """
SELECT seats, from_month FROM session_wishes
WHERE course_id = %(course)s AND user_id = %(user)s AND closed_at IS NULL
"""
_TAKE_BACK: LiteralString = """
UPDATE session_wishes SET closed_at = %(now)s
WHERE course_id = %(course)s AND user_id = %(user)s AND closed_at IS NULL
"""
_DEMAND: LiteralString = """
SELECT c.id AS course_id, c.slug, c.title, coalesce(nullif(c.title_en, ''), c.title) AS title_en,
  greatest(w.from_month, date_trunc('month', %(today)s::date)::date) AS month,
  count(*) AS people, sum(w.seats) AS seats
FROM session_wishes w JOIN courses c ON c.id = w.course_id
WHERE c.organization_id = %(organization)s AND w.closed_at IS NULL
GROUP BY c.id, month ORDER BY sum(sum(w.seats)) OVER (PARTITION BY c.id) DESC, c.title, month
"""
_ANSWERED: LiteralString = """
SELECT w.id, w.user_id, s.id AS session_id, s.starts_at, s.ends_at, s.time_zone, s.location, c.slug, c.title, c.title_en
FROM session_wishes w JOIN courses c ON c.id = w.course_id AND c.status = 'published'
JOIN LATERAL (
  SELECT * FROM sessions s
  WHERE s.course_id = w.course_id AND s.status = 'scheduled' AND s.starts_at > %(now)s AND s.created_at > w.created_at
    AND s.seats_taken < s.capacity
    AND (w.from_month IS NULL OR (s.starts_at AT TIME ZONE s.time_zone)::date >= w.from_month)
  ORDER BY s.starts_at, s.id LIMIT 1
) s ON true
WHERE w.closed_at IS NULL ORDER BY w.id LIMIT %(limit)s FOR UPDATE OF w SKIP LOCKED
"""
_WANTED: LiteralString = """
SELECT 1 AS wanted FROM session_wishes WHERE course_id = %(course)s AND closed_at IS NULL LIMIT 1
"""
_CLOSE: LiteralString = """
UPDATE session_wishes SET closed_at = %(now)s, session_id = %(session)s WHERE id = %(id)s
"""


class WishSession(Command):
    """A wish: seats, and the month from which on (its first day; empty: as soon as possible)."""

    seats: Annotated[int, Field(ge=1, le=MOST_SEATS)] = 1
    from_month: date | None = None


class WishView(View):
    """The caller's open wish."""

    seats: int
    from_month: date | None


class Demand(View):
    """What people ask of a course from a month on; a month that is past counts as this one."""

    course_id: UUID
    slug: str
    title: str
    title_en: str
    month: date
    people: int
    seats: int


async def wish(uow: UnitOfWork, course_id: UUID, command: WishSession) -> WishView:
    """Ask for a session; asking again changes the wish.

    Several seats are for those who book for a company. CourseNotFoundError for a course that is not published,
    InvalidInputError for a month that is past or far, or seats that the caller cannot fill.
    """
    user_id = uow.actor.require_user()
    if command.seats > 1 and not uow.actor.organizations_with(Permission.ENROLLMENT_CREATE):
        raise InvalidInputError(field="seats")
    month = _month(command.from_month, uow.clock.now().date())
    await hit(Limit.ORDER, user_id)
    course = await uow.session.get(Course, course_id)
    if course is None or course.status != CourseStatus.PUBLISHED:
        raise CourseNotFoundError
    async with uow.elevated():
        (row,) = await uow.sql(_WISH, id=new_id(), user=user_id, course=course_id, seats=command.seats, month=month)
        if any(row["before"] < mark <= row["after"] for mark in _SAID_AT):
            await _tell_school(uow, course, row["after"])
    return WishView(seats=command.seats, from_month=month)


async def take_back(uow: UnitOfWork, course_id: UUID) -> None:
    """Take one's wish back; again changes nothing."""
    user_id = uow.actor.require_user()
    async with uow.elevated():
        await uow.sql(_TAKE_BACK, course=course_id, user=user_id, now=uow.clock.now())


async def mine(uow: UnitOfWork, course_id: UUID) -> WishView | None:
    """Return the caller's open wish for a course."""
    rows = await uow.sql(_MINE, course=course_id, user=uow.actor.require_user())
    return WishView(**rows[0]) if rows else None


async def demand(uow: UnitOfWork, organization_id: UUID) -> tuple[Demand, ...]:
    """Return what is asked of a school, its most wanted course first. PermissionDeniedError for who plans nothing."""
    uow.actor.require(Permission.SESSION_CREATE, organization_id)
    async with uow.elevated():
        rows = await uow.sql(_DEMAND, organization=organization_id, today=uow.clock.now().date())
    return tuple(Demand(**row) for row in rows)


async def planned(uow: UnitOfWork, course_id: UUID) -> None:
    """Have those told who wait for a session of a course: one was planned."""
    async with uow.elevated():
        rows = await uow.sql(_WANTED, course=course_id)
    if rows:
        await uow.defer(TELL_TASK)


async def tell(uow: UnitOfWork) -> bool:
    """Tell people of sessions that were planned since they asked; returns whether more may wait.

    Being told and the end of the wish commit together, so nobody is told twice.
    """
    rows = await uow.sql(_ANSWERED, now=uow.clock.now(), limit=AT_ONCE)
    for row in rows:
        await uow.sql(_CLOSE, id=row["id"], session=row["session_id"], now=uow.clock.now())
        facts = {
            "course": both(row["title"], row["title_en"]),
            "dates": days(row["starts_at"], row["ends_at"], row["time_zone"]),
            "place": row["location"],
        }
        await notify(uow, row["user_id"], "session-planned", facts, Link("course", {"slug": row["slug"]}))
    return len(rows) == AT_ONCE


async def _tell_school(uow: UnitOfWork, course: Course, seats: int) -> None:
    facts = {"course": both(course.title, course.title_en), "seats": int(seats)}
    for admin in await school_admins(uow, course.organization_id):
        await notify(uow, admin.id, "session-wished", facts, Link("dashboard"))


def _month(asked: date | None, today: date) -> date | None:
    if asked is None:
        return None
    month = asked.replace(day=1)
    ahead = 12 * (month.year - today.year) + month.month - today.month
    if not 0 <= ahead <= _FARTHEST_MONTHS:
        raise InvalidInputError(field="fromMonth")
    return month
