"""Asking one's company for training, and its managers' answers.

A learner asks for themself and a manager answers. What costs more than a cost centre's limit needs two managers: the
first approval (or the request of a manager who wanted to book it) waits for another's. What is approved is booked in
the same transaction, by the same assignment as everything else.

Locks: the cost centre, then the request, then as in `assignment`.
"""

from collections.abc import Sequence
from typing import Final, LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from pygmalion_app.budgets import checks, request_notices, service
from pygmalion_app.budgets.assignment import assign
from pygmalion_app.budgets.errors import AlreadyAskedError, OtherManagerNeededError, RequestOverError
from pygmalion_app.budgets.models import OPEN, RequestState, TrainingRequest
from pygmalion_app.budgets.schemas import Approve, AskForTraining, Assign, Refuse, Seats
from pygmalion_app.catalog.models import Course
from pygmalion_app.core import audit
from pygmalion_app.core.errors import NotFoundError, PermissionDeniedError
from pygmalion_app.core.limits import Limit, hit
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments.errors import AlreadyEnrolledError, SessionPastError
from pygmalion_app.enrollments.models import Enrollment, EnrollmentStatus
from pygmalion_app.enrollments.pricing import VAT_BASIS_POINTS, price_of
from pygmalion_app.organizations.models import Organization, OrganizationKind
from pygmalion_app.sessions.models import SessionStatus, TrainingSession

MANAGE: Final = Permission.BUDGET_MANAGE
_BUYERS = (OrganizationKind.COMPANY, OrganizationKind.AIRPORT)
_DUE: LiteralString = """
SELECT r.id FROM training_requests r JOIN sessions s ON s.id = r.session_id
WHERE r.state IN ('requested', 'seconded') AND (s.starts_at <= %(now)s OR s.status <> 'scheduled') ORDER BY r.id
"""


async def companies(uow: UnitOfWork) -> Sequence[UUID]:
    """Return the companies that the caller can ask for training, the active one first."""
    own = [membership.organization_id for membership in uow.actor.memberships]
    query = select(col(Organization.id)).where(col(Organization.id).in_(own), col(Organization.kind).in_(_BUYERS))
    found = set((await uow.session.execute(query)).scalars())
    ordered = dict.fromkeys(one for one in own if one in found)
    return sorted(ordered, key=lambda one: one != uow.actor.active_organization_id)


async def ask(uow: UnitOfWork, command: AskForTraining) -> UUID:
    """Ask one's company for a seat, or, as a manager, another manager for seats of colleagues; return the request's id.

    Raises AlreadyAskedError, AlreadyEnrolledError, SessionPastError, NotInTeamError, PermissionDeniedError.
    """
    user_id = uow.actor.require_user()
    company = await _company(uow, command.organization_id)
    manages = uow.actor.can(MANAGE, company)
    people = tuple(sorted(set(command.user_ids))) or (user_id,)
    if not manages and (people != (user_id,) or command.cost_center_id):
        raise uow.actor.denied(MANAGE, company)
    await hit(Limit.ORDER, user_id)
    await checks.team(uow, company, people)
    async with uow.elevated():
        if command.cost_center_id:
            await service.lock_center(uow, company, command.cost_center_id)
        await _require_open(uow, command.session_id)
        await _require_not_booked(uow, command.session_id, people)
        request = TrainingRequest(
            organization_id=company,
            session_id=command.session_id,
            requested_by=user_id,
            user_ids=list(people),
            reason=command.reason,
            cost_center_id=command.cost_center_id,
            payment_method=command.payment_method,
            state=RequestState.SECONDED if manages else RequestState.REQUESTED,
            first_approved_by=user_id if manages else None,
            created_at=uow.clock.now(),
        )
        uow.session.add(request)
        try:
            await uow.session.flush()
        except IntegrityError as error:
            raise AlreadyAskedError(session=str(command.session_id)) from error
        await request_notices.to_managers(uow, request)
        await _note(uow, "request.asked", request)
    return request.id


async def approve(uow: UnitOfWork, request_id: UUID, command: Approve) -> RequestState:
    """Approve a request: it is booked, or, above the cost centre's limit, waits for another manager's approval.

    Raises RequestOverError, OtherManagerNeededError, and what `assign` does; the request then stays as it was.
    """
    known = await _managed(uow, request_id)
    async with uow.elevated():
        center_id = command.cost_center_id or known.cost_center_id
        center = await service.lock_center(uow, known.organization_id, center_id) if center_id else None
        request = await _locked(uow, request_id)
        session = await _require_open(uow, request.session_id)
        user_id = uow.actor.require_user()
        second = request.state == RequestState.SECONDED
        if second and request.first_approved_by == user_id:
            raise OtherManagerNeededError(request=str(request_id))
        request.cost_center_id, request.payment_method = center_id, command.payment_method
        limit = center.approval_limit_cents if center else None
        if not second and limit is not None and await _price(uow, session, len(request.user_ids)) > limit:
            request.state, request.first_approved_by = RequestState.SECONDED, user_id
            request.note = command.note
            await uow.session.flush()
            await request_notices.to_managers(uow, request)
            await _note(uow, "request.seconded", request)
            return RequestState.SECONDED
        await uow.session.flush()
    (order,) = await assign(uow, _assignment(request), f"request-{request_id}", approved=second)
    async with uow.elevated():
        _close(uow, request, RequestState.APPROVED, command.note)
        request.order_id = order.order_id
        await uow.session.flush()
        await request_notices.to_asker(uow, request, "request-approved")
        await _note(uow, "request.approved", request)
    return RequestState.APPROVED


