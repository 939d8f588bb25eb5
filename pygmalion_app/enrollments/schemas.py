"""What the enrolments feature takes and gives."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints, model_validator

from pygmalion_app.accounts.schemas import Person
from pygmalion_app.core.schemas import Command, View
from pygmalion_app.enrollments.funding_models import FundingKind
from pygmalion_app.enrollments.models import Payer

MAX_PARTICIPANTS = 50

CodeText = Annotated[str, StringConstraints(min_length=1, max_length=40)]
"""A discount code as a buyer writes it; what has another form than ours is simply unknown."""


class FundingShare(Command):
    """A third party's share of an order, in cents including VAT.

    By subrogation it pays the organisation itself; without, it pays the buyer back, and the buyer pays all.
    """

    kind: FundingKind
    name: Annotated[str, StringConstraints(min_length=2, max_length=120)]
    dossier: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    amount_cents: Annotated[int, Field(ge=1, le=1_000_000_000)]
    subrogation: bool = True


class FundingDecision(Command):
    """What a third party said."""

    agreed: bool


class FundingView(View):
    """A third party's share, in cents; `status` is requested, agreed, refused or paid."""

    id: UUID
    order_id: UUID
    kind: str
    name: str
    dossier: str
    amount_cents: int
    credited_cents: int
    subrogation: bool
    status: str
    decided_at: datetime | None


class OrderTerms(Command):
    """Who takes part, who pays, and how."""

    payer: Payer
    payment_method: Literal["card", "invoice"] = "card"
    """A company may pay by bank transfer after its order, where the seller takes that."""
    purchase_order: Annotated[str, StringConstraints(max_length=60)] = ""
    """The company's own reference, repeated on the invoice."""
    funding: Annotated[tuple[FundingShare, ...], Field(max_length=3)] = ()
    """Third parties that take a share on themselves."""
    participants: Annotated[tuple[Person, ...], Field(min_length=1, max_length=MAX_PARTICIPANTS)]
    organization_id: UUID | None = None
    """The company that pays, when the buyer may buy for several."""
    discount_code: CodeText | None = None
    contract_accepted: bool = False
    """Whether the buyer, an individual, agrees to the contract of this hash (`GET /enrollments/contract`)."""
    contract_hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None


class PlaceOrder(OrderTerms):
    """Enrol participants on a session: all of them or none."""

    session_id: UUID
    waiting_list_entry_id: UUID | None = None
    """The place in the waiting list whose offered seats these are."""


class Validation(Command):
    """What the trainer saw."""

    present: bool = True
    passed: bool = True


class EnrollmentBrief(View):
    """An enrolment as an order's answer lists it."""

    id: UUID
    user_id: UUID
    status: str


class OrderView(View):
    """An order with its checkout. `expires_at` is when the seats are released if nothing is paid."""

    order_id: UUID
    session_id: UUID
    enrollments: tuple[EnrollmentBrief, ...]
    status: str
    payer: str
    quantity: int
    unit_price_cents: int
    discount_cents: int
    net_cents: int
    vat_cents: int
    amount_cents: int
    currency: str
    payment_id: UUID | None = None
    payment_status: str | None = None
    checkout_url: str | None = None
    expires_at: datetime
    withdrawal_ends_at: datetime | None = None


class Participant(View):
    """Who takes part."""

    user_id: UUID
    email: str
    first_name: str
    last_name: str


class EnrollmentView(View):
    """An enrolment with what its reader needs to know of the session."""

    id: UUID
    order_id: UUID
    status: str
    present: bool | None
    passed: bool | None
    participant: Participant
    session_id: UUID
    course_id: UUID
    course_slug: str
    course_title: str
    course_title_en: str
    category: str
    organization_name: str
    start_date: datetime
    end_date: datetime
    time_zone: str
    location: str
    modality: str
    duration_minutes: int
    enrolled_at: datetime
    completed_at: datetime | None


class ReplaceParticipant(Command):
    """Give a seat to another person."""

    participant: Person


class MoveSeat(Command):
    """Move a seat to another session of its course."""

    session_id: UUID


class SessionChoice(View):
    """A session that a seat could be moved to."""

    session_id: UUID
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    location: str
    modality: str
    seats_left: int


