"""Certificates obtained elsewhere that somebody is to check."""

import reflex as rx

from pygmalion_app.certificates.life_models import ExternalReason, ExternalState
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.certificates.external_state import (
    ACCEPT_DIALOG,
    REFUSE_DIALOG,
    CheckState,
    ExternalRow,
    PageRow,
)
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import ADMINISTRATION, TEAM, section_tabs
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.viewer import Viewer
from pygmalion_app.ui.waiting import waiting


@page("team-certificates", title="external-review-title", on_load=CheckState.load)
def review_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "team-certificates",
        ui.page_head(lang("external-review-title"), lang("external-review-lead"), eyebrow=lang("nav-team")),
        rx.el.div(
            rx.cond(
                Viewer.administers,
                section_tabs(lang, ADMINISTRATION, "team-certificates"),
                section_tabs(lang, TEAM, "team-certificates"),
            ),
            class_name="mb-8",
        ),
        rx.cond(
            CheckState.loaded,
            rx.cond(
                CheckState.chosen.length() > 0,
                rx.el.div(rx.foreach(CheckState.chosen, lambda row: _one(lang, row))),
                _list(lang),
            ),
            waiting(lang, ui.skeleton_rows(4)),
        ),
        _accept(lang),
        _refuse(lang),
    )


def _list(lang: Lang) -> rx.Component:
    headers: list[str | tuple[str, str]] = [
        lang(f"external-review-{name}") for name in ("person", "what", "sent", "state")
    ]
    return rx.el.section(
        rx.el.div(
            ui.select(
                "state",
                lang("external-review-choice"),
                [(one.value, lang(f"external-state-{one}")) for one in ExternalState],
                value=CheckState.state,
                on_change=CheckState.choose,
                class_name="w-full sm:w-[240px]",
            ),
            rx.el.p(CheckState.count, class_name="pg-figure text-sm text-ink-2", aria_live="polite"),
            class_name="flex flex-wrap items-end justify-between gap-4 mb-4",
        ),
        rx.cond(
            CheckState.rows.length() > 0,
            ui.table(
                [*headers, ""],
                rx.foreach(CheckState.rows, lambda row: _row(lang, row)),
                caption=lang("external-review-title"),
            ),
            ui.card(ui.empty_state(lang("external-review-empty"), lang("external-review-empty-text"))),
        ),
        rx.cond(
            CheckState.pages > 1,
            rx.el.div(
                ui.pagination(lang, CheckState.page, CheckState.pages, CheckState.numbers, CheckState.turn),
                class_name="mt-6",
            ),
        ),
    )


def _row(lang: Lang, row: ExternalRow) -> rx.Component:
    return rx.el.tr(
        ui.cell(rx.el.span(row.holder, class_name="font-semibold"), label=lang("external-review-person")),
        ui.cell(
            rx.el.div(rx.el.p(row.title), rx.el.p(row.issuer, " · ", row.dates, class_name="text-sm text-ink-2")),
            label=lang("external-review-what"),
        ),
        ui.cell(rx.el.span(row.sent, class_name="pg-figure"), label=lang("external-review-sent")),
        ui.cell(ui.lamp(row.status, row.tone), label=lang("external-review-state")),
        ui.cell(
            ui.button(
                lang("external-review-look"),
                look="secondary",
                size="sm",
                on_click=CheckState.look(row.id),
                aria_label=rx.Var.create(lang("external-review-look") + " : ") + row.title,
            )
        ),
    )


def _one(lang: Lang, row: ExternalRow) -> rx.Component:
    return rx.el.div(
        ui.button(
            lang("external-review-back"),
            look="ghost",
            size="sm",
            icon_name="arrow-left",
            class_name="justify-self-start",
            on_click=CheckState.back,
        ),
        rx.el.div(
            ui.card(
                rx.el.div(
                    rx.el.h2(row.title, class_name="text-xl"),
                    ui.lamp(row.status, row.tone),
                    class_name="flex flex-wrap items-center justify-between gap-4",
                ),
                rx.el.h3(lang("external-review-said"), class_name="pg-label mt-5"),
                rx.el.dl(
                    ui.fact(lang("external-review-person"), row.holder),
                    ui.fact(lang("external-field-issuer"), row.issuer),
                    ui.fact(lang("external-review-type"), rx.el.span(row.type, class_name="pg-figure")),
                    ui.fact(lang("external-review-dates"), row.dates),
                    ui.fact(lang("external-review-document"), rx.el.span(row.file, class_name="break-all")),
                    class_name="grid gap-5 mt-3",
                ),
                rx.cond(
                    row.state == "waiting",
                    rx.el.div(
                        ui.button(lang("external-review-accept"), icon_name="check", **ui.opens(ACCEPT_DIALOG)),
                        ui.button(lang("external-review-refuse"), look="secondary", **ui.opens(REFUSE_DIALOG)),
                        class_name="flex flex-wrap gap-3 mt-6",
                    ),
                    rx.el.p(row.about, class_name="text-ink-2 mt-6"),
                ),
                class_name="lg:sticky lg:top-6",
            ),
            rx.el.div(rx.foreach(CheckState.sheets, _sheet), class_name="grid gap-6 min-w-0"),
            class_name="grid gap-6 items-start lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]",
        ),
        class_name="grid gap-6",
    )


def _sheet(row: PageRow) -> rx.Component:
    return rx.el.img(
        src=row.picture, alt=row.alt, loading="lazy", class_name="pg-card w-full h-auto bg-sunken min-h-[160px]"
    )


def _accept(lang: Lang) -> rx.Component:
    return ui.dialog(
        lang,
        ACCEPT_DIALOG,
        lang("external-review-accept"),
        rx.el.form(
            rx.el.p(lang("external-review-accept-text"), class_name="text-ink-2"),
            rx.cond(CheckState.form_error != "", ui.notice(CheckState.form_error, tone="bad")),
            rx.el.div(ui.button(lang("external-review-accept"), type="submit"), class_name="flex justify-end"),
            on_submit=CheckState.accept,
            class_name="grid gap-4",
        ),
    )


def _refuse(lang: Lang) -> rx.Component:
    return ui.dialog(
        lang,
        REFUSE_DIALOG,
        lang("external-review-refuse"),
        rx.el.form(
            rx.cond(CheckState.form_error != "", ui.notice(CheckState.form_error, tone="bad")),
            ui.select(
                "reason",
                lang("external-review-reason"),
                [(one.value, lang(f"external-reason-{one}")) for one in ExternalReason],
            ),
            ui.text_area("note", lang("external-review-note"), hint=lang("external-review-note-hint"), max_length=1000),
            rx.el.div(
                ui.button(lang("external-review-refuse"), type="submit", look="danger"), class_name="flex justify-end"
            ),
            on_submit=CheckState.refuse,
            class_name="grid gap-4",
            # A new key gives empty inputs after each decision.
            key=rx.Var.create("refuse-") + CheckState.made.to_string(),
        ),
    )
