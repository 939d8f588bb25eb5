"""Sessions and enrolments as people read them, in the page's language."""

from datetime import datetime
from zoneinfo import ZoneInfo

from pygmalion_app.core.i18n import format_day, format_days, format_time
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.i18n import Lang

_TONES: dict[str, Tone] = {
    "PENDING": "info",
    "CONFIRMED": "ok",
    "IN_PROGRESS": "warn",
    "COMPLETED": "ok",
    "CANCELLED": "idle",
}
_ORDER_TONES: dict[str, Tone] = {"PENDING": "warn", "CONFIRMED": "ok", "EXPIRED": "idle", "CANCELLED": "idle"}


def title_of(lang: Lang, french: str, english: str) -> str:
    """Return a course's title in the page's language."""
    return english if lang.code == "en" and english else french


def days_of(lang: Lang, starts_at: datetime, ends_at: datetime, time_zone: str) -> str:
    """Return a session's days; one day with its weekday: `mardi 12 janvier 2027`."""
    zone = ZoneInfo(time_zone)
    if starts_at.astimezone(zone).date() == ends_at.astimezone(zone).date():
        return format_day(lang.code, starts_at, time_zone, "EEEE d MMMM y")
    return format_days(lang.code, starts_at, ends_at, time_zone)


def hours_of(lang: Lang, starts_at: datetime, ends_at: datetime, time_zone: str) -> str:
    """Return a session's hours in its own zone, the zone named: people travel to it, or connect from elsewhere."""
    return lang(
        "session-hours",
        start=format_time(lang.code, starts_at, time_zone),
        end=format_time(lang.code, ends_at, time_zone),
        city=time_zone.rsplit("/", maxsplit=1)[-1].replace("_", " "),
    )


def place_of(lang: Lang, location: str, address: str = "") -> str:
    """Return where a session is held."""
    return " · ".join(part for part in (location, address) if part) or lang("place-remote")


def days_until(moment: datetime, now: datetime, time_zone: str) -> int:
    """Return how many calendar days lie before a moment, as counted where it happens."""
    zone = ZoneInfo(time_zone)
    return (moment.astimezone(zone).date() - now.astimezone(zone).date()).days


def seat_status(
    lang: Lang, status: str, *, present: bool | None = None, passed: bool | None = None
) -> tuple[str, Tone]:
    """Return an enrolment's state in words, and its lamp's tone."""
    if status == "IN_PROGRESS" and present is False:
        return lang("seat-absent"), "idle"
    if status == "IN_PROGRESS" and passed is False:
        return lang("seat-failed"), "warn"
    return lang(f"seat-{status.lower().replace('_', '-')}"), _TONES.get(status, "idle")


def order_status(lang: Lang, status: str) -> tuple[str, Tone]:
    """Return an order's state in words, and its lamp's tone."""
    return lang(f"order-{status.lower()}"), _ORDER_TONES.get(status, "idle")


def per_cent(lang: Lang) -> str:
    """Return the sign as it follows a number: after a space in French."""
    return "\u00a0%" if lang.code == "fr" else "%"
