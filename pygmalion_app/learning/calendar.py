"""A person's bookings as an iCalendar feed (RFC 5545), at a private address that calendars ask for by themselves.

Each seat keeps its UID; what changes comes under a higher SEQUENCE, what is given up or called off is marked CANCELLED.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final, LiteralString
from uuid import UUID
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from icalendar import Calendar, Event, Timezone, vDuration, vRecur, vUri
from psycopg.types.json import Jsonb

from pygmalion_app.attendance.half_days import HalfDay, half_days
from pygmalion_app.core.addresses import address
from pygmalion_app.core.config import Settings
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.i18n import format_day, format_time, translate
from pygmalion_app.core.ids import new_id, token_hash
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.learning.schemas import CalendarView

PATH: Final = "/calendar/{token}.ics"
_PAST: Final = timedelta(days=365)
_TOKEN_BYTES: Final = 18
_MOST: Final = 500
_MOST_DAYS: Final = 10
_ZONES_SINCE: Final = date(2020, 1, 1)
"""Time zones are described from here on: no entry is older."""

_FEED: LiteralString = "SELECT id, generation, token_hash, renewed_at FROM calendar_feeds WHERE user_id = %(user)s"
_KEEP: LiteralString = """
INSERT INTO calendar_feeds (id, created_at, user_id, generation, token_hash, renewed_at)
VALUES (%(id)s, %(now)s, %(user)s, %(generation)s, %(hash)s, %(now)s)
ON CONFLICT (user_id) DO UPDATE SET generation = excluded.generation, token_hash = excluded.token_hash,
  renewed_at = excluded.renewed_at
"""
_OWNER: LiteralString = """
SELECT u.id, u.locale, u.first_name FROM calendar_feeds f JOIN users u ON u.id = f.user_id
WHERE f.token_hash = %(hash)s
"""
# A seat that was never confirmed, or given up before a calendar heard of it, is not told of.
_SEATS: LiteralString = """
SELECT e.id, e.status, e.order_id, e.buyer_user_id, s.status AS session_status, s.starts_at, s.ends_at, s.time_zone,
  s.location, s.address, s.modality, k.slug, k.title, coalesce(nullif(k.title_en, ''), k.title) AS title_en, k.bring,
  coalesce(nullif(k.bring_en, ''), k.bring) AS bring_en, o.name AS organization, n.digest, n.sequence, n.changed_at
FROM enrollments e JOIN sessions s ON s.id = e.session_id JOIN courses k ON k.id = e.course_id
JOIN organizations o ON o.id = s.organization_id LEFT JOIN calendar_entries n ON n.enrollment_id = e.id
WHERE e.user_id = %(user)s AND s.ends_at > %(since)s AND (%(only)s::uuid IS NULL OR e.id = %(only)s)
  AND (e.status IN ('CONFIRMED', 'IN_PROGRESS', 'COMPLETED') OR n.id IS NOT NULL)
ORDER BY s.starts_at, e.id LIMIT %(most)s
"""
_SEAT_OWNER: LiteralString = """
SELECT u.id, u.locale FROM enrollments e JOIN users u ON u.id = e.user_id WHERE e.id = %(seat)s
"""
_REMEMBER: LiteralString = """
INSERT INTO calendar_entries (id, created_at, user_id, enrollment_id, digest, sequence, changed_at)
SELECT r.id, %(now)s, %(user)s, r.enrollment_id, decode(r.digest, 'hex'), 0, %(now)s
FROM jsonb_to_recordset(%(rows)s) AS r (id uuid, enrollment_id uuid, digest text)
ON CONFLICT (enrollment_id) DO UPDATE SET digest = excluded.digest, changed_at = excluded.changed_at,
  sequence = calendar_entries.sequence + (calendar_entries.digest <> excluded.digest)::int
