"""What an order is for, what it costs and why, and what has happened to it."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.enrollments.components import price_line, section
from pygmalion_app.ui.enrollments.order_state import EventRow, OrderState
from pygmalion_app.ui.enrollments.wording import per_cent
from pygmalion_app.ui.i18n import Lang


def summary(lang: Lang) -> rx.Component:
    """Return the session and the price."""
    return ui.card(
        rx.el.dl(
            ui.fact(
                lang("enrol-when"),
                rx.el.p(OrderState.days),
                rx.el.p(OrderState.hours, class_name="text-sm text-ink-2 font-normal"),
                icon_name="calendar-days",
            ),
            ui.fact(lang("enrol-where"), OrderState.place, icon_name="map-pin"),
            ui.fact(lang("enrol-by"), OrderState.organization, icon_name="building-2"),
            class_name="grid gap-4",
        ),
        _price(lang),
        rx.el.p(
            ui.link(lang("enrol-course"), href=lang.path("course", slug=OrderState.slug), class_name="pg-link text-sm"),
            class_name="mt-4",
        ),
        rx.cond((OrderState.phase == "confirmed") & ~OrderState.individual, _agreement(lang)),
    )


def _agreement(lang: Lang) -> rx.Component:
    """Return the way to a company's training agreement."""
    return rx.el.div(
        ui.button_link(
            lang("convention-download"),
            href=rx.Var.create("/api/v1/orders/") + OrderState.order_id + f"/convention?locale={lang.code}",
            look="secondary",
            size="sm",
            icon_name="file-text",
            server=True,
        ),
        rx.el.p(lang("convention-text"), class_name="text-sm text-ink-2 mt-2"),
        class_name="mt-5 pt-5 border-t border-line",
    )


def _price(lang: Lang) -> rx.Component:
    units = rx.el.span(OrderState.quantity, " × ", OrderState.unit_text, " ", lang("excluding-vat"))
    return rx.el.dl(
        price_line(units, OrderState.list_text),
        rx.cond(
            OrderState.discount_text != "",
            rx.fragment(
                price_line(rx.el.span(lang("price-discount"), " ", OrderState.discount), OrderState.discount_text),
                price_line(lang("price-net"), OrderState.net_text),
            ),
        ),
        rx.cond(
            OrderState.vat_rate != "",
            price_line(
                rx.el.span(lang("enrol-vat"), " ", OrderState.vat_rate, per_cent(lang)),
                OrderState.vat_text,
            ),
            price_line(lang("enrol-no-vat"), OrderState.vat_text),
        ),
        price_line(lang("enrol-total"), OrderState.total_text, strong=True),
        rx.cond(
            OrderState.refunded_text != "",
            price_line(lang("price-refunded"), OrderState.refunded_text),
        ),
        class_name="grid gap-2 mt-5 pt-5 border-t border-line",
    )


def history(lang: Lang) -> rx.Component:
    """Return what has happened, the oldest first."""

    def one(row: EventRow) -> rx.Component:
        return rx.el.li(
            rx.el.div(
                ui.lamp(row.text, row.tone, plain=True, class_name="whitespace-normal!"),
                rx.el.p(row.day, class_name="text-sm text-ink-3 mt-1"),
                class_name="min-w-0",
            ),
            rx.cond(row.amount != "", ui.money(row.amount, class_name="shrink-0")),
            class_name="flex justify-between gap-4",
            key=row.key,
        )

    return section(
        lang("order-history"),
        rx.el.ol(rx.foreach(OrderState.events, one), class_name="grid gap-4 list-none p-0 m-0"),
    )
