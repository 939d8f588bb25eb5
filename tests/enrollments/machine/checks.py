"""What may never be, whatever happened: seats, money, books, and the gateway's own account of what it took."""

from collections.abc import Callable
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from psycopg.rows import DictRow

from tests.enrollments.machine.world import World

_OF: LiteralString = """
WITH s AS MATERIALIZED (SELECT * FROM sessions WHERE id = ANY (%(ids)s)),
o AS MATERIALIZED (SELECT * FROM orders WHERE session_id = ANY (%(ids)s)),
p AS MATERIALIZED (SELECT p.*, o.status AS ordered, o.confirmed_at, o.payment_method
  FROM o JOIN payments p ON p.reference = o.id),
e AS MATERIALIZED (SELECT e.* FROM o JOIN enrollments e ON e.order_id = o.id),
r AS MATERIALIZED (SELECT payment_id, sum(amount_cents) AS asked,
    sum(amount_cents) FILTER (WHERE status <> 'requested' AND status <> 'failed') AS sent
  FROM refunds WHERE payment_id IN (SELECT id FROM p) GROUP BY payment_id),
i AS MATERIALIZED (SELECT payment_id, sum(amount_cents) AS planned, count(*) FILTER (WHERE status = 'paid') AS paid,
    sum(amount_cents) FILTER (WHERE status = 'paid') AS taken,
    count(*) FILTER (WHERE status NOT IN ('paid', 'cancelled')) AS open
  FROM instalments WHERE payment_id IN (SELECT id FROM p) GROUP BY payment_id),
d AS MATERIALIZED (SELECT payment_id,
    sum(amount_cents) FILTER (WHERE status IN ('needs_response', 'under_review')) AS open,
    sum(amount_cents) FILTER (WHERE status NOT IN ('won', 'warning', 'closed')) AS gone
  FROM disputes WHERE payment_id IN (SELECT id FROM p) GROUP BY payment_id),
b AS MATERIALIZED (SELECT l.payment_id, sum(l.amount_cents) AS zero,
    -sum(l.amount_cents) FILTER (WHERE l.kind = 'charge' AND l.account = 'BUYER') AS charged,
    sum(l.amount_cents) FILTER (WHERE l.account = 'BUYER'
      AND l.kind IN ('refund', 'refund_failed', 'refund_by_hand', 'dispute_lost')) AS refunded,
    sum(l.amount_cents) FILTER (WHERE l.kind = 'sale' AND l.account = 'BUYER') AS sold,
    -sum(l.amount_cents) FILTER (WHERE l.kind = 'credit' AND l.account = 'BUYER') AS credited,
    sum(l.amount_cents) FILTER (WHERE l.account = 'DISPUTE') AS disputed
  FROM (SELECT le.payment_id, le.kind, ll.account, ll.amount_cents FROM ledger_entries le
    JOIN ledger_lines ll ON ll.entry_id = le.id WHERE le.payment_id IN (SELECT id FROM p)) l GROUP BY l.payment_id),
taken AS MATERIALIZED (SELECT s.id, s.capacity, s.seats_taken,
    (SELECT count(*) FROM enrollments e WHERE e.session_id = s.id
      AND e.status IN ('CONFIRMED', 'IN_PROGRESS', 'COMPLETED')) AS sold,
    (SELECT count(*) FROM e JOIN o ON o.id = e.order_id WHERE e.session_id = s.id AND e.status = 'PENDING'
      AND o.hold_expires_at > %(now)s) AS held,
    (SELECT coalesce(sum(held_seats), 0) FROM waiting_list_entries w WHERE w.session_id = s.id
      AND w.status IN ('waiting', 'offered')) AS offered
  FROM s)
"""
_ALWAYS: LiteralString = f"""{_OF}
SELECT 'more seats taken than there are' AS what, id FROM taken
  WHERE seats_taken > capacity OR sold + held + offered > capacity
UNION ALL SELECT 'a seat that is taken is not counted', id FROM taken WHERE seats_taken < sold + held + offered
UNION ALL SELECT 'confirmed, and neither paid, promised nor owed', o.id FROM o LEFT JOIN p ON p.reference = o.id
  WHERE o.status = 'CONFIRMED' AND o.total_cents > 0 AND (p.id IS NULL OR NOT (
    p.mode = 'invoice' OR (p.mode = 'setup' AND p.status IN ('saved', 'succeeded'))
    OR (p.mode = 'payment' AND p.paid_at IS NOT NULL AND p.status IN ('succeeded', 'refunding', 'refunded'))))
UNION ALL SELECT 'paid, never seated, and not given back', p.reference FROM p LEFT JOIN d ON d.payment_id = p.id
  WHERE p.ordered IN ('EXPIRED', 'CANCELLED') AND p.confirmed_at IS NULL AND p.paid_at IS NOT NULL
    AND p.mode = 'payment' AND p.refunded_cents + coalesce(d.gone, 0) < p.amount_cents
UNION ALL SELECT 'a seat without its order', o.id FROM e JOIN o ON o.id = e.order_id
  WHERE e.status IN ('PENDING', 'CONFIRMED') AND o.status IN ('EXPIRED', 'CANCELLED')
UNION ALL SELECT 'a waiting order without seats', o.id FROM o WHERE o.status = 'PENDING'
  AND NOT EXISTS (SELECT 1 FROM e WHERE e.order_id = o.id AND e.status = 'PENDING')
UNION ALL SELECT 'a confirmed order without seats', o.id FROM o WHERE o.status = 'CONFIRMED'
  AND NOT EXISTS (SELECT 1 FROM e WHERE e.order_id = o.id AND e.status IN ('CONFIRMED', 'IN_PROGRESS', 'COMPLETED'))
UNION ALL SELECT 'a seat waits in an order that is confirmed', o.id FROM o JOIN e ON e.order_id = o.id
  WHERE o.status = 'CONFIRMED' AND e.status = 'PENDING'
UNION ALL SELECT 'one person, two seats', user_id FROM enrollments
  WHERE session_id = ANY (%(ids)s) AND status <> 'CANCELLED' GROUP BY session_id, user_id HAVING count(*) > 1
UNION ALL SELECT 'more given back than was paid', p.reference FROM p LEFT JOIN b ON b.payment_id = p.id
  WHERE p.mode <> 'invoice' AND p.refunded_cents > coalesce(b.charged, 0)
UNION ALL SELECT 'refunds are not what their payment says', p.reference FROM p LEFT JOIN r ON r.payment_id = p.id
  WHERE p.mode <> 'invoice' AND p.refunded_cents <> coalesce(r.asked, 0)
UNION ALL SELECT 'the parts are not the whole', p.reference FROM p JOIN i ON i.payment_id = p.id
  WHERE i.planned <> p.amount_cents
UNION ALL SELECT 'an individual who has no seat will be charged', p.reference FROM p JOIN i ON i.payment_id = p.id
  WHERE p.ordered IN ('EXPIRED', 'CANCELLED') AND i.open > 0
UNION ALL SELECT 'an entry does not balance', p.reference FROM p JOIN b ON b.payment_id = p.id WHERE b.zero <> 0
UNION ALL SELECT 'the books: charged', p.reference FROM p LEFT JOIN b ON b.payment_id = p.id
  LEFT JOIN i ON i.payment_id = p.id WHERE CASE p.mode
    WHEN 'setup' THEN coalesce(b.charged, 0) < coalesce(i.taken, 0)
    WHEN 'invoice' THEN coalesce(b.charged, 0) <> 0
    ELSE coalesce(b.charged, 0) <> CASE WHEN p.paid_at IS NULL THEN 0 ELSE p.amount_cents END END
UNION ALL SELECT 'the books: refunded', p.reference FROM p LEFT JOIN b ON b.payment_id = p.id
  LEFT JOIN r ON r.payment_id = p.id WHERE coalesce(b.refunded, 0) <> coalesce(r.sent, 0)
UNION ALL SELECT 'the books: sold', p.reference FROM p LEFT JOIN b ON b.payment_id = p.id
  LEFT JOIN i ON i.payment_id = p.id WHERE CASE p.mode
    WHEN 'setup' THEN coalesce(b.sold, 0) NOT IN (0, p.amount_cents)
    ELSE coalesce(b.sold, 0)
      <> CASE WHEN p.confirmed_at IS NULL THEN 0 ELSE p.amount_cents + p.third_party_cents END END
UNION ALL SELECT 'the books: taken back', p.reference FROM p JOIN b ON b.payment_id = p.id
  WHERE coalesce(b.credited, 0) > coalesce(b.sold, 0)
UNION ALL SELECT 'the books: disputed', p.reference FROM p LEFT JOIN b ON b.payment_id = p.id
  LEFT JOIN d ON d.payment_id = p.id WHERE coalesce(b.disputed, 0) <> coalesce(d.open, 0)
"""
_FINALLY: LiteralString = f"""{_OF}
SELECT 'an order still waits' AS what, id FROM o WHERE status = 'PENDING'
UNION ALL SELECT 'a payment still waits: ' || p.status, p.reference FROM p WHERE mode <> 'invoice' AND (
  status IN ('pending', 'processing', 'refunding')
  OR (status = 'saved' AND NOT EXISTS (SELECT 1 FROM instalments n WHERE n.payment_id = p.id AND n.status = 'failed')))
UNION ALL SELECT 'a refund still waits: ' || x.status, p.reference FROM p JOIN refunds x ON x.payment_id = p.id
  WHERE x.status IN ('requested', 'pending', 'failed')
UNION ALL SELECT 'money of the school is not taken back: ' || t.status, p.reference FROM p
  JOIN transfers_back t ON t.payment_id = p.id WHERE t.status <> 'done'
UNION ALL SELECT 'an instalment still waits: ' || n.status, p.reference FROM p JOIN instalments n ON n.payment_id = p.id
  WHERE n.status IN ('scheduled', 'charging') OR n.next_attempt_at IS NOT NULL
UNION ALL SELECT 'somebody still waits for seats', w.id FROM waiting_list_entries w
  WHERE w.session_id = ANY (%(ids)s) AND w.status IN ('waiting', 'offered')
UNION ALL SELECT 'a dispute still waits', p.reference FROM p JOIN d ON d.payment_id = p.id WHERE d.open > 0
UNION ALL SELECT 'no invoice', p.reference FROM p WHERE p.confirmed_at IS NOT NULL AND p.amount_cents > 0
  AND p.mode <> 'setup' AND NOT EXISTS (SELECT 1 FROM invoices v WHERE v.key = 'order:' || p.reference)
UNION ALL SELECT 'no invoice of a part', p.reference FROM p JOIN instalments n ON n.payment_id = p.id
  WHERE n.status = 'paid' AND p.confirmed_at IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM invoices v WHERE v.key = 'instalment:' || n.id)
"""
_INVOICES: LiteralString = """
SELECT 'numbers of invoices have gaps' AS what, issuer_organization_id AS id FROM invoices
  WHERE sequence IS NOT NULL GROUP BY issuer_organization_id, year
  HAVING max(sequence) <> count(*) OR min(sequence) <> 1
"""
_BOOKS: LiteralString = """
SELECT p.id, p.reference, p.status, p.mode, p.amount_cents,
  coalesce(sum(l.amount_cents) FILTER (WHERE l.account = 'GATEWAY'), 0)::bigint AS gateway,
  coalesce(sum(l.amount_cents)
      FILTER (WHERE l.account IN ('BUYER', 'THIRD_PARTY') AND e.kind <> 'outside'), 0)::bigint
    - (SELECT coalesce(sum(f.amount_cents - f.credited_cents), 0) FROM order_funding f
      WHERE f.order_id = p.reference AND f.subrogation AND o.confirmed_at IS NOT NULL) AS buyer,
  coalesce(sum(l.amount_cents) FILTER (WHERE l.account = 'GATEWAY' AND l.organization_id IS NOT NULL), 0)::bigint
    AS school,
  (SELECT coalesce(sum(n.amount_cents), 0) FROM instalments n
    WHERE n.payment_id = p.id AND n.status NOT IN ('paid', 'cancelled'))::bigint AS unpaid,
  coalesce(-sum(l.amount_cents) FILTER (WHERE l.account = 'BANK'), 0)::bigint AS by_hand,
  bool_or(e.kind = 'sale') AS sold
FROM orders o JOIN payments p ON p.reference = o.id LEFT JOIN ledger_entries e ON e.payment_id = p.id
LEFT JOIN ledger_lines l ON l.entry_id = e.id WHERE o.session_id = ANY (%(ids)s) GROUP BY p.id, o.id
"""
_TAKEN_BACK: LiteralString = """
SELECT e.source, sum(l.amount_cents)::bigint AS cents
FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id JOIN orders o ON o.id = e.order_id
WHERE e.kind = 'transfer_back' AND l.account = 'GATEWAY' AND l.organization_id IS NULL AND o.session_id = ANY (%(ids)s)
GROUP BY e.id
"""


