"""The quality report of a training organisation: indicators, gaps, and what participants wrote."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.components.basics import Text
from pygmalion_app.ui.components.charts import bar_chart
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import work_layout
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.teaching.quality_state import CommentRow, CourseRow, IndicatorRow, MissingRow, QualityState
from pygmalion_app.ui.waiting import waiting


@page("teach-quality", title="tab-teach-quality", on_load=QualityState.load)
def quality_page(lang: Lang) -> rx.Component:
    """Return the page."""
    trail: list[tuple[Text, Text]] = [(lang("nav-teach"), lang.path("teach")), (lang("tab-teach-quality"), "")]
    return work_layout(
        lang,
        "teach-quality",
        ui.breadcrumbs(lang, trail),
        rx.cond(
            QualityState.loaded,
            rx.cond(
                QualityState.name != "",
                _content(lang),
                ui.card(ui.empty_state(lang("quality-none"), lang("quality-none-text"))),
            ),
            waiting(lang, ui.skeleton_rows(3, class_name="mt-6")),
        ),
    )


def _content(lang: Lang) -> rx.Component:
    def option(year: rx.Var[str]) -> rx.Component:
        return rx.el.option(year, value=year)

    choice = rx.el.form(
        ui.select(
            "year",
            lang("quality-year"),
            rx.foreach(QualityState.years, option),
            default_value=QualityState.year,
        ),
        ui.button(lang("quality-show"), type="submit", look="secondary"),
        on_submit=QualityState.choose,
        class_name="flex items-end gap-3",
    )
    figures = rx.cond(
        QualityState.empty,
        ui.card(ui.empty_state(lang("quality-empty"), lang("quality-empty-text"))),
        rx.fragment(_indicators(), _courses(lang)),
    )
    return rx.el.div(
        ui.page_head(
            lang("quality-title"), QualityState.summary, choice, eyebrow=QualityState.name, class_name="mt-6 mb-0!"
        ),
        figures,
        rx.el.div(_missing(lang), _comments(lang), class_name="grid gap-6 items-start lg:grid-cols-2"),
        rx.el.p(lang("quality-about"), class_name="text-sm text-ink-3"),
        class_name="grid gap-6",
    )


def _indicators() -> rx.Component:
    def one(row: IndicatorRow) -> rx.Component:
        return rx.el.div(
            rx.el.p(row.value, class_name="pg-figure text-[28px] leading-9 font-bold"),
            rx.el.p(row.term, class_name="font-semibold"),
            rx.el.p(row.basis, class_name="text-sm text-ink-2"),
        )

    return rx.el.section(rx.foreach(QualityState.indicators, one), class_name="pg-panel pg-numbers pg-numbers--three")


def _courses(lang: Lang) -> rx.Component:
    heads = ("learners", "completion-rate", "success-rate", "hot-satisfaction-rate", "hot-response-rate")

    def one(row: CourseRow) -> rx.Component:
        cells = (row.learners, row.completion, row.success, row.satisfaction, row.response)
        return rx.el.tr(
            ui.cell(row.course, label=lang("quality-course")),
            *[
                ui.cell(value, label=lang(f"quality-{name}"), number=True)
                for name, value in zip(heads, cells, strict=True)
            ],
        )

    return rx.fragment(
        ui.card(bar_chart(lang, lang("quality-chart"), QualityState.chart)),
        ui.table(
            [lang("quality-course"), *[(lang(f"quality-{name}"), "pg-num") for name in heads]],
            rx.foreach(QualityState.courses, one),
            caption=lang("quality-by-course"),
        ),
    )


def _missing(lang: Lang) -> rx.Component:
    def one(row: MissingRow) -> rx.Component:
        return rx.el.li(
            rx.el.p(row.text),
            ui.link(row.action, href=row.href, class_name="pg-link whitespace-nowrap"),
            class_name="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-3",
        )

    return rx.el.section(
        rx.el.h2(lang("quality-missing"), class_name="text-lg"),
        rx.cond(
            QualityState.missing.length() > 0,
            rx.el.ul(rx.foreach(QualityState.missing, one), class_name="pg-tasks"),
            rx.el.p(ui.icon("circle-check", "text-ok"), lang("quality-whole-data"), class_name="flex gap-2"),
        ),
        class_name="pg-panel",
    )


def _comments(lang: Lang) -> rx.Component:
    def one(row: CommentRow) -> rx.Component:
        return rx.el.li(
            rx.el.blockquote(row.text),
            rx.el.p(row.about, class_name="text-sm text-ink-3"),
            class_name="py-3 grid gap-1",
        )

    return rx.el.section(
        rx.el.h2(lang("quality-comments"), class_name="text-lg"),
        rx.cond(
            QualityState.comments.length() > 0,
            rx.el.ul(rx.foreach(QualityState.comments, one), class_name="pg-tasks"),
            rx.el.p(lang("quality-no-comments"), class_name="text-ink-2"),
        ),
        class_name="pg-panel",
    )
