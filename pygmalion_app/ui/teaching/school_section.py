"""What a training organisation sees first: what needs doing, the sessions ahead, what was sold, what people say."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.components.basics import Child, Text
from pygmalion_app.ui.components.charts import column_chart
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.teaching.school_state import AheadRow, DemandRow, OpinionRow, RatingRow, SchoolState, TaskRow
from pygmalion_app.ui.waiting import waiting


def school_section(lang: Lang) -> rx.Component:
    """Return the section."""
    return rx.cond(
        SchoolState.loaded,
        rx.cond(
            SchoolState.name != "",
            _board(lang),
            ui.card(ui.empty_state(lang("school-none"), lang("school-none-text"))),
        ),
        waiting(lang, ui.skeleton_rows(4)),
    )


def _board(lang: Lang) -> rx.Component:
    return rx.el.div(
        ui.page_head(
            SchoolState.name,
            lang("school-lead"),
            ui.button_link(
                lang("tab-teach-calendar"),
                href=lang.path("teach-calendar"),
                look="secondary",
                icon_name="calendar-days",
            ),
            rx.cond(
                SchoolState.administers,
                ui.button_link(lang("courses-plan"), href=lang.path("teach-courses"), icon_name="calendar-plus"),
            ),
            eyebrow=lang("nav-dashboard"),
        ),
        rx.el.div(
            _figures(lang),
            _tasks(lang),
            _sessions(lang),
            rx.cond(SchoolState.demand.length() > 0, _demand(lang)),
            rx.cond(
                SchoolState.administers,
                rx.fragment(
                    rx.el.div(_revenue(lang), _opinions(lang), class_name="pg-w7 grid gap-4 lg:gap-6 content-start"),
                    _ratings(lang),
                ),
            ),
            class_name="pg-cockpit",
        ),
    )


def _panel(title: Text, *children: Child, note: Child = "", class_name: str = "") -> rx.Component:
    return rx.el.section(
        rx.el.div(rx.el.h2(title), note, class_name="pg-panel__head"), *children, class_name=f"pg-panel {class_name}"
    )


def _figure(value: Text, term: Text, note: Text) -> rx.Component:
    return rx.el.div(
        rx.el.p(value, class_name="pg-figure text-[28px] leading-9 font-bold"),
        rx.el.p(term, class_name="font-semibold"),
        rx.el.p(note, class_name="text-sm text-ink-2"),
        class_name="min-w-0",
    )


def _figures(lang: Lang) -> rx.Component:
    return rx.el.section(
        rx.el.h2(lang("school-figures"), class_name="sr-only"),
        _figure(SchoolState.ahead, lang("school-ahead"), SchoolState.ahead_text),
        _figure(SchoolState.fill, lang("school-fill"), SchoolState.fill_text),
        rx.cond(
            SchoolState.administers,
            rx.fragment(
                _figure(SchoolState.month, lang("school-this-month"), SchoolState.month_text),
                _figure(SchoolState.rating, lang("school-rating"), SchoolState.rating_text),
            ),
        ),
        class_name="pg-w12 pg-panel pg-numbers",
    )


def _tasks(lang: Lang) -> rx.Component:
    def one(row: TaskRow) -> rx.Component:
        return rx.el.li(
            ui.link(
                rx.el.div(
                    rx.el.div(
                        ui.lamp(row.word, row.tone),
                        rx.el.span(row.when, class_name="text-sm text-ink-3"),
                        class_name="flex flex-wrap items-center gap-x-3 gap-y-1",
                    ),
                    rx.el.p(row.course, class_name="font-semibold mt-1"),
                    rx.el.p(row.text, class_name="text-sm text-ink-2"),
                    class_name="min-w-0 flex-1",
                ),
                ui.icon("chevron-right", "text-ink-3 shrink-0"),
                href=row.href,
                class_name="pg-task",
            )
        )

    nothing = rx.el.p(ui.icon("circle-check", "text-ok"), lang("school-nothing-to-do"), class_name="flex gap-2")
    return _panel(
        lang("school-to-do"),
        rx.cond(
            SchoolState.tasks.length() > 0,
            rx.el.ul(rx.foreach(SchoolState.tasks, one), class_name="pg-tasks"),
            nothing,
        ),
        rx.cond(
            SchoolState.more_tasks != "",
            rx.el.p(ui.link(SchoolState.more_tasks, href=lang.path("teach")), class_name="pg-panel__foot"),
        ),
        class_name="pg-w5",
    )


def _sessions(lang: Lang) -> rx.Component:
    def one(row: AheadRow) -> rx.Component:
        return rx.el.li(
            ui.link(
                rx.el.div(
                    rx.el.p(row.course, class_name="font-semibold"),
                    rx.el.p(row.when, class_name="text-sm text-ink-2"),
                    rx.el.p(row.where, class_name="text-sm text-ink-3"),
                    class_name="min-w-0 flex-1",
                ),
                rx.el.div(
                    ui.lamp(row.status, row.tone),
                    rx.el.div(_fill(row), rx.el.span(row.fill, class_name="pg-figure text-sm"), class_name="pg-gauge"),
                    class_name="grid gap-2 justify-items-start sm:justify-items-end shrink-0",
                ),
                href=lang.path("teach-session", session_id=row.id),
                class_name="pg-task flex-col sm:flex-row",
            )
        )

    return _panel(
        lang("school-next"),
        rx.cond(
            SchoolState.sessions.length() > 0,
            rx.el.ul(rx.foreach(SchoolState.sessions, one), class_name="pg-tasks"),
            rx.el.p(lang("school-no-session"), class_name="text-ink-2"),
        ),
        rx.el.p(ui.link(lang("school-all-sessions"), href=lang.path("teach")), class_name="pg-panel__foot"),
        note=rx.el.span(lang("school-floor"), class_name="text-sm text-ink-3"),
        class_name="pg-w7",
    )


def _fill(row: AheadRow) -> rx.Component:
    """Return how full a session is, with a notch where it may be held; the words beside it say the same."""
    return rx.el.div(
        rx.el.i(class_name="pg-gauge__bar", custom_attrs={"style": {"width": f"{row.percent}%"}}),
        rx.el.i(class_name="pg-gauge__floor", custom_attrs={"style": {"left": f"{row.floor}%"}}),
        class_name="pg-gauge__track",
        aria_hidden="true",
    )


def _revenue(lang: Lang) -> rx.Component:
    return _panel(
        lang("school-revenue"),
        rx.cond(
            SchoolState.sold,
            column_chart(lang, lang("school-revenue-text"), SchoolState.revenue),
            rx.el.p(lang("school-no-revenue"), class_name="text-ink-2"),
        ),
        rx.el.p(ui.link(lang("school-report"), href=lang.path("reports")), class_name="pg-panel__foot"),
    )


def _ratings(lang: Lang) -> rx.Component:
    def one(row: RatingRow) -> rx.Component:
        return rx.el.li(
            ui.link(row.course, href=lang.path("course", slug=row.slug), class_name="pg-quiet-link text-ink!"),
            rx.el.div(
                rx.el.div(
                    rx.el.i(class_name="pg-gauge__bar", custom_attrs={"style": {"width": f"{row.percent}%"}}),
                    class_name="pg-gauge__track",
                    aria_hidden="true",
                ),
                rx.el.span(row.rating, " / 5", class_name="pg-figure text-sm"),
                rx.el.span(row.count, class_name="text-sm text-ink-3"),
                class_name="pg-gauge",
            ),
            class_name="grid gap-1",
        )

    return _panel(
        lang("school-ratings"),
        rx.cond(
            SchoolState.ratings.length() > 0,
            rx.el.ul(rx.foreach(SchoolState.ratings, one), class_name="grid gap-3"),
            rx.el.p(lang("school-no-rating"), class_name="text-ink-2"),
        ),
        rx.el.p(ui.link(lang("tab-teach-quality"), href=lang.path("teach-quality")), class_name="pg-panel__foot"),
        class_name="pg-w5",
    )


def _demand(lang: Lang) -> rx.Component:
    """Return what people ask for that is not planned: what to plan next."""

    def one(row: DemandRow) -> rx.Component:
        return rx.el.li(
            ui.link(
                row.course, href=lang.path("course", slug=row.slug), class_name="pg-quiet-link font-semibold text-ink!"
            ),
            rx.el.span(row.month, class_name="text-sm text-ink-2"),
            rx.el.span(row.seats, class_name="text-sm font-semibold pg-figure sm:text-right"),
            class_name="grid gap-x-6 gap-y-1 py-3 sm:grid-cols-[minmax(0,1fr)_14rem_12rem] sm:items-baseline",
        )

    return _panel(
        lang("school-demand"),
        rx.el.ul(rx.foreach(SchoolState.demand, one), class_name="pg-tasks"),
        rx.el.p(ui.link(lang("courses-plan"), href=lang.path("teach-courses")), class_name="pg-panel__foot"),
        note=rx.el.span(lang("school-demand-note"), class_name="text-sm text-ink-3"),
        class_name="pg-w12",
    )


def _opinions(lang: Lang) -> rx.Component:
    """Return what was written last, or nothing."""

    def said(row: OpinionRow) -> rx.Component:
        return rx.el.li(
            rx.el.p(row.stars, " · ", row.day, class_name="text-sm text-ink-3"),
            rx.el.blockquote(row.comment),
            rx.el.p(row.course, class_name="text-sm text-ink-2"),
            class_name="grid gap-1 py-3",
        )

    return rx.cond(
        SchoolState.opinions.length() > 0,
        _panel(lang("school-said"), rx.el.ul(rx.foreach(SchoolState.opinions, said), class_name="pg-tasks")),
    )
