"""What a training organisation sees first, and its month."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pygmalion_app.core.schemas import View
from pygmalion_app.sessions.wishes import Demand


class Task(StrEnum):
    """What somebody has to do about a session, the most urgent first."""

    CONFLICT = "conflict"
    """Its trainer is somewhere else at the same time."""
    BELOW_MINIMUM = "below_minimum"
    """It begins soon with fewer people than it needs."""
    NO_TRAINER = "no_trainer"
    COUNTERSIGN = "countersign"
    """`count` half-days are over without the trainer's signature."""
    VALIDATE = "validate"
    """It is over, and `count` people wait for the trainer's word."""
    WAITING = "waiting"
    """It is full, and `count` wait: another one would be taken."""


class SchoolSession(View):
    """A session with how full it is. `missing` is how many people it still needs, 0 when it may be held."""

    session_id: UUID
    course_title: str
    course_title_en: str
    trainer_id: UUID | None
    trainer_name: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    location: str
    capacity: int
    min_participants: int
    seats_taken: int
    missing: int
    waiting: int
    conflict: bool
    """Whether its trainer has another session of this organisation at the same time."""


class ToDo(View):
    """One thing to do, about one session."""

    task: Task
    count: int
    session: SchoolSession


class MonthRevenue(View):
    """A month (`2026-11`) of sales, cents including VAT: what was sold less what was taken back, and the own part."""

    month: str
    revenue_cents: int
    net_cents: int


class CourseRating(View):
    """How a course is rated, from 1 to 5."""

    slug: str
    title: str
    title_en: str
    rating: float
    count: int


class Opinion(View):
    """What somebody wrote; who it was stays with the platform."""

    course_title: str
    course_title_en: str
    rating: int
    comment: str
    on: date


class SchoolDashboard(View):
    """A training organisation's first page. What only its administrator may see is empty for a trainer."""

    organization_id: UUID
    organization_name: str
    administers: bool
    sessions_ahead: int
    """Within 90 days."""
    seats_ahead: int
    seats_taken_ahead: int
    sessions_at_risk: int
    """Of them, those that still need people."""
    next_sessions: tuple[SchoolSession, ...]
    to_do: tuple[ToDo, ...]
    currency: str
    revenue: tuple[MonthRevenue, ...]
    """The last twelve months, this one last; months without a sale too."""
    rating: float | None
    rating_count: int
    ratings: tuple[CourseRating, ...]
    opinions: tuple[Opinion, ...]
    demand: tuple[Demand, ...]
    """Sessions that people ask for: what to plan next."""


class CalendarSession(SchoolSession):
    """A session on the calendar, with the local days it is held on."""

    days: tuple[date, ...]


class SchoolMonth(View):
    """A month of sessions and of trainers."""

    organization_id: UUID
    organization_name: str
    administers: bool
    first: date
    last: date
    sessions: tuple[CalendarSession, ...]
