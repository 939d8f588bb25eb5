"""The catalogue in words: what the pages of the app and the server-rendered pages both show of a course.

Formatting goes through small caches: Babel takes about 0.1 ms for one date interval, and a page has dozens.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from pygmalion_app.catalog.schemas import CourseCard, CourseDetail, OpenSession, OrganizationView, RefundTier
from pygmalion_app.core import i18n
from pygmalion_app.core.addresses import address

MOTIF_VARIANTS = 6
FEW_SEATS = 3
"""From this many free seats down, the lamp turns amber."""


@lru_cache(maxsize=8192)
def text(locale: str, key: str) -> str:
    """Return a message without arguments."""
    return i18n.translate(locale, key)


@lru_cache(maxsize=8192)
def money(locale: str, cents: int, currency: str) -> str:
    """Return an amount."""
    return i18n.format_money(locale, cents, currency)


@lru_cache(maxsize=512)
def duration(locale: str, minutes: int) -> str:
    """Return a duration."""
    return i18n.format_duration(locale, minutes)


@lru_cache(maxsize=512)
def seats(locale: str, count: int) -> str:
    """Return a number of seats as a word on a lamp: `Complet`, `3 places`."""
    return i18n.translate(locale, "seats-left", count=max(count, 0))


def seats_tone(count: int) -> str:
    """Return the lamp's colour for a number of free seats."""
    return "bad" if count <= 0 else "warn" if count <= FEW_SEATS else "ok"


@lru_cache(maxsize=512)
def reviews(locale: str, count: int) -> str:
    """Return how many reviews there are."""
    return i18n.translate(locale, "reviews-count", count=count)


@lru_cache(maxsize=512)
def rating(locale: str, value: float | None) -> str:
    """Return a mean rating with one decimal, empty when nobody rated."""
    return "" if value is None else i18n.format_number(locale, round(value, 1))


