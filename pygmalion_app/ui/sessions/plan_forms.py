"""What a training organisation types about a session, read into a command."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from pygmalion_app.core.errors import InvalidInputError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.sessions.commands import CreateSession
from pygmalion_app.ui.forms import text_of

_MOST_DIGITS = 6


def read_session(form: Mapping[str, Any]) -> CreateSession:
    """Return the session that a form describes; its times are local to the session's own zone."""
    first = _day(form, "first_day")
    last = _day(form, "last_day") if text_of(form, "last_day") else first
    price, days = text_of(form, "own_price"), text_of(form, "changes_days")
    return CreateSession(
        start_date=datetime.combine(first, _time(form, "from_time")),
        end_date=datetime.combine(last, _time(form, "to_time")),
        time_zone="Europe/Paris",
        location=text_of(form, "location"),
        address=text_of(form, "address"),
        max_places=read_whole(form, "max_places"),
        price_cents=read_cents(price, "own_price") if price else None,
        trainer_id=parse_id(text_of(form, "trainer")),
        changes_until_days=read_whole(form, "changes_days") if days else None,
    )


def read_cents(text: str, field: str) -> int:
    """Return an amount typed in euros, comma or point, as cents; InvalidInputError when it is none."""
    plain = text.replace("\u202f", "").replace("\xa0", "").replace(" ", "").replace(",", ".").removesuffix("€")
    try:
        cents = Decimal(plain or "0") * 100
    except InvalidOperation:
        raise InvalidInputError(field=field) from None
    if not cents.is_finite() or cents != cents.to_integral_value() or not 0 <= cents <= 10_000_000:  # noqa: PLR2004 - the service's own bound
        raise InvalidInputError(field=field)
    return int(cents)


def read_whole(form: Mapping[str, Any], name: str) -> int:
    """Return a whole number, nought where nothing was typed; InvalidInputError when it is none."""
    text = text_of(form, name) or "0"
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise InvalidInputError(field=name)
    return int(text)


def _day(form: Mapping[str, Any], name: str) -> date:
    try:
        return date.fromisoformat(text_of(form, name))
    except ValueError:
        raise InvalidInputError(field=name) from None


def _time(form: Mapping[str, Any], name: str) -> time:
    try:
        return time.fromisoformat(text_of(form, name)).replace(tzinfo=None)
    except ValueError:
        raise InvalidInputError(field=name) from None
