"""Calls to the gateway that follow a commit."""

from uuid import UUID

from procrastinate import RetryStrategy
from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.gateway import RefundRequest
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import container, unit_of_work
from pygmalion_app.payments.models import Payment, PaymentStatus
from pygmalion_app.payments.service import CLOSE_TASK, REFUND_TASK

RETRY = RetryStrategy(max_attempts=15, exponential_wait=2)


@tasks.task(name=REFUND_TASK, queue="payments", retry=RETRY)
async def refund(payment_id: str, amount_cents: int, key: str) -> None:
    """Give money back; repeating it under the same key gives it back once."""
    async with unit_of_work(SYSTEM) as uow:
        intent = (
            await uow.session.execute(select(col(Payment.payment_intent)).where(col(Payment.id) == UUID(payment_id)))
        ).scalar_one()
    await uow.ports.payments.refund(
        RefundRequest(str(intent), amount_cents, 0), idempotency_key=f"refund:{payment_id}:{key}"
    )
    async with unit_of_work(SYSTEM) as uow:
        payment = await uow.session.get_one(Payment, UUID(payment_id), with_for_update=True)
        whole = payment.refunded_cents >= payment.amount_cents
        payment.status = PaymentStatus.REFUNDED if whole else PaymentStatus.SUCCEEDED


@tasks.task(name=CLOSE_TASK, queue="payments", retry=RETRY)
async def close_checkout(checkout_id: str) -> None:
    """Close the gateway's page of a payment that is no longer awaited; paid meanwhile, its event will follow."""
    await container().ports.payments.expire_checkout(checkout_id)