RETURNING enrollment_id, sequence, changed_at
"""


@dataclass(frozen=True, slots=True)
class _Said:
    """An event's words, without what counts its versions."""

    summary: str
    location: str
    description: str
    url: str
    starts_at: datetime
    ends_at: datetime
    days: int
    off: tuple[datetime, ...]
    """Days in between on which nothing is held."""
    cancelled: bool

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(repr(self).encode()).digest()


async def my_feed(uow: UnitOfWork) -> CalendarView:
    """Return the address of the caller's feed, made when first asked for."""
    user_id = uow.actor.require_user()
    rows = await uow.sql(_FEED, user=user_id)
    if rows:
        token = _token(uow.settings, user_id, rows[0]["generation"])
        if hmac.compare_digest(token_hash(token), rows[0]["token_hash"]):
            return _view(uow, token, rows[0]["renewed_at"])
    return await _keep(uow, user_id, rows[0]["generation"] + 1 if rows else 1)


async def renew(uow: UnitOfWork) -> CalendarView:
    """Give the caller's feed another address; the one before answers nobody any more."""
    user_id = uow.actor.require_user()
    rows = await uow.sql(_FEED + " FOR UPDATE", user=user_id)
    return await _keep(uow, user_id, rows[0]["generation"] + 1 if rows else 1)


async def feed(uow: UnitOfWork, token: str) -> bytes:
    """Return the calendar behind a token, in its owner's language. NotFoundError for an unknown or renewed one."""
    async with uow.elevated():
        owners = await uow.sql(_OWNER, hash=token_hash(token))
        if not owners:
            raise NotFoundError
        calendar, _ = await _read(uow, owners[0]["id"], owners[0]["locale"])
    return calendar.to_ical()


async def entry(uow: UnitOfWork, enrollment_id: UUID) -> bytes | None:
    """Return one seat's entry as a calendar of its own, in its owner's language; None for a seat that has none.

    The caller is the system.
    """
    owners = await uow.sql(_SEAT_OWNER, seat=enrollment_id)
    if not owners:
        return None
    calendar, count = await _read(uow, owners[0]["id"], owners[0]["locale"], enrollment_id)
    return calendar.to_ical() if count else None


async def _read(uow: UnitOfWork, user_id: UUID, locale: str, only: UUID | None = None) -> tuple[Calendar, int]:
    """Return a person's calendar, or one seat of it, and how many entries it has."""
    seats = await uow.sql(_SEATS, user=user_id, since=uow.clock.now() - _PAST, most=_MOST, only=only)
    said = {seat["id"]: _said(uow.settings, locale, seat) for seat in seats}
    versions = await _versions(uow, user_id, seats, said)
    calendar = _calendar(locale)
    for seat in seats:
        calendar.add_component(_event(seat["id"], said[seat["id"]], *versions[seat["id"]]))
    for name in sorted({seat["time_zone"] for seat in seats} & calendar.get_missing_tzids(), reverse=True):
        calendar.subcomponents.insert(0, _zone(name))
    return calendar, len(seats)


@cache
def _zone(name: str) -> Timezone:
    """Return what calendars are told of a time zone: 7 ms of work, the same for everybody."""
    return Timezone.from_tzid(name, first_date=_ZONES_SINCE)


async def _keep(uow: UnitOfWork, user_id: UUID, generation: int) -> CalendarView:
    token, now = _token(uow.settings, user_id, generation), uow.clock.now()
    await uow.sql(_KEEP, id=new_id(), now=now, user=user_id, generation=generation, hash=token_hash(token))
    return _view(uow, token, now)


def _view(uow: UnitOfWork, token: str, renewed_at: datetime) -> CalendarView:
    return CalendarView(url=uow.settings.base_url + PATH.replace("{token}", token), renewed_at=renewed_at)


def _token(settings: Settings, user_id: UUID, generation: int) -> str:
    """Return the secret of an address. It is derived, so that its owner can be shown it and nobody finds it stored."""
    secret = settings.session_secret.get_secret_value().encode()
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"pygmalion/calendar-feed/1").derive(secret)
    made = hmac.digest(key, user_id.bytes + generation.to_bytes(8), "sha256")
    return base64.urlsafe_b64encode(made[:_TOKEN_BYTES]).decode()


