"""An organisation's invoices."""

import reflex as rx

from pygmalion_app.invoicing.schemas import InvoiceState
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.invoicing.invoices_state import TRANSFER_DIALOG, InvoicesState, MonthRow
from pygmalion_app.ui.invoicing.rows import EntryRow, InvoiceRow, ShareRow
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import ORGANIZATION, section_tabs
from pygmalion_app.ui.organizations.components import none_yet, role_withheld
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting

State = InvoicesState


@page("organization-invoices", title="tab-organization-invoices", on_load=State.load)
def invoices_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "organization-invoices",
        ui.page_head(
            rx.cond(State.name != "", State.name, lang("tab-organization-invoices")),
            lang("invoices-lead"),
            eyebrow=lang("nav-organization-settings"),
        ),
        rx.cond(
            State.loaded,
            rx.cond(
                State.organization != "",
                _content(lang),
                rx.cond(State.withheld, role_withheld(lang), none_yet(lang)),
            ),
            waiting(lang, ui.skeleton_rows(5)),
        ),
        _transfer_dialog(lang),
    )


def _content(lang: Lang) -> rx.Component:
    return rx.el.div(
        section_tabs(lang, ORGANIZATION, "organization-invoices"),
        rx.cond(State.shares.length() > 0, _shares(lang)),
        _invoices(lang),
        _statement(lang),
        class_name="grid gap-10 min-w-0",
    )


def _filters(lang: Lang) -> rx.Component:
    states = [(state.value, lang(f"invoices-state-{state.value}")) for state in InvoiceState]
    return rx.el.div(
        rx.cond(
            State.sells,
            ui.tabs(
                lang("invoices-side"),
                [("issued", lang("invoices-issued")), ("received", lang("invoices-received"))],
                State.side,
                State.choose_side,
            ),
        ),
        rx.el.div(
            ui.select(
                "month",
                lang("invoices-month"),
                rx.fragment(rx.el.option(lang("invoices-all"), value=""), rx.foreach(State.months, _month)),
                value=State.month,
                on_change=State.choose_month,
            ),
            ui.select(
                "state",
                lang("invoices-state"),
                [("", lang("invoices-all")), *states],
                value=State.state,
                on_change=State.choose_state,
            ),
            ui.button_link(
                lang("invoices-export"), href=State.export_path, server=True, look="secondary", icon_name="download"
            ),
            class_name="flex flex-wrap items-end gap-4",
        ),
        class_name="grid gap-5 mb-5",
    )


def _month(row: MonthRow) -> rx.Component:
    return rx.el.option(row.text, value=row.value)


def _invoices(lang: Lang) -> rx.Component:
    return rx.el.section(
        rx.el.h2(lang("tab-organization-invoices"), class_name="text-xl mb-4"),
        _filters(lang),
        rx.el.p(State.count, class_name="text-ink-2 mb-3", aria_live="polite"),
        rx.cond(
            State.rows.length() > 0,
            ui.table(
                [
                    lang("invoices-number"),
                    lang("invoices-party"),
                    lang("invoice-issued-on"),
                    (lang("invoices-total"), "pg-num"),
                    lang("invoices-state"),
                    "",
                ],
                rx.foreach(State.rows, lambda row: _invoice(lang, row)),
                caption=lang("tab-organization-invoices"),
            ),
            ui.card(ui.empty_state(lang("invoices-empty"), lang("invoices-empty-text"))),
        ),
        rx.cond(
            State.pages > 1,
            rx.el.div(ui.pagination(lang, State.page, State.pages, State.numbers, State.turn), class_name="mt-6"),
        ),
    )


def _invoice(lang: Lang, row: InvoiceRow) -> rx.Component:
    return rx.el.tr(
        ui.cell(
            rx.el.div(
                rx.el.p(row.number, class_name="pg-figure font-semibold whitespace-nowrap"),
                rx.el.p(row.kind, class_name="text-sm text-ink-3"),
            ),
            label=lang("invoices-number"),
        ),
        ui.cell(row.other, label=lang("invoices-party")),
        ui.cell(
            rx.el.div(
                rx.el.p(row.issued),
                rx.cond(row.due != "", rx.el.p(lang("invoice-due-on"), " ", row.due, class_name="text-sm text-ink-3")),
            ),
            label=lang("invoice-issued-on"),
            class_name="whitespace-nowrap",
        ),
        ui.cell(
            rx.el.div(
                ui.money(row.total),
                rx.cond(
                    row.left != "",
                    rx.el.p(lang("invoices-left"), " ", row.left, class_name="text-sm text-ink-3 whitespace-nowrap"),
                ),
            ),
            label=lang("invoices-total"),
            number=True,
        ),
        ui.cell(ui.lamp(row.state, row.tone), label=lang("invoices-state")),
        ui.cell(
            rx.el.div(
                rx.cond(
                    row.settles,
                    ui.button(
                        lang("transfer-record"),
                        look="secondary",
                        size="sm",
                        on_click=State.begin_transfer(row.id),  # pyright: ignore[reportCallIssue]
                    ),
                ),
                rx.cond(row.order != "", ui.link(lang("invoices-order"), href=row.order)),
                rx.cond(
                    row.pdf != "",
                    ui.link("PDF", href=row.pdf, server=True, aria_label=lang("invoices-pdf") + " " + row.number),
                    rx.el.span(lang("invoices-making"), class_name="text-sm text-ink-3"),
                ),
                class_name="flex flex-wrap items-center justify-end gap-3",
            ),
        ),
    )


