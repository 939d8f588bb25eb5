"""The Reflex application itself: style, frame for failures, the door, and the pages."""

import dataclasses
from typing import Any

import reflex as rx
from reflex.app import _PreparedPage  # pyright: ignore[reportPrivateUsage]

from pygmalion_app.ui import errors, fallbacks, live, pages
from pygmalion_app.ui.access import AccessMiddleware
from pygmalion_app.ui.routes import add_pages

STYLESHEETS = [
    "/styles/tokens.css",
    "/styles/base.css",
    "/styles/kit.css",
    "/styles/layouts.css",
    "/styles/catalog.css",
    "/styles/work.css",
    "/styles/compliance.css",
    "/styles/teaching.css",
    "/styles/notices.css",
    "/styles/charts.css",
]


def head() -> list[rx.Component]:
    """Return what stands in the head of every page."""
    return [
        rx.el.link(
            rel="preload",
            href="/fonts/archivo.woff2",
            custom_attrs={"as": "font"},
            type="font/woff2",
            cross_origin="anonymous",
        ),
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.link(rel="manifest", href="/manifest.webmanifest"),
        rx.el.link(rel="apple-touch-icon", href="/brand/apple-touch-icon.png"),
        rx.el.meta(name="theme-color", content="#0a1831"),
        rx.el.script(src="/pg.js", defer=True),
    ]


class Pages(rx.App):
    """Reflex's application, less the state vars that it makes of the parameters of addresses.

    It would compute and send every one of them at each change of an address, each letter typed in the catalogue
    included; pages read them from the address.
    """

    def _prepare_page(self, *arguments: Any, **named: Any) -> _PreparedPage:
        return dataclasses.replace(super()._prepare_page(*arguments, **named), route_args={})


def _broken_page(stateful: bool) -> rx.Component:
    del stateful
    return fallbacks.error_boundary()


def create_app() -> rx.App:
    """Return the application with every page; the caller mounts the API beside it."""
    # Reflex's own overlay says in English that the connection is lost; each layout says it in its page's language.
    wraps: dict[tuple[int, str], Any] = {(55, "ErrorBoundary"): _broken_page}
    app = Pages(
        stylesheets=STYLESHEETS,
        head_components=head(),
        html_lang="fr",
        app_wraps=wraps,
        toaster=rx.toast.provider(position="bottom-right", close_button=True, visible_toasts=3),
        backend_exception_handler=errors.unexpected,
    )
    app.add_middleware(AccessMiddleware())
    app.register_lifespan_task(live.listening, pages=app)
    pages.load()
    add_pages(app)
    app.add_page(fallbacks.not_found_page, route="404", title="Pygmalion")
    return app
