"""The frame of the working areas: dark side menu on a desk, bottom bar on a phone."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.components.basics import Child
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts.legal import withdrawal_link
from pygmalion_app.ui.layouts.sections import ACCOUNT, ADMINISTRATION, ORGANIZATION
from pygmalion_app.ui.notifications.bell import bell
from pygmalion_app.ui.viewer import Viewer

_ENTRIES = (
    ("dashboard", "layout-dashboard"),
    ("training", "graduation-cap"),
    ("certificates", "award"),
    ("messages", "mail"),
    ("teach", "clipboard-check"),
    ("team", "users-round"),
    ("reports", "file-text"),
    ("organization-settings", "building-2"),
    ("catalog", "search"),
    ("admin-kyc", "shield-check"),
    ("mailbox", "inbox"),
    ("profile", "user-round"),
)
_SECTIONS = ((ACCOUNT, "profile"), (ORGANIZATION, "organization-settings"), (ADMINISTRATION, "admin-kyc"))
"""The entries that stand for an area of several pages."""


def work_layout(lang: Lang, page: str, *children: Child) -> rx.Component:
    """Return a private page in its frame; `page` is its name (a sub-page gives the name of its menu entry's page)."""
    return rx.el.div(
        ui.skip_link(lang),
        _side(lang, page),
        _phone_top(lang, page),
        rx.el.main(
            rx.el.div(*children, withdrawal_link(lang, page), class_name="pg-work__inner"),
            id="main",
            tab_index=-1,
            class_name="pg-work__main outline-none",
        ),
        _phone_bar(lang, page),
        ui.offline_banner(lang),
        class_name="pg-work pg-app",
        custom_attrs={"data-ready": "true"},
    )


def _entry(lang: Lang, name: str, icon_name: str, page: str, short: bool = False) -> rx.Component:
    shown = ui.link(
        ui.icon(icon_name),
        lang(f"nav-{name}-short" if short else f"nav-{name}"),
        href=lang.path(name),
        class_name="",
        aria_current="page" if name == _lit(page) else "false",
    )
    condition = {
        "teach": Viewer.teaches,
        "team": Viewer.manages,
        "reports": Viewer.runs,
        "organization-settings": Viewer.runs,
        "admin-kyc": Viewer.administers,
        "mailbox": Viewer.has_mailbox,
    }.get(name)
    return rx.cond(condition, shown) if condition is not None else shown


def _lit(page: str) -> str:
    """Return the menu entry that a page belongs to."""
    if page.startswith("organization-"):
        return "organization-settings"
    if page.startswith("team-"):
        return "team"
    area = next((entry for pages, entry in _SECTIONS if page in pages), "")
    return area or page.split("-", maxsplit=1)[0]


def _side(lang: Lang, page: str) -> rx.Component:
    return rx.el.aside(
        rx.el.div(
            ui.link(ui.wordmark("h-[28px] w-[158px]"), href=lang.path("home"), class_name="pg-mark px-3"),
            bell(lang),
            class_name="flex items-center justify-between",
        ),
        rx.el.nav(
            *[_entry(lang, name, icon_name, page) for name, icon_name in _ENTRIES],
            class_name="pg-side__nav",
            aria_label=lang("main-menu"),
        ),
        rx.el.div(
            rx.el.div(class_name="pg-ticks text-on-night-2 mb-4"),
            rx.el.div(
                ui.avatar(Viewer.initials),
                rx.el.div(
                    rx.el.p(Viewer.name, class_name="font-semibold truncate"),
                    rx.el.p(Viewer.email, class_name="text-[13px] text-on-night-2 truncate"),
                    class_name="min-w-0",
                ),
                class_name="flex items-center gap-3 px-3",
            ),
            ui.organization_switch(lang, "side", "mt-3 px-3"),
            rx.el.div(
                ui.language_switch(lang, page),
                ui.theme_switch(lang),
                ui.sign_out(lang, "pg-btn pg-btn--ghost pg-btn--sm"),
                class_name="flex items-center gap-1 mt-3",
            ),
            class_name="mt-auto pt-8",
        ),
        class_name="pg-side",
    )


def _phone_top(lang: Lang, page: str) -> rx.Component:
    return rx.el.header(
        ui.link(ui.wordmark("h-[23px] w-[130px]"), href=lang.path("home"), class_name="pg-mark"),
        rx.el.div(
            ui.language_switch(lang, page),
            ui.theme_switch(lang),
            bell(lang),
            ui.user_menu(lang),
            class_name="ml-auto flex items-center",
        ),
        class_name="pg-work__phone",
    )


def _phone_bar(lang: Lang, page: str) -> rx.Component:
    names = ("dashboard", "training", "certificates", "teach", "team", "catalog")
    return rx.el.nav(
        *[_entry(lang, name, icon_name, page, short=True) for name, icon_name in _ENTRIES if name in names],
        class_name="pg-work__bar",
        aria_label=lang("main-menu"),
    )
