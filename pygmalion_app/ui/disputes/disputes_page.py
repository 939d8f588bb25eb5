"""Disputed payments, for the platform's administrators."""

import reflex as rx

from pygmalion_app.payments.dispute_models import DisputeStatus
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.disputes.rows import DisputeRow
from pygmalion_app.ui.disputes.state import SUBMIT_DIALOG, DisputesState, SectionRow
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts.listing import listing, section_layout
from pygmalion_app.ui.layouts.sections import ADMINISTRATION
from pygmalion_app.ui.routes import page


@page("admin-disputes", title="disputes-title", on_load=DisputesState.load)
def disputes_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return section_layout(
        lang,
        "admin-disputes",
        ADMINISTRATION,
        (lang("disputes-title"), lang("disputes-lead")),
        rx.cond(
            DisputesState.chosen.length() > 0,
            rx.el.div(rx.foreach(DisputesState.chosen, lambda row: _one(lang, row))),
            _list(lang),
        ),
        _dialog(lang),
        loaded=DisputesState.loaded,
    )


def _list(lang: Lang) -> rx.Component:
    states = [("", lang("disputes-state-all")), *((one.value, lang(f"disputes-state-{one}")) for one in DisputeStatus)]
    table = ui.table(
        [
            lang("disputes-what"),
            (lang("disputes-amount"), "pg-num"),
            lang("disputes-state"),
            lang("disputes-deadline"),
            "",
        ],
        rx.foreach(DisputesState.rows, lambda row: _row(lang, row)),
        caption=lang("disputes-title"),
    )
    return listing(
        lang,
        DisputesState,
        table,
        (lang("disputes-none"), lang("disputes-none-text")),
        ui.select(
            "state",
            lang("disputes-state"),
            states,
            value=DisputesState.state,
            on_change=DisputesState.choose_state,
            class_name="w-full sm:w-[240px]",
        ),
    )


def _row(lang: Lang, row: DisputeRow) -> rx.Component:
    return rx.el.tr(
        ui.cell(
            rx.el.div(
                rx.el.p(row.description, class_name="font-semibold"),
                rx.el.p(row.organization, " · ", row.buyer, class_name="text-sm text-ink-2"),
                rx.el.p(row.reason, class_name="text-sm text-ink-3"),
            ),
            label=lang("disputes-what"),
        ),
        ui.cell(row.amount, label=lang("disputes-amount"), number=True),
        ui.cell(
            rx.el.div(
                ui.lamp(row.status, row.tone),
                rx.cond(row.evidence != "", rx.el.p(row.evidence, class_name="text-sm text-ink-2 mt-1")),
            ),
            label=lang("disputes-state"),
        ),
        ui.cell(
            rx.el.span(rx.cond(row.deadline != "", row.deadline, "–"), class_name="pg-figure"),
            label=lang("disputes-deadline"),
        ),
        ui.cell(
            ui.button(
                lang("disputes-see"),
                look="secondary",
                size="sm",
                on_click=DisputesState.see(row.id),
                aria_label=rx.Var.create(lang("disputes-see") + " : ") + row.description,
            )
        ),
    )


def _one(lang: Lang, row: DisputeRow) -> rx.Component:
    return rx.el.div(
        ui.button(
            lang("disputes-back"),
            look="ghost",
            size="sm",
            icon_name="arrow-left",
            class_name="justify-self-start",
            on_click=DisputesState.close,
        ),
        ui.card(
            rx.el.div(
                rx.el.h2(row.description, class_name="text-xl"),
                ui.lamp(row.status, row.tone),
                class_name="flex flex-wrap items-center justify-between gap-4",
            ),
            rx.el.dl(
                ui.fact(lang("disputes-amount"), rx.el.span(row.amount, class_name="pg-figure")),
                ui.fact(lang("disputes-reason"), row.reason),
                ui.fact(lang("disputes-organization"), rx.cond(row.organization != "", row.organization, "–")),
                ui.fact(lang("disputes-opened"), rx.el.span(row.opened, class_name="pg-figure")),
                ui.fact(
                    lang("disputes-deadline"),
                    rx.el.span(rx.cond(row.deadline != "", row.deadline, "–"), class_name="pg-figure"),
                ),
                ui.fact(
                    lang("disputes-order"),
                    rx.el.span(rx.cond(row.order != "", row.order, "–"), class_name="pg-figure break-all text-sm"),
                ),
                class_name="grid gap-5 mt-6 sm:grid-cols-2 lg:grid-cols-3",
            ),
            rx.cond(row.evidence != "", rx.el.div(ui.notice(row.evidence, tone="info"), class_name="mt-6")),
        ),
        rx.cond(DisputesState.unlinked, ui.notice(lang("disputes-unlinked"), tone="warn"), _answer(lang, row)),
        class_name="grid gap-6 justify-items-stretch",
    )


def _answer(lang: Lang, row: DisputeRow) -> rx.Component:
    return ui.card(
        rx.el.h2(lang("disputes-answer"), class_name="text-xl"),
        rx.cond(
            row.open,
            rx.fragment(rx.el.p(lang("disputes-answer-text"), class_name="text-ink-2 mt-1 mb-6"), _form(lang)),
        ),
        rx.el.div(
            rx.foreach(DisputesState.sections, _section),
            rx.cond(
                DisputesState.enclosures.length() > 0,
                rx.el.section(
                    rx.el.h3(lang("disputes-enclosures"), class_name="pg-label mb-2"),
                    rx.el.ul(rx.foreach(DisputesState.enclosures, rx.el.li), class_name="grid gap-1"),
                ),
            ),
            class_name="grid gap-6 mt-6 pt-6 border-t border-line",
        ),
        rx.el.div(
            ui.button_link(
                lang("disputes-pdf"),
                href=DisputesState.pdf,
                look="secondary",
                icon_name="file-text",
                server=True,
                target="_blank",
            ),
            rx.cond(row.open, ui.button(lang("disputes-submit"), **ui.opens(SUBMIT_DIALOG))),
            class_name="flex flex-wrap gap-3 mt-6",
        ),
    )


def _form(lang: Lang) -> rx.Component:
    return rx.el.form(
        ui.text_area(
            "note",
            lang("disputes-note"),
            hint=lang("disputes-note-hint"),
            default_value=DisputesState.note,
            max_length=4000,
        ),
        rx.el.div(
            ui.select(
                "locale",
                lang("disputes-language"),
                [("fr", lang("language-fr")), ("en", lang("language-en"))],
                default_value=DisputesState.locale,
                class_name="w-full sm:w-[220px]",
            ),
            ui.button(lang("disputes-refresh"), type="submit", look="secondary"),
            class_name="flex flex-wrap items-end gap-4",
        ),
        on_submit=DisputesState.preview,
        key=rx.Var.create("answer-") + DisputesState.opened.to_string(),
        class_name="grid gap-5",
    )


def _section(row: SectionRow) -> rx.Component:
    return rx.el.section(
        rx.el.h3(row.heading, class_name="pg-label mb-2"),
        rx.foreach(row.lines, lambda line: rx.el.p(line, class_name="break-words whitespace-pre-wrap")),
        class_name="grid gap-1",
    )


def _dialog(lang: Lang) -> rx.Component:
    return ui.dialog(
        lang,
        SUBMIT_DIALOG,
        lang("disputes-confirm-title"),
        rx.el.p(lang("disputes-confirm-text")),
        foot=[
            ui.button(lang("cancel"), look="secondary", **ui.closes(SUBMIT_DIALOG)),
            ui.button(lang("disputes-submit"), on_click=DisputesState.submit),
        ],
    )
