"""What stands between a course and the catalogue: one list, for the editor, the API and the service that publishes.

Faults refuse; doubts are said and let through. What the public must find before it buys (code du travail L6353-8,
Qualiopi's indicator 1) and what a certificate must rest on are the measure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from pydantic import Field

from pygmalion_app.catalog.models import Category
from pygmalion_app.core.schemas import View

SHORT_DESCRIPTION: Final = 120
"""Characters under which nobody can tell what they buy."""
_REGULATED: Final = frozenset(Category) - {Category.WORKPLACE}
"""Families whose courses the rules of the profession ask for by name."""


class Level(StrEnum):
    """How an item stands."""

    OK = "ok"
    DOUBT = "doubt"
    FAULT = "fault"


class Item(StrEnum):
    """What is looked at, in the order in which it is shown."""

    TITLE = "title"
    DESCRIPTION = "description"
    OBJECTIVES = "objectives"
    PREREQUISITES = "prerequisites"
    DURATION = "durationMinutes"
    MODALITIES = "modalities"
    PRICE = "priceCents"
    TYPE = "typeCode"
    LEGAL_BASIS = "legalBasis"
    VALIDITY = "validityMonths"
    LANGUAGE = "language"
    METHODS = "methods"
    EVALUATION = "evaluation"
    ACCESSIBILITY = "accessibility"
    NSF = "nsfCode"
    BPF = "bpfObjective"
    SUSPENSION = "suspension"
    """An administrator has hidden it: listed while it is so."""
    VERIFICATION = "verification"
    QUALITY = "quality"
    NDA = "nda"
    SESSION = "session"
    TRAINER = "trainer"


@dataclass(frozen=True, slots=True)
class TypeFacts:
    """What the profession knows of a course of this type."""

    duration_minutes: int
    validity_months: int | None
    legal_basis: str


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """What the school brings: whether its verification stands, its numbers, its quality certificate's last day."""

    verified: bool
    nda: str
    qualiopi_certifier: str
    qualiopi_valid_until: date | None


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """The sessions to come: how many, how many of them nobody leads, and the shortest one, in minutes."""

    count: int = 0
    without_trainer: int = 0
    shortest_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """A course as it is, or as it is being written: texts are stripped, the day is today's in Paris."""

    texts: dict[str, str]
    """By column: title, title_en, description, description_en, prerequisites, methods, evaluation..."""
    objectives: tuple[str, ...]
    category: str
    modalities: tuple[str, ...]
    duration_minutes: int
    price_cents: int
    language: str
    validity_months: int | None
    kind: TypeFacts | None
    school: SchoolFacts
    sessions: SessionFacts
    today: date
    suspended: bool = False

    def text(self, name: str) -> str:
        """Return one text without its blanks, empty where there is none."""
        return self.texts.get(name, "").strip()


class CheckView(View):
    """One item; `reason` says in a word what is wrong (`missing`, `short`...), with the facts that it speaks of."""

    item: Item
    level: Level
    reason: str = ""
    facts: dict[str, Any] = Field(default_factory=dict)


def check(course: CourseFacts) -> tuple[CheckView, ...]:
    """Return every item, those that stand well too; who leads is asked of those who have a session to come."""
    found = {
        one.item: one
        for one in (*_content(course), *_sale(course), *_rules(course), *_public(course), *_around(course))
    }
    asked = set(Item) - (set() if course.sessions.count else {Item.TRAINER})
    asked -= set() if course.suspended else {Item.SUSPENSION}
    return tuple(found.get(item, CheckView(item=item, level=Level.OK)) for item in Item if item in asked)


def faults(checks: tuple[CheckView, ...]) -> list[str]:
    """Return the names of the items that refuse."""
    return [one.item.value for one in checks if one.level is Level.FAULT]


def _fault(item: Item, reason: str = "missing", **facts: object) -> CheckView:
    return CheckView(item=item, level=Level.FAULT, reason=reason, facts=facts)


def _doubt(item: Item, reason: str = "missing", **facts: object) -> CheckView:
    return CheckView(item=item, level=Level.DOUBT, reason=reason, facts=facts)


def _content(course: CourseFacts) -> Iterator[CheckView]:
    if not course.text("title"):
        yield _fault(Item.TITLE)
    description = course.text("description")
    if not description:
        yield _fault(Item.DESCRIPTION)
    elif len(description) < SHORT_DESCRIPTION:
        yield _doubt(Item.DESCRIPTION, "short", characters=len(description), wanted=SHORT_DESCRIPTION)
    if not any(one.strip() for one in course.objectives):
        yield _fault(Item.OBJECTIVES)
    elif len(course.objectives) == 1:
        yield _doubt(Item.OBJECTIVES, "single")
    if not course.text("prerequisites"):
        yield _doubt(Item.PREREQUISITES)


def _sale(course: CourseFacts) -> Iterator[CheckView]:
    if not course.modalities:
        yield _fault(Item.MODALITIES)
    if not course.price_cents:
        yield _fault(Item.PRICE)
    if course.language == "en" and not course.text("title_en"):
        yield _doubt(Item.LANGUAGE, "title")
    elif not (course.text("title_en") and course.text("description_en")):
        yield _doubt(Item.LANGUAGE, "untranslated")


def _rules(course: CourseFacts) -> Iterator[CheckView]:
    kind = course.kind
    if not course.duration_minutes:
        yield _fault(Item.DURATION)
    elif kind and course.duration_minutes < kind.duration_minutes:
        yield _doubt(Item.DURATION, "short", usual=kind.duration_minutes)
    elif course.sessions.shortest_minutes is not None and course.sessions.shortest_minutes < course.duration_minutes:
        yield _doubt(Item.DURATION, "session", shortest=course.sessions.shortest_minutes)
    if kind is None and course.category in _REGULATED:
        yield _doubt(Item.TYPE)
    if not course.text("legal_basis"):
        if kind and kind.legal_basis:
            yield _fault(Item.LEGAL_BASIS, "regulated", usual=kind.legal_basis)
        elif course.category in _REGULATED:
            yield _doubt(Item.LEGAL_BASIS)
    if kind and kind.validity_months != course.validity_months:
        yield _doubt(Item.VALIDITY, "unusual" if kind.validity_months else "endless", usual=kind.validity_months or 0)


def _public(course: CourseFacts) -> Iterator[CheckView]:
    """What Qualiopi's indicator 1 wants public beyond the content, and what the yearly report asks."""
    for item, name in (
        (Item.METHODS, "methods"),
        (Item.EVALUATION, "evaluation"),
        (Item.ACCESSIBILITY, "accessibility"),
        (Item.NSF, "nsf_code"),
        (Item.BPF, "bpf_objective"),
    ):
        if not course.text(name):
            yield _doubt(item)


def _around(course: CourseFacts) -> Iterator[CheckView]:
    school, sessions = course.school, course.sessions
    if course.suspended:
        yield _fault(Item.SUSPENSION, "hidden")
    if not school.verified:
        yield _fault(Item.VERIFICATION)
    if not school.qualiopi_certifier:
        yield _doubt(Item.QUALITY)
    elif school.qualiopi_valid_until is not None and school.qualiopi_valid_until < course.today:
        yield _doubt(Item.QUALITY, "expired", day=school.qualiopi_valid_until)
    if not school.nda:
        yield _doubt(Item.NDA)
    if not sessions.count:
        yield _doubt(Item.SESSION)
    elif sessions.without_trainer:
        yield _doubt(Item.TRAINER, count=sessions.without_trainer)
