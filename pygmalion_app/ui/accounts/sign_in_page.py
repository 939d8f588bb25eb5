"""Sign in."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.accounts.components import (
    demo_accounts,
    door,
    password_field,
    secure_form,
    submit,
)
from pygmalion_app.ui.accounts.second_step import passkey_alone, second_step
from pygmalion_app.ui.accounts.state import SignIn
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.sso.components import continue_with
from pygmalion_app.ui.sso.door_state import SsoDoor
from pygmalion_app.ui.viewer import Viewer


@page("sign-in", title="sign-in-title", on_load=SignIn.load)
def sign_in_page(lang: Lang) -> rx.Component:
    """Return the page: who one is, then the second factor."""
    return door(lang, "sign-in", rx.cond(SignIn.step == "identity", _identity(lang), second_step(lang, "sign-in")))


def _identity(lang: Lang) -> rx.Component:
    sign_up = rx.Var.create(lang.path("sign-up")) + SignIn.query
    return rx.el.div(
        ui.card(
            rx.el.div(
                ui.label(lang("sign-in-step-1"), "block mb-3"),
                rx.el.h1(lang("sign-in-title"), class_name="text-2xl"),
                rx.el.p(lang("sign-in-lead"), class_name="mt-2 text-ink-2"),
                class_name="mb-6",
            ),
            rx.cond(SignIn.form_error != "", ui.notice(SignIn.form_error, tone="bad", class_name="mb-5")),
            secure_form(
                lang,
                "sign-in",
                ui.field(
                    "email",
                    lang("sign-in-email"),
                    error=SignIn.email_error,
                    type="email",
                    auto_complete="username",
                    default_value=SignIn.email,
                    required=True,
                    max_length=320,
                    input_mode="email",
                    on_blur=SsoDoor.look_up,
                ),
                continue_with(
                    lang,
                    rx.fragment(
                        password_field(lang),
                        ui.link(
                            lang("reset-forgotten"),
                            href=lang.path("reset-password"),
                            class_name="pg-quiet-link text-sm",
                        ),
                        submit(lang("sign-in-continue")),
                    ),
                ),
                on_submit=SignIn.sign_in,
            ),
            passkey_alone(lang),
            rx.el.p(ui.link(lang("sso-link"), href=lang.path("sign-in-organization")), class_name="mt-5"),
            rx.el.p(
                lang("sign-in-no-account"), " ", ui.link(lang("sign-up"), href=sign_up), class_name="mt-5 text-ink-2"
            ),
            raised=True,
        ),
        rx.cond(Viewer.has_mailbox, demo_accounts(lang)),
        class_name="grid gap-8",
    )
