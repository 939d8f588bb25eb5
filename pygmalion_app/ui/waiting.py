"""What stands while a page's content is on its way, and what to do when it does not come."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang

_RELOAD = rx.call_script("location.reload()")


def waiting(lang: Lang, skeleton: rx.Component) -> rx.Component:
    """Return the skeleton; after some seconds it gives way to an apology and a way to try again.

    The stylesheet counts the time, so it works whatever failed: a handler, the server, or the connection itself.
    """
    return rx.el.div(
        rx.el.div(skeleton, class_name="pg-wait__skeleton"),
        rx.el.div(ui.card(ui.error_state(lang, retry=_RELOAD)), class_name="pg-wait__late"),
        class_name="pg-wait",
        aria_live="polite",
    )
