"""A learner's dashboard in words."""

from dataclasses import dataclass
from datetime import date

from pygmalion_app.compliance.models import Status
from pygmalion_app.core.i18n import format_day, format_money
from pygmalion_app.enrollments.overview import Booking
from pygmalion_app.learning.schemas import Due, Holding, Offered, Reason, Recommendation, Why
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.enrollments.wording import days_of, hours_of, place_of, seat_status, title_of
from pygmalion_app.ui.i18n import Lang

_TONES: dict[Status, Tone] = {
    Status.MISSING: "bad",
    Status.EXPIRED: "bad",
    Status.EXPIRING: "warn",
    Status.PLANNED: "info",
    Status.COMPLIANT: "ok",
    Status.EXEMPT: "idle",
}
_SOON_DAYS = 90


@dataclass
class DueRow:
    """A requirement to see to."""

    title: str
    organization: str
    status: str
    tone: Tone
    when: str
    left: str
    planned: str


@dataclass
class AdviceRow:
    """A recommended course, with its reasons and the next session."""

    title: str
    reasons: list[str]
    days: str
    place: str
    seats: str
    price: str
    slug: str
    """Empty where no session is open."""


@dataclass
class BookedRow:
    """A session to come."""

    course: str
    slug: str
    days: str
    hours: str
    place: str
    status: str
    tone: Tone


@dataclass
class HoldingRow:
    """A certificate."""

    title: str
    number: str
    when: str
    tone: Tone


def due_row(lang: Lang, one: Due) -> DueRow:
    """Return a requirement in words."""
    day = format_day(lang.code, one.until) if one.until else ""
    over = one.days_left is not None and one.days_left < 0
    left = lang("learner-days-left", days=one.days_left) if day and not over else ""
    planned = lang("learner-planned", day=format_day(lang.code, one.planned_on)) if one.planned_on else ""
    return DueRow(
        title=title_of(lang, one.title, one.title_en),
        organization=one.organization_name,
        status=lang(f"learner-status-{one.status.value}"),
        tone=_TONES[one.status],
        when=(lang("learner-ended" if over else "learner-ends", day=day)) if day else "",
        left=left,
        planned=planned,
    )


def advice_row(lang: Lang, one: Recommendation, today: date) -> AdviceRow:
    """Return a recommendation in words, on a day."""
    session: Offered | None = one.session
    return AdviceRow(
        title=title_of(lang, one.title, one.title_en),
        reasons=[reason_text(lang, reason, today) for reason in one.reasons],
        days=days_of(lang, session.starts_at, session.ends_at, session.time_zone) if session else "",
        place=" · ".join((session.organization_name, place_of(lang, session.location))) if session else "",
        seats=lang("seats-left", count=session.seats_left) if session else "",
        price=format_money(lang.code, session.price_cents, session.currency) if session else "",
        slug=session.course_slug if session else "",
    )


def reason_text(lang: Lang, reason: Reason, today: date) -> str:
    """Return a reason as a sentence, on a day."""
    day = format_day(lang.code, reason.until) if reason.until else ""
    key = f"reason-{reason.why.value}"
    if reason.why is Why.EXPIRED and not day:
        key = "reason-expired-plain"
    elif reason.why is Why.RENEWAL and reason.until is not None and reason.until < today:
        key = "reason-renewal-ended"
    return lang(key, organization=reason.organization_name, day=day, people=reason.people, role=reason.job_role)


def booked_row(lang: Lang, one: Booking) -> BookedRow:
    """Return a booking in words."""
    status, tone = seat_status(lang, one.status, present=one.present, passed=one.passed)
    return BookedRow(
        course=title_of(lang, one.course_title, one.course_title_en),
        slug=one.course_slug,
        days=days_of(lang, one.starts_at, one.ends_at, one.time_zone),
        hours=hours_of(lang, one.starts_at, one.ends_at, one.time_zone),
        place=place_of(lang, one.location),
        status=status,
        tone=tone,
    )


def holding_row(lang: Lang, one: Holding, days_left: int | None) -> HoldingRow:
    """Return a certificate in words; `days_left` counts to its last day."""
    if one.until is None or days_left is None:
        return HoldingRow(title_of(lang, one.title, one.title_en), one.number, lang("learner-forever"), "ok")
    day = format_day(lang.code, one.until)
    over = days_left < 0
    tone: Tone = "bad" if over else "warn" if days_left <= _SOON_DAYS else "ok"
    when = lang("learner-ended" if over else "learner-ends", day=day)
    return HoldingRow(title_of(lang, one.title, one.title_en), one.number, when, tone)
