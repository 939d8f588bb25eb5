"""Switches, menus and heads that every page shares."""

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors
from reflex_components_core.el.elements.inline import A
from reflex_components_core.react_router.dom import ReactRouterLink

from pygmalion_app.ui.components.basics import Child, Text, classes, icon, label, link
from pygmalion_app.ui.components.overlays import menu
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.viewer import OrganizationChoice, Viewer


def language_switch(lang: Lang, page: str) -> rx.Component:
    """Return the link to the same page in the other language; `assets/pg.js` keeps parameters and filters."""
    other = lang.other
    target = other.path(page)
    return ReactRouterLink.create(
        other.code.upper(),
        to=target if "[" not in target else other.path("home"),
        reload_document=True,
        class_name="pg-lang",
        href_lang=other.code,
        lang=other.code,
        aria_label=f"{other.code.upper()}: {other('switch-to-this-language')}",
        custom_attrs={"data-locale": other.code, "data-from": lang.path(page), "data-to": target},
    )


def skip_link(lang: Lang) -> rx.Component:
    """Return the first link of a page, seen only with the keyboard: over the menus to the content."""
    return A.create(lang("skip-to-content"), href="#main", class_name="pg-skip")


def theme_switch(lang: Lang, class_name: str = "") -> rx.Component:
    """Return the button between light and dark; the choice is remembered."""
    return rx.el.button(
        icon("sun", "pg-theme-sun"),
        icon("moon", "pg-theme-moon"),
        type="button",
        class_name=classes("pg-btn pg-btn--ghost pg-btn--icon", class_name),
        aria_label=lang("theme-switch"),
        title=lang("theme-switch"),
        on_click=rx.toggle_color_mode,
        custom_attrs={"data-theme-switch": "true"},
    )


def avatar(initials: Text, class_name: str = "") -> rx.Component:
    """Return a person's initials in a round field."""
    return rx.el.span(initials, class_name=classes("pg-avatar", class_name))


def user_menu(lang: Lang) -> rx.Component:
    """Return the menu of the signed-in person: their pages and the way out."""

    def entry(name: str, icon_name: str) -> rx.Component:
        return link(icon(icon_name), lang(f"nav-{name}"), href=lang.path(name), class_name="")

    return menu(
        rx.el.span(
            avatar(Viewer.initials),
            icon("chevron-down", "pg-icon-sm"),
            class_name="inline-flex items-center gap-1 min-h-11 px-1",
            aria_label=lang("user-menu"),
        ),
        rx.el.div(
            rx.el.p(Viewer.name, class_name="font-semibold"),
            rx.el.p(Viewer.email, class_name="text-sm text-ink-3 break-all"),
            organization_switch(lang, "menu", "mt-3"),
            class_name="px-3 pt-2 pb-3 mb-1 border-b border-line",
        ),
        entry("training", "graduation-cap"),
        entry("certificates", "award"),
        entry("messages", "mail"),
        rx.cond(Viewer.teaches, entry("teach", "clipboard-check")),
        rx.cond(Viewer.manages, entry("team", "users-round")),
        rx.cond(Viewer.runs, entry("organization-settings", "building-2")),
        rx.cond(Viewer.administers, entry("admin-kyc", "shield-check")),
        entry("profile", "user-round"),
        sign_out(lang),
    )


def organization_switch(lang: Lang, place: str, class_name: str = "") -> rx.Component:
    """Return the choice of the active organisation, for those who have several; `place` tells two on a page apart."""

    def one(row: OrganizationChoice) -> rx.Component:
        return rx.el.option(row.name, value=row.id)

    return rx.cond(
        Viewer.organizations.length() > 1,
        rx.el.div(
            rx.el.label(lang("organization-active"), html_for=f"organization-{place}", class_name="sr-only"),
            rx.el.select(
                rx.foreach(Viewer.organizations, one),
                id=f"organization-{place}",
                value=Viewer.active,
                on_change=Viewer.choose_organization,
                class_name="pg-input pg-switch",
            ),
            class_name=class_name,
        ),
    )


def sign_out(lang: Lang, class_name: str = "") -> rx.Component:
    """Return the button that ends the session and leads home (`assets/pg.js` sends the form and reloads)."""
    return rx.el.form(
        rx.el.button(icon("log-out"), lang("sign-out"), type="submit", class_name=class_name),
        method="post",
        action="/auth/sign-out",
        custom_attrs={"data-sign-out": lang.path("home")},
    )


def page_head(title: Text, text: Text = "", *actions: Child, eyebrow: Text = "", class_name: str = "") -> rx.Component:
    """Return a working page's head: what this is, in a sentence, and what can be done."""
    given = not isinstance(text, str) or bool(text)
    return rx.el.header(
        rx.el.div(
            label(eyebrow, "block mb-2") if not isinstance(eyebrow, str) or eyebrow else rx.fragment(),
            rx.el.h1(title),
            rx.el.p(text) if given else rx.fragment(),
        ),
        rx.el.div(*actions, class_name="flex flex-wrap gap-3") if actions else rx.fragment(),
        class_name=classes("pg-head", class_name),
    )


def breadcrumbs(lang: Lang, trail: list[tuple[Text, Text]]) -> rx.Component:
    """Return the way back: (text, address) pairs, the last without address being this page."""
    items: list[rx.Component] = []
    for text, href in trail:
        here = isinstance(href, str) and not href
        inner = rx.el.span(text, aria_current="page") if here else link(text, href=href, class_name="pg-quiet-link")
        items.append(rx.el.li(inner, class_name="pg-crumb"))
    return rx.el.nav(rx.el.ol(*items, class_name="pg-crumbs"), aria_label=lang("breadcrumbs"))


def offline_banner(lang: Lang) -> rx.Component:
    """Return the strip that says the connection is lost, and that it comes back by itself."""
    return rx.cond(
        has_connection_errors,
        rx.el.div(icon("wifi-off"), rx.el.span(lang("connection-lost")), class_name="pg-offline", role="status"),
    )
