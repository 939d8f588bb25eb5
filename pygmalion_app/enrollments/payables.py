"""When organisations may be paid: payments must not know of sessions, so what they need is handed over here.

A job looks every hour instead of each change of an order: it also sees sessions that were moved, orders transferred to
another session, and instalments that come late, without a word from any of them.
"""

from datetime import timedelta
from typing import LiteralString

from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.payments.payouts import hand_over

_CHANGED: LiteralString = """
SELECT o.id, max(s.ends_at) + %(delay)s AS payable_at
FROM orders o JOIN payments p ON p.reference = o.id LEFT JOIN payables b ON b.payment_id = p.id
JOIN enrollments e ON e.order_id = o.id JOIN sessions s ON s.id = e.session_id
WHERE o.confirmed_at IS NOT NULL AND (b.payment_id IS NULL OR b.payable_at > %(now)s)
GROUP BY o.id, b.payable_at HAVING b.payable_at IS NULL OR b.payable_at <> max(s.ends_at) + %(delay)s
"""


async def hand_over_changed(uow: UnitOfWork) -> int:
    """Say of each confirmed order from when on it may be paid out, where that is new or has changed.

    That is after the last of its sessions, so that what may still be given back is there. What could be paid already
    is not put off again.
    """
    delay = timedelta(days=uow.settings.payout_delay_days)
    rows = await uow.sql(_CHANGED, now=uow.clock.now(), delay=delay)
    await hand_over(uow, [(row["id"], row["payable_at"]) for row in rows])
    return len(rows)
