"""An order and its payment."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.components.basics import Child, Tone
from pygmalion_app.ui.enrollments.components import loading, steps, two_columns
from pygmalion_app.ui.enrollments.individual_section import individual_section
from pygmalion_app.ui.enrollments.order_people import dialogs, people
from pygmalion_app.ui.enrollments.order_state import GIVE_UP_DIALOG, OrderState
from pygmalion_app.ui.enrollments.order_summary import history, summary
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.invoicing.order_papers import papers
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting


@page("order", title="order-title", on_load=OrderState.load)
def order_page(lang: Lang) -> rx.Component:
    """Return the page."""
    step = rx.cond(OrderState.phase == "confirmed", 3, 2)
    return work_layout(
        lang,
        "order",
        ui.breadcrumbs(lang, [(lang("nav-orders"), lang.path("orders")), (lang("order-title"), "")]),
        ui.page_head(lang("order-title"), OrderState.course, class_name="mt-4"),
        rx.match(
            OrderState.phase,
            ("loading", waiting(lang, loading())),
            (
                "missing",
                ui.card(ui.empty_state(lang("order-missing-title"), lang("order-missing-text"), _catalog(lang))),
            ),
            rx.el.div(
                rx.cond(
                    (OrderState.phase == "expired") | (OrderState.phase == "cancelled"),
                    rx.fragment(),
                    steps(lang, step),
                ),
                two_columns(_main(lang), summary(lang)),
            ),
        ),
        dialogs(lang),
        _give_up_dialog(lang),
    )


def _catalog(lang: Lang) -> rx.Component:
    return ui.button_link(lang("enrol-choose"), href=lang.path("catalog"))


def _main(lang: Lang) -> rx.Component:
    return rx.el.div(
        rx.match(
            OrderState.phase,
            ("waiting", _waiting(lang)),
            (
                "processing",
                rx.el.div(_banner(lang, "processing", "info", "hourglass"), ui.polling(OrderState.refresh, 3)),
            ),
            ("confirmed", _confirmed(lang)),
            ("expired", _banner(lang, "expired", "warn", "timer", _again(lang))),
            ("cancelled", _cancelled(lang)),
            rx.fragment(),
        ),
        rx.cond(OrderState.individual, individual_section(lang, OrderState.order_id, OrderState.phase)),
        people(lang),
        papers(lang),
        history(lang),
        # Sections that have nothing to say leave no gap.
        class_name="grid grid-cols-1 gap-6 [&>*:empty]:hidden",
    )


def _banner(lang: Lang, phase: str, tone: Tone, icon_name: str, *children: Child) -> rx.Component:
    return ui.card(
        rx.el.div(
            rx.el.span(ui.icon(icon_name, "pg-icon-lg"), class_name=f"pg-medal pg-tone-{tone}"),
            rx.el.div(
                rx.el.h2(lang(f"order-{phase}-title"), class_name="text-xl"),
                rx.el.p(lang(f"order-{phase}-text"), class_name="mt-1 text-ink-2"),
                *children,
                class_name="min-w-0 flex-1",
            ),
            class_name="flex flex-col sm:flex-row gap-4",
        ),
        raised=True,
        role="status",
    )


def _waiting(lang: Lang) -> rx.Component:
    pay = rx.el.div(
        ui.countdown(lang("order-held"), OrderState.expires_at, on_expire=OrderState.refresh),
        rx.cond(
            OrderState.checkout_url != "",
            ui.button_link(
                rx.cond(OrderState.individual, lang("order-save-card"), lang("order-pay")),
                " ",
                rx.cond(OrderState.individual, "", OrderState.total_text),
                href=OrderState.checkout_url,
                server=True,
                size="lg",
                icon_name="credit-card",
            ),
            rx.cond(
                OrderState.gateway_silent,
                ui.button(
                    lang("try-again"), look="secondary", icon_name="refresh-cw", on_click=OrderState.retry_checkout
                ),
                ui.skeleton("h-12 w-48"),
            ),
        ),
        ui.button(lang("order-give-up"), look="ghost", **ui.opens(GIVE_UP_DIALOG)),
        class_name="flex flex-wrap items-center gap-3 mt-5",
    )
    silent = rx.cond(OrderState.gateway_silent, ui.notice(lang("order-gateway-silent"), tone="warn", class_name="mt-4"))
    law = rx.cond(
        OrderState.individual,
        rx.el.p(
            ui.icon("shield-check", "pg-icon-sm mt-[3px]"),
            rx.el.span(lang("enrol-law-2"), " ", OrderState.withdrawal, "."),
            class_name="mt-4 flex gap-2 text-sm text-ink-2",
        ),
    )
    return rx.el.div(
        rx.cond(
            OrderState.paid,
            ui.card(
                rx.el.div(
                    ui.icon("loader-circle", "pg-spin pg-icon-lg text-info"),
                    rx.el.div(
                        rx.el.h2(lang("order-confirming-title"), class_name="text-xl"),
                        rx.el.p(lang("order-confirming-text"), class_name="mt-1 text-ink-2"),
                    ),
                    class_name="flex gap-4",
                ),
                raised=True,
                role="status",
            ),
            _banner(lang, "waiting", "warn", "timer", pay, silent, law),
        ),
        ui.polling(OrderState.refresh, 2),
    )


def _confirmed(lang: Lang) -> rx.Component:
    def step(icon_name: str, text: Child) -> rx.Component:
        return rx.el.li(ui.icon(icon_name, "mt-[2px] text-ok"), rx.el.span(text), class_name="flex gap-3")

    next_steps = rx.el.ul(
        step("mail", lang("order-next-mail")),
        step("calendar-days", lang("order-next-call")),
        rx.cond(
            OrderState.individual,
            step("credit-card", rx.el.span(lang("order-next-saved"), " ", rx.el.strong(OrderState.withdrawal), ".")),
            step(
                "receipt",
                rx.cond(
                    OrderState.free,
                    lang("order-next-free"),
                    rx.cond(OrderState.on_account, lang("order-next-invoice"), lang("order-next-paid")),
                ),
            ),
        ),
        step("award", lang("order-next-certificate")),
        class_name="grid gap-3 mt-5",
    )
    links = rx.el.div(
        rx.cond(
            OrderState.individual,
            ui.button_link(
                lang("nav-training"), href=lang.path("training"), look="secondary", icon_name="graduation-cap"
            ),
            ui.button_link(lang("nav-team"), href=lang.path("team"), look="secondary", icon_name="users-round"),
        ),
        ui.button_link(lang("order-more"), href=lang.path("catalog"), look="ghost", icon_name="search"),
        class_name="flex flex-wrap gap-3 mt-6",
    )
    return rx.cond(
        OrderState.over,
        _banner(lang, "over", "ok", "circle-check", links),
        _banner(lang, "confirmed", "ok", "circle-check", next_steps, links),
    )


def _again(lang: Lang) -> rx.Component:
    return rx.el.div(
        ui.button_link(
            lang("order-again"), href=lang.path("enrol", session_id=OrderState.session_id), icon_name="refresh-cw"
        ),
        ui.button_link(lang("order-other-dates"), href=lang.path("course", slug=OrderState.slug), look="secondary"),
        class_name="flex flex-wrap gap-3 mt-5",
    )


def _cancelled(lang: Lang) -> rx.Component:
    refund = rx.cond(OrderState.refunded, ui.notice(lang("order-refunded"), tone="info", class_name="mt-4"))
    return _banner(lang, "cancelled", "idle", "circle-x", refund, _again(lang))


def _give_up_dialog(lang: Lang) -> rx.Component:
    return ui.dialog(
        lang,
        GIVE_UP_DIALOG,
        lang("give-up-title"),
        rx.el.p(lang("give-up-text")),
        foot=[
            ui.button(lang("give-up-keep"), look="secondary", **ui.closes(GIVE_UP_DIALOG)),
            ui.button(lang("give-up-confirm"), look="danger", on_click=OrderState.give_up),
        ],
    )
