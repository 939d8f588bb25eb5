"""The catalogue: search as you type, filters in the address, live seats on the cards."""

import reflex as rx

from pygmalion_app.ui import components as ui
from pygmalion_app.ui.catalog.components import card_grid, card_skeletons
from pygmalion_app.ui.catalog.state import MAX_TYPED, CatalogState
from pygmalion_app.ui.i18n import Lang
from pygmalion_app.ui.layouts import public_layout
from pygmalion_app.ui.routes import page

TYPING_PAUSE_MS = 250
# As the state spells addresses: what was typed, the other filters as they are, and the first page again.
_ADDRESS_FOLLOWS = """
(() => {
  const asked = new URLSearchParams(location.search), typed = document.getElementById("q").value;
  asked.delete("page");
  if (typed) asked.set("q", typed); else asked.delete("q");
  const query = asked.toString();
  history.replaceState(history.state, "", location.pathname + (query ? "?" + query : ""));
})()
"""


@page("catalog", title="catalog-title", on_load=CatalogState.load)
def catalog_page(lang: Lang) -> rx.Component:
    """Return the catalogue."""
    return public_layout(
        lang,
        "catalog",
        rx.el.section(
            rx.el.div(
                rx.el.h1(lang("catalog-title"), class_name="text-[28px] md:text-[40px]"),
                rx.el.p(lang("catalog-lead"), class_name="mt-2 text-on-night-2"),
                _search(lang),
                class_name="pg-wrap py-8 md:py-12",
            ),
            class_name="pg-night pg-chart",
        ),
        rx.el.div(
            _filters(lang),
            rx.el.div(_bar(lang), _results(lang), class_name="min-w-0"),
            class_name="pg-wrap pg-catalog",
        ),
        night=True,
        ready=CatalogState.loaded,
    )


def _search(lang: Lang) -> rx.Component:
    return rx.el.form(
        rx.el.label(lang("search-label"), html_for="q", class_name="sr-only"),
        ui.icon("search", "pg-search__icon"),
        rx.el.input(
            id="q",
            name="q",
            type="search",
            class_name="pg-search__input",
            placeholder=lang("search-placeholder"),
            default_value=CatalogState.q,
            key=CatalogState.q_version.to_string(),
            max_length=MAX_TYPED,
            auto_complete="off",
            enter_key_hint="search",
            on_change=[
                CatalogState.search.debounce(TYPING_PAUSE_MS),
                rx.call_script(_ADDRESS_FOLLOWS).debounce(TYPING_PAUSE_MS),
            ],
        ),
        role="search",
        action=lang.path("catalog"),
        class_name="pg-search",
        on_submit=rx.prevent_default,
    )


def _bar(lang: Lang) -> rx.Component:
    return rx.el.div(
        rx.el.h2(rx.el.span(CatalogState.summary, role="status"), class_name="text-lg"),
        rx.el.div(
            rx.el.button(
                ui.icon("sliders-horizontal"),
                lang("filters"),
                rx.cond(CatalogState.active > 0, rx.el.b(CatalogState.active, class_name="pg-count")),
                type="button",
                class_name="pg-btn pg-btn--secondary pg-btn--sm pg-only-narrow",
                custom_attrs={"popovertarget": "filters"},
            ),
            rx.el.label(lang("sort-label"), html_for="sort", class_name="text-[15px] text-ink-2 pg-only-wide"),
            rx.el.select(
                *[
                    rx.el.option(lang(f"sort-{value}"), value=value)
                    for value in ("relevance", "date", "price", "rating")
                ],
                id="sort",
                aria_label=lang("sort-label"),
                class_name="pg-input pg-sort",
                value=CatalogState.sort,
                on_change=lambda value: CatalogState.choose("sort", value),
            ),
            class_name="flex items-center gap-3",
        ),
        class_name="pg-bar",
    )


def _choice(lang: Lang, name: str, label: str, options: rx.Var[dict[str, str]], value: rx.Var[str]) -> rx.Component:
    return rx.el.div(
        rx.el.label(lang(label), html_for=f"f-{name}", class_name="pg-field__label"),
        rx.el.select(
            rx.el.option(lang("filter-any"), value=""),
            rx.foreach(options, lambda option: rx.el.option(option[1], value=option[0])),
            id=f"f-{name}",
            class_name="pg-input",
            value=value,
            on_change=lambda chosen: CatalogState.choose(name, chosen),
        ),
        class_name="pg-field",
    )


