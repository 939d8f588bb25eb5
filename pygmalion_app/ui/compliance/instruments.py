"""Instruments: figures that are read at a glance. Each also says in words what it shows."""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Any

import reflex as rx

from pygmalion_app.ui.components.basics import Child, Text
from pygmalion_app.ui.i18n import Lang

START, SWEEP = -120, 240
"""The dial's scale: degrees from the top, clockwise."""
LOW, HIGH = 70, 90
"""Percent at which the red and the amber part of the scale end."""
CENTRE = 120


@dataclass
class MonthBar:
    """One month of the expiry timeline; `height` is a share of the highest, 0 to 100."""

    name: str
    count: int
    height: int
    code: str
    said: str
    href: str


@dataclass
class SharePart:
    """One status of the whole; `share` weighs it in the bar."""

    code: str
    word: str
    count: str
    share: int
    href: str


def style(**properties: Any) -> dict[str, Any]:
    """Return attributes with a style of the element's own.

    As one var: what a plain dictionary holds would be written into the page without the state that it comes from.
    """
    return {"style": rx.Var.create(properties)}


def _at(percent: float, radius: float) -> tuple[float, float]:
    angle = radians(START + SWEEP * percent / 100)
    return round(CENTRE + radius * sin(angle), 2), round(CENTRE - radius * cos(angle), 2)


def _arc(start: float, end: float, radius: float) -> str:
    (x1, y1), (x2, y2) = _at(start, radius), _at(end, radius)
    large = int((end - start) * SWEEP / 100 > 180)  # noqa: PLR2004 - half a circle
    return f"M {x1} {y1} A {radius} {radius} 0 {large} 1 {x2} {y2}"


def dial(percent: Any, code: Any, value: Child, term: Text, said: Text) -> rx.Component:
    """Return a dial with its needle at a percentage; `code` is the tone's status, `said` what a screen reader hears."""
    bands = ((0, LOW, "x"), (LOW, HIGH, "g"), (HIGH, 100, "c"))
    scale = [
        rx.el.svg.path(
            d=_arc(start, end, 112),
            class_name=f"pg-dial__band pg-s-{tone}",
            custom_attrs=style(stroke="var(--tone-lamp)"),
        )
        for start, end, tone in bands
    ]
    value_arc: dict[str, Any] = {"pathLength": "100"}
    return rx.el.div(
        rx.el.svg(
            rx.el.svg.path(d=_arc(0, 100, 98), class_name="pg-dial__track"),
            rx.el.svg.path(
                d=_arc(0, 100, 98),
                class_name=rx.Var.create("pg-dial__value pg-s-") + code,
                custom_attrs=value_arc | style(strokeDasharray=percent.to_string() + " 200"),
            ),
            *scale,
            *[_tick(mark) for mark in range(0, 101, 10)],
            rx.el.svg.g(
                rx.el.svg.path(d="M 116 120 L 119 46 L 121 46 L 124 120 Z"),
                class_name="pg-dial__needle",
                custom_attrs=style(rotate=(percent * SWEEP / 100 + START).to_string() + "deg"),
            ),
            rx.el.svg.circle(cx=CENTRE, cy=CENTRE, r=8, custom_attrs=style(fill="var(--ink)")),
            view_box="0 0 240 206",
            role="img",
            aria_label=said,
        ),
        rx.el.div(
            rx.el.p(value, class_name="pg-big"),
            rx.el.p(term, class_name="mt-1 text-[15px] text-ink-2"),
            class_name="pg-dial__word",
        ),
        class_name="pg-dial",
    )


def _tick(mark: int) -> rx.Component:
    (x1, y1), (x2, y2), (x, y) = _at(mark, 86), _at(mark, 80), _at(mark, 69)
    line: dict[str, Any] = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    number = (
        rx.el.svg.text(str(mark), custom_attrs={"x": x, "y": y + 3.5}, class_name="pg-dial__mark")
        if mark % 20 == 0
        else rx.fragment()
    )
    return rx.el.svg.g(rx.el.svg.line(class_name="pg-dial__tick", custom_attrs=line), number, aria_hidden="true")


def split(parts: Any, link: Callable[..., rx.Component]) -> rx.Component:
    """Return how a whole divides: a bar, and under it each status with its number, leading to those it counts."""

    def band(part: SharePart) -> rx.Component:
        return rx.el.i(class_name=_toned("", part.code), custom_attrs=style(flexGrow=part.share))

    def entry(part: SharePart) -> rx.Component:
        return rx.el.li(
            link(
                rx.el.span(class_name=_toned("pg-sign", part.code), aria_hidden="true"),
                part.word,
                rx.el.b(part.count),
                href=part.href,
                class_name="",
            )
        )

    return rx.el.div(
        rx.el.div(rx.foreach(parts, band), class_name="pg-split mb-3", aria_hidden="true"),
        rx.el.ul(rx.foreach(parts, entry), class_name="pg-legend"),
    )


def timeline(lang: Lang, months: Any, link: Callable[..., rx.Component]) -> rx.Component:
    """Return what ends in each of the next months, as bars that lead to who is concerned."""

    def inside(month: MonthBar) -> list[rx.Component]:
        return [
            rx.el.b(month.count, aria_hidden="true"),
            rx.el.i(custom_attrs=style(**{"--h": month.height})),
            rx.el.span(month.name, aria_hidden="true"),
        ]

    def one(month: MonthBar) -> rx.Component:
        return rx.el.li(
            rx.cond(
                month.count > 0,
                link(
                    *inside(month),
                    href=month.href,
                    class_name=_toned("pg-end", month.code),
                    aria_label=month.said,
                ),
                rx.el.div(
                    rx.el.span(month.said, class_name="sr-only"), *inside(month), class_name="pg-end pg-end--none"
                ),
            )
        )

    return rx.el.ol(rx.foreach(months, one), class_name="pg-ends", aria_label=lang("compliance-timeline"))


def sign(code: Any, class_name: str = "pg-sign") -> rx.Component:
    """Return a status's sign alone; its word must stand beside it."""
    return rx.el.span(class_name=_toned(class_name, code), aria_hidden="true")


def _toned(base: str, code: Any) -> Any:
    return rx.Var.create(f"{base} pg-s-".lstrip()) + code
