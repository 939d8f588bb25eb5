"""Payments that a cardholder or a bank disputes."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, text
from sqlmodel import Field

from pygmalion_app.core.models import TEXT, TIMESTAMP, Row, one_of


class DisputeStatus(StrEnum):
    """`warning` is an inquiry: the bank asks and has taken nothing; it ends as `closed`, or becomes a dispute."""

    WARNING = "warning"
    NEEDS_RESPONSE = "needs_response"
    UNDER_REVIEW = "under_review"
    WON = "won"
    LOST = "lost"
    CLOSED = "closed"


class EvidenceStatus(StrEnum):
    """`sending`: a job hands it to the gateway; after `failed` it can be sent again."""

    NONE = "none"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


FINAL = frozenset({DisputeStatus.WON, DisputeStatus.LOST, DisputeStatus.CLOSED})


class Dispute(Row, table=True):
    """A dispute, by the gateway's id. Amount in cents including VAT.

    Without a payment while its own event is still to come: `match_disputes` finds it then.
    """

    __tablename__ = "disputes"
    __table_args__ = (
        one_of("status", DisputeStatus),
        one_of("evidence_status", EvidenceStatus),
        CheckConstraint("amount_cents > 0", name="amount"),
        Index("ix_disputes_open", "due_by", postgresql_where=text("status IN ('warning', 'needs_response')")),
    )

    gateway_id: str = Field(unique=True)
    payment_intent: str = Field(index=True)
    payment_id: UUID | None = Field(default=None, foreign_key="payments.id", index=True, ondelete="CASCADE")
    payee_organization_id: UUID | None = Field(default=None, foreign_key="organizations.id", index=True)
    amount_cents: int
    currency: str
    reason: str
    """In the gateway's own word: `product_not_received`, `fraudulent`..."""
    status: str = DisputeStatus.NEEDS_RESPONSE
    due_by: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    opened_at: datetime = Field(sa_type=TIMESTAMP)
    closed_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    evidence_status: str = EvidenceStatus.NONE
    evidence_attempt: int = 0
    evidence_note: str = Field(default="", sa_type=TEXT)
    """What the administrator adds in their own words."""
    evidence_locale: str = "fr"
    evidence_key: str | None = None
    """Of the file that was sent, as it was."""
    evidence_sha256: bytes | None = Field(default=None, sa_type=LargeBinary)
    sent_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    sent_by: UUID | None = Field(default=None, foreign_key="users.id")
