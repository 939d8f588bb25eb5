"""What invoicing takes and gives. Amounts in cents."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from pygmalion_app.core.schemas import Command, View
from pygmalion_app.invoicing.models import InvoiceKind, PayerKind


class Party(View):
    """A seller or buyer as the document names it."""

    name: str
    address: tuple[str, ...] = ()
    """Lines before the postal code."""
    postal_code: str = ""
    city: str = ""
    country: str = "FR"
    siret: str = ""
    vat_number: str = ""
    nda: str = ""
    iban: str = ""


class Line(View):
    """What is sold, excluding VAT; `net_cents` is `quantity` times the unit price."""

    description: str
    detail: str = ""
    quantity: int
    unit_cents: int
    net_cents: int


class InvoiceFacts(View):
    """Everything a document says, gathered by whoever sold. Nothing is looked up again."""

    key: str
    kind: InvoiceKind
    issuer_organization_id: UUID | None
    seller: Party
    payer: PayerKind
    buyer_organization_id: UUID | None
    buyer_user_id: UUID | None
    buyer: Party
    lines: Annotated[tuple[Line, ...], Field(min_length=1)]
    discount_cents: int = 0
    """Taken off the lines' sum, excluding VAT."""
    discount_reason: str = ""
    vat_cents: int
    prepaid_cents: int = 0
    currency: str = "EUR"
    vat_regime: str
    vat_basis_points: int
    locale: str = "fr"
    due_days: int = 0
    starts_on: date | None = None
    ends_on: date | None = None
    purchase_order: str = ""
    dossier: str = ""
    """The third party's file number, paid by subrogation."""
    order_id: UUID | None = None
    payment_id: UUID | None = None
    funding_id: UUID | None = None
    refund_id: UUID | None = None
    original_id: UUID | None = None
    original_number: str = ""
    original_issued_on: date | None = None

    @property
    def net_cents(self) -> int:
        """What is owed excluding VAT."""
        return sum(line.net_cents for line in self.lines) - self.discount_cents

    @property
    def total_cents(self) -> int:
        """What is owed."""
        return self.net_cents + self.vat_cents


class InvoiceState(StrEnum):
    """How an invoice stands; a credit note is settled as it is issued."""

    PAID = "paid"
    DUE = "due"
    OVERDUE = "overdue"
    CREDITED = "credited"


class InvoiceView(View):
    """A document as its issuer and its buyer see it."""

    id: UUID
    kind: str
    number: str
    issuer_organization_id: UUID | None
    issuer_name: str
    payer: str
    buyer_organization_id: UUID | None
    buyer_name: str
    issued_on: date
    due_on: date | None
    net_cents: int
    vat_cents: int
    total_cents: int
    open_cents: int
    """What is still owed; negative: was paid too much."""
    currency: str
    state: InvoiceState
    order_id: UUID | None
    payment_id: UUID | None
    original_id: UUID | None
    funding_id: UUID | None = None
    purchase_order: str
    ready: bool
    """Whether the PDF is there."""


class Side(StrEnum):
    """Whose invoices of an organisation: those it issued, or those it received."""

    ISSUED = "issued"
    RECEIVED = "received"


class InvoiceQuery(View):
    """What narrows a list; `month` is the first day of one."""

    organization_id: UUID | None = None
    side: Side | None = None
    month: date | None = None
    state: InvoiceState | None = None
    order_id: UUID | None = None
    own: bool = False
    """Only what the caller owes in person."""


class RecordTransfer(Command):
    """A bank transfer that was received (negative: sent back)."""

    amount_cents: Annotated[int, Field(ge=-100_000_000, le=100_000_000)]
    received_on: date
    reference: Annotated[str, StringConstraints(max_length=140)] = ""


class StatementEntry(View):
    """A line of an account: what adds to what is owed (`debit`), what takes from it (`credit`)."""

    day: date
    kind: str
    """`invoice`, `credit_note`, `commission`, `payment`, `refund` or `transfer`."""
    number: str
    other_party: str
    debit_cents: int
    credit_cents: int
    balance_cents: int


class Statement(View):
    """An organisation's month as a buyer: what was owed before, what moved, what is owed after."""

    organization_id: UUID
    organization_name: str
    month: date
    currency: str
    opening_cents: int
    closing_cents: int
    entries: tuple[StatementEntry, ...]


class Paper(View):
    """A document of a payment, in short."""

    id: UUID
    kind: str
    number: str
    ready: bool


class OwnPayment(View):
    """A payment of somebody for themself; `paid_cents` is what was taken and not given back. Amounts in cents."""

    id: UUID
    reference: UUID
    description: str
    amount_cents: int
    paid_cents: int
    currency: str
    status: str
    created_at: datetime
    papers: tuple[Paper, ...]
