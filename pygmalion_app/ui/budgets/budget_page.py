"""A company's training budget: what is left, of which cost centre, and for what it went."""

from typing import Any

import reflex as rx

from pygmalion_app.core.i18n import format_money
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.budgets.budget_state import CENTER_DIALOG, FIGURES, BudgetState
from pygmalion_app.ui.budgets.queue_section import queue_dialogs, queue_section
from pygmalion_app.ui.budgets.queue_state import QueueOfRequests
from pygmalion_app.ui.budgets.rows import CenterChoice, OrderRow
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts.listing import section_layout
from pygmalion_app.ui.layouts.sections import TEAM
from pygmalion_app.ui.routes import page

State = BudgetState


@page("team-budget", title="budget-title", on_load=[State.load, QueueOfRequests.load])
def budget_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return section_layout(
        lang,
        "team-budget",
        TEAM,
        (lang("budget-title"), lang("budget-lead")),
        rx.cond(
            State.organization != "",
            rx.el.div(
                queue_section(lang), _year(lang), _centers(lang), _orders(lang), class_name="grid gap-10 min-w-0"
            ),
            ui.card(ui.empty_state(lang("team-none"), lang("team-none-text"))),
        ),
        _center_dialog(lang),
        queue_dialogs(lang),
        loaded=State.loaded,
    )


def _year(lang: Lang) -> rx.Component:
    total = State.total
    return rx.el.section(
        rx.el.div(
            ui.select(
                "budget-year",
                lang("budget-year"),
                rx.fragment(rx.foreach(State.years, lambda year: rx.el.option(year, value=year))),
                value=State.year,
                on_change=State.choose_year,
            ),
            ui.button_link(lang("budget-book"), href=lang.path("team-assign"), icon_name="users-round"),
            class_name="flex flex-wrap items-end justify-between gap-4 mb-4",
        ),
        rx.el.div(
            *[
                ui.card(
                    ui.figure(value, lang(f"budget-{name}")),
                    *([rx.cond(total.over, ui.lamp(lang("budget-over"), "bad"))] if name == "left" else []),
                    pad=False,
                    class_name="p-4 sm:p-6",
                )
                for name, value in (
                    ("allocated", total.allocated),
                    ("committed", total.committed),
                    ("spent", total.spent),
                    ("reversed", total.reversed),
                    ("left", total.left),
                )
            ],
            # The fifth stands alone in its row on a phone.
            class_name="grid gap-2 sm:gap-4 grid-cols-2 md:grid-cols-3 xl:grid-cols-5"
            " max-md:[&>:last-child]:col-span-2",
        ),
        rx.el.p(total.used, " ", lang("budget-explained"), class_name="mt-3 text-[15px] text-ink-2 max-w-[90ch]"),
    )


def _centers(lang: Lang) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2(lang("budget-centers"), class_name="text-xl"),
            ui.button(lang("budget-add"), look="secondary", icon_name="plus", on_click=State.edit("")),
            class_name="flex flex-wrap items-center justify-between gap-4 mb-4",
        ),
        rx.cond(
            State.centers.length() > 0,
            rx.el.div(
                ui.card(ui.bar_chart(lang, lang("budget-chart"), State.chart, legend=True)),
                _table(lang),
                class_name="grid gap-6 min-w-0",
            ),
            rx.el.div(
                ui.card(ui.empty_state(lang("budget-empty"), lang("budget-empty-text"))),
                rx.cond(_rest().orders > 0, _table(lang)),
                class_name="grid gap-6 min-w-0",
            ),
        ),
    )


def _rest() -> Any:
    """Return the row of what is not allotted, whose fields the checker does not see through."""
    return State.rest


def _table(lang: Lang) -> rx.Component:
    numbers = ("allocated", "committed", "spent", "reversed", "left")
    return ui.table(
        [lang("budget-center"), *[(lang(f"budget-{name}"), "pg-num") for name in numbers], ""],
        rx.foreach(State.centers, lambda row: _center(lang, row)),
        rx.cond(_rest().orders > 0, _center(lang, _rest(), allotted=False)),
        caption=lang("budget-centers"),
    )


def _center(lang: Lang, row: Any, *, allotted: bool = True) -> rx.Component:
    whose = row.id if allotted else "none"

    nothing = format_money(lang.code, 0)

    def behind(name: str, amount: str) -> rx.Component:
        leading = rx.el.button(
            amount,
            rx.el.span(" ", lang("budget-see-orders"), class_name="sr-only"),
            type="button",
            on_click=State.show(whose, name),
            class_name="pg-link pg-figure",
        )
        return rx.cond(amount == nothing, ui.money(amount), leading)

    return rx.el.tr(
        ui.cell(
            rx.el.div(
                rx.el.p(row.name, class_name="font-semibold"),
                rx.el.p(
                    rx.el.span(row.code, class_name="pg-figure"),
                    rx.cond(row.used != "", rx.el.span(" · ", row.used)),
                    class_name="text-sm text-ink-3",
                ),
                rx.cond(row.limit != "", rx.el.p(row.limit, class_name="text-sm text-ink-3")),
            ),
            label=lang("budget-center"),
        ),
        ui.cell(ui.money(row.allocated), label=lang("budget-allocated"), number=True),
        ui.cell(behind("committed", row.committed), label=lang("budget-committed"), number=True),
        ui.cell(behind("spent", row.spent), label=lang("budget-spent"), number=True),
        ui.cell(behind("reversed", row.reversed), label=lang("budget-reversed"), number=True),
        ui.cell(
            rx.cond(row.over, ui.lamp(row.left, "bad"), ui.money(row.left)), label=lang("budget-left"), number=True
        ),
        ui.cell(
            rx.el.button(
                ui.icon("pencil"),
                type="button",
                title=lang("budget-edit"),
                aria_label=f"{lang('budget-edit')} : {row.name}",
                class_name="pg-btn pg-btn--ghost pg-btn--icon",
                on_click=State.edit(row.id),
            )
            if allotted
            else rx.fragment(),
        ),
    )


