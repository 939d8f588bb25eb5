"""Parts of the organisation's screens."""

import re
from functools import cache
from typing import Any

import reflex as rx
from babel import Locale

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang

_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"})
FIELD_ROW = "grid gap-5 sm:grid-cols-2"


@cache
def countries(code: str) -> list[tuple[str, str]]:
    """Return the countries by name in a language, as (ISO code, name)."""
    named = Locale.parse(code).territories
    found = [(key, name) for key, name in named.items() if re.fullmatch("[A-Z]{2}", key) and key not in _NO_COUNTRIES]
    return sorted(found, key=lambda entry: entry[1])


def fact_field(lang: Lang, name: str, key: str, facts: Any, errors: Any, hint: str = "", **props: Any) -> rx.Component:
    """Return the input of one fact, `organization-<key>` its label."""
    return ui.field(
        name,
        lang(f"organization-{key}"),
        hint=lang(hint) if hint else "",
        error=errors.get(name, ""),
        default_value=facts.get(name, ""),
        **props,
    )


def none_yet(lang: Lang) -> rx.Component:
    """Return what stands where somebody runs no organisation."""
    return ui.card(
        ui.empty_state(
            lang("organization-none"),
            lang("organization-none-text"),
            ui.button_link(lang("organization-new"), href=lang.path("organization-new"), icon_name="plus"),
        )
    )


def role_withheld(lang: Lang) -> rx.Component:
    """Return why somebody who runs an organisation sees nothing of it: it demands a second factor of them."""
    return ui.notice(
        rx.el.p(
            lang("organization-withheld-text"),
            " ",
            ui.link(lang("organization-withheld-link"), href=lang.path("security")),
        ),
        tone="warn",
        title=lang("organization-withheld"),
    )
