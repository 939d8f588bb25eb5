"""Dialogs, drawers and menus on native elements: the browser keeps focus, Escape and the top layer right.

A button opens them by `commandfor` (no round trip, no script in the page); `assets/pg.js` fills in for older browsers.
"""

from typing import Any

import reflex as rx

from pygmalion_app.ui.components.basics import Child, Text, classes, icon_button
from pygmalion_app.ui.i18n import Lang


def opens(dialog_id: str) -> dict[str, Any]:
    """Return the props that make a button open a dialog: `button("...", **opens("refund"))`."""
    return {"custom_attrs": {"commandfor": dialog_id, "command": "show-modal"}}


def closes(dialog_id: str) -> dict[str, Any]:
    """Return the props that make a button close a dialog."""
    return {"custom_attrs": {"commandfor": dialog_id, "command": "close"}}


def dialog(
    lang: Lang, dialog_id: str, title: Text, *children: Child, foot: list[Child] | None = None, class_name: str = ""
) -> rx.Component:
    """Return a modal dialog, opened by `opens(dialog_id)` or, from a handler, `show_dialog(dialog_id)`."""
    head = rx.el.div(
        rx.el.h2(title, id=f"{dialog_id}-title", class_name="text-xl"),
        icon_button("x", lang("close"), **closes(dialog_id)),
        class_name="pg-dialog__head",
    )
    return rx.el.dialog(
        head,
        rx.el.div(*children, class_name="pg-dialog__body"),
        rx.el.div(*foot, class_name="pg-dialog__foot") if foot else rx.fragment(),
        id=dialog_id,
        aria_labelledby=f"{dialog_id}-title",
        class_name=classes("pg-dialog", class_name),
    )


def drawer(lang: Lang, drawer_id: str, title: Text, *children: Child, left: bool = False) -> rx.Component:
    """Return a panel that slides over the page from the side (filters and menus on a phone)."""
    return rx.el.dialog(
        rx.el.div(
            rx.el.h2(title, id=f"{drawer_id}-title", class_name="text-xl"),
            icon_button("x", lang("close"), **closes(drawer_id)),
            class_name="pg-dialog__head",
        ),
        rx.el.div(*children, class_name="pg-dialog__body"),
        id=drawer_id,
        aria_labelledby=f"{drawer_id}-title",
        class_name=classes("pg-drawer", left and "pg-drawer--left pg-night"),
    )


def menu(trigger: rx.Component, *items: Child, class_name: str = "") -> rx.Component:
    """Build a menu of links and buttons under its trigger; `assets/pg.js` closes it on Escape and outside clicks."""
    return rx.el.details(
        rx.el.summary(trigger, class_name="list-none"),
        rx.el.div(*items, class_name="pg-menu"),
        class_name=classes("pg-menu-root", class_name),
        custom_attrs={"data-menu": "true"},
    )


def show_dialog(dialog_id: str) -> Any:
    """Return the event that opens a dialog from a handler."""
    return rx.call_script(f"document.getElementById({dialog_id!r})?.showModal()")


def close_dialog(dialog_id: str) -> Any:
    """Return the event that closes a dialog from a handler."""
    return rx.call_script(f"document.getElementById({dialog_id!r})?.close()")
