"""The parts of a learner's pages."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.components.basics import Child
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.learning.rows import AdviceRow, BookedRow, DueRow, HoldingRow
from pygmalion_app.ui.learning.state import RENEW_DIALOG, LearnerState


def panel(title: str, *children: Child, text: str = "", class_name: str = "") -> rx.Component:
    """Return a titled part of the page."""
    return rx.el.section(
        rx.el.h2(title, class_name="text-xl"),
        rx.el.p(text, class_name="text-ink-2 mt-1") if text else rx.fragment(),
        rx.el.div(*children, class_name="mt-4"),
        class_name=f"min-w-0 {class_name}",
    )


def due_list(lang: Lang) -> rx.Component:
    """Return what is to be seen to, the most pressing first."""
    nothing = rx.cond(
        LearnerState.required > 0,
        ui.empty_state(lang("learner-due-empty"), lang("learner-due-empty-text")),
        ui.empty_state(lang("learner-due-none"), lang("learner-due-none-text")),
    )
    return panel(
        lang("learner-due"),
        rx.cond(
            LearnerState.due.length() > 0,
            rx.el.ul(rx.foreach(LearnerState.due, _due), class_name="pg-card pg-list"),
            ui.card(nothing),
        ),
    )


def _due(row: DueRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.title, class_name="font-semibold"),
            rx.el.p(row.organization, class_name="text-sm text-ink-3 mt-1"),
            class_name="min-w-0 sm:flex-1",
        ),
        rx.el.div(
            ui.lamp(row.status, row.tone),
            rx.cond(
                row.when != "",
                rx.el.p(row.when, rx.cond(row.left != "", " · " + row.left, ""), class_name="text-sm text-ink-2"),
            ),
            rx.cond(row.planned != "", ui.tag(row.planned, icon_name="calendar-days")),
            class_name="flex flex-wrap items-center gap-x-4 gap-y-2 sm:justify-end sm:max-w-[60%]",
        ),
        class_name="flex flex-col sm:flex-row sm:items-center gap-3 px-6 py-4",
    )


def advice_list(lang: Lang) -> rx.Component:
    """Return what is recommended, each with its reasons and the next session."""
    return panel(
        lang("learner-recommended"),
        rx.cond(
            LearnerState.advice.length() > 0,
            rx.el.ul(
                rx.foreach(LearnerState.advice, lambda row: _advice(lang, row)),
                class_name="grid gap-4 lg:grid-cols-2 list-none p-0 m-0",
            ),
            ui.card(ui.empty_state(lang("learner-recommended-none"), lang("learner-recommended-none-text"))),
        ),
        text=lang("learner-recommended-lead"),
    )


def _advice(lang: Lang, row: AdviceRow) -> rx.Component:
    session = rx.el.div(
        rx.el.div(
            rx.el.p(row.days, class_name="font-semibold"),
            rx.el.p(row.place, class_name="text-sm text-ink-2"),
            rx.el.p(
                ui.money(row.price),
                " ",
                lang("excluding-vat"),
                " · ",
                row.seats,
                class_name="text-sm text-ink-2",
            ),
            class_name="min-w-0",
        ),
        ui.button_link(
            lang("learner-session"),
            href=lang.path("course", slug=row.slug),
            look="secondary",
            size="sm",
            class_name="sm:ml-auto flex-none",
        ),
        class_name="flex flex-col sm:flex-row sm:items-end gap-3",
    )
    none = rx.el.div(
        rx.el.p(lang("learner-session-none"), class_name="text-sm text-ink-2"),
        ui.link(lang("learner-session-search"), href=lang.path("catalog"), class_name="pg-link text-sm"),
        class_name="flex flex-wrap items-center gap-x-4 gap-y-1",
    )
    return rx.el.li(
        rx.el.h3(row.title, class_name="text-base font-semibold"),
        rx.el.ul(
            rx.foreach(
                row.reasons,
                lambda reason: rx.el.li(
                    ui.icon("info", "pg-icon-sm mt-[3px] flex-none"), reason, class_name="flex gap-2 text-sm text-ink-2"
                ),
            ),
            class_name="grid gap-1 mt-2 mb-4 list-none p-0",
        ),
        rx.el.div(rx.cond(row.slug != "", session, none), class_name="mt-auto pt-4 border-t border-line"),
        class_name="pg-card pg-card--pad flex flex-col lg:only:col-span-2",
    )


def booked_list(lang: Lang) -> rx.Component:
    """Return the next sessions."""
    return panel(
        lang("learner-booked"),
        rx.cond(
            LearnerState.booked.length() > 0,
            rx.el.ul(rx.foreach(LearnerState.booked, lambda row: _booked(lang, row)), class_name="pg-card pg-list"),
            ui.card(ui.empty_state(lang("learner-booked-none"), lang("learner-booked-none-text"))),
        ),
        rx.el.p(ui.link(lang("learner-booked-all"), href=lang.path("training")), class_name="mt-4"),
    )


def _booked(lang: Lang, row: BookedRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            ui.link(
                row.course, href=lang.path("course", slug=row.slug), class_name="pg-quiet-link font-semibold text-ink!"
            ),
            rx.el.p(row.days, class_name="text-sm mt-1"),
            rx.el.p(row.hours, " · ", row.place, class_name="text-sm text-ink-2"),
            class_name="min-w-0",
        ),
        rx.el.div(ui.lamp(row.status, row.tone), class_name="sm:ml-auto"),
        class_name="flex flex-col sm:flex-row sm:items-center gap-3 px-6 py-4",
    )


def holding_list(lang: Lang) -> rx.Component:
    """Return the certificates that end first."""
    return panel(
        lang("learner-certificates"),
        rx.cond(
            LearnerState.holdings.length() > 0,
            rx.el.ul(rx.foreach(LearnerState.holdings, _holding), class_name="pg-card pg-list"),
            ui.card(
                ui.empty_state(
                    lang("learner-certificates-none"),
                    lang("learner-certificates-none-text"),
                    ui.button_link(
                        lang("learner-certificates-add"), href=lang.path("certificates-external"), look="secondary"
                    ),
                )
            ),
        ),
        rx.el.p(ui.link(lang("learner-certificates-all"), href=lang.path("certificates")), class_name="mt-4"),
    )


def _holding(row: HoldingRow) -> rx.Component:
    return rx.el.li(
        rx.el.p(row.title, class_name="font-semibold"),
        rx.el.div(
            ui.lamp(row.when, row.tone, plain=True),
            rx.el.span(row.number, class_name="pg-figure text-sm text-ink-3"),
            class_name="flex flex-wrap items-center justify-between gap-2 mt-1",
        ),
        class_name="px-6 py-4",
    )


def calendar_panel(lang: Lang) -> rx.Component:
    """Return the way to subscribe a calendar."""
    address = rx.el.div(
        ui.field(
            "calendar-address",
            lang("calendar-address"),
            hint=lang("calendar-hint"),
            value=LearnerState.calendar,
            read_only=True,
            input_class="pg-figure",
        ),
        rx.el.div(
            ui.button(
                lang("calendar-copy"),
                look="secondary",
                size="sm",
                icon_name="copy",
                on_click=LearnerState.copy_calendar,
            ),
            ui.button(
                lang("calendar-renew"), look="ghost", size="sm", icon_name="refresh-cw", **ui.opens(RENEW_DIALOG)
            ),
            class_name="flex flex-wrap gap-2 mt-4",
        ),
    )
    return panel(
        lang("calendar-title"),
        ui.card(
            rx.cond(
                LearnerState.calendar != "",
                address,
                ui.button(
                    lang("calendar-show"),
                    look="secondary",
                    icon_name="calendar-plus",
                    on_click=LearnerState.show_calendar,
                ),
            )
        ),
        ui.dialog(
            lang,
            RENEW_DIALOG,
            lang("calendar-renew-title"),
            rx.el.p(lang("calendar-renew-text")),
            foot=[
                ui.button(lang("cancel"), look="ghost", **ui.closes(RENEW_DIALOG)),
                ui.button(lang("calendar-renew-do"), look="danger", on_click=LearnerState.renew_calendar),
            ],
        ),
        text=lang("calendar-lead"),
    )
