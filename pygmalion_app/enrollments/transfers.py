"""A seat that changes hands, or moves to another session of its course, until a lock date.

A buyer moves a seat only to a session of the price they paid for: nothing is charged or given back behind their back.
For another price they cancel, with the refund shown first, and book anew. A school may move a seat at any time before
the start, to a dearer session too: the buyer pays nothing more. An individual's contract names the person and the
dates, so theirs is not changed: they withdraw or cancel, and enrol anew.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from pygmalion_app.accounts.service import ensure_people
from pygmalion_app.core import audit
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments import change_mails, policy, queries
from pygmalion_app.enrollments.change_models import ChangeKind, EnrollmentChange
from pygmalion_app.enrollments.errors import AlreadyEnrolledError, NotChangeableError, SessionFullError
from pygmalion_app.enrollments.models import Enrollment, EnrollmentStatus, Order, Payer
from pygmalion_app.enrollments.schemas import EnrollmentView, MoveSeat, ReplaceParticipant, SessionChoice
from pygmalion_app.enrollments.seats import LockedSession, lock_session, recount
from pygmalion_app.payments.service import lock_payment
from pygmalion_app.sessions.models import TrainingSession

_MOST_SESSIONS = 50


async def replace_participant(uow: UnitOfWork, enrollment_id: UUID, command: ReplaceParticipant) -> EnrollmentView:
    """Give a seat to another person, who gets an account and the convocation; the one before is told.

    Repeating it changes nothing. Raises NotChangeableError (with its reason), AlreadyEnrolledError.
    """
    found, ordered = await queries.with_order(uow, enrollment_id)
    policy.require_cancel(uow.actor, found, ordered)
    by_buyer = policy.is_buyer(uow.actor, ordered)
    async with uow.elevated():
        (newcomer,) = (await ensure_people(uow, (command.participant,))).values()
        await lock_payment(uow, ordered.id)
        ordered = await uow.session.get_one(Order, ordered.id, with_for_update=True, populate_existing=True)
        # The order is locked, so the seat keeps its session until this one is locked too.
        seat = await uow.session.get_one(Enrollment, enrollment_id, populate_existing=True)
        session = await lock_session(uow, seat.session_id)
        seat = await uow.session.get_one(Enrollment, enrollment_id, with_for_update=True, populate_existing=True)
        if seat.user_id != newcomer:
            _require_changeable(uow, seat, ordered, session.starts_at, by_buyer=by_buyer)
            await _replace(uow, seat, ordered, newcomer)
    return await queries.one(uow, enrollment_id)


async def _replace(uow: UnitOfWork, seat: Enrollment, ordered: Order, newcomer: UUID) -> None:
    before, seat.user_id = seat.user_id, newcomer
    uow.session.add(_change(uow, seat.id, ChangeKind.PARTICIPANT, from_user_id=before, to_user_id=newcomer))
    await _flush(uow, seat)
    if seat.status == EnrollmentStatus.CONFIRMED:
        # Before payment nobody was told of a seat.
        await change_mails.participant_replaced(uow, seat, before)
    await audit.record(
        uow,
        "enrollment.participant_replaced",
        subject_id=newcomer,
        organization_id=ordered.seller_organization_id,
        facts={"enrollment": seat.id, "before": before},
    )


async def move(uow: UnitOfWork, enrollment_id: UUID, command: MoveSeat) -> EnrollmentView:
    """Move a paid seat to another session of its course, both sessions locked in the order of their ids.

    Repeating it changes nothing. Raises NotChangeableError (with its reason), SessionFullError, AlreadyEnrolledError.
    """
    found, ordered = await queries.with_order(uow, enrollment_id)
    policy.require_cancel(uow.actor, found, ordered)
    by_buyer = policy.is_buyer(uow.actor, ordered)
    async with uow.elevated():
        await lock_payment(uow, ordered.id)
        ordered = await uow.session.get_one(Order, ordered.id, with_for_update=True, populate_existing=True)
        seat = await uow.session.get_one(Enrollment, enrollment_id, populate_existing=True)
        ids = sorted({seat.session_id, command.session_id})
        sessions = {one: await lock_session(uow, one) for one in ids}
        seat = await uow.session.get_one(Enrollment, enrollment_id, with_for_update=True, populate_existing=True)
        if seat.session_id != command.session_id:
            before, after = sessions[seat.session_id], sessions[command.session_id]
            _require_changeable(uow, seat, ordered, before.starts_at, by_buyer=by_buyer)
            if seat.status != EnrollmentStatus.CONFIRMED:
                raise NotChangeableError(reason="unpaid", days=0)
            _require_fitting(uow, ordered, before, after, by_buyer=by_buyer)
            await _move(uow, seat, ordered, before, after)
    return await queries.one(uow, enrollment_id)


async def _move(uow: UnitOfWork, seat: Enrollment, ordered: Order, before: LockedSession, after: LockedSession) -> None:
    seat.session_id = after.id
    change = _change(uow, seat.id, ChangeKind.SESSION, from_session_id=before.id, to_session_id=after.id)
    uow.session.add(change)
    await _flush(uow, seat)
    if not await recount(uow, after.id):
        raise SessionFullError(session=str(after.id), left=0, wanted=1)
    await recount(uow, before.id)
    await change_mails.seat_moved(uow, ordered, seat)
    await audit.record(
        uow,
        "enrollment.moved",
        subject_id=seat.user_id,
        organization_id=ordered.seller_organization_id,
        facts={"enrollment": seat.id, "before": before.id, "after": after.id},
    )


async def sessions_to_move_to(uow: UnitOfWork, enrollment_id: UUID) -> tuple[SessionChoice, ...]:
    """Return the sessions that a seat could be moved to now, the soonest first. Raises as `move` does."""
    found, ordered = await queries.with_order(uow, enrollment_id)
    policy.require_cancel(uow.actor, found, ordered)
    by_buyer = policy.is_buyer(uow.actor, ordered)
    session = await uow.session.get_one(TrainingSession, found.session_id)
    _require_changeable(uow, found, ordered, session.starts_at, by_buyer=by_buyer)
    price = col(TrainingSession.price_cents)
    query = (
        select(TrainingSession)
        .where(
            col(TrainingSession.course_id) == found.course_id,
            col(TrainingSession.id) != found.session_id,
            col(TrainingSession.status) == "scheduled",
            col(TrainingSession.starts_at) > uow.clock.now(),
            col(TrainingSession.seats_taken) < col(TrainingSession.capacity),
            price == ordered.unit_price_cents if by_buyer else price >= ordered.unit_price_cents,
        )
        .order_by(col(TrainingSession.starts_at), col(TrainingSession.id))
        .limit(_MOST_SESSIONS)
    )
    return tuple(
        SessionChoice(
            session_id=one.id,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            time_zone=one.time_zone,
            location=one.location,
            modality=one.modality,
            seats_left=one.capacity - one.seats_taken,
        )
        for one in (await uow.session.execute(query)).scalars()
    )


def changes_until(order: Order, starts_at: datetime) -> datetime:
    """Return the moment from which the buyer can change a seat no more."""
    return starts_at - timedelta(days=order.changes_until_days)


def _require_changeable(
    uow: UnitOfWork, seat: Enrollment, order: Order, starts_at: datetime, *, by_buyer: bool
) -> None:
    """Certificates exist for completed seats only, so a seat that is neither completed nor validated has none."""
    now = uow.clock.now()
    reason = ""
    if order.payer == Payer.INDIVIDUAL:
        reason = "individual"
    elif seat.present is not None or seat.status in {EnrollmentStatus.IN_PROGRESS, EnrollmentStatus.COMPLETED}:
        reason = "validated"
    elif seat.status == EnrollmentStatus.CANCELLED:
        reason = "over"
    elif starts_at <= now:
        reason = "started"
    elif by_buyer and changes_until(order, starts_at) <= now:
        reason = "late"
    if reason:
        raise NotChangeableError(reason=reason, days=order.changes_until_days)


def _require_fitting(
    uow: UnitOfWork, order: Order, before: LockedSession, after: LockedSession, *, by_buyer: bool
) -> None:
    if after.course_id != before.course_id:
        raise NotChangeableError(reason="course", days=0)
    if after.status != "scheduled" or after.starts_at <= uow.clock.now():
        raise NotChangeableError(reason="started", days=0)
    dearer = after.price_cents > order.unit_price_cents
    if after.currency != order.currency or (after.price_cents != order.unit_price_cents and (by_buyer or not dearer)):
        raise NotChangeableError(reason="price", days=0)
    if after.left < 1:
        raise SessionFullError(session=str(after.id), left=0, wanted=1)


async def _flush(uow: UnitOfWork, seat: Enrollment) -> None:
    session_id = str(seat.session_id)
    try:
        await uow.session.flush()
    except IntegrityError as error:
        raise AlreadyEnrolledError(field="participant", session=session_id) from error


def _change(uow: UnitOfWork, seat_id: UUID, kind: ChangeKind, **ends: UUID) -> EnrollmentChange:
    return EnrollmentChange(
        enrollment_id=seat_id,
        kind=kind,
        changed_by=uow.actor.require_user(),
        created_at=uow.clock.now(),
        **ends,
    )


async def changes_of(uow: UnitOfWork, order_id: UUID) -> Sequence[EnrollmentChange]:
    """Return what became of an order's seats, the oldest first; the caller has checked the actor."""
    query = (
        select(EnrollmentChange)
        .join(Enrollment, col(Enrollment.id) == col(EnrollmentChange.enrollment_id))
        .where(col(Enrollment.order_id) == order_id)
        .order_by(col(EnrollmentChange.id))
    )
    return (await uow.session.execute(query)).scalars().all()
