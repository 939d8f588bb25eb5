"""Accounts read again, payouts found due every hour and sent one by one, and what comes back from the accounts."""

from uuid import UUID

from procrastinate import RetryStrategy

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.gateway import PayoutRefusedError, TransferRefusedError
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import container, unit_of_work
from pygmalion_app.payments import account_events, merchants, payouts, transfers_back
from pygmalion_app.payments.payout_models import Payout, PayoutStatus

RETRY = RetryStrategy(max_attempts=15, exponential_wait=2)


@tasks.task(name=account_events.READ_TASK, queue="payments", retry=RETRY)
async def read_account(account_id: str) -> None:
    """Read an account that the gateway says has changed."""
    await merchants.refresh(account_id)


@tasks.periodic(cron="25 * * * *")
@tasks.task(name="payments.pay_out_due", queue="payments", queueing_lock="payments.pay_out_due")
async def pay_out_due(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Pay what is due."""
    async with unit_of_work(SYSTEM) as uow:
        await payouts.run(uow)


@tasks.task(name=payouts.RUN_TASK, queue="payments", retry=RETRY)
async def pay_out_organization(organization_id: str) -> None:
    """Write what is due to one organisation, with the jobs that send it."""
    async with unit_of_work(SYSTEM) as uow:
        await payouts.prepare(uow, UUID(organization_id))


@tasks.task(name=payouts.SEND_TASK, queue="payments", retry=RETRY)
async def send_payout(payout_id: str) -> None:
    """Ask the gateway for a payout: under the same key, however often."""
    async with unit_of_work(SYSTEM) as uow:
        found = await uow.session.get_one(Payout, UUID(payout_id))
    if found.status != PayoutStatus.REQUESTED:
        return
    try:
        answer = await container().ports.merchants.pay_out(
            found.account_id,
            found.amount_cents,
            found.currency,
            idempotency_key=f"payout:{found.id}",
            metadata={"payout_id": str(found.id)},
        )
    except PayoutRefusedError as error:
        async with unit_of_work(SYSTEM) as uow:
            await payouts.refuse(uow, found.id, str(error.facts.get("reason")))
        return
    async with unit_of_work(SYSTEM) as uow:
        await payouts.accept(uow, found.id, answer)


@tasks.task(name=transfers_back.TASK, queue="payments", retry=RETRY)
async def take_back(transfer_id: str, attempt: int) -> None:
    """Take an organisation's part of a loss back: under the same key, however often."""
    async with unit_of_work(SYSTEM) as uow:
        asked = await transfers_back.due(uow, UUID(transfer_id), attempt)
    if asked is None:
        return
    try:
        gateway_id = await container().ports.merchants.take_back(
            *asked, idempotency_key=f"take-back:{transfer_id}:{attempt}"
        )
    except TransferRefusedError as error:
        async with unit_of_work(SYSTEM) as uow:
            await transfers_back.refuse(uow, UUID(transfer_id), attempt, str(error.facts.get("reason")))
        return
    async with unit_of_work(SYSTEM) as uow:
        await transfers_back.done(uow, UUID(transfer_id), attempt, gateway_id)


@tasks.periodic(cron="33 * * * *")
@tasks.task(name="payments.sweep_transfers_back", queue="payments", queueing_lock="payments.sweep_transfers_back")
async def sweep_transfers_back(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Ask again for what an account held too little for."""
    async with unit_of_work(SYSTEM) as uow:
        await transfers_back.sweep(uow)
