"""The financial report on screen."""

from typing import Any

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.reports.financial_state import FinancialReportState
from pygmalion_app.ui.reports.rows import Figure, MoneyColumn, MoneyRow, MoneyTable
from pygmalion_app.ui.waiting import waiting

_State = FinancialReportState


def financial_view(lang: Lang) -> rx.Component:
    """Return the report."""
    return rx.cond(
        _State.loaded,
        rx.el.div(
            _choices(lang),
            rx.cond(
                _State.tables.length() > 0,
                rx.el.div(
                    ui.card(
                        rx.el.div(
                            rx.foreach(_State.figures, _figure),
                            class_name="grid gap-6 sm:grid-cols-2 md:grid-cols-3 xl:grid-cols-4",
                        )
                    ),
                    ui.card(
                        rx.cond(
                            _State.by == "month",
                            ui.column_chart(lang, lang("report-money-chart"), _State.chart),
                            ui.bar_chart(lang, lang("report-money-chart"), _State.chart),
                        )
                    ),
                    rx.foreach(_State.tables, lambda table: _table(lang, table)),
                    rx.el.p(lang("report-amounts"), class_name="text-sm text-ink-3"),
                    class_name="grid gap-6 min-w-0",
                ),
                ui.card(ui.empty_state(lang("report-financial-none"), lang("report-financial-none-text"))),
            ),
            class_name="grid gap-6 min-w-0",
        ),
        waiting(lang, ui.skeleton_rows(5)),
    )


def _figure(one: Figure) -> rx.Component:
    return ui.figure(one.value, one.term)


def _choices(lang: Lang) -> rx.Component:
    def by(*names: str) -> rx.Component:
        return ui.tabs(
            lang("report-grouped"),
            [(name, lang(f"report-by-{name.replace('_', '-')}")) for name in names],
            _State.by,
            _State.group,
        )

    return rx.el.div(
        rx.el.form(
            ui.field(
                "since",
                lang("finance-since"),
                type="date",
                default_value=_State.since,
                error=_State.period_error,
            ),
            ui.field("until", lang("finance-until"), type="date", default_value=_State.until),
            ui.button(lang("finance-show"), type="submit", look="secondary"),
            on_submit=_State.choose,
            key=rx.Var.create("period-") + _State.since + _State.until,
            no_validate=True,
            class_name="flex flex-wrap items-end gap-4",
        ),
        rx.cond(_State.sells, by("month", "course"), by("month", "course", "cost_center")),
        class_name="flex flex-wrap items-end justify-between gap-4",
    )


def _table(lang: Lang, table: MoneyTable) -> rx.Component:
    def head(column: MoneyColumn) -> rx.Component:
        return rx.el.th(column.title, scope="col", class_name="pg-num")

    def cells(figures: Any, class_name: str = "") -> rx.Component:
        def cell(column: MoneyColumn) -> rx.Component:
            return rx.el.td(
                figures[column.place],
                class_name=f"pg-num {class_name}",
                custom_attrs={"data-label": column.title},
            )

        return rx.foreach(_State.columns, cell)

    def one(row: MoneyRow) -> rx.Component:
        return rx.el.tr(ui.cell(row.title, class_name="font-medium"), cells(row.figures))

    return rx.el.div(
        rx.el.table(
            rx.el.caption(lang("report-financial"), " · ", table.title, class_name="sr-only"),
            rx.el.thead(rx.el.tr(rx.el.th(lang("report-grouped-what"), scope="col"), rx.foreach(_State.columns, head))),
            rx.el.tbody(rx.foreach(table.rows, one)),
            rx.el.tfoot(
                rx.el.tr(
                    ui.cell(lang("report-total"), " · ", table.title, class_name="font-bold"),
                    cells(table.total, "font-bold"),
                )
            ),
            class_name="pg-table pg-table--stack",
        ),
        class_name="pg-table-frame",
    )
