"""The component set: import from here, `from pygmalion_app.ui import components as ui`."""

from pygmalion_app.ui.components.basics import (
    button,
    button_link,
    card,
    classes,
    icon,
    icon_button,
    label,
    lamp,
    link,
    money,
    notice,
    tag,
    wordmark,
)
from pygmalion_app.ui.components.data import cell, fact, figure, pagination, table
from pygmalion_app.ui.components.forms import checkbox, field, field_error, field_set, radio, select, text_area
from pygmalion_app.ui.components.navigation import (
    avatar,
    breadcrumbs,
    language_switch,
    offline_banner,
    page_head,
    sign_out,
    skip_link,
    theme_switch,
    user_menu,
)
from pygmalion_app.ui.components.overlays import close_dialog, closes, dialog, drawer, menu, opens, show_dialog
from pygmalion_app.ui.components.progress import countdown, link_tabs, polling, stepper, tabs
from pygmalion_app.ui.components.states import empty_state, error_state, skeleton, skeleton_rows

__all__ = [
    "avatar", "breadcrumbs", "button", "button_link", "card", "cell", "checkbox", "classes", "close_dialog", "closes",
    "countdown", "dialog", "drawer", "empty_state", "error_state", "fact", "field", "field_error", "field_set", "figure",
    "icon", "icon_button", "label", "lamp", "language_switch", "link", "link_tabs", "menu", "money", "notice",
    "offline_banner", "opens", "page_head", "pagination", "polling", "radio", "select", "show_dialog", "sign_out", "skeleton", "skip_link",
    "skeleton_rows", "stepper", "table", "tabs", "tag", "text_area", "theme_switch", "user_menu", "wordmark",
]  # fmt: skip
