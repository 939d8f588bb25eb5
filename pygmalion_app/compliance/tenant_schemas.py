"""What an airport and the companies on its ground see of each other."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from pygmalion_app.core.schemas import Command, View


class AskTenant(Command):
    """Which company an airport asks to share, by its SIRET."""

    siret: Annotated[str, Field(min_length=9, max_length=20)]


class ConsentInput(Command):
    """Whether the airport sees names beside the figures."""

    with_names: bool = False


class TenantView(View):
    """A company that shares with an airport: figures of its people on that ground, never files."""

    organization_id: UUID
    name: str
    consented_at: datetime
    with_names: bool
    team_size: int
    rate: float
    counts: dict[str, int]
    losing_30: int
    """How many of its people lose something within 30 days."""


class SharingView(View):
    """An airport, and what a company shows it."""

    airport_organization_id: UUID
    airport: str
    requested_at: datetime | None
    consented_at: datetime | None
    with_names: bool
    withdrawn_at: datetime | None

    @property
    def shared(self) -> bool:
        """Whether the airport sees the company's figures now."""
        return self.consented_at is not None and self.withdrawn_at is None


class TenantLosing(View):
    """Somebody at a tenant's who loses something soon; the name is empty where it is not shared."""

    organization_id: UUID
    organization: str
    name: str
    key: str
    title: str
    title_en: str
    until: date
    days: int
    planned_on: date | None


class Need(View):
    """How many people need a training in a month: those whose proof ends then, and now those who lack it."""

    month: date
    """Its first day."""
    key: str
    title: str
    title_en: str
    codes: list[str]
    people: int
