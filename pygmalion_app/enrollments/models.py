"""Orders of seats and the enrolments they hold."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, FetchedValue, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from pygmalion_app.core.models import TIMESTAMP, Row, one_of


class Payer(StrEnum):
    """Who pays decides the contract (domain rules)."""

    COMPANY = "company"
    INDIVIDUAL = "individual"


class OrderStatus(StrEnum):
    """A pending order holds its seats until `hold_expires_at`."""

    PENDING = "PENDING"
    CONFIRMED = "CONFIRMED"
    EXPIRED = "EXPIRED"
    CANCELLED = "CANCELLED"


class EnrollmentStatus(StrEnum):
    """The specification's five states."""

    PENDING = "PENDING"
    CONFIRMED = "CONFIRMED"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"


class TraineeKind(StrEnum):
    """Who a participant is to the yearly training report (BPF, frame F-1); empty where the order's payer tells."""

    UNSAID = ""
    EMPLOYEE = "employee"
    """Of a private employer, apprentices apart."""
    APPRENTICE = "apprentice"
    JOBSEEKER = "jobseeker"
    INDIVIDUAL = "individual"
    """At their own expense."""
    OTHER = "other"


class Order(Row, table=True):
    """One buyer, one session, several participants: all seats or none. Amounts in cents."""

    __tablename__ = "orders"
    __table_args__ = (
        one_of("status", OrderStatus),
        one_of("payer", Payer),
        UniqueConstraint("buyer_user_id", "idempotency_key"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("total_cents = net_cents + vat_cents", name="total"),
        CheckConstraint("net_cents >= 0 AND vat_cents >= 0", name="not_negative"),
        CheckConstraint(
            "discount_cents >= 0 AND net_cents = unit_price_cents * quantity - discount_cents", name="discount"
        ),
    )

    buyer_user_id: UUID = Field(foreign_key="users.id", index=True)
    buyer_organization_id: UUID | None = Field(default=None, foreign_key="organizations.id", index=True)
    seller_organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    session_id: UUID = Field(foreign_key="sessions.id", index=True)
    payer: str
    payment_method: str = "card"
    purchase_order: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """The buyer's own reference, repeated on the invoice."""
    quantity: int
    unit_price_cents: int
    discount_cents: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """What a code took off the price excluding VAT."""
    discount_code_id: UUID | None = Field(default=None, foreign_key="discount_codes.id", index=True)
    net_cents: int
    """After the discount; VAT is on this."""
    vat_cents: int
    total_cents: int
    currency: str = "EUR"
    vat_regime: str
    refund_tiers: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    """The course's tiers as they were when the buyer ordered."""
    changes_until_days: int = Field(default=2, sa_column_kwargs={"server_default": "2"})
    """Until so many days before the start, the buyer may replace and move participants; as it was when they ordered."""
    status: str = OrderStatus.PENDING
    hold_expires_at: datetime = Field(sa_type=TIMESTAMP)
    withdrawal_ends_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """For a self-funded individual: nothing may be collected before (Code du travail L6353-5, -6)."""
    idempotency_key: str | None = None
    request_hash: bytes | None = None
    """SHA-256 of the request that used the idempotency key, to refuse another one under the same key."""
    confirmed_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    closed_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)


class Enrollment(Row, table=True):
    """One person's seat in one session."""

    __tablename__ = "enrollments"
    __table_args__ = (
        one_of("status", EnrollmentStatus),
        one_of("trainee_kind", TraineeKind),
        Index(
            "uq_enrollments_live_seat",
            "session_id",
            "user_id",
            unique=True,
            postgresql_where=text("status <> 'CANCELLED'"),
        ),
        Index("ix_enrollments_user_id_created_at", "user_id", "created_at"),
    )

    order_id: UUID = Field(foreign_key="orders.id", index=True)
    session_id: UUID = Field(foreign_key="sessions.id")
    course_id: UUID = Field(foreign_key="courses.id", index=True)
    user_id: UUID = Field(foreign_key="users.id")
    # Copied from the order by a trigger: who may see an enrolment is decided without looking further.
    buyer_user_id: UUID = Field(default=None, index=True, sa_column_kwargs={"server_default": FetchedValue()})
    buyer_organization_id: UUID | None = Field(
        default=None, index=True, sa_column_kwargs={"server_default": FetchedValue()}
    )
    seller_organization_id: UUID = Field(default=None, sa_column_kwargs={"server_default": FetchedValue()})
    status: str = EnrollmentStatus.PENDING
    present: bool | None = None
    """What the trainer recorded; empty until then."""
    trainee_kind: str = Field(default=TraineeKind.UNSAID, sa_column_kwargs={"server_default": ""})
    """As the school stated it for its yearly report."""
    passed: bool | None = None
    validated_by: UUID | None = Field(default=None, foreign_key="users.id")
    confirmed_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    completed_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    cancelled_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
