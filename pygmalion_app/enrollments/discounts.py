"""Discount codes: what they take off, until when, how often; an order uses one for as long as it holds or is paid."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from pygmalion_app.catalog.models import Course
from pygmalion_app.core import audit
from pygmalion_app.core.errors import InvalidInputError, NotFoundError
from pygmalion_app.core.limits import Limit, hit
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments.discount_models import DiscountCode
from pygmalion_app.enrollments.errors import DiscountExistsError, DiscountRefusedError
from pygmalion_app.enrollments.models import Order
from pygmalion_app.enrollments.pricing import VAT_BASIS_POINTS, Discount, price_of
from pygmalion_app.enrollments.schemas import DiscountView, NewDiscount, Quote, QuoteView
from pygmalion_app.organizations.models import Organization
from pygmalion_app.sessions.models import TrainingSession

# A hold that lapses and an order cancelled unpaid give their use back by themselves. A payment that comes late finds
# its price kept, even where others have taken the last use meanwhile: it was promised to them.
_USES: LiteralString = """
SELECT count(*) AS count FROM orders o WHERE o.discount_code_id = %(id)s
  AND (o.confirmed_at IS NOT NULL OR (o.status = 'PENDING' AND o.hold_expires_at > %(now)s))
"""


async def find(uow: UnitOfWork, organization_id: UUID, text: str | None) -> DiscountCode | None:
    """Return a seller's code of that name, whether it can be used or not; the caller is elevated."""
    if not text:
        return None
    query = select(DiscountCode).where(
        col(DiscountCode.organization_id) == organization_id, col(DiscountCode.code) == text.strip()
    )
    return (await uow.session.execute(query)).scalar_one_or_none()


def discount_of(code: DiscountCode | None) -> Discount | None:
    """Return what a code takes off."""
    return Discount(code.percent, code.amount_cents) if code else None


async def claim(uow: UnitOfWork, code: DiscountCode | None, course_id: UUID, order_id: UUID) -> None:
    """Use a code for an order that carries it already and is not committed yet; the caller is elevated.

    The code's row stays locked until the transaction ends, so that its uses are counted one order after another.
    Raises DiscountRefusedError.
    """
    found = _usable(code, course_id, uow.clock.now())
    if found.max_uses is None:
        return
    # Orders that were just inserted hold their code's key, and must not wait for each other.
    lock = select(col(DiscountCode.id)).where(col(DiscountCode.id) == found.id).with_for_update(key_share=True)
    await uow.session.execute(lock)
    if await _uses(uow, found.id, but=order_id) >= found.max_uses:
        raise DiscountRefusedError(field="discount_code", reason="used")


def _usable(code: DiscountCode | None, course_id: UUID, now: datetime) -> DiscountCode:
    reason = ""
    if code is None:
        reason = "unknown"
    elif not code.active or (code.valid_until is not None and code.valid_until <= now):
        reason = "over"
    elif code.valid_from is not None and code.valid_from > now:
        reason = "early"
    elif code.course_id not in {None, course_id}:
        reason = "course"
    if code is None or reason:
        raise DiscountRefusedError(field="discount_code", reason=reason)
    return code


async def _uses(uow: UnitOfWork, code_id: UUID, *, but: UUID | None = None) -> int:
    query: LiteralString = _USES + " AND o.id IS DISTINCT FROM %(but)s"
    rows = await uow.sql(query, id=code_id, now=uow.clock.now(), but=but)
    return int(rows[0]["count"])


async def quote(uow: UnitOfWork, command: Quote) -> QuoteView:
    """Return what an order would cost now, by the calculation that ordering uses; nothing is held.

    Raises NotFoundError, DiscountRefusedError, and TooManyRequestsError for whoever tries many codes.
    """
    user_id = uow.actor.require_user()
    if command.discount_code:
        await hit(Limit.DISCOUNT, user_id)
    query = (
        select(TrainingSession, col(Organization.vat_regime))
        .join(Course, col(Course.id) == col(TrainingSession.course_id))
        .join(Organization, col(Organization.id) == col(TrainingSession.organization_id))
        .where(col(TrainingSession.id) == command.session_id, col(Course.status) == "published")
    )
    row = (await uow.session.execute(query)).one_or_none()
    if row is None:
        raise NotFoundError(session=str(command.session_id))
    session, vat_regime = row
    code = None
    if command.discount_code:
        async with uow.elevated():
            code = _usable(
                await find(uow, session.organization_id, command.discount_code), session.course_id, uow.clock.now()
            )
            if code.max_uses is not None and await _uses(uow, code.id) >= code.max_uses:
                raise DiscountRefusedError(field="discount_code", reason="used")
    price = price_of(session.price_cents, command.quantity, VAT_BASIS_POINTS[vat_regime], discount_of(code))
    return QuoteView(
        session_id=session.id,
        quantity=command.quantity,
        unit_price_cents=session.price_cents,
        list_cents=price.list_cents,
        discount_code=code.code if code else None,
        discount_percent=code.percent if code else None,
        discount_amount_cents=code.amount_cents if code else None,
        discount_cents=price.discount_cents,
        net_cents=price.net_cents,
        vat_basis_points=VAT_BASIS_POINTS[vat_regime],
        vat_cents=price.vat_cents,
        amount_cents=price.total_cents,
        currency=session.currency,
    )


