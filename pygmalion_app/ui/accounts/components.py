"""Parts of sign-in and sign-up."""

import json
from typing import Any

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.accounts.state import SignIn
from pygmalion_app.ui.components.basics import Child
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import public_layout

DEMO_ACCOUNTS = ("manager", "trainer", "learner", "of", "airport", "admin")
"""The named cast of the demonstration data."""
DEMO_DOMAIN = "pygmalion.example"
DEMO_PASSWORD = "Pygmalion-Demo-2026"  # noqa: S105 - printed in the README; opens demonstration data only


def door(lang: Lang, page: str, *children: Child) -> rx.Component:
    """Return the frame of the pages in front of the door."""
    return public_layout(
        lang,
        page,
        rx.el.div(
            rx.el.div(*children, class_name="w-full max-w-[480px] mx-auto grid gap-6"),
            class_name="pg-wrap py-10 md:py-16",
        ),
        foot=False,
    )


def secure_form(lang: Lang, page: str, *children: Child, on_submit: Any, **props: Any) -> rx.Component:
    """Return a form that never writes its fields into the address, not even when sent before the page is ready."""
    return rx.el.form(
        *children,
        method="post",
        action=lang.path(page),
        on_submit=on_submit,
        no_validate=True,
        class_name="grid gap-5",
        **props,
    )


def submit(text: str, **props: object) -> rx.Component:
    """Return a form's button; it waits until the page can answer."""
    return ui.button(text, type="submit", block=True, size="lg", disabled=~rx.State.is_hydrated, **props)  # pyright: ignore[reportArgumentType]


def password_field(lang: Lang, hint: str = "", auto_complete: str = "current-password") -> rx.Component:
    """Return the password with an eye to look at it."""
    look = "(e => { e.type = e.type === 'password' ? 'text' : 'password'; })(document.getElementById('password'))"
    return rx.el.div(
        ui.field(
            "password",
            lang("sign-in-password"),
            hint=hint,
            error=SignIn.password_error,
            type="password",
            auto_complete=auto_complete,
            required=True,
            max_length=200,
        ),
        ui.icon_button("eye", lang("sign-in-show-password"), class_name="pg-peek", on_click=rx.call_script(look)),
        class_name="relative",
    )


def demo_accounts(lang: Lang) -> rx.Component:
    """Return the demonstration's people; one tap fills the form and sends it."""

    def one(name: str) -> rx.Component:
        email = json.dumps(f"{name}@{DEMO_DOMAIN}")
        fill = (
            f"document.getElementById('email').value = {email};"
            f"(e => {{ e.value = {json.dumps(DEMO_PASSWORD)}; e.form.requestSubmit(); }})"
            "(document.getElementById('password'))"
        )
        return rx.el.button(
            rx.el.strong(lang(f"demo-{name}")),
            rx.el.span(lang(f"demo-{name}-does"), class_name="text-sm text-ink-3"),
            type="button",
            class_name="pg-pick",
            on_click=rx.call_script(fill),
        )

    return rx.el.section(
        rx.el.h2(lang("demo-title"), class_name="pg-label"),
        rx.el.p(lang("demo-lead"), class_name="text-sm text-ink-2"),
        rx.el.div(*[one(name) for name in DEMO_ACCOUNTS], class_name="grid grid-cols-1 sm:grid-cols-2 gap-2"),
        class_name="grid gap-3",
    )
