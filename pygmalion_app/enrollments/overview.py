"""What a buyer's and a learner's screens show: the offer, orders, bookings, what a cancellation gives back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlmodel import col

from pygmalion_app.accounts.models import User
from pygmalion_app.catalog.models import Course
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.schemas import View
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments import policy, queries
from pygmalion_app.enrollments.models import Enrollment, EnrollmentStatus, Order
from pygmalion_app.enrollments.pricing import VAT_BASIS_POINTS
from pygmalion_app.enrollments.schemas import EnrollmentView
from pygmalion_app.organizations.models import Organization
from pygmalion_app.sessions.models import TrainingSession

_MOST = 200


class Offer(View):
    """A session as a buyer sees it. Price in cents excluding VAT, `vat_basis_points` in hundredths of a percent."""

    session_id: UUID
    course_slug: str
    course_title: str
    course_title_en: str
    category: str
    organization_name: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    location: str
    address: str
    modality: str
    language: str
    duration_minutes: int
    price_cents: int
    currency: str
    vat_basis_points: int
    seats_left: int
    open: bool
    refund_tiers: list[dict[str, int]]


class Booking(View):
    """One seat of a person, with what they need to come."""

    enrollment_id: UUID
    order_id: UUID
    status: str
    present: bool | None
    passed: bool | None
    course_slug: str
    course_title: str
    course_title_en: str
    organization_name: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    location: str
    address: str
    modality: str
    bring: str
    bring_en: str
    duration_minutes: int
    bought: bool
    """Whether the reader ordered it, and so may cancel it."""


class OrderSummary(View):
    """An order in a list. Amount in cents including VAT."""

    order_id: UUID
    status: str
    quantity: int
    amount_cents: int
    currency: str
    course_title: str
    course_title_en: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    location: str
    created_at: datetime
    expires_at: datetime


class TeamBooking(View):
    """A colleague's seat in a session to come."""

    user_id: UUID
    order_id: UUID
    status: str
    course_title: str
    course_title_en: str
    starts_at: datetime
    time_zone: str


async def offer(uow: UnitOfWork, session_id: UUID) -> Offer:
    """Return a published session with what it costs; NotFoundError when there is none."""
    query = (
        select(TrainingSession, Course, col(Organization.name), col(Organization.vat_regime))
        .join(Course, col(Course.id) == col(TrainingSession.course_id))
        .join(Organization, col(Organization.id) == col(TrainingSession.organization_id))
        .where(col(TrainingSession.id) == session_id, col(Course.status) == "published")
    )
    row = (await uow.session.execute(query)).one_or_none()
    if row is None:
        raise NotFoundError(session=str(session_id))
    session, course, organization, vat_regime = row
    return Offer(
        session_id=session.id,
        course_slug=course.slug,
        course_title=course.title,
        course_title_en=course.title_en or course.title,
        category=course.category,
        organization_name=organization,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        time_zone=session.time_zone,
        location=session.location,
        address=session.address,
        modality=session.modality,
        language=session.language,
        duration_minutes=course.duration_minutes,
        price_cents=session.price_cents,
        currency=session.currency,
        vat_basis_points=VAT_BASIS_POINTS[vat_regime],
        seats_left=max(0, session.capacity - session.seats_taken),
        open=session.status == "scheduled" and session.starts_at > uow.clock.now(),
        refund_tiers=course.refund_tiers,
    )


async def my_bookings(uow: UnitOfWork) -> tuple[Booking, ...]:
    """Return the caller's own seats, the latest session first; holds that lapsed unpaid are left out."""
    user_id = uow.actor.require_user()
    query = (
        select(Enrollment, Order, TrainingSession, Course, col(Organization.name))
        .join(Order, col(Order.id) == col(Enrollment.order_id))
        .join(TrainingSession, col(TrainingSession.id) == col(Enrollment.session_id))
        .join(Course, col(Course.id) == col(Enrollment.course_id))
        .join(Organization, col(Organization.id) == col(TrainingSession.organization_id))
        .where(col(Enrollment.user_id) == user_id, col(Order.status) != "EXPIRED")
        .order_by(col(TrainingSession.starts_at).desc(), col(Enrollment.id))
        .limit(_MOST)
    )
    return tuple(
        Booking(
            enrollment_id=seat.id,
            order_id=order.id,
            status=seat.status,
            present=seat.present,
            passed=seat.passed,
            course_slug=course.slug,
            course_title=course.title,
            course_title_en=course.title_en or course.title,
            organization_name=organization,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            time_zone=session.time_zone,
            location=session.location,
            address=session.address,
            modality=session.modality,
            bring=course.bring,
            bring_en=course.bring_en or course.bring,
            duration_minutes=course.duration_minutes,
            bought=policy.is_buyer(uow.actor, order),
        )
        for seat, order, session, course, organization in await uow.session.execute(query)
    )


