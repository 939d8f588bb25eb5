"""What the platform's books say of a period, and whether they balance."""

from datetime import date, datetime, time, timedelta
from typing import Final, LiteralString
from zoneinfo import ZoneInfo

from pygmalion_app.core.errors import InvalidInputError
from pygmalion_app.core.schemas import View
from pygmalion_app.core.unit_of_work import UnitOfWork

BOOKS_ZONE: Final = ZoneInfo("Europe/Paris")
"""Whose days the books count in."""
_LONGEST: Final = timedelta(days=3700)

_TOTALS: LiteralString = """
SELECT currencies.currency,
  coalesce(sum(l.amount_cents) FILTER (WHERE l.account = 'BUYER' AND e.kind = 'sale'), 0)::bigint AS sold_cents,
  coalesce(-sum(l.amount_cents) FILTER (WHERE l.account = 'BUYER' AND e.kind = 'credit'), 0)::bigint AS credited_cents,
  coalesce(-sum(l.amount_cents) FILTER (WHERE l.account = 'BUYER' AND e.kind = 'charge'), 0)::bigint
    AS collected_cents,
  coalesce(-sum(l.amount_cents) FILTER (WHERE l.account IN ('BUYER', 'THIRD_PARTY') AND e.kind = 'outside'), 0)::bigint
    AS outside_cents,
  coalesce(-sum(l.amount_cents) FILTER (WHERE l.account = 'COMMISSION'), 0)::bigint AS commission_cents,
  coalesce(-sum(l.amount_cents) FILTER (WHERE l.account = 'COMMISSION_VAT'), 0)::bigint AS commission_vat_cents,
  coalesce(sum(l.amount_cents) FILTER (WHERE l.account = 'BUYER'
    AND e.kind IN ('refund', 'refund_failed', 'refund_by_hand')), 0)::bigint AS refunded_cents,
  coalesce(sum(l.amount_cents) FILTER (WHERE l.account = 'DISPUTE' AND e.kind = 'dispute'), 0)::bigint
    AS disputed_cents,
  coalesce(sum(l.amount_cents) FILTER (WHERE l.account = 'GATEWAY_FEE'), 0)::bigint AS fees_cents,
  coalesce(sum(l.amount_cents) FILTER (WHERE l.account = 'SELLER' AND e.kind IN ('payout', 'payout_failed')), 0)::bigint
    AS paid_out_cents,
  count(DISTINCT e.id) AS entries
FROM (SELECT 'EUR' AS currency UNION SELECT currency FROM ledger_entries) AS currencies
LEFT JOIN ledger_entries e ON e.currency = currencies.currency
  AND e.occurred_at >= %(since)s AND e.occurred_at < %(until)s
LEFT JOIN ledger_lines l ON l.entry_id = e.id
GROUP BY currencies.currency ORDER BY currencies.currency
"""
_STANDING: LiteralString = """
SELECT e.currency, sum(l.amount_cents)::bigint AS imbalance_cents,
  coalesce(-sum(l.amount_cents) FILTER (WHERE l.account = 'SELLER'), 0)::bigint AS owed_to_organizations_cents,
  coalesce(sum(l.amount_cents) FILTER (WHERE l.account = 'BUYER'), 0)::bigint AS owed_by_buyers_cents,
  coalesce(sum(l.amount_cents) FILTER (WHERE l.account = 'GATEWAY'), 0)::bigint AS at_gateway_cents
FROM ledger_lines l JOIN ledger_entries e ON e.id = l.entry_id GROUP BY e.currency
"""


class FinanceTotals(View):
    """One currency. Of the period: what moved. Now: what stands. Amounts in cents."""

    currency: str
    sold_cents: int = 0
    credited_cents: int = 0
    """Sales taken back."""
    collected_cents: int = 0
    outside_cents: int = 0
    """Paid straight to organisations."""
    commission_cents: int = 0
    """The platform's revenue excluding VAT, less what was given up."""
    commission_vat_cents: int = 0
    refunded_cents: int = 0
    disputed_cents: int = 0
    fees_cents: int = 0
    paid_out_cents: int = 0
    entries: int = 0
    owed_to_organizations_cents: int = 0
    owed_by_buyers_cents: int = 0
    at_gateway_cents: int = 0
    imbalance_cents: int = 0
    """The sum of all lines ever written: anything but zero is an error in the books."""


class FinanceSummary(View):
    """A period, both days included, as Paris counts them."""

    since: date
    until: date
    totals: tuple[FinanceTotals, ...]


def span(since: date, until: date) -> tuple[datetime, datetime]:
    """Return the moments from which and before which a period lasts; InvalidInputError for one that cannot be."""
    if until < since or until - since > _LONGEST:
        raise InvalidInputError(field="until")
    after = until + timedelta(days=1)
    return datetime.combine(since, time(), BOOKS_ZONE), datetime.combine(after, time(), BOOKS_ZONE)


async def summary(uow: UnitOfWork, since: date, until: date) -> FinanceSummary:
    """Return the totals of a period, and what stands now. For administrators."""
    uow.actor.require_platform_admin()
    start, end = span(since, until)
    standing = {row.pop("currency"): row for row in await uow.sql(_STANDING)}
    totals = [
        FinanceTotals(**row, **standing.get(row["currency"], {}))
        for row in await uow.sql(_TOTALS, since=start, until=end)
    ]
    return FinanceSummary(since=since, until=until, totals=tuple(totals))
