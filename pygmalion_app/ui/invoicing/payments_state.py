"""A person's own payments."""

import reflex as rx

from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.invoicing import queries
from pygmalion_app.ui import access
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.catalog.state import page_numbers
from pygmalion_app.ui.i18n import lang_of_path
from pygmalion_app.ui.invoicing.rows import PaymentRow, payment_row

PAGE_SIZE = 20


class PaymentsState(rx.State):
    """What somebody paid for themself, with the papers."""

    loaded: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[PaymentRow]] = rx.field(default_factory=list)
    page: rx.Field[int] = rx.field(1)
    pages: rx.Field[int] = rx.field(1)
    numbers: rx.Field[list[int]] = rx.field(default_factory=list)

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the newest payments."""
        self.page = 1
        await self._read()
        self.loaded = True

    @rx.event
    @access.signed_in
    async def turn(self, page: int) -> None:
        """Show another page."""
        self.page = page if isinstance(page, int) and 1 <= page <= self.pages else 1
        await self._read()

    async def _read(self) -> None:
        lang = lang_of_path(self.router.url.path)
        async with unit_of_work(await actor_of(self)) as uow:
            found = await queries.own_payments(uow, PageRequest(self.page, PAGE_SIZE))
        self.rows = [payment_row(lang, payment) for payment in found.items]
        self.pages = max(1, -(-found.total // PAGE_SIZE))
        self.numbers = page_numbers(self.page, self.pages)