async def order_people(uow: UnitOfWork, order_id: UUID) -> tuple[EnrollmentView, ...]:
    """Return the seats of an order to its buyer, by name; NotFoundError to anybody else."""
    await _own_order(uow, order_id)
    return await queries.of_order(uow, order_id)


async def my_orders(uow: UnitOfWork) -> tuple[OrderSummary, ...]:
    """Return the orders of the caller and their companies, the latest session first; lapsed ones are left out."""
    mine = or_(
        col(Order.buyer_user_id) == uow.actor.require_user(),
        col(Order.buyer_organization_id).in_(uow.actor.organizations_with(Permission.ENROLLMENT_CREATE)),
    )
    query = (
        _orders()
        .where(mine, col(Order.status) != "EXPIRED")
        .order_by(col(TrainingSession.starts_at).desc(), col(Order.id))
        .limit(_MOST)
    )
    return tuple(
        OrderSummary(
            order_id=order.id,
            status=order.status,
            quantity=order.quantity,
            amount_cents=order.total_cents,
            currency=order.currency,
            course_title=title,
            course_title_en=title_en or title,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            time_zone=session.time_zone,
            location=session.location,
            created_at=order.created_at,
            expires_at=order.hold_expires_at,
        )
        for order, session, title, title_en in await uow.session.execute(query)
    )


async def team_bookings(uow: UnitOfWork, organization_id: UUID) -> tuple[TeamBooking, ...]:
    """Return the seats to come that an organisation bought, the soonest first; for its managers."""
    uow.actor.require(Permission.TEAM_READ, organization_id)
    query = (
        select(Enrollment, TrainingSession, col(Course.title), col(Course.title_en))
        .join(Order, col(Order.id) == col(Enrollment.order_id))
        .join(TrainingSession, col(TrainingSession.id) == col(Enrollment.session_id))
        .join(Course, col(Course.id) == col(Enrollment.course_id))
        .where(
            col(Order.buyer_organization_id) == organization_id,
            col(Enrollment.status).in_((EnrollmentStatus.PENDING, EnrollmentStatus.CONFIRMED)),
            col(TrainingSession.starts_at) > uow.clock.now(),
        )
        .order_by(col(TrainingSession.starts_at), col(Enrollment.id))
        .limit(_MOST)
    )
    return tuple(
        TeamBooking(
            user_id=seat.user_id,
            order_id=seat.order_id,
            status=seat.status,
            course_title=title,
            course_title_en=title_en or title,
            starts_at=session.starts_at,
            time_zone=session.time_zone,
        )
        for seat, session, title, title_en in await uow.session.execute(query)
    )


async def already_enrolled(uow: UnitOfWork, session_id: UUID) -> frozenset[str]:
    """Return the addresses of those whom the caller, or their companies, enrolled in a session already."""
    query = (
        select(func.lower(col(User.email)))
        .join(Enrollment, col(Enrollment.user_id) == col(User.id))
        .join(Order, col(Order.id) == col(Enrollment.order_id))
        .where(
            col(Enrollment.session_id) == session_id,
            col(Enrollment.status) != EnrollmentStatus.CANCELLED,
            or_(
                col(Enrollment.user_id) == uow.actor.require_user(),
                col(Order.buyer_user_id) == uow.actor.user_id,
                col(Order.buyer_organization_id).in_(uow.actor.organizations_with(Permission.ENROLLMENT_CREATE)),
            ),
        )
    )
    return frozenset((await uow.session.execute(query)).scalars())


def _orders() -> Select[Order, TrainingSession, str, str]:
    return (
        select(Order, TrainingSession, col(Course.title), col(Course.title_en))
        .join(TrainingSession, col(TrainingSession.id) == col(Order.session_id))
        .join(Course, col(Course.id) == col(TrainingSession.course_id))
    )


async def _own_order(uow: UnitOfWork, order_id: UUID) -> Order:
    uow.actor.require_user()
    found = await uow.session.get(Order, order_id)
    if found is None or not policy.is_buyer(uow.actor, found):
        raise NotFoundError(order=str(order_id))
    return found
