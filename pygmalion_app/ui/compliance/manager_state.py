"""The manager's first page: the organisation's figures, as texts."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from pygmalion_app.budgets import service as budgets
from pygmalion_app.budgets.schemas import BudgetSummary
from pygmalion_app.compliance import board, queries
from pygmalion_app.compliance.schemas import Alert, Overview, Upcoming
from pygmalion_app.core.i18n import format_day, format_money, format_number
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.organizations import service as organizations
from pygmalion_app.ui import access
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.compliance import feed
from pygmalion_app.ui.compliance.instruments import MonthBar, SharePart
from pygmalion_app.ui.compliance.wording import CODE_OF, WORST_FIRST, percent_of, percent_text, rate_code
from pygmalion_app.ui.enrollments.wording import title_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization

READ = Permission.COMPLIANCE_READ
SESSIONS_SHOWN = 5
SOON_MONTHS = 3
"""Months whose ends are near: shown in amber."""


@dataclass
class AlertRow:
    """Something that asks for somebody, and where to do it."""

    code: str
    count: str
    text: str
    todo: str
    href: str


@dataclass
class UpcomingRow:
    """A session that people of the organisation go to."""

    month: str
    day: str
    course: str
    where: str
    enrolled: str


class ManagerState(rx.State):
    """What the manager's section shows."""

    loaded: rx.Field[bool] = rx.field(False)
    organization: rx.Field[str] = rx.field("")
    name: rx.Field[str] = rx.field("")
    lead: rx.Field[str] = rx.field("")
    people: rx.Field[str] = rx.field("")
    people_word: rx.Field[str] = rx.field("")
    clear_text: rx.Field[str] = rx.field("")
    clear_code: rx.Field[str] = rx.field("n")
    unassigned: rx.Field[int] = rx.field(0)
    unassigned_text: rx.Field[str] = rx.field("")

    demanded: rx.Field[int] = rx.field(0)
    """Pairs of a person and a requirement."""
    rate: rx.Field[int] = rx.field(0)
    rate_code: rx.Field[str] = rx.field("c")
    rate_text: rx.Field[str] = rx.field("")
    rate_said: rx.Field[str] = rx.field("")
    parts: rx.Field[list[SharePart]] = rx.field(default_factory=list)
    alerts: rx.Field[list[AlertRow]] = rx.field(default_factory=list)
    months: rx.Field[list[MonthBar]] = rx.field(default_factory=list)
    upcoming: rx.Field[list[UpcomingRow]] = rx.field(default_factory=list)

    has_budget: rx.Field[bool] = rx.field(False)
    budget_percent: rx.Field[str] = rx.field("")
    budget_said: rx.Field[str] = rx.field("")
    budget_spent: rx.Field[str] = rx.field("")
    budget_committed: rx.Field[str] = rx.field("")
    budget_left: rx.Field[str] = rx.field("")
    budget_spent_width: rx.Field[str] = rx.field("0%")
    budget_held_width: rx.Field[str] = rx.field("0%")

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the figures of the reader's organisation; again whenever one of its statuses changed."""
        actor = await actor_of(self)
        found = chosen_organization(self, actor, READ)
        self.organization = str(found or "")
        feed.follow(FEED, self, [found] if found else [])
        if found is not None:
            lang = lang_of_path(self.router.url.path)
            async with unit_of_work(actor) as uow:
                self.name = (await organizations.organization(uow, found)).name
                overview = await queries.overview(uow, found)
                figures = await board.board(uow, found)
                upcoming = await queries.upcoming(uow, found, SESSIONS_SHOWN)
                budget = await budgets.summary(uow, found)
            self._show_team(lang, overview, figures.clear)
            self._show_rate(lang, overview)
            self.alerts = [_alert(lang, alert, overview.on) for alert in overview.alerts]
            self.months = _months(lang, figures.ends)
            self.upcoming = [_upcoming(lang, session) for session in upcoming]
            self._show_budget(lang, budget)
        self.loaded = True

    def _show_team(self, lang: Lang, overview: Overview, clear: int) -> None:
        self.lead = lang("manager-lead", people=overview.team_size)
        self.people = format_number(lang.code, overview.team_size)
        self.people_word = lang("manager-team-people", count=overview.team_size)
        self.clear_text, self.clear_code = lang("manager-team-clear", count=clear), "c" if clear else "n"
        self.unassigned = overview.without_role
        self.unassigned_text = lang("manager-team-none", count=overview.without_role)

    def _show_rate(self, lang: Lang, overview: Overview) -> None:
        self.demanded, self.rate = overview.total, percent_of(overview.rate)
        self.rate_code, self.rate_text = (
            rate_code(self.rate),
            f"{self.rate}\xa0%" if lang.code == "fr" else f"{self.rate}%",
        )
        self.rate_said = lang("manager-rate-said", rate=self.rate)
        self.parts = [
            SharePart(
                code=CODE_OF[status],
                word=lang(f"compliance-status-{status}"),
                count=format_number(lang.code, overview.counts[status]),
                share=overview.counts[status],
                href=_matrix(lang, status=status),
            )
            for status in WORST_FIRST
            if overview.counts[status]
        ]

    def _show_budget(self, lang: Lang, budget: BudgetSummary) -> None:
        self.has_budget = budget.allocated_cents > 0
        if not self.has_budget:
            return
        percent = round(budget.used_share * 100)
        self.budget_percent = percent_text(lang, percent)
        self.budget_said = lang("manager-budget-said", percent=percent)
        spent = budget.spent_cents - budget.reversed_cents
        self.budget_spent = format_money(lang.code, spent)
        self.budget_committed = format_money(lang.code, budget.committed_cents)
        self.budget_left = format_money(lang.code, budget.left_cents)
        spent_share = min(100.0, 100 * spent / budget.allocated_cents)
        held_share = min(100.0 - spent_share, 100 * budget.committed_cents / budget.allocated_cents)
        self.budget_spent_width, self.budget_held_width = f"{spent_share:.1f}%", f"{held_share:.1f}%"


