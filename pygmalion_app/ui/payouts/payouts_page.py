"""An organisation's payments: its account, its money with the platform, what it sold, and what it was paid."""

from typing import Any

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.accounts.reauthentication import reauthenticate_dialog
from pygmalion_app.ui.components.basics import Look, Tone
from pygmalion_app.ui.disputes.own_section import OwnDisputes, own_disputes
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import ORGANIZATION, section_tabs
from pygmalion_app.ui.organizations.components import role_withheld
from pygmalion_app.ui.payouts.payouts_state import MoneyRow, PayoutRow, PayoutsState, SaleRow
from pygmalion_app.ui.payouts.refund_dialog import refund_dialog
from pygmalion_app.ui.payouts.refund_state import SaleRefund
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting

State = PayoutsState


@page("organization-payments", title="tab-organization-payments", on_load=[State.load, OwnDisputes.load])
def payouts_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "organization-payments",
        ui.page_head(
            lang("tab-organization-payments"), lang("payouts-lead"), eyebrow=lang("nav-organization-settings")
        ),
        rx.cond(
            State.loaded,
            rx.cond(
                State.failed,
                ui.error_state(lang, lang("error-title"), lang("payouts-error"), retry=State.load),
                rx.cond(
                    State.organization != "",
                    _content(lang),
                    rx.cond(State.withheld, role_withheld(lang), _no_seller(lang)),
                ),
            ),
            waiting(lang, ui.skeleton_rows(5)),
        ),
        reauthenticate_dialog(lang),
        refund_dialog(lang),
    )


def _no_seller(lang: Lang) -> rx.Component:
    return rx.el.div(
        section_tabs(lang, ORGANIZATION, "organization-payments"),
        ui.card(ui.empty_state(lang("payouts-no-seller"), lang("payouts-no-seller-text"))),
        class_name="grid gap-8 min-w-0",
    )


def _content(lang: Lang) -> rx.Component:
    return rx.el.div(
        section_tabs(lang, ORGANIZATION, "organization-payments"),
        _account(lang),
        rx.foreach(State.money, lambda row: _money(lang, row)),
        _sales(lang),
        _payouts(lang),
        own_disputes(lang),
        class_name="grid gap-10 min-w-0",
    )


def _account(lang: Lang) -> rx.Component:
    def lamp(state: str, tone: Tone) -> rx.Component:
        return ui.lamp(lang(f"payouts-account-{state}"), tone=tone)

    return ui.card(
        rx.el.div(
            rx.el.h2(lang("payouts-account"), class_name="text-lg"),
            rx.match(
                State.account,
                ("ready", lamp("ready", "ok")),
                ("review", lamp("review", "info")),
                ("incomplete", lamp("incomplete", "warn")),
                lamp("none", "idle"),
            ),
            class_name="flex flex-wrap items-center justify-between gap-3 mb-2",
        ),
        rx.el.p(
            rx.match(
                State.account,
                ("ready", lang("payouts-account-ready-text")),
                ("review", lang("payouts-account-review-text")),
                ("incomplete", lang("payouts-account-incomplete-text")),
                lang("payouts-account-none-text"),
            ),
            class_name="text-ink-2",
        ),
        rx.cond(
            State.needs.length() > 0,
            rx.el.ul(rx.foreach(State.needs, _need), class_name="list-disc pl-5 mt-3 grid gap-1"),
        ),
        rx.cond(State.lapsed, rx.el.div(ui.notice(lang("payouts-lapsed"), tone="warn"), class_name="mt-4")),
        rx.cond(
            State.verified,
            rx.el.div(_start(lang), class_name="mt-5"),
            rx.el.div(
                ui.notice(
                    rx.el.p(
                        lang("payouts-unverified"),
                        " ",
                        ui.link(lang("payouts-unverified-link"), href=lang.path("organization-kyb")),
                    ),
                    tone="warn",
                ),
                class_name="mt-4",
            ),
        ),
    )


def _need(text: rx.Var[str]) -> rx.Component:
    return rx.el.li(text)


def _start(lang: Lang) -> rx.Component | rx.Var[Any]:
    def button(key: str, look: Look) -> rx.Component:
        return ui.button(lang(key), look=look, icon_name="external-link", busy=State.busy, on_click=State.start)

    return rx.match(
        State.account,
        ("ready", button("payouts-start-change", "secondary")),
        ("review", button("payouts-start-change", "secondary")),
        ("incomplete", button("payouts-start-continue", "primary")),
        button("payouts-start", "primary"),
    )


