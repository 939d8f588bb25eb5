"""What an airport sees of the companies on its ground: counts and statuses, names only where a company says so."""

from datetime import date, datetime
from uuid import UUID

from pygmalion_app.core.schemas import View
from pygmalion_app.core.together import SharedView


class AirportTenant(View):
    """A company that shares its statuses. `rate` is from 0 to 1."""

    organization_id: UUID
    name: str
    people: int
    counts: dict[str, int]
    """Status -> pairs of a person and a requirement."""
    rate: float
    losing: int
    """People whose airside access ends within the days asked for."""
    without: int
    """People who should have it and do not."""
    with_names: bool
    shared_since: datetime


class AirsideLoss(View):
    """Somebody whose airside access ends soon; no name where their company shares none. `days` counts from today."""

    organization_id: UUID
    organization_name: str
    name: str | None
    job_role: str | None
    until: date
    days: int
    planned_on: date | None
    """The first day of a booked session that renews it."""


class CapacityMonth(View):
    """What has to be renewed by the end of a month and is not booked, beside the free seats that start in it."""

    month: date
    need: int
    overdue: int
    """Of the need: expired or missing already; all in the first month."""
    seats: int


class CapacityCourse(View):
    """The same for one requirement, all months together; `gap` is what no seat is left for."""

    codes: tuple[str, ...]
    title: str
    title_en: str
    need: int
    seats: int
    gap: int


class ContractorGroup(View):
    """The people of all companies that work under one kind of contract; empty: employees."""

    contractor_type: str
    people: int
    counts: dict[str, int]
    rate: float


class AirportDashboard(SharedView):
    """An airport's view today. `losing` is cut off at a few hundred; `losing_total` is not."""

    organization_id: UUID
    organization_name: str
    on: date
    within_days: int
    people: int
    counts: dict[str, int]
    rate: float
    tenants: tuple[AirportTenant, ...]
    """The lowest rate first."""
    losing: tuple[AirsideLoss, ...]
    losing_total: int
    months: tuple[CapacityMonth, ...]
    courses: tuple[CapacityCourse, ...]
    """The largest gap first."""
    contractors: tuple[ContractorGroup, ...]
    place: str
    """Where seats were counted; empty: everywhere. Remote sessions count in any place."""
    places: tuple[str, ...]
