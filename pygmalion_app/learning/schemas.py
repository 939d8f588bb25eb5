"""A learner's dashboard, as data."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pygmalion_app.compliance.models import Status
from pygmalion_app.core.schemas import View
from pygmalion_app.enrollments.overview import Booking


class Due(View):
    """A requirement that an organisation has of the learner, where something is to be done or soon will be."""

    organization_id: UUID
    organization_name: str
    requirement_key: str
    title: str
    title_en: str
    codes: tuple[str, ...]
    status: Status
    until: date | None
    """The last day on which it holds, or held."""
    days_left: int | None
    """Days until then; negative when it is past."""
    planned_on: date | None
    """First day of the booked session that will renew it."""


class Progress(View):
    """How far a learner is. `rate` is from 0 to 1, empty where nothing is required of them."""

    required: int
    satisfied: int
    rate: float | None
    completed: int
    """Courses completed within a year, and their length in minutes."""
    minutes: int


class Holding(View):
    """A certificate of the learner, from here or from elsewhere."""

    code: str
    title: str
    title_en: str
    number: str
    """Empty for one from elsewhere."""
    obtained_on: date
    until: date | None


class Why(StrEnum):
    """Why a course is recommended."""

    EXPIRED = "expired"
    MISSING = "missing"
    EXPIRING = "expiring"
    RENEWAL = "renewal"
    """One's own certificate ends; nobody requires it."""
    COLLEAGUES = "colleagues"
    """People with the same job in the same organisation take it."""


class Reason(View):
    """One reason, with the facts that its words need."""

    why: Why
    organization_name: str = ""
    job_role: str = ""
    until: date | None = None
    people: int = 0


class Offered(View):
    """The next session that can be booked. Price in cents excluding VAT."""

    session_id: UUID
    course_slug: str
    organization_name: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    location: str
    modality: str
    price_cents: int
    currency: str
    seats_left: int


class Recommendation(View):
    """A course worth taking next, with every reason for it, the most pressing first."""

    code: str
    title: str
    title_en: str
    reasons: tuple[Reason, ...]
    session: Offered | None
    """Empty where nobody offers seats now."""


class LearnerDashboard(View):
    """All of it, over every organisation that the learner belongs to."""

    progress: Progress
    due: tuple[Due, ...]
    booked: tuple[Booking, ...]
    certificates: tuple[Holding, ...]
    recommendations: tuple[Recommendation, ...]


class CalendarView(View):
    """The private address of a person's calendar; whoever has it can read it, until it is renewed."""

    url: str
    renewed_at: datetime
