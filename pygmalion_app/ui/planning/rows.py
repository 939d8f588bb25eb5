"""What the planning page shows, ready to read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from pygmalion_app.core.i18n import format_day, format_money, format_number
from pygmalion_app.planning.schemas import (
    GapView,
    LimitsView,
    PlanDetail,
    PlannedPerson,
    PlannedSession,
    ProgressView,
)
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.components.chart_data import Chart, Series, lines
from pygmalion_app.ui.enrollments.wording import days_of, hours_of, order_status, place_of, title_of
from pygmalion_app.ui.i18n import Lang

_STATES: dict[str, Tone] = {
    "queued": "info",
    "solving": "info",
    "ready": "ok",
    "failed": "bad",
    "cancelled": "idle",
    "booked": "ok",
}
_CENT = 100
_MOST_POINTS = 24
_OPTIMAL = 0.0015
"""A gap that is shown as none: the search itself stops there."""


@dataclass
class PersonRow:
    """Somebody in a planned session. `mark` is what the plan keeps to, `wish` what its reader wants to change."""

    user_id: str
    session_id: str
    name: str
    needs: str
    proposed: bool
    mark: str
    wish: str
    late: str


@dataclass
class SessionRow:
    """A planned session."""

    id: str
    course: str
    days: str
    hours: str
    place: str
    school: str
    price: str
    seats: str
    bookable: bool
    people: list[PersonRow] = field(default_factory=list)


@dataclass
class WeekRow:
    """A week with its sessions."""

    name: str
    sessions: list[SessionRow] = field(default_factory=list)


@dataclass
class GapRow:
    """Something that could not be planned: why, and what to do."""

    names: str
    what: str
    why: str
    advice: str
    href: str
    """Where the course is looked for, or a session of it asked for."""


@dataclass
class OrderRow:
    """An order of a booked plan."""

    id: str
    course: str
    days: str
    status: str
    tone: Tone
    unpaid: bool


@dataclass
class ChoiceRow:
    """Something to choose, with its name."""

    id: str
    name: str


@dataclass
class AbsenceRow:
    """Days on which somebody cannot be trained."""

    id: str
    name: str
    days: str


@dataclass
class MinimumRow:
    """How many of a crew are to be at work."""

    id: str
    crew: str
    minimum: str


@dataclass
class PlanRow:
    """A plan in figures and words."""

    id: str = ""
    state: str = ""
    status: str = ""
    tone: Tone = "idle"
    nothing: str = ""
    """What is said where there is nothing to plan."""
    needs: int = 0
    seats: int = 0
    unmet: int = 0
    price: str = ""
    trips: str = ""
    absence: str = ""
    gap_days: int = 0
    quality: str = ""
    quality_tone: Tone = "idle"
    stopping: bool = False
    outdated: bool = False


def plan_row(lang: Lang, plan: PlanDetail) -> PlanRow:
    """Return a plan as its page shows it."""
    state = "stopping" if plan.stop_asked and plan.state == "solving" else plan.state
    quality, tone = _quality(lang, plan)
    return PlanRow(
        id=str(plan.id),
        state=plan.state,
        status=lang(f"plan-state-{state}"),
        tone=_STATES[plan.state],
        nothing=lang("plan-nothing", until=format_day(lang.code, plan.until)),
        needs=plan.needs_count,
        seats=plan.seats,
        unmet=plan.unmet_count,
        price=format_money(lang.code, plan.price_cents),
        trips=str(plan.trips),
        absence=lang("plan-days", days=format_number(lang.code, plan.half_days / 2, exact=True)),
        gap_days=plan.gap_days,
        quality=quality,
        quality_tone=tone,
        stopping=plan.stop_asked,
        outdated=plan.state == "ready" and any(not session.bookable for session in plan.sessions),
    )


def _quality(lang: Lang, plan: PlanDetail) -> tuple[str, Tone]:
    """Return how good a plan is known to be."""
    if plan.gap is None or not plan.needs_count:
        return "", "idle"
    if plan.gap <= _OPTIMAL:
        return lang("plan-quality-best"), "ok"
    if plan.gap >= 1:
        return lang("plan-quality-unknown"), "info"
    return lang("plan-quality-gap", percent=percent_of(lang, plan.gap)), "info"


def percent_of(lang: Lang, part: float) -> str:
    """Return a part of one in per cent, with a tenth where that says something."""
    percent = part * _CENT
    return format_number(lang.code, round(percent, 1 if percent < _CENT / 10 else 0), exact=True)


def chart_of(lang: Lang, progress: Iterable[ProgressView]) -> Chart:
    """Return how the gap closed, in per cent, at moments that stand equally far apart, as the chart draws them."""
    seen = list(progress)
    if len(seen) < 2:  # noqa: PLR2004 - a line has two ends
        return Chart()
    start, end = seen[0].seconds, seen[-1].seconds
    moments = [start + (end - start) * number / _MOST_POINTS for number in range(_MOST_POINTS + 1)]
    gaps = [next(one.gap for one in reversed(seen) if one.seconds <= moment or one is seen[0]) for moment in moments]
    return lines(
        [lang("plan-seconds", seconds=format_number(lang.code, round(one, 1), exact=True)) for one in moments],
        [Series(lang("plan-gap"), [gap * _CENT for gap in gaps])],
        written=lambda value: lang("plan-percent", percent=percent_of(lang, value / _CENT)),
        of=lang("plan-after"),
    )


def week_rows(lang: Lang, plan: PlanDetail, wishes: dict[tuple[str, str], str]) -> list[WeekRow]:
    """Return a plan's sessions by weeks; `wishes` are changes that are not planned yet."""
    weeks: dict[date, WeekRow] = {}
    for session in plan.sessions:
        day = session.starts_at.astimezone(ZoneInfo(session.time_zone)).date()
        monday = day - timedelta(days=day.weekday())
        week = weeks.setdefault(monday, WeekRow(lang("plan-week", day=format_day(lang.code, monday))))
        week.sessions.append(_session(lang, session, wishes))
    return [weeks[monday] for monday in sorted(weeks)]


