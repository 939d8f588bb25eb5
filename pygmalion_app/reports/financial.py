"""The report `financial`, read from the books: what a company ordered and paid, what a school sold and what it kept.

Movements count in the month (of Paris) in which they were entered, whatever became of their order since. Amounts are
cents including VAT. The cost centre is the one that the company charges an order to.
"""

from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final, LiteralString
from uuid import UUID

from pygmalion_app.core.schemas import View
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.ledger.finance import BOOKS_ZONE, span
from pygmalion_app.organizations.models import OrganizationKind
from pygmalion_app.reports import policy


class Grouping(StrEnum):
    """What one row of the report stands for."""

    MONTH = "month"
    COURSE = "course"
    COST_CENTER = "cost_center"


class Side(StrEnum):
    """Whether an organisation buys or sells."""

    BUYER = "buyer"
    SELLER = "seller"


class FinancialFigures(View):
    """What moved. A school's own part is known to the school alone."""

    currency: str
    orders: int = 0
    ordered_cents: int = 0
    """Sold, before anything was taken back."""
    cancelled_cents: int = 0
    """Of it taken back."""
    paid_cents: int = 0
    """By the buyer: at the gateway, or straight to the organisation."""
    financed_cents: int = 0
    """Taken over by third parties (OPCO, CPF)."""
    refunded_cents: int = 0
    revenue_cents: int | None = None
    """Sold, less what was taken back or lost in disputes."""
    commission_cents: int | None = None
    """The platform's part of the revenue, VAT included."""
    net_cents: int | None = None
    """The school's part."""


class FinancialRow(FinancialFigures):
    """One month (`2026-11`), course or cost centre."""

    key: str
    title: str
    title_en: str


class FinancialReport(View):
    """A period, both days included; `totals` by currency."""

    organization_id: UUID
    organization_name: str
    side: Side
    by: Grouping
    since: date
    until: date
    totals: tuple[FinancialFigures, ...]
    rows: tuple[FinancialRow, ...]


_FIGURES: LiteralString = """
  count(DISTINCT e.id) FILTER (WHERE e.kind = 'sale') AS orders,
  coalesce(sum(l.amount_cents) FILTER (WHERE l.account = 'BUYER' AND e.kind = 'sale'), 0)::bigint AS ordered_cents,
  coalesce(-sum(l.amount_cents) FILTER (WHERE l.account = 'BUYER' AND e.kind = 'credit'), 0)::bigint
    AS cancelled_cents,
  coalesce(-sum(l.amount_cents) FILTER (WHERE l.account = 'BUYER' AND e.kind IN ('charge', 'outside')), 0)::bigint
    AS paid_cents,
  coalesce(-sum(l.amount_cents) FILTER (WHERE l.account = 'BUYER' AND e.kind = 'third_party'), 0)::bigint
    AS financed_cents,
  coalesce(sum(l.amount_cents) FILTER (WHERE l.account = 'BUYER'
    AND e.kind IN ('refund', 'refund_failed', 'refund_by_hand')), 0)::bigint AS refunded_cents,
  coalesce(-sum(l.amount_cents) FILTER (WHERE l.account IN ('COMMISSION', 'COMMISSION_VAT')), 0)::bigint
    AS commission_cents,
  coalesce(-sum(l.amount_cents) FILTER (WHERE l.account = 'SELLER'
    AND e.kind IN ('sale', 'credit', 'dispute_lost')), 0)::bigint AS net_cents
"""
_MOVED: LiteralString = """
JOIN ledger_entries e ON e.order_id = o.id JOIN ledger_lines l ON l.entry_id = e.id
"""
_KEYS: Final[dict[Grouping, tuple[LiteralString, LiteralString]]] = {
    Grouping.MONTH: (
        """to_char(e.occurred_at AT TIME ZONE 'Europe/Paris', 'YYYY-MM') AS key, '' AS title, '' AS title_en""",
        "",
    ),
    Grouping.COURSE: (
        "c.id::text AS key, c.title, coalesce(nullif(c.title_en, ''), c.title) AS title_en",
        "JOIN sessions s ON s.id = o.session_id JOIN courses c ON c.id = s.course_id",
    ),
    Grouping.COST_CENTER: (
        "coalesce(k.code, '') AS key, coalesce(max(k.name), '') AS title, coalesce(max(k.name), '') AS title_en",
        "LEFT JOIN budget_charges b ON b.order_id = o.id LEFT JOIN cost_centers k ON k.id = b.cost_center_id",
    ),
}
_GROUPS: Final[dict[Grouping, LiteralString]] = {
    Grouping.MONTH: "GROUP BY 1, e.currency ORDER BY 1, e.currency",
    Grouping.COURSE: "GROUP BY c.id, e.currency ORDER BY ordered_cents DESC, c.title, e.currency",
    Grouping.COST_CENTER: "GROUP BY k.code, e.currency ORDER BY k.code NULLS LAST, e.currency",
}
_OF: Final[dict[Side, LiteralString]] = {
    Side.BUYER: "o.buyer_organization_id = %(organization)s",
    Side.SELLER: "o.seller_organization_id = %(organization)s",
}


