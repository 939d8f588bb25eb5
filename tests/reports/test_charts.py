"""Charts are laid out in their numbers' own proportions, and every figure can be read without seeing."""

import pytest
import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.components import chart_data
from pygmalion_app.ui.components.chart_data import Chart, Series
from pygmalion_app.ui.i18n import LANGS


def test_bars_are_as_long_as_their_numbers() -> None:
    chart = chart_data.bars(["DGR", "SUR"], [Series("Paid", [30, 10]), Series("Due", [10, 0], "warn")])
    assert [part.width for part in chart.bars[0].parts] == [75, 25]
    assert [part.x for part in chart.bars[0].parts] == [0, 75]
    assert [part.width for part in chart.bars[1].parts] == [25, 0]
    assert chart.bars[0].value == "40"
    assert chart.rows == [["DGR", "30", "10"], ["SUR", "10", "0"]]
    assert chart.summary == "DGR: Paid 30, Due 10; SUR: Paid 10, Due 0"


def test_columns_stand_on_the_ground_beside_or_upon_each_other() -> None:
    series = [Series("Seats", [30]), Series("Need", [9])]
    beside = chart_data.columns(["Jan."], series).bars[0].parts
    assert [(part.y, part.height) for part in beside] == [(25, 75), (77.5, 22.5)]
    assert beside[0].x + beside[0].width == pytest.approx(beside[1].x)
    upon = chart_data.columns(["Jan."], series, stacked=True).bars[0].parts
    assert upon[0].y == upon[1].y + upon[1].height
    assert upon[0].x == upon[1].x


def test_a_line_goes_from_edge_to_edge() -> None:
    chart = chart_data.lines(["a", "b", "c"], [Series("People", [0, 5, 10])])
    assert chart.lines[0].points == "0.00,100.00 50.00,50.00 100.00,0.00"
    assert (chart.top, chart.middle) == ("10", "5")


def test_a_ring_is_closed_and_names_what_is_nothing() -> None:
    chart = chart_data.donut([("Compliant", 3, "ok"), ("Expired", 1, "bad"), ("Missing", 0, "idle")])
    assert [part.dashes for part in chart.legend] == ["75.000 25.000", "25.000 75.000", "0.000 100.000"]
    assert [part.offset for part in chart.legend] == [0, -75, -100]
    assert chart.summary == "Compliant: 3; Expired: 1; Missing: 0"


@pytest.mark.parametrize("empty", [[], ["a"]])
def test_nothing_is_drawn_as_nothing(empty: list[str]) -> None:
    series = [Series("None", [0 for _ in empty])]
    for build in (chart_data.bars, chart_data.columns, chart_data.lines):
        assert len(build(empty, series).bars) == len(empty)
    assert chart_data.donut([("None", 0, "idle")]).legend[0].width == 0


def test_of_many_labels_only_some_stand_on_the_axis_but_all_in_the_table() -> None:
    labels = [f"week {number}" for number in range(53)]
    chart = chart_data.columns(labels, [Series("Orders", list(range(53)))])
    shown = [bar.mark for bar in chart.bars if bar.mark]
    assert len(shown) <= 13
    assert len(chart.rows) == 53


class ChartState(rx.State):
    """A State as pages have one."""

    chart: rx.Field[Chart] = rx.field(default_factory=Chart)


@pytest.mark.parametrize("lang", LANGS)
def test_each_drawing_has_its_figures_beside_it(lang: object) -> None:
    for draw in (ui.bar_chart, ui.column_chart, ui.line_chart, ui.donut):
        written = str(draw(lang, "Title", ChartState.chart))  # type: ignore[operator]
        assert "details" in written
        assert "figcaption" in written
    assert "pathLength" in str(ui.dial(87.5, "87,5 %", "Term"))
