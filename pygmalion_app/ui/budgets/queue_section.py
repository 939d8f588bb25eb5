"""The requests of a company's people on the budget page, and the dialogs that answer them."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.budgets.budget_state import BudgetState
from pygmalion_app.ui.budgets.queue_state import APPROVE_DIALOG, REFUSE_DIALOG, QueueOfRequests
from pygmalion_app.ui.budgets.rows import CenterChoice, RequestRow
from pygmalion_app.ui.i18n import Lang

State = QueueOfRequests


def queue_section(lang: Lang) -> rx.Component:
    """Return what waits for an answer, and what was answered; nothing where nobody ever asked."""
    return rx.cond(
        (State.waiting.length() > 0) | (State.over.length() > 0),
        rx.el.section(
            rx.el.h2(
                lang("requests-title"),
                " ",
                rx.el.span(State.waiting.length(), class_name="pg-figure text-ink-3"),
                class_name="text-xl mb-4",
            ),
            rx.cond(
                State.waiting.length() > 0,
                rx.el.ul(
                    rx.foreach(State.waiting, lambda row: _request(lang, row, answers=True)),
                    class_name="pg-card pg-list",
                ),
                rx.el.p(lang("requests-none"), class_name="text-ink-2"),
            ),
            rx.cond(
                State.over.length() > 0,
                rx.el.details(
                    rx.el.summary(lang("requests-over"), class_name="cursor-pointer pg-link mt-4 inline-block"),
                    rx.el.ul(
                        rx.foreach(State.over, lambda row: _request(lang, row, answers=False)),
                        class_name="pg-card pg-list mt-3",
                    ),
                ),
            ),
        ),
    )


def _request(lang: Lang, row: RequestRow, *, answers: bool) -> rx.Component:
    about = rx.el.div(
        rx.el.p(
            rx.el.b(row.people),
            rx.cond(row.asker != "", rx.el.span(" · ", lang("request-by"), " ", row.asker, class_name="text-ink-2")),
        ),
        rx.el.p(row.course, " · ", row.days, " · ", row.place),
        rx.el.p(
            rx.el.span(row.amount, class_name="pg-figure"), " · ", row.seats, " · ", row.since,
            class_name="text-sm text-ink-3",
        ),
        rx.cond(row.reason != "", rx.el.blockquote(row.reason, class_name="text-ink-2 border-l-2 border-line pl-3")),
        rx.cond(
            (row.first != "") & (row.order_id == ""),
            rx.el.p(lang("request-first"), " ", row.first, class_name="text-sm text-ink-2"),
        ),
        rx.cond(row.note != "", rx.el.p(lang("request-note-said"), " ", row.note, class_name="text-sm text-ink-2"))
        if not answers
        else rx.fragment(),
        class_name="min-w-0 grid gap-1",
    )  # fmt: skip
    buttons = [
        ui.button(
            lang("request-approve"),
            rx.el.span(" ", row.people, class_name="sr-only"),
            look="secondary",
            size="sm",
            on_click=State.begin_approve(row.id),
        ),
        ui.button(
            lang("request-refuse"),
            rx.el.span(" ", row.people, class_name="sr-only"),
            look="ghost",
            size="sm",
            on_click=State.begin_refuse(row.id),
        ),
    ]
    order = rx.cond(row.order_id != "", ui.link(lang("request-order"), href=lang.path("order", order_id=row.order_id)))
    return rx.el.li(
        about,
        rx.el.div(
            ui.lamp(row.state, row.tone),
            *(buttons if answers else [order]),
            class_name="flex flex-wrap items-center gap-2 lg:ml-auto lg:justify-end",
        ),
        class_name="flex flex-col lg:flex-row lg:items-center gap-3 px-6 py-4",
    )


def queue_dialogs(lang: Lang) -> rx.Component:
    """Return the dialogs."""
    return rx.fragment(_approve(lang), _refuse(lang))


def _about(lang: Lang) -> rx.Component:
    chosen = State.chosen
    return rx.el.div(
        rx.el.p(rx.el.b(chosen.people)),
        rx.el.p(chosen.course, " · ", chosen.days),
        rx.el.p(chosen.amount, " ", lang("budget-with-vat"), class_name="pg-figure text-ink-2"),
    )


def _approve(lang: Lang) -> rx.Component:
    def option(choice: CenterChoice) -> rx.Component:
        return rx.el.option(choice.text, value=choice.id)

    def method(value: str) -> rx.Component:
        return ui.radio(
            lang(f"orders-method-{value}"),
            name="method",
            value=value,
            checked=State.method == value,
            on_change=State.choose_method(value),
        )

    form = rx.el.form(
        _about(lang),
        rx.cond(State.error != "", ui.notice(State.error, tone="bad")),
        ui.select(
            "approve-center",
            lang("budget-center"),
            rx.fragment(rx.el.option(lang("budget-not-allotted"), value=""), rx.foreach(BudgetState.choices, option)),
            value=State.center,
            on_change=State.choose_center,
        ),
        rx.cond(
            State.by_invoice,
            ui.field_set(
                lang("assign-method"),
                rx.el.div(method("invoice"), method("card"), class_name="flex flex-wrap gap-4"),
                name="method",
            ),
        ),
        ui.text_area("note", lang("request-note"), max_length=500, rows=3),
        ui.button(lang("request-approve-book"), type="submit", block=True),
        on_submit=State.approve,
        no_validate=True,
        key=f"approve-{State.opened}",
        class_name="grid gap-5",
    )
    return ui.dialog(lang, APPROVE_DIALOG, lang("request-approve-title"), form)


def _refuse(lang: Lang) -> rx.Component:
    form = rx.el.form(
        _about(lang),
        # The other dialog has a field of the same name; each has its own id.
        rx.el.div(
            rx.el.label(lang("request-why"), html_for="refuse-note", class_name="pg-field__label"),
            rx.el.textarea(id="refuse-note", name="note", rows=3, max_length=500, class_name="pg-input"),
            ui.field_error("refuse-note", State.error),
            class_name="pg-field",
        ),
        ui.button(lang("request-refuse"), type="submit", look="danger", block=True),
        on_submit=State.refuse,
        no_validate=True,
        key=f"refuse-{State.opened}",
        class_name="grid gap-5",
    )
    return ui.dialog(lang, REFUSE_DIALOG, lang("request-refuse-title"), form)
