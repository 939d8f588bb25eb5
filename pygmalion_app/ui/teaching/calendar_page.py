"""A month of sessions, and the trainers' days in it."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.components.basics import Text
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.teaching.calendar_state import DayRow, EntryRow, SchoolCalendarState, TrainerRow
from pygmalion_app.ui.waiting import waiting

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@page("teach-calendar", title="tab-teach-calendar", on_load=SchoolCalendarState.load)
def calendar_page(lang: Lang) -> rx.Component:
    """Return the page."""
    trail: list[tuple[Text, Text]] = [(lang("nav-teach"), lang.path("teach")), (lang("tab-teach-calendar"), "")]
    return work_layout(
        lang,
        "teach-calendar",
        ui.breadcrumbs(lang, trail),
        rx.cond(
            SchoolCalendarState.loaded,
            rx.cond(
                SchoolCalendarState.name != "",
                _content(lang),
                ui.card(ui.empty_state(lang("school-none"), lang("school-none-text"))),
            ),
            waiting(lang, ui.skeleton_rows(3, class_name="mt-6")),
        ),
    )


def _content(lang: Lang) -> rx.Component:
    turning = rx.el.div(
        ui.icon_button("chevron-left", lang("calendar-before"), look="secondary", on_click=SchoolCalendarState.before),
        ui.button(lang("calendar-today"), look="secondary", on_click=SchoolCalendarState.load),
        ui.icon_button("chevron-right", lang("calendar-after"), look="secondary", on_click=SchoolCalendarState.after),
        class_name="flex gap-2",
    )
    return rx.el.div(
        ui.page_head(SchoolCalendarState.title, "", turning, eyebrow=SchoolCalendarState.name, class_name="mt-6 mb-0!"),
        rx.cond(SchoolCalendarState.any, rx.fragment(), rx.el.p(lang("calendar-nothing"), class_name="text-ink-2")),
        rx.el.div(
            *[rx.el.div(lang(f"calendar-{day}"), class_name="pg-cal__head", aria_hidden="true") for day in _WEEKDAYS],
            rx.foreach(SchoolCalendarState.days, _day),
            class_name="pg-cal",
        ),
        rx.cond(SchoolCalendarState.trainers.length() > 0, _trainers(lang)),
        class_name="grid gap-6",
    )


def _day(day: DayRow) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            rx.el.span(day.weekday, " ", class_name="pg-cal__weekday"),
            rx.el.time(day.number),
            class_name="pg-cal__number",
        ),
        rx.foreach(day.held, _entry),
        class_name="pg-cal__day",
        custom_attrs={
            "data-out": rx.cond(day.out, "true", "false"),
            "data-today": rx.cond(day.today, "true", "false"),
            "data-empty": rx.cond(day.empty, "true", "false"),
        },
    )


def _entry(row: EntryRow) -> rx.Component:
    return ui.link(
        rx.el.b(row.course),
        rx.el.span(row.detail),
        rx.el.span(" · ", row.word, class_name="pg-cal__word"),
        href=row.href,
        class_name=rx.Var.create("pg-cal__entry pg-tone-") + row.tone,  # pyright: ignore[reportArgumentType]
    )


def _trainers(lang: Lang) -> rx.Component:
    return rx.el.section(
        rx.el.h2(lang("calendar-trainers"), class_name="text-xl mb-4"),
        rx.el.ul(
            rx.foreach(SchoolCalendarState.trainers, lambda row: _trainer(lang, row)), class_name="pg-card pg-list"
        ),
    )


def _trainer(lang: Lang, row: TrainerRow) -> rx.Component:
    def mark(kind: rx.Var[str]) -> rx.Component:
        return rx.el.i(class_name=kind)

    def clash(entry: EntryRow) -> rx.Component:
        return rx.el.li(ui.link(entry.course, href=entry.href), " · ", entry.detail)

    return rx.el.li(
        rx.el.div(
            rx.el.p(row.name, class_name="font-semibold"),
            rx.el.p(row.days, class_name="text-sm text-ink-2"),
            rx.cond(row.clashing, ui.lamp(lang("school-conflict"), "bad")),
            class_name="flex flex-wrap items-center gap-x-4 gap-y-1",
        ),
        rx.el.div(rx.foreach(row.marks, mark), class_name="pg-days", aria_hidden="true"),
        rx.el.div(
            rx.el.span("1"),
            rx.el.span(row.marks.length()),  # pyright: ignore[reportAttributeAccessIssue] - a list's variable here
            class_name="flex justify-between text-xs text-ink-3 pg-figure -mt-1",
            aria_hidden="true",
        ),
        rx.cond(row.clashing, rx.el.ul(rx.foreach(row.clashes, clash), class_name="grid gap-1 text-sm")),
        class_name="grid gap-2 px-4 sm:px-6 py-4",
    )
