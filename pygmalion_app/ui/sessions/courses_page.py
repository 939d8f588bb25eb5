"""An organisation's own courses."""

from typing import Any

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.sessions.course_editor import course_editor
from pygmalion_app.ui.sessions.courses_state import (
    SESSION_DIALOG,
    CourseRow,
    OwnCoursesState,
    TrainerRow,
)
from pygmalion_app.ui.sessions.editor_state import CourseEditorState
from pygmalion_app.ui.waiting import waiting


@page("teach-courses", title="courses-title", on_load=[CourseEditorState.leave, OwnCoursesState.load])
def courses_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "teach-courses",
        ui.breadcrumbs(lang, [(lang("nav-teach"), lang.path("teach")), (lang("courses-title"), "")]),
        rx.el.div(rx.cond(CourseEditorState.open, course_editor(lang), _courses(lang)), class_name="mt-6"),
        _session_dialog(lang),
    )


def _courses(lang: Lang) -> rx.Component:
    new = ui.button(lang("courses-new"), icon_name="plus", on_click=CourseEditorState.begin(""))
    return rx.fragment(
        ui.page_head(lang("courses-title"), lang("courses-lead"), new),
        rx.cond(OwnCoursesState.unverified, _verify_first(lang)),
        rx.cond(
            OwnCoursesState.loaded,
            rx.cond(
                OwnCoursesState.rows.length() > 0,
                rx.el.ul(
                    rx.foreach(OwnCoursesState.rows, lambda row: _course(lang, row)), class_name="pg-card pg-list"
                ),
                ui.card(ui.empty_state(lang("courses-empty"), lang("courses-empty-text"))),
            ),
            waiting(lang, ui.skeleton_rows(4)),
        ),
    )


def _verify_first(lang: Lang) -> rx.Component:
    """Return what to do before anything can be published."""
    return ui.notice(
        rx.el.p(lang("kyc-publish-blocked-text")),
        ui.link(lang("kyc-publish-go"), href=lang.path("organization-kyb")),
        tone="warn",
        title=lang("kyc-publish-blocked"),
        class_name="mb-6",
    )


def _course(lang: Lang, row: CourseRow) -> rx.Component:
    actions = rx.el.div(
        ui.lamp(row.status, row.tone),
        rx.cond(
            row.open,
            ui.button(
                rx.cond(row.draft, lang("courses-finish"), lang("courses-edit")), look="secondary", size="sm",
                icon_name="pencil", on_click=CourseEditorState.begin(row.id),
            ),
        ),
        rx.cond(
            row.open,
            ui.button(
                lang("courses-plan"), look="secondary", size="sm", icon_name="calendar-plus",
                on_click=OwnCoursesState.begin_session(row.id),
            ),
        ),
        class_name="flex flex-wrap items-center gap-3 sm:ml-auto",
    )  # fmt: skip
    return rx.el.li(
        rx.el.div(
            rx.cond(
                row.draft,
                rx.el.p(row.title, class_name="font-semibold"),
                ui.link(
                    row.title,
                    href=lang.path("course", slug=row.slug),
                    class_name="pg-quiet-link font-semibold text-ink!",
                ),
            ),
            rx.el.p(row.category, " · ", row.price, " ", lang("excluding-vat"), class_name="text-sm text-ink-3 mt-1"),
            class_name="min-w-0",
        ),
        actions,
        class_name="flex flex-col sm:flex-row sm:items-center gap-3 px-6 py-4",
    )


def _field(lang: Lang, name: str, key: str, **props: Any) -> rx.Component:
    props.setdefault("auto_complete", "off")
    return ui.field(name, lang(key), error=OwnCoursesState.errors.get(name, ""), **props)


def _form(lang: Lang, kind: str, button: str, on_submit: Any, *fields: rx.Component) -> rx.Component:
    return rx.el.form(
        rx.cond(OwnCoursesState.form_error != "", ui.notice(OwnCoursesState.form_error, tone="bad")),
        *fields,
        rx.el.div(ui.button(lang(button), type="submit"), class_name="flex justify-end"),
        on_submit=on_submit,
        no_validate=True,
        class_name="grid grid-cols-1 gap-4",
        # A new key gives empty inputs after each success.
        key=f"{kind}-{OwnCoursesState.made}",
    )


def _pair(*fields: rx.Component) -> rx.Component:
    return rx.el.div(*fields, class_name="grid gap-4 grid-cols-2")


def _session_dialog(lang: Lang) -> rx.Component:
    def trainer(row: TrainerRow) -> rx.Component:
        return rx.el.option(row.name, value=row.id)

    choices = rx.fragment(
        rx.el.option(lang("courses-no-trainer"), value=""), rx.foreach(OwnCoursesState.trainers, trainer)
    )
    return ui.dialog(
        lang,
        SESSION_DIALOG,
        lang("courses-plan"),
        rx.el.p(OwnCoursesState.planning, class_name="font-semibold mb-4"),
        _form(
            lang,
            "session",
            "courses-plan-it",
            OwnCoursesState.create_session,
            _pair(
                _field(lang, "first_day", "courses-field-first-day", type="date"),
                _field(lang, "last_day", "courses-field-last-day", type="date"),
            ),
            _pair(
                _field(lang, "from_time", "courses-field-from", type="time", default_value="09:00"),
                _field(lang, "to_time", "courses-field-to", type="time", default_value="17:00"),
            ),
            _field(lang, "location", "courses-field-location", max_length=120),
            _field(lang, "address", "courses-field-address", max_length=300),
            _pair(
                _field(
                    lang, "max_places", "courses-field-places", input_mode="numeric", max_length=4, default_value="12"
                ),
                _field(lang, "own_price", "courses-field-session-price", input_mode="decimal", max_length=12),
            ),
            _pair(
                ui.select("trainer", lang("courses-field-trainer"), choices),
                _field(lang, "changes_days", "courses-field-changes-days", input_mode="numeric", max_length=2),
            ),
        ),
    )
