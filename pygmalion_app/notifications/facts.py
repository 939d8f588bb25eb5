"""What a notification says, kept so that either language can say it when it is read.

Facts are JSON: plain texts and whole numbers as they are, and what is written differently in each language as an object
that these functions make. `words_of` turns them into what a message's places take.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeAlias

from pygmalion_app.core.i18n import format_day, format_days, format_moment, format_money, format_time, translate

Fact: TypeAlias = str | int | dict[str, Any]
Facts: TypeAlias = Mapping[str, Fact]


def both(french: str, english: str) -> Fact:
    """Return a text that exists in both languages; an empty English one stands for the French."""
    return {"fr": french, "en": english or french}


def text(key: str) -> Fact:
    """Return a message of the catalogues."""
    return {"text": key}


def day(value: date) -> Fact:
    """Return a day."""
    return {"day": value.isoformat()}


def days(starts_at: datetime, ends_at: datetime, time_zone: str) -> Fact:
    """Return the days from one moment to another where people will be."""
    return {"days": [starts_at.isoformat(), ends_at.isoformat()], "zone": time_zone}


def time(moment: datetime, time_zone: str) -> Fact:
    """Return a time of day in a zone."""
    return {"time": moment.isoformat(), "zone": time_zone}


def moment(value: datetime, time_zone: str) -> Fact:
    """Return a day and a time in a zone."""
    return {"moment": value.isoformat(), "zone": time_zone}


def money(cents: int, currency: str) -> Fact:
    """Return an amount."""
    return {"cents": cents, "currency": currency}


def words_of(locale: str, facts: Facts) -> dict[str, object]:
    """Return the facts as a language writes them."""
    return {name: _word(locale, fact) for name, fact in facts.items()}


def _word(locale: str, fact: Fact) -> object:  # noqa: PLR0911 - one line a form
    match fact:
        case {"fr": french, "en": english}:
            return english if locale == "en" else french
        case {"text": key}:
            return translate(locale, key)
        case {"day": value}:
            return format_day(locale, date.fromisoformat(value))
        case {"days": [start, end], "zone": zone}:
            return format_days(locale, datetime.fromisoformat(start), datetime.fromisoformat(end), zone)
        case {"time": value, "zone": zone}:
            return format_time(locale, datetime.fromisoformat(value), zone)
        case {"moment": value, "zone": zone}:
            return format_moment(locale, datetime.fromisoformat(value), zone)
        case {"cents": cents, "currency": currency}:
            return format_money(locale, cents, currency)
        case _:
            return fact