FEED = "manager"
feed.on_change(FEED, ManagerState.load)


def _matrix(lang: Lang, **filters: Any) -> str:
    return f"{lang.path('team-matrix')}?{urlencode(filters)}"


def _alert(lang: Lang, alert: Alert, today: date) -> AlertRow:
    kind, _, days = alert.kind.partition("_")
    if alert.kind == "without_role":
        return AlertRow(
            code="g",
            count=format_number(lang.code, alert.people),
            text=lang("manager-alert-unassigned", count=alert.people),
            todo=lang("manager-alert-unassigned-next"),
            href=f"{lang.path('team-rules')}?tab=people",
        )
    filters: dict[str, Any] = {"status": kind}
    if days:
        filters["before"] = today + timedelta(days=int(days))
    return AlertRow(
        code=CODE_OF[kind],
        count=format_number(lang.code, alert.statuses),
        text=lang(f"manager-alert-{kind}", count=alert.statuses, days=int(days or 0)),
        todo=lang(f"manager-alert-{kind}-next", people=alert.people),
        href=_matrix(lang, **filters),
    )


def _months(lang: Lang, ends: dict[date, int]) -> list[MonthBar]:
    most = max(ends.values(), default=0) or 1
    return [
        MonthBar(
            name=format_day(lang.code, month, pattern="LLL"),
            count=count,
            height=round(100 * count / most),
            code="g" if ahead < SOON_MONTHS else "p",
            said=lang("compliance-month-said", month=format_day(lang.code, month, pattern="LLLL y"), count=count),
            href=_matrix(lang, before=_last_day(month)),
        )
        for ahead, (month, count) in enumerate(sorted(ends.items()))
    ]


def _last_day(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _upcoming(lang: Lang, session: Upcoming) -> UpcomingRow:
    return UpcomingRow(
        month=format_day(lang.code, session.starts_on, pattern="LLL"),
        day=str(session.starts_on.day),
        course=title_of(lang, session.title, session.title_en),
        where=session.location or lang("place-remote"),
        enrolled=lang("manager-enrolled", count=session.people),
    )
