"""The bell of the working areas' frame."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.viewer import Viewer

_MOST = 99


def bell(lang: Lang, class_name: str = "") -> rx.Component:
    """Return the link to the notifications, with how many are unread."""
    count = Viewer.unread
    # 22 stands for "many" in the plural rules of both languages; the number itself is the browser's.
    before, after = lang("notifications-bell", count=22).split("22")
    said = rx.cond(
        count == 0,
        lang("notifications-bell", count=0),
        rx.cond(count == 1, lang("notifications-bell", count=1), before + count.to(str) + after),
    )
    return ui.link(
        ui.icon("bell"),
        rx.cond(
            count > 0,
            rx.el.span(
                rx.cond(count > _MOST, f"{_MOST}+", count.to(str)),
                class_name="pg-bell__count pg-figure",
                aria_hidden="true",
            ),
        ),
        rx.el.span(said, class_name="sr-only", role="status"),
        href=lang.path("notifications"),
        class_name=f"pg-bell {class_name}",
        title=lang("nav-notifications"),
    )
