"""What the people's side takes and gives: job roles, sites, positions."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from pygmalion_app.core.schemas import Command, View

Name = Annotated[str, Field(min_length=1, max_length=120)]


class JobRoleView(View):
    """A kind of work, and how many people do it now."""

    id: UUID
    organization_id: UUID
    name: str
    archived_at: datetime | None
    people: int


class SiteInput(Command):
    """A place of work. `time_zone` is an IANA name; `airport_organization_id`, the airport whose ground it is."""

    name: Name
    time_zone: Annotated[str, Field(max_length=60)] = "Europe/Paris"
    airport_organization_id: UUID | None = None


class SiteView(View):
    """A place of work, and how many people work there now."""

    id: UUID
    organization_id: UUID
    name: str
    time_zone: str
    airport_organization_id: UUID | None
    people: int


class SiteClosed(View):
    """A place of work that is no more: how many people and requirement sets were moved, or stay without it."""

    people: int
    sets: int


class Workplace(View):
    """What people can be sorted by."""

    organization_id: UUID
    job_roles: list[JobRoleView]
    sites: list[SiteView]
    contractor_types: list[str]
    cost_centers: list[str]


class ChangePositions(Command):
    """What becomes different for some people; a field that is not given stays as it is."""

    user_ids: Annotated[list[UUID], Field(min_length=1, max_length=2_000)]
    job_role_id: UUID | None = None
    site_id: UUID | None = None
    contractor_type: Annotated[str, Field(max_length=60)] = ""
    cost_center: Annotated[str, Field(max_length=60)] = ""
    active_from: date | None = None
    active_until: date | None = None


class ExemptInput(Command):
    """An exemption: why somebody need not hold something, and until when."""

    user_id: UUID
    requirement_key: Annotated[str, Field(min_length=1, max_length=200)]
    reason: Annotated[str, Field(min_length=1, max_length=1_000)]
    until: date | None = None
