"""What the budgets feature takes and gives. Amounts in cents including VAT."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from pygmalion_app.core.schemas import Command, View
from pygmalion_app.enrollments.schemas import MAX_PARTICIPANTS

MAX_CENTS = 100_000_000_000
Cents = Annotated[int, Field(ge=0, le=MAX_CENTS)]


class Figures(View):
    """Where money stands: `committed` is ordered and unpaid, `spent` was paid, `reversed` of that was given back.

    So committed + spent - reversed is what the orders cost.
    """

    committed_cents: int = 0
    spent_cents: int = 0
    reversed_cents: int = 0

    @property
    def used_cents(self) -> int:
        """Return what the orders cost."""
        return self.committed_cents + self.spent_cents - self.reversed_cents


class BudgetSummary(Figures):
    """A company's year: all its cost centres, and what its orders without one cost (`not_allotted_cents`).

    The latter is part of the other figures. `left_cents` may be negative; `used_share` is 1 when all is used.
    """

    organization_id: UUID
    year: int
    allocated_cents: int
    left_cents: int
    used_share: float
    not_allotted_cents: int


class CostCenterFigures(Figures):
    """A cost centre with its figures and how many orders they come from."""

    id: UUID
    code: str
    name: str
    year: int
    allocated_cents: int
    approval_limit_cents: int | None
    left_cents: int
    orders: int


class BudgetYear(View):
    """A company's budget of one year, and the years it has cost centres for."""

    summary: BudgetSummary
    centers: tuple[CostCenterFigures, ...]
    not_allotted: Figures
    not_allotted_orders: int
    years: tuple[int, ...]


class ChargedOrder(Figures):
    """An order behind the figures."""

    order_id: UUID
    cost_center_id: UUID | None
    status: str
    payment_method: str
    quantity: int
    course_title: str
    course_title_en: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    created_at: datetime
    currency: str


class NewCostCenter(Command):
    """Add a cost centre for a year."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=20, pattern=r"^[\w./-]+$")]
    name: Annotated[str, StringConstraints(min_length=2, max_length=80)]
    year: Annotated[int, Field(ge=2000, le=2100)]
    allocated_cents: Cents
    approval_limit_cents: Annotated[int, Field(ge=1, le=MAX_CENTS)] | None = None


class ChangeCostCenter(Command):
    """Change a cost centre; its year stays."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=20, pattern=r"^[\w./-]+$")]
    name: Annotated[str, StringConstraints(min_length=2, max_length=80)]
    allocated_cents: Cents
    approval_limit_cents: Annotated[int, Field(ge=1, le=MAX_CENTS)] | None = None


class Seats(Command):
    """Colleagues for one session."""

    session_id: UUID
    user_ids: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=MAX_PARTICIPANTS)]


class Assign(Command):
    """Book a company's people on sessions."""

    organization_id: UUID | None = None
    """The company that pays, when the manager buys for several; by default the active one."""
    bookings: Annotated[tuple[Seats, ...], Field(min_length=1, max_length=200)]
    cost_center_id: UUID | None = None
    payment_method: Literal["card", "invoice"] = "card"
    purchase_order: Annotated[str, StringConstraints(max_length=60)] = ""


class Assigned(View):
    """One session's order."""

    session_id: UUID
    order_id: UUID
    status: str
    amount_cents: int
    currency: str


class PersonCheck(View):
    """What is to be known of somebody before booking. `booked` alone keeps them from being booked."""

    user_id: UUID
    name: str
    booked: bool
    valid_until: datetime | None
    """Until when they hold a certificate of the same course, where that is after the session."""
    holds: bool
    """Whether they hold one that stays valid beyond the session, or for good."""
    conflict_title: str
    conflict_title_en: str
    conflict_starts_at: datetime | None
    """Another session of theirs at the same time."""


class SessionCheck(View):
    """One session before booking; `fault` is empty, or why none can be booked on it."""

    session_id: UUID
    course_title: str
    course_title_en: str
    course_slug: str
    organization_name: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    location: str
    seats_left: int
    wanted: int
    unit_price_cents: int
    """Excluding VAT."""
    amount_cents: int
    currency: str
    fault: Literal["", "past", "full", "sales_stopped", "booked"]
    invoice_refusal: str
    """Why the seller does not let this company pay by invoice; empty where it does."""
    needs_second: bool
    """Whether the order is above the cost centre's limit."""
    people: tuple[PersonCheck, ...]


class BudgetEffect(View):
    """What a booking does to a cost centre."""

    id: UUID
    code: str
    name: str
    allocated_cents: int
    left_before_cents: int
    left_after_cents: int
    fits: bool


class AssignPreview(View):
    """What would be booked, and what speaks against it."""

    sessions: tuple[SessionCheck, ...]
    amount_cents: int
    budget: BudgetEffect | None
    bookable: bool


class AskForTraining(Command):
    """Ask one's company for a seat; a manager may ask for colleagues, for another manager to approve."""

    session_id: UUID
    organization_id: UUID | None = None
    user_ids: Annotated[tuple[UUID, ...], Field(max_length=MAX_PARTICIPANTS)] = ()
    reason: Annotated[str, StringConstraints(max_length=500)] = ""
    cost_center_id: UUID | None = None
    payment_method: Literal["card", "invoice"] = "card"


class Approve(Command):
    """Let a request be booked."""

    cost_center_id: UUID | None = None
    payment_method: Literal["card", "invoice"] = "card"
    note: Annotated[str, StringConstraints(max_length=500)] = ""


class Refuse(Command):
    """Turn a request down, with a word to whoever asked."""

    note: Annotated[str, StringConstraints(min_length=2, max_length=500)]


class RequestView(View):
    """A request, for whoever asked, those who are to go, and the company's managers."""

    id: UUID
    organization_id: UUID
    state: str
    session_id: UUID
    course_title: str
    course_title_en: str
    course_slug: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    location: str
    seats_left: int
    amount_cents: int
    """What it would cost now."""
    currency: str
    requested_by: UUID
    requested_by_name: str
    people: tuple[str, ...]
    user_ids: tuple[UUID, ...]
    reason: str
    cost_center_id: UUID | None
    payment_method: str
    first_approved_by: UUID | None
    first_approved_by_name: str
    note: str
    order_id: UUID | None
    created_at: datetime
    closed_at: datetime | None