def _shares(lang: Lang) -> rx.Component:
    def one(row: ShareRow) -> rx.Component:
        return rx.el.tr(
            ui.cell(
                rx.el.div(
                    rx.el.p(row.name, class_name="font-semibold"),
                    rx.el.p(row.dossier, class_name="pg-figure text-sm text-ink-3 break-all"),
                ),
                label=lang("funding-who"),
            ),
            ui.cell(row.buyer, label=lang("invoice-buyer")),
            ui.cell(ui.money(row.amount), label=lang("funding-share"), number=True),
            ui.cell(ui.lamp(row.state, row.tone), label=lang("invoices-state")),
            ui.cell(
                rx.cond(
                    row.open,
                    rx.el.div(
                        ui.button(
                            lang("funding-agree"),
                            look="secondary",
                            size="sm",
                            on_click=State.decide(row.id, True),  # pyright: ignore[reportCallIssue]
                        ),
                        ui.button(
                            lang("funding-refuse"),
                            look="ghost",
                            size="sm",
                            on_click=State.decide(row.id, False),  # pyright: ignore[reportCallIssue]
                        ),
                        class_name="flex flex-wrap justify-end gap-2",
                    ),
                )
            ),
        )

    return rx.el.section(
        rx.el.h2(lang("funding-heading"), class_name="text-xl"),
        rx.el.p(lang("funding-lead"), class_name="text-ink-2 mt-1 mb-4"),
        ui.table(
            [
                lang("funding-who"),
                lang("invoice-buyer"),
                (lang("funding-share"), "pg-num"),
                lang("invoices-state"),
                "",
            ],
            rx.foreach(State.shares, one),
            caption=lang("funding-heading"),
        ),
    )


def _statement(lang: Lang) -> rx.Component:
    def one(row: EntryRow) -> rx.Component:
        return rx.el.tr(
            ui.cell(row.day, label=lang("statement-day"), class_name="whitespace-nowrap"),
            ui.cell(
                rx.el.div(
                    rx.el.p(row.what, " ", rx.el.span(row.number, class_name="pg-figure")),
                    rx.el.p(row.other, class_name="text-sm text-ink-3"),
                ),
                label=lang("statement-what"),
            ),
            ui.cell(ui.money(row.debit), label=lang("statement-debit"), number=True),
            ui.cell(ui.money(row.credit), label=lang("statement-credit"), number=True),
            ui.cell(ui.money(row.balance), label=lang("statement-balance"), number=True),
        )

    return rx.el.section(
        rx.el.h2(lang("statement-heading"), class_name="text-xl"),
        rx.el.p(lang("statement-lead"), class_name="text-ink-2 mt-1 mb-4"),
        rx.el.div(
            ui.select(
                "statement_month",
                lang("invoices-month"),
                rx.foreach(State.months, _month),
                value=State.statement_month,
                on_change=State.choose_statement,
            ),
            ui.button_link("PDF", href=State.statement_pdf, server=True, look="secondary", icon_name="download"),
            ui.button_link("CSV", href=State.statement_path, server=True, look="secondary", icon_name="download"),
            class_name="flex flex-wrap items-end gap-4 mb-5",
        ),
        rx.el.dl(
            ui.fact(lang("statement-opening"), ui.money(State.opening)),
            ui.fact(lang("statement-closing"), ui.money(State.closing)),
            class_name="flex flex-wrap gap-8 mb-4",
        ),
        rx.cond(
            State.entries.length() > 0,
            ui.table(
                [
                    lang("statement-day"),
                    lang("statement-what"),
                    (lang("statement-debit"), "pg-num"),
                    (lang("statement-credit"), "pg-num"),
                    (lang("statement-balance"), "pg-num"),
                ],
                rx.foreach(State.entries, one),
                caption=lang("statement-heading"),
            ),
            rx.el.p(lang("statement-empty"), class_name="text-ink-2"),
        ),
    )


def _transfer_dialog(lang: Lang) -> rx.Component:
    errors = State.transfer_errors
    return ui.dialog(
        lang,
        TRANSFER_DIALOG,
        State.transfer_title,
        rx.el.form(
            rx.el.p(lang("transfer-text"), class_name="text-ink-2"),
            ui.field(
                "amount",
                lang("transfer-amount"),
                error=errors.get("amount_cents", ""),
                default_value=State.transfer_left,
                input_mode="decimal",
                auto_complete="off",
                max_length=20,
                input_class="pg-figure",
            ),
            ui.field(
                "received_on",
                lang("transfer-day"),
                error=errors.get("received_on", ""),
                default_value=State.transfer_day,
                type="date",
            ),
            ui.field("reference", lang("transfer-reference"), auto_complete="off", max_length=140),
            rx.el.div(
                ui.button(lang("cancel"), look="secondary", **ui.closes(TRANSFER_DIALOG)),
                ui.button(lang("transfer-record"), type="submit"),
                class_name="flex flex-wrap justify-end gap-3",
            ),
            on_submit=State.record,
            key=f"transfer-{State.opened}",
            no_validate=True,
            class_name="grid gap-4",
        ),
    )
