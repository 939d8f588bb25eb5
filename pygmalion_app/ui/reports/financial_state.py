"""The financial report on screen, and its period."""

from datetime import date
from typing import Any
from uuid import UUID

import reflex as rx

from pygmalion_app.core.errors import InvalidInputError, PygmalionError
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.reports import financial
from pygmalion_app.reports.financial import Grouping, Side
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.components.chart_data import Chart
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization
from pygmalion_app.ui.reports.rows import (
    Figure,
    MoneyColumn,
    MoneyTable,
    money_chart,
    money_columns,
    money_figures,
    money_tables,
)


class FinancialReportState(rx.State):
    """The figures of a period."""

    loaded: rx.Field[bool] = rx.field(False)
    since: rx.Field[str] = rx.field("")
    until: rx.Field[str] = rx.field("")
    by: rx.Field[str] = rx.field("month")
    sells: rx.Field[bool] = rx.field(False)
    period_error: rx.Field[str] = rx.field("")
    figures: rx.Field[list[Figure]] = rx.field(default_factory=list)
    columns: rx.Field[list[MoneyColumn]] = rx.field(default_factory=list)
    tables: rx.Field[list[MoneyTable]] = rx.field(default_factory=list)
    chart: rx.Field[Chart] = rx.field(default_factory=Chart)

    @rx.event
    @access.requires(Permission.REPORT_READ)
    async def load(self) -> Any:
        """Show this year until today, by month."""
        actor = await actor_of(self)
        async with unit_of_work(actor) as uow:
            since, until = financial.this_year(financial.local_day(uow))
        self.since, self.until, self.by, self.period_error = since.isoformat(), until.isoformat(), "month", ""
        return await self._read(since, until)

    @rx.event
    @access.requires(Permission.REPORT_READ)
    async def choose(self, form: dict[str, Any]) -> Any:
        """Show another period."""
        try:
            since, until = (
                date.fromisoformat(text_of(form, "since", 10)),
                date.fromisoformat(text_of(form, "until", 10)),
            )
        except ValueError:
            self.period_error = lang_of_path(self.router.url.path)("finance-period-wrong")
            return None
        return await self._read(since, until)

    @rx.event
    @access.requires(Permission.REPORT_READ)
    async def group(self, by: str) -> Any:
        """Have rows stand for something else."""
        if by in set(Grouping):
            self.by = str(by)
        return await self._read(date.fromisoformat(self.since), date.fromisoformat(self.until))

    def _organization(self, actor: Any) -> UUID | None:
        return chosen_organization(self, actor, Permission.REPORT_READ)

    async def _read(self, since: date, until: date) -> Any:
        lang, actor = lang_of_path(self.router.url.path), await actor_of(self)
        organization = self._organization(actor)
        if organization is None:
            return None
        try:
            async with unit_of_work(actor) as uow:
                found = await financial.financial(uow, organization, since, until, Grouping(self.by))
        except InvalidInputError:
            self.period_error = lang("finance-period-wrong")
            return None
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self.since, self.until, self.period_error = since.isoformat(), until.isoformat(), ""
        self.by, self.sells = found.by.value, found.side is Side.SELLER
        self.columns, self.tables = money_columns(lang, found), money_tables(lang, found)
        self.figures, self.chart = money_figures(lang, found), money_chart(lang, found)
        self.loaded = True
        return None
