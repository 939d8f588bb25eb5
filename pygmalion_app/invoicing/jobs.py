"""Jobs of invoicing: the documents, the reminders, the platform's commission invoices."""

import asyncio
import hashlib
import logging
from datetime import timedelta
from uuid import UUID

from procrastinate import RetryStrategy
from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.jobs import tasks
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.invoicing import commissions, mails, queries, reminders
from pygmalion_app.invoicing.issuing import RENDER_TASK
from pygmalion_app.invoicing.models import Invoice

QUEUE = "invoicing"
_SWEEP_LIMIT = 500
RETRY = RetryStrategy(max_attempts=10, exponential_wait=2)
log = logging.getLogger(__name__)


async def make_document(invoice_id: UUID) -> None:
    """Make an invoice's PDF and mail where it is; done already, nothing happens."""
    # Typesetting and XML stay out of the processes that make no documents.
    from pygmalion_app.invoicing.document.render import render

    async with unit_of_work(SYSTEM) as uow:
        invoice = await uow.session.get(Invoice, invoice_id)
    if invoice is None or invoice.file_key is not None:
        return
    pdf = await asyncio.to_thread(render, invoice)
    key = f"invoices/{invoice.id}.pdf"
    await uow.ports.files.put(key, pdf)
    async with unit_of_work(SYSTEM) as uow:
        row = await uow.session.get_one(Invoice, invoice_id, with_for_update=True)
        if row.file_key is None:
            row.file_key, row.sha256 = key, hashlib.sha256(pdf).digest()
            await mails.issued(uow, row)


@tasks.task(name=RENDER_TASK, queue=QUEUE, retry=RETRY)
async def render_one(invoice_id: str) -> None:
    """Make the document of an invoice that was just issued."""
    await make_document(UUID(invoice_id))


@tasks.periodic(cron="*/10 * * * *")
@tasks.task(name="invoicing.sweep", queue=QUEUE, queueing_lock="invoicing.sweep")
async def sweep(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Make what a lost job left without a document; one that fails keeps nothing from the others."""
    async with unit_of_work(SYSTEM) as uow:
        waiting = select(col(Invoice.id)).where(
            col(Invoice.file_key).is_(None), col(Invoice.created_at) < uow.clock.now() - timedelta(minutes=5)
        )
        late = (await uow.session.execute(waiting.limit(_SWEEP_LIMIT))).scalars().all()
    for invoice_id in late:
        try:
            await make_document(invoice_id)
        except Exception:
            log.exception("an invoice's document could not be made")


@tasks.periodic(cron="0 7 * * *")
@tasks.task(name="invoicing.remind", queue=QUEUE, queueing_lock="invoicing.remind")
async def remind(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Remind of what is due today and of what is late; each reminder in a transaction of its own."""
    async with unit_of_work(SYSTEM) as uow:
        due = await reminders.waiting(uow)
    for invoice_id in due:
        async with unit_of_work(SYSTEM) as uow:
            await reminders.remind(uow, invoice_id)


@tasks.periodic(cron="0 5 1-5 * *")
@tasks.task(name="invoicing.bill_commissions", queue=QUEUE, queueing_lock="invoicing.bill_commissions")
async def bill_commissions(timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands the tick's time
    """Invoice last month's commissions, on the first; the days after it only find what was left undone."""
    async with unit_of_work(SYSTEM) as uow:
        month = commissions.month_before(queries.today(uow))
        rows = await commissions.earned(uow, month)
    for row in rows:
        async with unit_of_work(SYSTEM) as uow:
            await commissions.bill(uow, month, row)
