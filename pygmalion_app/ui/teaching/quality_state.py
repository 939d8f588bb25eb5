"""The quality report, ready to read."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import reflex as rx

from pygmalion_app.core.errors import NotFoundError, PermissionDeniedError
from pygmalion_app.core.i18n import format_day, format_duration, format_number
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.reports import financial
from pygmalion_app.reports.quality import CourseQuality, Indicators, Missing, MissingData, QualityReport, quality
from pygmalion_app.ui import access
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components import chart_data
from pygmalion_app.ui.components.chart_data import Chart, Series
from pygmalion_app.ui.enrollments.wording import title_of
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path

_SHARES = ("completion", "success", "abandon")
_YEARS = 5


@dataclass
class IndicatorRow:
    """One indicator: its number, what it means, and from how many it is counted."""

    value: str
    term: str
    basis: str


@dataclass
class CourseRow:
    """One course's indicators as texts."""

    course: str
    learners: str
    completion: str
    success: str
    satisfaction: str
    response: str


@dataclass
class MissingRow:
    """What is missing, and where to mend it."""

    text: str
    action: str
    href: str


@dataclass
class CommentRow:
    """What somebody wrote."""

    about: str
    text: str


class QualityState(rx.State):
    """The report of the year in view."""

    loaded: rx.Field[bool] = rx.field(False)
    name: rx.Field[str] = rx.field("")
    year: rx.Field[str] = rx.field("")
    years: rx.Field[list[str]] = rx.field(default_factory=list)
    empty: rx.Field[bool] = rx.field(False)
    """Whether no session ended in the year."""
    summary: rx.Field[str] = rx.field("")
    indicators: rx.Field[list[IndicatorRow]] = rx.field(default_factory=list)
    chart: rx.Field[Chart] = rx.field(default_factory=Chart)
    courses: rx.Field[list[CourseRow]] = rx.field(default_factory=list)
    missing: rx.Field[list[MissingRow]] = rx.field(default_factory=list)
    comments: rx.Field[list[CommentRow]] = rx.field(default_factory=list)

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read this year."""
        self.loaded, self.year = False, ""
        await self._read()

    @rx.event
    @access.signed_in
    async def choose(self, form: dict[str, Any]) -> None:
        """Read another year."""
        chosen = text_of(form, "year", 4)
        if chosen in self.years:
            self.year = chosen
            await self._read()

    async def _read(self) -> None:
        lang = lang_of_path(self.router.url.path)
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                today = financial.local_day(uow)
                year = int(self.year or today.year)
                found = await quality(uow, None, today.replace(year=year, month=1, day=1), _last(today, year))
        except (NotFoundError, PermissionDeniedError):
            self.name, self.loaded = "", True
            return
        self.year, self.years = str(year), [str(today.year - back) for back in range(_YEARS)]
        self._show(lang, found)
        self.loaded = True

    def _show(self, lang: Lang, found: QualityReport) -> None:
        whole = found.indicators
        self.name, self.empty = found.organization_name, whole.sessions == 0
        self.summary = lang(
            "quality-summary", sessions=whole.sessions, learners=whole.learners,
            hours=format_duration(lang.code, whole.minutes),
        )  # fmt: skip
        self.indicators = _indicators(lang, whole)
        self.chart = _chart(lang, found)
        self.courses = [_course(lang, one) for one in found.courses]
        self.missing = [_missing(lang, one) for one in found.missing]
        self.comments = [
            CommentRow(
                about=lang(
                    f"quality-said-{one.kind}", rating=one.overall, course=title_of(lang, one.title, one.title_en),
                    day=format_day(lang.code, one.day, pattern="d MMM y"),
                ),
                text=one.comment,
            )
            for one in found.comments
        ]  # fmt: skip


def _last(today: date, year: int) -> date:
    return today if year == today.year else today.replace(year=year, month=12, day=31)


def share(lang: Lang, value: float | None) -> str:
    """Return a share as people read it, a dash where there is none."""
    return "–" if value is None else lang("school-percent", value=round(100 * value))


def _indicators(lang: Lang, whole: Indicators) -> list[IndicatorRow]:
    basis = lang("quality-basis-judged", count=whole.judged)
    rows = [
        IndicatorRow(share(lang, getattr(whole, f"{name}_rate")), lang(f"quality-{name}-rate"), basis)
        for name in _SHARES
    ]
    for kind in ("hot", "cold"):
        mean = getattr(whole, f"{kind}_mean")
        answers = lang(
            "quality-basis-answers",
            answered=getattr(whole, f"{kind}_answered"),
            sent=getattr(whole, f"{kind}_sent"),
            mean=format_number(lang.code, round(mean, 1)) if mean else "–",
        )
        rows.append(
            IndicatorRow(
                share(lang, getattr(whole, f"{kind}_satisfaction_rate")),
                lang(f"quality-{kind}-satisfaction-rate"),
                answers,
            )
        )
    rate = "–" if whole.recommendation is None else f"{whole.recommendation:+d}"
    rows.append(IndicatorRow(rate, lang("quality-recommendation"), lang("quality-basis-recommendation")))
    return rows


def _chart(lang: Lang, found: QualityReport) -> Chart:
    courses = [one for one in found.courses if one.success_rate is not None][:8]
    labels = [title_of(lang, one.title, one.title_en) for one in courses]
    series = [Series(lang("quality-success-rate"), [100 * (one.success_rate or 0) for one in courses], "ok")]
    return chart_data.bars(
        labels, series, written=lambda value: lang("school-percent", value=round(value)), of=lang("quality-course")
    )


def _course(lang: Lang, one: CourseQuality) -> CourseRow:
    return CourseRow(
        course=title_of(lang, one.title, one.title_en),
        learners=str(one.learners),
        completion=share(lang, one.completion_rate),
        success=share(lang, one.success_rate),
        satisfaction=share(lang, one.hot_satisfaction_rate),
        response=share(lang, one.hot_response_rate),
    )


def _missing(lang: Lang, one: MissingData) -> MissingRow:
    course = title_of(lang, one.title, one.title_en)
    day = format_day(lang.code, one.starts_at, one.time_zone) if one.starts_at else ""
    match one.kind:
        case Missing.UNJUDGED:
            href = lang.path("teach-session", session_id=str(one.session_id))
        case Missing.OBJECTIVES:
            href = lang.path("teach-courses")
        case _:
            href = lang.path("organization-settings")
    return MissingRow(
        text=lang(f"quality-missing-{one.kind.value}", count=one.count, course=course, day=day),
        action=lang(f"quality-mend-{one.kind.value}"),
        href=href,
    )
