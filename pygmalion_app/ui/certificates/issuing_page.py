"""Issuing in bulk."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.certificates.issuing_state import CampaignRow, CandidateRow, FailedRow, IssuingState
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import ISSUER, section_tabs
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting


@page("teach-issuing", title="issuing-title", on_load=IssuingState.load)
def issuing_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "teach-issuing",
        ui.page_head(lang("issuing-title"), lang("issuing-lead"), eyebrow=lang("nav-teach")),
        section_tabs(lang, ISSUER, "teach-issuing"),
        rx.el.div(
            rx.cond(
                IssuingState.loaded,
                rx.cond(
                    IssuingState.organization != "",
                    rx.el.div(
                        rx.cond(IssuingState.campaigns.length() > 0, _campaigns(lang)),
                        _sessions(lang),
                        class_name="grid gap-10",
                    ),
                    ui.card(ui.empty_state(lang("issued-no-organization"), lang("issued-no-organization-text"))),
                ),
                waiting(lang, ui.skeleton_rows(5)),
            ),
            class_name="mt-6",
        ),
        rx.cond(IssuingState.running, ui.polling(IssuingState.refresh, 2)),
    )


def _campaigns(lang: Lang) -> rx.Component:
    return rx.el.section(
        rx.el.h2(lang("issuing-campaigns"), class_name="text-xl mb-4"),
        rx.el.ul(rx.foreach(IssuingState.campaigns, lambda row: _campaign(lang, row)), class_name="grid gap-4"),
    )


def _campaign(lang: Lang, row: CampaignRow) -> rx.Component:
    opened = IssuingState.opened == row.id
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.h3(row.name, class_name="text-base font-semibold"),
                rx.el.p(row.sessions, " · ", row.progress, class_name="pg-figure text-sm text-ink-2"),
                class_name="min-w-0",
            ),
            ui.lamp(row.status, row.tone),
            class_name="flex flex-wrap items-start justify-between gap-x-4 gap-y-2",
        ),
        rx.el.progress(
            value=row.done, max=row.total, class_name="w-full mt-4", aria_label=rx.Var.create("") + row.progress
        ),
        rx.el.div(
            rx.el.dl(
                *[
                    rx.el.div(
                        rx.el.dt(lang(f"issuing-figure-{name}"), class_name="pg-label"),
                        rx.el.dd(value, class_name="pg-figure text-lg"),
                    )
                    for name, value in (("issued", row.issued), ("waiting", row.waiting), ("failed", row.failed))
                ],
                class_name="flex flex-wrap gap-x-8 gap-y-3",
            ),
            rx.cond(
                row.failed > 0,
                rx.el.div(
                    rx.cond(
                        opened,
                        rx.fragment(),
                        ui.button(
                            lang("issuing-failures"), look="ghost", size="sm", on_click=IssuingState.look(row.id)
                        ),
                    ),
                    ui.button(
                        lang("issuing-retry"),
                        look="secondary",
                        size="sm",
                        icon_name="refresh-cw",
                        on_click=IssuingState.retry(row.id),
                        disabled=row.running,
                    ),
                    class_name="flex flex-wrap gap-2",
                ),
            ),
            class_name="flex flex-wrap items-end justify-between gap-4 mt-4",
        ),
        rx.cond(opened & (row.failed > 0), _failures(lang)),
        class_name="pg-card p-6",
    )


def _failures(lang: Lang) -> rx.Component:
    def one(row: FailedRow) -> rx.Component:
        return rx.el.tr(
            ui.cell(rx.el.span(row.person, class_name="font-semibold"), label=lang("issuing-failure-person")),
            ui.cell(row.course, label=lang("issuing-failure-course")),
            ui.cell(row.reason, label=lang("issuing-failure-reason")),
        )

    return rx.el.div(
        ui.table(
            [lang(f"issuing-failure-{name}") for name in ("person", "course", "reason")],
            rx.foreach(IssuingState.failures, one),
            caption=lang("issuing-failures"),
        ),
        class_name="mt-5",
    )


def _sessions(lang: Lang) -> rx.Component:
    return rx.el.section(
        rx.el.h2(lang("issuing-sessions"), class_name="text-xl mb-4"),
        rx.cond(
            IssuingState.candidates.length() > 0,
            rx.el.div(
                ui.card(
                    rx.el.ul(
                        rx.foreach(IssuingState.candidates, lambda row: _candidate(lang, row)), class_name="pg-list"
                    )
                ),
                rx.el.div(
                    rx.el.p(IssuingState.chosen_count, class_name="pg-figure text-ink-2", aria_live="polite"),
                    ui.button(lang("issuing-start"), icon_name="award", on_click=IssuingState.start),
                    class_name=(
                        "pg-card p-4 flex flex-wrap items-center justify-between gap-4 sticky bottom-20 lg:bottom-4"
                    ),
                ),
                class_name="grid gap-4",
            ),
            ui.card(ui.empty_state(lang("issuing-empty"), lang("issuing-empty-text"))),
        ),
    )


def _candidate(lang: Lang, row: CandidateRow) -> rx.Component:
    figures = (("people", row.people), ("entitled", row.entitled), ("certified", row.certified))
    return rx.el.li(
        ui.checkbox(
            rx.el.span(row.course, class_name="block font-semibold"),
            rx.el.span(row.where, class_name="block text-sm text-ink-2"),
            rx.el.span(
                *[part for name, value in figures for part in (lang(f"issuing-{name}"), " : ", value, " · ")][:-1],
                class_name="block pg-figure text-sm text-ink-3",
            ),
            name="session",
            class_name="min-w-0 grow items-start!",
            checked=row.chosen,
            on_change=lambda _value: IssuingState.toggle(row.id),
        ),
        ui.lamp(row.missing, row.tone, class_name="shrink-0"),
        class_name="flex flex-wrap sm:flex-nowrap items-start justify-between gap-x-4 gap-y-2 py-4",
    )
