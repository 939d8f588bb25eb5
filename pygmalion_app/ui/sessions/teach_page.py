"""The sessions that one teaches or administers."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.sessions.components import session_list
from pygmalion_app.ui.sessions.state import TeachState
from pygmalion_app.ui.waiting import waiting


@page("teach", title="nav-teach", on_load=TeachState.load)
def teach_page(lang: Lang) -> rx.Component:
    """Return the page."""
    nothing = rx.Var.create(True)
    for rows in (TeachState.to_do, TeachState.week, TeachState.later, TeachState.past):
        nothing = nothing & (rows.length() == 0)
    return work_layout(
        lang,
        "teach",
        ui.page_head(
            lang("nav-teach"),
            lang("teach-lead"),
            ui.button_link(
                lang("tab-teach-calendar"),
                href=lang.path("teach-calendar"),
                look="secondary",
                icon_name="calendar-days",
            ),
            rx.cond(
                TeachState.plans,
                rx.fragment(
                    ui.button_link(
                        lang("courses-title"), href=lang.path("teach-courses"), look="secondary", icon_name="book-open"
                    ),
                    ui.button_link(
                        lang("issued-title"), href=lang.path("teach-certificates"), look="secondary", icon_name="award"
                    ),
                ),
            ),
        ),
        rx.cond(
            TeachState.loaded,
            rx.cond(
                nothing,
                ui.card(ui.empty_state(lang("teach-empty"), lang("teach-empty-text"))),
                rx.el.div(
                    session_list(lang, "teach-to-do", TeachState.to_do),
                    session_list(lang, "teach-week", TeachState.week),
                    session_list(lang, "teach-later", TeachState.later),
                    session_list(lang, "teach-past", TeachState.past),
                    class_name="grid gap-10",
                ),
            ),
            waiting(lang, ui.skeleton_rows(4)),
        ),
    )
