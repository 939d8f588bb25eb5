"""The lower half of the page for booking a team: the checks, the one confirmation, and what became of it."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.budgets.assign_rows import CheckedPerson, CheckedSession, OutcomeRow
from pygmalion_app.ui.budgets.assign_state import AssignState
from pygmalion_app.ui.budgets.rows import CenterChoice
from pygmalion_app.ui.i18n import Lang

State = AssignState


def checks_section(lang: Lang) -> rx.Component:
    """Return what booking the chosen would mean, and the button that books them."""
    return rx.el.section(
        rx.el.h2(lang("assign-checks"), class_name="text-xl mb-4"),
        rx.cond(State.problem != "", ui.notice(State.problem, tone="bad", class_name="mb-4")),
        rx.cond(
            State.checks.length() > 0,
            rx.el.div(
                rx.el.div(rx.foreach(State.checks, lambda row: _checked(lang, row)), class_name="grid gap-4 min-w-0"),
                _confirm(lang),
                class_name="grid gap-6 items-start xl:grid-cols-[2fr_1fr] min-w-0",
            ),
            ui.card(ui.empty_state(lang("assign-empty"), lang("assign-empty-text"))),
        ),
        aria_live="polite",
    )


def _checked(lang: Lang, row: CheckedSession) -> rx.Component:
    def person(one: CheckedPerson) -> rx.Component:
        return rx.el.li(
            rx.el.span(one.name, class_name=rx.cond(one.left_out | one.booked, "text-ink-3 line-through", "")),
            rx.cond(one.said != "", ui.lamp(one.said, one.tone, class_name="whitespace-normal!")),
            rx.cond(
                one.booked,
                rx.fragment(),
                ui.button(
                    rx.cond(one.left_out, lang("assign-take-in"), lang("assign-leave-out")),
                    rx.el.span(" ", one.name, class_name="sr-only"),
                    look="ghost",
                    size="sm",
                    on_click=State.leave_out(row.id, one.id),
                    class_name="sm:ml-auto",
                ),
            ),
            class_name="flex flex-wrap items-center gap-3 py-1",
        )

    return ui.card(
        rx.el.div(
            rx.el.div(rx.el.h3(row.course, class_name="text-lg"), rx.el.p(row.days, class_name="text-ink-2")),
            rx.el.div(
                rx.el.p(row.amount, class_name="pg-figure font-bold"),
                rx.el.p(row.wanted, class_name="text-sm text-ink-3"),
                class_name="text-right",
            ),
            class_name="flex flex-wrap justify-between gap-3",
        ),
        rx.cond(row.fault != "", ui.notice(row.fault, tone="bad", class_name="mt-3")),
        rx.cond(row.invoice != "", ui.notice(row.invoice, tone="warn", class_name="mt-3")),
        rx.cond(row.needs_second, ui.notice(lang("assign-needs-second"), tone="warn", class_name="mt-3")),
        rx.el.ul(rx.foreach(row.people, person), class_name="mt-3"),
        class_name="min-w-0",
    )


def _confirm(lang: Lang) -> rx.Component:
    def option(choice: CenterChoice) -> rx.Component:
        return rx.el.option(choice.text, value=choice.id)

    def method(value: str) -> rx.Component:
        return ui.radio(
            lang(f"orders-method-{value}"),
            name="assign-method",
            value=value,
            checked=State.method == value,
            on_change=State.choose_method(value),
        )

    return ui.card(
        ui.figure(State.total, lang("budget-with-vat")),
        ui.select(
            "assign-center",
            lang("budget-center"),
            rx.fragment(rx.el.option(lang("budget-not-allotted"), value=""), rx.foreach(State.centers, option)),
            value=State.center,
            on_change=State.choose_center,
            class_name="mt-5",
        ),
        rx.cond(
            State.effect != "",
            rx.el.div(
                rx.cond(State.fits, ui.notice(State.effect, tone="info"), ui.notice(State.effect, tone="bad")),
                class_name="mt-3",
            ),
        ),
        ui.field_set(
            lang("assign-method"),
            rx.el.div(method("invoice"), method("card"), class_name="flex flex-wrap gap-4"),
            name="assign-method",
            class_name="mt-5",
        ),
        ui.button(
            lang("assign-book"),
            size="lg",
            block=True,
            icon_name="check",
            disabled=~State.bookable,
            on_click=State.book,
            class_name="mt-6",
        ),
        rx.cond(
            ~State.bookable, rx.el.p(lang("assign-not-bookable"), class_name="text-sm text-ink-2 mt-3", role="status")
        ),
        raised=True,
    )


def outcomes_section(lang: Lang) -> rx.Component:
    """Return what became of the last booking, with the ways to its orders."""

    def one(row: OutcomeRow) -> rx.Component:
        return rx.el.li(
            rx.el.div(
                rx.el.p(row.course, class_name="font-semibold"), rx.el.p(row.text, class_name="text-ink-2"),
                class_name="min-w-0",
            ),
            rx.el.div(
                rx.cond(
                    row.order_id != "",
                    ui.button_link(
                        rx.cond(row.to_pay, lang("assign-pay"), lang("request-order")),
                        href=lang.path("order", order_id=row.order_id),
                        look="secondary",
                        size="sm",
                    ),
                    ui.lamp(lang("assign-not-done"), row.tone),
                ),
                rx.cond(
                    row.can_ask,
                    ui.button(
                        lang("assign-ask-second"),
                        look="secondary",
                        size="sm",
                        on_click=State.ask_second(row.session_id),
                    ),
                ),
                class_name="flex flex-wrap items-center gap-2 sm:ml-auto",
            ),
            class_name="flex flex-col sm:flex-row sm:items-center gap-3 px-6 py-4",
        )  # fmt: skip

    return rx.cond(
        State.outcomes.length() > 0,
        rx.el.section(
            rx.el.h2(lang("assign-result"), class_name="text-xl mb-4"),
            rx.el.ul(rx.foreach(State.outcomes, one), class_name="pg-card pg-list"),
            id="assign-result",
            tab_index=-1,
            class_name="outline-none",
            role="status",
        ),
    )
