"""The bare limit of live pages: a small Reflex state that runs the catalogue's own queries and shows the rows as read.

`python -m tests.benchmarks.bare_page PORT` (needs DATABASE_URL and `reflex_environment`) serves its events; no browser
opens it, so no front end is built.
"""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import reflex as rx
import uvloop

from pygmalion_app import bootstrap
from pygmalion_app.catalog.facets import search_with_facets
from pygmalion_app.catalog.schemas import CourseFilters, Sort
from pygmalion_app.core import collector
from pygmalion_app.core.config import Settings
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.launch.web import serve_application
from pygmalion_app.serving import reflex_glue

PAGE_SIZE = 12


@dataclass
class Row:
    """A course as the query gave it."""

    title: str = ""
    organization: str = ""
    place: str = ""
    price_cents: int = 0
    seats: int = 0


class BareState(rx.State):
    """One list."""

    q: rx.Field[str] = rx.field("")
    rows: rx.Field[list[Row]] = rx.field(default_factory=list)
    total: rx.Field[int] = rx.field(0)
    values: rx.Field[list[str]] = rx.field(default_factory=list)

    @rx.event
    async def load(self) -> None:
        """Show all."""
        await self._show("")

    @rx.event
    async def search(self, text: str) -> None:
        """Search."""
        await self._show(text)

    async def _show(self, text: str) -> None:
        filters = CourseFilters(text=text)
        found, facets = await search_with_facets(filters, Sort.RELEVANCE, PageRequest(1, PAGE_SIZE))
        self.q, self.total = text, found.total
        self.rows = [
            Row(
                course.title,
                course.organization.name,
                course.next_session.location if course.next_session else "",
                course.price_cents,
                course.next_session.available_places if course.next_session else 0,
            )
            for course in found.items
        ]
        self.values = [
            f"{one.value} ({one.count})"
            for counts in (facets.categories, facets.modalities, facets.languages, facets.places, facets.months)
            for one in counts
        ]


def _index() -> rx.Component:
    return rx.el.div(
        rx.el.input(on_change=BareState.search), rx.foreach(BareState.rows, lambda row: rx.el.p(row.title))
    )


@asynccontextmanager
async def _prepared() -> AsyncIterator[None]:
    async with bootstrap.running(bootstrap.build(Settings.load())):
        # As serving/asgi.py does.
        collector.resume(collector.SERVING)
        yield


def main(port: int) -> None:
    """Serve the events."""
    # The websocket accepts pages of this port only.
    os.environ["PORT"] = str(port)
    app = rx.App()
    app.add_page(_index, route="/", on_load=BareState.load)
    app.register_lifespan_task(_prepared)
    uvloop.run(serve_application(reflex_glue.event_app(app), "127.0.0.1", port))


if __name__ == "__main__":
    main(int(sys.argv[1]))
