"""An organisation's invoices: issued and received, transfers recorded, third parties' words, the month's statement."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import reflex as rx
from pydantic import ValidationError
from reflex_base.event import EventSpec

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.i18n import format_day
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import container, unit_of_work
from pygmalion_app.enrollments import funding
from pygmalion_app.enrollments.schemas import FundingDecision
from pygmalion_app.invoicing import queries, statements
from pygmalion_app.invoicing.issuing import ACCOUNTS_ZONE
from pygmalion_app.invoicing.schemas import InvoiceQuery, InvoiceState, RecordTransfer, Side
from pygmalion_app.organizations import service as organizations
from pygmalion_app.ui import access, toasts
from pygmalion_app.ui import components as ui
from pygmalion_app.ui.actor import actor_of
from pygmalion_app.ui.catalog.state import page_numbers
from pygmalion_app.ui.errors import error_text
from pygmalion_app.ui.forms import fields_at_fault, text_of
from pygmalion_app.ui.i18n import Lang, lang_of_path
from pygmalion_app.ui.invoicing.rows import (
    EntryRow,
    InvoiceRow,
    ShareRow,
    cents_of,
    entry_row,
    invoice_row,
    money,
    share_row,
)
from pygmalion_app.ui.organizations.chosen import chosen_organization

TRANSFER_DIALOG = "record-transfer"
PAGE_SIZE = 20
MONTHS_SHOWN = 24
READ = Permission.PAYMENT_READ


@dataclass
class MonthRow:
    """A month to choose."""

    value: str
    text: str


class InvoicesState(rx.State):
    """What the invoices page shows and changes."""

    loaded: rx.Field[bool] = rx.field(False)
    organization: rx.Field[str] = rx.field("")
    withheld: rx.Field[bool] = rx.field(False)
    name: rx.Field[str] = rx.field("")
    sells: rx.Field[bool] = rx.field(False)
    side: rx.Field[str] = rx.field("received")
    month: rx.Field[str] = rx.field("")
    state: rx.Field[str] = rx.field("")
    months: rx.Field[list[MonthRow]] = rx.field(default_factory=list)
    rows: rx.Field[list[InvoiceRow]] = rx.field(default_factory=list)
    count: rx.Field[str] = rx.field("")
    page: rx.Field[int] = rx.field(1)
    pages: rx.Field[int] = rx.field(1)
    numbers: rx.Field[list[int]] = rx.field(default_factory=list)
    export_path: rx.Field[str] = rx.field("")

    shares: rx.Field[list[ShareRow]] = rx.field(default_factory=list)

    statement_month: rx.Field[str] = rx.field("")
    entries: rx.Field[list[EntryRow]] = rx.field(default_factory=list)
    opening: rx.Field[str] = rx.field("")
    closing: rx.Field[str] = rx.field("")
    statement_path: rx.Field[str] = rx.field("")
    statement_pdf: rx.Field[str] = rx.field("")

    transfer_title: rx.Field[str] = rx.field("")
    transfer_left: rx.Field[str] = rx.field("")
    transfer_day: rx.Field[str] = rx.field("")
    transfer_errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    opened: rx.Field[int] = rx.field(0)
    """Counts the dialogs opened; the form starts afresh with each."""

    _invoice: str = ""

    @rx.event
    @access.signed_in
    async def load(self) -> None:
        """Read the reader's organisation, its newest invoices, and this month's statement."""
        actor, lang = await actor_of(self), self._lang()
        found = chosen_organization(self, actor, READ)
        self.withheld = found is None and bool(actor.withheld)
        self.organization = str(found or "")
        self.month, self.state, self.page, self.shares = "", "", 1, []
        if found is not None:
            async with unit_of_work(actor) as uow:
                organization = await organizations.organization(uow, found)
            self.name, self.sells = organization.name, organization.kind == "training"
            self.side = "issued" if self.sells else "received"
            today = container().clock.now().astimezone(ACCOUNTS_ZONE).date()
            self.months = _months(lang, today)
            self.statement_month = f"{today:%Y-%m}"
            await self._read(actor)
            await self._read_statement(actor)
            if self.sells:
                await self._read_shares(actor)
        self.loaded = True

    @rx.event
    @access.requires(READ)
    async def choose_side(self, side: str) -> None:
        """Show what was issued, or what was received."""
        if side in {"issued", "received"}:
            self.side, self.page = side, 1
            await self._read(await actor_of(self))

    @rx.event
    @access.requires(READ)
    async def choose_month(self, month: str) -> None:
        """Show one month's, or all."""
        self.month, self.page = month if _first_day(month) else "", 1
        await self._read(await actor_of(self))

    @rx.event
    @access.requires(READ)
    async def choose_state(self, state: str) -> None:
        """Show what stands so, or all."""
        self.state, self.page = state if state in set(InvoiceState) else "", 1
        await self._read(await actor_of(self))

    @rx.event
    @access.requires(READ)
    async def turn(self, page: int) -> None:
        """Show another page."""
        self.page = page if isinstance(page, int) and 1 <= page <= self.pages else 1
        await self._read(await actor_of(self))

    @rx.event
    @access.requires(READ)
    async def choose_statement(self, month: str) -> None:
        """Show another month's statement."""
        if _first_day(month):
            self.statement_month = month
            await self._read_statement(await actor_of(self))

    @rx.event
    @access.requires(Permission.ORGANIZATION_UPDATE)
    async def begin_transfer(self, invoice: str) -> EventSpec | None:
        """Ask what the bank received for an invoice."""
        lang, invoice_id = self._lang(), parse_id(invoice)
        if invoice_id is None:
            return None
        try:
            async with unit_of_work(await actor_of(self)) as uow:
                found = await queries.invoice(uow, invoice_id)
                self.transfer_day = queries.today(uow).isoformat()
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        self._invoice, self.transfer_errors = str(found.id), {}
        self.transfer_title = lang("transfer-title", number=found.number)
        self.transfer_left = f"{found.open_cents / 100:.2f}".replace(".", "," if lang.code == "fr" else ".")
        self.opened += 1
        return ui.show_dialog(TRANSFER_DIALOG)

    @rx.event
    @access.requires(Permission.ORGANIZATION_UPDATE)
    async def record(self, form: dict[str, Any]) -> list[EventSpec] | None:
        """Record a transfer."""
        lang, actor, invoice_id = self._lang(), await actor_of(self), parse_id(self._invoice)
        if invoice_id is None:
            return None
        cents = cents_of(text_of(form, "amount", 20))
        given = {
            "amount_cents": cents or None,
            "received_on": text_of(form, "received_on", 10),
            "reference": text_of(form, "reference", 140),
        }
        words = {"amount_cents": lang("transfer-amount-error"), "received_on": lang("transfer-day-error")}
        self.transfer_errors = {}
        try:
            command = RecordTransfer.model_validate(given)
            async with unit_of_work(actor) as uow:
                seen = await funding.record_transfer(uow, invoice_id, command)
        except ValidationError as error:
            self.transfer_errors = {name: words.get(name, words["amount_cents"]) for name in fields_at_fault(error)}
            return None
        except PygmalionError as error:
            self.transfer_errors = {error.field or "amount_cents": error_text(lang.code, error)}
            return None
        await self._read(actor)
        text = lang("transfer-done", amount=money(lang, command.amount_cents, seen.currency))
        return [ui.close_dialog(TRANSFER_DIALOG), toasts.ok(text)]

    @rx.event
    @access.requires(Permission.ORGANIZATION_UPDATE)
    async def decide(self, share: str, agreed: bool) -> EventSpec | None:
        """Record what a third party said."""
        lang, actor, share_id = self._lang(), await actor_of(self), parse_id(share)
        if share_id is None:
            return None
        try:
            async with unit_of_work(actor) as uow:
                await funding.decide(uow, share_id, FundingDecision(agreed=agreed is True))
        except PygmalionError as error:
            return toasts.bad(error_text(lang.code, error))
        await self._read_shares(actor)
        return toasts.ok(lang("funding-decided-agreed" if agreed is True else "funding-decided-refused"))

    async def _read(self, actor: Actor) -> None:
        lang, organization_id = self._lang(), UUID(self.organization)
        wanted = InvoiceQuery(
            organization_id=organization_id,
            side=Side(self.side),
            month=_first_day(self.month),
            state=InvoiceState(self.state) if self.state else None,
        )
        async with unit_of_work(actor) as uow:
            found = await queries.invoices(uow, wanted, PageRequest(self.page, PAGE_SIZE))
        issued = wanted.side is Side.ISSUED
        settles = issued and actor.can(Permission.ORGANIZATION_UPDATE, organization_id)
        self.rows = [invoice_row(lang, view, issued=issued, settles=settles) for view in found.items]
        self.count = lang("invoices-count", count=found.total)
        self.pages = max(1, -(-found.total // PAGE_SIZE))
        self.numbers = page_numbers(self.page, self.pages)
        asked = {"organizationId": self.organization, "side": self.side, "month": self.month, "state": self.state}
        self.export_path = "/api/v1/invoices.csv?" + urlencode({name: text for name, text in asked.items() if text})

    async def _read_statement(self, actor: Actor) -> None:
        lang = self._lang()
        async with unit_of_work(actor) as uow:
            found = await statements.statement(uow, UUID(self.organization), _first_day(self.statement_month))
        self.entries = [entry_row(lang, entry, found.currency) for entry in found.entries]
        self.opening = money(lang, found.opening_cents, found.currency)
        self.closing = money(lang, found.closing_cents, found.currency)
        address = f"/api/v1/organizations/{self.organization}/statement"
        self.statement_path = f"{address}.csv?month={self.statement_month}"
        self.statement_pdf = f"{address}.pdf?month={self.statement_month}&locale={lang.code}"

    async def _read_shares(self, actor: Actor) -> None:
        async with unit_of_work(actor) as uow:
            found = await funding.open_for(uow, UUID(self.organization))
        self.shares = [share_row(self._lang(), share, buyer) for share, buyer in found]

    def _lang(self) -> Lang:
        return lang_of_path(self.router.url.path)


def _months(lang: Lang, today: date) -> list[MonthRow]:
    """Return this month and those before it."""
    rows: list[MonthRow] = []
    for back in range(MONTHS_SHOWN):
        count = today.year * 12 + today.month - 1 - back
        month = date(count // 12, count % 12 + 1, 1)
        rows.append(MonthRow(f"{month:%Y-%m}", format_day(lang.code, month, pattern="MMMM y")))
    return rows


def _first_day(month: str) -> date | None:
    try:
        return date.fromisoformat(f"{month}-01") if month else None
    except (TypeError, ValueError):
        return None
