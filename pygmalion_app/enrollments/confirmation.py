"""What follows a confirmed order: everybody is told of it, and its invoice is issued.

By a job: whoever pays or orders at the same time waits neither for the words of mails nor for the locks held meanwhile.
"""

from typing import Final, LiteralString
from uuid import UUID

from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments import mails

FOLLOW_TASK: Final = "enrollments.follow_confirmation"

_LOCK: LiteralString = """
SELECT o.id, o.session_id, o.buyer_user_id, o.payment_method, o.quantity, o.total_cents, o.currency,
  o.withdrawal_ends_at, coalesce(p.amount_cents, o.total_cents) AS owed_cents
FROM orders o LEFT JOIN payments p ON p.reference = o.id
WHERE o.id = %(order)s AND o.confirmed_at IS NOT NULL AND o.status <> 'CANCELLED' FOR UPDATE OF o
"""
_WAS_TOLD: LiteralString = """
SELECT 1 FROM orders o JOIN notifications n ON n.user_id = o.buyer_user_id AND n.created_at >= o.confirmed_at
WHERE o.id = %(order)s AND n.kind = ANY (%(kinds)s) AND n.parameters ->> 'order_id' = %(order)s::text LIMIT 1
"""


async def follow(uow: UnitOfWork, order_id: UUID) -> None:
    """Have everybody told, and the invoice issued, once this transaction has committed."""
    await uow.defer(FOLLOW_TASK, order_id=str(order_id))


async def tell(uow: UnitOfWork, order_id: UUID) -> None:
    """Tell the buyer and the participants of a confirmed order, once however often it is asked for.

    What was given up since is not told of as if it stood. The caller is the system.
    """
    # The lock lets a repetition wait for the first, whose words it then finds.
    asked = {"order": order_id, "kinds": list(mails.CONFIRMATIONS)}
    standing, told = await uow.pipeline((_LOCK, asked), (_WAS_TOLD, asked))
    if standing and not told:
        await mails.order_confirmed(uow, mails.ConfirmedOrder(**standing[0]))
