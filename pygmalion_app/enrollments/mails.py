"""The mails of an order: confirmation, convocations, release, refund."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, LiteralString, Protocol
from uuid import UUID

from pygmalion_app.core.batches import Statement
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments.models import Order
from pygmalion_app.notifications.attachments import Attached
from pygmalion_app.notifications.facts import Fact, both, day, days, money, text, time, words_of
from pygmalion_app.notifications.telling import Link, notify

CALENDAR: Final = "calendar"
"""The attachment that holds a seat's calendar entry."""
ON_ACCOUNT, PAID, SAVED = CONFIRMATIONS = ("order-on-account", "order-confirmed", "order-saved")
"""How a buyer is told of a confirmed order: to be paid by transfer, paid (or free), its card saved."""
_FACTS: Final[LiteralString] = """
SELECT c.slug, c.title, c.title_en, c.bring, c.bring_en, s.starts_at, s.ends_at, s.time_zone, s.location, s.address,
  s.status, g.name AS organization, u.id, u.email, u.first_name, u.last_name, u.locale
FROM sessions s JOIN courses c ON c.id = s.course_id JOIN organizations g ON g.id = s.organization_id
JOIN users u ON u.id = %(buyer)s WHERE s.id = %(session)s
"""
_SEATS: Final[LiteralString] = """
SELECT id, user_id FROM enrollments e WHERE order_id = %(order)s AND status = 'CONFIRMED' AND NOT EXISTS (
  SELECT FROM enrollment_changes c WHERE c.enrollment_id = e.id AND c.created_at >= e.confirmed_at)
ORDER BY user_id
"""
"""Who has a seat by a change since the confirmation was told with that change."""


