"""A clock that tests move."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_FRANCE = ZoneInfo("Europe/Paris")


def day_in_france(moment: datetime) -> date:
    """Return the day by which accounts are kept and validity is counted: for an hour or two, not the day in UTC."""
    return moment.astimezone(_FRANCE).date()


class MovableClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime | None = None) -> None:
        """Start at a given moment, or at the present one."""
        self._now = now or datetime.now(UTC)

    def now(self) -> datetime:
        """Return the moment it stands at."""
        return self._now

    def move(self, **by: float) -> None:
        """Move by `days=`, `hours=`, `minutes=`, `seconds=`."""
        self._now += timedelta(**by)

    def set(self, now: datetime) -> None:
        """Move to a moment."""
        self._now = now
