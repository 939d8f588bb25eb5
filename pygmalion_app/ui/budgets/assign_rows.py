"""What the page for booking a team shows, ready to read."""

from dataclasses import dataclass, field

from pygmalion_app.budgets.assignment import Outcome
from pygmalion_app.budgets.choices import Colleague, SessionOffer
from pygmalion_app.budgets.schemas import BudgetEffect, PersonCheck, SessionCheck
from pygmalion_app.core.i18n import format_day, format_money
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.enrollments.wording import days_of, order_status, place_of, title_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.i18n import Lang

STATUS_TONES: dict[str, Tone] = {
    "compliant": "ok",
    "expiring": "warn",
    "expired": "bad",
    "missing": "bad",
    "planned": "info",
    "exempt": "idle",
}


@dataclass
class PersonRow:
    """A colleague to tick."""

    id: str
    name: str
    email: str
    about: str
    """Job role and site."""
    status: str
    tone: Tone
    job: str = ""
    site: str = ""
    raw: str = ""
    chosen: bool = False


@dataclass
class SessionRow:
    """A session to tick."""

    id: str
    course: str
    days: str
    place: str
    organization: str
    price: str
    seats: int
    chosen: bool = False


@dataclass
class CheckedPerson:
    """What is to be known of somebody before booking."""

    id: str
    name: str
    said: str
    """What speaks against it; empty when nothing does."""
    tone: Tone
    booked: bool = False
    left_out: bool = False


@dataclass
class CheckedSession:
    """A session with those who are to go."""

    id: str
    course: str
    days: str
    fault: str
    """Why nobody can be booked on it; empty when they can."""
    invoice: str
    """Why it cannot be paid by invoice."""
    amount: str
    wanted: str
    needs_second: bool
    people: list[CheckedPerson] = field(default_factory=list)


@dataclass
class OutcomeRow:
    """What became of a session."""

    session_id: str
    course: str
    text: str
    tone: Tone
    order_id: str = ""
    to_pay: bool = False
    can_ask: bool = False
    """Whether another manager can be asked for their approval."""


def person_row(lang: Lang, one: Colleague) -> PersonRow:
    """Return a colleague."""
    return PersonRow(
        id=str(one.user_id),
        name=one.name,
        email=one.email,
        about=" · ".join(part for part in (one.job_role, one.site) if part),
        status=lang(f"assign-status-{one.status}") if one.status else "",
        tone=STATUS_TONES.get(one.status, "idle"),
        job=one.job_role,
        site=one.site,
        raw=one.status,
    )


def session_row(lang: Lang, one: SessionOffer) -> SessionRow:
    """Return a session."""
    return SessionRow(
        id=str(one.session_id),
        course=title_of(lang, one.course_title, one.course_title_en),
        days=days_of(lang, one.starts_at, one.ends_at, one.time_zone),
        place=place_of(lang, one.location),
        organization=one.organization_name,
        price=format_money(lang.code, one.price_cents, one.currency),
        seats=one.seats_left,
    )


def checked_session(lang: Lang, one: SessionCheck, left_out: list[PersonRow], method: str) -> CheckedSession:
    """Return a session with its checks; those left out still show, to be taken back in."""
    out = [CheckedPerson(row.id, row.name, lang("assign-left-out"), "idle", left_out=True) for row in left_out]
    fault = lang(f"assign-fault-{one.fault.replace('_', '-')}", left=one.seats_left) if one.fault else ""
    refused = method == "invoice" and bool(one.invoice_refusal)
    return CheckedSession(
        id=str(one.session_id),
        course=title_of(lang, one.course_title, one.course_title_en),
        days=days_of(lang, one.starts_at, one.ends_at, one.time_zone),
        fault=fault,
        invoice=lang(f"assign-invoice-{one.invoice_refusal}") if refused else "",
        amount=format_money(lang.code, one.amount_cents, one.currency),
        wanted=lang("assign-seats", count=one.wanted),
        needs_second=one.needs_second,
        people=[*(_checked(lang, person) for person in one.people), *out],
    )


def effect_text(lang: Lang, effect: BudgetEffect | None) -> tuple[str, bool]:
    """Return what a booking does to the cost centre, and whether it fits."""
    if effect is None:
        return "", True
    key = "assign-effect" if effect.fits else "assign-effect-over"
    over = effect.left_after_cents if effect.fits else -effect.left_after_cents
    text = lang(
        key,
        name=effect.name,
        before=format_money(lang.code, effect.left_before_cents),
        after=format_money(lang.code, over),
    )
    return text, effect.fits


def outcome_row(lang: Lang, one: Outcome, courses: dict[str, str]) -> OutcomeRow:
    """Return what became of a session."""
    course = courses.get(str(one.session_id), "")
    if one.order is None:
        code = one.error.code if one.error else ""
        text = error_text(lang.code, one.error) if one.error else ""
        return OutcomeRow(str(one.session_id), course, text, "bad", can_ask=code == "second_approval_needed")
    status, tone = order_status(lang, one.order.status)
    text = f"{status} · {format_money(lang.code, one.order.amount_cents, one.order.currency)}"
    waits = one.order.status == "PENDING"
    return OutcomeRow(str(one.session_id), course, text, tone, str(one.order.order_id), to_pay=waits)


def _checked(lang: Lang, one: PersonCheck) -> CheckedPerson:
    said, tone = _said(lang, one)
    return CheckedPerson(str(one.user_id), one.name, said, tone, booked=one.booked)


def _said(lang: Lang, one: PersonCheck) -> tuple[str, Tone]:
    if one.booked:
        return lang("assign-booked"), "info"
    if one.conflict_starts_at is not None:
        return lang("assign-conflict", course=title_of(lang, one.conflict_title, one.conflict_title_en)), "bad"
    if one.valid_until is not None:
        return lang("assign-holds-until", day=format_day(lang.code, one.valid_until)), "warn"
    return (lang("assign-holds"), "warn") if one.holds else ("", "ok")
