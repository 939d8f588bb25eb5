"""The half-days of a session, from its local times: what people sign for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

NOON: Final = time(13)
"""Where a day is cut in two, wherever lunch is."""
_SHORTEST = timedelta(hours=1)
_LONGEST = timedelta(hours=6)
_MOST: Final = 400
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class HalfDay:
    """One half of one day, UTC; `part` is 1 or 2, `day` the local day it begins on."""

    day: date
    part: int
    starts_at: datetime
    ends_at: datetime
    word: str
    """`morning`, `afternoon` or `evening`, as people there would call it."""

    @property
    def key(self) -> tuple[date, int]:
        """What tells it from the session's others."""
        return self.day, self.part


def half_days(starts_at: datetime, ends_at: datetime, time_zone: str) -> tuple[HalfDay, ...]:
    """Return the half-days of a session, in order.

    A session of several days is held each day from its first day's hour to its last day's hour, by the clock there:
    a change to summer time moves nothing. Weekends between count only when it begins or ends on one. A day that has an
    hour or more on both sides of 13:00 has two halves; so has any of more than six hours.
    """
    zone = ZoneInfo(time_zone)
    found: list[HalfDay] = []
    for day, start, end in _days(starts_at.astimezone(zone), ends_at.astimezone(zone), zone):
        cut = _cut(datetime.combine(day, NOON, zone).astimezone(UTC), start, end)
        halves = [(start, end)] if cut is None else [(start, cut), (cut, end)]
        found += [
            HalfDay(day, part, first, last, _word(first, last, zone)) for part, (first, last) in enumerate(halves, 1)
        ]
    return tuple(found[:_MOST])


def _days(start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[tuple[date, datetime, datetime]]:
    # Without the zone: hours are compared as a clock on the wall shows them.
    overnight = end.time() <= start.time()
    first, last = start.date(), max(start.date(), end.date() - timedelta(days=overnight))
    weekends = any(day.weekday() >= _SATURDAY for day in (first, last))
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if day.weekday() >= _SATURDAY and not weekends:
            continue
        begins = start if day == first else datetime.combine(day, start.time(), zone)
        ends = end if day == last else datetime.combine(day + timedelta(days=overnight), end.time(), zone)
        begins, ends = begins.astimezone(UTC), ends.astimezone(UTC)
        if begins < ends:
            yield day, begins, ends


def _cut(noon: datetime, start: datetime, end: datetime) -> datetime | None:
    if start + _SHORTEST <= noon <= end - _SHORTEST:
        return noon
    return start + (end - start) / 2 if end - start > _LONGEST else None


def _word(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    middle = (start + (end - start) / 2).astimezone(zone).time()
    if time(5) <= middle < NOON:
        return "morning"
    return "afternoon" if NOON <= middle < time(18) else "evening"