def _orders(lang: Lang) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2(
                lang("budget-orders"),
                rx.cond(State.shown_name != "", rx.el.span(" : ", State.shown_name, class_name="text-ink-2")),
                class_name="text-xl",
            ),
            rx.cond(
                (State.shown != "") | (State.figure != "all"),
                ui.button(lang("budget-all-orders"), look="ghost", size="sm", on_click=State.show("", "all")),
            ),
            class_name="flex flex-wrap items-center justify-between gap-4 mb-4",
        ),
        rx.el.div(
            ui.tabs(
                lang("budget-figure"),
                [(name, lang(f"budget-orders-{name}")) for name in FIGURES],
                State.figure,
                lambda name: State.show(State.shown, name),
            ),
            class_name="mb-4",
        ),
        rx.cond(
            State.rows.length() > 0,
            ui.table(
                [
                    lang("orders-course"),
                    lang("order-state"),
                    *[(lang(f"budget-{name}"), "pg-num") for name in FIGURES[1:]],
                    lang("budget-center"),
                ],
                rx.foreach(State.rows, lambda row: _order(lang, row)),
                caption=lang("budget-orders"),
            ),
            ui.card(ui.empty_state(lang("budget-no-orders"), lang("budget-no-orders-text"))),
        ),
        rx.cond(
            State.pages > 1,
            rx.el.div(ui.pagination(lang, State.page, State.pages, State.numbers, State.turn), class_name="mt-6"),
        ),
        id="budget-orders",
        class_name="min-w-0 scroll-mt-6",
    )


def _order(lang: Lang, row: OrderRow) -> rx.Component:
    return rx.el.tr(
        ui.cell(
            rx.el.div(
                ui.link(row.course, href=lang.path("order", order_id=row.id), class_name="pg-link font-semibold"),
                rx.el.p(row.days, class_name="text-sm text-ink-3"),
            ),
            label=lang("orders-course"),
        ),
        ui.cell(ui.lamp(row.status, row.tone), label=lang("order-state")),
        ui.cell(ui.money(row.committed), label=lang("budget-committed"), number=True),
        ui.cell(ui.money(row.spent), label=lang("budget-spent"), number=True),
        ui.cell(ui.money(row.reversed), label=lang("budget-reversed"), number=True),
        ui.cell(
            rx.el.select(
                rx.el.option(lang("budget-not-allotted"), value=""),
                rx.foreach(State.choices, _option),
                value=row.center,
                aria_label=f"{lang('budget-center')} : {row.course}",
                on_change=lambda center: State.allot(row.id, center),
                class_name="pg-input min-w-[180px]",
            ),
            label=lang("budget-center"),
        ),
    )


def _option(choice: CenterChoice) -> rx.Component:
    return rx.el.option(choice.text, value=choice.id)


def _center_dialog(lang: Lang) -> rx.Component:
    edited = State.edited

    def typed(name: str, value: rx.Var[str], **more: Any) -> rx.Component:
        return ui.field(
            name,
            lang(f"budget-form-{name.replace('_', '-')}"),
            hint=lang(f"budget-form-{name.replace('_', '-')}-hint"),
            error=State.errors.get(name, ""),
            default_value=value,
            auto_complete="off",
            **more,
        )

    form = rx.el.form(
        rx.cond(State.form_error != "", ui.notice(State.form_error, tone="bad")),
        typed("name", edited.name, max_length=80),
        typed("code", edited.code, max_length=20, input_class="pg-figure"),
        typed("allocated_cents", edited.given, max_length=16, input_mode="decimal", input_class="pg-figure"),
        typed("approval_limit_cents", edited.given_limit, max_length=16, input_mode="decimal", input_class="pg-figure"),
        ui.button(lang("save"), type="submit", block=True),
        on_submit=State.save,
        no_validate=True,
        key=f"center-{State.opened}",
        class_name="grid gap-5",
    )
    return ui.dialog(
        lang,
        CENTER_DIALOG,
        rx.cond(edited.id != "", lang("budget-edit"), lang("budget-add")),
        form,
        rx.cond(
            edited.id != "",
            rx.el.div(
                ui.button(lang("budget-remove"), look="ghost", size="sm", icon_name="trash-2", on_click=State.remove),
                class_name="mt-4 pt-4 border-t border-line",
            ),
        ),
    )
