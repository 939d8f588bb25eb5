"""The compliance report on screen."""

import reflex as rx

from pygmalion_app.reports.compliance_file import SHOWN
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.reports.compliance_state import ComplianceReportState
from pygmalion_app.ui.reports.rows import Choice, GroupRow, Standing
from pygmalion_app.ui.waiting import waiting

_State = ComplianceReportState


def compliance_view(lang: Lang) -> rx.Component:
    """Return the report."""
    return rx.cond(
        _State.loaded,
        rx.el.div(
            _filters(lang),
            rx.cond(
                _State.asked > 0,
                rx.el.div(_charts(lang), _requirements(lang), _rows(lang), class_name="grid gap-8 min-w-0"),
                ui.card(ui.empty_state(lang("report-compliance-none"), lang("report-compliance-none-text"))),
            ),
            class_name="grid gap-6 min-w-0",
        ),
        waiting(lang, ui.skeleton_rows(5)),
    )


def _filters(lang: Lang) -> rx.Component:
    def narrow(name: str, label: str, options: rx.Component) -> rx.Component:
        return ui.select(
            name,
            lang(label),
            rx.fragment(rx.el.option(lang("report-all"), value=""), options),
            value=_State.chosen[name],
            on_change=_State.narrow(name),
        )

    def choice(one: Choice) -> rx.Component:
        return rx.el.option(one.text, value=one.value)

    def word(text: rx.Var[str]) -> rx.Component:
        return rx.el.option(text, value=text)

    statuses = rx.fragment(*[rx.el.option(lang(f"report-status-{one}"), value=one.value) for one in SHOWN])
    return rx.el.div(
        narrow("job_role_id", "report-by-job-role", rx.foreach(_State.job_roles, choice)),
        rx.cond(_State.sites.length() > 0, narrow("site_id", "report-by-site", rx.foreach(_State.sites, choice))),
        rx.cond(
            _State.contractor_types.length() > 0,
            narrow("contractor_type", "report-by-contractor-type", rx.foreach(_State.contractor_types, word)),
        ),
        rx.cond(
            _State.cost_centers.length() > 0,
            narrow("cost_center", "report-by-cost-center", rx.foreach(_State.cost_centers, word)),
        ),
        narrow("status", "report-status", statuses),
        class_name="grid gap-4 grid-cols-2 lg:grid-cols-5",
    )


def _charts(lang: Lang) -> rx.Component:
    return rx.el.div(
        ui.card(
            rx.el.div(
                ui.dial(_State.rate, _State.rate_text, lang("report-rate-what"), _State.rate_shade),
                class_name="grid justify-items-center mb-6",
            ),
            ui.donut(lang, lang("report-statuses"), _State.statuses),
        ),
        ui.card(ui.bar_chart(lang, lang("report-worst"), _State.worst, legend=True)),
        ui.card(ui.bar_chart(lang, lang("report-rate-by-job-role"), _State.by_role)),
        ui.card(ui.bar_chart(lang, lang("report-rate-by-site"), _State.by_site)),
        class_name="grid gap-6 lg:grid-cols-2 items-start",
    )


def _requirements(lang: Lang) -> rx.Component:
    def one(row: GroupRow) -> rx.Component:
        return rx.el.tr(
            ui.cell(row.title, label=lang("report-requirement")),
            *[
                ui.cell(row.figures[place], label=lang(f"report-status-{status}"), number=True)
                for place, status in enumerate(SHOWN)
            ],
            ui.cell(ui.lamp(row.rate, row.tone), label=lang("report-rate")),
        )

    return rx.el.section(
        rx.el.h2(lang("report-by-requirement"), class_name="text-xl mb-4"),
        ui.table(
            [
                lang("report-requirement"),
                *[(lang(f"report-status-{status}"), "pg-num") for status in SHOWN],
                lang("report-rate"),
            ],
            rx.foreach(_State.groups, one),
            caption=lang("report-by-requirement"),
        ),
        class_name="min-w-0",
    )


def _rows(lang: Lang) -> rx.Component:
    def one(row: Standing) -> rx.Component:
        return rx.el.tr(
            ui.cell(
                rx.el.div(
                    rx.el.p(row.name, class_name="font-medium"), rx.el.p(row.work, class_name="text-sm text-ink-3")
                ),
                label=lang("report-person"),
            ),
            ui.cell(row.requirement, label=lang("report-requirement")),
            ui.cell(ui.lamp(row.status, row.tone), label=lang("report-status")),
            ui.cell(rx.el.span(row.day, class_name="pg-figure text-sm"), label=lang("report-day")),
        )

    return rx.el.section(
        rx.el.div(
            rx.el.h2(lang("report-people"), class_name="text-xl"),
            ui.link(lang("report-see-matrix"), href=lang.path("team-matrix")),
            class_name="flex flex-wrap items-baseline justify-between gap-3",
        ),
        rx.el.p(_State.count, class_name="text-ink-2 mb-4", aria_live="polite"),
        ui.table(
            [lang("report-person"), lang("report-requirement"), lang("report-status"), lang("report-day")],
            rx.foreach(_State.rows, one),
            caption=lang("report-people"),
        ),
        rx.cond(
            _State.pages > 1,
            rx.el.div(ui.pagination(lang, _State.page, _State.pages, _State.numbers, _State.turn), class_name="mt-6"),
        ),
        class_name="min-w-0",
    )
