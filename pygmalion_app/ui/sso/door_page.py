"""Sign in through one's organisation."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.accounts.components import door, secure_form, submit
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.routes import page
from pygmalion_app.ui.sso.components import continue_button
from pygmalion_app.ui.sso.door_state import SsoDoor


@page("sign-in-organization", title="sso-title", on_load=SsoDoor.load)
def door_page(lang: Lang) -> rx.Component:
    """Return the page."""
    return door(
        lang,
        "sign-in-organization",
        ui.card(
            rx.el.div(
                rx.el.h1(lang("sso-title"), class_name="text-2xl"),
                rx.el.p(lang("sso-lead"), class_name="mt-2 text-ink-2"),
                class_name="mb-6",
            ),
            rx.cond(
                SsoDoor.problem != "",
                ui.notice(SsoDoor.problem, title=SsoDoor.problem_title, tone="bad", class_name="mb-6"),
            ),
            rx.cond(SsoDoor.start != "", continue_button(lang), _by_address(lang)),
            rx.el.p(ui.link(lang("sso-other-way"), href=lang.path("sign-in")), class_name="mt-6"),
            raised=True,
        ),
    )


def _by_address(lang: Lang) -> rx.Component:
    return rx.el.div(
        rx.cond(SsoDoor.searched & (SsoDoor.error == ""), ui.notice(lang("sso-none"), tone="info")),
        secure_form(
            lang,
            "sign-in-organization",
            ui.field(
                "email",
                lang("sso-email"),
                hint=lang("sso-email-hint"),
                error=SsoDoor.error,
                type="email",
                auto_complete="username",
                input_mode="email",
                required=True,
                max_length=320,
            ),
            submit(lang("sso-go-on")),
            on_submit=SsoDoor.find,
        ),
        class_name="grid gap-5",
    )