def _filters(lang: Lang) -> rx.Component:
    state = CatalogState
    return rx.el.aside(
        rx.el.div(
            rx.el.h2(lang("filters"), class_name="text-lg"),
            rx.el.button(
                ui.icon("x"),
                type="button",
                aria_label=lang("close"),
                class_name="pg-btn pg-btn--ghost pg-btn--icon pg-only-narrow",
                custom_attrs={"popovertarget": "filters", "popovertargetaction": "hide"},
            ),
            rx.cond(
                state.active > 0,
                rx.el.button(
                    lang("filters-clear"),
                    type="button",
                    class_name="pg-quiet-link text-[15px] ml-auto",
                    on_click=state.clear,
                ),
            ),
            class_name="flex items-center gap-3 min-h-11",
        ),
        _choice(lang, "category", "filter-category", state.categories, state.category),
        _choice(lang, "place", "filter-place", state.places, state.place),
        _choice(lang, "month", "filter-month", state.months, state.month),
        _choice(lang, "modality", "filter-modality", state.modalities, state.modality),
        _choice(lang, "language", "filter-language", state.languages, state.language),
        rx.el.div(
            rx.el.label(lang("filter-price"), html_for="f-price", class_name="pg-field__label"),
            rx.el.input(
                id="f-price",
                type="number",
                min="0",
                step="50",
                input_mode="numeric",
                class_name="pg-input pg-figure",
                default_value=state.maxPrice,
                key=state.maxPrice,
                on_change=lambda value: state.choose("maxPrice", value).debounce(600),
            ),
            class_name="pg-field",
        ),
        rx.el.div(
            rx.el.label(lang("filter-seats"), html_for="f-seats", class_name="pg-field__label"),
            rx.el.select(
                rx.el.option(lang("filter-any"), value=""),
                *[rx.el.option(lang("filter-seats-value", count=count), value=str(count)) for count in (1, 2, 4, 8)],
                id="f-seats",
                class_name="pg-input",
                value=state.seats,
                on_change=lambda chosen: state.choose("seats", chosen),
            ),
            class_name="pg-field",
        ),
        rx.el.button(
            lang("filters-show"),
            type="button",
            class_name="pg-btn pg-btn--primary pg-only-narrow",
            custom_attrs={"popovertarget": "filters", "popovertargetaction": "hide"},
        ),
        id="filters",
        class_name="pg-filters",
        aria_label=lang("filters"),
        custom_attrs={"popover": "auto"},
    )


def _results(lang: Lang) -> rx.Component:
    state = CatalogState
    return rx.cond(
        ~state.loaded,
        card_skeletons(),
        rx.cond(
            state.error != "",
            ui.notice(
                rx.el.p(state.error),
                rx.el.button(lang("filters-clear"), type="button", class_name="pg-link mt-2", on_click=state.clear),
                tone="bad",
            ),
            rx.cond(state.rows.length() > 0, _page_of_results(lang), _nothing(lang)),
        ),
    )


def _page_of_results(lang: Lang) -> rx.Component:
    state = CatalogState
    return rx.fragment(
        card_grid(lang, state.rows),
        rx.cond(
            state.pages > 1,
            rx.el.div(ui.pagination(lang, state.page, state.pages, state.numbers, state.turn), class_name="mt-10"),
        ),
    )


def _nothing(lang: Lang) -> rx.Component:
    state = CatalogState
    return rx.fragment(
        ui.empty_state(
            lang("catalog-empty-title"),
            lang("catalog-empty-text"),
            rx.cond(
                state.advice != "",
                ui.button_link(
                    state.advice, href=state.advice_href, look="secondary", size="sm", class_name="pg-wrap-text"
                ),
            ),
            rx.el.button(lang("filters-clear"), type="button", class_name="pg-link", on_click=state.clear),
        ),
        rx.cond(
            state.nearest.length() > 0,
            rx.el.section(
                rx.el.h2(lang("catalog-nearest"), class_name="text-xl mb-4"),
                card_grid(lang, state.nearest),
                class_name="mt-4",
            ),
        ),
    )
