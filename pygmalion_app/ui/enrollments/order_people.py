"""The participants of an order, and what can be done with each one's seat."""

from typing import Any

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.enrollments.components import section
from pygmalion_app.ui.enrollments.order_seat_state import (
    CANCEL_DIALOG,
    MOVE_DIALOG,
    REPLACE_DIALOG,
    ChoiceRow,
    LossRow,
    OrderSeatState,
)
from pygmalion_app.ui.enrollments.order_state import OrderState, SeatRow
from pygmalion_app.ui.i18n import Lang


def people(lang: Lang) -> rx.Component:
    """Return the participants with their actions."""
    return section(
        lang("enrol-people"),
        ui.table(
            [lang("order-person"), lang("order-state"), (lang("order-seat-price"), "pg-num"), lang("order-actions")],
            rx.foreach(OrderState.rows, lambda row: _seat(lang, row)),
            caption=lang("enrol-people"),
        ),
        rx.cond(
            OrderState.several & (OrderState.phase == "confirmed"),
            rx.el.div(
                ui.button(lang("order-cancel-all"), look="ghost", size="sm", on_click=OrderSeatState.ask_cancel_all),
                class_name="flex justify-end mt-4 pt-4 border-t border-line",
            ),
        ),
    )


def _seat(lang: Lang, row: SeatRow) -> rx.Component:
    who = rx.el.div(
        rx.el.p(row.name, class_name="font-semibold"),
        rx.el.p(row.email, class_name="text-sm text-ink-3 break-all"),
        rx.cond(row.session != "", ui.tag(row.session, icon_name="calendar-days", class_name="mt-2")),
        rx.cond(
            (row.until != "") & (OrderState.phase == "confirmed"),
            rx.el.p(lang("order-changes-until"), " ", row.until, class_name="text-sm text-ink-3 mt-1"),
        ),
    )
    return rx.el.tr(
        ui.cell(who, label=lang("order-person")),
        ui.cell(ui.lamp(row.status, row.tone), label=lang("order-state")),
        ui.cell(ui.money(row.worth), label=lang("order-seat-price"), number=True),
        ui.cell(
            rx.cond(OrderState.phase == "confirmed", _actions(lang, row)),
            label=lang("order-actions"),
        ),
    )


def _actions(lang: Lang, row: SeatRow) -> rx.Component:
    def action(key: str, handler: Any) -> rx.Component:
        return ui.button(
            lang(key),
            rx.el.span(" ", row.name, class_name="sr-only"),
            look="ghost",
            size="sm",
            on_click=handler(row.id),
        )

    return rx.el.div(
        rx.cond(
            row.changeable,
            rx.fragment(
                action("order-replace", OrderSeatState.begin_replace),
                action("order-move", OrderSeatState.begin_move),
            ),
        ),
        rx.cond(row.cancellable, action("order-cancel-seat", OrderSeatState.ask_cancel)),
        ui.button_link(
            lang("messages-open"),
            rx.el.span(" ", row.name, class_name="sr-only"),
            href=lang.path("messages-thread", thread_id=row.id),
            look="ghost",
            size="sm",
        ),
        # The words stand under the column's head, and at a phone's right edge: the buttons' own padding does not count.
        class_name="flex flex-wrap gap-1 -ml-3 max-md:-mr-3 max-md:ml-0",
    )


def dialogs(lang: Lang) -> rx.Component:
    """Return the dialogs that the actions open."""
    return rx.fragment(_cancel_dialog(lang), _replace_dialog(lang), _move_dialog(lang))


def _cancel_dialog(lang: Lang) -> rx.Component:
    def loss(row: LossRow) -> rx.Component:
        return rx.el.li(
            rx.el.div(
                rx.el.p(row.name, class_name="font-semibold"),
                rx.cond(row.percent != "", rx.el.p(row.percent, class_name="text-sm text-ink-2")),
            ),
            ui.money(row.amount),
            class_name="flex justify-between gap-4 py-2 border-b border-line",
        )

    return ui.dialog(
        lang,
        CANCEL_DIALOG,
        OrderSeatState.cancel_title,
        rx.el.ul(rx.foreach(OrderSeatState.losses, loss), class_name="list-none p-0 m-0 mb-4"),
        rx.el.p(OrderSeatState.cancel_text, class_name="font-semibold"),
        rx.el.p(lang("cancel-note"), class_name="mt-3 text-sm text-ink-2"),
        foot=[
            ui.button(lang("cancel-keep"), look="secondary", **ui.closes(CANCEL_DIALOG)),
            ui.button(lang("cancel-confirm"), look="danger", on_click=OrderSeatState.cancel_seat),
        ],
    )


def _replace_dialog(lang: Lang) -> rx.Component:
    form = rx.el.form(
        rx.el.p(lang("replace-text"), " ", rx.el.strong(OrderSeatState.person), ".", class_name="text-ink-2"),
        rx.cond(OrderSeatState.error != "", ui.notice(OrderSeatState.error, tone="bad")),
        ui.field(
            "email",
            lang("sign-in-email"),
            hint=lang("enrol-email-note"),
            error=OrderSeatState.email_error,
            type="email",
            auto_complete="off",
        ),
        rx.el.div(
            ui.field("first_name", lang("sign-up-first-name"), error=OrderSeatState.first_name_error),
            ui.field("last_name", lang("sign-up-last-name"), error=OrderSeatState.last_name_error),
            class_name="grid gap-4 sm:grid-cols-2",
        ),
        rx.el.div(
            ui.button(lang("cancel"), look="secondary", type="button", **ui.closes(REPLACE_DIALOG)),
            ui.button(lang("replace-confirm"), type="submit"),
            class_name="flex flex-wrap justify-end gap-3 mt-2",
        ),
        on_submit=OrderSeatState.replace_person,
        no_validate=True,
        key=f"replace-{OrderSeatState.begun}",
        class_name="grid gap-4",
    )
    return ui.dialog(lang, REPLACE_DIALOG, lang("replace-title"), form)


def _move_dialog(lang: Lang) -> rx.Component:
    def choice(row: ChoiceRow) -> rx.Component:
        return ui.radio(
            rx.el.strong(row.days, class_name="block"),
            rx.el.span(row.hours, " · ", row.place, class_name="block text-sm text-ink-2"),
            rx.el.span(row.seats, class_name="block text-sm text-ink-3"),
            name="move-session",
            value=row.id,
            checked=OrderSeatState.chosen == row.id,
            class_name="pg-choice",
            on_change=OrderSeatState.choose_session(row.id),  # pyright: ignore[reportCallIssue]
        )

    return ui.dialog(
        lang,
        MOVE_DIALOG,
        lang("move-title"),
        rx.el.p(lang("move-text"), " ", rx.el.strong(OrderSeatState.person), ".", class_name="text-ink-2 mb-4"),
        rx.cond(
            OrderSeatState.choices.length() > 0,
            ui.field_set(
                lang("move-legend"),
                rx.el.div(rx.foreach(OrderSeatState.choices, choice), class_name="grid gap-3"),
                name="move-session",
                error=OrderSeatState.error,
            ),
            ui.empty_state(lang("move-none-title"), lang("move-none-text")),
        ),
        rx.el.p(lang("move-note"), class_name="mt-4 text-sm text-ink-2"),
        foot=[
            ui.button(lang("cancel"), look="secondary", **ui.closes(MOVE_DIALOG)),
            ui.button(lang("move-confirm"), on_click=OrderSeatState.move_seat, disabled=OrderSeatState.chosen == ""),
        ],
    )
