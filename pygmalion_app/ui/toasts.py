"""Short messages that come and go. What must not be missed belongs in a `notice` on the page instead."""

from typing import Any

import reflex as rx
from reflex_base.event import EventSpec


def _show(text: str, kind: str, seconds: int, description: str) -> EventSpec:
    props: dict[str, Any] = {"duration": seconds * 1000, "close_button": True, "class_name": "pg-toast"}
    if description:
        props["description"] = description
    return getattr(rx.toast, kind)(text, **props)


def ok(text: str, description: str = "") -> EventSpec:
    """Say that something was done: `return toasts.ok(lang("saved"))`."""
    return _show(text, "success", 5, description)


def info(text: str, description: str = "") -> EventSpec:
    """Say something worth knowing."""
    return _show(text, "info", 6, description)


def bad(text: str, description: str = "") -> EventSpec:
    """Say that something was not done, and why."""
    return _show(text, "error", 12, description)
