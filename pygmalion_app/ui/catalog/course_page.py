"""A course: what the regulation asks, how long it holds, and the sessions with their live seats."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui import live
from pygmalion_app.ui.budgets.ask_section import ask_button, ask_dialog
from pygmalion_app.ui.budgets.ask_state import AskState
from pygmalion_app.ui.catalog.components import not_found, quality, rating
from pygmalion_app.ui.catalog.course_state import CourseState
from pygmalion_app.ui.catalog.report_section import report_dialog, report_link
from pygmalion_app.ui.catalog.rows import ReviewRow, SessionRow
from pygmalion_app.ui.catalog.wish_section import wish_button, wish_dialog, wish_line
from pygmalion_app.ui.catalog.wish_state import WishState
from pygmalion_app.ui.enrollments.waiting_components import join_button, join_dialog
from pygmalion_app.ui.enrollments.waiting_state import WaitingState
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import public_layout
from pygmalion_app.ui.routes import page

STARS = 5


@page(
    "course", title=CourseState.head_title, on_load=[CourseState.load, WaitingState.load, AskState.load, WishState.load]
)
def course_page(lang: Lang) -> rx.Component:
    """Return the course page."""
    return public_layout(
        lang,
        "course",
        rx.cond(
            CourseState.missing,
            not_found(lang, "course-missing-title", "course-missing-text"),
            rx.fragment(
                _head(lang),
                rx.el.div(
                    rx.el.div(
                        _facts(lang), _sessions(lang), _about(lang), _reviews(lang), class_name="pg-course-page__main"
                    ),
                    rx.el.aside(_buy_box(lang), class_name="pg-course-page__aside"),
                    class_name="pg-wrap pg-course-page",
                ),
                _buy_bar(lang),
                _join_dialog(lang),
                _ask_dialog(lang),
                wish_dialog(lang, CourseState.title),
                report_dialog(lang),
            ),
        ),
        night=True,
        ready=CourseState.loaded,
    )


def _head(lang: Lang) -> rx.Component:
    state = CourseState
    return rx.el.section(
        rx.cond(
            state.motif != "",
            rx.el.img(src=state.motif, alt="", class_name="pg-course-head__art", width="480", height="240"),
        ),
        rx.el.div(
            ui.link(
                ui.icon("arrow-left", "pg-icon-sm"),
                lang("course-back"),
                href=lang.path("catalog"),
                class_name="pg-back",
            ),
            rx.el.p(
                ui.label(state.category_name),
                rx.cond(state.code != "", ui.label(state.code, "border-l border-night-line pl-3")),
                class_name="flex gap-3 mt-6",
            ),
            rx.cond(
                state.loaded,
                rx.el.h1(state.title, class_name="pg-course-head__title"),
                rx.el.div(ui.skeleton("h-10 w-3/4 opacity-20"), class_name="mt-3"),
            ),
            rx.el.p(
                rating(lang, state.rating, state.reviews_text),
                rx.cond(state.place != "", rx.el.span(ui.icon("map-pin", "pg-icon-sm"), state.place)),
                rx.el.span(ui.icon("clock", "pg-icon-sm"), state.duration),
                class_name="pg-course-head__facts",
            ),
            class_name="pg-wrap relative",
        ),
        class_name="pg-night pg-chart pg-course-head",
    )


def _facts(lang: Lang) -> rx.Component:
    state = CourseState
    return rx.el.dl(
        ui.fact(
            lang("course-legal"), rx.cond(state.legal_basis != "", state.legal_basis, "\N{EN DASH}"), icon_name="scale"
        ),
        ui.fact(
            lang("course-validity"),
            rx.el.span(state.validity),
            rx.cond(
                state.validity_note != "",
                rx.el.span(state.validity_note, class_name="block text-[15px] font-normal text-ink-2"),
            ),
            icon_name="hourglass",
        ),
        ui.fact(lang("course-modality"), state.modalities, icon_name="monitor"),
        ui.fact(lang("course-language"), state.language, icon_name="languages"),
        class_name="pg-facts pg-card",
    )


def _sessions(lang: Lang) -> rx.Component:
    state = CourseState
    return rx.el.section(
        rx.el.div(
            rx.el.h2(lang("course-sessions"), class_name="pg-h3"),
            rx.el.span(
                rx.el.i(class_name="pg-live"),
                lang("course-sessions-live"),
                class_name="pg-label flex items-center gap-2",
            ),
            class_name="flex flex-wrap items-center justify-between gap-3 mb-4",
        ),
        rx.cond(
            state.sessions.length() > 0,
            rx.el.div(
                rx.foreach(state.sessions, lambda row: _session(lang, row)),
                role="radiogroup",
                aria_label=lang("course-sessions"),
                class_name="grid gap-3",
            ),
            ui.card(
                ui.empty_state(
                    lang("course-no-session"),
                    lang("course-no-session-text"),
                    wish_button(lang, state.path, look="primary"),
                    ui.button_link(
                        lang("course-equivalent"),
                        href=f"{lang.path('catalog')}?category={state.category}",
                        look="secondary",
                    ),
                )
            ),
        ),
        rx.cond(state.sessions.length() > 0, wish_line(lang, state.path)),
        # Where there is no room for the box with the price, which has it too.
        rx.el.div(ask_button(lang, state.chosen.id), class_name="min-[960px]:hidden"),
        id="sessions",
    )


def _session(lang: Lang, row: SessionRow) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio",
            name="session",
            value=row.id,
            checked=CourseState.chosen.id == row.id,
            on_change=CourseState.choose(row.id),
        ),
        rx.el.span(
            rx.el.b(row.dates),
            rx.el.span(row.hours, class_name="text-ink-3 text-[15px] pg-figure"),
            class_name="pg-session__when",
        ),
        rx.el.span(
            rx.el.span(row.place),
            rx.el.span(row.modality, " · ", row.language, class_name="text-ink-3 text-[15px]"),
            class_name="pg-session__where",
        ),
        rx.el.span(
            live.seats_lamp(lang, row.id, row.seats),
            live.waiting_note(lang, row.id),
            class_name="pg-session__seats grid gap-1",
        ),
        rx.el.span(
            rx.el.b(row.price, class_name="pg-figure"),
            rx.el.small(lang("excluding-vat")),
            class_name="pg-session__price",
        ),
        class_name="pg-session",
    )


def _about(lang: Lang) -> rx.Component:
    state = CourseState

    def block(title: str, content: rx.Component, shown: rx.Var[bool]) -> rx.Component:
        return rx.cond(shown, rx.el.section(rx.el.h2(lang(title), class_name="pg-h3 mb-3"), content))

    return rx.el.div(
        block(
            "course-description",
            rx.el.div(rx.foreach(state.description, rx.el.p), class_name="pg-prose"),
            state.description.length() > 0,
        ),
        block(
            "course-objectives",
            rx.el.ul(
                rx.foreach(state.objectives, lambda text: rx.el.li(ui.icon("check", "pg-icon-sm"), rx.el.span(text))),
                class_name="pg-checks",
            ),
            state.objectives.length() > 0,
        ),
        block("course-prerequisites", rx.el.p(state.prerequisites, class_name="pg-prose"), state.prerequisites != ""),
        *[
            block(f"course-{name}", rx.el.p(shown, class_name="pg-prose"), shown != "")
            for name, shown in (
                ("methods", state.methods),
                ("evaluation", state.evaluation),
                ("accessibility", state.accessibility),
            )
        ],
        block(
            "course-bring",
            rx.el.p(ui.icon("backpack"), state.bring, class_name="pg-prose flex gap-3"),
            state.bring != "",
        ),
        block(
            "course-refunds",
            rx.el.ul(rx.foreach(state.refunds, rx.el.li), class_name="pg-tiers"),
            state.refunds.length() > 0,
        ),
        class_name="grid gap-10",
    )


def _reviews(lang: Lang) -> rx.Component:
    state = CourseState
    return rx.el.section(
        rx.el.h2(lang("course-reviews"), class_name="pg-h3 mb-4"),
        rx.cond(
            state.reviews.length() > 0,
            rx.el.div(rx.foreach(state.reviews, lambda row: _review(lang, row)), class_name="grid gap-4"),
            rx.el.p(lang("course-no-review"), class_name="text-ink-2"),
        ),
        rx.el.p(report_link(lang, "report-course", state.path), class_name="mt-8"),
    )


def _review(lang: Lang, row: ReviewRow) -> rx.Component:
    stars = [
        rx.el.svg(
            rx.el.svg.use(href="/icons.svg#star"),
            class_name=rx.cond(row.rating >= number, "pg-icon pg-icon-sm pg-star", "pg-icon pg-icon-sm pg-star--off"),
            aria_hidden="true",
        )
        for number in range(1, STARS + 1)
    ]
    return rx.el.figure(
        rx.el.p(*stars, rx.el.span(f"{row.rating}/{STARS}", class_name="sr-only"), class_name="flex gap-1"),
        rx.el.blockquote(row.comment, class_name="mt-2"),
        rx.el.figcaption(
            rx.el.span(row.author, " · ", row.date),
            report_link(lang, "report-this", CourseState.path, row.id),
            class_name="mt-2 text-[15px] text-ink-3 flex flex-wrap justify-between gap-x-4",
        ),
        class_name="pg-card pg-card--pad",
    )


def _enrol(lang: Lang, block: bool) -> rx.Component:
    state = CourseState
    free = live.live_count(state.chosen.id, state.chosen.seats)
    return rx.cond(
        state.chosen.id == "",
        ui.button(lang("enrol-full"), size="lg", block=block, disabled=True),
        rx.cond(
            (free > 0) & ~WaitingState.places.contains(state.chosen.id),
            ui.button_link(lang("enrol"), href=state.chosen.enrol, size="lg", block=block),
            join_button(lang, state.chosen.id, state.path, block),
        ),
    )


def _join_dialog(lang: Lang) -> rx.Component:
    chosen = CourseState.chosen
    return join_dialog(
        lang, chosen.id, rx.el.b(CourseState.title), rx.el.p(chosen.dates, " · ", chosen.place, class_name="text-ink-2")
    )


def _ask_dialog(lang: Lang) -> rx.Component:
    chosen = CourseState.chosen
    return ask_dialog(
        lang, rx.el.b(CourseState.title), rx.el.p(chosen.dates, " · ", chosen.place, class_name="text-ink-2")
    )


def _buy_box(lang: Lang) -> rx.Component:
    state = CourseState
    chosen = state.chosen
    return ui.card(
        rx.el.p(
            rx.el.b(rx.cond(chosen.id != "", chosen.price, state.price), class_name="pg-figure text-[32px] leading-10"),
            rx.el.span(lang("excluding-vat"), " ", lang("session-per-person"), class_name="text-ink-3"),
            class_name="flex items-baseline gap-2 flex-wrap",
        ),
        rx.cond(
            chosen.id != "",
            rx.el.div(
                rx.el.p(ui.icon("calendar-days", "pg-icon-sm"), rx.el.b(chosen.dates)),
                rx.el.p(ui.icon("clock", "pg-icon-sm"), chosen.hours),
                rx.el.p(ui.icon("map-pin", "pg-icon-sm"), chosen.place),
                rx.cond(chosen.address != "", rx.el.p(chosen.address, class_name="text-[15px] text-ink-3 pl-6")),
                live.seats_lamp(lang, chosen.id, chosen.seats),
                live.waiting_note(lang, chosen.id),
                class_name="pg-buy__facts",
            ),
        ),
        _enrol(lang, block=True),
        ask_button(lang, chosen.id),
        rx.el.div(
            rx.el.p(ui.label(lang("course-about"))),
            ui.link(state.organization, href=state.organization_href),
            rx.cond(state.qualiopi, quality(lang)),
            class_name="grid gap-2 justify-items-start pt-5 mt-5 border-t border-line",
        ),
        raised=True,
        class_name="pg-buy",
    )


def _buy_bar(lang: Lang) -> rx.Component:
    chosen = CourseState.chosen
    return rx.el.div(
        rx.el.div(
            rx.el.b(rx.cond(chosen.id != "", chosen.price, CourseState.price), class_name="pg-figure text-lg"),
            rx.el.span(chosen.dates, class_name="block text-sm text-ink-2 truncate"),
            class_name="min-w-0",
        ),
        _enrol(lang, block=False),
        class_name="pg-buybar",
    )