async def refuse(uow: UnitOfWork, request_id: UUID, command: Refuse) -> None:
    """Turn a request down, with a word to whoever asked. Raises RequestOverError."""
    await _managed(uow, request_id)
    async with uow.elevated():
        request = await _locked(uow, request_id)
        _close(uow, request, RequestState.REFUSED, command.note)
        await uow.session.flush()
        await request_notices.to_asker(uow, request, "request-refused")
        await _note(uow, "request.refused", request)


async def withdraw(uow: UnitOfWork, request_id: UUID) -> None:
    """Take one's own request back. Raises RequestOverError, NotFoundError."""
    user_id = uow.actor.require_user()
    async with uow.elevated():
        found = await uow.session.get(TrainingRequest, request_id)
        if found is None or found.requested_by != user_id:
            raise NotFoundError(request=str(request_id))
        request = await _locked(uow, request_id)
        _close(uow, request, RequestState.WITHDRAWN, request.note)
        await uow.session.flush()
        await _note(uow, "request.withdrawn", request)


async def due(uow: UnitOfWork) -> list[UUID]:
    """Return the open requests whose session has begun or was called off."""
    return [row["id"] for row in await uow.sql(_DUE, now=uow.clock.now())]


async def expire(uow: UnitOfWork, request_id: UUID) -> None:
    """End a request that nobody answered in time, and say so; repeating it changes nothing."""
    request = await uow.session.get_one(TrainingRequest, request_id, with_for_update=True, populate_existing=True)
    session = await uow.session.get_one(TrainingSession, request.session_id)
    over = session.status != SessionStatus.SCHEDULED or session.starts_at <= uow.clock.now()
    if request.state in OPEN and over:
        request.state, request.closed_at = RequestState.EXPIRED, uow.clock.now()
        await uow.session.flush()
        await request_notices.to_asker(uow, request, "request-expired")


async def _company(uow: UnitOfWork, asked: UUID | None) -> UUID:
    own = await companies(uow)
    chosen = asked or next(iter(own), None)
    if chosen is None or chosen not in own:
        raise PermissionDeniedError(permission="request:create")
    return chosen


async def _managed(uow: UnitOfWork, request_id: UUID) -> TrainingRequest:
    """Return a request to the company's managers; to all others, NotFoundError."""
    uow.actor.require_user()
    found = await uow.session.get(TrainingRequest, request_id, populate_existing=True)
    if found is None or found.organization_id not in uow.actor.organizations_with(MANAGE):
        raise NotFoundError(request=str(request_id))
    return found


async def _locked(uow: UnitOfWork, request_id: UUID) -> TrainingRequest:
    request = await uow.session.get_one(TrainingRequest, request_id, with_for_update=True, populate_existing=True)
    if request.state not in OPEN:
        raise RequestOverError(state=request.state)
    return request


async def _require_open(uow: UnitOfWork, session_id: UUID) -> TrainingSession:
    query = (
        select(TrainingSession)
        .join(Course, col(Course.id) == col(TrainingSession.course_id))
        .where(col(TrainingSession.id) == session_id, col(Course.status) == "published")
    )
    session = (await uow.session.execute(query)).scalar_one_or_none()
    if session is None:
        raise NotFoundError(session=str(session_id))
    if session.status != SessionStatus.SCHEDULED or session.starts_at <= uow.clock.now():
        raise SessionPastError(session=str(session_id))
    return session


async def _require_not_booked(uow: UnitOfWork, session_id: UUID, people: Sequence[UUID]) -> None:
    query = select(col(Enrollment.id)).where(
        col(Enrollment.session_id) == session_id,
        col(Enrollment.user_id).in_(people),
        col(Enrollment.status).not_in((EnrollmentStatus.CANCELLED, EnrollmentStatus.PENDING)),
    )
    if (await uow.session.execute(query.limit(1))).first():
        raise AlreadyEnrolledError(session=str(session_id))


async def _price(uow: UnitOfWork, session: TrainingSession, quantity: int) -> int:
    seller = await uow.session.get_one(Organization, session.organization_id)
    return price_of(session.price_cents, quantity, VAT_BASIS_POINTS[seller.vat_regime]).total_cents


def _assignment(request: TrainingRequest) -> Assign:
    return Assign.model_validate(
        {
            "organization_id": request.organization_id,
            "bookings": (Seats(session_id=request.session_id, user_ids=tuple(request.user_ids)),),
            "cost_center_id": request.cost_center_id,
            "payment_method": request.payment_method,
        }
    )


def _close(uow: UnitOfWork, request: TrainingRequest, state: RequestState, note: str) -> None:
    request.state, request.note = state, note
    request.decided_by, request.closed_at = uow.actor.user_id, uow.clock.now()


async def _note(uow: UnitOfWork, action: str, request: TrainingRequest) -> None:
    facts = {"session": request.session_id, "people": len(request.user_ids)}
    await audit.record(uow, action, subject_id=request.id, organization_id=request.organization_id, facts=facts)
