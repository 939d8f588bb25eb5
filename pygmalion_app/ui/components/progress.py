"""Where one stands: tabs, steps, time left."""

from typing import Any

import reflex as rx

from pygmalion_app.ui.components.basics import Number, Text, classes, icon, link
from pygmalion_app.ui.i18n import Lang


def tabs(lang_label: str, entries: list[tuple[str, Text]], current: rx.Var[str], on_choose: Any) -> rx.Component:
    """Return tabs driven by a state: entries are (value, text), `on_choose(value)` is the handler."""
    return rx.el.div(
        *[
            rx.el.button(
                text,
                type="button",
                role="tab",
                class_name="pg-tab",
                on_click=on_choose(value),
                aria_selected=rx.cond(current == value, "true", "false"),
            )
            for value, text in entries
        ],
        role="tablist",
        aria_label=lang_label,
        class_name="pg-tabs",
    )


def link_tabs(entries: list[tuple[str, Text]], current: str) -> rx.Component:
    """Return tabs that are links: entries are (address, text)."""
    return rx.el.nav(
        *[
            link(text, href=href, class_name="pg-tab", aria_current="page" if href == current else "false")
            for href, text in entries
        ],
        class_name="pg-tabs",
    )


def stepper(lang: Lang, steps: list[str], now: int | Number) -> rx.Component:
    """Return the steps of a task; `now` counts from 1."""

    def state_of(number: int) -> Any:
        if isinstance(now, int):
            return "done" if number < now else "now" if number == now else "next"
        return rx.cond(now > number, "done", rx.cond(now == number, "now", "next"))

    return rx.el.ol(
        *[
            rx.el.li(
                rx.el.b(number),
                rx.el.span(text),
                class_name="pg-step",
                custom_attrs={"data-state": state_of(number)},
                aria_current=rx.cond(now == number, "step", "false")
                if not isinstance(now, int)
                else ("step" if now == number else "false"),
            )
            for number, text in enumerate(steps, start=1)
        ],
        class_name="pg-steps",
        aria_label=lang("steps"),
    )


def countdown(text: Text, until: Text, on_expire: Any = None, class_name: str = "") -> rx.Component:
    """Return the time left until an ISO 8601 moment, ticking; `on_expire` runs once at the end."""
    done = (
        rx.el.button(
            hidden=True, type="button", tab_index=-1, on_click=on_expire, custom_attrs={"data-countdown-done": "true"}
        )
        if on_expire is not None
        else rx.fragment()
    )
    return rx.el.div(
        icon("timer"),
        rx.el.span(text),
        rx.el.output("--:--", custom_attrs={"data-countdown": until}, role="timer"),
        done,
        class_name=classes("pg-countdown", class_name),
    )


def polling(handler: Any, seconds: int = 2) -> rx.Component:
    """Call a handler every few seconds while this is on a page in view (`assets/pg.js` does the ticking)."""
    return rx.el.button(
        hidden=True, type="button", tab_index=-1, on_click=handler, custom_attrs={"data-poll": str(seconds)}
    )
