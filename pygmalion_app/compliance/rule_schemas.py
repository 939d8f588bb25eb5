"""What rules take and give: requirement sets, their versions, and what a change would do."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator

from pygmalion_app.core.schemas import Command, View

Months = Annotated[int, Field(ge=1, le=600)]
Code = Annotated[str, Field(min_length=1, max_length=40)]
MOST_REQUIREMENTS = 200


class CreateSet(Command):
    """A new set, about some people of an organisation; an empty criterion means everybody."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    job_role_id: UUID | None = None
    site_id: UUID | None = None
    contractor_type: Annotated[str, Field(max_length=60)] | None = None


class RequirementInput(Command):
    """One thing to hold. Without a title it takes that of its first course type, without a key, its codes."""

    codes: Annotated[list[Code], Field(min_length=1, max_length=20)]
    key: Annotated[str, Field(max_length=200)] = ""
    title: Annotated[str, Field(max_length=300)] = ""
    title_en: Annotated[str, Field(max_length=300)] = ""
    months: Months | None = None
    anchor: Literal["date", "month_end", "semester"] = "date"
    window_months: Annotated[int, Field(ge=0, le=24)] = 0
    recency_months: Months | None = None
    hours_per_period: Annotated[int, Field(ge=1, le=2000)] | None = None
    period_months: Months | None = None

    @model_validator(mode="after")
    def _hours_have_a_period(self) -> "RequirementInput":
        if (self.hours_per_period is None) != (self.period_months is None):
            message = "hoursPerPeriod and periodMonths go together"
            raise ValueError(message)
        return self


class WriteRequirements(Command):
    """All requirements of a draft, in their order; keys are unique."""

    requirements: Annotated[list[RequirementInput], Field(max_length=MOST_REQUIREMENTS)]

    @model_validator(mode="after")
    def _keys_differ(self) -> "WriteRequirements":
        keys = [one.key or "/".join(one.codes) for one in self.requirements]
        if len(set(keys)) < len(keys):
            message = "two requirements have the same key"
            raise ValueError(message)
        return self


class RequirementView(View):
    """One requirement of a version."""

    key: str
    title: str
    title_en: str
    codes: list[str]
    months: int | None
    anchor: str
    window_months: int
    recency_months: int | None
    hours_per_period: int | None
    period_months: int | None


class VersionView(View):
    """A version: a draft while `published_at` is empty."""

    id: UUID
    version: int
    effective_from: date | None
    published_at: datetime | None
    in_force: bool
    requirements: list[RequirementView]


class SetView(View):
    """A set, whom it is about, and where its versions stand."""

    id: UUID
    organization_id: UUID
    name: str
    job_role_id: UUID | None
    job_role: str | None
    site_id: UUID | None
    site: str | None
    contractor_type: str | None
    archived_at: datetime | None
    people: int
    """How many people it is about today."""
    requirements: int
    """How many requirements are in force."""
    version: int | None
    """The version in force, if any."""
    next_from: date | None
    """When a published version takes over from it."""
    draft_id: UUID | None


class SetDetail(SetView):
    """A set with all its versions, newest first."""

    versions: list[VersionView]


class PreviewPerson(View):
    """Somebody whose standing as a whole would turn; `keys` are the requirements that make it so."""

    user_id: UUID
    name: str
    keys: list[str]


class Preview(View):
    """What a version would do on its first day: people who turn, and the figures before and after."""

    version_id: UUID
    effective_from: date
    people: int
    """Whom the set is about."""
    non_compliant: int
    """How many people in order would no longer be."""
    compliant: int
    """How many people not in order would be."""
    worse: list[PreviewPerson]
    better: list[PreviewPerson]
    before: dict[str, int]
    after: dict[str, int]
    rate_before: float
    rate_after: float
