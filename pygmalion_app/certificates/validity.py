"""How long a certificate holds: the course's rule applied to the day the training ended."""

import calendar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pygmalion_app.catalog.models import ValidityAnchor

MONTHS_A_YEAR = 12
SECOND_HALF_STARTS = 7


def last_valid_day(completed_on: date, months: int | None, anchor: str) -> date | None:
    """Return the last day on which the certificate holds, None when it has no end.

    `date` counts to the same day of the month (its last day where that one is missing); `month`, `month_end` and
    `season` run to the end of that month, `semester` to the end of that half-year.
    """
    if months is None or anchor == ValidityAnchor.NONE:
        return None
    reached = _add_months(completed_on, months)
    if anchor in {ValidityAnchor.MONTH, ValidityAnchor.MONTH_END, ValidityAnchor.SEASON}:
        return _month_end(reached)
    if anchor == ValidityAnchor.SEMESTER:
        return _month_end(reached.replace(month=6 if reached.month < SECOND_HALF_STARTS else 12, day=1))
    return reached


def expiry(last_day: date | None, time_zone: str) -> datetime | None:
    """Return the first moment at which the certificate no longer holds: midnight after its last day, where it was."""
    if last_day is None:
        return None
    return datetime.combine(last_day + timedelta(days=1), time.min, ZoneInfo(time_zone))


def _add_months(start: date, months: int) -> date:
    year, month = divmod(start.year * MONTHS_A_YEAR + start.month - 1 + months, MONTHS_A_YEAR)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
