"""A training organisation's first page, ready to read."""

from dataclasses import dataclass
from datetime import date

import reflex as rx

from pygmalion_app.core.errors import NotFoundError, PermissionDeniedError
from pygmalion_app.core.i18n import format_day, format_money, format_number
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.reports import school
from pygmalion_app.reports.school_schemas import MonthRevenue, SchoolDashboard, SchoolSession, Task, ToDo
from pygmalion_app.ui import access
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components import chart_data
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.components.chart_data import Chart, Series
from pygmalion_app.ui.enrollments.wording import days_of, hours_of, place_of, title_of
from pygmalion_app.ui.i18n import Lang, lang_of_path

_MOST_TASKS = 8
_TASK_TONES: dict[Task, Tone] = {
    Task.CONFLICT: "bad",
    Task.BELOW_MINIMUM: "bad",
    Task.NO_TRAINER: "warn",
    Task.COUNTERSIGN: "warn",
    Task.VALIDATE: "warn",
    Task.WAITING: "info",
}


@dataclass
class TaskRow:
    """One thing to do."""

    word: str
    tone: Tone
    text: str
    course: str
    when: str
    href: str


@dataclass
class AheadRow:
    """A session ahead: `percent` of its seats are taken, `floor` is where its minimum stands, in percent too."""

    id: str
    course: str
    when: str
    where: str
    fill: str
    percent: int
    floor: int
    status: str
    tone: Tone


@dataclass
class RatingRow:
    """A course and what people think of it."""

    course: str
    slug: str
    rating: str
    percent: int
    count: str


@dataclass
class DemandRow:
    """What is asked of a course from a month on."""

    course: str
    slug: str
    month: str
    seats: str


@dataclass
class OpinionRow:
    """What somebody wrote."""

    course: str
    stars: str
    comment: str
    day: str


