"""Committed, spent and reversed, read from orders and the books each time: there is no counter that could drift.

An order costs its buyer what it was sold for, less what third parties took on themselves, seats given up and sales lost
to a bank (`net`); so much of that was paid (`paid`). An order that still waits for its payment costs its whole price.
Then committed is what of `net` is unpaid, spent is `paid`, reversed what of `paid` is beyond `net`: it went back, or is
on its way. Everything in cents including VAT.
"""

from datetime import UTC, datetime
from typing import Any, LiteralString
from uuid import UUID
from zoneinfo import ZoneInfo

from pygmalion_app.core.unit_of_work import UnitOfWork

_ZONE = ZoneInfo("Europe/Paris")

_BOOKS: LiteralString = """
books AS (
  SELECT e.order_id,
    coalesce(sum(l.amount_cents) FILTER (WHERE e.kind IN ('sale', 'third_party', 'credit', 'dispute_lost')), 0) AS owed,
    -coalesce(sum(l.amount_cents) FILTER (WHERE e.kind IN ('charge', 'outside')), 0) AS paid
  FROM ordered o JOIN ledger_entries e ON e.order_id = o.id JOIN ledger_lines l ON l.entry_id = e.id
  WHERE l.account = 'BUYER' OR (l.account = 'DISPUTE' AND e.kind = 'dispute_lost')
  GROUP BY e.order_id
), netted AS (
  SELECT o.id, o.cost_center_id, coalesce(b.paid, 0)::bigint AS paid,
    (CASE o.status WHEN 'PENDING' THEN coalesce(p.amount_cents, o.total_cents) ELSE coalesce(b.owed, 0) END)::bigint
      AS net
  FROM ordered o LEFT JOIN books b ON b.order_id = o.id LEFT JOIN payments p ON p.reference = o.id
), costs AS (
  SELECT id, cost_center_id, greatest(net - paid, 0) AS committed_cents, paid AS spent_cents,
    greatest(paid - net, 0) AS reversed_cents
  FROM netted
)
"""
_ORDERED_IN_YEAR: LiteralString = """
WITH ordered AS (
  SELECT o.id, o.status, o.total_cents, b.cost_center_id
  FROM orders o LEFT JOIN budget_charges b ON b.order_id = o.id LEFT JOIN cost_centers c ON c.id = b.cost_center_id
  WHERE o.buyer_organization_id = %(organization)s
    AND (c.year = %(year)s OR (c.id IS NULL AND o.created_at >= %(since)s AND o.created_at < %(until)s))
),
"""
_ORDERED_ON_CENTER: LiteralString = """
WITH ordered AS (
  SELECT o.id, o.status, o.total_cents, b.cost_center_id FROM budget_charges b JOIN orders o ON o.id = b.order_id
  WHERE b.cost_center_id = %(center)s
),
"""
_ORDERED_ONE: LiteralString = """
WITH ordered AS (
  SELECT o.id, o.status, o.total_cents, NULL::uuid AS cost_center_id FROM orders o WHERE o.id = %(order)s
),
"""
_SUMS: LiteralString = """
  count(x.id) FILTER (WHERE x.committed_cents + x.spent_cents > 0) AS orders,
  coalesce(sum(x.committed_cents), 0)::bigint AS committed_cents,
  coalesce(sum(x.spent_cents), 0)::bigint AS spent_cents, coalesce(sum(x.reversed_cents), 0)::bigint AS reversed_cents
"""
_CENTERS: LiteralString = """
, centers AS (SELECT * FROM cost_centers WHERE organization_id = %(organization)s AND year = %(year)s)
SELECT c.id, c.code, c.name, c.year, c.allocated_cents, c.approval_limit_cents,
"""
_GROUPED: LiteralString = """
FROM centers c FULL JOIN costs x ON x.cost_center_id = c.id
GROUP BY c.id, c.code, c.name, c.year, c.allocated_cents, c.approval_limit_cents ORDER BY lower(c.code)
"""
_BY_CENTER: LiteralString = _ORDERED_IN_YEAR + _BOOKS + _CENTERS + _SUMS + _GROUPED
_USED: LiteralString = (
    "SELECT coalesce(sum(committed_cents + spent_cents - reversed_cents), 0)::bigint AS cents FROM costs"
)
_OF_CENTER: LiteralString = _ORDERED_ON_CENTER + _BOOKS + _USED
_OF_ORDER: LiteralString = _ORDERED_ONE + _BOOKS + _USED
_LISTED: LiteralString = (
    _ORDERED_IN_YEAR
    + _BOOKS
    + """
SELECT x.id AS order_id, x.cost_center_id, x.committed_cents, x.spent_cents, x.reversed_cents, o.status,
  o.payment_method, o.quantity, o.created_at, o.currency, s.starts_at, s.ends_at, s.time_zone, c.title AS course_title,
  coalesce(nullif(c.title_en, ''), c.title) AS course_title_en, count(*) OVER () AS total
FROM costs x JOIN orders o ON o.id = x.id JOIN sessions s ON s.id = o.session_id JOIN courses c ON c.id = s.course_id
WHERE (x.cost_center_id = %(center)s OR (%(center)s::uuid IS NULL AND (%(all)s OR x.cost_center_id IS NULL)))
  AND CASE %(figure)s WHEN 'committed' THEN x.committed_cents WHEN 'spent' THEN x.spent_cents
    WHEN 'reversed' THEN x.reversed_cents
    ELSE x.committed_cents + x.spent_cents + (o.status = 'CONFIRMED')::int END > 0
ORDER BY o.created_at DESC, x.id LIMIT %(limit)s OFFSET %(offset)s
"""
)


def bounds(year: int) -> dict[str, datetime]:
    """Return when a year begins and ends where the companies are, in UTC."""
    starts = (datetime(one, 1, 1, tzinfo=_ZONE).astimezone(UTC) for one in (year, year + 1))
    return dict(zip(("since", "until"), starts, strict=True))


def year_of(moment: datetime) -> int:
    """Return the budget year of a moment."""
    return moment.astimezone(_ZONE).year


async def by_center(uow: UnitOfWork, organization_id: UUID, year: int) -> list[dict[str, Any]]:
    """Return a row of figures for each cost centre, and one without an id for orders that have none, if there are any.

    One statement. The caller has checked the actor and is elevated.
    """
    return await uow.sql(_BY_CENTER, organization=organization_id, year=year, **bounds(year))


async def used_of_center(uow: UnitOfWork, center_id: UUID) -> int:
    """Return what a cost centre's orders cost, in cents; to be relied on while its row is locked."""
    return (await uow.sql(_OF_CENTER, center=center_id))[0]["cents"]


async def used_of_order(uow: UnitOfWork, order_id: UUID) -> int:
    """Return what one order costs its buyer, in cents."""
    return (await uow.sql(_OF_ORDER, order=order_id))[0]["cents"]


async def listed(
    uow: UnitOfWork,
    organization_id: UUID,
    year: int,
    *,
    center_id: UUID | None,
    everything: bool,
    figure: str,
    limit: int,
    offset: int,
) -> list[dict[str, Any]]:
    """Return the orders behind a figure, the newest first, each with the `total` of them.

    Of one cost centre, of none, or of all (`everything`); orders that came to nothing are left out.
    """
    return await uow.sql(
        _LISTED,
        organization=organization_id,
        year=year,
        center=center_id,
        all=everything,
        figure=figure,
        limit=limit,
        offset=offset,
        **bounds(year),
    )
