"""Languages: the translation catalogues (Project Fluent) and the formats of dates, numbers and money (Babel)."""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date as _format_date
from babel.dates import format_datetime as _format_datetime
from babel.dates import format_interval, format_skeleton
from babel.numbers import format_currency, format_decimal
from fluent.runtime import FluentBundle, FluentResource

CATALOGUES = Path(__file__).parent.parent / "locales"
LOCALES: Final = ("fr", "en")
DEFAULT_LOCALE: Final = "fr"
REGIONS = {"fr": "fr_FR", "en": "en_GB"}
# From a name at the beginning of a line to the next one, or to a comment.
_NAMED: Final = r"-?[a-zA-Z][a-zA-Z0-9_-]*"
_ENTRY: Final = re.compile(rf"^(?P<name>{_NAMED}) *=.*(?:\n(?!{_NAMED} *=|\#).*)*", re.MULTILINE)
_REFERENCE: Final = re.compile(rf"\{{\s*({_NAMED})")


class MissingMessageError(LookupError):
    """A key stands in no catalogue; tests keep this from reaching a person."""


@cache
def sources(locale: str) -> dict[str, str]:
    """Return a language's messages and terms as they are written, all areas together."""
    found: dict[str, str] = {}
    for path in sorted((CATALOGUES / locale).glob("*.ftl")):
        for entry in _ENTRY.finditer(path.read_text(encoding="utf-8")):
            found.setdefault(entry["name"], entry[0])
    return found


@cache
def _bundle(locale: str) -> FluentBundle:
    """Return what of a language was parsed so far: a second's work for all of it, and a process says little of it."""
    return FluentBundle([REGIONS[locale]], use_isolating=False)


def _parsed(locale: str, key: str) -> FluentBundle:
    """Return the language's messages, this one and those it refers to among them. MissingMessageError."""
    messages = _bundle(locale)
    if not messages.has_message(key):
        known = sources(locale)
        if key not in known or key.startswith("-"):
            raise MissingMessageError(key)
        wanted = {key}
        new = [key]
        while new:
            new = [name for one in new for name in _REFERENCE.findall(known[one]) if name in known]
            new = [name for name in dict.fromkeys(new) if name not in wanted]
            wanted.update(new)
        # At once: another thread must not find a message without what it refers to.
        messages.add_resource(FluentResource("\n".join(known[name] for name in sorted(wanted))))
    return messages


def supported(locale: str | None) -> str:
    """Return the locale if we speak it, else French."""
    return locale if locale in LOCALES else DEFAULT_LOCALE


def translate(locale: str, key: str, /, **arguments: object) -> str:
    """Return the message `key` in a language.

    Raises MissingMessageError for an unknown key and ValueError for a message that cannot be formatted.
    """
    messages = _parsed(supported(locale), key)
    message = messages.get_message(key)
    if message.value is None:
        raise MissingMessageError(key)
    text, errors = messages.format_pattern(message.value, arguments)  # pyright: ignore[reportArgumentType]
    if errors:
        detail = f"{key}: {errors}"
        raise ValueError(detail)
    return str(text)


def format_money(locale: str, cents: int, currency: str = "EUR") -> str:
    """Return an amount as people write it, without empty cents: `950 €`, `€1,234.50`."""
    whole = cents % 100 == 0
    pattern = {"fr": "#,##0\xa0¤", "en": "¤#,##0"} if whole else {"fr": "#,##0.00\xa0¤", "en": "¤#,##0.00"}
    language = supported(locale)
    return format_currency(cents / 100, currency, pattern[language], locale=REGIONS[language], currency_digits=False)


def format_number(locale: str, value: float | Decimal, *, exact: bool = False) -> str:
    """Return a number with the language's separators; with three decimals at most unless it is to be `exact`."""
    return format_decimal(value, locale=REGIONS[supported(locale)], decimal_quantization=not exact)


def format_percent(locale: str, value: float | Decimal) -> str:
    """Return a number of per cent, 87.5 for `87,5 %`: French puts a space before the sign, English none."""
    space = "\u00a0" if supported(locale) == "fr" else ""
    return f"{format_number(locale, value)}{space}%"


def format_day(locale: str, moment: datetime | date, time_zone: str = "Europe/Paris", pattern: str = "long") -> str:
    """Return the day of a moment in a zone: `21 novembre 2026`."""
    local = moment.astimezone(ZoneInfo(time_zone)) if isinstance(moment, datetime) else moment
    return _format_date(local, pattern, locale=REGIONS[supported(locale)])


def format_time(locale: str, moment: datetime, time_zone: str) -> str:
    """Return a time of day in a zone: `09:30`."""
    return format_skeleton("Hm", moment, tzinfo=ZoneInfo(time_zone), locale=REGIONS[supported(locale)])


def format_moment(locale: str, moment: datetime, time_zone: str = "Europe/Paris") -> str:
    """Return day and time in a zone: `21 nov. 2026, 09:30`."""
    return _format_datetime(
        moment,
        "d MMM y, HH:mm",
        tzinfo=ZoneInfo(time_zone),
        locale=REGIONS[supported(locale)],
    )


def format_days(locale: str, start: datetime, end: datetime, time_zone: str) -> str:
    """Return the days from start to end in a zone, in short: `15–19 sept. 2026`."""
    zone = ZoneInfo(time_zone)
    first, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    if first == last:
        return _format_date(first, "d MMM y", locale=REGIONS[supported(locale)])
    return format_interval(first, last, "yMMMd", locale=REGIONS[supported(locale)])


def format_duration(locale: str, minutes: int) -> str:
    """Return a duration: `3 h 30`, `45 min`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}\xa0min"
    if not rest:
        return f"{hours}\xa0h"
    return f"{hours}\xa0h\xa0{rest:02d}" if supported(locale) == "fr" else f"{hours}\xa0h\xa0{rest:02d}\xa0min"
