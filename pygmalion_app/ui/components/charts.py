"""Charts as inline SVG: lying bars, standing columns, lines, a ring, a dial. Each also says its figures in a table.

A State holds a `chart_data.Chart` (`rx.field(default_factory=Chart)`) that a builder of that module has laid out.
Colours are the theme's shades, in light and in dark; no meaning is in a colour alone.
"""

from typing import Any

import reflex as rx

from pygmalion_app.ui.components.basics import Child, Text, classes
from pygmalion_app.ui.components.chart_data import Bar, Chart, Line, Part
from pygmalion_app.ui.i18n import Lang

ChartVar = Chart | rx.Var[Chart]


def bar_chart(lang: Lang, title: Text, chart: ChartVar, *, legend: bool = False) -> rx.Component:
    """Return lying bars with their labels and numbers as text."""
    seen = _var(chart)

    def one(bar: Bar) -> rx.Component:
        return rx.el.li(
            rx.el.span(bar.label, class_name="pg-chart__label"),
            rx.el.span(bar.value, class_name="pg-figure pg-chart__value"),
            _drawing(rx.foreach(bar.parts, _rectangle), class_name="pg-chart__bar"),
        )

    return _frame(lang, title, seen, rx.el.ul(rx.foreach(seen.bars, one), class_name="pg-chart__bars"), legend=legend)


def column_chart(lang: Lang, title: Text, chart: ChartVar, *, legend: bool = True) -> rx.Component:
    """Return standing columns over their labels."""
    seen = _var(chart)

    def one(bar: Bar) -> rx.Component:
        return rx.el.div(
            _drawing(rx.foreach(bar.parts, _rectangle)), rx.el.span(bar.mark), class_name="pg-chart__column"
        )

    drawn = rx.el.div(rx.foreach(seen.bars, one), class_name="pg-chart__columns")
    return _frame(lang, title, seen, _scaled(seen, drawn), legend=legend)


def line_chart(lang: Lang, title: Text, chart: ChartVar, *, legend: bool = True) -> rx.Component:
    """Return lines over their labels."""
    seen = _var(chart)

    def one(line: Line) -> rx.Component:
        return rx.el.svg.polyline(
            points=line.points,
            class_name=_shade(line.shade, "pg-chart__line"),
            custom_attrs={"vectorEffect": "non-scaling-stroke"},
        )

    drawn = rx.el.div(
        _drawing(rx.foreach(seen.lines, one), class_name="pg-chart__plot"),
        rx.el.div(rx.foreach(seen.bars, lambda bar: rx.el.span(bar.mark)), class_name="pg-chart__marks"),
    )
    return _frame(lang, title, seen, _scaled(seen, drawn), legend=legend)


def donut(lang: Lang, title: Text, chart: ChartVar, *centre: Child) -> rx.Component:
    """Return a ring beside its legend with the numbers; what stands in the `centre` is up to the page."""
    seen = _var(chart)

    def slice_of(part: Part) -> rx.Component:
        return _ring(part.dashes, _shade(part.shade, "pg-chart__slice"), custom_attrs={"strokeDashoffset": part.offset})

    ring = rx.el.div(
        rx.el.svg(
            _ring("100 0", "pg-chart__slice pg-chart__rest"),
            rx.foreach(seen.legend, slice_of),
            view_box="0 0 42 42",
            aria_hidden="true",
        ),
        rx.el.div(*centre, class_name="pg-chart__centre"),
        class_name="pg-chart__ring",
    )
    both = rx.el.div(ring, _legend(seen), class_name="pg-chart__donut")
    return _frame(lang, title, seen, both, legend=False)


