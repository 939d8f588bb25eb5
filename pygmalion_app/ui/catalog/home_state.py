"""The home page's state: what can be chosen, the next sessions, a few figures."""

import reflex as rx

from pygmalion_app.catalog import presentation
from pygmalion_app.catalog.facets import search_facets
from pygmalion_app.catalog.figures import Figures, public_figures
from pygmalion_app.catalog.models import Category
from pygmalion_app.catalog.schemas import CourseFilters, Facets
from pygmalion_app.core import i18n
from pygmalion_app.sessions.queries import upcoming_sessions
from pygmalion_app.ui import access, live
from pygmalion_app.ui.catalog.rows import BoardRow, board_row
from pygmalion_app.ui.i18n import lang_of_path

BOARD_LINES = 8


class HomeState(rx.State):
    """Options of the first questions, lines of the board, figures as text."""

    categories: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    places: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    months: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    board: rx.Field[list[BoardRow]] = rx.field(default_factory=list)
    counts: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    """Number of courses by category, as text."""
    courses: rx.Field[str] = rx.field("")
    organizations: rx.Field[str] = rx.field("")
    sessions: rx.Field[str] = rx.field("")
    free_seats: rx.Field[str] = rx.field("")
    loaded: rx.Field[bool] = rx.field(False)

    @rx.event
    @access.public
    async def load(self) -> None:
        """Fill the page."""
        code = lang_of_path(self.router.url.path).code
        self._offer(code, await search_facets(CourseFilters()))
        self.board = [board_row(code, session) for session in await upcoming_sessions(limit=BOARD_LINES)]
        self._count(code, await public_figures())
        self.loaded = True
        await live.watch(self, [row.id for row in self.board])

    def _offer(self, code: str, facets: Facets) -> None:
        by_category = {one.value: one.count for one in facets.categories}
        self.counts = {
            category.value: i18n.translate(code, "home-category-count", count=by_category.get(category.value, 0))
            for category in Category
        }
        self.categories = {one.value: presentation.text(code, f"category-{one.value}") for one in facets.categories}
        self.places = {one.value: one.value for one in facets.places}
        self.months = {one.value: presentation.month(code, one.value) for one in facets.months}

    def _count(self, code: str, figures: Figures) -> None:
        self.courses = i18n.format_number(code, figures.courses)
        self.organizations = i18n.format_number(code, figures.organizations)
        self.sessions = i18n.format_number(code, figures.sessions)
        self.free_seats = i18n.format_number(code, figures.free_seats)
