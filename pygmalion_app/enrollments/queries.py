"""Reads of enrolments, each in one statement."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlmodel import col

from pygmalion_app.accounts.models import User
from pygmalion_app.catalog.models import Course
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments.models import Enrollment, Order
from pygmalion_app.enrollments.schemas import EnrollmentBrief, EnrollmentView, OrderView, Participant
from pygmalion_app.organizations.models import Organization
from pygmalion_app.payments.schemas import PaymentView
from pygmalion_app.payments.service import payment_of
from pygmalion_app.sessions.models import TrainingSession


def _base() -> Select[Enrollment, User, TrainingSession, Course, str]:
    return (
        select(Enrollment, User, TrainingSession, Course, col(Organization.name))
        .join(User, col(User.id) == col(Enrollment.user_id))
        .join(TrainingSession, col(TrainingSession.id) == col(Enrollment.session_id))
        .join(Course, col(Course.id) == col(Enrollment.course_id))
        .join(Organization, col(Organization.id) == col(TrainingSession.organization_id))
    )


def _view(enrollment: Enrollment, user: User, session: TrainingSession, course: Course, name: str) -> EnrollmentView:
    return EnrollmentView(
        id=enrollment.id,
        order_id=enrollment.order_id,
        status=enrollment.status,
        present=enrollment.present,
        passed=enrollment.passed,
        participant=Participant(
            user_id=user.id, email=user.email, first_name=user.first_name, last_name=user.last_name
        ),
        session_id=session.id,
        course_id=course.id,
        course_slug=course.slug,
        course_title=course.title,
        course_title_en=course.title_en or course.title,
        category=course.category,
        organization_name=name,
        start_date=session.starts_at,
        end_date=session.ends_at,
        time_zone=session.time_zone,
        location=session.location,
        modality=session.modality,
        duration_minutes=course.duration_minutes,
        enrolled_at=enrollment.created_at,
        completed_at=enrollment.completed_at,
    )


async def one(uow: UnitOfWork, enrollment_id: UUID) -> EnrollmentView:
    """Return one enrolment that the caller was allowed to see."""
    row = (await uow.session.execute(_base().where(col(Enrollment.id) == enrollment_id))).one()
    return _view(*row)


async def visible(uow: UnitOfWork, actor: Actor, paging: PageRequest, *, own_only: bool) -> Page[EnrollmentView]:
    """Return the actor's own enrolments, and unless `own_only` those they or their companies bought."""
    mine = col(Enrollment.user_id) == actor.require_user()
    if not own_only:
        mine = or_(
            mine,
            col(Enrollment.buyer_user_id) == actor.user_id,
            col(Enrollment.buyer_organization_id).in_(actor.organizations_with(Permission.ENROLLMENT_CREATE)),
        )
    total = (await uow.session.execute(select(func.count()).select_from(Enrollment).where(mine))).scalar_one()
    rows = await uow.session.execute(
        _base()
        .where(mine)
        .order_by(col(TrainingSession.starts_at).desc(), col(Enrollment.id))
        .limit(paging.limit)
        .offset(paging.offset)
    )
    return Page(tuple(_view(*row) for row in rows), total, paging)


async def of_session(uow: UnitOfWork, session_id: UUID) -> tuple[EnrollmentView, ...]:
    """Return a session's enrolments by name, cancelled ones left out."""
    rows = await uow.session.execute(
        _base()
        .where(col(Enrollment.session_id) == session_id, col(Enrollment.status) != "CANCELLED")
        .order_by(col(User.last_name), col(User.first_name), col(Enrollment.id))
    )
    return tuple(_view(*row) for row in rows)


async def of_order(uow: UnitOfWork, order_id: UUID) -> tuple[EnrollmentView, ...]:
    """Return an order's enrolments by name, cancelled ones too."""
    rows = await uow.session.execute(
        _base()
        .where(col(Enrollment.order_id) == order_id)
        .order_by(col(User.last_name), col(User.first_name), col(Enrollment.id))
    )
    return tuple(_view(*row) for row in rows)


def view_of_order(order: Order, seats: Iterable[EnrollmentBrief], payment: PaymentView | None) -> OrderView:
    """Return what a buyer sees of an order."""
    return OrderView(
        order_id=order.id,
        session_id=order.session_id,
        enrollments=tuple(seats),
        status=order.status,
        payer=order.payer,
        quantity=order.quantity,
        unit_price_cents=order.unit_price_cents,
        discount_cents=order.discount_cents,
        net_cents=order.net_cents,
        vat_cents=order.vat_cents,
        amount_cents=order.total_cents,
        currency=order.currency,
        payment_id=payment.id if payment else None,
        payment_status=payment.status if payment else None,
        checkout_url=payment.checkout_url if payment else None,
        expires_at=order.hold_expires_at,
        withdrawal_ends_at=order.withdrawal_ends_at,
    )


async def order_view(uow: UnitOfWork, order_id: UUID) -> OrderView:
    """Return an order that the caller was allowed to see, its enrolments in the order of booking."""
    order = await uow.session.get_one(Order, order_id)
    rows = await uow.session.execute(
        select(Enrollment).where(col(Enrollment.order_id) == order_id).order_by(col(Enrollment.id))
    )
    seats = [EnrollmentBrief.model_validate(row) for row in rows.scalars()]
    return view_of_order(order, seats, await payment_of(uow, order_id))


async def with_order(uow: UnitOfWork, enrollment_id: UUID) -> tuple[Enrollment, Order]:
    """Return an enrolment and its order; NotFoundError when there is none, to a signed-in person."""
    query = (
        select(Enrollment, Order)
        .join(Order, col(Order.id) == col(Enrollment.order_id))
        .where(col(Enrollment.id) == enrollment_id)
    )
    row = (await uow.session.execute(query)).one_or_none()
    if row is None:
        uow.actor.require_user()
        raise NotFoundError(enrollment=str(enrollment_id))
    return row[0], row[1]
