"""Every organisation, for the platform's administrator."""

from dataclasses import dataclass

import reflex as rx

from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.organizations import queries
from pygmalion_app.organizations.models import OrganizationKind
from pygmalion_app.ui import access
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.catalog.state import page_numbers
from pygmalion_app.ui.i18n import lang_of_path

PAGE_SIZE = 20


@dataclass
class OrganizationRow:
    """One organisation, ready to read."""

    id: str
    name: str
    city: str
    kind: str
    siret: str
    members: str


class AdminOrganizationsState(rx.State):
    """The list and what narrows it."""

    loaded: rx.Field[bool] = rx.field(False)
    query: rx.Field[str] = rx.field("")
    kind: rx.Field[str] = rx.field("")
    rows: rx.Field[list[OrganizationRow]] = rx.field(default_factory=list)
    total: rx.Field[int] = rx.field(0)
    page: rx.Field[int] = rx.field(1)
    pages: rx.Field[int] = rx.field(1)
    numbers: rx.Field[list[int]] = rx.field(default_factory=list)

    @rx.event
    @access.platform_admin
    async def load(self) -> None:
        """Read the list."""
        await self._read()
        self.loaded = True

    @rx.event
    @access.platform_admin
    async def search(self, text: str) -> None:
        """Narrow by name, city or SIRET."""
        self.query, self.page = str(text)[:80], 1
        await self._read()

    @rx.event
    @access.platform_admin
    async def choose_kind(self, kind: str) -> None:
        """Narrow by what they do."""
        self.kind, self.page = kind if kind in set(OrganizationKind) else "", 1
        await self._read()

    @rx.event
    @access.platform_admin
    async def turn(self, page: int) -> None:
        """Show another page."""
        self.page = page if isinstance(page, int) and 1 <= page <= self.pages else 1
        await self._read()

    async def _read(self) -> None:
        lang = lang_of_path(self.router.url.path)
        kind = OrganizationKind(self.kind) if self.kind else None
        async with unit_of_work(await actor_of(self)) as uow:
            found = await queries.list_organizations(uow, PageRequest(self.page, PAGE_SIZE), q=self.query, kind=kind)
        self.rows = [
            OrganizationRow(
                id=str(row.id),
                name=row.name,
                city=row.city,
                kind=lang(f"kind-{row.kind}"),
                siret=row.siret or "",
                members=str(row.members or 0),
            )
            for row in found.items
        ]
        self.total, self.pages = found.total, max(1, -(-found.total // PAGE_SIZE))
        self.numbers = page_numbers(self.page, self.pages)
