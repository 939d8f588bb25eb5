"""Who takes part in the demonstration's sessions: orders, payments, enrolments and opinions."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from pygmalion_app.core.money import Money
from pygmalion_app.demo.books import enter
from pygmalion_app.demo.content import opinions
from pygmalion_app.demo.ids import demo_id, dice
from pygmalion_app.demo.people import Cast, Person
from pygmalion_app.demo.sessions import Planned

VAT_BASIS_POINTS: Final = {"standard_20": 2000}
COMMISSION_BASIS_POINTS: Final = 1000
HOLD: Final = timedelta(minutes=30)
WITHDRAWAL: Final = timedelta(days=14)
MOST_AHEAD: Final = 6
"""Bookings to come that one person has at most."""
_RATINGS: Final = (5,) * 11 + (4,) * 7 + (3,) * 2


class Bookings:
    """Fills sessions with people, each person at most once in a session and once ahead in a course."""

    def __init__(self, cast: Cast, now: datetime) -> None:
        """Take the cast whose rows are filled, and the moment of the load."""
        self.cast = cast
        self.now = now
        self._ahead: dict[UUID, set[str]] = defaultdict(set)
        self._courses = {row["id"]: row for row in cast.rows["courses"]}
        self._sellers = {row["id"]: row for row in cast.rows["organizations"]}
        self._reviewed: set[tuple[UUID, UUID]] = set()
        self._said: dict[str, int] = defaultdict(int)
        self._heard: set[tuple[UUID, str]] = set()

    def fill(self, sessions: Iterable[Planned]) -> None:
        """Add every session with its participants."""
        for planned in sessions:
            people = self._choose(planned)
            planned.row["seats_taken"] = len(people)
            self.cast.rows["sessions"].append(planned.row)
            for company in sorted({person.company for person in people}):
                together = [person for person in people if person.company == company]
                # Who pays for oneself orders alone.
                for group in [together] if company else [[person] for person in together]:
                    self._order(planned, company, group)
            if planned.rated:
                self._review(planned, people)

    def _choose(self, planned: Planned) -> list[Person]:
        learner = self.cast.accounts["learner"]
        free = [
            person
            for person in self.cast.people
            if person.id != learner and (planned.past or self._may_book(person, planned.code))
        ]
        dice("people", planned.id).shuffle(free)
        # Those whose job requires the course come first, then those who pay for themselves.
        free.sort(key=lambda person: (planned.code not in person.needs, person.company != ""))
        needed = (planned.seats + 1) // 2
        first = [person for person in free if planned.code in person.needs][:needed]
        chosen = first + [person for person in free if person not in first and not person.company]
        if planned.with_learner:
            chosen = [person for person in self.cast.people if person.id == learner] + chosen
        chosen = chosen[: planned.seats]
        if not planned.past:
            for person in chosen:
                self._ahead[person.id].add(planned.code)
        return chosen

    def _may_book(self, person: Person, code: str) -> bool:
        ahead = self._ahead[person.id]
        return code not in ahead and len(ahead) < MOST_AHEAD

    def _order(self, planned: Planned, company: str, people: list[Person]) -> None:
        session = planned.row
        buyer = self.cast.managers[company] if company else people[0].id
        ordered_at = self._ordered_at(planned, buyer)
        seller = self._sellers[session["organization_id"]]
        net = Money(session["price_cents"]).times(len(people))
        vat = net.share(VAT_BASIS_POINTS.get(seller["vat_regime"], 0))
        order_id = demo_id("order", planned.id, company or people[0].id)
        self.cast.rows["orders"].append(
            {
                "id": order_id,
                "created_at": ordered_at,
                "buyer_user_id": buyer,
                "buyer_organization_id": demo_id("organization", company) if company else None,
                "seller_organization_id": session["organization_id"],
                "session_id": planned.id,
                "payer": "company" if company else "individual",
                "payment_method": "card",
                "quantity": len(people),
                "unit_price_cents": session["price_cents"],
                "net_cents": net.cents,
                "vat_cents": vat.cents,
                "total_cents": net.cents + vat.cents,
                "currency": "EUR",
                "vat_regime": seller["vat_regime"],
                "refund_tiers": self._courses[session["course_id"]]["refund_tiers"],
                "status": "CONFIRMED",
                "hold_expires_at": ordered_at + HOLD,
                "withdrawal_ends_at": None if company else ordered_at + WITHDRAWAL,
                "confirmed_at": ordered_at + timedelta(minutes=4),
            }
        )
        self._payment(planned, order_id, buyer, company, len(people), net, vat)
        for person in people:
            self._enrollment(planned, order_id, person, ordered_at)

    def _ordered_at(self, planned: Planned, buyer: UUID) -> datetime:
        chance = dice("ordered", planned.id, buyer)
        latest = min(self.now - timedelta(hours=2), planned.row["starts_at"] - timedelta(days=3))
        return latest - timedelta(days=chance.randint(0, 24), minutes=chance.randint(0, 600))

    def _payment(
        self, planned: Planned, order_id: UUID, buyer: UUID, company: str, quantity: int, net: Money, vat: Money
    ) -> None:
        ordered_at = self.cast.rows["orders"][-1]["created_at"]
        # An individual's card is saved; nothing is collected before the withdrawal period ends.
        saved = not company and not planned.past
        self.cast.rows["payments"].append(
            {
                "id": demo_id("payment", order_id),
                "created_at": ordered_at,
                "reference": order_id,
                "payer_user_id": buyer,
                "payer_organization_id": demo_id("organization", company) if company else None,
                "payee_organization_id": planned.row["organization_id"],
                "mode": "setup" if saved else "payment",
                "amount_cents": net.cents + vat.cents,
                "commission_cents": net.share(COMMISSION_BASIS_POINTS).cents,
                "refunded_cents": 0,
                "currency": "EUR",
                "description": self._courses[planned.row["course_id"]]["title"],
                "quantity": quantity,
                "status": "saved" if saved else "succeeded",
                "payment_intent": None if saved else f"pi_demo_{order_id.hex[:24]}",
                "expires_at": ordered_at + HOLD,
                "paid_at": None if saved else ordered_at + timedelta(minutes=4),
            }
        )
        enter(self.cast.rows, self.cast.rows["payments"][-1])

    def _enrollment(self, planned: Planned, order_id: UUID, person: Person, ordered_at: datetime) -> None:
        held = planned.past
        is_learner = person.id == self.cast.accounts["learner"]
        passed = held and (is_learner or dice("passed", planned.id, person.id).random() > 0.05)  # noqa: PLR2004 - 1 in 20
        self.cast.rows["enrollments"].append(
            {
                "id": demo_id("enrollment", planned.id, person.id),
                "created_at": ordered_at,
                "order_id": order_id,
                "session_id": planned.id,
                "course_id": planned.row["course_id"],
                "user_id": person.id,
                "status": "COMPLETED" if held else "CONFIRMED",
                "present": True if held else None,
                "passed": passed if held else None,
                "validated_by": planned.row["trainer_id"] if held else None,
                "confirmed_at": ordered_at + timedelta(minutes=4),
                "completed_at": planned.row["ends_at"] if held else None,
            }
        )

    def _review(self, planned: Planned, people: list[Person]) -> None:
        course = self._courses[planned.row["course_id"]]
        words = opinions()[course["category"]]
        for person in people:
            chance = dice("review", planned.id, person.id)
            if (course["id"], person.id) in self._reviewed or chance.random() > 0.8:  # noqa: PLR2004 - four in five
                continue
            self._reviewed.add((course["id"], person.id))
            rating = chance.choice(_RATINGS)
            course["rating_sum"] += rating
            course["rating_count"] += 1
            self.cast.rows["reviews"].append(
                {
                    "id": demo_id("review", course["id"], person.id),
                    "created_at": planned.row["ends_at"] + timedelta(days=chance.randint(1, 20), minutes=37),
                    "course_id": course["id"],
                    "user_id": person.id,
                    "rating": rating,
                    "comment": self._next_words(course, words.get(str(rating), [])),
                }
            )

    def _next_words(self, course: dict[str, Any], words: list[str]) -> str:
        """Return the next opinion that this course has not had, none when all have been said."""
        for _ in words:
            key = f"{course['category']}:{words[0]}"
            text = words[self._said[key] % len(words)]
            self._said[key] += 1
            if (course["id"], text) not in self._heard:
                self._heard.add((course["id"], text))
                return text
        return ""
