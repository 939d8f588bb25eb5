"""Plan for me: the bookings that keep a team compliant, proposed by one button."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts.listing import section_layout
from pygmalion_app.ui.layouts.sections import TEAM
from pygmalion_app.ui.planning.limits_part import choices, limits_part
from pygmalion_app.ui.planning.limits_state import PlanLimitsState
from pygmalion_app.ui.planning.result_part import book_dialog, result_part
from pygmalion_app.ui.planning.state import TeamPlanState
from pygmalion_app.ui.routes import page

State = TeamPlanState


@page("team-plan", title="plan-title", on_load=[State.load, PlanLimitsState.load])
def plan_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return section_layout(
        lang,
        "team-plan",
        TEAM,
        (lang("plan-title"), lang("plan-lead")),
        rx.cond(
            State.organization != "",
            rx.el.div(
                _form(lang),
                rx.cond(State.under_way, _search(lang)),
                rx.cond(State.plan.state != "", result_part(lang), _empty(lang)),
                limits_part(lang),
                class_name="grid gap-10 min-w-0",
            ),
            ui.card(ui.empty_state(lang("team-none"), lang("team-none-text"))),
        ),
        book_dialog(lang),
        rx.cond(State.under_way, ui.polling(State.refresh, 1)),
        loaded=State.loaded,
    )


def _empty(lang: Lang) -> rx.Component:
    return ui.card(ui.empty_state(lang("plan-empty"), lang("plan-empty-text")))


def _form(lang: Lang) -> rx.Component:
    """Return the one button with what it goes by; everything is filled in already."""
    has_plan = (State.plan.state == "ready") | (State.plan.state == "failed") | (State.plan.state == "cancelled")
    return ui.card(
        rx.el.form(
            rx.el.div(
                ui.field(
                    "until",
                    lang("plan-until"),
                    type="date",
                    default_value=State.until,
                    min=State.earliest,
                    error=State.errors.get("until", ""),
                    class_name="grow basis-48",
                ),
                ui.field(
                    "budget_cents",
                    lang("plan-budget"),
                    hint=lang("plan-budget-hint"),
                    input_mode="decimal",
                    default_value=State.budget,
                    error=State.errors.get("budget_cents", ""),
                    class_name="grow basis-48",
                ),
                ui.select(
                    "site_id",
                    lang("plan-site"),
                    choices(lang("plan-site-all"), PlanLimitsState.sites),
                    default_value=State.site,
                    error=State.errors.get("site_id", ""),
                    class_name="grow basis-48",
                ),
                class_name="flex flex-wrap items-end gap-4",
            ),
            _priorities(lang),
            rx.cond(State.form_error != "", ui.notice(State.form_error, tone="bad", title=lang("error-title"))),
            rx.el.div(
                rx.cond(
                    has_plan,
                    ui.button(lang("plan-again"), type="submit", look="secondary", icon_name="refresh-cw"),
                    ui.button(
                        lang("plan-start"),
                        type="submit",
                        size="lg",
                        icon_name="calendar-plus",
                        disabled=State.under_way,
                    ),
                ),
                class_name="flex flex-wrap gap-3",
            ),
            on_submit=State.start,
            reset_on_submit=False,
            key="form-" + State.told.to_string(),
            class_name="grid gap-5",
        ),
    )


def _priorities(lang: Lang) -> rx.Component:
    return rx.el.details(
        rx.el.summary(lang("plan-priorities"), class_name="cursor-pointer font-semibold"),
        rx.el.p(lang("plan-priorities-text"), class_name="mt-2 text-[15px] text-ink-2 max-w-[80ch]"),
        rx.el.div(
            ui.field(
                "trip_cents",
                lang("plan-trip"),
                hint=lang("plan-trip-hint"),
                input_mode="decimal",
                default_value=State.trip,
                error=State.errors.get("trip_cents", ""),
                class_name="grow basis-48",
            ),
            ui.field(
                "half_day_cents",
                lang("plan-half-day"),
                hint=lang("plan-half-day-hint"),
                input_mode="decimal",
                default_value=State.half_day,
                error=State.errors.get("half_day_cents", ""),
                class_name="grow basis-48",
            ),
            ui.select(
                "cost_center_id",
                lang("plan-cost-center"),
                choices(lang("plan-cost-center-none"), State.centers),
                default_value=State.center,
                error=State.errors.get("cost_center_id", ""),
                class_name="grow basis-48",
            ),
            class_name="flex flex-wrap items-end gap-4 mt-4",
        ),
    )


def _search(lang: Lang) -> rx.Component:
    """Return how far the search is, with the gap drawn."""
    return ui.card(
        rx.el.div(
            rx.el.div(
                rx.el.h2(lang("plan-search"), class_name="text-xl"),
                rx.el.p(
                    rx.cond(State.plan.state == "queued", lang("plan-search-queued"), lang("plan-search-text")),
                    class_name="text-ink-2 max-w-[70ch]",
                ),
                class_name="grid gap-1 min-w-0",
            ),
            ui.lamp(State.plan.status, State.plan.tone.to(str)),
            class_name="flex flex-wrap items-start justify-between gap-4",
        ),
        rx.cond(
            State.chart.rows.length() > 1,
            rx.el.div(ui.line_chart(lang, lang("plan-gap"), State.chart, legend=False), class_name="mt-5"),
            rx.el.div(ui.skeleton("h-24 w-full"), class_name="mt-5"),
        ),
        rx.el.div(
            rx.el.p(
                rx.cond(State.plan.seats.to(int) > 0, rx.fragment(State.plan.price, " · "), ""),
                State.plan.quality,
                class_name="pg-figure text-ink-2",
                aria_live="polite",
            ),
            ui.button(
                rx.cond(State.plan.seats.to(int) > 0, lang("plan-stop-keep"), lang("plan-stop")),
                look="secondary",
                icon_name="x",
                on_click=State.stop,
                disabled=State.plan.stopping,
            ),
            class_name="flex flex-wrap items-center justify-between gap-4 mt-5",
        ),
    )
