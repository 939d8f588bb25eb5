"""What the catalogue's services take. Prices are cents excluding VAT, durations minutes, validity months."""

from itertools import pairwise
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from pygmalion_app.catalog.models import BpfObjective, Category, Modality, ValidityAnchor
from pygmalion_app.core.schemas import Command

YEAR_MINUTES = 366 * 24 * 60
Title = Annotated[str, Field(min_length=3, max_length=200)]
Words = Annotated[str, Field(max_length=20_000)]
Line = Annotated[str, Field(max_length=1_000)]
Objectives = Annotated[list[Annotated[str, Field(min_length=1, max_length=500)]], Field(max_length=20)]
Modalities = Annotated[list[Modality], Field(max_length=4), AfterValidator(lambda chosen: list(dict.fromkeys(chosen)))]
Duration = Annotated[int, Field(gt=0, le=YEAR_MINUTES)]
Cents = Annotated[int, Field(ge=0, le=10_000_000)]
Months = Annotated[int, Field(gt=0, le=240)]
Currency = Literal["EUR", "CHF", "GBP", "USD"]
TypeCode = Annotated[str, Field(max_length=60)]
NsfCode = Annotated[str, Field(pattern=r"^([0-9]{3})?$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}$")]


class Tier(Command):
    """A cancellation at least `days_before` days before the start gives back `percent`."""

    days_before: Annotated[int, Field(ge=0, le=365)]
    percent: Annotated[int, Field(ge=0, le=100)]


def _ordered(tiers: list[Tier]) -> list[Tier]:
    """Sort longest first; refuse two tiers of one day, and a later cancellation that gives back more."""
    ordered = sorted(tiers, key=lambda tier: -tier.days_before)
    for earlier, later in pairwise(ordered):
        if earlier.days_before == later.days_before or earlier.percent < later.percent:
            message = "refunds must fall as the session comes nearer"
            raise ValueError(message)
    return ordered


Tiers = Annotated[list[Tier], Field(max_length=10), AfterValidator(_ordered)]
USUAL_TIERS = [Tier(days_before=14, percent=100), Tier(days_before=7, percent=50)]


class CreateCourse(Command):
    """A new draft. `organization_id` is needed only by those who act for several training organisations."""

    organization_id: UUID | None = None
    type_code: TypeCode | None = None
    """The course as the profession knows it: what it counts for, its legal basis and how long it is valid."""
    title: Title
    title_en: Annotated[str, Field(max_length=200)] = ""
    description: Words = ""
    description_en: Words = ""
    objectives: Objectives = Field(default_factory=list)
    objectives_en: Objectives = Field(default_factory=list)
    prerequisites: Line = ""
    prerequisites_en: Line = ""
    bring: Line = ""
    bring_en: Line = ""
    methods: Line = ""
    methods_en: Line = ""
    evaluation: Line = ""
    evaluation_en: Line = ""
    accessibility: Line = ""
    accessibility_en: Line = ""
    nsf_code: NsfCode = ""
    bpf_objective: BpfObjective = BpfObjective.UNSAID
    category: Category
    modalities: Modalities = Field(default_factory=list)
    duration_minutes: Duration
    price_cents: Cents = 0
    currency: Currency = "EUR"
    language: Language = "fr"
    validity_months: Months | None = None
    validity_anchor: ValidityAnchor = ValidityAnchor.DATE
    legal_basis: Annotated[str, Field(max_length=300)] = ""
    refund_tiers: Tiers = Field(default_factory=lambda: USUAL_TIERS)


_EMPTIED = {"type_code", "validity_months"}


class UpdateCourse(Command):
    """Changes to a course; what is left out stays as it is."""

    type_code: TypeCode | None = None
    """May be sent as null: a course of one's own, that no rule knows."""
    title: Title | None = None
    title_en: Annotated[str, Field(max_length=200)] | None = None
    description: Words | None = None
    description_en: Words | None = None
    objectives: Objectives | None = None
    objectives_en: Objectives | None = None
    prerequisites: Line | None = None
    prerequisites_en: Line | None = None
    bring: Line | None = None
    bring_en: Line | None = None
    methods: Line | None = None
    methods_en: Line | None = None
    evaluation: Line | None = None
    evaluation_en: Line | None = None
    accessibility: Line | None = None
    accessibility_en: Line | None = None
    nsf_code: NsfCode | None = None
    bpf_objective: BpfObjective | None = None
    category: Category | None = None
    modalities: Modalities | None = None
    duration_minutes: Duration | None = None
    price_cents: Cents | None = None
    currency: Currency | None = None
    language: Language | None = None
    validity_months: Months | None = None
    """May be sent as null: the certificate then has no end."""
    validity_anchor: ValidityAnchor | None = None
    legal_basis: Annotated[str, Field(max_length=300)] | None = None
    refund_tiers: Tiers | None = None

    def changes(self) -> dict[str, object]:
        """Return what was sent, in the columns' form; only the type and the validity may be emptied."""
        sent = self.model_dump(mode="json", include=self.model_fields_set)
        return {name: value for name, value in sent.items() if value is not None or name in _EMPTIED}
