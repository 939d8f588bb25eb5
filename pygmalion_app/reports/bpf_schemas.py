"""The yearly training report (bilan pédagogique et financier, Cerfa 10443): its frames and lines."""

from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from pygmalion_app.core.schemas import View


class Source(StrEnum):
    """Frame C, where the money comes from; the values are the form's own line numbers."""

    COMPANIES = "1"
    CPF = "2e"
    OPCO = "2h"
    """The training plans of companies, by their OPCO."""
    PUBLIC = "3"
    """Public bodies, for their own staff."""
    INDIVIDUALS = "9"
    SCHOOLS = "10"
    """Other training organisations, which subcontract here."""
    OTHER = "11"


class Missing(StrEnum):
    """What the figures lack, or rest on by assumption."""

    NDA = "nda"
    SIRET = "siret"
    UNJUDGED = "unjudged"
    """`count` people of a session that is over wait for the trainer's word: they are not counted."""
    SHEET = "sheet"
    """`count` half-days are not signed for: they count as followed."""
    NO_TRAINER = "no-trainer"
    """Nobody led the session: its hours are nobody's."""
    TRAINER = "trainer"
    """Nobody said whether a trainer is staff: counted as staff."""
    TRAINEE = "trainee"
    """A CPF tells nothing of who its holder is: counted among the others."""
    OBJECTIVE = "objective"
    """A course says nothing of what it leads to: counted as other professional training."""
    NSF = "nsf"
    """A course says nothing of its speciality."""
    FUNDER = "funder"
    """A third party that is neither OPCO nor CPF: counted among other income."""
    FUNDING = "funding"
    """A third party has not answered yet: its share is counted as agreed."""
    CURRENCY = "currency"
    """An order in another currency: it is not counted."""


REASSURING: Final = frozenset({Missing.NSF, Missing.FUNDING})
"""What changes no total of the form."""


class MissingData(View):
    """One gap, with the session, order, person or course to mend it at."""

    kind: Missing
    count: int = 1
    session_id: UUID | None = None
    order_id: UUID | None = None
    enrollment_id: UUID | None = None
    user_id: UUID | None = None
    name: str = ""
    """Of the person, funder or buyer."""
    title: str = ""
    title_en: str = ""
    starts_at: datetime | None = None
    time_zone: str = "Europe/Paris"


class Income(View):
    """One line of frame C, in cents excluding VAT."""

    source: Source
    cents: int
    orders: int


class People(View):
    """One line of the frames E to G: how many, and how many minutes they followed or gave."""

    key: str
    people: int
    minutes: int


class BpfReport(View):
    """A calendar year. F-1, F-3 and F-4 tell the same trainees apart in three ways: their totals are one."""

    organization_id: UUID
    organization_name: str
    nda: str
    siret: str
    year: int
    income: tuple[Income, ...]
    income_cents: int
    trainers: tuple[People, ...]
    """Frame E: `internal`, `external`."""
    trainees: tuple[People, ...]
    """Frame F-1, by kind of trainee."""
    total: People
    remote: People
    """Of them, those who followed some of it at a distance."""
    subcontracted: People
    """Frame F-2: of them, those whom external trainers taught."""
    objectives: tuple[People, ...]
    """Frame F-3."""
    specialities: tuple[People, ...]
    """Frame F-4, by NSF code, the largest first; an empty key is not said."""
    entrusted: People
    """Frame G: trainees whom another training organisation entrusted; none of them is in F."""
    missing: tuple[MissingData, ...]
