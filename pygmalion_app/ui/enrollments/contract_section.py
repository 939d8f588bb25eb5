"""The contract on the enrolment form."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.components.basics import Text
from pygmalion_app.ui.enrollments.components import section
from pygmalion_app.ui.enrollments.contract_state import ContractPart, ContractState
from pygmalion_app.ui.enrollments.schedule import line
from pygmalion_app.ui.i18n import Lang


def contract_section(lang: Lang, discount_code: Text = "") -> rx.Component:
    """Return the payments to come, the contract in full and the box that accepts it.

    A code that changes the price makes it another contract: it is read anew, and is to be accepted anew.
    """
    return rx.el.div(
        rx.match(
            ContractState.phase,
            ("ready", _contract(lang)),
            ("refused", ui.notice(ContractState.error, tone="bad", title=lang("contract-refused"))),
            ("free", rx.fragment()),
            ui.skeleton_rows(2),
        ),
        key=rx.Var.create(f"contract-{discount_code}"),
        on_mount=ContractState.load(discount_code),  # pyright: ignore[reportCallIssue]
    )


def _contract(lang: Lang) -> rx.Component:
    return rx.el.div(
        section(
            lang("schedule-title"),
            line(lang, ContractState.schedule),
            rx.el.p(
                rx.el.span(lang("schedule-total")),
                rx.el.span(ContractState.total_text, class_name="pg-figure"),
                class_name="flex justify-between gap-4 mt-5 pt-4 border-t border-line font-bold",
            ),
        ),
        section(
            lang("contract-section-title"),
            rx.el.div(
                rx.foreach(ContractState.parts, _part),
                class_name="max-h-[420px] overflow-y-auto rounded-lg border border-line bg-paper p-4 sm:p-6 grid gap-5",
                tab_index=0,
                role="region",
                aria_label=ContractState.title,
            ),
            ui.checkbox(
                lang("contract-accept-1"),
                " ",
                rx.el.strong(ContractState.organization),
                " ",
                lang("contract-accept-2"),
                name="contract",
                checked=ContractState.accepted,
                on_change=ContractState.accept,
                aria_invalid=rx.cond(ContractState.error != "", "true", "false"),
                aria_describedby="contract-error",
                class_name="mt-5",
            ),
            ui.field_error("contract", ContractState.error),
            text=lang("contract-section-lead"),
        ),
        class_name="grid grid-cols-1 gap-6",
    )


def _part(part: ContractPart) -> rx.Component:
    return rx.el.div(
        rx.el.h3(part.heading, class_name="font-semibold"),
        rx.foreach(part.lines, lambda text: rx.el.p(text, class_name="mt-1 text-sm text-ink-2")),
    )
