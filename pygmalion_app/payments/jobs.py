"""Calls to the gateway that follow a commit."""

import logging
from datetime import timedelta
from typing import LiteralString
from uuid import UUID

from procrastinate import RetryStrategy

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import BusyError, PygmalionError, UnavailableError
from pygmalion_app.core.gateway import RefundRequest
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import container, unit_of_work
from pygmalion_app.payments import reconciliation, refunds
from pygmalion_app.payments.instalments import FORGET_CARD_TASK
from pygmalion_app.payments.refund_models import Refund, RefundStatus
from pygmalion_app.payments.service import CLOSE_TASK

log = logging.getLogger(__name__)

RETRY = RetryStrategy(max_attempts=15, exponential_wait=2)
_FORGOTTEN_AFTER = timedelta(hours=1)
_FORGOTTEN: LiteralString = """
SELECT id, attempt FROM refunds WHERE status = 'requested' AND created_at < %(before)s ORDER BY id LIMIT 500
"""


@tasks.task(name=refunds.REFUND_TASK, queue="payments", retry=RETRY)
async def refund(refund_id: str, attempt: int) -> None:
    """Ask the gateway for a refund. The same attempt has one key: repeated after a kill, it is the same refund."""
    async with unit_of_work(SYSTEM) as uow:
        found = await uow.session.get_one(Refund, UUID(refund_id))
    if found.status != RefundStatus.REQUESTED or found.attempt != attempt:
        return
    request = RefundRequest(
        found.payment_intent, found.amount_cents, found.commission_cents, refunds.metadata_of(found)
    )
    try:
        gateway_id = await uow.ports.payments.refund(request, idempotency_key=f"refund:{found.id}:{attempt}")
    except (UnavailableError, BusyError):
        raise
    except PygmalionError as error:
        log.warning("the gateway refuses refund %s: %s", found.id, error.code)
        async with unit_of_work(SYSTEM) as uow:
            await refunds.refuse(uow, found.id, attempt, error.code)
        return
    async with unit_of_work(SYSTEM) as uow:
        await refunds.accept(uow, found.id, attempt, gateway_id)


@tasks.periodic(cron="17 * * * *")
@tasks.task(name="payments.sweep_refunds", queue="payments", queueing_lock="payments.sweep_refunds")
async def sweep_refunds(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Ask again for what no job is left to ask for, after days without the gateway."""
    async with unit_of_work(SYSTEM) as uow:
        for row in await uow.sql(_FORGOTTEN, before=uow.clock.now() - _FORGOTTEN_AFTER):
            await uow.defer(
                refunds.REFUND_TASK,
                queueing_lock=f"refund:{row['id']}:{row['attempt']}",
                refund_id=str(row["id"]),
                attempt=row["attempt"],
            )


@tasks.task(name=CLOSE_TASK, queue="payments", retry=RETRY)
async def close_checkout(checkout_id: str) -> None:
    """Close the gateway's page of a payment that is no longer awaited; paid meanwhile, its event will follow."""
    await container().ports.payments.expire_checkout(checkout_id)


@tasks.task(name=FORGET_CARD_TASK, queue="payments", retry=RETRY)
async def forget_card(setup_intent: str) -> None:
    """Have the gateway let go of an individual's card that will not be charged again."""
    await container().ports.payments.forget_card(setup_intent)


@tasks.periodic(cron="40 4 * * *")
@tasks.task(name="payments.reconcile", queue="payments", queueing_lock="payments.reconcile", retry=RETRY)
async def reconcile(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Compare yesterday, and what was missed of the week before, with the gateway's balance."""
    async with unit_of_work(SYSTEM) as uow:
        days = await reconciliation.days_to_do(uow)
    for day in days:
        await reconciliation.reconcile(day)
