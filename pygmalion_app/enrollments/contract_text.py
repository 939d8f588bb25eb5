"""The words of an individual's contract: everything that the law wants said, from what is sold and to whom.

Code du travail L6353-4: nature, duration, programme and purpose of the training and how many take part; what one must
know before; how it is given, the means, how the knowledge is checked; the references of those who teach; how it is
paid, and what is owed by whom stops. L6353-5 to -7: withdrawal, no money before it is over, force majeure.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pygmalion_app.catalog.models import Course
from pygmalion_app.core.i18n import format_day, format_days, format_duration, format_money, format_time, translate
from pygmalion_app.enrollments.instalment_plan import Plan, PlanRules, Stage
from pygmalion_app.enrollments.pricing import Price
from pygmalion_app.organizations.models import Organization
from pygmalion_app.sessions.models import TrainingSession


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """Who agrees with whom on what; `day` is when, as counted in the rules' time zone."""

    buyer_name: str
    buyer_email: str
    organization: Organization
    course: Course
    session: TrainingSession
    price: Price
    plan: Plan
    rules: PlanRules
    now: datetime


def digest(content: Mapping[str, Any]) -> bytes:
    """Return the SHA-256 of the one spelling of a content."""
    spelled = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).digest()


def content_of(facts: ContractFacts, locale: str) -> dict[str, Any]:
    """Return the contract in a language: its title, its sections, and its terms for machines.

    It names the day and no time, so that what is shown is what is accepted, the same day.
    """
    words = _Words(facts, locale)
    return {
        "locale": locale,
        "title": translate(locale, "contract-title"),
        "buyer": facts.buyer_name,
        "sections": [
            {"id": name, "heading": translate(locale, f"contract-{name}"), "lines": lines}
            for name, lines in words.sections().items()
        ],
        "terms": {
            "session": str(facts.session.id),
            "organization": str(facts.organization.id),
            "day": facts.now.astimezone(words.zone).date().isoformat(),
            "amount_cents": facts.price.total_cents,
            "currency": facts.session.currency,
            "withdrawal_ends_at": facts.plan.withdrawal_ends_at.isoformat(),
            "stages": [_stage(stage) for stage in facts.plan.stages],
        },
    }


def stages_of(content: Mapping[str, Any]) -> tuple[Stage, ...]:
    """Return the payments that a contract promises."""
    return tuple(
        Stage(stage["number"], datetime.fromisoformat(stage["due_at"]), stage["amount_cents"])
        for stage in content["terms"]["stages"]
    )


def paragraphs(content: Mapping[str, Any]) -> list[str]:
    """Return a document's words for a mail."""
    parts = [str(content["title"])]
    for section in content["sections"]:
        parts += [section["heading"].upper(), *section["lines"]]
    return parts


def last_day(locale: str, plan: Plan, rules: PlanRules) -> str:
    """Return the last day of the withdrawal period, which counts to its end."""
    return format_day(locale, plan.withdrawal_ends_at - timedelta(seconds=1), rules.time_zone)


def _stage(stage: Stage) -> dict[str, Any]:
    return {"number": stage.number, "due_at": stage.due_at.isoformat(), "amount_cents": stage.amount_cents}