class Told(Protocol):
    """What mails say of an order: of its row, or of what was read under its lock."""

    @property
    def id(self) -> UUID: ...  # noqa: D102 - see `enrollments.models.Order`
    @property
    def session_id(self) -> UUID: ...  # noqa: D102
    @property
    def buyer_user_id(self) -> UUID: ...  # noqa: D102
    @property
    def quantity(self) -> int: ...  # noqa: D102
    @property
    def total_cents(self) -> int: ...  # noqa: D102
    @property
    def currency(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class ConfirmedOrder:
    """What its confirmation says of an order. Amounts in cents; `owed_cents` without what third parties pay."""

    id: UUID
    session_id: UUID
    buyer_user_id: UUID
    payment_method: str
    quantity: int
    total_cents: int
    owed_cents: int
    currency: str
    withdrawal_ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class SoldCourse:
    """What mails say of a course."""

    slug: str
    title: str
    title_en: str
    bring: str
    bring_en: str


@dataclass(frozen=True, slots=True)
class SoldSession:
    """What mails say of a session."""

    starts_at: datetime
    ends_at: datetime
    time_zone: str
    location: str
    address: str
    status: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is written to."""

    id: UUID
    email: str
    first_name: str
    last_name: str
    locale: str


@dataclass(frozen=True, slots=True)
class MailFacts:
    """A session and the person who is written to."""

    course: SoldCourse
    session: SoldSession
    organization: str
    buyer: Reader

    def facts(self) -> dict[str, Fact]:
        """Return what everything said about an order may say, for either language."""
        session = self.session
        place = " · ".join(part for part in (session.location, session.address) if part)
        return {
            "course": both(self.course.title, self.course.title_en),
            "organization": self.organization,
            "dates": days(session.starts_at, session.ends_at, session.time_zone),
            "start": time(session.starts_at, session.time_zone),
            "place": place or text("place-remote"),
            "bring": both(self.course.bring, self.course.bring_en),
        }

    def words(self, locale: str) -> dict[str, object]:
        """Return the same in one language."""
        return words_of(locale, self.facts())

    @property
    def course_page(self) -> Link:
        """Return the way to the course's page."""
        return Link("course", {"slug": self.course.slug})


async def order_confirmed(uow: UnitOfWork, order: ConfirmedOrder) -> None:
    """Tell the buyer, and send each participant the convocation."""
    known, seats = await uow.pipeline(_facts(order.session_id, order.buyer_user_id), (_SEATS, {"order": order.id}))
    facts = _read(known)
    if order.withdrawal_ends_at is None:
        template = ON_ACCOUNT if order.payment_method == "invoice" else PAID
        await _to_buyer(uow, order, facts, template, amount=money(order.owed_cents, order.currency))
    else:
        # The period counts to the end of its last day.
        last = order.withdrawal_ends_at - timedelta(seconds=1)
        day_of_it = days(last, last, uow.settings.withdrawal_time_zone)
        await _to_buyer(uow, order, facts, SAVED, withdrawal=day_of_it)
    for seat in seats:
        await called_up(uow, seat["user_id"], seat["id"], facts)


async def called_up(uow: UnitOfWork, person_id: UUID, seat_id: UUID, facts: MailFacts) -> None:
    """Send a participant the convocation, with the entry for their calendar."""
    entry = Attached(CALENDAR, seat_id)
    await notify(uow, person_id, "convocation", facts.facts(), Link("training"), attached=entry)


async def order_expired(uow: UnitOfWork, order: Told) -> None:
    """Tell the buyer that the seats are on sale again."""
    facts = await facts_of(uow, order.session_id, order.buyer_user_id)
    await _to_buyer(uow, order, facts, "order-expired", link=facts.course_page)


async def order_refunded(uow: UnitOfWork, order: Told) -> None:
    """Tell the buyer that a late payment goes back in full."""
    facts = await facts_of(uow, order.session_id, order.buyer_user_id)
    amount = money(order.total_cents, order.currency)
    await _to_buyer(uow, order, facts, "order-refunded", link=facts.course_page, amount=amount)


async def enrollment_cancelled(uow: UnitOfWork, order: Order, participant: str, refund_cents: int) -> None:
    """Tell the buyer that one seat is given up, and what is paid back."""
    facts = await facts_of(uow, order.session_id, order.buyer_user_id)
    amount = money(refund_cents, order.currency)
    # What was never paid by card is not given back, but owed no more.
    template = "enrollment-credited" if order.payment_method == "invoice" else "enrollment-cancelled"
    await _to_buyer(uow, order, facts, template, participant=participant, amount=amount)


async def refund_arrived(uow: UnitOfWork, order: Told, amount_cents: int) -> None:
    """Tell the buyer that money has gone back to where it came from."""
    facts = await facts_of(uow, order.session_id, order.buyer_user_id)
    amount = money(amount_cents, order.currency)
    await _to_buyer(uow, order, facts, "refund-arrived", amount=amount)


async def refund_paid_by_hand(uow: UnitOfWork, order: Order, amount_cents: int, reference: str, paid_on: date) -> None:
    """Tell the buyer that money was sent back by bank transfer, where their card or bank did not take it."""
    facts = await facts_of(uow, order.session_id, order.buyer_user_id)
    amount = money(amount_cents, order.currency)
    await _to_buyer(uow, order, facts, "refund-by-hand", amount=amount, reference=reference, day=day(paid_on))


async def facts_of(uow: UnitOfWork, session_id: UUID, buyer_id: UUID) -> MailFacts:
    """Return what every mail about a session may say to somebody."""
    await uow.session.flush()
    return _read((await uow.pipeline(_facts(session_id, buyer_id)))[0])


def _facts(session_id: UUID, buyer_id: UUID) -> Statement:
    return _FACTS, {"session": session_id, "buyer": buyer_id}


def _read(rows: Sequence[Mapping[str, Any]]) -> MailFacts:
    (row,) = rows
    return MailFacts(
        SoldCourse(row["slug"], row["title"], row["title_en"], row["bring"], row["bring_en"]),
        SoldSession(row["starts_at"], row["ends_at"], row["time_zone"], row["location"], row["address"], row["status"]),
        row["organization"],
        Reader(row["id"], row["email"], row["first_name"], row["last_name"], row["locale"]),
    )


async def _to_buyer(
    uow: UnitOfWork,
    order: Told,
    facts: MailFacts,
    kind: str,
    link: Link | None = None,
    participant: str = "",
    **more: Fact,
) -> None:
    said = facts.facts() | {"quantity": order.quantity} | more
    link = link or Link("order", {"order_id": order.id})
    await notify(uow, facts.buyer.id, kind, said, link, private={"participant": participant})
