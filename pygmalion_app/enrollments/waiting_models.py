"""Who waits for seats in a session that is full."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from pygmalion_app.core.models import TIMESTAMP, Row, one_of


class WaitingStatus(StrEnum):
    """`offered` has until `offer_expires_at` to accept; `closed` waited until the session began or was called off."""

    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    LAPSED = "lapsed"
    LEFT = "left"
    CLOSED = "closed"


LIVE = (WaitingStatus.WAITING, WaitingStatus.OFFERED)
_LIVE = text("status IN ('waiting', 'offered')")


class WaitingEntry(Row, table=True):
    """One buyer (a person, or a company through one of its people) who waits for `quantity` seats together.

    `held_seats` count as taken: all of them once they are offered, some while seats are gathered for a group. Rows
    change under the session's lock only.
    """

    __tablename__ = "waiting_list_entries"
    __table_args__ = (
        one_of("status", WaitingStatus),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint(
            "CASE status WHEN 'offered' THEN held_seats = quantity AND offer_expires_at IS NOT NULL"
            " WHEN 'waiting' THEN held_seats >= 0 AND held_seats < quantity ELSE held_seats = 0 END",
            name="held",
        ),
        UniqueConstraint("session_id", "ticket"),
        # One place a buyer in each queue.
        Index(
            "uq_waiting_list_entries_person",
            "session_id",
            "user_id",
            unique=True,
            postgresql_where=text("organization_id IS NULL AND status IN ('waiting', 'offered')"),
        ),
        Index(
            "uq_waiting_list_entries_company",
            "session_id",
            "organization_id",
            unique=True,
            postgresql_where=_LIVE,
        ),
        # What each sale asks: how many seats are held, and whether somebody waits for what is free.
        Index(
            "ix_waiting_list_entries_live",
            "session_id",
            "ticket",
            postgresql_where=_LIVE,
            postgresql_include=["status", "quantity", "held_seats"],
        ),
    )

    session_id: UUID = Field(foreign_key="sessions.id")
    user_id: UUID = Field(foreign_key="users.id", index=True)
    organization_id: UUID | None = Field(default=None, foreign_key="organizations.id", index=True)
    seller_organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    ticket: int
    """The place in the queue's order, counted from 1 in each session and never given twice."""
    quantity: int
    participants: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    """Who is to come, where the buyer has said so: the order's form starts with them."""
    status: str = WaitingStatus.WAITING
    held_seats: int = 0
    skips: int = 0
    """How often fewer seats came free than this group needs, and went to others."""
    joined_at: datetime = Field(sa_type=TIMESTAMP)
    offered_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    offer_expires_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    order_id: UUID | None = Field(default=None, foreign_key="orders.id", index=True)
    closed_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
