"""Booking a team: people on the left, sessions beside them, what it means and the one button below."""

from typing import Any

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui import live
from pygmalion_app.ui.budgets.assign_rows import PersonRow, SessionRow
from pygmalion_app.ui.budgets.assign_section import checks_section, outcomes_section
from pygmalion_app.ui.budgets.assign_state import AssignState
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts.listing import section_layout
from pygmalion_app.ui.layouts.sections import TEAM
from pygmalion_app.ui.routes import page

State = AssignState
_TYPING_PAUSE_MS = 250


@page("team-assign", title="assign-title", on_load=State.load)
def assign_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return section_layout(
        lang,
        "team-assign",
        TEAM,
        (lang("assign-title"), lang("assign-lead")),
        rx.cond(
            State.organization != "",
            rx.el.div(
                outcomes_section(lang),
                rx.el.div(_people(lang), _sessions(lang), class_name="grid gap-6 items-start xl:grid-cols-2 min-w-0"),
                checks_section(lang),
                class_name="grid gap-8 min-w-0",
            ),
            ui.card(ui.empty_state(lang("team-none"), lang("team-none-text"))),
        ),
        loaded=State.loaded,
    )


def _people(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.h2(
            lang("assign-people"),
            " ",
            rx.el.span(State.picked, class_name="pg-figure text-ink-3"),
            class_name="text-lg",
        ),
        _filters(lang),
        rx.el.div(
            ui.button(
                lang("assign-all-shown"), look="ghost", size="sm", class_name="-ml-3", on_click=State.choose_shown
            ),
            rx.cond(
                State.picked > 0,
                ui.button(lang("assign-nobody-chosen"), look="ghost", size="sm", on_click=State.choose_nobody),
            ),
            class_name="flex flex-wrap gap-2 mt-3",
        ),
        rx.cond(
            State.people.length() > 0,
            rx.el.ul(
                rx.foreach(State.people, _person),
                class_name="pg-list max-h-[420px] overflow-y-auto mt-2",
                tab_index=0,
                aria_label=lang("assign-people"),
            ),
            ui.empty_state(lang("team-nobody"), lang("team-nobody-text")),
        ),
        rx.cond(
            State.found > State.people.length(),
            rx.el.p(lang("assign-more"), class_name="text-sm text-ink-3 mt-2"),
        ),
        class_name="min-w-0",
    )


def _filters(lang: Lang) -> rx.Component:
    def narrow(name: str, options: Any, value: rx.Var[str]) -> rx.Component:
        return rx.cond(
            options.length() > 0,
            ui.select(
                f"assign-{name}",
                lang(f"assign-{name}"),
                rx.fragment(
                    rx.el.option(lang("filter-any"), value=""),
                    rx.foreach(options, lambda one: rx.el.option(one, value=one)),
                ),
                value=value,
                on_change=lambda chosen: State.narrow(name, chosen),
            ),
        )

    search = ui.field(
        "assign-q",
        lang("assign-search-people"),
        type="search",
        default_value=State.query,
        auto_complete="off",
        max_length=80,
        on_change=State.search_people.debounce(_TYPING_PAUSE_MS),
    )
    due = ui.checkbox(
        lang("assign-due-only"),
        " ",
        rx.el.span(State.code, class_name="pg-figure"),
        name="due",
        checked=State.due_only,
        on_change=State.choose_due,
    )
    return rx.fragment(
        rx.el.div(
            search,
            narrow("job", State.jobs, State.job),
            narrow("site", State.sites, State.site),
            class_name="grid gap-4 sm:grid-cols-3 mt-4",
        ),
        rx.cond(State.code != "", rx.el.div(due, class_name="mt-3")),
    )


def _person(row: PersonRow) -> rx.Component:
    return rx.el.li(
        ui.checkbox(
            rx.el.b(row.name),
            rx.cond(row.about != "", rx.el.span(row.about, class_name="block text-sm text-ink-3")),
            name="person",
            value=row.id,
            checked=row.chosen,
            on_change=State.toggle_person(row.id),
        ),
        rx.cond(row.status != "", ui.lamp(row.status, row.tone)),
        class_name="flex items-center justify-between gap-3 py-2",
    )


def _sessions(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.h2(
            lang("assign-sessions"),
            " ",
            rx.el.span(State.picked_sessions, class_name="pg-figure text-ink-3"),
            class_name="text-lg",
        ),
        ui.field(
            "assign-session-q",
            lang("assign-search-sessions"),
            type="search",
            default_value=State.session_query,
            auto_complete="off",
            max_length=100,
            on_change=State.search_sessions.debounce(_TYPING_PAUSE_MS),
            class_name="mt-4",
        ),
        rx.cond(
            State.sessions.length() > 0,
            rx.el.ul(
                rx.foreach(State.sessions, lambda row: _session(lang, row)),
                class_name="pg-list max-h-[480px] overflow-y-auto mt-3",
                tab_index=0,
                aria_label=lang("assign-sessions"),
            ),
            ui.empty_state(lang("assign-no-session"), lang("assign-no-session-text")),
        ),
        class_name="min-w-0",
    )


def _session(lang: Lang, row: SessionRow) -> rx.Component:
    return rx.el.li(
        ui.checkbox(
            rx.el.b(row.course),
            rx.el.span(row.days, " · ", row.place, class_name="block text-sm text-ink-2"),
            rx.el.span(row.organization, class_name="block text-sm text-ink-3"),
            name="session",
            value=row.id,
            checked=row.chosen,
            on_change=State.toggle_session(row.id),
        ),
        rx.el.div(
            live.seats_lamp(lang, row.id, row.seats),
            rx.el.span(row.price, " ", lang("excluding-vat"), class_name="pg-figure text-sm text-ink-3"),
            class_name="grid gap-1 justify-items-end shrink-0",
        ),
        class_name="flex items-start justify-between gap-3 py-2",
    )
