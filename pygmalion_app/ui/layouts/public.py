"""The airy frame of the public site."""

from typing import Any

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.components.basics import Child
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts.legal import withdrawal_link
from pygmalion_app.ui.viewer import Viewer


def public_layout(
    lang: Lang, page: str, *children: Child, night: bool = False, ready: bool | rx.Var[bool] = True, foot: bool = True
) -> rx.Component:
    """Return a public page in its frame.

    `page` is the page's name (for the language switch and the menu). `night` puts the header on night blue, to continue
    into a hero. `ready` tells that the content is there: until then the server-rendered body, if any, keeps showing.
    """
    marker: Any = "true" if ready is True else rx.cond(ready, "true", "false")
    return rx.el.div(
        ui.skip_link(lang),
        _header(lang, page, night),
        rx.el.main(*children, id="main", tab_index=-1, class_name="outline-none min-h-[60vh]"),
        _footer(lang) if foot else rx.fragment(),
        ui.offline_banner(lang),
        class_name="pg-app",
        custom_attrs={"data-ready": marker},
    )


def _links(lang: Lang, page: str) -> list[rx.Component]:
    return [
        ui.link(
            lang(f"nav-{name}"),
            href=lang.path(name),
            class_name="pg-nav-link",
            server=name == "verify",
            aria_current="page" if name == page else "false",
        )
        for name in ("catalog", "verify")
    ]


def _header(lang: Lang, page: str, night: bool) -> rx.Component:
    return rx.el.header(
        rx.el.div(
            ui.link(ui.wordmark(), href=lang.path("home"), class_name="pg-mark"),
            rx.el.nav(*_links(lang, page), aria_label=lang("main-menu")),
            rx.el.div(
                ui.language_switch(lang, page),
                ui.theme_switch(lang),
                rx.cond(
                    Viewer.signed_in,
                    rx.el.span(ui.user_menu(lang), class_name="pg-only-wide"),
                    # Keeps its place, unseen, until it is known whether the person is signed in.
                    rx.el.span(
                        ui.button_link(
                            lang("sign-in"),
                            href=lang.path("sign-in"),
                            size="sm",
                            look="secondary" if night else "night",
                        ),
                        class_name=rx.cond(Viewer.known, "pg-only-wide", "pg-only-wide invisible"),
                    ),
                ),
                ui.icon_button("menu", lang("main-menu"), class_name="pg-only-narrow", **ui.opens("site-menu")),
                class_name="pg-top__end",
            ),
            class_name="pg-wrap pg-top__row",
        ),
        _phone_menu(lang),
        class_name="pg-top pg-top--night" if night else "pg-top",
    )


def _phone_menu(lang: Lang) -> rx.Component:
    def entry(name: str) -> rx.Component:
        return ui.link(
            lang(f"nav-{name}"),
            href=lang.path(name),
            server=name == "verify",
            class_name="block py-3 text-xl font-semibold no-underline text-on-night",
        )

    return ui.drawer(
        lang,
        "site-menu",
        lang("main-menu"),
        entry("catalog"),
        entry("verify"),
        rx.cond(
            Viewer.signed_in,
            rx.el.div(
                entry("training"),
                entry("certificates"),
                rx.cond(Viewer.teaches, entry("teach")),
                rx.cond(Viewer.manages, entry("team")),
                entry("profile"),
                rx.el.div(ui.sign_out(lang, "pg-btn pg-btn--secondary pg-btn--block"), class_name="mt-6"),
            ),
            rx.el.div(
                ui.button_link(lang("sign-in"), href=lang.path("sign-in"), block=True),
                ui.button_link(lang("sign-up"), href=lang.path("sign-up"), look="secondary", block=True),
                class_name="grid gap-3 mt-6",
            ),
        ),
        left=True,
    )


def _footer(lang: Lang) -> rx.Component:
    def column(title: str, *links: rx.Component) -> rx.Component:
        return rx.el.div(ui.label(lang(title)), rx.el.ul(*[rx.el.li(one) for one in links]))

    def to(name: str, key: str = "") -> rx.Component:
        return ui.link(lang(key or f"nav-{name}"), href=lang.path(name), server=name == "verify", class_name="")

    return rx.el.footer(
        rx.el.div(
            rx.el.div(
                rx.el.div(
                    ui.wordmark("h-[30px] w-[170px] text-on-night"),
                    rx.el.p(lang("footer-promise"), class_name="mt-4 max-w-[38ch]"),
                ),
                column("footer-learn", to("catalog"), to("training"), to("certificates")),
                column(
                    "footer-trust",
                    to("verify"),
                    ui.link(lang("footer-api"), href="/api/v1/docs", server=True, class_name=""),
                ),
                rx.cond(
                    Viewer.signed_in,
                    column("footer-account", to("dashboard"), to("profile")),
                    column("footer-account", to("sign-in", "sign-in"), to("sign-up", "sign-up")),
                ),
                class_name="pg-foot__grid",
            ),
            withdrawal_link(lang, "", class_name="mt-6"),
            rx.el.div(rx.el.span(lang("footer-rights")), rx.el.span(lang("footer-made")), class_name="pg-foot__base"),
            class_name="pg-wrap",
        ),
        class_name="pg-foot pg-night",
    )
