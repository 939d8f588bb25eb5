"""Home, catalogue, course and organisation as search engines and readers without JavaScript see them."""

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pygmalion_app.api.public_pages import structured
from pygmalion_app.api.public_pages.rendering import Head, Page, answer, missing, short
from pygmalion_app.catalog import presentation
from pygmalion_app.catalog.facets import search_facets
from pygmalion_app.catalog.figures import public_figures
from pygmalion_app.catalog.models import Category
from pygmalion_app.catalog.pages import course_page, organisation_page
from pygmalion_app.catalog.queries import search_courses
from pygmalion_app.catalog.schemas import CourseFilters, Facets, Sort
from pygmalion_app.core import i18n
from pygmalion_app.core.addresses import ADDRESSES, address
from pygmalion_app.core.errors import InvalidInputError, NotFoundError
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.sessions.queries import upcoming_sessions

FILTERS = ("q", "category", "modality", "place", "month", "maxPrice", "language", "seats")
PAGE_SIZE = 12
BOARD_LINES = 8
_LAST_PAGE = 9_999


def _both(name: str, **parameters: str) -> dict[str, str]:
    return {code: address(name, code, **parameters) for code in i18n.LOCALES}


async def home(request: Request, locale: str) -> Response:
    """Return the home page."""
    facets, board = await search_facets(CourseFilters()), await upcoming_sessions(limit=BOARD_LINES)
    figures = await public_figures()

    def head() -> Head:
        return Head(
            title=presentation.text(locale, "home-title"),
            description=presentation.text(locale, "home-description"),
            alternates=_both("home"),
            canonical=address("home", locale),
            data=structured.site(locale),
        )

    def values() -> dict[str, Any]:
        options = _options(locale, facets)
        return {"facets": options, "board": board, "figures": figures, "categories": list(Category)}

    return answer(request, locale, Page("home", (facets, board, figures), head, values))


async def catalog(request: Request, locale: str) -> Response:
    """Return the catalogue as its address filters it; what cannot be understood is dropped."""
    asked = {name: request.query_params.get(name, "") for name in FILTERS}
    try:
        filters = CourseFilters.parse(**asked)
    except InvalidInputError:
        filters, asked = CourseFilters(), {}
    given = request.query_params.get("sort", "")
    sort = Sort(given) if given in list(Sort) else Sort.RELEVANCE
    page = _page_number(request.query_params.get("page", "1"))
    found = await search_courses(filters, sort, PageRequest(page, PAGE_SIZE))
    # Every value there is, so that each choice can be changed without JavaScript; counts for this very mix of filters
    # are the live page's.
    facets = await search_facets(CourseFilters())
    kept = {name: value for name, value in asked.items() if value}

    def head() -> Head:
        return Head(
            title=presentation.text(locale, "catalog-title"),
            description=presentation.text(locale, "catalog-description"),
            alternates=_both("catalog"),
            canonical=address("catalog", locale),
            data=structured.course_list(locale, found.items),
            # Each mix of filters is the same catalogue: only the plain one is listed.
            indexed=not kept and not given,
        )

    def values() -> dict[str, Any]:
        return {
            "cards": [presentation.card(locale, course) for course in found.items],
            "total": found.total,
            "facets": _options(locale, facets),
            "asked": asked,
            "previous": _turn(locale, kept, sort, page - 1) if page > 1 else "",
            "following": _turn(locale, kept, sort, page + 1) if page * PAGE_SIZE < found.total else "",
        }

    return answer(request, locale, Page("catalog", (found.items, found.total, facets, kept, given, page), head, values))


async def course(request: Request, locale: str) -> Response:
    """Return a course."""
    try:
        found = await course_page(request.path_params["slug"])
    except NotFoundError:
        return missing(locale, "course", "course-missing-title", "course-missing-text")
    english = locale == "en"
    title = presentation.title(locale, found.title, found.title_en)
    text = (english and found.description_en) or found.description

    def head() -> Head:
        return Head(
            title=f"{title} · {found.organization.name}",
            description=short(text or title),
            alternates=_both("course", slug=found.slug),
            canonical=address("course", locale, slug=found.slug),
            data=structured.course(locale, found),
            kind="product",
        )

    def values() -> dict[str, Any]:
        return {
            "course": found,
            "title": title,
            "paragraphs": [part.strip() for part in text.split("\n") if part.strip()],
            "objectives": (english and found.objectives_en) or found.objectives,
            "prerequisites": (english and found.prerequisites_en) or found.prerequisites,
            "methods": (english and found.methods_en) or found.methods,
            "evaluation": (english and found.evaluation_en) or found.evaluation,
            "accessibility": (english and found.accessibility_en) or found.accessibility,
            "bring": (english and found.bring_en) or found.bring,
        }

    return answer(request, locale, Page("course", (found,), head, values))


async def organization(request: Request, locale: str) -> Response:
    """Return a training organisation."""
    try:
        found = await organisation_page(request.path_params["slug"])
    except NotFoundError:
        return missing(locale, "organization", "organization-missing-title", "organization-missing-text")
    seller = found.organization
    text = (locale == "en" and seller.description_en) or seller.description

    def head() -> Head:
        return Head(
            title=f"{seller.name} · Pygmalion",
            description=short(text or seller.name),
            alternates=_both("organization", slug=seller.slug),
            canonical=address("organization", locale, slug=seller.slug),
            data=structured.organization(locale, found),
        )

    def values() -> dict[str, Any]:
        return {"found": found, "text": text, "cards": [presentation.card(locale, one) for one in found.courses]}

    return answer(request, locale, Page("organization", (found,), head, values))


def _page_number(text: str) -> int:
    """Return the page asked for, the first one when that makes no sense."""
    plain = text.isascii() and text.isdigit() and len(text) <= len(str(_LAST_PAGE))
    return max(1, int(text)) if plain else 1


def _turn(locale: str, kept: dict[str, str], sort: Sort, page: int) -> str:
    query = (
        kept | ({"sort": sort.value} if sort is not Sort.RELEVANCE else {}) | ({"page": str(page)} if page > 1 else {})
    )
    return address("catalog", locale) + (f"?{urlencode(query)}" if query else "")


def _options(locale: str, facets: Facets) -> dict[str, list[tuple[str, str]]]:
    return {
        "category": [(one.value, presentation.text(locale, f"category-{one.value}")) for one in facets.categories],
        "place": [(one.value, one.value) for one in facets.places],
        "month": [(one.value, presentation.month(locale, one.value)) for one in facets.months],
        "language": [(one.value, presentation.text(locale, f"language-{one.value}")) for one in facets.languages],
    }


PageFunction = Callable[[Request, str], Coroutine[Any, Any, Response]]
PAGES: dict[str, PageFunction] = {"home": home, "catalog": catalog, "course": course, "organization": organization}


def _endpoint(page: PageFunction, locale: str) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    async def endpoint(request: Request) -> Response:
        return await page(request, locale)

    return endpoint


# Plain Starlette routes: FastAPI's own work per request costs more than these pages.
routes = [
    Route(ADDRESSES[name][code].replace("[", "{").replace("]", "}"), _endpoint(page, code), methods=["GET"])
    for name, page in PAGES.items()
    for code in i18n.LOCALES
]
