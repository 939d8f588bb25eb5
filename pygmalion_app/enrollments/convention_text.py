"""The words of a training agreement between a company and a training organisation.

Code du travail L6353-1 and L6353-2, D6353-1: title, objective and content, means, duration, period and how it is held,
how it is followed and judged, the price and what each party pays of it. L6354-1: what is not given is paid back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from pygmalion_app.accounts.models import User
from pygmalion_app.catalog.models import Course
from pygmalion_app.core.i18n import format_day, format_days, format_duration, format_money, format_time, translate
from pygmalion_app.enrollments.document.render import Letter
from pygmalion_app.enrollments.funding_models import OrderFunding
from pygmalion_app.enrollments.models import Order
from pygmalion_app.organizations.models import Organization
from pygmalion_app.sessions.models import TrainingSession


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """Who agrees with whom on what; `due_days` is how long an invoice may be paid."""

    order: Order
    session: TrainingSession
    course: Course
    signatory: User
    """Who ordered for the company."""
    seller: Organization
    buyer: Organization
    participants: list[str]
    funding: Sequence[OrderFunding]
    due_days: int


def letter_of(facts: AgreementFacts, locale: str) -> Letter:
    """Return the agreement in a language, dated on the day of the order as counted where the session is held."""
    words = _Words(facts, locale)
    agreed = facts.order.confirmed_at or facts.order.created_at
    day = agreed.astimezone(ZoneInfo(facts.session.time_zone)).date()
    return Letter(
        locale=locale,
        kicker=words.say("kicker"),
        title=words.say("title"),
        author=facts.seller.name,
        day=day,
        sections=words.sections(),
        closing=[
            words.say(
                "closing",
                name=f"{facts.signatory.first_name} {facts.signatory.last_name}".strip(),
                buyer=facts.buyer.name,
                day=format_day(locale, agreed, facts.session.time_zone),
            ),
            words.say("closing-seller", seller=facts.seller.name),
        ],
        footer=words.say("footer", order=str(facts.order.id)),
    )


class _Words:
    """Sections in one language."""

    def __init__(self, facts: AgreementFacts, locale: str) -> None:
        self.facts, self.locale = facts, locale

    def sections(self) -> list[dict[str, Any]]:
        """Return the sections, those without words left out."""
        course = self.facts.course
        found = {
            "parties": self._parties(),
            "subject": self._subject(),
            "objectives": [f"– {line}" for line in self._both("objectives")],
            "programme": [self._both("description")],
            "before": [self._both("prerequisites") or translate(self.locale, "contract-before-none")],
            "means": [self._both("methods") or self.say("means-text"), self._both("accessibility")],
            "followed": [self._both("evaluation"), self.say("followed-text")],
            "when": self._when(course.duration_minutes),
            "people": [self._people()],
            "price": self._price(),
            "payment": self._payment(),
            "stopping": self._stopping(),
            "disagreement": [self.say("disagreement-text", seller=self.facts.seller.name)],
        }
        kept = {name: [line.strip() for line in lines if line.strip()] for name, lines in found.items()}
        return [{"heading": self.say(name), "lines": lines} for name, lines in kept.items() if lines]

    def say(self, key: str, **arguments: object) -> str:
        return translate(self.locale, f"convention-{key}", **arguments)

    def _both(self, name: str) -> Any:
        """Return what a course says, in English where it does."""
        english = getattr(self.facts.course, f"{name}_en") if self.locale == "en" else None
        return english or getattr(self.facts.course, name)

    def _money(self, cents: int) -> str:
        return format_money(self.locale, cents, self.facts.order.currency)

    def _parties(self) -> list[str]:
        return [
            self.say("seller", who=self._who(self.facts.seller)),
            self.say("buyer", who=self._who(self.facts.buyer)),
            self.say("law"),
        ]

    def _who(self, one: Organization) -> str:
        town = f"{one.postal_code} {one.city}".strip()
        address = ", ".join(part for part in (one.address_line1, one.address_line2, town) if part)
        known = [one.name, address]
        known += [f"SIRET {one.siret}"] if one.siret else []
        known += [translate(self.locale, "contract-nda", number=one.nda)] if one.nda else []
        return " · ".join(part for part in (*known, one.contact_email) if part)

    def _subject(self) -> list[str]:
        course = self.facts.course
        return [
            self.say("subject-text", course=self._both("title")),
            translate(self.locale, "contract-subject-basis", basis=course.legal_basis) if course.legal_basis else "",
        ]

    def _when(self, minutes: int) -> list[str]:
        session = self.facts.session
        place = " · ".join(part for part in (session.location, session.address) if part)
        return [
            translate(
                self.locale,
                "contract-when-dates",
                days=format_days(self.locale, session.starts_at, session.ends_at, session.time_zone),
                start=format_time(self.locale, session.starts_at, session.time_zone),
                end=format_time(self.locale, session.ends_at, session.time_zone),
                zone=session.time_zone,
            ),
            self.say("when-duration", duration=format_duration(self.locale, minutes)),
            translate(
                self.locale,
                "contract-when-place",
                place=place or translate(self.locale, "place-remote"),
                modality=translate(self.locale, f"modality-{session.modality}"),
                language=translate(self.locale, f"language-{session.language}"),
            ),
        ]

    def _people(self) -> str:
        names = ", ".join(self.facts.participants)
        return f"{self.say('people-count', count=len(self.facts.participants))} {names}"

    def _price(self) -> list[str]:
        order = self.facts.order
        lines = [self.say("price-unit", count=order.quantity, unit=self._money(order.unit_price_cents))]
        if order.discount_cents:
            lines.append(translate(self.locale, "contract-price-discount", amount=self._money(order.discount_cents)))
        key = "contract-price-text" if order.vat_cents else "contract-price-no-vat"
        total, net, vat = (self._money(cents) for cents in (order.total_cents, order.net_cents, order.vat_cents))
        return [*lines, translate(self.locale, key, total=total, net=net, vat=vat)]

    def _payment(self) -> list[str]:
        order = self.facts.order
        lines = [self.say("payment-invoice", days=self.facts.due_days)]
        if order.payment_method != "invoice":
            lines = [self.say("payment-card")]
        lines += [self.say("payment-reference", reference=order.purchase_order)] if order.purchase_order else []
        for share in self.facts.funding:
            key = "payment-subrogated" if share.subrogation else "payment-funded"
            amount = self._money(share.amount_cents)
            lines.append(self.say(key, name=share.name, amount=amount, dossier=share.dossier))
        return lines

    def _stopping(self) -> list[str]:
        tiers = sorted(self.facts.order.refund_tiers, key=lambda tier: -int(tier["days_before"]))
        return [
            self.say("stopping-text"),
            *(self.say("stopping-tier", percent=tier["percent"], days=tier["days_before"]) for tier in tiers),
            self.say("stopping-replaced", days=self.facts.order.changes_until_days),
            self.say("stopping-seller"),
        ]
