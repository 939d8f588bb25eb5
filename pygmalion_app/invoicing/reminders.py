"""Reminders of invoices to be paid by transfer: on the due day, a week later, and a week after that."""

from typing import Final, LiteralString
from uuid import UUID

from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.invoicing import mails, queries
from pygmalion_app.invoicing.models import Invoice

STEPS: Final = (0, 7, 15)
"""Days after the due date."""

_LATE: LiteralString = """
SELECT i.id, %(today)s::date - i.due_on AS days FROM invoices i
WHERE i.payer = 'organization' AND i.kind = 'invoice' AND i.prepaid_cents < i.total_cents
  AND i.due_on BETWEEN %(today)s::date - %(longest)s AND %(today)s::date AND NOT EXISTS (
    SELECT FROM invoice_reminders r WHERE r.invoice_id = i.id AND r.step = (
      SELECT max(step) FROM unnest(%(steps)s::integer[]) AS step WHERE step <= %(today)s::date - i.due_on))
ORDER BY i.due_on, i.id LIMIT 1000
"""
_KEEP: LiteralString = """
INSERT INTO invoice_reminders (id, invoice_id, step, sent_at) VALUES (%(id)s, %(invoice)s, %(step)s, %(now)s)
ON CONFLICT (invoice_id, step) DO NOTHING RETURNING id
"""
_STOP_AFTER = 60
"""Days after which a person, not a mail, has to ask."""


async def waiting(uow: UnitOfWork) -> list[UUID]:
    """Return the invoices that are due and whose latest reminder is not sent; paid ones among them."""
    rows = await uow.sql(_LATE, today=queries.today(uow), steps=list(STEPS), longest=_STOP_AFTER)
    return [row["id"] for row in rows]


async def remind(uow: UnitOfWork, invoice_id: UUID) -> bool:
    """Send the reminder that is due for an invoice, once; False when there is nothing to remind of.

    A job that did not run for days sends the latest step only.
    """
    found = await queries.standing(uow, invoice_id)
    if found is None or found["open_cents"] <= 0:
        return False
    days = (queries.today(uow) - found["due_on"]).days
    step = max((step for step in STEPS if step <= days), default=None)
    if step is None or not await uow.sql(_KEEP, id=new_id(), invoice=invoice_id, step=step, now=uow.clock.now()):
        return False
    await mails.reminder(uow, await uow.session.get_one(Invoice, invoice_id), found["open_cents"], days)
    return True