async def _versions(
    uow: UnitOfWork, user_id: UUID, seats: list[dict[str, Any]], said: dict[UUID, _Said]
) -> dict[UUID, tuple[int, datetime]]:
    """Return each event's sequence number and when it last changed, and write down what is new."""
    known = {seat["id"]: (seat["sequence"], seat["changed_at"]) for seat in seats if seat["digest"] is not None}
    news = [seat["id"] for seat in seats if seat["digest"] != said[seat["id"]].digest]
    if news:
        rows = [{"id": str(new_id()), "enrollment_id": str(one), "digest": said[one].digest.hex()} for one in news]
        written = await uow.sql(_REMEMBER, now=uow.clock.now(), user=user_id, rows=Jsonb(rows))
        known |= {row["enrollment_id"]: (row["sequence"], row["changed_at"]) for row in written}
    return known


def _said(settings: Settings, locale: str, seat: dict[str, Any]) -> _Said:
    english = locale == "en"
    cancelled = seat["status"] == "CANCELLED" or seat["session_status"] == "cancelled"
    title = seat["title_en"] if english else seat["title"]
    bring = seat["bring_en"] if english else seat["bring"]
    place = ", ".join(part for part in (seat["location"], seat["address"]) if part)
    zone = ZoneInfo(seat["time_zone"])
    first, last = seat["starts_at"].astimezone(zone), seat["ends_at"].astimezone(zone)
    days = (last.date() - first.date()).days + 1
    # A session of several days is held at the same hours on each.
    one_day = last.replace(year=first.year, month=first.month, day=first.day)
    daily = days > 1 and one_day > first
    halves = half_days(first, last, seat["time_zone"])
    held = {half.day for half in halves}
    span = [first + timedelta(days=after) for after in range(days)] if daily else []
    lines = [seat["organization"], *_hours(locale, seat["time_zone"], halves)]
    lines += [translate(locale, "calendar-bring", what=bring)] if bring else []
    return _Said(
        summary=translate(locale, "calendar-cancelled", course=title) if cancelled else title,
        location=place or translate(locale, "place-remote"),
        description="\n".join(line for line in lines if line),
        url=settings.base_url + address("training", locale),
        starts_at=first,
        ends_at=one_day if daily else last,
        days=days if daily else 1,
        off=tuple(day for day in span if day.date() not in held),
        cancelled=cancelled,
    )


def _hours(locale: str, time_zone: str, halves: tuple[HalfDay, ...]) -> list[str]:
    """Return a line for each day with its half-days' hours; a long session's days speak for themselves."""
    days: dict[date, list[str]] = {}
    for half in halves:
        hours = "–".join(format_time(locale, at, time_zone) for at in (half.starts_at, half.ends_at))
        days.setdefault(half.day, []).append(hours)
    if len(days) > _MOST_DAYS:
        return []
    return [f"{format_day(locale, day, pattern='EEE d MMM')} : {', '.join(hours)}" for day, hours in days.items()]


def _calendar(locale: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Pygmalion//Training//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", translate(locale, "calendar-name"))
    calendar.add("refresh-interval", vDuration(timedelta(hours=1)), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(timedelta(hours=1)))
    return calendar


def _event(enrollment_id: UUID, said: _Said, sequence: int, changed_at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{enrollment_id}@pygmalion")
    event.add("sequence", sequence)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("summary", said.summary)
    event.add("location", said.location)
    event.add("description", said.description)
    event.add("url", vUri(said.url))
    event.add("status", "CANCELLED" if said.cancelled else "CONFIRMED")
    event.add("dtstart", said.starts_at)
    event.add("dtend", said.ends_at)
    if said.days > 1:
        event.add("rrule", vRecur(freq="DAILY", count=said.days))
    for day in said.off:
        event.add("exdate", day)
    return event