@lru_cache(maxsize=256)
def validity(locale: str, months: int | None) -> str:
    """Return how long the certificate is valid."""
    if months is None:
        return i18n.translate(locale, "validity-unlimited")
    if months % 12 == 0:
        return i18n.translate(locale, "validity-years", count=months // 12)
    return i18n.translate(locale, "validity-months", count=months)


@lru_cache(maxsize=8192)
def _days(locale: str, first: date, last: date) -> str:
    noon = ZoneInfo("UTC")
    start, end = (datetime(day.year, day.month, day.day, 12, tzinfo=noon) for day in (first, last))
    return i18n.format_days(locale, start, end, "UTC")


def days(locale: str, session: OpenSession) -> str:
    """Return the session's days in its own zone: `15-19 sept. 2026`."""
    zone = ZoneInfo(session.time_zone)
    return _days(locale, session.start_date.astimezone(zone).date(), session.end_date.astimezone(zone).date())


@lru_cache(maxsize=1024)
def _clock(locale: str, moment: datetime, time_zone: str) -> str:
    return i18n.format_time(locale, moment, time_zone)


def hours(locale: str, session: OpenSession) -> str:
    """Return the time of day a session begins and ends: `09:00 - 17:00`."""
    first, last = (_clock(locale, moment, session.time_zone) for moment in (session.start_date, session.end_date))
    return f"{first} \N{EN DASH} {last}"


def board_time(locale: str, moment: datetime, time_zone: str) -> str:
    """Return the time of day on the departures board."""
    return _clock(locale, moment, time_zone)


@lru_cache(maxsize=1024)
def board_day(locale: str, moment: datetime, time_zone: str) -> str:
    """Return the day on the departures board: `3 déc.`."""
    return i18n.format_day(locale, moment, time_zone, "d MMM")


@lru_cache(maxsize=1024)
def number(locale: str, value: int) -> str:
    """Return a number with its separators."""
    return i18n.format_number(locale, value)


@lru_cache(maxsize=256)
def month(locale: str, value: str) -> str:
    """Return `2026-12` as `décembre 2026`."""
    year, number = value.split("-")
    return i18n.format_day(locale, date(int(year), int(number), 1), pattern="LLLL y")


def place(locale: str, session: OpenSession) -> str:
    """Return where a session is held; a session without a place is followed at a distance."""
    if not session.location:
        return text(locale, "place-remote")
    # The airport's code is what crews and ground staff look for; skip it where the name says it already.
    if session.airport_code and session.airport_code not in session.location:
        return f"{session.location} ({session.airport_code})"
    return session.location


def places(locale: str, sessions: list[OpenSession]) -> str:
    """Return where a course is held: its first places, each once."""
    names = list(dict.fromkeys(place(locale, session) for session in sessions))
    return ", ".join(names[:3]) + ("…" if len(names) > 3 else "")  # noqa: PLR2004 - what fits one line


def validity_note(locale: str, course: CourseDetail) -> str:
    """Return how the validity counts, and what an early renewal keeps."""
    if course.validity_months is None:
        return ""
    note = text(locale, f"validity-anchor-{course.validity_anchor}")
    if course.window_months:
        note += f". {i18n.translate(locale, 'validity-window', count=course.window_months)}"
    return note.strip()


def refunds(locale: str, tiers: list[RefundTier]) -> list[str]:
    """Return the refund tiers as sentences, most generous first; the organisation's own cancellation comes last."""
    lines = [
        i18n.translate(locale, "refund-tier", percent=tier.percent, days=tier.days_before)
        for tier in tiers
        if tier.percent
    ]
    return [*lines, text(locale, "refund-zero"), text(locale, "refund-organizer")]


def quality(locale: str, organization: OrganizationView) -> str:
    """Return who certified an organisation and until when; empty when nobody did."""
    if not (organization.qualiopi and organization.qualiopi_valid_until):
        return ""
    return i18n.translate(
        locale,
        "organization-quality-until",
        certifier=organization.qualiopi_certifier or "Qualiopi",
        date=i18n.format_day(locale, organization.qualiopi_valid_until),
    )


def motif(category: str, slug: str) -> str:
    """Return the drawing of a course: its category's, the variant chosen by its slug."""
    return f"/motifs/{category.lower()}-{sum(slug.encode()) % MOTIF_VARIANTS}.svg"


def modalities(locale: str, codes: Sequence[str]) -> str:
    """Return the ways to follow a course, joined."""
    return " · ".join(text(locale, f"modality-{code}") for code in codes)


def title(locale: str, french: str, english: str) -> str:
    """Return a course's title in the reader's language where there is one."""
    return english if locale == "en" and english else french


@dataclass(frozen=True, slots=True)
class CardText:
    """A course card, ready to show."""

    slug: str
    href: str
    title: str
    category: str
    category_name: str
    motif: str
    organization: str
    organization_href: str
    qualiopi: bool
    rating: str
    reviews: str
    duration: str
    modalities: str
    validity: str
    price: str
    session_id: str
    dates: str
    place: str
    seats: int
    seats_text: str
    seats_tone: str


def card(locale: str, course: CourseCard) -> CardText:
    """Return a course as its card says it."""
    following = course.next_session
    free = following.available_places if following else 0
    return CardText(
        slug=course.slug,
        href=address("course", locale, slug=course.slug),
        title=title(locale, course.title, course.title_en),
        category=course.category,
        category_name=text(locale, f"category-{course.category}"),
        motif=motif(course.category, course.slug),
        organization=course.organization.name,
        organization_href=address("organization", locale, slug=course.organization.slug),
        qualiopi=course.organization.qualiopi,
        rating=rating(locale, course.rating),
        reviews=reviews(locale, course.review_count),
        duration=duration(locale, course.duration_minutes),
        modalities=modalities(locale, course.modalities),
        validity=validity(locale, course.validity_months),
        price=money(locale, course.price_cents, course.currency),
        session_id=str(following.id) if following else "",
        dates=days(locale, following) if following else text(locale, "no-session-yet"),
        place=place(locale, following) if following else "",
        seats=free,
        seats_text=seats(locale, free),
        seats_tone=seats_tone(free),
    )
