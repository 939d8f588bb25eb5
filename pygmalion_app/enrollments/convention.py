"""The training agreement of a company's order (convention de formation), made anew from the order as it stands."""

import asyncio
import io
from collections.abc import Sequence
from uuid import UUID

import pikepdf
from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.accounts.models import User
from pygmalion_app.catalog.models import Course
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.i18n import format_days, supported
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments import policy
from pygmalion_app.enrollments.convention_text import AgreementFacts, letter_of
from pygmalion_app.enrollments.document.render import Letter, render
from pygmalion_app.enrollments.funding_models import FundingStatus, OrderFunding
from pygmalion_app.enrollments.models import Enrollment, EnrollmentStatus, Order, OrderStatus, Payer
from pygmalion_app.organizations.models import Organization
from pygmalion_app.sessions.models import TrainingSession

_AGREED = (EnrollmentStatus.CONFIRMED, EnrollmentStatus.IN_PROGRESS, EnrollmentStatus.COMPLETED)


async def convention(uow: UnitOfWork, order_id: UUID, locale: str) -> bytes:
    """Return the agreement as PDF, to whoever buys for the company and to the training organisation's admin.

    Raises NotFoundError to anybody else, for an individual's order, and for one that is not confirmed.
    """
    uow.actor.require_user()
    order = await uow.session.get(Order, order_id)
    if order is None or not _may_read(uow.actor, order):
        raise NotFoundError(order=str(order_id))
    letters = await _letters(uow, [order_id], locale)
    if not letters:
        raise NotFoundError(order=str(order_id))
    return await asyncio.to_thread(render, letters[0])


async def conventions(uow: UnitOfWork, session_id: UUID, locale: str) -> bytes:
    """Return a session's agreements in one PDF, to its organisation's admin.

    Raises NotFoundError to anybody else, and where no company has ordered.
    """
    uow.actor.require_user()
    session = await uow.session.get(TrainingSession, session_id)
    if session is None or not uow.actor.can(Permission.SESSION_UPDATE, session.organization_id):
        raise NotFoundError(session=str(session_id))
    query = select(col(Order.id)).where(col(Order.session_id) == session_id).order_by(col(Order.created_at))
    letters = await _letters(uow, (await uow.session.execute(query)).scalars().all(), locale)
    if not letters:
        raise NotFoundError(session=str(session_id))
    return await asyncio.to_thread(_together, letters)


def _may_read(actor: Actor, order: Order) -> bool:
    return policy.is_buyer(actor, order) or actor.can(Permission.SESSION_UPDATE, order.seller_organization_id)


async def _letters(uow: UnitOfWork, order_ids: Sequence[UUID], locale: str) -> list[Letter]:
    """Return the agreements of those of the orders that have one."""
    query = (
        select(Order, TrainingSession, Course, User)
        .join(TrainingSession, col(TrainingSession.id) == col(Order.session_id))
        .join(Course, col(Course.id) == col(TrainingSession.course_id))
        .join(User, col(User.id) == col(Order.buyer_user_id))
        .where(
            col(Order.id).in_(order_ids),
            col(Order.payer) == Payer.COMPANY,
            col(Order.status) == OrderStatus.CONFIRMED,
            col(Order.buyer_organization_id).is_not(None),
        )
        .order_by(col(Order.created_at), col(Order.id))
    )
    # Both parties' own numbers and addresses, and who signed for the buyer, stand in what both of them sign.
    async with uow.elevated():
        rows = (await uow.session.execute(query)).all()
        return [
            letter_of(
                AgreementFacts(
                    order=order,
                    session=session,
                    course=course,
                    signatory=buyer,
                    seller=await uow.session.get_one(Organization, order.seller_organization_id),
                    buyer=await uow.session.get_one(Organization, order.buyer_organization_id),
                    participants=await _participants(uow, order, supported(locale)),
                    funding=await _funding(uow, order.id),
                    due_days=uow.settings.invoice_due_days,
                ),
                supported(locale),
            )
            for order, session, course, buyer in rows
        ]


async def _participants(uow: UnitOfWork, order: Order, locale: str) -> list[str]:
    """Return names; whoever was moved to another session, with its days."""
    query = (
        select(User, TrainingSession)
        .join(Enrollment, col(Enrollment.user_id) == col(User.id))
        .join(TrainingSession, col(TrainingSession.id) == col(Enrollment.session_id))
        .where(col(Enrollment.order_id) == order.id, col(Enrollment.status).in_(_AGREED))
        .order_by(col(User.last_name), col(User.first_name), col(User.id))
    )
    named = list[str]()
    for person, session in (await uow.session.execute(query)).all():
        name = f"{person.last_name.upper()} {person.first_name}".strip()
        moved = session.id != order.session_id
        days = format_days(locale, session.starts_at, session.ends_at, session.time_zone) if moved else ""
        named.append(f"{name} ({days})" if days else name)
    return named


async def _funding(uow: UnitOfWork, order_id: UUID) -> Sequence[OrderFunding]:
    query = select(OrderFunding).where(
        col(OrderFunding.order_id) == order_id, col(OrderFunding.status) != FundingStatus.REFUSED
    )
    return (await uow.session.execute(query.order_by(col(OrderFunding.id)))).scalars().all()


def _together(letters: list[Letter]) -> bytes:
    whole = pikepdf.Pdf.new()
    for letter in letters:
        with pikepdf.Pdf.open(io.BytesIO(render(letter))) as part:
            whole.pages.extend(part.pages)
    with whole.open_metadata() as about:
        about["dc:title"] = letters[0].title
        about["dc:language"] = {letters[0].locale}
    whole.Root.Lang = pikepdf.String(letters[0].locale)
    written = io.BytesIO()
    whole.save(written, deterministic_id=True)
    return written.getvalue()
