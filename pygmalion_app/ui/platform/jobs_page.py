"""The job queue: what waits, what failed and why, and once more; for administrators."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts.listing import listing, section_layout
from pygmalion_app.ui.layouts.sections import ADMINISTRATION
from pygmalion_app.ui.platform.jobs_state import JobRow, JobsState, QueueRow
from pygmalion_app.ui.routes import page


@page("admin-jobs", title="jobs-title", on_load=JobsState.load)
def jobs_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return section_layout(
        lang,
        "admin-jobs",
        ADMINISTRATION,
        (lang("jobs-title"), lang("jobs-lead")),
        rx.el.div(_queues(lang), _failed(lang), class_name="grid gap-8 min-w-0"),
        loaded=JobsState.loaded,
    )


def _queues(lang: Lang) -> rx.Component:
    def one(row: QueueRow) -> rx.Component:
        return rx.el.tr(
            ui.cell(rx.el.span(row.name, class_name="font-medium"), label=lang("jobs-queue")),
            ui.cell(row.waiting, label=lang("jobs-waiting"), number=True),
            ui.cell(row.later, label=lang("jobs-later"), number=True),
            ui.cell(row.running, label=lang("jobs-running"), number=True),
            ui.cell(row.failed, label=lang("jobs-failed"), number=True),
            ui.cell(ui.lamp(row.state, row.tone), label=lang("jobs-state")),
        )

    return rx.el.section(
        rx.el.div(
            rx.el.h2(lang("jobs-queues"), class_name="text-xl"),
            ui.button(
                lang("jobs-refresh"), look="secondary", size="sm", icon_name="refresh-cw", on_click=JobsState.refresh
            ),
            class_name="flex flex-wrap items-center justify-between gap-3 mb-4",
        ),
        rx.cond(
            JobsState.queues.length() > 0,
            ui.table(
                [
                    lang("jobs-queue"),
                    *[(lang(f"jobs-{name}"), "pg-num") for name in ("waiting", "later", "running", "failed")],
                    lang("jobs-state"),
                ],
                rx.foreach(JobsState.queues, one),
                caption=lang("jobs-queues"),
            ),
            ui.card(ui.empty_state(lang("jobs-empty"), lang("jobs-empty-text"))),
        ),
        class_name="min-w-0",
    )


def _failed(lang: Lang) -> rx.Component:
    def one(row: JobRow) -> rx.Component:
        return rx.el.tr(
            ui.cell(
                rx.el.div(
                    rx.el.p(row.task, class_name="font-medium break-all"),
                    rx.el.p("n° ", row.id, class_name="text-sm text-ink-3 pg-figure"),
                ),
                label=lang("jobs-job"),
            ),
            ui.cell(
                rx.el.div(
                    ui.lamp(row.why, "bad"),
                    rx.el.p(row.place, class_name="text-sm text-ink-3 break-all mt-1"),
                    class_name="min-w-0",
                ),
                label=lang("jobs-why"),
            ),
            ui.cell(row.attempts, label=lang("jobs-attempts"), number=True),
            ui.cell(rx.el.span(row.when, class_name="pg-figure text-sm"), label=lang("jobs-when")),
            ui.cell(
                ui.button(
                    lang("jobs-retry"),
                    look="secondary",
                    size="sm",
                    on_click=JobsState.retry(row.id),
                    aria_label=rx.Var.create(lang("jobs-retry") + " : ") + row.task + " " + row.id,
                )
            ),
        )

    table = ui.table(
        [lang("jobs-job"), lang("jobs-why"), (lang("jobs-attempts"), "pg-num"), lang("jobs-when"), ""],
        rx.foreach(JobsState.rows, one),
        caption=lang("jobs-given-up"),
    )
    return rx.el.section(
        rx.el.h2(lang("jobs-given-up"), class_name="text-xl mb-4"),
        listing(lang, JobsState, table, (lang("jobs-none"), lang("jobs-none-text"))),
        class_name="min-w-0",
    )
