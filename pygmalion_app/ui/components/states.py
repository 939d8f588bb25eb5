"""What a page shows when there is nothing, not yet something, or something went wrong."""

import reflex as rx

from pygmalion_app.ui.components.basics import Child, Text, button, classes
from pygmalion_app.ui.i18n import Lang


def _windsock(name: str) -> rx.Component:
    """Return a windsock: `calm` when nothing happens, `blown` when something did."""
    return rx.el.svg(
        rx.el.svg.use(href=f"/brand/brand.svg#windsock-{name}"),
        class_name="pg-state__mark h-[90px]",
        aria_hidden="true",
    )


def empty_state(title: Text, text: Text = "", *actions: Child, class_name: str = "") -> rx.Component:
    """Return what stands where a list is empty: say why, and what to do next."""
    return rx.el.div(
        _windsock("calm"), rx.el.h3(title), rx.el.p(text), *actions, class_name=classes("pg-state", class_name)
    )


def error_state(lang: Lang, title: Text = "", text: Text = "", *actions: Child, retry: object = None) -> rx.Component:
    """Return what stands where loading failed; `retry` is the handler that tries again."""
    again = [button(lang("try-again"), look="secondary", icon_name="refresh-cw", on_click=retry)] if retry else []
    return rx.el.div(
        _windsock("blown"),
        rx.el.h3(title if not isinstance(title, str) or title else lang("error-title")),
        rx.el.p(text if not isinstance(text, str) or text else lang("error-text")),
        *again,
        *actions,
        class_name="pg-state",
        role="alert",
    )


def skeleton(class_name: str = "h-4 w-full") -> rx.Component:
    """Return a grey bar where text will be; size it with utilities."""
    return rx.el.span(class_name=classes("pg-skeleton", class_name), aria_hidden="true")


def skeleton_rows(count: int = 4, class_name: str = "") -> rx.Component:
    """Return several rows of a list that is loading."""
    row = rx.el.div(skeleton("h-5 w-2/5"), skeleton("h-4 w-4/5"), class_name="grid gap-3 p-6 pg-card")
    return rx.el.div(*[row for _ in range(count)], class_name=classes("grid gap-4", class_name), aria_busy="true")
