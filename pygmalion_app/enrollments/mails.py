"""The mails of an order: confirmation, convocations, release, refund."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.accounts.models import User
from pygmalion_app.catalog.models import Course
from pygmalion_app.core.i18n import format_day, format_days, format_money, format_time, translate
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments.models import Enrollment, EnrollmentStatus, Order
from pygmalion_app.notifications.service import queue_email
from pygmalion_app.organizations.models import Organization
from pygmalion_app.payments.service import payment_of
from pygmalion_app.sessions.models import TrainingSession


@dataclass(frozen=True, slots=True)
class MailFacts:
    """A session and the person who is written to."""

    course: Course
    session: TrainingSession
    organization: str
    buyer: User

    def words(self, locale: str) -> dict[str, object]:
        """Return what every mail about an order may say, in the reader's language."""
        english = locale == "en"
        session = self.session
        return {
            "course": (self.course.title_en if english else "") or self.course.title,
            "organization": self.organization,
            "dates": format_days(locale, session.starts_at, session.ends_at, session.time_zone),
            "start": format_time(locale, session.starts_at, session.time_zone),
            "place": " · ".join(part for part in (session.location, session.address) if part)
            or translate(locale, "place-remote"),
            "bring": (self.course.bring_en if english else "") or self.course.bring,
        }

    def course_path(self, locale: str) -> str:
        """Return the address of the course page."""
        return f"/en/courses/{self.course.slug}" if locale == "en" else f"/fr/formations/{self.course.slug}"


async def order_confirmed(uow: UnitOfWork, order: Order) -> None:
    """Tell the buyer, and send each participant the convocation."""
    facts = await facts_of(uow, order.session_id, order.buyer_user_id)
    locale = facts.buyer.locale
    if order.withdrawal_ends_at is None:
        owed = await payment_of(uow, order.id)
        cents = owed.amount_cents if owed else order.total_cents
        template = "order-on-account" if order.payment_method == "invoice" else "order-confirmed"
        await _to_buyer(uow, order, facts, template, amount=format_money(locale, cents, order.currency))
    else:
        # The period counts to the end of its last day.
        day = _day(locale, order.withdrawal_ends_at - timedelta(seconds=1), uow.settings.withdrawal_time_zone)
        await _to_buyer(uow, order, facts, "order-saved", withdrawal=day)
    people = await uow.session.execute(
        select(User)
        .join(Enrollment, col(Enrollment.user_id) == col(User.id))
        .where(col(Enrollment.order_id) == order.id, col(Enrollment.status) == EnrollmentStatus.CONFIRMED)
        .order_by(col(User.id))
    )
    for person in people.scalars():
        words = facts.words(person.locale) | {"first_name": person.first_name}
        path = f"/{person.locale}/training"
        await queue_email(uow, person.email, "convocation", person.locale, path=path, enclosed=(), **words)


async def order_expired(uow: UnitOfWork, order: Order) -> None:
    """Tell the buyer that the seats are on sale again."""
    facts = await facts_of(uow, order.session_id, order.buyer_user_id)
    await _to_buyer(uow, order, facts, "order-expired", path=facts.course_path(facts.buyer.locale))


async def order_refunded(uow: UnitOfWork, order: Order) -> None:
    """Tell the buyer that a late payment goes back in full."""
    facts = await facts_of(uow, order.session_id, order.buyer_user_id)
    locale = facts.buyer.locale
    amount = format_money(locale, order.total_cents, order.currency)
    await _to_buyer(uow, order, facts, "order-refunded", path=facts.course_path(locale), amount=amount)


async def enrollment_cancelled(uow: UnitOfWork, order: Order, participant: str, refund_cents: int) -> None:
    """Tell the buyer that one seat is given up, and what is paid back."""
    facts = await facts_of(uow, order.session_id, order.buyer_user_id)
    amount = format_money(facts.buyer.locale, refund_cents, order.currency)
    # What was never paid by card is not given back, but owed no more.
    template = "enrollment-credited" if order.payment_method == "invoice" else "enrollment-cancelled"
    await _to_buyer(uow, order, facts, template, participant=participant, amount=amount)


async def refund_arrived(uow: UnitOfWork, order: Order, amount_cents: int) -> None:
    """Tell the buyer that money has gone back to where it came from."""
    facts = await facts_of(uow, order.session_id, order.buyer_user_id)
    amount = format_money(facts.buyer.locale, amount_cents, order.currency)
    await _to_buyer(uow, order, facts, "refund-arrived", amount=amount)


async def refund_paid_by_hand(uow: UnitOfWork, order: Order, amount_cents: int, reference: str, paid_on: date) -> None:
    """Tell the buyer that money was sent back by bank transfer, where their card or bank did not take it."""
    facts = await facts_of(uow, order.session_id, order.buyer_user_id)
    locale = facts.buyer.locale
    amount = format_money(locale, amount_cents, order.currency)
    day = format_day(locale, paid_on)
    await _to_buyer(uow, order, facts, "refund-by-hand", amount=amount, reference=reference, day=day)


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
    uow: UnitOfWork, order: Order, facts: MailFacts, template: str, path: str | None = None, **more: object
) -> None:
    locale = facts.buyer.locale
    words = facts.words(locale) | {"first_name": facts.buyer.first_name, "quantity": order.quantity} | more
    path = path or f"/{locale}/orders/{order.id}"
    await queue_email(uow, facts.buyer.email, template, locale, path=path, enclosed=(), **words)


def _day(locale: str, moment: datetime, time_zone: str) -> str:
    return format_days(locale, moment, moment, time_zone)
