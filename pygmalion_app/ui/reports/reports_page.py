"""An organisation's reports: on screen with charts and filters, as files, by mail."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.components.basics import Text
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.reports.bpf_view import bpf_view
from pygmalion_app.ui.reports.compliance_view import compliance_view
from pygmalion_app.ui.reports.financial_view import financial_view
from pygmalion_app.ui.reports.state import (
    BPF,
    COMPLIANCE,
    FINANCIAL,
    SCHEDULE_DIALOG,
    FileRow,
    ReportsState,
    ScheduleRow,
)
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.waiting import waiting


@page("reports", title="reports-title", on_load=ReportsState.load)
def reports_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return work_layout(
        lang,
        "reports",
        ui.page_head(lang("reports-title"), lang("reports-lead")),
        rx.cond(ReportsState.loaded, _reports(lang), waiting(lang, ui.skeleton_rows(5))),
        _schedule_dialog(lang),
    )


def _reports(lang: Lang) -> rx.Component:
    return rx.cond(
        ReportsState.view != "",
        rx.el.div(
            rx.cond(
                ReportsState.views.length() > 1,
                rx.cond(
                    ReportsState.views.contains(BPF), _views(lang, FINANCIAL, BPF), _views(lang, COMPLIANCE, FINANCIAL)
                ),
            ),
            _take_away(lang),
            rx.match(
                ReportsState.view, (COMPLIANCE, compliance_view(lang)), (BPF, bpf_view(lang)), financial_view(lang)
            ),
            _schedules(lang),
            class_name="grid gap-8 min-w-0",
        ),
        ui.card(ui.empty_state(lang("reports-none"), lang("reports-none-text"))),
    )


def _views(lang: Lang, *names: str) -> rx.Component:
    options: list[tuple[str, Text]] = [(name, lang(f"report-{name}")) for name in names]
    return ui.tabs(lang("reports-title"), options, ReportsState.view, ReportsState.choose)


def _take_away(lang: Lang) -> rx.Component:
    def as_file(kind: str) -> rx.Component:
        return ui.button(
            kind.upper(),
            look="secondary",
            size="sm",
            icon_name="download",
            on_click=ReportsState.export(kind),
            aria_label=lang("report-export-as", format=kind.upper()),
        )

    return ui.card(
        rx.el.div(
            rx.el.div(
                rx.el.span(lang("report-take-away"), class_name="pg-label"),
                as_file("pdf"),
                as_file("xlsx"),
                as_file("csv"),
                class_name="flex flex-wrap items-center gap-3",
            ),
            ui.button(
                lang("report-schedule"), look="ghost", size="sm", icon_name="mail", on_click=ReportsState.begin_schedule
            ),
            class_name="flex flex-wrap items-center justify-between gap-3",
        ),
        rx.cond(ReportsState.writing, ui.polling(ReportsState.refresh, 1)),
        rx.cond(
            ReportsState.files.length() > 0,
            rx.el.ul(
                rx.foreach(ReportsState.files, _file),
                class_name="grid gap-2 list-none p-0 m-0 mt-4 pt-4 border-t border-line",
                aria_live="polite",
            ),
        ),
    )


def _file(row: FileRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.cond(
                row.path != "",
                ui.link(row.name, href=row.path, server=True, download=True),
                rx.el.span(row.name),
            ),
            rx.el.span(row.when, class_name="text-sm text-ink-3"),
            class_name="flex flex-wrap gap-x-3 min-w-0 break-all",
        ),
        ui.lamp(row.state, row.tone),
        class_name="flex flex-wrap items-center justify-between gap-2",
    )


def _schedules(lang: Lang) -> rx.Component:
    def one(row: ScheduleRow) -> rx.Component:
        return rx.el.tr(
            ui.cell(row.title, label=lang("report-what")),
            ui.cell(row.recipient, label=lang("report-recipient")),
            ui.cell(row.when, label=lang("report-how-often")),
            ui.cell(ui.lamp(row.state, row.tone), label=lang("report-status")),
            ui.cell(
                ui.button(
                    lang("report-unschedule"),
                    look="ghost",
                    size="sm",
                    on_click=ReportsState.unschedule(row.id),
                    aria_label=rx.Var.create(lang("report-unschedule") + " : ") + row.title + ", " + row.recipient,
                )
            ),
        )

    return rx.cond(
        ReportsState.schedules.length() > 0,
        rx.el.section(
            rx.el.h2(lang("report-schedules"), class_name="text-xl mb-4"),
            ui.table(
                [
                    lang("report-what"),
                    lang("report-recipient"),
                    lang("report-how-often"),
                    lang("report-status"),
                    "",
                ],
                rx.foreach(ReportsState.schedules, one),
                caption=lang("report-schedules"),
            ),
        ),
    )


def _schedule_dialog(lang: Lang) -> rx.Component:
    return ui.dialog(
        lang,
        SCHEDULE_DIALOG,
        lang("report-schedule-title"),
        rx.el.form(
            rx.el.p(lang("report-schedule-lead"), class_name="text-ink-2"),
            ui.select(
                "recipient",
                lang("report-recipient"),
                rx.foreach(ReportsState.people, lambda one: rx.el.option(one.text, value=one.value)),
                hint=lang("report-recipient-hint"),
            ),
            ui.select(
                "frequency",
                lang("report-how-often"),
                [("weekly", lang("report-weekly")), ("monthly", lang("report-monthly"))],
            ),
            ui.select("format", lang("report-format"), [(kind, kind.upper()) for kind in ("pdf", "xlsx", "csv")]),
            ui.button(lang("report-schedule-save"), type="submit"),
            on_submit=ReportsState.schedule,
            key=rx.Var.create("schedule-") + ReportsState.scheduled.to_string(),
            no_validate=True,
            class_name="grid gap-5",
        ),
    )
