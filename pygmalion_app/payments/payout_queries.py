"""What an organisation's administrators read of what they sold and are paid."""

from typing import Any, LiteralString
from uuid import UUID

from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.payments.payout_schemas import PayoutSchedule, PayoutView, SaleView
from pygmalion_app.payments.payouts import PARTS

DEFAULT_CURRENCY = "EUR"
_PAYOUTS: LiteralString = """
SELECT p.*, count(*) OVER () AS total FROM payouts p WHERE p.organization_id = %(organization)s
ORDER BY p.id DESC LIMIT %(limit)s OFFSET %(offset)s
"""
_SALES: LiteralString = """
SELECT p.id, p.reference AS order_id, p.description,
  coalesce((SELECT nullif(c.title_en, '') FROM orders o JOIN sessions s ON s.id = o.session_id
    JOIN courses c ON c.id = s.course_id WHERE o.id = p.reference), p.description) AS description_en,
  p.quantity, p.mode, p.status, p.amount_cents, p.commission_cents,
  p.refunded_cents, p.currency, p.created_at, p.paid_at, b.payable_at,
  coalesce((SELECT sum(i.amount_cents) FROM payout_items i JOIN payouts o ON o.id = i.payout_id
    WHERE i.payment_id = p.id AND o.status <> 'failed'), 0)::bigint AS paid_out_cents, count(*) OVER () AS total
FROM payments p LEFT JOIN payables b ON b.payment_id = p.id
WHERE p.payee_organization_id = %(organization)s AND p.status NOT IN ('pending', 'expired')
ORDER BY p.created_at DESC, p.id DESC LIMIT %(limit)s OFFSET %(offset)s
"""
_MONEY: LiteralString = """
SELECT currency, sum(there)::bigint AS there, sum(requested)::bigint AS requested, sum(sent)::bigint AS sent,
  sum(paid)::bigint AS paid FROM (
  SELECT e.currency, l.amount_cents AS there, 0 AS requested, 0 AS sent, 0 AS paid
  FROM ledger_lines l JOIN ledger_entries e ON e.id = l.entry_id
  WHERE l.organization_id = %(organization)s AND l.account = 'GATEWAY'
  UNION ALL
  SELECT currency, 0, CASE WHEN status = 'requested' THEN amount_cents ELSE 0 END,
    CASE WHEN status = 'sent' THEN amount_cents ELSE 0 END, CASE WHEN status = 'paid' THEN amount_cents ELSE 0 END
  FROM payouts WHERE organization_id = %(organization)s
) AS each GROUP BY currency ORDER BY currency
"""


async def payouts_of(uow: UnitOfWork, organization_id: UUID, paging: PageRequest) -> Page[PayoutView]:
    """Return an organisation's payouts, newest first."""
    rows = await _rows(uow, _PAYOUTS, organization_id, paging)
    return Page(tuple(PayoutView.model_validate(row) for row in rows), rows[0]["total"] if rows else 0, paging)


async def sales_of(uow: UnitOfWork, organization_id: UUID, paging: PageRequest) -> Page[SaleView]:
    """Return what an organisation has sold, newest first; what nobody has paid or accepted yet is left out."""
    rows = await _rows(uow, _SALES, organization_id, paging)
    return Page(tuple(SaleView.model_validate(row) for row in rows), rows[0]["total"] if rows else 0, paging)


async def schedule_of(uow: UnitOfWork, organization_id: UUID) -> tuple[PayoutSchedule, ...]:
    """Return an organisation's money with the platform and its next payout, one a currency."""
    uow.actor.require(Permission.PAYOUT_MANAGE, organization_id)
    await uow.require_reach(organization_id)
    async with uow.elevated():
        money = await uow.sql(_MONEY, organization=organization_id)
        parts = await uow.sql(PARTS, organization=organization_id)
    known = {row["currency"]: row for row in money}
    nothing = {"there": 0, "requested": 0, "sent": 0, "paid": 0}
    return tuple(
        _schedule(uow, currency, known.get(currency, nothing), parts)
        for currency in sorted(known) or [DEFAULT_CURRENCY]
    )


def _schedule(uow: UnitOfWork, currency: str, money: dict[str, Any], parts: list[dict[str, Any]]) -> PayoutSchedule:
    now = uow.clock.now()
    own = [part for part in parts if part["currency"] == currency]
    due = sum(
        part["part"]
        for part in own
        if part["payable_at"] <= now and (part["part"] < 0 or (part["part"] > 0 and not part["disputed"]))
    )
    dates = [part["payable_at"] for part in own if part["part"] > 0 and not part["disputed"]]
    return PayoutSchedule(
        currency=currency,
        to_come_cents=max(0, money["there"] - money["requested"] - max(0, due)),
        due_cents=max(0, due),
        on_the_way_cents=money["requested"] + money["sent"],
        paid_cents=money["paid"],
        next_payout_at=max(min(dates), now) if dates else None,
        delay_days=uow.settings.payout_delay_days,
    )


async def _rows(
    uow: UnitOfWork, query: LiteralString, organization_id: UUID, paging: PageRequest
) -> list[dict[str, Any]]:
    uow.actor.require(Permission.PAYOUT_MANAGE, organization_id)
    await uow.require_reach(organization_id)
    async with uow.elevated():
        return await uow.sql(query, organization=organization_id, limit=paging.limit, offset=paging.offset)
