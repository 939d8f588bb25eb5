"""A person's own payments and their papers."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.invoicing.payments_state import PaymentsState
from pygmalion_app.ui.invoicing.rows import PaperRow, PaymentRow
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import ACCOUNT, section_tabs
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting

State = PaymentsState


@page("payments", title="payments-title", on_load=State.load)
def payments_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "payments",
        ui.page_head(lang("payments-title"), lang("payments-lead")),
        rx.el.div(
            section_tabs(lang, ACCOUNT, "payments"),
            rx.cond(State.loaded, _payments(lang), waiting(lang, ui.skeleton_rows(4))),
            class_name="grid gap-8 min-w-0",
        ),
    )


def _payments(lang: Lang) -> rx.Component:
    return rx.el.div(
        rx.cond(
            State.rows.length() > 0,
            ui.table(
                [
                    lang("payments-what"),
                    lang("payments-day"),
                    (lang("payments-price"), "pg-num"),
                    (lang("payments-paid"), "pg-num"),
                    lang("invoices-state"),
                    lang("payments-papers"),
                ],
                rx.foreach(State.rows, lambda row: _payment(lang, row)),
                caption=lang("payments-title"),
            ),
            ui.card(
                ui.empty_state(
                    lang("payments-empty"),
                    lang("payments-empty-text"),
                    ui.button_link(lang("enrol-choose"), href=lang.path("catalog")),
                )
            ),
        ),
        rx.cond(
            State.pages > 1,
            rx.el.div(ui.pagination(lang, State.page, State.pages, State.numbers, State.turn), class_name="mt-6"),
        ),
    )


def _payment(lang: Lang, row: PaymentRow) -> rx.Component:
    return rx.el.tr(
        ui.cell(ui.link(row.what, href=row.order, class_name="pg-link font-semibold"), label=lang("payments-what")),
        ui.cell(row.day, label=lang("payments-day"), class_name="whitespace-nowrap"),
        ui.cell(ui.money(row.amount), label=lang("payments-price"), number=True),
        ui.cell(ui.money(row.paid), label=lang("payments-paid"), number=True),
        ui.cell(ui.lamp(row.state, row.tone), label=lang("invoices-state")),
        ui.cell(rx.el.ul(rx.foreach(row.papers, lambda paper: _paper(lang, paper))), label=lang("payments-papers")),
    )


def _paper(lang: Lang, paper: PaperRow) -> rx.Component:
    return rx.el.li(
        rx.cond(
            paper.pdf != "",
            ui.link(paper.text, href=paper.pdf, server=True),
            rx.el.span(paper.text, " · ", lang("invoices-making"), class_name="text-ink-3"),
        )
    )
