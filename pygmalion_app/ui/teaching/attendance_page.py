"""Attendance by half-day, on the trainer's phone or tablet."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.components.basics import Text
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.teaching.attendance_state import AttendanceState
from pygmalion_app.ui.teaching.attendance_words import words
from pygmalion_app.ui.waiting import waiting


@page("teach-attendance", title="att-title", on_load=AttendanceState.load)
def attendance_page(lang: Lang) -> rx.Component:
    """Return the page."""
    session = lang.path("teach-session", session_id=AttendanceState.session)
    trail: list[tuple[Text, Text]] = [
        (lang("nav-teach"), lang.path("teach")),
        (lang("teach-session-title"), session),
        (lang("att-title"), ""),
    ]
    return work_layout(
        lang,
        "teach-attendance",
        ui.breadcrumbs(lang, trail),
        rx.match(
            AttendanceState.phase,
            ("ready", _content(lang)),
            (
                "missing",
                ui.card(
                    ui.empty_state(
                        lang("teach-missing"),
                        lang("teach-missing-text"),
                        ui.button_link(lang("nav-teach"), href=lang.path("teach")),
                    )
                ),
            ),
            waiting(lang, ui.skeleton_rows(4, class_name="mt-6")),
        ),
    )


def _content(lang: Lang) -> rx.Component:
    about = rx.el.p(
        AttendanceState.hours,
        " · ",
        AttendanceState.place,
        rx.cond(AttendanceState.trainer != "", " · " + AttendanceState.trainer, ""),
        class_name="text-ink-2 mb-6",
    )
    # The browser fills it: rooms have no network, and what is drawn there must not need one.
    sheet = rx.el.div(
        key=AttendanceState.session,
        custom_attrs={
            "data-attendance": AttendanceState.session,
            "data-viewer": AttendanceState.viewer,
            "data-words": words(lang),
        },
        class_name="pg-attendance",
    )
    return rx.el.div(
        ui.page_head(AttendanceState.course, eyebrow=AttendanceState.days, class_name="mt-6 mb-2!"), about, sheet
    )
