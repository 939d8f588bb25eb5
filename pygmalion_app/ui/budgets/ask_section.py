"""The button with which somebody asks their company for a session, and its dialog."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.budgets.ask_state import ASK_DIALOG, AskState
from pygmalion_app.ui.i18n import Lang


def ask_button(lang: Lang, session_id: rx.Var[str]) -> rx.Component:
    """Return the button for a session, or that it was asked for; nothing for those without a company."""
    return rx.cond(
        AskState.can_ask & (session_id != ""),
        rx.cond(
            AskState.asked.contains(session_id),
            rx.el.div(
                ui.lamp(lang("ask-waiting"), "info"),
                ui.button(
                    lang("ask-take-back"),
                    look="ghost",
                    size="sm",
                    on_click=AskState.take_back(session_id),  # pyright: ignore[reportCallIssue]
                ),
                class_name="flex flex-wrap items-center gap-2 mt-3",
            ),
            ui.button(
                lang("ask-company"),
                look="secondary",
                block=True,
                icon_name="send",
                on_click=AskState.begin(session_id),  # pyright: ignore[reportCallIssue]
                class_name="mt-3",
            ),
        ),
    )


def ask_dialog(lang: Lang, *about: rx.Component) -> rx.Component:
    """Return the dialog; `about` says which session it is."""
    return ui.dialog(
        lang,
        ASK_DIALOG,
        lang("ask-title"),
        rx.el.form(
            rx.el.div(*about),
            rx.cond(AskState.error != "", ui.notice(AskState.error, tone="bad")),
            ui.text_area("reason", lang("ask-reason"), hint=lang("ask-reason-hint"), max_length=500, rows=3),
            ui.button(lang("ask-send"), type="submit", block=True),
            on_submit=AskState.ask,
            no_validate=True,
            key=f"ask-{AskState.opened}",
            class_name="grid gap-5",
        ),
    )
