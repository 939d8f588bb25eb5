"""The first page after signing in: what one's role is about, and the way to one's other roles."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.dashboard.sections import SECTIONS, Section
from pygmalion_app.ui.dashboard.state import DashboardState
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting


@page("dashboard", title="nav-dashboard", on_load=DashboardState.load)
def dashboard_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "dashboard",
        rx.cond(DashboardState.views.length() > 1, _tabs(lang)),
        rx.cond(
            DashboardState.loaded,
            rx.match(
                DashboardState.view, *[(section.name, section.draw(lang)) for section in SECTIONS], _nothing(lang)
            ),
            waiting(lang, ui.skeleton_rows(4)),
        ),
    )


def _tabs(lang: Lang) -> rx.Component:
    def one(section: Section) -> rx.Component:
        return rx.cond(
            DashboardState.views.contains(section.name),
            ui.link(
                lang(f"dashboard-{section.name}"),
                href=f"{lang.path('dashboard')}?view={section.name}",
                class_name="pg-tab",
                aria_current=rx.cond(DashboardState.view == section.name, "page", "false"),
            ),
        )

    return rx.el.nav(
        *[one(section) for section in SECTIONS], class_name="pg-tabs mb-8", aria_label=lang("dashboard-views")
    )


def _nothing(lang: Lang) -> rx.Component:
    return ui.card(
        ui.empty_state(
            lang("dashboard-none"),
            lang("dashboard-none-text"),
            ui.button_link(lang("nav-training"), href=lang.path("training")),
        )
    )
