"""The platform's own figures by week, for its administrators. Weeks begin on Monday, as Paris counts."""

from datetime import date, datetime, time, timedelta
from typing import Final, LiteralString

from pygmalion_app.core.schemas import View
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.ledger.finance import BOOKS_ZONE

WEEKS: Final = 26
MOST_WEEKS: Final = 104
_BY_WEEK: LiteralString = """
WITH weeks AS (SELECT week::date FROM generate_series(%(first)s::date, %(last)s::date, interval '7 days') AS week),
people AS (SELECT date_trunc('week', created_at AT TIME ZONE 'Europe/Paris')::date AS week, count(*) AS number
  FROM users WHERE created_at >= %(since)s GROUP BY 1),
organizations AS (SELECT date_trunc('week', created_at AT TIME ZONE 'Europe/Paris')::date AS week, count(*) AS number
  FROM organizations WHERE created_at >= %(since)s GROUP BY 1),
bought AS (SELECT date_trunc('week', confirmed_at AT TIME ZONE 'Europe/Paris')::date AS week, count(*) AS number,
  sum(quantity) AS seats FROM orders WHERE confirmed_at >= %(since)s GROUP BY 1),
issued AS (SELECT date_trunc('week', issued_at AT TIME ZONE 'Europe/Paris')::date AS week, count(*) AS number
  FROM certificates WHERE issued_at >= %(since)s GROUP BY 1),
verified AS (SELECT date_trunc('week', state_at AT TIME ZONE 'Europe/Paris')::date AS week, count(*) AS number
  FROM kyc_cases WHERE state = 'approved' AND state_at >= %(since)s GROUP BY 1),
earned AS (SELECT date_trunc('week', e.occurred_at AT TIME ZONE 'Europe/Paris')::date AS week,
  -sum(l.amount_cents) FILTER (WHERE l.account = 'COMMISSION') AS revenue,
  sum(l.amount_cents) FILTER (WHERE l.account = 'BUYER' AND e.kind = 'sale') AS sold
  FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id
  WHERE e.occurred_at >= %(since)s AND e.currency = 'EUR' AND l.account IN ('COMMISSION', 'BUYER') GROUP BY 1)
SELECT w.week, coalesce(p.number, 0) AS people, coalesce(o.number, 0) AS organizations,
  coalesce(b.number, 0) AS orders, coalesce(b.seats, 0) AS seats, coalesce(i.number, 0) AS certificates,
  coalesce(v.number, 0) AS verified, coalesce(e.revenue, 0)::bigint AS revenue_cents,
  coalesce(e.sold, 0)::bigint AS sold_cents
FROM weeks w LEFT JOIN people p USING (week) LEFT JOIN organizations o USING (week) LEFT JOIN bought b USING (week)
LEFT JOIN issued i USING (week) LEFT JOIN verified v USING (week) LEFT JOIN earned e USING (week) ORDER BY w.week
"""
_NOW: LiteralString = """
SELECT (SELECT count(*) FROM users WHERE status = 'active') AS people,
  (SELECT count(*) FROM organizations WHERE kind = 'training') AS schools,
  (SELECT count(*) FROM organizations WHERE kind = 'company') AS companies,
  (SELECT count(*) FROM organizations WHERE kind = 'airport') AS airports,
  (SELECT count(*) FROM courses WHERE status = 'published') AS courses,
  (SELECT count(*) FROM sessions WHERE status = 'scheduled' AND starts_at > %(now)s) AS sessions,
  (SELECT count(*) FROM certificates WHERE revoked_at IS NULL
    AND (valid_until IS NULL OR valid_until > %(now)s)) AS certificates,
  (SELECT count(*) FROM kyc_cases WHERE state IN ('submitted', 'in_review')) AS to_verify
"""


class PlatformWeek(View):
    """What was new in a week. Cents of euros; revenue is the commission excluding VAT, less what was given up."""

    week: date
    """Its Monday."""
    people: int
    organizations: int
    orders: int
    seats: int
    certificates: int
    verified: int
    revenue_cents: int
    sold_cents: int


class PlatformNow(View):
    """How many there are now."""

    people: int
    schools: int
    companies: int
    airports: int
    courses: int
    sessions: int
    certificates: int
    to_verify: int


class PlatformFigures(View):
    """The weeks, the oldest first, this one last; and what stands now."""

    weeks: tuple[PlatformWeek, ...]
    now: PlatformNow


async def figures(uow: UnitOfWork, weeks: int = WEEKS) -> PlatformFigures:
    """Return the platform's figures. For administrators. Two statements."""
    uow.actor.require_platform_admin()
    today = uow.clock.now().astimezone(BOOKS_ZONE).date()
    last = today - timedelta(days=today.weekday())
    first = last - timedelta(days=7 * (max(1, min(weeks, MOST_WEEKS)) - 1))
    since = datetime.combine(first, time(), BOOKS_ZONE)
    rows = await uow.sql(_BY_WEEK, first=first, last=last, since=since)
    (now,) = await uow.sql(_NOW, now=uow.clock.now())
    return PlatformFigures(
        weeks=tuple(PlatformWeek.model_validate(row) for row in rows), now=PlatformNow.model_validate(now)
    )
