"""Form parts of the account's pages."""

from typing import Any

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.components.basics import Text
from pygmalion_app.ui.i18n import Lang


def secret_field(
    lang: Lang, name: str, label: str, *, auto_complete: str, hint: str = "", error: Text = ""
) -> rx.Component:
    """Return a password with an eye to look at it; `name` is its id too, so it must be the page's only one."""
    look = f"(e => {{ e.type = e.type === 'password' ? 'text' : 'password'; }})(document.getElementById({name!r}))"
    return rx.el.div(
        ui.field(name, label, hint=hint, error=error, type="password", auto_complete=auto_complete, max_length=200),
        ui.icon_button("eye", lang("sign-in-show-password"), class_name="pg-peek", on_click=rx.call_script(look)),
        class_name="relative",
    )


def code_field(name: str, label: str, *, hint: str = "", error: Text = "", numeric: bool = True) -> rx.Component:
    """Return the place of a one-time code; the cursor goes there as it appears."""
    return ui.field(
        name,
        label,
        hint=hint,
        error=error,
        input_class="pg-input--code" if numeric else "pg-figure",
        input_mode="numeric" if numeric else "text",
        auto_complete="one-time-code",
        auto_focus=True,
        max_length=24,
    )


def account_form(lang: Lang, page: str, *children: rx.Component, on_submit: Any, **props: Any) -> rx.Component:
    """Return a form that empties itself once sent and never writes its fields into the address."""
    return rx.el.form(
        *children,
        on_submit=on_submit,
        method="post",
        action=lang.path(page),
        no_validate=True,
        class_name="grid gap-5",
        **props,
    )


def secret_of(form: dict[str, Any], name: str) -> str:
    """Return a password as it was typed, spaces included; anything else than a text counts as empty."""
    value = form.get(name)
    return value[:201] if isinstance(value, str) else ""


def digits_of(form: dict[str, Any], name: str) -> str:
    """Return the digits of a typed code."""
    value = form.get(name)
    return "".join(sign for sign in value[:40] if sign in "0123456789") if isinstance(value, str) else ""
