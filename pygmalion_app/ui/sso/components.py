"""The way on to one's organisation, as the sign-in page shows it."""

from typing import Literal

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.sso.door_state import SsoDoor


def continue_with(lang: Lang, otherwise: rx.Component) -> rx.Component:
    """Return the way to the organisation of the typed address, and the other way where that is open too.

    One button stands out: the organisation's where it is demanded, else that of the password.
    """
    return rx.cond(
        SsoDoor.demanded,
        rx.el.div(
            rx.el.p(lang("sso-demanded-lead"), class_name="text-ink-2"),
            continue_button(lang),
            # The platform's administrators are let in by password all the same; the server tells who is.
            ui.button(lang("sso-by-password"), look="ghost", size="sm", on_click=SsoDoor.use_password),
            class_name="grid gap-4 min-w-0",
            aria_live="polite",
        ),
        rx.fragment(
            rx.cond(
                SsoDoor.start != "",
                rx.el.div(
                    rx.el.p(lang("sso-offer-lead"), class_name="text-ink-2"),
                    continue_button(lang, "secondary"),
                    class_name="grid gap-3 min-w-0",
                    aria_live="polite",
                ),
            ),
            otherwise,
        ),
    )


def continue_button(lang: Lang, look: Literal["primary", "secondary"] = "primary") -> rx.Component:
    """Return the button itself. A whole page load: the provider is another site."""
    return ui.button_link(
        rx.el.span(lang("sso-continue"), " ", SsoDoor.name, class_name="whitespace-normal text-balance min-w-0"),
        href=SsoDoor.start,
        look=look,
        server=True,
        block=True,
        size="lg",
        icon_name="building-2",
        class_name="h-auto! py-3! min-w-0",
    )
