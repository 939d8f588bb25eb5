"""The dialog in which a school gives money of a sale back."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.payouts.refund_state import REFUND_DIALOG, RefundLine, SaleRefund, SeatChoice

State = SaleRefund


def refund_dialog(lang: Lang) -> rx.Component:
    """Return the dialog; a page holds it once."""
    return ui.dialog(
        lang,
        REFUND_DIALOG,
        lang("refund-title"),
        rx.el.p(State.sale, class_name="font-semibold"),
        rx.el.p(lang("refund-left"), " ", ui.money(State.left), class_name="text-sm text-ink-2 mt-1 mb-5"),
        rx.cond(State.step == "confirm", _confirm(lang), _choose(lang)),
    )


def _choose(lang: Lang) -> rx.Component:
    return rx.el.form(
        rx.cond(
            State.seats.length() > 0,
            ui.field_set(
                lang("refund-what"),
                rx.el.div(
                    _way("seats", lang("refund-seats"), lang("refund-seats-text")),
                    _way("amount", lang("refund-amount"), lang("refund-amount-text")),
                    class_name="grid gap-3 sm:grid-cols-2",
                ),
                name="refund-kind",
            ),
            ui.notice(lang("refund-no-seats"), tone="info"),
        ),
        rx.cond(
            State.kind == "seats",
            ui.field_set(
                lang("refund-who"),
                rx.el.div(rx.foreach(State.seats, _seat), class_name="grid gap-2"),
                name="refund-seats",
                error=State.seats_error,
            ),
            ui.field(
                "amount",
                lang("refund-amount-label"),
                error=State.amount_error,
                default_value=State.amount,
                input_mode="decimal",
                auto_complete="off",
                max_length=20,
                input_class="pg-figure",
            ),
        ),
        ui.field(
            "reason",
            lang("refund-reason"),
            hint=lang("refund-reason-hint"),
            error=State.reason_error,
            default_value=State.reason,
            auto_complete="off",
            max_length=500,
        ),
        rx.el.div(
            ui.button(lang("cancel"), look="secondary", type="button", **ui.closes(REFUND_DIALOG)),
            ui.button(lang("refund-show"), type="submit"),
            class_name="flex flex-wrap justify-end gap-3",
        ),
        on_submit=State.show,
        key=f"refund-{State.begun}",
        no_validate=True,
        class_name="grid gap-5",
    )


def _way(value: str, title: str, text: str) -> rx.Component:
    return ui.radio(
        rx.el.strong(title, class_name="block"),
        rx.el.span(text, class_name="text-sm text-ink-2"),
        name="refund-kind",
        value=value,
        checked=State.kind == value,
        class_name="pg-choice",
        on_change=State.choose_kind(value),  # pyright: ignore[reportCallIssue]
    )


def _seat(row: SeatChoice) -> rx.Component:
    return ui.checkbox(
        rx.el.span(row.name, " · ", ui.money(row.worth)),
        name="refund-seat",
        checked=row.chosen,
        on_change=State.toggle(row.id),  # pyright: ignore[reportCallIssue]
    )


def _confirm(lang: Lang) -> rx.Component:
    def line(row: RefundLine) -> rx.Component:
        return rx.el.li(
            rx.el.div(
                rx.el.p(row.name, class_name="font-semibold"),
                rx.el.p(row.percent, class_name="text-sm text-ink-2"),
            ),
            ui.money(row.amount),
            class_name="flex justify-between gap-4 py-2 border-b border-line",
        )

    def total(key: str, value: rx.Var[str], *, strong: bool = False) -> rx.Component:
        weight = "font-semibold" if strong else "text-ink-2"
        return rx.el.div(
            rx.el.dt(lang(key)), rx.el.dd(ui.money(value)), class_name=f"flex justify-between gap-4 {weight}"
        )

    return rx.el.div(
        rx.el.ul(rx.foreach(State.lines, line), class_name="list-none p-0 m-0"),
        rx.el.dl(
            total("refund-total", State.back, strong=True),
            total("refund-own", State.own),
            total("refund-commission", State.commission),
            class_name="grid gap-2",
        ),
        rx.el.p(
            rx.cond(State.on_account, lang("refund-note-account"), lang("refund-note-card")),
            class_name="text-sm text-ink-2",
        ),
        rx.el.div(
            ui.button(lang("back"), look="secondary", on_click=State.change),
            ui.button(lang("refund-confirm"), look="danger", on_click=State.confirm),
            class_name="flex flex-wrap justify-end gap-3",
        ),
        class_name="grid gap-5",
    )
