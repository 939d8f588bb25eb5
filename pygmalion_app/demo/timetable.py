"""When sessions take place: weekdays, office hours in the session's own zone."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

DAY_MINUTES: Final = 420
"""A day of training, without lunch."""
HALF_DAY_MINUTES: Final = 240
LUNCH_MINUTES: Final = 60
MORNING: Final = time(9, 0)
ACCESS_DAYS: Final = 28
"""How long an e-learning session stays open."""
_HOLIDAYS: Final = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 24), (12, 25), (12, 31)}


def working_day(day: date) -> date:
    """Return the day itself, or the next one on which people train."""
    while day.weekday() > 4 or (day.month, day.day) in _HOLIDAYS:  # noqa: PLR2004 - Saturday and Sunday
        day += timedelta(days=1)
    return day


def previous_working_day(day: date) -> date:
    """Return the last day before on which people train."""
    day -= timedelta(days=1)
    while working_day(day) != day:
        day -= timedelta(days=1)
    return day


def period(first: date, minutes: int, modality: str, zone: str, starts: time = MORNING) -> tuple[datetime, datetime]:
    """Return start and end, UTC, of a course of so many minutes that begins on a working day.

    E-learning stays open for four weeks; the rest fills days of seven hours, weekends left out.
    """
    local = ZoneInfo(zone)
    start = datetime.combine(first, starts, local)
    if modality == "ELEARNING":
        end = datetime.combine(first + timedelta(days=ACCESS_DAYS), time(18), local)
        return start.astimezone(UTC), end.astimezone(UTC)
    days, rest = divmod(minutes - 1, DAY_MINUTES)
    last = first
    for _ in range(days):
        last = working_day(last + timedelta(days=1))
    rest += 1
    lunch = LUNCH_MINUTES if rest > HALF_DAY_MINUTES else 0
    end = datetime.combine(last, starts, local) + timedelta(minutes=rest + lunch)
    return start.astimezone(UTC), end.astimezone(UTC)
