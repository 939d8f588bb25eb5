"""What compliance takes and gives. The matrix is large, so its parts are plain structures."""

from datetime import date
from functools import cached_property
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import Field

from pygmalion_app.core.schemas import Command, View

MOST_PEOPLE = 2_000


class MatrixFilters(Command):
    """Which people and columns a matrix shows; nothing given: everybody, the first page."""

    q: Annotated[str, Field(max_length=80)] = ""
    """Part of a name."""
    job_role_id: UUID | None = None
    without_role: bool = False
    site_id: UUID | None = None
    contractor_type: str | None = None
    cost_center: str | None = None
    status: Annotated[str, Field(pattern="^(compliant|expiring|expired|missing|planned|exempt|todo)?$")] = ""
    """People with at least one such status (for `key`, if one is given); `todo`: expired or missing."""
    before: date | None = None
    """People with something (of that status, for that key) that holds and ends on this day at the latest."""
    key: str = ""
    on: date | None = None
    """Another day than today: computed, not read."""
    offset: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1, le=MOST_PEOPLE)] = 200
    columns: bool = True
    """Whether the columns are wanted too: who scrolls has them already."""


class Cell(msgspec.Struct, frozen=True, rename="camel"):
    """One person's standing for one requirement; `until` is the last day, `planned_on` a booked session's first."""

    status: str
    until: date | None = None
    planned_on: date | None = None


class MatrixPerson(msgspec.Struct, frozen=True, rename="camel"):
    """A row: somebody, and their cells by requirement key; no cell where nothing is asked of them."""

    user_id: UUID
    name: str
    job_role_id: UUID | None
    job_role: str | None
    site_id: UUID | None
    site: str | None
    contractor_type: str
    cost_center: str
    cells: dict[str, Cell]


class MatrixColumn(msgspec.Struct, frozen=True, rename="camel"):
    """A requirement, and how many of the people that the filters let through stand how."""

    key: str
    title: str
    title_en: str
    codes: tuple[str, ...]
    counts: dict[str, int]


class Matrix(msgspec.Struct, frozen=True, rename="camel", dict=True):
    """People by name, `total` of them beside this page, and the columns in the rules' order."""

    on: date
    total: int
    offset: int
    columns: tuple[MatrixColumn, ...]
    people: tuple[MatrixPerson, ...]

    @cached_property
    def as_json(self) -> bytes:
        """What the API answers with; made once for all who get it from one reading."""
        return msgspec.json.encode(self)


class Alert(View):
    """Something to look at. `kind`: expired, missing, expiring_7, expiring_30, without_role."""

    kind: str
    people: int
    statuses: int


class Overview(View):
    """An organisation's standing on a day. `rate` is from 0 to 1, and 1 where nothing is asked of anybody."""

    organization_id: UUID
    on: date
    team_size: int
    without_role: int
    rate: float
    counts: dict[str, int]
    """Status -> how many (person, requirement) pairs; all six are there."""
    alerts: list[Alert]

    @property
    def total(self) -> int:
        """How many pairs of a person and a requirement there are."""
        return sum(self.counts.values())


class ProofView(View):
    """Something that was obtained; `certificate_id` is another kind of id where `kind` is external."""

    kind: str
    certificate_id: UUID
    title: str
    issuer: str
    number: str
    obtained_on: date
    until: date | None
    decides: bool
    """Whether the status rests on this one."""


class BookingView(View):
    """A confirmed seat that would renew it."""

    enrollment_id: UUID
    session_id: UUID
    title: str
    location: str
    starts_on: date


class ExemptionView(View):
    """Why somebody need not hold something."""

    id: UUID
    reason: str
    until: date | None


class PersonRequirement(View):
    """One person's standing for one requirement, with what it rests on and what can be booked (`codes`)."""

    key: str
    title: str
    title_en: str
    codes: list[str]
    status: str
    until: date | None
    planned_on: date | None
    decided_by_kind: str
    decided_by_id: UUID | None
    history: list[ProofView]
    """Newest first; of revoked certificates there is none."""
    bookings: list[BookingView]
    exemption: ExemptionView | None


class PersonView(View):
    """A person in an organisation, and everything that is asked of them."""

    user_id: UUID
    organization_id: UUID
    name: str
    job_role_id: UUID | None
    job_role: str | None
    site: str | None
    on: date
    requirements: list[PersonRequirement]


class Losing(View):
    """Somebody whose standing ends soon. `days` counts from today; 0 is today."""

    user_id: UUID
    name: str
    job_role: str | None
    site: str | None
    key: str
    title: str
    title_en: str
    until: date
    days: int
    planned_on: date | None


class Upcoming(View):
    """A session that the organisation's people are booked in."""

    session_id: UUID
    course_id: UUID
    title: str
    title_en: str
    starts_on: date
    location: str
    people: int
