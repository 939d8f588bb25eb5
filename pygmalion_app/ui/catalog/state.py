"""The catalogue's state: what the address asks for, and the page of results that answers it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode
from uuid import UUID

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.catalog import presentation
from pygmalion_app.catalog.facets import search_with_facets
from pygmalion_app.catalog.queries import suggest
from pygmalion_app.catalog.schemas import CourseFilters, FacetCount, Facets, Sort
from pygmalion_app.core import i18n
from pygmalion_app.core.errors import InvalidInputError
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.ui import access, live
from pygmalion_app.ui.catalog.rows import CardRow, MadeOf, card_row, cards
from pygmalion_app.ui.i18n import Lang, lang_of_path

PAGE_SIZE = 12
FILTERS = ("q", "category", "modality", "place", "month", "maxPrice", "language", "seats")
MAX_TYPED = 200


def page_numbers(page: int, pages: int) -> list[int]:
    """Return the pages to offer around the current one; 0 marks a gap."""
    wanted = sorted({1, 2, page - 1, page, page + 1, pages} & set(range(1, pages + 1)))
    numbers: list[int] = []
    for number in wanted:
        if numbers and number - numbers[-1] > 1:
            numbers.append(0)
        numbers.append(number)
    return numbers


class CatalogState(rx.State):
    """Flat and small: one page of cards, the filters as the address spells them, and the values to choose from."""

    q: rx.Field[str] = rx.field("")
    q_version: rx.Field[int] = rx.field(0)
    """Changes when the address, not the typing, sets the text: the search field then shows it anew."""
    category: rx.Field[str] = rx.field("")
    modality: rx.Field[str] = rx.field("")
    place: rx.Field[str] = rx.field("")
    month: rx.Field[str] = rx.field("")
    maxPrice: rx.Field[str] = rx.field("")  # noqa: N815 - the address's own spelling
    language: rx.Field[str] = rx.field("")
    seats: rx.Field[str] = rx.field("")
    sort: rx.Field[str] = rx.field("relevance")

    rows: rx.Field[list[CardRow]] = rx.field(default_factory=list)
    summary: rx.Field[str] = rx.field("")
    page: rx.Field[int] = rx.field(1)
    pages: rx.Field[int] = rx.field(1)
    numbers: rx.Field[list[int]] = rx.field(default_factory=list)
    loaded: rx.Field[bool] = rx.field(False)
    error: rx.Field[str] = rx.field("")
    active: rx.Field[int] = rx.field(0)
    advice: rx.Field[str] = rx.field("")
    advice_href: rx.Field[str] = rx.field("")
    nearest: rx.Field[list[CardRow]] = rx.field(default_factory=list)

    # Values of the filters, each with its name and how many courses it leaves.
    categories: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    modalities: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    places: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    months: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    languages: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    _answered: str = ""
    """The address whose results a handler has put on the page already; the page load that follows skips them."""

    @rx.event
    @access.public
    async def load(self) -> None:
        """Show what the address asks for."""
        url = self.router.url
        asked = dict(url.query_parameters)
        wanted = self._address(asked)
        if self.loaded and self._answered == wanted:
            self._answered = ""
            return
        before = self.q
        await self._show(asked)
        if self.q != before:
            self.q_version += 1

    @rx.event
    @access.public
    async def search(self, text: str) -> None:
        """Search as one types; the page itself lets its address follow, without a new entry in the history."""
        await self._show(self._asked({"q": str(text)[:MAX_TYPED]}))

    @rx.event
    @access.public
    async def choose(self, name: str, value: str) -> EventSpec | None:
        """Set one filter or the order."""
        if name not in (*FILTERS, "sort"):
            return None
        return await self._change({name: str(value)})

    @rx.event
    @access.public
    async def turn(self, page: int) -> EventSpec:
        """Go to a page of the results."""
        return await self._change({"page": str(page)})

    @rx.event
    @access.public
    async def clear(self) -> EventSpec:
        """Drop every filter."""
        return await self._change(dict.fromkeys(FILTERS, ""))

    async def _change(self, changes: dict[str, str]) -> EventSpec:
        asked = self._asked(changes)
        # A new entry of the history is followed by a page load, which need not answer again.
        self._answered = self._address(asked)
        await self._show(asked)
        return rx.redirect(self._answered)

    def _asked(self, changes: dict[str, str]) -> dict[str, str]:
        """Return what the page shows with these changes; from its first page, unless they name another."""
        return {name: getattr(self, name) for name in (*FILTERS, "sort")} | changes

    def _lang(self) -> Lang:
        # Not `self.router.url`: that puts together all that Reflex knows of the visit, for one part of it.
        return lang_of_path(self.rx_router_url.path)

    def _address(self, asked: dict[str, str]) -> str:
        kept = {name: asked[name] for name in FILTERS if asked.get(name)}
        if asked.get("sort", "relevance") not in {"", "relevance"}:
            kept["sort"] = asked["sort"]
        if asked.get("page", "1") not in {"", "1"}:
            kept["page"] = asked["page"]
        return self._lang().path("catalog") + (f"?{urlencode(kept)}" if kept else "")

    async def _show(self, asked: dict[str, str]) -> None:
        lang = self._lang()
        self._put(**{name: asked.get(name, "") for name in FILTERS})
        self._put(sort=asked["sort"] if asked.get("sort") in list(Sort) else Sort.RELEVANCE.value)
        try:
            filters = CourseFilters.parse(**{name: asked.get(name) for name in FILTERS})
            await self._answer(lang, filters, _page_of(asked))
            self._put(error="")
        except InvalidInputError as problem:
            self.rows, self.nearest, self.numbers = [], [], []
            self.summary = lang("results-count", count=0)
            self.error = lang("error-search-invalid", field=lang(f"filter-{_filter_key(problem.field)}"))
        self._put(active=sum(bool(asked.get(name)) for name in FILTERS if name != "q"), loaded=True)

    def _put(self, **values: str | int) -> None:
        """Set what is new only: whatever is set is sent, changed or not."""
        for name, value in values.items():
            if getattr(self, name) != value:
                setattr(self, name, value)

    async def _answer(self, lang: Lang, filters: CourseFilters, page: int) -> None:
        found, facets = await search_with_facets(filters, Sort(self.sort), PageRequest(page, PAGE_SIZE))
        shown = cards(lang.code, found)
        self.rows = shown.rows
        pages = max(1, -(-found.total // PAGE_SIZE))
        self._put(summary=_summary(lang.code, found.total), page=page, pages=pages)
        self.numbers = page_numbers(page, pages) if pages > 1 else []
        offered = _offered(lang.code, facets)
        self.categories, self.modalities, self.languages = offered.categories, offered.modalities, offered.languages
        self.places, self.months = offered.places, offered.months
        await live.watch(self, shown.sessions | await self._advise(lang, filters, found.total))

    async def _advise(self, lang: Lang, filters: CourseFilters, total: int) -> frozenset[UUID]:
        """Where nothing was found, say which filter to drop; return the sessions of the courses that come nearest."""
        self._put(advice="", advice_href="")
        # Not `self.nearest`, which comes wrapped to note changes.
        if self.get_value("nearest"):
            self.nearest = []
        if total:
            return frozenset()
        offer = await suggest(filters)
        self.nearest = [card_row(lang.code, course) for course in offer.courses]
        if offer.drop:
            name = {"text": "q", "max_price_cents": "maxPrice"}.get(offer.drop, offer.drop)
            self.advice = lang("catalog-empty-drop", filter=lang(f"filter-{_filter_key(name)}"), total=offer.total)
            kept = {key: getattr(self, key) for key in FILTERS if key != name}
            self.advice_href = self._address(kept | {"sort": self.sort})
        return frozenset(course.next_session.id for course in offer.courses if course.next_session)


@lru_cache(maxsize=1024)
def _summary(locale: str, total: int) -> str:
    return i18n.translate(locale, "results-count", count=total)


def _filter_key(name: str | None) -> str:
    return {"maxPrice": "price", None: "q", "page": "q"}.get(name, name or "q")


def _page_of(asked: dict[str, str]) -> int:
    text = asked.get("page") or "1"
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text[:9]) <= 1_000_000 and len(text) < 8 else 1  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class _Offered:
    """Values of the filters, named."""

    categories: dict[str, str]
    modalities: dict[str, str]
    languages: dict[str, str]
    places: dict[str, str]
    months: dict[str, str]


def _offer(locale: str, facets: Facets) -> _Offered:
    return _Offered(
        _options(locale, facets.categories, lambda value: presentation.text(locale, f"category-{value}")),
        _options(locale, facets.modalities, lambda value: presentation.text(locale, f"modality-{value}")),
        _options(locale, facets.languages, lambda value: presentation.text(locale, f"language-{value}")),
        _options(locale, facets.places, str),
        _options(locale, facets.months, lambda value: presentation.month(locale, value)),
    )


_offered = MadeOf(_offer)


def _options(locale: str, counts: list[FacetCount], name: Callable[[str], str]) -> dict[str, str]:
    return {one.value: f"{name(one.value)} ({presentation.number(locale, one.count)})" for one in counts}
