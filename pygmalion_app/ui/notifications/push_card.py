"""Whether the browser at hand rings, and the button that has it ring."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.notifications.push_state import PushState, asked


def push_card(lang: Lang) -> rx.Component:
    """Return the section; where this installation rings no devices, nothing."""
    return rx.cond(
        PushState.phase != "unavailable",
        rx.el.section(
            rx.el.h2(lang("push-title"), class_name="text-xl"),
            rx.el.p(lang("push-lead"), class_name="text-ink-2 mt-2 mb-4"),
            ui.card(
                rx.match(
                    PushState.phase,
                    ("on", _on(lang)),
                    ("off", _off(lang)),
                    ("failed", rx.fragment(_said(lang, "failed", "bad"), _button(lang))),
                    ("denied", _said(lang, "denied", "warn")),
                    ("install", _said(lang, "install", "idle")),
                    ("unsupported", _said(lang, "unsupported", "idle")),
                    ui.skeleton_rows(1),
                ),
            ),
            class_name="mb-10",
        ),
    )


def _on(lang: Lang) -> rx.Component:
    return rx.fragment(
        _said(lang, "on", "ok"),
        ui.button(
            lang("push-turn-off"),
            look="secondary",
            class_name="mt-4",
            on_click=asked("turnOff", PushState.turned_off),
        ),
    )


def _off(lang: Lang) -> rx.Component:
    return rx.fragment(_said(lang, "off", "idle"), _button(lang))


def _button(lang: Lang) -> rx.Component:
    return ui.button(
        lang("push-turn-on"),
        icon_name="bell",
        class_name="mt-4",
        on_click=asked("turnOn", PushState.turned_on),
    )


def _said(lang: Lang, phase: str, tone: Tone) -> rx.Component:
    return rx.el.div(
        ui.lamp(lang(f"push-{phase}"), tone),
        rx.el.p(lang(f"push-{phase}-text"), class_name="text-sm text-ink-2 mt-2"),
        role="status",
    )
