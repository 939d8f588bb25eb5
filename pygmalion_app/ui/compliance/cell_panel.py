"""The panel that a cell of the matrix opens: the proof, what happened, what to do; or all that a person must hold."""

from typing import Any

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.compliance.cell_state import PANEL, CellState, DemandRow, HistoryRow
from pygmalion_app.ui.compliance.instruments import sign
from pygmalion_app.ui.components.basics import Child
from pygmalion_app.ui.i18n import Lang


def cell_panel(lang: Lang) -> rx.Component:
    """Return the panel, closed."""
    return ui.drawer(
        lang,
        PANEL,
        CellState.person,
        rx.el.div(
            rx.el.p(CellState.place, class_name="text-ink-2"),
            rx.cond(CellState.key != "", _one(lang), _all(lang)),
            class_name="pg-cell grid gap-6",
        ),
    )


def _part(title: str, *children: Child) -> rx.Component:
    return rx.el.section(ui.label(title, "block mb-2"), *children)


def _one(lang: Lang) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.h3(CellState.title, class_name="text-lg"),
            ui.lamp(CellState.word, CellState.tone, class_name="mt-3"),
            rx.el.p(CellState.explained, class_name="mt-3"),
            rx.cond(CellState.booked != "", rx.el.p(CellState.booked, class_name="mt-1 text-info")),
        ),
        _proof(lang),
        _next(lang),
        _history(lang),
        _exemption(lang),
        ui.button(
            lang("cell-all"),
            look="ghost",
            size="sm",
            icon_name="arrow-left",
            on_click=CellState.open(CellState.member, ""),
            class_name="justify-self-start",
        ),
        class_name="grid gap-6",
    )


def _proof(lang: Lang) -> rx.Component:
    return _part(
        lang("cell-proof"),
        rx.cond(
            CellState.proof != "",
            rx.el.div(
                ui.icon("award"),
                rx.el.div(
                    rx.el.p(CellState.proof, class_name="font-semibold"),
                    rx.el.p(CellState.proof_note, class_name="text-sm text-ink-3"),
                    rx.cond(
                        CellState.proof_href != "",
                        ui.link(lang("cell-proof-open"), href=CellState.proof_href, server=True),
                    ),
                    class_name="min-w-0",
                ),
                class_name="flex gap-3",
            ),
            rx.el.p(lang("cell-proof-none"), class_name="text-ink-2"),
        ),
    )


def _next(lang: Lang) -> rx.Component:
    return _part(
        lang("cell-next"),
        rx.el.p(CellState.advice, class_name="mb-3"),
        rx.el.div(
            ui.button_link(lang("cell-assign"), href=CellState.assign_href, icon_name="calendar-plus", size="sm"),
            ui.button_link(lang("cell-book"), href=CellState.book_href, look="secondary", size="sm"),
            class_name="flex flex-wrap gap-3",
        ),
    )


def _history(lang: Lang) -> rx.Component:
    def one(row: HistoryRow) -> rx.Component:
        return rx.el.li(
            rx.el.p(row.what, class_name="font-medium"),
            rx.el.p(row.when, class_name="text-sm text-ink-3"),
            class_name=rx.Var.create("pg-s-") + row.code,
        )

    return _part(
        lang("cell-history"),
        rx.cond(
            CellState.history.length() > 0,
            rx.el.ol(rx.foreach(CellState.history, one), class_name="pg-trace"),
            rx.el.p(lang("cell-history-none"), class_name="text-ink-2"),
        ),
    )


def _exemption(lang: Lang) -> rx.Component:
    form = rx.el.details(
        rx.el.summary(lang("cell-exempt"), class_name="font-semibold py-2"),
        rx.el.form(
            ui.text_area(
                "reason",
                lang("cell-exempt-reason"),
                hint=lang("cell-exempt-reason-hint"),
                error=CellState.reason_error,
                required=True,
                max_length=500,
            ),
            ui.field("until", lang("cell-exempt-until"), hint=lang("optional"), type="date"),
            ui.button(
                lang("cell-exempt-grant"), type="submit", look="secondary", size="sm", class_name="justify-self-start"
            ),
            on_submit=CellState.exempt,
            reset_on_submit=False,
            class_name="grid gap-4 mt-3",
            key=CellState.opened.to_string(),
        ),
    )
    return rx.cond(
        CellState.exemption != "",
        _part(
            lang("cell-exemption"),
            rx.el.blockquote(CellState.exemption, class_name="border-l-2 border-line pl-3"),
            rx.el.p(CellState.exemption_note, class_name="mt-1 text-sm text-ink-3"),
            ui.button(
                lang("cell-exempt-end"), look="danger", size="sm", class_name="mt-3", on_click=CellState.end_exemption
            ),
        ),
        form,
    )


def _all(lang: Lang) -> rx.Component:
    def one(row: DemandRow) -> rx.Component:
        return rx.el.li(
            rx.el.button(
                rx.el.span(row.title, class_name="font-medium"),
                rx.el.span(sign(row.code), row.text, class_name="flex items-center gap-2 text-sm text-ink-2"),
                type="button",
                on_click=CellState.open(CellState.member, row.key),
            )
        )

    listed: Any = rx.el.ul(rx.foreach(CellState.demands, one), class_name="pg-crew")
    return rx.cond(
        CellState.demands.length() > 0,
        listed,
        ui.empty_state(
            lang("cell-none"),
            lang("cell-none-text"),
            ui.button_link(lang("tab-team-rules"), href=lang.path("team-rules"), look="secondary"),
        ),
    )
