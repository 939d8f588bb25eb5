"""Withdrawing from a contract, in two steps."""

from typing import Any

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.components.basics import Child
from pygmalion_app.ui.enrollments.components import section
from pygmalion_app.ui.enrollments.withdrawal_state import WithdrawalState
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting


@page("withdrawal", title="withdrawal-title", on_load=WithdrawalState.load)
def withdrawal_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "withdrawal",
        rx.el.div(
            ui.page_head(lang("withdrawal-title"), WithdrawalState.course),
            rx.match(
                WithdrawalState.phase,
                ("statement", _step(lang, 1, _statement(lang))),
                ("confirmation", _step(lang, 2, _confirmation(lang))),
                ("done", _step(lang, 3, _done(lang))),
                ("over", _over(lang)),
                ("none", _none(lang)),
                waiting(lang, ui.skeleton_rows(2)),
            ),
            class_name="max-w-[760px]",
        ),
    )


def _step(lang: Lang, now: int, *children: Child) -> rx.Component:
    names = [lang(f"withdrawal-step-{number}") for number in (1, 2, 3)]
    return rx.el.div(
        ui.stepper(lang, names, now),
        rx.cond(WithdrawalState.error != "", ui.notice(WithdrawalState.error, tone="bad")),
        *children,
        class_name="grid grid-cols-1 gap-6",
    )


def _quote() -> rx.Component:
    return rx.el.blockquote(
        WithdrawalState.statement, class_name="border-l-[3px] border-signal pl-4 text-lg font-medium"
    )


def _statement(lang: Lang) -> rx.Component:
    return section(
        lang("withdrawal-step-1"),
        _quote(),
        rx.el.h3(lang("withdrawal-effects"), class_name="font-semibold mt-6 mb-3"),
        _effects(lang),
        rx.el.div(
            ui.button(lang("withdrawal-continue"), size="lg", on_click=WithdrawalState.proceed),
            _keep(lang),
            class_name="flex flex-wrap gap-3 mt-6",
        ),
        text=lang("withdrawal-lead"),
    )


def _effects(lang: Lang) -> rx.Component:
    def one(icon_name: str, *text: Child) -> rx.Component:
        return rx.el.li(ui.icon(icon_name, "mt-[2px] text-ink-3 shrink-0"), rx.el.span(*text), class_name="flex gap-3")

    return rx.el.ul(
        one("circle-x", lang("withdrawal-effect-1")),
        one(
            "credit-card",
            lang("withdrawal-effect-2"),
            " (",
            rx.el.span(WithdrawalState.amount, class_name="pg-figure"),
            ").",
        ),
        one("mail", lang("withdrawal-effect-3"), " ", rx.el.strong(WithdrawalState.email, class_name="break-all"), "."),
        class_name="grid gap-3 list-none p-0",
    )


def _confirmation(lang: Lang) -> rx.Component:
    return section(
        lang("withdrawal-confirm-title"),
        _quote(),
        rx.el.p(lang("withdrawal-confirm-text"), class_name="mt-5 text-ink-2"),
        rx.el.div(
            ui.button(
                lang("withdrawal-confirm"), size="lg", on_click=WithdrawalState.confirm, busy=WithdrawalState.busy
            ),
            ui.button(lang("back"), size="lg", look="ghost", on_click=WithdrawalState.back),
            class_name="flex flex-wrap gap-3 mt-6",
        ),
    )


def _done(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.div(
            rx.el.span(ui.icon("circle-check", "pg-icon-lg"), class_name="pg-medal pg-tone-ok"),
            rx.el.div(
                rx.el.h2(lang("withdrawal-done-title"), class_name="text-xl"),
                rx.el.p(lang("withdrawal-done-1"), " ", rx.el.strong(WithdrawalState.received), ".", class_name="mt-1"),
                rx.el.p(
                    lang("withdrawal-done-2"),
                    " ",
                    rx.el.strong(WithdrawalState.email, class_name="break-all"),
                    ".",
                    class_name="mt-1 text-ink-2",
                ),
                rx.el.div(
                    ui.button_link(
                        lang("withdrawal-receipt"),
                        href=WithdrawalState.receipt_url,
                        server=True,
                        icon_name="download",
                    ),
                    _order(lang),
                    class_name="flex flex-wrap gap-3 mt-5",
                ),
                class_name="min-w-0 flex-1",
            ),
            class_name="flex flex-col sm:flex-row gap-4",
        ),
        raised=True,
        role="status",
    )


def _over(lang: Lang) -> rx.Component:
    until: Any = WithdrawalState.until
    return ui.card(
        rx.el.h2(lang("withdrawal-late-title"), class_name="text-xl"),
        rx.el.p(lang("withdrawal-late-1"), " ", rx.el.strong(until), lang("withdrawal-late-2"), class_name="mt-2"),
        rx.el.p(lang("withdrawal-late-text"), class_name="mt-2 text-ink-2"),
        rx.el.div(_order(lang), class_name="mt-5"),
    )


def _none(lang: Lang) -> rx.Component:
    return ui.card(
        ui.empty_state(
            lang("withdrawal-none-title"),
            lang("withdrawal-none-text"),
            ui.button_link(lang("nav-training"), href=lang.path("training")),
        )
    )


def _keep(lang: Lang) -> rx.Component:
    return ui.button_link(
        lang("withdrawal-keep"),
        href=lang.path("order", order_id=WithdrawalState.order_id),
        size="lg",
        look="ghost",
    )


def _order(lang: Lang) -> rx.Component:
    return ui.button_link(
        lang("withdrawal-order"), href=lang.path("order", order_id=WithdrawalState.order_id), look="secondary"
    )
