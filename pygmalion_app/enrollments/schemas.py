"""What the enrolments feature takes and gives."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from pygmalion_app.accounts.schemas import Person
from pygmalion_app.core.schemas import Command, View
from pygmalion_app.enrollments.models import Payer

MAX_PARTICIPANTS = 50


class PlaceOrder(Command):
    """Enrol participants on a session: all of them or none."""

    session_id: UUID
    payer: Payer
    payment_method: Literal["card"] = "card"
    participants: Annotated[tuple[Person, ...], Field(min_length=1, max_length=MAX_PARTICIPANTS)]
    organization_id: UUID | None = None
    """The company that pays, when the buyer may buy for several."""


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


IdempotencyKey = Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=r"^[\x21-\x7e]+$")]
