"""Jobs that issue the invoices and credit notes of orders, and a sweep so that none is ever missing."""

import logging
from collections.abc import Awaitable
from datetime import timedelta
from typing import LiteralString
from uuid import UUID

from procrastinate import RetryStrategy

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import billing

QUEUE = "invoicing"
RETRY = RetryStrategy(max_attempts=12, exponential_wait=2)
_LOOK_BACK, _LEAVE_TIME = timedelta(days=30), timedelta(minutes=5)
log = logging.getLogger(__name__)

# What a lost job left without its document; each is issued once, however often it is found here.
_MISSING: tuple[tuple[str, LiteralString], ...] = (
    (
        "order",
        """SELECT o.id FROM orders o JOIN payments p ON p.reference = o.id
        WHERE o.confirmed_at BETWEEN %(since)s AND %(until)s AND p.amount_cents > 0
          AND (p.mode = 'invoice' OR (p.mode = 'payment' AND p.paid_at IS NOT NULL))
          AND NOT EXISTS (SELECT FROM invoices i WHERE i.key = 'order:' || o.id) LIMIT 500""",
    ),
    (
        "instalment",
        """SELECT n.id FROM instalments n WHERE n.paid_at BETWEEN %(since)s AND %(until)s
          AND NOT EXISTS (SELECT FROM invoices i WHERE i.key = 'instalment:' || n.id) LIMIT 500""",
    ),
    (
        "refunds",
        """SELECT DISTINCT p.reference AS id FROM refunds r JOIN payments p ON p.id = r.payment_id
        WHERE r.status IN ('succeeded', 'covered', 'by_hand') AND r.settled_at BETWEEN %(since)s AND %(until)s
          AND EXISTS (SELECT FROM invoices i WHERE i.order_id = p.reference AND i.kind = 'invoice')
          AND NOT EXISTS (SELECT FROM invoices i WHERE i.refund_id = r.id) LIMIT 500""",
    ),
)


@tasks.task(name=billing.BILL_TASK, queue=QUEUE, retry=RETRY)
async def bill_order(order_id: str) -> None:
    """Issue the invoice of an order that was confirmed."""
    async with unit_of_work(SYSTEM) as uow:
        await billing.issue_for_order(uow, UUID(order_id))


@tasks.task(name=billing.INSTALMENT_TASK, queue=QUEUE, retry=RETRY)
async def bill_instalment(instalment_id: str) -> None:
    """Issue the invoice of an instalment that was charged."""
    async with unit_of_work(SYSTEM) as uow:
        await billing.issue_for_instalment(uow, UUID(instalment_id))


@tasks.task(name=billing.REFUNDS_TASK, queue=QUEUE, retry=RETRY)
async def credit_refunds(order_id: str) -> None:
    """Issue the credit notes of an order's refunds."""
    async with unit_of_work(SYSTEM) as uow:
        await billing.issue_for_refunds(uow, UUID(order_id))


@tasks.task(name=billing.CREDIT_TASK, queue=QUEUE, retry=RETRY)
async def credit_order(order_id: str, key: str, amount_cents: int, funding_id: str | None = None) -> None:
    """Issue a credit note for seats that were given up and not paid by card."""
    async with unit_of_work(SYSTEM) as uow:
        funding = UUID(funding_id) if funding_id else None
        await billing.issue_credit(uow, UUID(order_id), key, amount_cents, funding)


@tasks.task(name=billing.FUNDING_TASK, queue=QUEUE, retry=RETRY)
async def bill_funding(funding_id: str) -> None:
    """Issue the invoice of a third party's share, once it has decided."""
    async with unit_of_work(SYSTEM) as uow:
        await billing.issue_for_funding(uow, UUID(funding_id))


@tasks.periodic(cron="7,37 * * * *")
@tasks.task(name="enrollments.sweep_bills", queue=QUEUE, queueing_lock="enrollments.sweep_bills")
async def sweep_bills(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Issue what a lost job left without a document; one that fails keeps nothing from the others."""
    work = {"order": bill_order, "instalment": bill_instalment, "refunds": credit_refunds}
    for kind, query in _MISSING:
        async with unit_of_work(SYSTEM) as uow:
            now = uow.clock.now()
            rows = await uow.sql(query, since=now - _LOOK_BACK, until=now - _LEAVE_TIME)
        for row in rows:
            await _try(work[kind](str(row["id"])))


async def _try(work: Awaitable[None]) -> None:
    try:
        await work
    except Exception:
        log.exception("an order's document could not be issued")
