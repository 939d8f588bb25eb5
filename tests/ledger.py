"""Whether an installation's books balance, and say what its payments and refunds say.

`imbalance(connection)` for a bare connection, `imbalance_now(container)` inside a test; empty lists are good.
"""

from typing import Any, LiteralString

import psycopg
import psycopg.rows

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work

_CHECKS: tuple[tuple[str, LiteralString], ...] = (
    (
        "the whole ledger does not add up to zero",
        """SELECT e.currency, sum(l.amount_cents) AS cents
        FROM ledger_lines l JOIN ledger_entries e ON e.id = l.entry_id
        GROUP BY e.currency HAVING sum(l.amount_cents) <> 0""",
    ),
    (
        "an entry does not balance",
        """SELECT e.key, count(l.*) AS lines, sum(l.amount_cents) AS cents FROM ledger_entries e
        LEFT JOIN ledger_lines l ON l.entry_id = e.id
        GROUP BY e.id HAVING count(l.*) < 2 OR sum(l.amount_cents) <> 0""",
    ),
    (
        # Of a card payment of a company, which is paid as a whole: sold when its order was confirmed, paid when it was.
        "the books tell another story than a payment",
        """WITH books AS (
          SELECT e.payment_id, sum(l.amount_cents) FILTER (WHERE e.kind = 'sale') AS sold,
            sum(-l.amount_cents) FILTER (WHERE e.kind = 'charge') AS charged,
            sum(l.amount_cents) FILTER (WHERE e.kind IN ('refund', 'refund_failed', 'refund_by_hand', 'dispute_lost'))
              AS refunded
          FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id AND l.account = 'BUYER'
          GROUP BY e.payment_id
        ), expected AS (
          SELECT p.id, p.reference, p.status, p.refunded_cents,
            CASE WHEN o.confirmed_at IS NULL THEN 0 ELSE p.amount_cents + p.third_party_cents END AS sold,
            CASE WHEN p.paid_at IS NULL THEN 0 ELSE p.amount_cents END AS charged
          FROM payments p LEFT JOIN orders o ON o.id = p.reference WHERE p.mode = 'payment'
        )
        SELECT e.reference, e.status, e.sold AS owed, b.sold, e.charged AS paid, b.charged, e.refunded_cents, b.refunded
        FROM expected e LEFT JOIN books b ON b.payment_id = e.id
        WHERE coalesce(b.sold, 0) <> e.sold OR coalesce(b.charged, 0) <> e.charged
          OR coalesce(b.refunded, 0) > e.refunded_cents
          OR (e.status IN ('refunded', 'succeeded') AND coalesce(b.refunded, 0) <> e.refunded_cents)""",
    ),
    (
        "a company's order is paid and settled, and its buyer's account is not at zero",
        """SELECT p.reference, p.status, sum(l.amount_cents) AS cents FROM payments p
        JOIN ledger_entries e ON e.payment_id = p.id
        JOIN ledger_lines l ON l.entry_id = e.id AND l.account = 'BUYER'
        WHERE p.mode = 'payment' AND p.status IN ('refunded', 'succeeded') AND p.third_party_cents = 0
        GROUP BY p.id HAVING sum(l.amount_cents) <> 0""",
    ),
)


def _told(what: str, rows: list[dict[str, Any]]) -> list[str]:
    return [f"{what}: {', '.join(f'{name}={value}' for name, value in row.items())}" for row in rows]


def imbalance(connection: psycopg.Connection[Any]) -> list[str]:
    """Return what is wrong with the books, one sentence each."""
    found: list[str] = []
    with connection.transaction(), connection.cursor(row_factory=psycopg.rows.dict_row) as cursor:
        cursor.execute("SELECT set_config('app.scope', 'system', true)")
        for what, query in _CHECKS:
            found += _told(what, cursor.execute(query).fetchall())
    return found


async def imbalance_now(container: Container) -> list[str]:
    """Return the same for a test's own installation."""
    async with unit_of_work(SYSTEM, container) as uow:
        return [line for what, query in _CHECKS for line in _told(what, await uow.sql(query))]