def violations(world: World) -> list[str]:
    """Return what must never be, now."""
    return broken_rules(world.rows, world.sessions, world.clock.now()) + _charged_too_often(world)


def broken_rules(rows: Callable[..., list[DictRow]], sessions: list[UUID], now: datetime) -> list[str]:
    """Return which rules the database breaks about some sessions and their orders, at a moment."""
    return [f"{row['what']}: {row['id']}" for row in rows(_ALWAYS, ids=sessions, now=now)]


def _charged_too_often(world: World) -> list[str]:
    """Look at the gateway's own account: each payment one page, each part of one charged on the card once."""
    found: list[str] = []
    pages: dict[str, int] = {}
    for page in world.gateway.pages:
        if "instalment_id" not in page.request.metadata:
            pages[page.request.reference] = pages.get(page.request.reference, 0) + 1
    found += [f"payment {one} has {count} pages" for one, count in pages.items() if count > 1]
    charges: dict[str, int] = {}
    for taken in world.gateway.taken:
        part = taken.metadata.get("instalment_id")
        if part and not taken.on_page and taken.status in {"succeeded", "processing"}:
            charges[part] = charges.get(part, 0) + 1
    return found + [f"instalment {one} was charged {count} times" for one, count in charges.items() if count > 1]


def _reversals(world: World) -> list[str]:
    """Hold each reversed transfer at the gateway against the one entry that the books have of it."""
    booked = [(row["source"], row["cents"]) for row in world.rows(_TAKEN_BACK, ids=world.sessions)]
    there = list(world.gateway.reversals.items())
    return [] if sorted(booked) == sorted(there) else [f"the gateway took back {there}, the books say {booked}"]