def dial(percent: Any, value: Child, term: Text, tone: Text = "ok") -> rx.Component:
    """Return half a ring filled to a percentage (0 to 100) with the `value` in it and what it means below."""
    share = rx.Var.create(percent).to_string() if isinstance(percent, rx.Var) else f"{percent}"
    arc: dict[str, Any] = {"d": "M 4 40 A 36 36 0 0 1 76 40", "custom_attrs": {"pathLength": "100"}}
    return rx.el.div(
        rx.el.svg(
            rx.el.svg.path(class_name="pg-chart__arc pg-chart__rest", **arc),
            rx.el.svg.path(class_name=_shade(tone, "pg-chart__arc"), stroke_dasharray=share + " 200", **arc),
            view_box="0 0 80 44",
            aria_hidden="true",
        ),
        rx.el.p(value, class_name="pg-figure pg-chart__reading"),
        rx.el.p(term, class_name="text-[15px] text-ink-2"),
        class_name="pg-chart__dial",
    )


def _var(chart: ChartVar) -> Any:
    return chart if isinstance(chart, rx.Var) else rx.Var.create(chart).to(Chart)


def _shade(shade: Any, base: str) -> Any:
    if isinstance(shade, str):
        return classes(base, f"pg-shade-{shade}")
    return rx.Var.create(f"{base} pg-shade-") + shade


def _drawing(*children: Child, class_name: str = "") -> rx.Component:
    # The words around it say the same; a screen reader need not know that there is a drawing.
    return rx.el.svg(
        *children,
        view_box="0 0 100 100",
        custom_attrs={"preserveAspectRatio": "none"},
        aria_hidden="true",
        class_name=class_name,
    )


def _rectangle(part: Part) -> rx.Component:
    return rx.el.svg.rect(
        rx.el.svg.title(part.name, " · ", part.value),
        # As attributes of their own: the component's own properties take whole numbers only.
        custom_attrs={"x": part.x, "y": part.y, "width": part.width, "height": part.height},
        class_name=_shade(part.shade, "pg-chart__part"),
    )


def _ring(dashes: Any, class_name: Any, **props: Any) -> rx.Component:
    # A radius of 15.915 makes a circumference of 100.
    return rx.el.svg.circle(cx=21, cy=21, r="15.915", stroke_dasharray=dashes, class_name=class_name, **props)


def _scaled(chart: Any, drawn: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.span(chart.top),
            rx.el.span(chart.middle),
            rx.el.span("0"),
            class_name="pg-chart__scale pg-figure",
            aria_hidden="true",
        ),
        drawn,
        class_name="pg-chart__scaled",
        role="img",
        aria_label=chart.summary,
    )


def _legend(chart: Any) -> rx.Component:
    def one(part: Part) -> rx.Component:
        return rx.el.li(
            rx.el.span(class_name=_shade(part.shade, "pg-chart__key")),
            rx.el.span(part.name),
            rx.el.span(part.value, class_name="pg-figure ml-auto"),
        )

    return rx.el.ul(rx.foreach(chart.legend, one), class_name="pg-chart__legend")


def _frame(lang: Lang, title: Text, chart: Any, drawn: rx.Component, *, legend: bool) -> rx.Component:
    return rx.el.figure(
        rx.el.figcaption(title, class_name="font-semibold mb-3"),
        _legend(chart) if legend else rx.fragment(),
        drawn,
        rx.el.details(
            rx.el.summary(lang("chart-as-table")),
            rx.el.div(
                rx.el.table(
                    rx.el.caption(title, class_name="sr-only"),
                    rx.el.thead(rx.el.tr(rx.foreach(chart.headers, _head))),
                    rx.el.tbody(rx.foreach(chart.rows, _row)),
                    class_name="pg-table",
                ),
                class_name="pg-table-frame",
            ),
            class_name="pg-chart__table",
        ),
        class_name="pg-plotted",
    )


def _head(text: rx.Var[str]) -> rx.Component:
    return rx.el.th(text, scope="col")


def _row(cells: rx.Var[list[str]]) -> rx.Component:
    def cell(text: rx.Var[str]) -> rx.Component:
        return rx.el.td(text)

    return rx.el.tr(rx.foreach(cells, cell))