class RefundSeats(Command):
    """Give money back: for chosen seats (by default all), or, by the seller, an amount of their choice with a reason.

    Chosen seats are given up; an amount leaves them as they are.
    """

    enrollment_ids: Annotated[tuple[UUID, ...], Field(max_length=MAX_PARTICIPANTS)] = ()
    amount_cents: Annotated[int, Field(ge=1, le=1_000_000_000)] | None = None
    reason: Annotated[str, StringConstraints(max_length=500)] = ""

    @model_validator(mode="after")
    def _one_kind(self) -> "RefundSeats":
        if self.amount_cents is not None and self.enrollment_ids:
            message = "either amountCents or enrollmentIds"
            raise ValueError(message)
        if self.amount_cents is not None and not self.reason:
            message = "an amount needs its reason"
            raise ValueError(message)
        return self


class SeatRefund(View):
    """What one participant loses, and what goes back for it. Amounts in cents including VAT."""

    enrollment_id: UUID
    participant: str
    starts_at: datetime
    worth_cents: int
    percent: int
    amount_cents: int


class RefundPreview(View):
    """What a refund would give back now, in cents including VAT.

    `commission_cents` is the platform's part of it, `refundable_cents` what could be given back at most. `taken` tells
    whether anything was collected, `by_seller` whether the seller's own cancellation is meant (all goes back).
    """

    payment_id: UUID | None
    order_id: UUID
    amount_cents: int
    commission_cents: int
    refundable_cents: int
    currency: str
    taken: bool
    by_seller: bool
    on_account: bool
    """Whether the order is paid by invoice: a credit note lowers what is owed, and no card is given anything back."""
    seats: tuple[SeatRefund, ...]


class Quote(Command):
    """Ask what so many seats of a session cost."""

    session_id: UUID
    quantity: Annotated[int, Field(ge=1, le=MAX_PARTICIPANTS)] = 1
    discount_code: CodeText | None = None


class QuoteView(View):
    """A price before ordering. Amounts in cents; `discount_cents` is off the price excluding VAT."""

    session_id: UUID
    quantity: int
    unit_price_cents: int
    list_cents: int
    discount_code: str | None
    discount_percent: int | None
    discount_amount_cents: int | None
    discount_cents: int
    net_cents: int
    vat_basis_points: int
    vat_cents: int
    amount_cents: int
    currency: str


class ContractSection(View):
    """A heading and its paragraphs."""

    id: str
    heading: str
    lines: tuple[str, ...]


class StageView(View):
    """A payment to come, in cents including VAT."""

    number: int
    due_at: datetime
    amount_cents: int


class ContractView(View):
    """What an individual agrees to by ordering with this hash. Nothing is charged before `withdrawal_ends_at`."""

    session_id: UUID
    hash: str
    locale: str
    title: str
    sections: tuple[ContractSection, ...]
    amount_cents: int
    currency: str
    withdrawal_ends_at: datetime
    stages: tuple[StageView, ...]


class NewDiscount(Command):
    """Add a discount code: a percentage, or an amount in cents off the whole order, excluding VAT."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{3,39}$")]
    percent: Annotated[int, Field(ge=1, le=100)] | None = None
    amount_cents: Annotated[int, Field(ge=1, le=100_000_000)] | None = None
    course_id: UUID | None = None
    valid_from: AwareDatetime | None = None
    valid_until: AwareDatetime | None = None
    max_uses: Annotated[int, Field(ge=1, le=1_000_000)] | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> "NewDiscount":
        if (self.percent is None) == (self.amount_cents is None):
            message = "either percent or amountCents"
            raise ValueError(message)
        return self


class DiscountView(View):
    """A code as its organisation sees it. `uses` are orders that hold or are paid, `given_cents` what it took off."""

    id: UUID
    code: str
    percent: int | None
    amount_cents: int | None
    course_id: UUID | None
    course_title: str | None
    valid_from: datetime | None
    valid_until: datetime | None
    max_uses: int | None
    uses: int
    given_cents: int
    state: Literal["good", "early", "over", "used", "off"]


IdempotencyKey = Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=r"^[\x21-\x7e]+$")]
