"""What planning takes and gives. Amounts in cents including VAT; `gap` from 0 to 1."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from pygmalion_app.core.schemas import Command, View

MOST_CENTS = 100_000_000_000
Cents = Annotated[int, Field(ge=0, le=MOST_CENTS)]
Worth = Annotated[int, Field(ge=0, le=10_000_000)]
Seconds = Annotated[int, Field(ge=1, le=300)]


class StartPlan(Command):
    """Plan for a team: everybody compliant until a day. A trip and a half-day of work are worth money."""

    organization_id: UUID | None = None
    """Whose team, when the manager has several; by default the active one's."""
    until: date
    site_id: UUID | None = None
    budget_cents: Cents | None = None
    cost_center_id: UUID | None = None
    """What is left of it bounds the plan too."""
    trip_cents: Worth = 15_000
    half_day_cents: Worth = 10_000
    seconds_limit: Seconds = 60


class Choice(Command):
    """Somebody in a session."""

    user_id: UUID
    session_id: UUID


Choices = Annotated[tuple[Choice, ...], Field(max_length=200)]


class EditPlan(Command):
    """Change a plan and solve it again; what is left out stays. `free` takes a pin or a ban away."""

    until: date | None = None
    budget_cents: Cents | None = None
    """Null: no budget any more."""
    site_id: UUID | None = None
    """Null: everybody."""
    cost_center_id: UUID | None = None
    trip_cents: Worth | None = None
    half_day_cents: Worth | None = None
    seconds_limit: Seconds | None = None
    pin: Choices = ()
    forbid: Choices = ()
    free: Choices = ()


class BookPlan(Command):
    """Book all that a plan proposes, or nothing."""

    cost_center_id: UUID | None = None
    """By default the plan's own."""
    payment_method: Literal["card", "invoice"] = "card"
    purchase_order: Annotated[str, StringConstraints(max_length=60)] = ""


class NewUnavailability(Command):
    """Days on which somebody cannot be trained, first and last included."""

    organization_id: UUID | None = None
    user_id: UUID
    first_day: date
    last_day: date


class SetShiftMinimum(Command):
    """How many of a site, of a job role, or of both, are to be at work every day."""

    organization_id: UUID | None = None
    site_id: UUID | None = None
    job_role_id: UUID | None = None
    minimum: Annotated[int, Field(ge=1, le=10_000)]


class UnavailabilityView(View):
    """Days on which somebody cannot be trained."""

    id: UUID
    user_id: UUID
    name: str
    first_day: date
    last_day: date


class ShiftMinimumView(View):
    """How many of a crew are to be at work, and of how many."""

    id: UUID
    site_id: UUID | None
    site: str
    job_role_id: UUID | None
    job_role: str
    minimum: int
    people: int


class Named(View):
    """Something to choose by its name."""

    id: UUID
    name: str


class LimitsView(View):
    """What plans of an organisation keep to, and what can be chosen for it."""

    organization_id: UUID
    unavailabilities: tuple[UnavailabilityView, ...]
    shift_minimums: tuple[ShiftMinimumView, ...]
    sites: tuple[Named, ...]
    job_roles: tuple[Named, ...]
    people: tuple[Named, ...]


class PlanView(View):
    """A plan as lists show it. `best_cents` is what is minimised, `bound_cents` what no plan can be below."""

    id: UUID
    organization_id: UUID
    until: date
    site_id: UUID | None
    site: str
    budget_cents: int | None
    cost_center_id: UUID | None
    trip_cents: int
    half_day_cents: int
    seconds_limit: int
    state: str
    round: int
    stop_asked: bool
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    people_count: int
    needs_count: int
    unmet_count: int
    best_cents: int | None
    bound_cents: int | None
    gap: float | None
    first_answer_seconds: float | None
    booked_at: datetime | None


class PlannedPerson(View):
    """Somebody in a planned session."""

    user_id: UUID
    name: str
    keys: tuple[str, ...]
    proposed: bool
    mark: str
    price_cents: int
    is_trip: bool
    half_days: int
    gap_days: int
    order_id: UUID | None
    order_status: str


class PlannedSession(View):
    """A session with those who are planned for it."""

    session_id: UUID
    course_title: str
    course_title_en: str
    course_slug: str
    organization_name: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    location: str
    modality: str
    seats_left: int
    bookable: bool
    """Whether it still has the seats that the plan wants of it."""
    people: tuple[PlannedPerson, ...]


class GapView(View):
    """Something that could not be planned, and why (`kind` as in `explain.Reason`)."""

    user_id: UUID
    name: str
    requirement_key: str
    title: str
    title_en: str
    kind: str
    session_id: UUID | None
    starts_at: datetime | None
    time_zone: str
    location: str
    facts: dict[str, Any]


class ProgressView(View):
    """How good the best plan was after so many seconds."""

    seconds: float
    best_cents: int
    bound_cents: int
    gap: float
    unmet_count: int


class PlanDetail(PlanView):
    """A plan with all that it proposes."""

    price_cents: int
    seats: int
    trips: int
    half_days: int
    gap_days: int
    sessions: tuple[PlannedSession, ...]
    gaps: tuple[GapView, ...]
    progress: tuple[ProgressView, ...]
