"""What follows a confirmed order: everybody is told of it, and its invoice is issued.

By a job: whoever pays or orders at the same time waits neither for the words of mails nor for the locks held meanwhile.
"""

from typing import Final, LiteralString
from uuid import UUID

from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments import mails
from pygmalion_app.enrollments.models import Order, OrderStatus

FOLLOW_TASK: Final = "enrollments.follow_confirmation"

_WAS_TOLD: LiteralString = """
SELECT 1 FROM notifications WHERE user_id = %(buyer)s AND created_at >= %(since)s AND kind = ANY (%(kinds)s)
  AND parameters ->> 'order_id' = %(order)s LIMIT 1
"""


async def follow(uow: UnitOfWork, order: Order) -> None:
    """Have everybody told, and the invoice issued, once this transaction has committed."""
    await uow.defer(FOLLOW_TASK, order_id=str(order.id))


async def tell(uow: UnitOfWork, order_id: UUID) -> None:
    """Tell the buyer and the participants of a confirmed order, once however often it is asked for.

    What was given up since is not told of as if it stood. The caller is the system.
    """
    # The lock lets a repetition wait for the first, whose words it then finds.
    order = await uow.session.get(Order, order_id, with_for_update=True)
    if order is None or order.confirmed_at is None or order.status == OrderStatus.CANCELLED:
        return
    kinds = list(mails.CONFIRMATIONS)
    if await uow.sql(_WAS_TOLD, buyer=order.buyer_user_id, since=order.confirmed_at, kinds=kinds, order=str(order.id)):
        return
    await mails.order_confirmed(uow, order)
