"""A month of a training organisation's sessions, and its trainers' days in it."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.reports.school import facts_of, school_and_name, sessions_between
from pygmalion_app.reports.school_schemas import CalendarSession, SchoolMonth
from pygmalion_app.reports.school_tasks import conflicts, days_of

_EARLIEST: Final = date(2000, 1, 1)
_LATEST: Final = date(2100, 1, 1)
_MARGIN: Final = timedelta(days=1)
"""Around the month: midnight is at another time at La Réunion."""


async def month(uow: UnitOfWork, day: date, organization_id: UUID | None = None) -> SchoolMonth:
    """Return the month that a day lies in, each session with its local days.

    A trainer sees their own sessions. Raises NotFoundError, PermissionDeniedError.
    """
    school, trainer, name = await school_and_name(uow, organization_id)
    first = min(max(day, _EARLIEST), _LATEST).replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    start, end = (datetime(one.year, one.month, one.day, tzinfo=ZoneInfo("UTC")) for one in (first, last))
    rows = await sessions_between(uow, school, trainer, start - _MARGIN, end + 2 * _MARGIN)
    clashing = conflicts(rows)
    found: list[CalendarSession] = []
    for row in rows:
        days = tuple(dict.fromkeys(half.day for half in days_of(row) if first <= half.day <= last))
        if days:
            found.append(CalendarSession(**facts_of(row, clashing), days=days))
    return SchoolMonth(
        organization_id=school,
        organization_name=name,
        administers=trainer is None,
        first=first,
        last=last,
        sessions=tuple(found),
    )
