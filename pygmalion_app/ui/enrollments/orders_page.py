"""One's orders, and those of the companies one buys for."""

import reflex as rx

from pygmalion_app.enrollments.order_lists import OrderFilter
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.enrollments.orders_state import OrderRow, OrdersState
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import ACCOUNT, section_tabs
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting


@page("orders", title="nav-orders", on_load=OrdersState.load)
def orders_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "orders",
        ui.page_head(lang("nav-orders"), lang("orders-lead")),
        rx.el.div(
            section_tabs(lang, ACCOUNT, "orders"),
            rx.match(
                OrdersState.phase,
                ("ready", rx.el.div(_filters(lang), _list(lang), class_name="grid gap-6 min-w-0")),
                ("failed", ui.error_state(lang, "", OrdersState.error, retry=OrdersState.load)),
                waiting(lang, ui.skeleton_rows(5)),
            ),
            class_name="grid gap-8 min-w-0",
        ),
    )


def _filters(lang: Lang) -> rx.Component:
    return rx.el.div(
        ui.tabs(
            lang("orders-filter"),
            [(one.value, lang(f"orders-filter-{one.value}")) for one in OrderFilter],
            OrdersState.state,
            OrdersState.choose,
        ),
        rx.el.div(
            rx.el.form(
                ui.field(
                    "q",
                    lang("orders-search"),
                    type="search",
                    default_value=OrdersState.text,
                    max_length=100,
                    auto_complete="off",
                    class_name="flex-1 min-w-[180px]",
                ),
                ui.button(lang("orders-search-button"), type="submit", look="secondary", icon_name="search"),
                on_submit=OrdersState.search,
                class_name="flex flex-wrap items-end gap-3 w-full sm:w-auto sm:flex-1 sm:max-w-[520px]",
            ),
            ui.button_link(
                lang("orders-export"),
                href=OrdersState.export_path,
                server=True,
                look="secondary",
                icon_name="download",
                download=True,
            ),
            class_name="flex flex-wrap items-end justify-between gap-4",
        ),
        class_name="grid gap-4",
    )


def _list(lang: Lang) -> rx.Component:
    table = ui.table(
        [
            lang("orders-course"),
            lang("orders-dates"),
            lang("orders-placed"),
            lang("order-state"),
            (lang("enrol-total"), "pg-num"),
        ],
        rx.foreach(OrdersState.rows, lambda row: _order(lang, row)),
        caption=lang("nav-orders"),
    )
    empty = rx.cond(
        OrdersState.narrowed,
        ui.empty_state(lang("orders-none-title"), lang("orders-none-text")),
        ui.empty_state(
            lang("orders-empty-title"),
            lang("orders-empty-text"),
            ui.button_link(lang("enrol-choose"), href=lang.path("catalog")),
        ),
    )
    return rx.el.section(
        rx.cond(
            OrdersState.rows.length() > 0,
            rx.fragment(
                rx.el.p(OrdersState.count, class_name="text-ink-2 mb-3", aria_live="polite"),
                table,
                rx.cond(
                    OrdersState.pages > 1,
                    ui.pagination(lang, OrdersState.page, OrdersState.pages, OrdersState.numbers, OrdersState.turn),
                ),
            ),
            ui.card(empty),
        ),
        class_name="min-w-0",
    )


def _order(lang: Lang, row: OrderRow) -> rx.Component:
    return rx.el.tr(
        ui.cell(
            rx.el.div(
                ui.link(row.course, href=lang.path("order", order_id=row.id), class_name="pg-link font-semibold"),
                rx.el.p(row.organization, class_name="text-sm text-ink-3"),
            ),
            label=lang("orders-course"),
        ),
        ui.cell(
            rx.el.div(rx.el.p(row.days), rx.el.p(row.seats, class_name="text-sm text-ink-3")),
            label=lang("orders-dates"),
        ),
        ui.cell(row.placed, label=lang("orders-placed")),
        ui.cell(ui.lamp(row.status, row.tone), label=lang("order-state")),
        ui.cell(
            rx.el.div(
                ui.money(row.amount),
                rx.cond(row.refunded != "", rx.el.p(row.refunded, class_name="pg-figure text-sm text-ink-3")),
            ),
            label=lang("enrol-total"),
            number=True,
        ),
    )
