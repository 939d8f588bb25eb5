"""What stands beside the rules: equivalences of courses, and people's exemptions as a list."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from pygmalion_app.compliance.rule_schemas import PreviewPerson
from pygmalion_app.core.schemas import Command, View

Code = Annotated[str, Field(min_length=1, max_length=60)]


class EquivalenceInput(Command):
    """Whoever holds `code` need not hold `satisfies_code`."""

    code: Code
    satisfies_code: Code


class EquivalenceView(View):
    """A course type that stands for another one; without an organisation it is the profession's, for all."""

    id: UUID
    organization_id: UUID | None
    code: str
    title: str
    title_en: str
    satisfies_code: str
    satisfies_title: str
    satisfies_title_en: str
    since: datetime


class EquivalencePreview(View):
    """Who would meet a requirement that they lack today, and who would lack one that they meet; 200 of each at most."""

    met: list[PreviewPerson]
    lost: list[PreviewPerson]
    met_people: int
    lost_people: int


class ExemptionLine(View):
    """Somebody's exemption. `title` is the requirement's; `current` tells whether it counts today."""

    id: UUID
    user_id: UUID
    name: str
    job_role: str | None
    site: str | None
    requirement_key: str
    title: str
    title_en: str
    reason: str
    until: date | None
    granted_by: str
    """The name of who granted it; empty where it is not known any more."""
    granted_at: datetime
    current: bool