class SchoolState(rx.State):
    """The page of the reader's first training organisation."""

    loaded: rx.Field[bool] = rx.field(False)
    name: rx.Field[str] = rx.field("")
    """Empty for who teaches nowhere."""
    administers: rx.Field[bool] = rx.field(False)
    ahead: rx.Field[str] = rx.field("")
    ahead_text: rx.Field[str] = rx.field("")
    fill: rx.Field[str] = rx.field("")
    fill_text: rx.Field[str] = rx.field("")
    month: rx.Field[str] = rx.field("")
    month_text: rx.Field[str] = rx.field("")
    rating: rx.Field[str] = rx.field("")
    rating_text: rx.Field[str] = rx.field("")
    tasks: rx.Field[list[TaskRow]] = rx.field(default_factory=list)
    more_tasks: rx.Field[str] = rx.field("")
    sessions: rx.Field[list[AheadRow]] = rx.field(default_factory=list)
    revenue: rx.Field[Chart] = rx.field(default_factory=Chart)
    sold: rx.Field[bool] = rx.field(False)
    ratings: rx.Field[list[RatingRow]] = rx.field(default_factory=list)
    demand: rx.Field[list[DemandRow]] = rx.field(default_factory=list)
    opinions: rx.Field[list[OpinionRow]] = rx.field(default_factory=list)

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the figures."""
        lang = lang_of_path(self.router.url.path)
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                found = await school.dashboard(uow)
        except (NotFoundError, PermissionDeniedError):
            self.name, self.loaded = "", True
            return
        self._show(lang, found)
        self.loaded = True

    def _show(self, lang: Lang, found: SchoolDashboard) -> None:
        self.name, self.administers = found.organization_name, found.administers
        self.ahead = str(found.sessions_ahead)
        self.ahead_text = lang("school-at-risk", count=found.sessions_at_risk)
        share = round(100 * found.seats_taken_ahead / found.seats_ahead) if found.seats_ahead else 0
        self.fill = lang("school-percent", value=share)
        self.fill_text = lang("teach-fill", taken=found.seats_taken_ahead, capacity=found.seats_ahead)
        self.tasks = [_task(lang, one) for one in found.to_do[:_MOST_TASKS]]
        left = len(found.to_do) - _MOST_TASKS
        self.more_tasks = lang("school-more-tasks", count=left) if left > 0 else ""
        self.sessions = [_ahead(lang, one) for one in found.next_sessions]
        if found.administers:
            self._show_figures(lang, found)

    def _show_figures(self, lang: Lang, found: SchoolDashboard) -> None:
        now, before = found.revenue[-1], found.revenue[-2]
        self.month = format_money(lang.code, now.revenue_cents, found.currency)
        self.month_text = lang(
            "school-month-before", amount=format_money(lang.code, before.revenue_cents, found.currency)
        )
        self.sold = any(one.revenue_cents for one in found.revenue)
        self.revenue = _chart(lang, found.revenue, found.currency)
        self.rating = format_number(lang.code, round(found.rating, 1)) if found.rating else "–"
        self.rating_text = lang("school-opinions", count=found.rating_count)
        self.ratings = [
            RatingRow(
                course=title_of(lang, one.title, one.title_en),
                slug=one.slug,
                rating=format_number(lang.code, round(one.rating, 1)),
                percent=round(20 * one.rating),
                count=lang("school-opinions", count=one.count),
            )
            for one in found.ratings
        ]
        self.demand = [
            DemandRow(
                course=title_of(lang, one.title, one.title_en),
                slug=one.slug,
                month=lang("school-demand-from", month=format_day(lang.code, one.month, pattern="MMMM y")),
                seats=lang("school-demand-seats", seats=one.seats, people=one.people),
            )
            for one in found.demand[:_MOST_TASKS]
        ]
        self.opinions = [
            OpinionRow(
                course=title_of(lang, one.course_title, one.course_title_en),
                stars=lang("school-stars", rating=one.rating),
                comment=one.comment,
                day=format_day(lang.code, one.on, pattern="d MMM y"),
            )
            for one in found.opinions
        ]


def _task(lang: Lang, one: ToDo) -> TaskRow:
    session = one.session
    page = "teach-attendance" if one.task is Task.COUNTERSIGN else "teach-session"
    return TaskRow(
        word=lang(f"school-task-{one.task.value.replace('_', '-')}"),
        tone=_TASK_TONES[one.task],
        text=lang(f"school-task-{one.task.value.replace('_', '-')}-text", count=one.count),
        course=title_of(lang, session.course_title, session.course_title_en),
        when=days_of(lang, session.starts_at, session.ends_at, session.time_zone),
        href=lang.path(page, session_id=str(session.session_id)),
    )


def _ahead(lang: Lang, one: SchoolSession) -> AheadRow:
    status, tone = session_word(lang, one)
    return AheadRow(
        id=str(one.session_id),
        course=title_of(lang, one.course_title, one.course_title_en),
        when=f"{days_of(lang, one.starts_at, one.ends_at, one.time_zone)} · "
        + hours_of(lang, one.starts_at, one.ends_at, one.time_zone),
        where=" · ".join(part for part in (place_of(lang, one.location), one.trainer_name) if part),
        fill=lang("teach-fill", taken=one.seats_taken, capacity=one.capacity),
        percent=round(100 * one.seats_taken / one.capacity),
        floor=round(100 * min(one.min_participants, one.capacity) / one.capacity),
        status=status,
        tone=tone,
    )


def session_word(lang: Lang, one: SchoolSession) -> tuple[str, Tone]:
    """Return how a session stands before it is held, in words, and its lamp's tone."""
    if one.conflict:
        return lang("school-conflict"), "bad"
    if one.missing:
        return lang("school-missing", count=one.missing), "warn"
    if one.seats_taken >= one.capacity:
        return (lang("school-full-waiting", count=one.waiting) if one.waiting else lang("school-full")), "info"
    return lang("school-held"), "ok"


def _chart(lang: Lang, revenue: tuple[MonthRevenue, ...], currency: str) -> Chart:
    labels = [format_day(lang.code, date.fromisoformat(f"{one.month}-01"), pattern="MMM yy") for one in revenue]
    series = [Series(lang("school-revenue-net"), [one.net_cents for one in revenue], "main")]
    series.append(
        Series(lang("school-revenue-commission"), [one.revenue_cents - one.net_cents for one in revenue], "third")
    )
    return chart_data.columns(
        labels,
        series,
        written=lambda cents: format_money(lang.code, round(cents), currency),
        of=lang("school-month"),
        stacked=True,
    )
