"""A forgotten password: ask for a link, choose a new one; and putting a former address back."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.accounts.components import door, secure_form, submit
from pygmalion_app.ui.accounts.fields import secret_field
from pygmalion_app.ui.accounts.reset_state import ResetState, UndoState
from pygmalion_app.ui.components.basics import Child
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.routes import page


@page("reset-password", title="reset-title", on_load=ResetState.load)
def reset_password_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return door(
        lang,
        "reset-password",
        ui.card(
            rx.match(
                ResetState.step,
                ("sent", _sent(lang)),
                ("choose", _choose(lang)),
                ("done", _said(lang("reset-done-title"), lang("reset-done-text"), _sign_in(lang))),
                _ask(lang),
            ),
            raised=True,
        ),
    )


@page("undo-email-change", title="undo-title", on_load=UndoState.load)
def undo_email_change_page(lang: Lang) -> rx.Component:
    """Return the page."""
    reset = ui.button_link(lang("reset-title"), href=lang.path("reset-password"), block=True)
    return door(
        lang,
        "undo-email-change",
        ui.card(
            rx.cond(
                UndoState.done,
                _said(lang("undo-done-title"), lang("undo-done-text"), reset),
                _said(
                    lang("undo-title"),
                    lang("undo-lead"),
                    rx.cond(UndoState.error != "", ui.notice(UndoState.error, tone="bad")),
                    rx.cond(
                        UndoState.ready,
                        ui.button(lang("undo-do"), block=True, on_click=UndoState.undo),
                        ui.notice(lang("undo-no-link")),
                    ),
                ),
            ),
            raised=True,
        ),
    )


def _said(title: str, text: str, *more: Child) -> rx.Component:
    return rx.el.div(
        rx.el.h1(title, class_name="text-2xl"), rx.el.p(text, class_name="text-ink-2"), *more, class_name="grid gap-5"
    )


def _sign_in(lang: Lang) -> rx.Component:
    return ui.button_link(lang("sign-in"), href=lang.path("sign-in"), block=True, size="lg")


def _fault() -> rx.Component:
    return rx.cond(ResetState.form_error != "", ui.notice(ResetState.form_error, tone="bad"))


def _ask(lang: Lang) -> rx.Component:
    return _said(
        lang("reset-title"),
        lang("reset-lead"),
        _fault(),
        secure_form(
            lang,
            "reset-password",
            ui.field(
                "email",
                lang("sign-in-email"),
                error=ResetState.email_error,
                type="email",
                auto_complete="username",
                input_mode="email",
                max_length=320,
            ),
            submit(lang("reset-send")),
            on_submit=ResetState.send,
        ),
    )


def _sent(lang: Lang) -> rx.Component:
    again = ui.button(lang("reset-again"), look="ghost", icon_name="arrow-left", on_click=ResetState.restart)
    return _said(lang("reset-sent-title"), lang("reset-sent-text"), rx.el.div(again))


def _choose(lang: Lang) -> rx.Component:
    again = ui.button(lang("reset-again"), look="ghost", size="sm", on_click=ResetState.restart)
    return _said(
        lang("reset-choose-title"),
        lang("reset-choose-lead"),
        _fault(),
        secure_form(
            lang,
            "reset-password",
            secret_field(
                lang,
                "new_password",
                lang("security-password-new"),
                hint=lang("security-password-hint"),
                error=ResetState.password_error,
                auto_complete="new-password",
            ),
            submit(lang("reset-choose")),
            on_submit=ResetState.choose,
        ),
        rx.cond(ResetState.form_error != "", rx.el.div(again)),
    )
