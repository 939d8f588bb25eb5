"""My training."""

from collections.abc import Sequence

import reflex as rx
from reflex.vars import ArrayVar

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.enrollments.training_state import BookingRow, TrainingState
from pygmalion_app.ui.enrollments.waiting_components import waiting_section
from pygmalion_app.ui.enrollments.waiting_state import WaitingState
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.learning.learner_section import advice_summary, due_summary
from pygmalion_app.ui.learning.parts import calendar_panel
from pygmalion_app.ui.learning.state import LearnerState
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting


@page("training", title="nav-training", on_load=[TrainingState.load, WaitingState.load, LearnerState.load])
def training_page(lang: Lang) -> rx.Component:
    """Return the page."""
    nothing = (
        (TrainingState.next.length() == 0) & (TrainingState.upcoming.length() == 0) & (TrainingState.past.length() == 0)
    )
    return work_layout(
        lang,
        "training",
        ui.page_head(
            lang("nav-training"),
            lang("training-lead"),
            ui.button_link(lang("training-find"), href=lang.path("catalog"), look="secondary", icon_name="search"),
        ),
        rx.cond(
            TrainingState.loaded,
            rx.el.div(
                waiting_section(lang),
                due_summary(lang),
                rx.cond(nothing & (WaitingState.rows.length() == 0), _empty(lang), _content(lang)),
                advice_summary(lang),
                calendar_panel(lang),
                class_name="grid gap-10",
            ),
            waiting(lang, ui.skeleton_rows(3)),
        ),
    )


def _empty(lang: Lang) -> rx.Component:
    return ui.card(
        ui.empty_state(
            lang("training-empty"),
            lang("training-empty-text"),
            ui.button_link(lang("training-find"), href=lang.path("catalog")),
        )
    )


def _content(lang: Lang) -> rx.Component:
    return rx.el.div(
        rx.foreach(TrainingState.next, lambda row: _next(lang, row)),
        _list(lang, "training-upcoming", TrainingState.upcoming),
        _list(lang, "training-past", TrainingState.past),
        class_name="grid gap-10",
    )


def _next(lang: Lang, row: BookingRow) -> rx.Component:
    """Return the convocation: everything one needs to come, on one card."""
    return rx.el.section(
        rx.el.div(
            ui.label(lang("training-next")),
            rx.el.p(row.in_days, class_name="pg-figure text-[32px] leading-10 font-bold mt-2"),
            rx.el.h2(row.course, class_name="text-2xl mt-2"),
            rx.el.p(row.organization, class_name="text-on-night-2 mt-1"),
            rx.el.div(class_name="pg-ticks text-on-night-2 mt-6"),
            class_name="pg-night pg-chart p-6 md:p-8 rounded-t-[8px]",
        ),
        rx.el.div(
            rx.el.dl(
                ui.fact(
                    lang("enrol-when"),
                    rx.el.p(row.days),
                    rx.el.p(row.hours, class_name="text-sm text-ink-2 font-normal"),
                    icon_name="calendar-days",
                ),
                ui.fact(lang("enrol-where"), row.place, icon_name="map-pin"),
                ui.fact(lang("training-duration"), row.duration, " · ", row.modality, icon_name="clock"),
                rx.cond(row.bring != "", ui.fact(lang("training-bring"), row.bring, icon_name="backpack")),
                class_name="grid gap-6 sm:grid-cols-2 lg:grid-cols-4",
            ),
            rx.el.div(
                ui.lamp(row.status, row.tone),
                ui.link(lang("enrol-course"), href=lang.path("course", slug=row.slug), class_name="pg-link text-sm"),
                _messages_link(lang, row),
                _order_link(lang, row),
                class_name="flex flex-wrap items-center gap-4 mt-6 pt-5 border-t border-line",
            ),
            class_name="p-6 md:p-8",
        ),
        class_name="pg-card pg-card--raised overflow-hidden",
    )


def _messages_link(lang: Lang, row: BookingRow) -> rx.Component:
    return ui.link(
        lang("messages-to-school"),
        rx.el.span(" · ", row.course, class_name="sr-only"),
        href=lang.path("messages-thread", thread_id=row.enrollment_id),
        class_name="pg-link text-sm",
    )


def _order_link(lang: Lang, row: BookingRow) -> rx.Component:
    return rx.cond(
        row.order_id != "",
        ui.link(lang("training-manage"), href=lang.path("order", order_id=row.order_id), class_name="pg-link text-sm"),
    )


def _list(lang: Lang, title: str, rows: ArrayVar[Sequence[BookingRow]]) -> rx.Component:
    return rx.cond(
        rows.length() > 0,
        rx.el.section(
            rx.el.h2(lang(title), class_name="text-xl mb-4"),
            rx.el.ul(rx.foreach(rows, lambda row: _entry(lang, row)), class_name="pg-card pg-list"),
        ),
    )


def _entry(lang: Lang, row: BookingRow) -> rx.Component:
    certificate = rx.cond(
        row.certificate != "",
        rx.cond(
            row.certificate_token != "",
            ui.button_link(
                lang("training-certificate"),
                href=lang.path("verify-certificate", token=row.certificate_token),
                server=True,
                look="secondary",
                size="sm",
                icon_name="award",
            ),
            ui.button_link(
                lang("training-certificate"),
                href=lang.path("certificates"),
                look="secondary",
                size="sm",
                icon_name="award",
            ),
        ),
    )
    return rx.el.li(
        rx.el.div(
            ui.link(
                row.course, href=lang.path("course", slug=row.slug), class_name="pg-quiet-link font-semibold text-ink!"
            ),
            rx.el.p(row.days, " · ", row.place, class_name="text-sm text-ink-2 mt-1"),
            rx.el.p(row.organization, class_name="text-sm text-ink-3"),
            class_name="min-w-0",
        ),
        rx.el.div(
            ui.lamp(row.status, row.tone),
            certificate,
            _messages_link(lang, row),
            _order_link(lang, row),
            class_name="flex flex-wrap items-center gap-3 sm:ml-auto sm:justify-end",
        ),
        class_name="flex flex-col sm:flex-row sm:items-center gap-3 px-6 py-4",
    )
