"""Open an account."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.accounts.components import door, password_field, secure_form, submit
from pygmalion_app.ui.accounts.second_step import second_step
from pygmalion_app.ui.accounts.state import SignIn
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.routes import page


@page("sign-up", title="sign-up-title", on_load=SignIn.load)
def sign_up_page(lang: Lang) -> rx.Component:
    """Return the page: who one is, then the code."""
    return door(lang, "sign-up", rx.cond(SignIn.step == "identity", _identity(lang), second_step(lang, "sign-up")))


def _identity(lang: Lang) -> rx.Component:
    sign_in = rx.Var.create(lang.path("sign-in")) + SignIn.query
    return ui.card(
        rx.el.div(
            ui.label(lang("sign-in-step-1"), "block mb-3"),
            rx.el.h1(lang("sign-up-title"), class_name="text-2xl"),
            rx.el.p(lang("sign-up-lead"), class_name="mt-2 text-ink-2"),
            class_name="mb-6",
        ),
        rx.cond(SignIn.form_error != "", ui.notice(SignIn.form_error, tone="bad", class_name="mb-5")),
        secure_form(
            lang,
            "sign-up",
            rx.el.div(
                ui.field(
                    "first_name",
                    lang("sign-up-first-name"),
                    error=SignIn.first_name_error,
                    auto_complete="given-name",
                    required=True,
                    max_length=80,
                ),
                ui.field(
                    "last_name",
                    lang("sign-up-last-name"),
                    error=SignIn.last_name_error,
                    auto_complete="family-name",
                    required=True,
                    max_length=80,
                ),
                class_name="grid gap-5 sm:grid-cols-2",
            ),
            ui.field(
                "email",
                lang("sign-in-email"),
                hint=lang("sign-up-email-hint"),
                error=SignIn.email_error,
                type="email",
                auto_complete="username",
                default_value=SignIn.email,
                required=True,
                max_length=320,
                input_mode="email",
            ),
            password_field(lang, hint=lang("sign-up-password-hint"), auto_complete="new-password"),
            submit(lang("sign-up-continue")),
            on_submit=SignIn.sign_up,
        ),
        rx.el.p(lang("sign-up-has-account"), " ", ui.link(lang("sign-in"), href=sign_in), class_name="mt-5 text-ink-2"),
        raised=True,
    )
