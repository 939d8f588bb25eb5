"""The limits that plans keep to: who is away when, and how many have to be at work where."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.planning.limits_state import PlanLimitsState
from pygmalion_app.ui.planning.rows import AbsenceRow, ChoiceRow, MinimumRow

State = PlanLimitsState


def limits_part(lang: Lang) -> rx.Component:
    """Return both lists with their forms."""
    return rx.el.section(
        rx.el.h2(lang("plan-limits"), class_name="text-xl mb-1"),
        rx.el.p(lang("plan-limits-text"), class_name="text-ink-2 mb-4 max-w-[80ch]"),
        rx.el.div(_absences(lang), _minimums(lang), class_name="grid gap-6 xl:grid-cols-2 items-start"),
    )


def _absences(lang: Lang) -> rx.Component:
    def one(row: AbsenceRow) -> rx.Component:
        return _line(lang, row.name, row.days, State.remove_absence(row.id))

    return ui.card(
        rx.el.h3(lang("plan-absences"), class_name="text-base font-semibold"),
        rx.cond(
            State.absences.length() > 0,
            rx.el.ul(rx.foreach(State.absences, one), class_name="pg-list mt-2"),
            rx.el.p(lang("plan-absences-none"), class_name="text-[15px] text-ink-2 mt-2"),
        ),
        rx.el.form(
            ui.select(
                "user_id",
                lang("plan-person"),
                choices(lang("plan-person-choose"), State.people),
                error=State.errors.get("user_id", ""),
                class_name="grow basis-full",
            ),
            ui.field(
                "first_day",
                lang("plan-first-day"),
                type="date",
                error=State.errors.get("first_day", ""),
                class_name="grow basis-36",
            ),
            ui.field(
                "last_day",
                lang("plan-last-day"),
                type="date",
                error=State.errors.get("last_day", ""),
                class_name="grow basis-36",
            ),
            ui.button(lang("plan-add"), type="submit", look="secondary", icon_name="plus"),
            on_submit=State.add_absence,
            reset_on_submit=False,
            key=State.saved.to_string() + "absence",
            class_name="flex flex-wrap items-end gap-4 mt-5",
        ),
    )


def _minimums(lang: Lang) -> rx.Component:
    def one(row: MinimumRow) -> rx.Component:
        return _line(lang, row.crew, row.minimum, State.remove_minimum(row.id))

    return ui.card(
        rx.el.h3(lang("plan-minimums"), class_name="text-base font-semibold"),
        rx.cond(
            State.minimums.length() > 0,
            rx.el.ul(rx.foreach(State.minimums, one), class_name="pg-list mt-2"),
            rx.el.p(lang("plan-minimums-none"), class_name="text-[15px] text-ink-2 mt-2"),
        ),
        rx.el.form(
            ui.select(
                "crew_site",
                lang("plan-site"),
                choices(lang("plan-site-all"), State.sites),
                error=State.errors.get("crew_site", ""),
                class_name="grow basis-36",
            ),
            ui.select(
                "crew_role",
                lang("plan-role"),
                choices(lang("plan-role-all"), State.roles),
                class_name="grow basis-36",
            ),
            ui.field(
                "minimum",
                lang("plan-minimum"),
                type="number",
                min=1,
                max=10_000,
                error=State.errors.get("minimum", ""),
                class_name="grow basis-24",
            ),
            ui.button(lang("plan-add"), type="submit", look="secondary", icon_name="plus"),
            on_submit=State.set_minimum,
            reset_on_submit=False,
            key=State.saved.to_string() + "minimum",
            class_name="flex flex-wrap items-end gap-4 mt-5",
        ),
    )


def _line(lang: Lang, name: Any, text: Any, remove: Any) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            rx.el.span(name, class_name="font-semibold"),
            rx.el.span(" · ", text, class_name="pg-figure text-sm text-ink-2"),
            class_name="min-w-0",
        ),
        rx.el.button(
            ui.icon("trash-2"),
            type="button",
            title=lang("plan-remove"),
            aria_label=rx.Var.create(f"{lang('plan-remove')} : ") + name,
            class_name="pg-btn pg-btn--ghost pg-btn--icon",
            on_click=remove,
        ),
        class_name="flex items-center justify-between gap-4 py-2",
    )


def choices(nothing: str, rows: rx.Var[Sequence[ChoiceRow]]) -> rx.Component:
    """Return what a select offers: nothing chosen, then each row by its name."""
    return rx.fragment(
        rx.el.option(nothing, value=""), rx.foreach(rows, lambda row: rx.el.option(row.name, value=row.id))
    )