def _money(lang: Lang, row: MoneyRow) -> rx.Component:
    def figure(key: str, value: rx.Var[str] | str) -> rx.Component:
        return rx.el.div(
            rx.el.dt(lang(f"payouts-{key}"), class_name="text-sm text-ink-2"),
            rx.el.dd(value, class_name="pg-figure text-xl font-semibold mt-1"),
        )

    return rx.el.section(
        rx.el.h2(lang("payouts-money"), class_name="text-xl mb-4"),
        ui.card(
            rx.el.dl(
                figure("to-come", row.to_come),
                figure("due", row.due),
                figure("on-the-way", row.on_the_way),
                figure("paid", row.paid),
                class_name="grid gap-6 grid-cols-2 lg:grid-cols-4",
            ),
            rx.el.p(
                rx.el.span(lang("payouts-next"), " ", class_name="text-ink-2"),
                rx.el.strong(row.next),
                rx.el.span(" · ", State.delay, class_name="text-ink-3"),
                class_name="mt-6 pt-4 border-t border-line",
            ),
        ),
    )


def _sales(lang: Lang) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2(lang("payouts-sales"), class_name="text-xl"),
            ui.button_link(
                lang("payouts-export"),
                href=State.export_path,
                server=True,
                look="secondary",
                size="sm",
                icon_name="download",
            ),
            class_name="flex flex-wrap items-center justify-between gap-3 mb-3",
        ),
        rx.el.p(State.count, class_name="text-ink-2 mb-3", aria_live="polite"),
        rx.cond(
            State.sales.length() > 0,
            ui.table(
                [
                    lang("payouts-column-order"),
                    lang("payouts-column-state"),
                    (lang("payouts-column-amount"), "pg-num"),
                    (lang("payouts-column-commission"), "pg-num"),
                    (lang("payouts-column-refunded"), "pg-num"),
                    (lang("payouts-column-paid-out"), "pg-num"),
                    "",
                ],
                rx.foreach(State.sales, lambda row: _sale(lang, row)),
                caption=lang("payouts-sales"),
            ),
            ui.card(ui.empty_state(lang("payouts-empty"), lang("payouts-empty-text"))),
        ),
        rx.cond(
            State.pages > 1,
            rx.el.div(ui.pagination(lang, State.page, State.pages, State.numbers, State.turn), class_name="mt-6"),
        ),
    )


def _sale(lang: Lang, row: SaleRow) -> rx.Component:
    def money(key: str, value: rx.Var[str] | str) -> rx.Component:
        text = rx.el.span(rx.cond(value != "", value, "—"), class_name="pg-figure whitespace-nowrap")
        return ui.cell(text, label=lang(f"payouts-column-{key}"), number=True)

    return rx.el.tr(
        ui.cell(
            rx.el.div(
                rx.el.p(row.what),
                rx.el.p(row.day, " · ", rx.el.span(row.order, class_name="pg-figure"), class_name="text-sm text-ink-3"),
            ),
            label=lang("payouts-column-order"),
        ),
        ui.cell(ui.lamp(row.state, tone=row.tone, plain=True), label=lang("payouts-column-state")),
        money("amount", row.amount),
        money("commission", row.commission),
        money("refunded", row.refunded),
        ui.cell(
            rx.el.div(
                rx.el.p(rx.cond(row.paid_out != "", row.paid_out, "—"), class_name="pg-figure whitespace-nowrap"),
                rx.cond(
                    (row.paid_out == "") & (row.payable != ""),
                    rx.el.p(lang("payouts-from"), " ", row.payable, class_name="text-sm text-ink-3 whitespace-nowrap"),
                ),
            ),
            label=lang("payouts-column-paid-out"),
            number=True,
        ),
        ui.cell(
            rx.cond(
                row.refundable,
                ui.button(
                    lang("refund-begin"),
                    rx.el.span(" ", row.what, class_name="sr-only"),
                    look="ghost",
                    size="sm",
                    on_click=SaleRefund.begin(row.id),
                ),
            )
        ),
    )


def _payouts(lang: Lang) -> rx.Component:
    return rx.el.section(
        rx.el.h2(lang("payouts-payouts"), class_name="text-xl mb-4"),
        rx.cond(
            State.payouts.length() > 0,
            ui.table(
                [
                    lang("payouts-column-date"),
                    lang("payouts-column-state"),
                    (lang("payouts-column-sum"), "pg-num"),
                ],
                rx.foreach(State.payouts, lambda row: _payout(lang, row)),
                caption=lang("payouts-payouts"),
            ),
            ui.card(ui.empty_state(lang("payouts-none"), lang("payouts-none-text"))),
        ),
    )


def _payout(lang: Lang, row: PayoutRow) -> rx.Component:
    return rx.el.tr(
        ui.cell(row.day, label=lang("payouts-column-date"), class_name="whitespace-nowrap"),
        ui.cell(
            rx.el.div(
                ui.lamp(row.state, tone=row.tone, plain=True),
                rx.cond(row.detail != "", rx.el.p(row.detail, class_name="text-sm text-ink-3")),
            ),
            label=lang("payouts-column-state"),
        ),
        ui.cell(
            rx.el.span(row.amount, class_name="pg-figure whitespace-nowrap"),
            label=lang("payouts-column-sum"),
            number=True,
        ),
    )