class _Words:
    """Sections in one language."""

    def __init__(self, facts: ContractFacts, locale: str) -> None:
        self.facts, self.locale = facts, locale
        self.zone = ZoneInfo(facts.rules.time_zone)
        english = locale == "en"
        course = facts.course
        self.course_title = (course.title_en if english else "") or course.title
        self.objectives = (course.objectives_en if english else []) or course.objectives
        self.programme = (course.description_en if english else "") or course.description
        self.prerequisites = (course.prerequisites_en if english else "") or course.prerequisites

    def sections(self) -> dict[str, list[str]]:
        """Return paragraphs by section, those without words left out."""
        found = {
            "parties": self._parties(),
            "subject": self._subject(),
            "programme": [*self.objectives, self.programme],
            "before": [self.prerequisites or self._say("before-none")],
            "means": [self._say("means-text"), self._say("teachers-text", contact=self._contact())],
            "when": self._when(),
            "price": self._price(),
            "payment": self._payment(),
            "withdrawal": self._withdrawal(),
            "stopping": self._stopping(),
            "force-majeure": [self._say("force-majeure-text")],
            "disagreement": [self._say("disagreement-text", contact=self._contact())],
        }
        return {name: [line.strip() for line in lines if line.strip()] for name, lines in found.items()}

    def _say(self, key: str, **arguments: object) -> str:
        return translate(self.locale, f"contract-{key}", **arguments)

    def _money(self, cents: int) -> str:
        return format_money(self.locale, cents, self.facts.session.currency)

    def _contact(self) -> str:
        return self.facts.organization.contact_email or self.facts.organization.name

    def _parties(self) -> list[str]:
        school = self.facts.organization
        address = ", ".join(
            part
            for part in (school.address_line1, school.address_line2, f"{school.postal_code} {school.city}".strip())
            if part
        )
        known = [school.name, address]
        known += [f"SIRET {school.siret}"] if school.siret else []
        known += [self._say("nda", number=school.nda)] if school.nda else []
        known += [school.contact_email]
        buyer = f"{self.facts.buyer_name} · {self.facts.buyer_email}"
        return [
            self._say("parties-seller", seller=" · ".join(part for part in known if part)),
            self._say("parties-buyer", buyer=buyer),
            self._say("parties-why"),
        ]

    def _subject(self) -> list[str]:
        course = self.facts.course
        return [
            self._say("subject-text", course=self.course_title),
            self._say("subject-basis", basis=course.legal_basis) if course.legal_basis else "",
            self._say("subject-result"),
        ]

    def _when(self) -> list[str]:
        session = self.facts.session
        place = " · ".join(part for part in (session.location, session.address) if part)
        return [
            self._say(
                "when-dates",
                days=format_days(self.locale, session.starts_at, session.ends_at, session.time_zone),
                start=format_time(self.locale, session.starts_at, session.time_zone),
                end=format_time(self.locale, session.ends_at, session.time_zone),
                zone=session.time_zone,
            ),
            self._say(
                "when-duration",
                duration=format_duration(self.locale, self.facts.course.duration_minutes),
                seats=session.capacity,
            ),
            self._say(
                "when-place",
                place=place or translate(self.locale, "place-remote"),
                modality=translate(self.locale, f"modality-{session.modality}"),
                language=translate(self.locale, f"language-{session.language}"),
            ),
        ]

    def _price(self) -> list[str]:
        price = self.facts.price
        off = [self._say("price-discount", amount=self._money(price.discount_cents))] if price.discount_cents else []
        key = "price-text" if price.vat_cents else "price-no-vat"
        return [
            *off,
            self._say(
                key,
                total=self._money(price.total_cents),
                net=self._money(price.net_cents),
                vat=self._money(price.vat_cents),
            ),
        ]

    def _payment(self) -> list[str]:
        session, rules = self.facts.session, self.facts.rules
        lines = [self._say("payment-card"), self._say("payment-nothing", day=self._last_day())]
        for stage in self.facts.plan.stages:
            day = format_day(self.locale, stage.due_at, rules.time_zone if stage.number == 1 else session.time_zone)
            amount = self._money(stage.amount_cents)
            lines.append(self._say("payment-stage", number=stage.number, day=day, amount=amount))
        return [*lines, self._say("payment-refused")]

    def _withdrawal(self) -> list[str]:
        return [
            self._say("withdrawal-right", days=self.facts.rules.withdrawal_days, day=self._last_day()),
            self._say("withdrawal-how", contact=self._contact()),
            self._say("withdrawal-effect"),
        ]

    def _stopping(self) -> list[str]:
        tiers = sorted(self.facts.course.refund_tiers, key=lambda tier: -int(tier["days_before"]))
        return [
            self._say("stopping-text"),
            *(self._say("stopping-tier", percent=t["percent"], days=t["days_before"]) for t in tiers),
            self._say("stopping-else"),
            self._say("stopping-seller"),
        ]

    def _last_day(self) -> str:
        return last_day(self.locale, self.facts.plan, self.facts.rules)
