"""Enrolments: the order with its checkout, reads, and the trainer's validation."""

from uuid import UUID

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import NotFoundError, PermissionDeniedError
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork, unit_of_work
from pygmalion_app.enrollments import policy, queries
from pygmalion_app.enrollments.errors import NotConfirmedError, NotStartedError
from pygmalion_app.enrollments.models import Enrollment, EnrollmentStatus, Order, OrderStatus
from pygmalion_app.enrollments.orders import place
from pygmalion_app.enrollments.rush import in_turn
from pygmalion_app.enrollments.schemas import EnrollmentView, OrderView, PlaceOrder, Validation
from pygmalion_app.payments import service as payments
from pygmalion_app.sessions.models import TrainingSession

ISSUE_CERTIFICATE_TASK = "certificates.issue"


async def enroll(actor: Actor, command: PlaceOrder, idempotency_key: str | None = None) -> OrderView:
    """Hold the seats, then open the checkout.

    Two steps with a commit between them: no lock is held while the gateway answers. Killed between them, the same
    idempotency key or `resume_checkout` goes on; else the hold lapses and the seats are free again.
    """
    # Elevated from the start, as `place_order` would be after its checks: a statement less on the busiest path.
    async with in_turn(command.session_id), unit_of_work(actor, elevated=True, planned_once=True) as uow:
        placed = await place(uow, command, idempotency_key)
    if placed.owed is None or placed.order.status != OrderStatus.PENDING:
        return await _with_checkout(actor, placed.order)
    opened = await payments.open_checkout(actor, placed.owed)
    return placed.order.model_copy(update={"checkout_url": opened.checkout_url})


async def resume_checkout(actor: Actor, order_id: UUID) -> OrderView:
    """Return an order of the caller, its checkout opened if it still waits for payment."""
    async with unit_of_work(actor) as uow:
        placed = await order(uow, order_id)
    return await _with_checkout(actor, placed)


async def _with_checkout(actor: Actor, placed: OrderView) -> OrderView:
    if placed.status != OrderStatus.PENDING or placed.payment_id is None or placed.checkout_url:
        return placed
    opened = await payments.resume_checkout(actor, placed.payment_id)
    return placed.model_copy(update={"checkout_url": opened.checkout_url})


async def order(uow: UnitOfWork, order_id: UUID) -> OrderView:
    """Return an order to its buyer; NotFoundError to anybody else."""
    uow.actor.require_user()
    found = await uow.session.get(Order, order_id)
    if found is None or not (policy.is_buyer(uow.actor, found) or uow.actor.is_platform_admin):
        raise NotFoundError(order=str(order_id))
    return await queries.order_view(uow, order_id)


async def enrollment(uow: UnitOfWork, enrollment_id: UUID) -> EnrollmentView:
    """Return an enrolment to its participant, its buyer and the training organisation's staff."""
    found, ordered = await queries.with_order(uow, enrollment_id)
    policy.require_view(uow.actor, found, ordered)
    return await queries.one(uow, enrollment_id)


async def my_enrollments(uow: UnitOfWork, paging: PageRequest, *, own_only: bool = False) -> Page[EnrollmentView]:
    """Return the caller's enrolments, and unless `own_only` those that they or their companies bought."""
    return await queries.visible(uow, uow.actor, paging, own_only=own_only)


async def session_enrollments(uow: UnitOfWork, session_id: UUID) -> tuple[EnrollmentView, ...]:
    """Return who takes part in a session: to its trainer and its organisation's admin."""
    actor = uow.actor
    actor.require_user()
    found = await uow.session.get(TrainingSession, session_id)
    if found is None:
        raise NotFoundError(session=str(session_id))
    own = found.trainer_id == actor.user_id and actor.can(Permission.SESSION_READ_ENROLLMENTS, found.organization_id)
    if not (own or actor.can(Permission.SESSION_UPDATE, found.organization_id)):
        raise PermissionDeniedError(permission=Permission.SESSION_READ_ENROLLMENTS.value)
    return await queries.of_session(uow, session_id)


async def complete(uow: UnitOfWork, enrollment_id: UUID, seen: Validation) -> EnrollmentView:
    """Record who came and passed; present and passed completes the enrolment and has its certificate issued.

    Repeating it changes nothing. Raises NotConfirmedError before payment, NotStartedError before the session (unless
    the installation lets demonstrations run ahead of the calendar).
    """
    found, ordered = await queries.with_order(uow, enrollment_id)
    session = await uow.session.get_one(TrainingSession, found.session_id)
    policy.require_validate(uow.actor, found, ordered, session.trainer_id)
    # The lock comes before the checks; `populate_existing` reads what another transaction left.
    found = await uow.session.get_one(Enrollment, enrollment_id, with_for_update=True, populate_existing=True)
    if found.status == EnrollmentStatus.COMPLETED:
        return await queries.one(uow, enrollment_id)
    if found.status not in {EnrollmentStatus.CONFIRMED, EnrollmentStatus.IN_PROGRESS}:
        raise NotConfirmedError(enrollment=str(enrollment_id))
    if session.starts_at > uow.clock.now() and not uow.settings.allows_early_validation:
        raise NotStartedError(session=str(session.id))
    found.present, found.passed = seen.present, seen.present and seen.passed
    found.validated_by = uow.actor.user_id
    found.status = EnrollmentStatus.COMPLETED if found.passed else EnrollmentStatus.IN_PROGRESS
    if found.passed:
        found.completed_at = uow.clock.now()
        await uow.session.flush()
        await uow.defer(ISSUE_CERTIFICATE_TASK, enrollment_id=str(enrollment_id))
    await uow.session.flush()
    return await queries.one(uow, enrollment_id)
