"""The mails of an order: confirmation, convocations, release, refund."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import exists, select
from sqlmodel import col

from pygmalion_app.accounts.models import User
from pygmalion_app.catalog.models import Course
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments.change_models import EnrollmentChange
from pygmalion_app.enrollments.models import Enrollment, EnrollmentStatus, Order
from pygmalion_app.notifications.attachments import Attached
from pygmalion_app.notifications.facts import Fact, both, day, days, money, text, time, words_of
from pygmalion_app.notifications.telling import Link, notify
from pygmalion_app.organizations.models import Organization
from pygmalion_app.payments.service import payment_of
from pygmalion_app.sessions.models import TrainingSession

CALENDAR: Final = "calendar"
"""The attachment that holds a seat's calendar entry."""
ON_ACCOUNT, PAID, SAVED = CONFIRMATIONS = ("order-on-account", "order-confirmed", "order-saved")
"""How a buyer is told of a confirmed order: to be paid by transfer, paid (or free), its card saved."""


@dataclass(frozen=True, slots=True)
class MailFacts:
    """A session and the person who is written to."""

    course: Course
    session: TrainingSession
    organization: str
    buyer: User

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


async def order_confirmed(uow: UnitOfWork, order: Order) -> None:
    """Tell the buyer, and send each participant the convocation."""
    facts = await facts_of(uow, order.session_id, order.buyer_user_id)
    if order.withdrawal_ends_at is None:
        owed = await payment_of(uow, order.id)
        cents = owed.amount_cents if owed else order.total_cents
        template = ON_ACCOUNT if order.payment_method == "invoice" else PAID
        await _to_buyer(uow, order, facts, template, amount=money(cents, order.currency))
    else:
        # The period counts to the end of its last day.
        last = order.withdrawal_ends_at - timedelta(seconds=1)
        day_of_it = days(last, last, uow.settings.withdrawal_time_zone)
        await _to_buyer(uow, order, facts, SAVED, withdrawal=day_of_it)
    # Who has a seat by a change since the confirmation was told with that change.
    changed = exists().where(
        col(EnrollmentChange.enrollment_id) == col(Enrollment.id),
        col(EnrollmentChange.created_at) >= col(Enrollment.confirmed_at),
    )
    people = await uow.session.execute(
        select(Enrollment)
        .where(col(Enrollment.order_id) == order.id, col(Enrollment.status) == EnrollmentStatus.CONFIRMED, ~changed)
        .order_by(col(Enrollment.user_id))
    )
    for seat in people.scalars():
        await called_up(uow, seat.user_id, seat.id, facts)


async def called_up(uow: UnitOfWork, person_id: UUID, seat_id: UUID, facts: MailFacts) -> None:
    """Send a participant the convocation, with the entry for their calendar."""
    entry = Attached(CALENDAR, seat_id)
    await notify(uow, person_id, "convocation", facts.facts(), Link("training"), attached=entry)


async def order_expired(uow: UnitOfWork, order: Order) -> None:
    """Tell the buyer that the seats are on sale again."""
    facts = await facts_of(uow, order.session_id, order.buyer_user_id)
    await _to_buyer(uow, order, facts, "order-expired", link=facts.course_page)


async def order_refunded(uow: UnitOfWork, order: Order) -> None:
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


async def refund_arrived(uow: UnitOfWork, order: Order, amount_cents: int) -> None:
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
    query = (
        select(Course, TrainingSession, col(Organization.name), User)
        .join(TrainingSession, col(TrainingSession.course_id) == col(Course.id))
        .join(Organization, col(Organization.id) == col(TrainingSession.organization_id))
        .join(User, col(User.id) == buyer_id)
        .where(col(TrainingSession.id) == session_id)
    )
    course, session, organization, buyer = (await uow.session.execute(query)).one()
    return MailFacts(course, session, organization, buyer)


async def _to_buyer(
    uow: UnitOfWork,
    order: Order,
    facts: MailFacts,
    kind: str,
    link: Link | None = None,
    participant: str = "",
    **more: Fact,
) -> None:
    said = facts.facts() | {"quantity": order.quantity} | more
    link = link or Link("order", {"order_id": order.id})
    await notify(uow, facts.buyer.id, kind, said, link, private={"participant": participant})
