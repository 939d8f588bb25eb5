"""The way on to one's organisation, as the sign-in page shows it."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.sso.door_state import SsoDoor


def continue_with(lang: Lang) -> rx.Component:
    """Return the button that leads to the organisation of the typed address; nothing where there is none."""
    return rx.cond(
        SsoDoor.start != "",
        rx.el.div(
            rx.el.p(
                rx.cond(SsoDoor.demanded, lang("sso-demanded-lead"), lang("sso-offer-lead")),
                class_name="text-ink-2",
            ),
            continue_button(lang),
            class_name="grid gap-3",
            aria_live="polite",
        ),
    )


def continue_button(lang: Lang) -> rx.Component:
    """Return the button itself. A whole page load: the provider is another site."""
    return ui.button_link(
        lang("sso-continue"),
        " ",
        SsoDoor.name,
        href=SsoDoor.start,
        server=True,
        block=True,
        size="lg",
        icon_name="building-2",
    )