def final_violations(world: World) -> list[str]:
    """Return what must not be once everything has arrived and all time has passed."""
    found = world.rows(_FINALLY, ids=world.sessions, now=world.clock.now())
    told = [f"{row['what']}: {row['id']}" for row in found] + violations(world) + _reversals(world)
    for row in world.rows(_BOOKS, ids=world.sessions):
        charges = [taken for taken in world.gateway.taken if taken.metadata.get("payment_id") == str(row["id"])]
        kept = sum(taken.kept for taken in charges)
        if kept != row["gateway"]:
            told.append(f"the gateway has {kept} of order {row['reference']}, the books say {row['gateway']}")
        if kept > row["amount_cents"]:
            told.append(f"order {row['reference']} costs {row['amount_cents']} and took {kept}")
        if kept < row["by_hand"]:
            told.append(f"{row['by_hand']} of order {row['reference']} was paid by hand, and only {kept} was left")
        with_school = sum(taken.with_school for taken in charges)
        if with_school != row["school"]:
            told.append(f"the school has {with_school} of order {row['reference']}, the books say {row['school']}")
        owed = row["unpaid"] if row["mode"] == "setup" and row["sold"] else 0
        if row["mode"] != "invoice" and row["buyer"] != owed:
            told.append(f"the buyer's account of order {row['reference']} is at {row['buyer']}, not at {owed}")
    return told