async def create(uow: UnitOfWork, organization_id: UUID, command: NewDiscount) -> DiscountView:
    """Add a code to an organisation's. Raises DiscountExistsError, InvalidInputError."""
    uow.actor.require(Permission.COURSE_UPDATE, organization_id)
    if command.course_id is not None:
        course = await uow.session.get(Course, command.course_id)
        if course is None or course.organization_id != organization_id:
            raise InvalidInputError(field="course_id")
    if command.valid_until is not None and command.valid_until <= max(
        command.valid_from or uow.clock.now(), uow.clock.now()
    ):
        raise InvalidInputError(field="valid_until")
    code = DiscountCode(
        organization_id=organization_id,
        created_by=uow.actor.require_user(),
        created_at=uow.clock.now(),
        **command.model_dump(),
    )
    uow.session.add(code)
    try:
        await uow.session.flush()
    except IntegrityError as error:
        raise DiscountExistsError(field="code") from error
    await audit.record(uow, "discount.created", subject_id=code.id, organization_id=organization_id)
    return (await _views(uow, organization_id, code.id))[0]


async def deactivate(uow: UnitOfWork, organization_id: UUID, code_id: UUID) -> DiscountView:
    """Let a code take nothing off any more; orders that carry it keep their price."""
    uow.actor.require(Permission.COURSE_UPDATE, organization_id)
    code = await uow.session.get(DiscountCode, code_id, with_for_update=True)
    if code is None or code.organization_id != organization_id:
        raise NotFoundError(discount=str(code_id))
    if code.active:
        code.active = False
        await uow.session.flush()
        await audit.record(uow, "discount.deactivated", subject_id=code_id, organization_id=organization_id)
    return (await _views(uow, organization_id, code_id))[0]


async def codes(uow: UnitOfWork, organization_id: UUID) -> Sequence[DiscountView]:
    """Return an organisation's codes with their uses, the newest first."""
    uow.actor.require(Permission.COURSE_UPDATE, organization_id)
    return await _views(uow, organization_id)


async def courses(uow: UnitOfWork, organization_id: UUID) -> list[tuple[UUID, str]]:
    """Return the courses that a code of an organisation can be for, by title."""
    uow.actor.require(Permission.COURSE_UPDATE, organization_id)
    query = select(col(Course.id), col(Course.title)).where(
        col(Course.organization_id) == organization_id, col(Course.status) != "archived"
    )
    return [(row[0], row[1]) for row in await uow.session.execute(query.order_by(col(Course.title)).limit(500))]


async def set_changes_until(uow: UnitOfWork, organization_id: UUID, days: int) -> None:
    """Say until how many days before a session buyers change their seats by themselves; for orders to come."""
    uow.actor.require(Permission.COURSE_UPDATE, organization_id)
    if not 0 <= days <= 60:  # noqa: PLR2004 - as the database holds it
        raise InvalidInputError(field="days")
    organization = await uow.session.get(Organization, organization_id)
    if organization is None:
        raise NotFoundError(organization=str(organization_id))
    organization.changes_until_days = days
    await uow.session.flush()


async def changes_until(uow: UnitOfWork, organization_id: UUID) -> int:
    """Return until how many days before a session an organisation's buyers change their seats by themselves."""
    uow.actor.require(Permission.COURSE_UPDATE, organization_id)
    query = select(col(Organization.changes_until_days)).where(col(Organization.id) == organization_id)
    return (await uow.session.execute(query)).scalar_one()


async def _views(uow: UnitOfWork, organization_id: UUID, code_id: UUID | None = None) -> list[DiscountView]:
    now = uow.clock.now()
    held = (col(Order.status) == "PENDING") & (col(Order.hold_expires_at) > now)
    counted = (
        select(func.count(), func.coalesce(func.sum(col(Order.discount_cents)), 0))
        .where(col(Order.discount_code_id) == col(DiscountCode.id), col(Order.confirmed_at).is_not(None) | held)
        .lateral("used")
    )
    query = (
        select(DiscountCode, col(Course.title), counted)
        .outerjoin(Course, col(Course.id) == col(DiscountCode.course_id))
        .join(counted, onclause=col(DiscountCode.id).is_not(None))
        .where(col(DiscountCode.organization_id) == organization_id)
        .order_by(col(DiscountCode.id).desc())
    )
    if code_id is not None:
        query = query.where(col(DiscountCode.id) == code_id)
    return [
        _view(code, title, int(uses), int(given), now) for code, title, uses, given in await uow.session.execute(query)
    ]


def _view(code: DiscountCode, course_title: str | None, uses: int, given_cents: int, now: datetime) -> DiscountView:
    return DiscountView(
        id=code.id,
        code=code.code,
        percent=code.percent,
        amount_cents=code.amount_cents,
        course_id=code.course_id,
        course_title=course_title,
        valid_from=code.valid_from,
        valid_until=code.valid_until,
        max_uses=code.max_uses,
        uses=uses,
        given_cents=given_cents,
        state=_state(code, uses, now),
    )


def _state(code: DiscountCode, uses: int, now: datetime) -> Any:
    if not code.active:
        return "off"
    if code.valid_until is not None and code.valid_until <= now:
        return "over"
    if code.max_uses is not None and uses >= code.max_uses:
        return "used"
    return "early" if code.valid_from is not None and code.valid_from > now else "good"
