"""Holds that lapse."""

from datetime import timedelta
from uuid import UUID

from procrastinate import RetryStrategy
from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import billing, confirmation, contracts, instalments, payables, withdrawal
from pygmalion_app.enrollments.cancellation import CANCEL_ORDER_TASK, cancel_order
from pygmalion_app.enrollments.models import Order, OrderStatus
from pygmalion_app.enrollments.orders import EXPIRE_TASK
from pygmalion_app.enrollments.settlement import expire_order
from pygmalion_app.payments.models import Payment, PaymentStatus

_LEAVE_TIME = timedelta(minutes=5)
RETRY = RetryStrategy(max_attempts=10, exponential_wait=2)


@tasks.task(name=EXPIRE_TASK, queue="orders", retry=RETRY)
async def expire(order_id: str) -> None:
    """Release an order's seats at the end of its hold."""
    async with unit_of_work(SYSTEM) as uow:
        await expire_order(uow, UUID(order_id))


@tasks.task(name=confirmation.FOLLOW_TASK, queue="orders", retry=RETRY)
async def follow_confirmation(order_id: str) -> None:
    """Tell everybody of a confirmed order, then issue its invoice: a failure there is no reason to say nothing."""
    async with unit_of_work(SYSTEM, planned_once=True) as uow:
        await confirmation.tell(uow, UUID(order_id))
    async with unit_of_work(SYSTEM, planned_once=True) as uow:
        await billing.issue_for_order(uow, UUID(order_id))


@tasks.task(name=CANCEL_ORDER_TASK, queue="orders", retry=RETRY)
async def cancel_one_order(order_id: str, session_id: str | None = None) -> None:
    """Give back one order's seats in a session that was called off."""
    async with unit_of_work(SYSTEM) as uow:
        await cancel_order(uow, UUID(order_id), UUID(session_id) if session_id else None)


@tasks.task(name=contracts.WRITE_CONTRACT_TASK, queue="orders", retry=RETRY)
async def write_contract(order_id: str) -> None:
    """Make the document of a contract that was accepted."""
    await contracts.write_document(UUID(order_id))


@tasks.task(name=withdrawal.WRITE_RECEIPT_TASK, queue="orders", retry=RETRY)
async def write_withdrawal(order_id: str) -> None:
    """Make the receipt of a withdrawal."""
    await withdrawal.write_receipt(UUID(order_id))


@tasks.periodic(cron="*/5 * * * *")
@tasks.task(name="enrollments.queue_instalments", queue="payments", queueing_lock="enrollments.queue_instalments")
async def queue_instalments(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Have charged what is due."""
    await instalments.queue_due()


@tasks.task(name=instalments.CHARGE_TASK, queue="payments", retry=RETRY)
async def charge_instalment(instalment_id: str) -> None:
    """Charge one part of an individual's payment; what fails for long is queued again by the tick."""
    await instalments.charge(UUID(instalment_id))


@tasks.periodic(cron="*/5 * * * *")
@tasks.task(name="enrollments.sweep_lapsed", queue="orders", queueing_lock="enrollments.sweep_lapsed")
async def sweep_lapsed(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Release what a lost job left behind, so that no seat is held for ever."""
    async with unit_of_work(SYSTEM) as uow:
        query = select(col(Order.id)).where(
            col(Order.status) == OrderStatus.PENDING, col(Order.hold_expires_at) <= uow.clock.now()
        )
        lapsed = (await uow.session.execute(query.limit(500))).scalars().all()
        # Released by whoever wanted the seats next, while its own job, which also ends its payment, was lost.
        forgotten = (
            select(col(Order.id))
            .join(Payment, col(Payment.reference) == col(Order.id))
            .where(
                col(Order.status) == OrderStatus.EXPIRED,
                col(Payment.status).in_((PaymentStatus.PENDING, PaymentStatus.PROCESSING)),
                col(Order.hold_expires_at) <= uow.clock.now() - _LEAVE_TIME,
            )
        )
        lapsed = [*lapsed, *(await uow.session.execute(forgotten.limit(500))).scalars()]
    for order_id in lapsed:
        async with unit_of_work(SYSTEM) as uow:
            await expire_order(uow, order_id)


@tasks.periodic(cron="12 * * * *")
@tasks.task(name="enrollments.hand_over_payables", queue="orders", queueing_lock="enrollments.hand_over_payables")
async def hand_over_payables(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Tell payments which orders' organisations may be paid, and when."""
    async with unit_of_work(SYSTEM) as uow:
        await payables.hand_over_changed(uow)
