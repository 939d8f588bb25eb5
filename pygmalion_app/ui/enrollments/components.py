"""Parts of the enrolment and order screens."""

from typing import Any

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.components.basics import Child, Text
from pygmalion_app.ui.i18n import Lang


def steps(lang: Lang, now: Any) -> rx.Component:
    """Return where the buyer stands between choosing people and having their seats."""
    return rx.el.div(
        ui.stepper(lang, [lang("enrol-step-people"), lang("enrol-step-pay"), lang("enrol-step-done")], now),
        class_name="mb-8",
    )


def section(title: Text, *children: Child, text: Text = "", class_name: str = "") -> rx.Component:
    """Return a titled card."""
    given = not isinstance(text, str) or bool(text)
    return ui.card(
        rx.el.h2(title, class_name="text-lg"),
        rx.el.p(text, class_name="text-ink-2 mt-1") if given else rx.fragment(),
        rx.el.div(*children, class_name="mt-5"),
        class_name=class_name,
    )


def price_line(term: Child, value: Child, strong: bool = False) -> rx.Component:
    """Return one line of a bill."""
    return rx.el.div(
        rx.el.dt(term, class_name="" if strong else "text-ink-2"),
        rx.el.dd(value, class_name="pg-figure text-right"),
        class_name="flex justify-between gap-4 items-baseline"
        + (" text-lg font-bold pt-3 mt-1 border-t border-line" if strong else ""),
    )


def two_columns(main: rx.Component, aside: rx.Component) -> rx.Component:
    """Return the work on the left, the summary on the right that stays in view."""
    return rx.el.div(
        main,
        rx.el.aside(aside, class_name="lg:sticky lg:top-6"),
        class_name="grid grid-cols-1 gap-6 items-start lg:grid-cols-[minmax(0,1fr)_minmax(0,360px)]",
    )


def loading() -> rx.Component:
    """Return what stands while a form or an order is being read."""
    return two_columns(ui.skeleton_rows(3), ui.skeleton_rows(1))
