"""Plans, what they propose, what they could not plan, and the limits that they keep to.

Every table names its organisation, so that row-level security needs no look-ups.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from pygmalion_app.core.models import TEXT, TIMESTAMP, Row, one_of


class PlanState(StrEnum):
    """`queued` waits for the solver; `ready` can be edited and booked; `cancelled` was stopped before any answer."""

    QUEUED = "queued"
    SOLVING = "solving"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"
    BOOKED = "booked"


UNDER_WAY = (PlanState.QUEUED, PlanState.SOLVING)


class Mark(StrEnum):
    """What a reader said of a booking; it holds in every later solution."""

    NONE = ""
    PINNED = "pinned"
    FORBIDDEN = "forbidden"


class Plan(Row, table=True):
    """A proposal for a team. Money is cents including VAT; `best_cents` and `bound_cents` are what is minimised.

    `round` counts the solutions asked for: an answer of an earlier one is not written any more.
    """

    __tablename__ = "plans"
    __table_args__ = (
        one_of("state", PlanState),
        CheckConstraint("budget_cents >= 0", name="budget"),
        CheckConstraint("trip_cents >= 0 AND half_day_cents >= 0", name="weights"),
        CheckConstraint("seconds_limit BETWEEN 1 AND 300", name="seconds_limit"),
        CheckConstraint("(state = 'booked') = (booked_at IS NOT NULL)", name="booked"),
        Index("ix_plans_organization_id_created_at", "organization_id", "created_at"),
    )

    organization_id: UUID = Field(foreign_key="organizations.id")
    created_by: UUID | None = Field(default=None, foreign_key="users.id", index=True)
    until: date
    """The last day on which everybody is to be compliant."""
    site_id: UUID | None = Field(default=None, foreign_key="sites.id", index=True)
    """Only the people of this site; empty: everybody."""
    budget_cents: int | None = Field(default=None, sa_type=BigInteger)
    cost_center_id: UUID | None = Field(default=None, foreign_key="cost_centers.id", index=True)
    """What is left of it bounds the plan too."""
    trip_cents: int
    """What a journey is worth."""
    half_day_cents: int
    """What half a day of work is worth."""
    seconds_limit: int = 60
    state: str = PlanState.QUEUED
    round: int = 1
    beat_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """When the job that solves last gave a sign of life."""
    stop_asked: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    started_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    finished_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    people_count: int = 0
    needs_count: int = 0
    unmet_count: int = 0
    best_cents: int | None = Field(default=None, sa_type=BigInteger)
    bound_cents: int | None = Field(default=None, sa_type=BigInteger)
    gap_basis_points: int | None = None
    """How far the plan may be from the best one, as a part of what it costs."""
    first_answer_ms: int | None = None
    booked_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    booked_by: UUID | None = Field(default=None, foreign_key="users.id", index=True)


class PlanBooking(Row, table=True):
    """A seat for somebody in a session; `proposed` unless it only carries its reader's mark."""

    __tablename__ = "plan_bookings"
    __table_args__ = (
        one_of("mark", Mark),
        UniqueConstraint("plan_id", "user_id", "session_id"),
        CheckConstraint("proposed OR mark <> ''", name="reason"),
    )

    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    plan_id: UUID = Field(foreign_key="plans.id", ondelete="CASCADE")
    user_id: UUID = Field(foreign_key="users.id", index=True)
    session_id: UUID = Field(foreign_key="sessions.id", index=True)
    keys: list[str] = Field(default_factory=list, sa_type=ARRAY(TEXT))  # pyright: ignore[reportArgumentType]
    """The requirements that it meets."""
    proposed: bool = True
    mark: str = Field(default=Mark.NONE, sa_column_kwargs={"server_default": ""})
    price_cents: int = 0
    is_trip: bool = False
    half_days: int = 0
    gap_days: int = 0
    """Days without compliance that come new because there is nothing earlier."""
    order_id: UUID | None = Field(default=None, foreign_key="orders.id", index=True)


class PlanGap(Row, table=True):
    """A requirement that a plan leaves out, or a booking asked for that it could not keep, and why."""

    __tablename__ = "plan_gaps"

    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    plan_id: UUID = Field(foreign_key="plans.id", ondelete="CASCADE", index=True)
    user_id: UUID = Field(foreign_key="users.id", index=True)
    requirement_key: str = ""
    """Empty for a booking that was asked for."""
    kind: str
    session_id: UUID | None = Field(default=None, foreign_key="sessions.id", index=True)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)


class PlanProgress(Row, table=True):
    """How good the best plan was after so many seconds of a round."""

    __tablename__ = "plan_progress"
    __table_args__ = (Index("ix_plan_progress_plan_id_round", "plan_id", "round", "after_ms"),)

    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    plan_id: UUID = Field(foreign_key="plans.id", ondelete="CASCADE")
    round: int
    after_ms: int
    best_cents: int = Field(sa_type=BigInteger)
    bound_cents: int = Field(sa_type=BigInteger)
    gap_basis_points: int
    unmet_count: int


class Unavailability(Row, table=True):
    """Days on which somebody cannot be trained, first and last included."""

    __tablename__ = "plan_unavailabilities"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="days"),
        Index("ix_plan_unavailabilities_organization_id_last_day", "organization_id", "last_day"),
    )

    organization_id: UUID = Field(foreign_key="organizations.id")
    user_id: UUID = Field(foreign_key="users.id", index=True)
    first_day: date
    last_day: date


class ShiftMinimum(Row, table=True):
    """How many people of a site, or of one job role there, are to be at work on every day."""

    __tablename__ = "plan_shift_minimums"
    __table_args__ = (
        CheckConstraint("minimum BETWEEN 1 AND 10000", name="minimum"),
        Index(
            "uq_plan_shift_minimums_crew",
            "organization_id",
            "site_id",
            "job_role_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )

    organization_id: UUID = Field(foreign_key="organizations.id")
    site_id: UUID | None = Field(default=None, foreign_key="sites.id", index=True)
    job_role_id: UUID | None = Field(default=None, foreign_key="job_roles.id", index=True)
    minimum: int
