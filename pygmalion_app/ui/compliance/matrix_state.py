"""The matrix's state: what the address asks for, and a window of rows around those in sight.

A company of 2,000 people and 40 requirements has 80,000 cells. The state keeps the filters and the columns; the rows of
a window are read anew for each place that one scrolls to, and each cell is sent as a few letters.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.compliance.matrix import matrix
from pygmalion_app.compliance.schemas import Matrix, MatrixFilters
from pygmalion_app.compliance.workplace import workplace
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork, unit_of_work
from pygmalion_app.ui import access
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.catalog.state import page_numbers
from pygmalion_app.ui.compliance import feed
from pygmalion_app.ui.compliance.matrix_rows import (
    TODO,
    ColumnRow,
    CountRow,
    PersonRow,
    column_rows,
    count_rows,
    person_row,
    summary_of,
    what_if_of,
)
from pygmalion_app.ui.compliance.wording import WORST_FIRST
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.organizations.chosen import chosen_organization

READ = Permission.COMPLIANCE_READ
WINDOW = 60
"""Rows read and sent at a time."""
PAGE_SIZE = 40
"""People on one page of the list that a phone shows."""
TYPED_MOST = 80
STATUSES = (*WORST_FIRST, TODO)
FILTERS = ("q", "status", "role", "site", "before", "on")
NOBODYS = "none"
"""What stands for people without a job role in the address."""
SCRIPT = rx.call_script("import('/matrix.js')")
_IS_NARROW = "matchMedia('(max-width: 760px)').matches"
_TO_THE_TOP = rx.call_script("document.querySelector('[data-matrix]')?.scrollTo({top: 0})")
_ADDRESS_FOLLOWS = """
((query) => history.replaceState(history.state, "", location.pathname + (query ? "?" + query : "")))(%s)
"""


class MatrixState(rx.State):
    """Filters as the address spells them, the columns, and a window of rows."""

    loaded: rx.Field[bool] = rx.field(False)
    organization: rx.Field[str] = rx.field("")
    q: rx.Field[str] = rx.field("")
    status: rx.Field[str] = rx.field("")
    role: rx.Field[str] = rx.field("")
    site: rx.Field[str] = rx.field("")
    before: rx.Field[str] = rx.field("")
    on: rx.Field[str] = rx.field("")
    version: rx.Field[int] = rx.field(0)
    """Changes when the address, not the typing, sets the text: the search field then shows it anew."""
    filtered: rx.Field[bool] = rx.field(False)
    roles: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    sites: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    columns: rx.Field[list[ColumnRow]] = rx.field(default_factory=list)
    keys: rx.Field[list[str]] = rx.field(default_factory=list)
    """The requirements' keys, column by column."""
    rows: rx.Field[list[PersonRow]] = rx.field(default_factory=list)
    first: rx.Field[int] = rx.field(0)
    """How many rows come before the window, and (`below`) after it."""
    below: rx.Field[int] = rx.field(0)
    total: rx.Field[int] = rx.field(0)
    counts: rx.Field[list[CountRow]] = rx.field(default_factory=list)
    summary: rx.Field[str] = rx.field("")
    what_if: rx.Field[str] = rx.field("")

    narrow: rx.Field[bool] = rx.field(False)
    """Whether the page is a phone's: a list of people and their counts instead of the table."""
    page: rx.Field[int] = rx.field(1)
    pages: rx.Field[int] = rx.field(1)
    numbers: rx.Field[list[int]] = rx.field(default_factory=list)

    @rx.event
    @access.signed_in
    async def load(self) -> list[EventSpec]:
        """Show what the address asks for."""
        actor = await actor_of(self)
        found = chosen_organization(self, actor, READ)
        self.organization = str(found or "")
        feed.follow(FEED, self, [found] if found else [])
        if found is None:
            self.loaded = True
            return []
        asked = self.router.url.query_parameters
        self._take({name: asked.get(name, "") for name in FILTERS})
        self.version += 1
        await self._read(actor, 0)
        self.loaded = True
        return [SCRIPT, rx.call_script(_IS_NARROW, callback=MatrixState.fit)]

    @rx.event
    @access.requires(READ)
    async def fit(self, narrow: bool) -> None:
        """Take the width of the page into account."""
        if bool(narrow) != self.narrow:
            self.narrow = bool(narrow)
            await self._read(await actor_of(self), 0)

    @rx.event
    @access.requires(READ)
    async def look(self, first: int) -> None:
        """Read the rows around a place that was scrolled to."""
        if isinstance(first, int | float) and 0 <= first < max(self.total, 1):
            await self._read(await actor_of(self), int(first), only_rows=True)

    @rx.event
    @access.requires(READ)
    async def turn(self, page: int) -> None:
        """Show another page of the list."""
        self.page = page if isinstance(page, int) and 1 <= page <= self.pages else 1
        await self._read(await actor_of(self), (self.page - 1) * PAGE_SIZE, only_rows=True)

    @rx.event
    @access.requires(READ)
    async def search(self, text: str) -> list[EventSpec]:
        """Narrow the rows as one types."""
        return await self._change({"q": str(text)[:TYPED_MOST]})

    @rx.event
    @access.requires(READ)
    async def choose(self, name: str, value: str) -> list[EventSpec]:
        """Set one filter; the status that is set already is taken back."""
        if name not in FILTERS:
            return []
        value = str(value)
        return await self._change({name: "" if name == "status" and value == self.status else value})

    @rx.event
    @access.requires(READ)
    async def clear(self) -> list[EventSpec]:
        """Drop every filter."""
        self.version += 1
        return await self._change(dict.fromkeys(FILTERS, ""))

    @rx.event
    @access.requires(READ)
    async def refresh(self) -> None:
        """Read again what is in sight: somebody's status changed."""
        if self.loaded and self.organization:
            await self._read(await actor_of(self), self.first)

    async def _change(self, changes: dict[str, str]) -> list[EventSpec]:
        self._take({name: getattr(self, name) for name in FILTERS} | changes)
        await self._read(await actor_of(self), 0)
        query = urlencode({name: getattr(self, name) for name in FILTERS if getattr(self, name)})
        # The address follows without a new entry in the history, which would load the page again.
        return [rx.call_script(_ADDRESS_FOLLOWS % repr(query)), _TO_THE_TOP]

    def _take(self, asked: Mapping[str, str]) -> None:
        """Keep what makes sense of the filters: people edit addresses."""
        self.q = asked["q"][:TYPED_MOST]
        self.status = asked["status"] if asked["status"] in STATUSES else ""
        self.role = asked["role"] if asked["role"] == NOBODYS or parse_id(asked["role"]) else ""
        self.site = asked["site"] if parse_id(asked["site"]) else ""
        self.before, self.on = (_day(asked[name]) for name in ("before", "on"))
        self.filtered = any(getattr(self, name) for name in FILTERS if name != "on")
        self.page = 1

    async def _read(self, actor: Actor, first: int, *, only_rows: bool = False) -> None:
        organization_id = parse_id(self.organization)
        if organization_id is None:
            return
        lang, size = lang_of_path(self.router.url.path), PAGE_SIZE if self.narrow else WINDOW
        async with unit_of_work(actor) as uow:
            found = await matrix(uow, organization_id, self._filters(first, size, columns=not only_rows))
            if first and first >= found.total:
                # People left meanwhile, or fewer match: the last rows there are.
                first = max(0, found.total - size)
                found = await matrix(uow, organization_id, self._filters(first, size, columns=not only_rows))
            if not only_rows:
                await self._read_head(uow, lang, organization_id, found)
        keys = list(self.keys)
        self.rows = [
            person_row(lang, person, keys, first + place, with_cells=not self.narrow)
            for place, person in enumerate(found.people)
        ]
        self.first, self.total = first, found.total
        self.below = max(0, found.total - first - len(found.people))
        self.pages = max(1, -(-found.total // PAGE_SIZE))
        self.numbers = page_numbers(self.page, self.pages)

    async def _read_head(self, uow: UnitOfWork, lang: Lang, organization_id: UUID, found: Matrix) -> None:
        """Read what stands around the rows: titles, choices, counts. They do not depend on the status asked for."""
        base, out = found, 0
        if self.status or self.before:
            base = await matrix(uow, organization_id, self._filters(0, 1, status="", before=None))
        if self.on:
            out = (await matrix(uow, organization_id, self._filters(0, 1, status=TODO, before=None))).total
        self.columns = column_rows(lang, base.columns)
        self.keys = [column.key for column in base.columns]
        self.counts = count_rows(lang, base.columns)
        self.summary = summary_of(lang, found.total, base.total)
        self.what_if = what_if_of(lang, base, out) if self.on else ""
        work = await workplace(uow, organization_id)
        self.roles = {str(one.id): one.name for one in work.job_roles if one.archived_at is None}
        self.roles |= {NOBODYS: lang("matrix-unassigned")}
        self.sites = {str(one.id): one.name for one in work.sites}

    def _filters(self, first: int, size: int, **changes: Any) -> MatrixFilters:
        asked: dict[str, Any] = {
            "q": self.q,
            "status": self.status,
            "job_role_id": parse_id(self.role),
            "without_role": self.role == NOBODYS,
            "site_id": parse_id(self.site),
            "before": self.before or None,
            "on": self.on or None,
            "offset": first,
            "limit": size,
        }
        return MatrixFilters.model_validate(asked | changes)


FEED = "matrix"
feed.on_change(FEED, MatrixState.refresh)


def asked_day(state: MatrixState) -> date | None:
    """Return the day that the matrix is about, None for today."""
    return date.fromisoformat(state.on) if state.on else None


def _day(text: str) -> str:
    """Return a day as it is spelled, nothing for anything else."""
    with suppress(ValueError):
        return date.fromisoformat(text).isoformat()
    return ""
