"""The list of one's orders."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_day, format_money
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import order_lists
from pygmalion_app.enrollments.order_lists import OrderFilter, OrderLine
from pygmalion_app.ui import access
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.catalog.state import page_numbers
from pygmalion_app.ui.components.basics import Tone
from pygmalion_app.ui.enrollments.wording import days_of, order_status, title_of
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path

PAGE_SIZE = 20
_EXPORT = "/api/v1/orders/export.csv"


@dataclass
class OrderRow:
    """An order, ready to read."""

    id: str
    course: str
    organization: str
    days: str
    placed: str
    seats: str
    status: str
    tone: Tone
    amount: str
    refunded: str


class OrdersState(rx.State):
    """The list and what narrows it. `phase`: loading, ready, failed."""

    phase: rx.Field[str] = rx.field("loading")
    rows: rx.Field[list[OrderRow]] = rx.field(default_factory=list)
    count: rx.Field[str] = rx.field("")
    page: rx.Field[int] = rx.field(1)
    pages: rx.Field[int] = rx.field(1)
    numbers: rx.Field[list[int]] = rx.field(default_factory=list)
    state: rx.Field[str] = rx.field(OrderFilter.ALL.value)
    text: rx.Field[str] = rx.field("")
    narrowed: rx.Field[bool] = rx.field(False)
    error: rx.Field[str] = rx.field("")
    export_path: rx.Field[str] = rx.field(_EXPORT)

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Show the newest."""
        self.page, self.state, self.text = 1, OrderFilter.ALL.value, ""
        await self._read()

    @rx.event
    @access.signed_in
    async def choose(self, state: str) -> None:
        """Show orders of one state."""
        self.state, self.page = state if state in set(OrderFilter) else OrderFilter.ALL.value, 1
        await self._read()

    @rx.event
    @access.signed_in
    async def search(self, form: dict[str, Any]) -> None:
        """Look for a course or an organisation."""
        self.text, self.page = text_of(form, "q", 100), 1
        await self._read()

    @rx.event
    @access.signed_in
    async def turn(self, page: int) -> None:
        """Show another page."""
        self.page = page if isinstance(page, int) and 1 <= page <= self.pages else 1
        await self._read()

    async def _read(self) -> None:
        lang = lang_of_path(self.router.url.path)
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                found = await order_lists.orders(
                    uow, PageRequest(self.page, PAGE_SIZE), OrderFilter(self.state), self.text
                )
        except PygmalionError as error:
            self.phase, self.error = "failed", error_text(lang.code, error)
            return
        self.rows = [_row(lang, line) for line in found.items]
        self.count = lang("orders-count", count=found.total)
        self.pages = max(1, -(-found.total // PAGE_SIZE))
        self.numbers = page_numbers(self.page, self.pages)
        self.narrowed = bool(self.text) or self.state != OrderFilter.ALL
        wanted = {"state": self.state, "q": self.text, "locale": lang.code}
        self.export_path = f"{_EXPORT}?{urlencode(wanted)}"
        self.phase = "ready"


def _row(lang: Lang, line: OrderLine) -> OrderRow:
    status, tone = order_status(lang, line.status)
    if line.status == "PENDING" and line.payment_status == "processing":
        status, tone = lang("orders-processing"), "info"
    return OrderRow(
        id=str(line.order_id),
        course=title_of(lang, line.course_title, line.course_title_en),
        organization=line.organization_name,
        days=days_of(lang, line.starts_at, line.ends_at, line.time_zone),
        placed=format_day(lang.code, line.created_at, line.time_zone),
        seats=lang("orders-seats", count=line.quantity),
        status=status,
        tone=tone,
        amount=format_money(lang.code, line.amount_cents, line.currency),
        refunded=f"−{format_money(lang.code, line.refunded_cents, line.currency)}" if line.refunded_cents else "",
    )
