"""The passport: one's certificates over time."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.certificates.passport_state import EventRow, LineageRow, PassportState, VersionRow
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.layouts.sections import CERTIFICATES, section_tabs
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting


@page("certificates-passport", title="passport-title", on_load=PassportState.load)
def passport_page(lang: Lang) -> rx.Component:
    """Return the page."""
    empty = (PassportState.lineages.length() == 0) & (PassportState.elsewhere.length() == 0)
    return work_layout(
        lang,
        "certificates-passport",
        ui.page_head(lang("passport-title"), lang("passport-lead")),
        section_tabs(lang, CERTIFICATES, "certificates-passport"),
        rx.el.div(
            rx.cond(
                PassportState.loaded,
                rx.cond(
                    empty,
                    ui.card(ui.empty_state(lang("passport-empty"), lang("passport-empty-text"))),
                    rx.el.div(
                        rx.foreach(PassportState.lineages, lambda row: _lineage(lang, row)),
                        rx.cond(PassportState.elsewhere.length() > 0, _elsewhere(lang)),
                        class_name="grid gap-6",
                    ),
                ),
                waiting(lang, ui.skeleton_rows(4)),
            ),
            class_name="mt-6",
        ),
    )


def _lineage(lang: Lang, row: LineageRow) -> rx.Component:
    return ui.card(
        rx.el.div(
            rx.el.h2(row.course, class_name="text-lg"),
            rx.el.p(row.lead, class_name=rx.cond(row.held, "text-sm text-ink-2", "text-sm text-bad")),
            class_name="grid gap-1 mb-5",
        ),
        rx.el.ol(rx.foreach(row.versions, lambda version: _version(lang, version)), class_name="grid gap-0"),
        rx.el.details(
            rx.el.summary(lang("passport-events"), class_name="cursor-pointer font-semibold py-2"),
            rx.el.ol(rx.foreach(row.events, _event), class_name="grid gap-3 mt-2 min-w-0"),
            class_name="border-t border-line mt-5 pt-3",
        ),
    )


def _version(lang: Lang, row: VersionRow) -> rx.Component:
    """Return one link of the chain: the line down its side joins it to the next."""
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.span(row.number, class_name="pg-figure font-semibold break-all"),
                ui.lamp(row.status, row.tone),
                rx.cond(row.current, ui.tag(lang("passport-current"), icon_name="check")),
                class_name="flex flex-wrap items-center gap-x-4 gap-y-2",
            ),
            rx.el.p(row.facts, class_name="text-sm text-ink-2 mt-1"),
            rx.cond(row.about != "", rx.el.p(row.about, class_name="text-sm text-ink-3 pg-figure")),
            class_name="min-w-0 grow",
        ),
        rx.el.div(
            rx.cond(
                row.downloadable,
                ui.link(
                    ui.icon("download", label=lang("my-certificate-download")),
                    href="/api/v1/certificates/" + row.id + "/download",
                    server=True,
                    class_name="pg-btn pg-btn--ghost pg-btn--icon",
                ),
            ),
            rx.cond(
                row.link != "",
                ui.link(
                    ui.icon("shield-check", label=lang("my-certificate-check")),
                    href=row.link,
                    server=True,
                    class_name="pg-btn pg-btn--ghost pg-btn--icon",
                ),
            ),
            class_name="flex shrink-0",
        ),
        class_name="flex items-start gap-3 border-l-2 border-line pl-5 pb-6 last:pb-0",
    )


def _event(row: EventRow) -> rx.Component:
    return rx.el.li(
        ui.lamp(row.text, row.tone, plain=True, class_name="whitespace-normal! items-start! text-left"),
        rx.el.p(row.moment, class_name="pg-figure text-sm text-ink-3"),
    )


def _elsewhere(lang: Lang) -> rx.Component:
    return ui.card(
        rx.el.h2(lang("passport-external"), class_name="text-lg"),
        rx.el.p(lang("passport-not-anchored"), class_name="text-sm text-ink-2 mb-4"),
        rx.el.ul(
            rx.foreach(
                PassportState.elsewhere,
                lambda row: rx.el.li(
                    rx.el.div(
                        rx.el.p(row.title, class_name="font-semibold"),
                        rx.el.p(row.facts, class_name="text-sm text-ink-2"),
                        class_name="min-w-0 grow",
                    ),
                    ui.lamp(row.status, row.tone),
                    class_name="flex flex-wrap items-start gap-x-4 gap-y-2 py-3",
                ),
            ),
            class_name="pg-list",
        ),
    )
