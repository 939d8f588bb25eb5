"""The home page: the first questions, the departures board, and why a certificate from here can be trusted."""

import reflex as rx

from pygmalion_app.catalog.models import Category
from pygmalion_app.ui import components as ui
from pygmalion_app.ui import live
from pygmalion_app.ui.catalog.home_state import BOARD_LINES, HomeState
from pygmalion_app.ui.catalog.rows import BoardRow
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import public_layout
from pygmalion_app.ui.routes import page

_STEP_ICONS = ("search", "ticket", "clipboard-check", "qr-code")


@page("home", title="home-title", on_load=HomeState.load)
def home_page(lang: Lang) -> rx.Component:
    """Return the home page."""
    return public_layout(
        lang, "home", _hero(lang), _categories(lang), _how(lang), _verify(lang), night=True, ready=HomeState.loaded
    )


def _hero(lang: Lang) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.div(
                rx.el.h1(lang("home-headline"), class_name="pg-headline"),
                rx.el.p(lang("home-lead"), class_name="mt-5 text-lg md:text-xl text-on-night-2 max-w-[58ch]"),
                class_name="max-w-[820px]",
            ),
            _questions(lang),
            _board(lang),
            _figures(lang),
            class_name="pg-wrap",
        ),
        class_name="pg-night pg-chart pg-hero",
    )


def _question(lang: Lang, name: str, label: str, options: rx.Var[dict[str, str]] | None) -> rx.Component:
    values = (
        rx.foreach(options, lambda option: rx.el.option(option[1], value=option[0]))
        if options is not None
        else rx.fragment(*[rx.el.option(lang(f"language-{code}"), value=code) for code in ("fr", "en")])
    )
    return rx.el.div(
        rx.el.label(lang(label), html_for=f"ask-{name}", class_name="pg-ask__label"),
        rx.el.select(
            rx.el.option(lang("filter-any"), value=""), values, id=f"ask-{name}", name=name, class_name="pg-ask__input"
        ),
        class_name="pg-ask__field",
    )


def _questions(lang: Lang) -> rx.Component:
    # A plain form: it works before the app has started, and its address is the catalogue's own.
    return rx.el.form(
        _question(lang, "category", "home-ask-category", HomeState.categories),
        _question(lang, "place", "home-ask-place", HomeState.places),
        _question(lang, "month", "home-ask-month", HomeState.months),
        _question(lang, "language", "home-ask-language", None),
        ui.button(lang("home-search"), type="submit", size="lg", icon_name="search"),
        action=lang.path("catalog"),
        method="get",
        role="search",
        class_name="pg-ask",
    )


def _board(lang: Lang) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2(lang("home-board-title"), class_name="text-xl"),
            rx.el.span(
                rx.el.i(class_name="pg-live"), lang("home-board-note"), class_name="pg-label flex items-center gap-2"
            ),
            ui.link(
                lang("home-board-all"),
                ui.icon("arrow-right", "pg-icon-sm"),
                href=f"{lang.path('catalog')}?sort=date",
                class_name="pg-board__all",
            ),
            class_name="pg-board__head",
        ),
        rx.el.div(
            *[ui.label(lang(f"board-{name}")) for name in ("time", "course", "place", "seats", "price")],
            class_name="pg-board__row pg-board__labels",
            aria_hidden="true",
        ),
        rx.cond(
            HomeState.loaded,
            rx.foreach(HomeState.board, lambda row: _departure(lang, row)),
            rx.fragment(*[rx.el.div(class_name="pg-board__row pg-board__blank") for _ in range(BOARD_LINES)]),
        ),
        class_name="pg-board",
        aria_label=lang("home-board-title"),
    )


def _departure(lang: Lang, row: BoardRow) -> rx.Component:
    return ui.link(
        rx.el.span(rx.el.b(row.date), rx.el.span(row.time), class_name="pg-board__when"),
        rx.el.span(rx.el.b(row.title), rx.el.span(row.organization), class_name="pg-board__what"),
        rx.el.span(row.place, class_name="pg-board__where"),
        rx.el.span(live.seats_lamp(lang, row.id, row.seats, plain=True), class_name="pg-board__seats"),
        rx.el.span(row.price, class_name="pg-board__price"),
        href=row.href,
        class_name="pg-board__row pg-board__line",
    )


def _figures(lang: Lang) -> rx.Component:
    entries = (
        (HomeState.courses, "home-figure-courses"),
        (HomeState.organizations, "home-figure-organizations"),
        (HomeState.sessions, "home-figure-sessions"),
        (HomeState.free_seats, "home-figure-seats"),
    )
    return rx.el.dl(
        *[
            rx.el.div(rx.el.dd(value, class_name="pg-figure"), rx.el.dt(lang(key)), class_name="pg-figures__one")
            for value, key in entries
        ],
        class_name="pg-figures",
    )


def _categories(lang: Lang) -> rx.Component:
    return rx.el.section(
        rx.el.h2(lang("home-categories-title"), class_name="pg-h2"),
        rx.el.p(lang("home-categories-lead"), class_name="pg-lead"),
        rx.el.div(*[_category(lang, category) for category in Category], class_name="pg-families"),
        class_name="pg-wrap pg-section",
    )


def _category(lang: Lang, category: Category) -> rx.Component:
    return ui.link(
        rx.el.img(src=f"/motifs/{category.lower()}-0.svg", alt="", loading="lazy", width="480", height="240"),
        rx.el.span(
            rx.el.b(lang(f"category-{category}")),
            rx.el.span(HomeState.counts.get(category.value, ""), class_name="text-on-night-2 text-[15px]"),
            class_name="pg-family__text",
        ),
        href=f"{lang.path('catalog')}?category={category}",
        class_name="pg-family",
    )


def _how(lang: Lang) -> rx.Component:
    steps = [
        rx.el.li(
            rx.el.span(ui.icon(icon_name), class_name="pg-leg__mark"),
            rx.el.h3(lang(f"home-how-{number}"), class_name="text-lg mt-4"),
            rx.el.p(lang(f"home-how-{number}-text"), class_name="mt-2 text-ink-2"),
            class_name="pg-leg",
        )
        for number, icon_name in enumerate(_STEP_ICONS, start=1)
    ]
    return rx.el.section(
        rx.el.div(
            rx.el.h2(lang("home-how-title"), class_name="pg-h2"),
            rx.el.ol(*steps, class_name="pg-route"),
            class_name="pg-wrap pg-section",
        ),
        class_name="bg-sunken",
    )


def _verify(lang: Lang) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.div(
                rx.el.h2(lang("home-verify-title"), class_name="pg-h2"),
                rx.el.p(lang("home-verify-lead"), class_name="pg-lead"),
                ui.button_link(
                    lang("home-verify-action"),
                    href=lang.path("verify"),
                    server=True,
                    look="night",
                    icon_name="shield-check",
                    class_name="mt-6",
                ),
            ),
            _certificate(),
            class_name="pg-wrap pg-section pg-proof",
        )
    )


def _certificate() -> rx.Component:
    """Return a drawing of a certificate; decoration only."""
    return rx.el.img(
        src="/brand/certificate.svg", alt="", width="480", height="320", loading="lazy", class_name="pg-proof__art"
    )
