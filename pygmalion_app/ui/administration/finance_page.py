"""The platform's books: totals, whether they balance, differences, failed refunds, exports; for administrators."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.administration.finance_state import (
    BY_HAND_DIALOG,
    RESOLVE_DIALOG,
    Amount,
    DifferenceRow,
    ExportRow,
    FinanceState,
    RefundRow,
    TotalsRow,
)
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts.listing import section_layout
from pygmalion_app.ui.layouts.sections import ADMINISTRATION
from pygmalion_app.ui.routes import page


@page("admin-finance", title="finance-title", on_load=FinanceState.load)
def finance_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return section_layout(
        lang,
        "admin-finance",
        ADMINISTRATION,
        (lang("finance-title"), lang("finance-lead")),
        rx.fragment(
            _period(lang),
            rx.foreach(FinanceState.totals, lambda row: _totals(lang, row)),
            _refunds(lang),
            _differences(lang),
            _exports(lang),
        ),
        _resolve(lang),
        _by_hand(lang),
        loaded=FinanceState.loaded,
    )


def _period(lang: Lang) -> rx.Component:
    return rx.el.form(
        ui.field(
            "since",
            lang("finance-since"),
            type="date",
            default_value=FinanceState.since,
            error=FinanceState.period_error,
        ),
        ui.field("until", lang("finance-until"), type="date", default_value=FinanceState.until),
        rx.el.div(
            ui.button(lang("finance-show"), type="submit"),
            ui.button(lang("finance-last-month"), look="ghost", on_click=FinanceState.last_month),
            class_name="flex flex-wrap gap-3",
        ),
        on_submit=FinanceState.choose,
        key=rx.Var.create("period-") + FinanceState.since + FinanceState.until,
        no_validate=True,
        class_name="flex flex-wrap items-end gap-4",
    )


def _totals(lang: Lang, row: TotalsRow) -> rx.Component:
    def figure(amount: Amount) -> rx.Component:
        # Two beside each other on a phone, in millions too.
        return ui.figure(amount.value, amount.term, class_name="max-sm:[&>:first-child]:text-xl min-w-0")

    return ui.card(
        rx.el.div(
            rx.el.h2(lang("finance-period-title"), " · ", row.currency, class_name="text-xl"),
            ui.lamp(row.balance, row.tone),
            class_name="flex flex-wrap items-center justify-between gap-4",
        ),
        rx.el.div(
            rx.foreach(row.period, figure),
            class_name="grid grid-cols-2 gap-x-4 gap-y-6 md:grid-cols-3 xl:grid-cols-5 mt-6",
        ),
        rx.el.h3(lang("finance-now-title"), class_name="pg-label mt-8 mb-4"),
        rx.el.div(rx.foreach(row.now, figure), class_name="grid grid-cols-2 gap-x-4 gap-y-6 md:grid-cols-3"),
    )


def _section(title: str, lead: str, *children: rx.Component) -> rx.Component:
    return rx.el.section(
        rx.el.h2(title, class_name="text-xl"),
        rx.el.p(lead, class_name="text-ink-2 mt-1 mb-4"),
        *children,
        class_name="min-w-0",
    )


def _order_link(lang: Lang, href: rx.Var[str]) -> rx.Component:
    return rx.cond(href != "", ui.link(lang("events-see-order"), href=href), rx.el.span("–"))


def _refunds(lang: Lang) -> rx.Component:
    def one(row: RefundRow) -> rx.Component:
        return rx.el.tr(
            ui.cell(row.amount, label=lang("finance-amount"), number=True),
            ui.cell(ui.lamp(row.why, "bad"), label=lang("finance-why")),
            ui.cell(rx.el.span(row.when, class_name="pg-figure text-sm"), label=lang("finance-when")),
            ui.cell(_order_link(lang, rx.Var.create(row.order)), label=lang("events-order")),
            ui.cell(
                rx.el.div(
                    ui.button(
                        lang("finance-retry"),
                        look="secondary",
                        size="sm",
                        on_click=FinanceState.retry(row.id),
                        aria_label=rx.Var.create(lang("finance-retry") + " : ") + row.amount,
                    ),
                    ui.button(
                        lang("finance-by-hand"),
                        look="ghost",
                        size="sm",
                        on_click=FinanceState.ask_by_hand(row.id),
                        aria_label=rx.Var.create(lang("finance-by-hand") + " : ") + row.amount,
                    ),
                    class_name="flex flex-wrap gap-2",
                )
            ),
        )

    return rx.cond(
        FinanceState.refunds.length() > 0,
        _section(
            lang("finance-refunds"),
            lang("finance-refunds-lead"),
            ui.table(
                [
                    (lang("finance-amount"), "pg-num"),
                    lang("finance-why"),
                    lang("finance-when"),
                    lang("events-order"),
                    "",
                ],
                rx.foreach(FinanceState.refunds, one),
                caption=lang("finance-refunds"),
            ),
        ),
    )


def _differences(lang: Lang) -> rx.Component:
    def one(row: DifferenceRow) -> rx.Component:
        return rx.el.tr(
            ui.cell(row.day, label=lang("finance-day")),
            ui.cell(
                rx.el.div(
                    rx.el.p(row.what),
                    rx.el.p(row.source, class_name="text-sm text-ink-3 break-all"),
                    class_name="min-w-0",
                ),
                label=lang("finance-what"),
            ),
            ui.cell(row.here, label=lang("finance-here"), number=True),
            ui.cell(row.there, label=lang("finance-there"), number=True),
            ui.cell(_order_link(lang, rx.Var.create(row.order)), label=lang("events-order")),
            ui.cell(
                ui.button(
                    lang("finance-resolve"),
                    look="secondary",
                    size="sm",
                    on_click=FinanceState.ask_resolve(row.id),
                    aria_label=rx.Var.create(lang("finance-resolve") + " : ") + row.what,
                )
            ),
        )

    return _section(
        lang("finance-differences"),
        lang("finance-differences-lead"),
        rx.cond(
            FinanceState.differences.length() > 0,
            ui.table(
                [
                    lang("finance-day"),
                    lang("finance-what"),
                    (lang("finance-here"), "pg-num"),
                    (lang("finance-there"), "pg-num"),
                    lang("events-order"),
                    "",
                ],
                rx.foreach(FinanceState.differences, one),
                caption=lang("finance-differences"),
            ),
            ui.card(ui.lamp(lang("finance-no-differences"), "ok")),
        ),
    )


def _exports(lang: Lang) -> rx.Component:
    def one(row: ExportRow) -> rx.Component:
        return rx.el.tr(
            ui.cell(rx.el.span(row.name, class_name="break-all"), label=lang("finance-file")),
            ui.cell(row.period, label=lang("finance-period")),
            ui.cell(rx.el.div(ui.lamp(row.progress, row.tone), aria_live="polite"), label=lang("finance-progress")),
            ui.cell(
                rx.cond(
                    row.path != "",
                    ui.button_link(
                        lang("finance-download"),
                        href=row.path,
                        server=True,
                        look="secondary",
                        size="sm",
                        icon_name="download",
                    ),
                )
            ),
        )

    return _section(
        lang("finance-exports"),
        lang("finance-exports-lead"),
        rx.el.div(
            ui.button(lang("finance-export-fec"), look="secondary", on_click=FinanceState.export_fec),
            ui.button(lang("finance-export-csv"), look="secondary", on_click=FinanceState.export_csv),
            class_name="flex flex-wrap gap-3 mb-4",
        ),
        rx.cond(FinanceState.writing, ui.polling(FinanceState.refresh, 2)),
        rx.cond(
            FinanceState.exports.length() > 0,
            ui.table(
                [lang("finance-file"), lang("finance-period"), lang("finance-progress"), ""],
                rx.foreach(FinanceState.exports, one),
                caption=lang("finance-exports"),
            ),
        ),
    )


def _resolve(lang: Lang) -> rx.Component:
    return ui.dialog(
        lang,
        RESOLVE_DIALOG,
        lang("finance-resolve-title"),
        rx.el.form(
            ui.text_area(
                "note",
                lang("finance-note"),
                hint=lang("finance-note-hint"),
                error=FinanceState.note_error,
                max_length=1000,
            ),
            ui.button(lang("finance-resolve"), type="submit"),
            on_submit=FinanceState.resolve,
            key=rx.Var.create("resolve-") + FinanceState.resolved.to_string() + FinanceState.chosen,
            no_validate=True,
            class_name="grid gap-5",
        ),
    )


def _by_hand(lang: Lang) -> rx.Component:
    return ui.dialog(
        lang,
        BY_HAND_DIALOG,
        lang("finance-by-hand-title"),
        rx.el.form(
            rx.foreach(
                FinanceState.refunds,
                lambda row: rx.cond(
                    row.id == FinanceState.chosen,
                    rx.el.p(lang("finance-amount"), " ", ui.money(row.amount), class_name="font-semibold"),
                ),
            ),
            rx.el.p(lang("finance-by-hand-lead"), class_name="text-ink-2"),
            ui.field(
                "reference",
                lang("finance-reference"),
                hint=lang("finance-reference-hint"),
                error=FinanceState.reference_error,
                max_length=100,
                auto_complete="off",
            ),
            ui.field(
                "paid_on",
                lang("finance-paid-on"),
                type="date",
                default_value=FinanceState.today,
                max=FinanceState.today,
                error=FinanceState.paid_on_error,
            ),
            ui.button(lang("finance-by-hand-confirm"), type="submit"),
            on_submit=FinanceState.pay_by_hand,
            key=rx.Var.create("by-hand-") + FinanceState.resolved.to_string() + FinanceState.chosen,
            no_validate=True,
            class_name="grid gap-5",
        ),
    )
