"""What stands when no page can: an unknown address, or a page that broke. Neither knows its language when compiled.

Both languages are written; the style sheet shows the one of `<html lang>`, which `assets/pg.js` reads off the address.
"""

from typing import Any

import reflex as rx
from reflex_base.components.component import Component
from reflex_base.vars.function import ArgsFunctionOperation
from reflex_components_core.base.error_boundary import ErrorBoundary

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import LANGS


def _both(key: str) -> rx.Component:
    return rx.fragment(*[rx.el.span(lang(key), lang=lang.code, class_name=f"pg-in-{lang.code}") for lang in LANGS])


def _frame(windsock: str, title: str, text: str, *actions: rx.Component) -> rx.Component:
    return rx.el.main(
        rx.el.div(
            rx.el.svg(
                rx.el.svg.use(href=f"/brand/brand.svg#windsock-{windsock}"),
                class_name="pg-state__mark h-[90px]",
                aria_hidden="true",
            ),
            rx.el.h1(_both(title), class_name="text-2xl"),
            rx.el.p(_both(text)),
            *actions,
            class_name="pg-state min-h-dvh justify-center",
        ),
        class_name="pg-app",
        custom_attrs={"data-ready": "true"},
    )


def not_found_page() -> rx.Component:
    """Return the page of an address that leads nowhere."""
    return _frame(
        "calm",
        "not-found-title",
        "not-found-text",
        ui.button_link(_both("nav-home"), href="/", server=True, icon_name="house"),
    )


def error_boundary(*children: Component) -> Component:
    """Return what catches a page that breaks in the browser; its error is reported to the server's log."""
    broken = _frame(
        "blown",
        "error-title",
        "error-text",
        rx.el.a(_both("try-again"), href="", class_name="pg-btn pg-btn--primary", reload_document=True),
    )
    render: Any = ArgsFunctionOperation.create(("event_args",), rx.Var.create(broken), _var_type=Component)
    return ErrorBoundary.create(*children, fallback_render=render)