def _session(lang: Lang, one: PlannedSession, wishes: dict[tuple[str, str], str]) -> SessionRow:
    price = sum(person.price_cents for person in one.people if person.proposed)
    seats = sum(person.proposed for person in one.people)
    return SessionRow(
        id=str(one.session_id),
        course=title_of(lang, one.course_title, one.course_title_en),
        days=days_of(lang, one.starts_at, one.ends_at, one.time_zone),
        hours=hours_of(lang, one.starts_at, one.ends_at, one.time_zone),
        place=place_of(lang, one.location),
        school=one.organization_name,
        price=format_money(lang.code, price) if seats else "",
        seats=lang("plan-seats-of", wanted=seats, left=one.seats_left),
        bookable=one.bookable,
        people=[_person(lang, str(one.session_id), person, wishes) for person in one.people],
    )


def _person(lang: Lang, session_id: str, one: PlannedPerson, wishes: dict[tuple[str, str], str]) -> PersonRow:
    return PersonRow(
        user_id=str(one.user_id),
        session_id=session_id,
        name=one.name,
        needs=", ".join(one.keys),
        proposed=one.proposed,
        mark=one.mark,
        wish=wishes.get((str(one.user_id), session_id), ""),
        late=lang("plan-late", days=one.gap_days) if one.gap_days else "",
    )


def gap_rows(lang: Lang, plan: PlanDetail) -> list[GapRow]:
    """Return what could not be planned, with its reason and what to do; people whom the same holds for together."""
    together: dict[tuple[str, str, str, str], list[str]] = {}
    for gap in plan.gaps:
        row = _gap(lang, plan, gap)
        together.setdefault((row.what, row.why, row.advice, row.href), []).append(row.names)
    return [
        GapRow(_names(lang, names), what, why, advice, href) for (what, why, advice, href), names in together.items()
    ]


def _names(lang: Lang, names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return lang("plan-people", count=len(names), names=", ".join(names))


def _gap(lang: Lang, plan: PlanDetail, one: GapView) -> GapRow:
    when = format_day(lang.code, one.starts_at, one.time_zone) if one.starts_at else ""
    day = str(one.facts.get("day") or "")
    rules = [lang(f"plan-rule-{rule}") for rule in one.facts.get("rules", ())]
    facts = {
        "name": one.name,
        "until": format_day(lang.code, plan.until),
        "when": when,
        "place": place_of(lang, one.location),
        "day": format_day(lang.code, date.fromisoformat(day)) if day else when,
        "missing": format_money(lang.code, int(one.facts.get("missing_cents") or 0)),
        "crew": str(one.facts.get("shift") or ""),
        "rules": lang("plan-rules-and").join(rules),
    }
    others = [lang(f"plan-rule-{rule}") for rule in one.facts.get("other_ways", ())]
    advice = lang(f"plan-advice-{one.kind}", **facts)
    if others:
        advice = f"{advice} {lang('plan-other-ways', ways=lang('plan-rules-or').join(others))}"
    what = title_of(lang, one.title, one.title_en) or one.requirement_key
    code = one.requirement_key.split("/", maxsplit=1)[0]
    href = f"{lang.path('catalog')}?q={quote(code)}" if code else ""
    return GapRow(one.name, what or lang("plan-lost-pin"), lang(f"plan-why-{one.kind}", **facts), advice, href)


def order_rows(lang: Lang, plan: PlanDetail) -> list[OrderRow]:
    """Return the orders of a booked plan."""
    found: dict[str, OrderRow] = {}
    for session in plan.sessions:
        for person in session.people:
            if person.order_id is None:
                continue
            word, tone = order_status(lang, person.order_status)
            found[str(person.order_id)] = OrderRow(
                id=str(person.order_id),
                course=title_of(lang, session.course_title, session.course_title_en),
                days=days_of(lang, session.starts_at, session.ends_at, session.time_zone),
                status=word,
                tone=tone,
                unpaid=person.order_status == "PENDING",
            )
    return list(found.values())


def absence_rows(lang: Lang, limits: LimitsView) -> list[AbsenceRow]:
    """Return who cannot be trained when."""
    return [
        AbsenceRow(
            str(one.id),
            one.name,
            format_day(lang.code, one.first_day)
            if one.first_day == one.last_day
            else lang(
                "plan-from-to", first=format_day(lang.code, one.first_day), last=format_day(lang.code, one.last_day)
            ),
        )
        for one in limits.unavailabilities
    ]


def minimum_rows(lang: Lang, limits: LimitsView) -> list[MinimumRow]:
    """Return how many have to be at work where."""
    return [
        MinimumRow(
            str(one.id),
            " · ".join(part for part in (one.site, one.job_role) if part),
            lang("plan-minimum-of", minimum=one.minimum, people=one.people),
        )
        for one in limits.shift_minimums
    ]
