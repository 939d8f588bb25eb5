"""What the law wants within reach on every page."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.viewer import Viewer


def withdrawal_link(lang: Lang, page: str, class_name: str = "mt-12 pt-4 border-t border-line") -> rx.Component:
    """Return the way out of a contract, for whoever has one that they can withdraw from, while they can."""
    if page == "withdrawal":
        return rx.fragment()
    return rx.cond(
        Viewer.withdrawable != "",
        rx.el.p(
            ui.link(lang("withdrawal-link"), href=lang.path("withdrawal", order_id=Viewer.withdrawable)),
            class_name=f"text-sm {class_name}",
        ),
    )
