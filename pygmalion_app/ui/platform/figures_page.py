"""The platform's figures by week, for its administrators."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts.listing import section_layout
from pygmalion_app.ui.layouts.sections import ADMINISTRATION
from pygmalion_app.ui.platform.figures_state import SPANS, FiguresState
from pygmalion_app.ui.reports.rows import Figure
from pygmalion_app.ui.routes import page


@page("admin-figures", title="figures-title", on_load=FiguresState.load)
def figures_page(lang: Lang) -> rx.Component:
    """Return the page."""
    state = FiguresState
    return section_layout(
        lang,
        "admin-figures",
        ADMINISTRATION,
        (lang("figures-title"), lang("figures-lead")),
        rx.el.div(
            ui.card(
                rx.el.h2(lang("figures-now"), class_name="text-xl mb-6"),
                rx.el.div(
                    rx.foreach(state.now, _figure), class_name="grid gap-6 grid-cols-2 md:grid-cols-3 xl:grid-cols-4"
                ),
            ),
            rx.el.div(
                ui.select(
                    "weeks",
                    lang("figures-span"),
                    [(str(span), lang("figures-weeks", weeks=span)) for span in SPANS],
                    value=state.weeks,
                    on_change=state.choose,
                ),
                class_name="max-w-[240px]",
            ),
            rx.el.div(
                ui.card(ui.column_chart(lang, lang("figures-sold"), state.money, legend=False)),
                ui.card(ui.line_chart(lang, lang("figures-revenue"), state.revenue, legend=False)),
                ui.card(ui.column_chart(lang, lang("figures-orders"), state.orders)),
                ui.card(ui.line_chart(lang, lang("figures-new"), state.people)),
                ui.card(ui.column_chart(lang, lang("figures-issued"), state.certificates)),
                class_name="grid gap-6 lg:grid-cols-2 lg:[&>:last-child:nth-child(odd)]:col-span-2 items-start",
            ),
            class_name="grid gap-6 min-w-0",
        ),
        loaded=state.loaded,
    )


def _figure(one: Figure) -> rx.Component:
    return ui.figure(one.value, one.term)
