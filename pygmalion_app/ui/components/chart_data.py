"""The figures of a chart, laid out: a State computes one with a builder here, `components.charts` draws it.

Lengths are in hundredths of the drawing's width or height, so that a drawing stretches to whatever room there is.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

Shade = Literal["main", "second", "third", "ok", "warn", "bad", "info", "idle", "absent"]
Written = Callable[[float], str]
"""How a number reads: `format_money`, a percentage, a count."""
_FULL: Final = 100.0
_COLUMN: Final = 76.0
"""How much of its place a column fills."""
_LABELS: Final = 13
_CHARACTERS: Final = 50
"""More labels, or longer ones, would run into each other on a phone; all of them stand in the table."""


@dataclass
class Series:
    """Numbers of one kind, one for each label of the chart."""

    name: str
    values: Sequence[float]
    shade: Shade = "main"


@dataclass
class Part:
    """A rectangle or a slice: where it lies, what it means, how its number reads."""

    name: str = ""
    value: str = ""
    shade: Shade = "main"
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0
    dashes: str = ""
    """A slice's length and the rest of the ring."""
    offset: float = 0.0
    """Where a slice begins, counted back from the ring's start."""


@dataclass
class Bar:
    """What stands over or beside one label."""

    label: str = ""
    value: str = ""
    mark: str = ""
    """The label where there is room for it on the axis, else empty."""
    parts: list[Part] = field(default_factory=list)


@dataclass
class Line:
    """One line through the drawing."""

    name: str = ""
    shade: Shade = "main"
    points: str = ""


@dataclass
class Chart:
    """A whole chart; `summary` says it in words, `headers` and `rows` are its figures as a table."""

    summary: str = ""
    bars: list[Bar] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    legend: list[Part] = field(default_factory=list)
    top: str = ""
    """The number at the top of the scale."""
    middle: str = ""
    headers: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def plain(value: float) -> str:
    """Write a number as it is."""
    return f"{value:g}"


def bars(
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    written: Written = plain,
    of: str = "",
    top: float = 0,
    values: Sequence[str] = (),
) -> Chart:
    """Return lying bars, the series of a label one after the other; `of` heads the labels' column in the table.

    `top` is what a full bar stands for (100 for percentages); without it, the longest is full. `values` stand beside
    the bars in place of their sums.
    """
    totals = [sum(one.values[i] for one in series) for i in range(len(labels))]
    scale = top or max([*totals, 0]) or 1
    chart = _chart(labels, series, written, of)
    for i, label in enumerate(labels):
        at, parts = 0.0, list[Part]()
        for one in series:
            width = _FULL * one.values[i] / scale
            parts.append(Part(one.name, written(one.values[i]), one.shade, x=at, width=width, height=_FULL))
            at += width
        chart.bars.append(Bar(label, values[i] if values else written(totals[i]), label, parts))
    return chart


def columns(
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    written: Written = plain,
    of: str = "",
    stacked: bool = False,
) -> Chart:
    """Return standing columns, the series of a label side by side or `stacked`."""
    count = range(len(labels))
    highest = [sum(one.values[i] for one in series) if stacked else max(one.values[i] for one in series) for i in count]
    top = _round_up(max([*highest, 0]))
    chart = _chart(labels, series, written, of)
    chart.top, chart.middle = written(top), written(top / 2)
    width = _COLUMN if stacked else _COLUMN / max(len(series), 1)
    for i, label in enumerate(labels):
        base, parts = _FULL, list[Part]()
        for place, one in enumerate(series):
            height = _FULL * one.values[i] / top
            x = (_FULL - _COLUMN) / 2 + (0 if stacked else place * width)
            y = (base if stacked else _FULL) - height
            parts.append(Part(one.name, written(one.values[i]), one.shade, x=x, y=y, width=width, height=height))
            base -= height
        chart.bars.append(Bar(label, written(highest[i]), _mark(labels, i), parts))
    return chart


def lines(labels: Sequence[str], series: Sequence[Series], *, written: Written = plain, of: str = "") -> Chart:
    """Return lines over the labels, from the first at the left edge to the last at the right one."""
    top = _round_up(max([*(value for one in series for value in one.values), 0]))
    chart = _chart(labels, series, written, of)
    chart.top, chart.middle = written(top), written(top / 2)
    step = _FULL / max(len(labels) - 1, 1)
    for one in series:
        points = [f"{i * step:.2f},{_FULL - _FULL * value / top:.2f}" for i, value in enumerate(one.values)]
        chart.lines.append(Line(one.name, one.shade, " ".join(points)))
    chart.bars = [Bar(label, "", _mark(labels, i)) for i, label in enumerate(labels)]
    return chart


def donut(
    parts: Sequence[tuple[str, float, Shade]], *, written: Written = plain, of: str = "", value: str = ""
) -> Chart:
    """Return a ring of (name, number, shade); what is nothing has no slice but stands in the legend."""
    total = sum(number for _, number, _ in parts) or 1
    at = 0.0
    chart = Chart(
        summary="; ".join(f"{name}: {written(number)}" for name, number, _ in parts),
        headers=[of, value],
        rows=[[name, written(number)] for name, number, _ in parts],
    )
    for name, number, shade in parts:
        share = _FULL * number / total
        chart.legend.append(
            Part(name, written(number), shade, width=share, dashes=f"{share:.3f} {_FULL - share:.3f}", offset=-at)
        )
        at += share
    return chart


def _chart(labels: Sequence[str], series: Sequence[Series], written: Written, of: str) -> Chart:
    rows = [[label, *(written(one.values[i]) for one in series)] for i, label in enumerate(labels)]
    said = [
        f"{row[0]}: {', '.join(f'{one.name} {value}' for one, value in zip(series, row[1:], strict=True))}"
        for row in rows
    ]
    return Chart(
        summary="; ".join(said),
        legend=[Part(one.name, "", one.shade) for one in series],
        headers=[of, *(one.name for one in series)],
        rows=rows,
    )


def _mark(labels: Sequence[str], place: int) -> str:
    longest = max(map(len, labels), default=0)
    fit = max(2, min(_LABELS, _CHARACTERS // (longest + 1)))
    return labels[place] if place % math.ceil(len(labels) / fit) == 0 else ""


def _round_up(value: float) -> float:
    """Return the least of 2, 4, 10, 20, 40, 100... that a value fits under: its half is as round."""
    if value <= 0:
        return 2
    power = 10.0 ** math.floor(math.log10(value))
    return max(2, next(step * power for step in (1, 2, 4, 6, 8, 10) if value <= step * power))
