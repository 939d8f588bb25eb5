"""Who did what, whether the chain holds, and what goes with time; for the platform's administrators."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.administration.audit_state import AuditState, EventRow, RuleRow
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import ADMINISTRATION, section_tabs
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting


@page("admin-audit", title="audit-title", on_load=AuditState.load)
def audit_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "admin-audit",
        ui.page_head(lang("audit-title"), lang("audit-lead")),
        rx.el.div(
            section_tabs(lang, ADMINISTRATION, "admin-audit"),
            rx.cond(
                AuditState.loaded,
                rx.fragment(_chain(lang), _filters(lang), _events(lang), _rules(lang)),
                waiting(lang, ui.skeleton_rows(5)),
            ),
            class_name="grid gap-8 min-w-0",
        ),
    )


def _chain(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.div(
            rx.el.div(
                rx.el.h2(lang("audit-chain"), class_name="sr-only"),
                rx.el.div(ui.lamp(AuditState.chain, AuditState.chain_tone), aria_live="polite"),
                rx.el.p(AuditState.anchored, class_name="text-sm text-ink-2 mt-2"),
                class_name="min-w-0",
            ),
            ui.button(
                lang("audit-chain-verify"), look="secondary", icon_name="shield-check", on_click=AuditState.verify
            ),
            class_name="flex flex-wrap items-center justify-between gap-4",
        )
    )


def _filters(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.form(
            rx.el.div(
                ui.field(
                    "action",
                    lang("audit-filter-action"),
                    placeholder="order.",
                    default_value=AuditState.action,
                    max_length=100,
                    auto_complete="off",
                    spell_check=False,
                ),
                ui.field(
                    "person",
                    lang("audit-filter-person"),
                    default_value=AuditState.person,
                    error=AuditState.person_error,
                    max_length=40,
                    auto_complete="off",
                ),
                ui.field(
                    "organization",
                    lang("audit-filter-organization"),
                    default_value=AuditState.organization,
                    error=AuditState.organization_error,
                    max_length=40,
                    auto_complete="off",
                ),
                ui.field(
                    "since",
                    lang("audit-filter-since"),
                    default_value=AuditState.since,
                    error=AuditState.since_error,
                    type="date",
                ),
                ui.field(
                    "until",
                    lang("audit-filter-until"),
                    default_value=AuditState.until,
                    error=AuditState.until_error,
                    type="date",
                ),
                class_name="grid gap-4 sm:grid-cols-2 xl:grid-cols-3",
            ),
            rx.el.div(
                ui.button(lang("audit-filter-apply"), type="submit", icon_name="search"),
                ui.button(lang("audit-filter-clear"), look="ghost", on_click=AuditState.clear),
                ui.button_link(
                    lang("audit-export"),
                    href=AuditState.export_path,
                    server=True,
                    look="secondary",
                    icon_name="download",
                ),
                class_name="flex flex-wrap gap-3",
            ),
            on_submit=AuditState.narrow,
            key=rx.Var.create("filters-") + AuditState.cleared.to_string(),
            no_validate=True,
            class_name="grid gap-5",
        )
    )


def _events(lang: Lang) -> rx.Component:
    return rx.el.section(
        rx.el.p(AuditState.count, class_name="text-ink-2 mb-3", aria_live="polite"),
        rx.cond(
            AuditState.rows.length() > 0,
            ui.table(
                [
                    ("#", "pg-num"),
                    lang("audit-column-when"),
                    lang("audit-column-action"),
                    lang("audit-column-actor"),
                    lang("audit-column-subject"),
                    lang("audit-column-facts"),
                ],
                rx.foreach(AuditState.rows, lambda row: _event(lang, row)),
                caption=lang("audit-table"),
            ),
            ui.card(ui.empty_state(lang("audit-empty"), lang("audit-empty-text"))),
        ),
        rx.cond(
            AuditState.pages > 1,
            rx.el.div(
                ui.pagination(lang, AuditState.page, AuditState.pages, AuditState.numbers, AuditState.turn),
                class_name="mt-6",
            ),
        ),
    )


def _event(lang: Lang, row: EventRow) -> rx.Component:
    return rx.el.tr(
        ui.cell(row.sequence, label="#", number=True),
        ui.cell(rx.el.span(row.when, class_name="pg-figure text-sm"), label=lang("audit-column-when")),
        ui.cell(rx.el.code(row.action, class_name="text-sm break-words"), label=lang("audit-column-action")),
        ui.cell(
            rx.el.div(
                rx.el.p(row.actor), rx.el.p(row.organization, class_name="text-sm text-ink-3"), class_name="min-w-0"
            ),
            label=lang("audit-column-actor"),
        ),
        ui.cell(
            rx.el.span(row.subject, title=row.subject_full, class_name="pg-figure text-sm"),
            label=lang("audit-column-subject"),
        ),
        ui.cell(
            rx.el.ul(rx.foreach(row.facts, rx.el.li), class_name="text-sm text-ink-2 break-all"),
            label=lang("audit-column-facts"),
        ),
    )


def _rules(lang: Lang) -> rx.Component:
    def one(row: RuleRow) -> rx.Component:
        return rx.el.tr(
            ui.cell(row.what, label=lang("retention-column-what")),
            ui.cell(row.period, label=lang("retention-column-period")),
            ui.cell(ui.lamp(row.last, row.tone), label=lang("retention-column-last")),
            ui.cell(row.rows, label=lang("retention-column-rows"), number=True),
        )

    return rx.el.section(
        rx.el.h2(lang("retention-heading"), class_name="text-xl"),
        rx.el.p(lang("retention-lead"), class_name="text-ink-2 mt-1 mb-4"),
        ui.table(
            [
                lang("retention-column-what"),
                lang("retention-column-period"),
                lang("retention-column-last"),
                (lang("retention-column-rows"), "pg-num"),
            ],
            rx.foreach(AuditState.rules, one),
            caption=lang("retention-table"),
        ),
    )