async def financial(
    uow: UnitOfWork, organization_id: UUID | None, since: date, until: date, by: Grouping = Grouping.MONTH
) -> FinancialReport:
    """Return an organisation's figures of a period. Raises InvalidInputError, NotFoundError, PermissionDeniedError."""
    found = policy.chosen(uow.actor, organization_id)
    await uow.require_reach(found)
    start, end = span(since, until)
    # A charge to a cost centre, a course that is a draft again: the report names them whoever may open them.
    async with uow.elevated():
        (organization,) = await uow.sql("SELECT name, kind FROM organizations WHERE id = %(id)s", id=found)
        side = Side.SELLER if organization["kind"] == OrganizationKind.TRAINING else Side.BUYER
        if side is Side.SELLER and by is Grouping.COST_CENTER:
            by = Grouping.MONTH
        rows = await _read(uow, found, side, by, since=start, until=end)
    return FinancialReport(
        organization_id=found,
        organization_name=organization["name"],
        side=side,
        by=by,
        since=since,
        until=until,
        totals=_totals(rows),
        rows=tuple(FinancialRow.model_validate(row) for row in rows),
    )


async def _read(
    uow: UnitOfWork, organization_id: UUID, side: Side, by: Grouping, **period: object
) -> list[dict[str, Any]]:
    key, joined = _KEYS[by]
    query: LiteralString = (
        f"SELECT {key}, e.currency, {_FIGURES} FROM orders o {_MOVED} {joined} WHERE {_OF[side]}"  # noqa: S608 - constants
        f" AND e.occurred_at >= %(since)s AND e.occurred_at < %(until)s {_GROUPS[by]}"
    )
    rows = await uow.sql(query, organization=organization_id, **period)
    for row in rows:
        seller = side is Side.SELLER
        row["revenue_cents"] = row["net_cents"] + row["commission_cents"] if seller else None
        row["commission_cents"] = row["commission_cents"] if seller else None
        row["net_cents"] = row["net_cents"] if seller else None
    return rows


def _totals(rows: list[dict[str, Any]]) -> tuple[FinancialFigures, ...]:
    totals: dict[str, dict[str, Any]] = {}
    for row in rows:
        total = totals.setdefault(row["currency"], {})
        for name, value in row.items():
            if name == "orders" or name.endswith("_cents"):
                total[name] = None if value is None else total.get(name, 0) + value
    return tuple(FinancialFigures(currency=currency, **total) for currency, total in sorted(totals.items()))


def this_year(today: date) -> tuple[date, date]:
    """Return the period shown first: this year until today."""
    return today.replace(month=1, day=1), today


def last_period(today: date, *, weekly: bool) -> tuple[date, date]:
    """Return the last whole week (Monday to Sunday) or month before a day."""
    if weekly:
        monday = today - timedelta(days=today.weekday())
        return monday - timedelta(days=7), monday - timedelta(days=1)
    end = today.replace(day=1) - timedelta(days=1)
    return end.replace(day=1), end


def local_day(uow: UnitOfWork) -> date:
    """Return today, as the books count."""
    return uow.clock.now().astimezone(BOOKS_ZONE).date()
