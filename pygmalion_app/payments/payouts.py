"""Paying training organisations what their finished sessions have earned.

How much that is stands in the books: of each payment, what is on the organisation's side at the gateway, as far as the
organisation is owed it (a lost dispute is no longer owed), less what payouts have paid of it. So commission, refunds
and instalments need no rule here. When it may be paid is handed over by the features above, which know the sessions
(`hand_over`); payments only keep the date.

A run writes a payout with its items first and asks the gateway afterwards, by a job, under a key of the row: killed
between any two steps, the next run or the job's repetition goes on where it stopped, and pays nothing twice. Refused or
come back, its items no longer count, so that they are due again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, LiteralString
from uuid import UUID

from pygmalion_app.core import audit
from pygmalion_app.core.gateway import GatewayPayout
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.kyc.queries import is_verified
from pygmalion_app.payments import accounting
from pygmalion_app.payments.payout_models import Payout, PayoutItem, PayoutStatus

RUN_TASK: Final = "payments.pay_out_organization"
SEND_TASK: Final = "payments.send_payout"
REST_AFTER_FAILURE: Final = timedelta(days=1)
"""How long a payout is not tried again after one has failed: a closed bank account is no better an hour later."""

PARTS: Final[LiteralString] = """
SELECT b.payment_id, b.currency, b.payable_at, least(l.there, greatest(l.owed, 0)) - coalesce(i.paid, 0) AS part,
  l.disputed > 0 AS disputed
FROM payables b
CROSS JOIN LATERAL (
  SELECT coalesce(sum(x.amount_cents) FILTER (WHERE x.account = 'GATEWAY'
      AND x.organization_id = b.organization_id), 0)::bigint AS there,
    coalesce(-sum(x.amount_cents) FILTER (WHERE x.account = 'SELLER' AND e.kind <> 'outside'), 0)::bigint AS owed,
    coalesce(sum(x.amount_cents) FILTER (WHERE x.account = 'DISPUTE'), 0)::bigint AS disputed
  FROM ledger_entries e JOIN ledger_lines x ON x.entry_id = e.id WHERE e.payment_id = b.payment_id
) l
CROSS JOIN LATERAL (
  SELECT sum(item.amount_cents)::bigint AS paid FROM payout_items item JOIN payouts p ON p.id = item.payout_id
  WHERE item.payment_id = b.payment_id AND p.status <> 'failed'
) i
WHERE b.organization_id = %(organization)s
"""
"""What of each payment is still to be paid to an organisation, in signed cents."""
_HAND_OVER: LiteralString = """
INSERT INTO payables (payment_id, organization_id, currency, payable_at)
SELECT p.id, p.payee_organization_id, p.currency, given.payable_at
FROM unnest(%(references)s::uuid[], %(dates)s::timestamptz[]) AS given (reference, payable_at)
JOIN payments p ON p.reference = given.reference
ON CONFLICT (payment_id) DO UPDATE SET payable_at = EXCLUDED.payable_at
"""
_LOCK_ACCOUNT: LiteralString = """
SELECT account_id FROM merchant_accounts WHERE organization_id = %(organization)s AND payouts_enabled FOR UPDATE
"""
_RESTS: LiteralString = """
SELECT 1 FROM payouts WHERE organization_id = %(organization)s AND status = 'failed' AND settled_at > %(since)s LIMIT 1
"""
_LOCK_PAYMENTS: LiteralString = "SELECT id FROM payments WHERE id = ANY(%(ids)s) ORDER BY id FOR UPDATE"
_DUE_ORGANIZATIONS: LiteralString = """
SELECT m.organization_id FROM merchant_accounts m WHERE m.payouts_enabled
  AND EXISTS (SELECT FROM payables b WHERE b.organization_id = m.organization_id AND b.payable_at <= %(now)s)
"""
_UNSENT: LiteralString = (
    "SELECT id FROM payouts WHERE status = 'requested' AND created_at < %(before)s ORDER BY id LIMIT 500"
)


@dataclass(frozen=True, slots=True)
class Part:
    """What a payout is to pay of a payment, in signed cents."""

    payment_id: UUID
    currency: str
    amount_cents: int


async def hand_over(uow: UnitOfWork, payables: Sequence[tuple[UUID, datetime]]) -> None:
    """Say from when on the payments of some references (orders) may be paid to their organisations, or say it anew."""
    if payables:
        await uow.sql(_HAND_OVER, references=[item[0] for item in payables], dates=[item[1] for item in payables])


async def run(uow: UnitOfWork) -> None:
    """Have every organisation paid for which something may be due, and every payout sent that no job is left for."""
    now = uow.clock.now()
    for row in await uow.sql(_DUE_ORGANIZATIONS, now=now):
        organization = str(row["organization_id"])
        await uow.defer(RUN_TASK, queueing_lock=f"payout:{organization}", organization_id=organization)
    for row in await uow.sql(_UNSENT, before=now - timedelta(hours=1)):
        await uow.defer(SEND_TASK, queueing_lock=f"payout:{row['id']}", payout_id=str(row["id"]))


async def prepare(uow: UnitOfWork, organization_id: UUID) -> list[UUID]:
    """Write a payout of all that is due to an organisation, one a currency, with the jobs that send them.

    Two at once wait for each other at the account's row; the second finds nothing due.
    """
    accounts = await uow.sql(_LOCK_ACCOUNT, organization=organization_id)
    since = uow.clock.now() - REST_AFTER_FAILURE
    if not accounts or await uow.sql(_RESTS, organization=organization_id, since=since):
        return []
    if not await is_verified(uow, organization_id):
        return []
    # Locked, so that nothing goes back of them between the sum and its payout.
    await uow.sql(_LOCK_PAYMENTS, ids=[part.payment_id for part in await _due(uow, organization_id)])
    made: list[UUID] = []
    parts = await _due(uow, organization_id)
    for currency in sorted({part.currency for part in parts}):
        payout = await _write(
            uow, organization_id, accounts[0]["account_id"], [part for part in parts if part.currency == currency]
        )
        made += [payout.id] if payout else []
    return made


async def _due(uow: UnitOfWork, organization_id: UUID) -> list[Part]:
    rows = await uow.sql(
        PARTS + " AND b.payable_at <= %(now)s ORDER BY b.payment_id", organization=organization_id, now=uow.clock.now()
    )
    return [
        Part(row["payment_id"], row["currency"], row["part"])
        for row in rows
        if row["part"] < 0 or (row["part"] > 0 and not row["disputed"])
    ]


async def _write(uow: UnitOfWork, organization_id: UUID, account_id: str, parts: list[Part]) -> Payout | None:
    amount = sum(part.amount_cents for part in parts)
    if amount <= 0:
        return None
    payout = Payout(
        organization_id=organization_id,
        account_id=account_id,
        amount_cents=amount,
        currency=parts[0].currency,
        created_at=uow.clock.now(),
    )
    uow.session.add(payout)
    await uow.session.flush()
    uow.session.add_all(
        PayoutItem(
            payout_id=payout.id,
            payment_id=part.payment_id,
            organization_id=organization_id,
            amount_cents=part.amount_cents,
        )
        for part in parts
    )
    await uow.session.flush()
    await uow.defer(SEND_TASK, queueing_lock=f"payout:{payout.id}", payout_id=str(payout.id))
    await audit.record(
        uow,
        "payout.requested",
        subject_id=payout.id,
        organization_id=organization_id,
        facts={"amount_cents": amount, "payments": len(parts)},
    )
    return payout


async def accept(uow: UnitOfWork, payout_id: UUID, answer: GatewayPayout) -> None:
    """The gateway has sent a payout: the money has left the organisation's account there."""
    payout = await _locked(uow, payout_id)
    await _accept(uow, payout, answer.id, answer.arrives_at)


async def refuse(uow: UnitOfWork, payout_id: UUID, failure: str) -> None:
    """The gateway does not send a payout; what it was for is due again."""
    payout = await _locked(uow, payout_id)
    if payout.status == PayoutStatus.REQUESTED:
        payout.status, payout.failure, payout.settled_at = PayoutStatus.FAILED, failure[:200], uow.clock.now()
        await uow.session.flush()


async def follow(uow: UnitOfWork, payout_id: UUID, told: dict[str, Any], arrives_at: datetime | None) -> bool:
    """Take the gateway's word on a payout, however late or early; False where it changes nothing.

    A payout only moves forward: failed is the end, because banks send back what had arrived, never the reverse.
    """
    payout = await _locked(uow, payout_id)
    if not _is_same(payout, told) or payout.status == PayoutStatus.FAILED:
        return False
    before = payout.status
    await _accept(uow, payout, str(told["id"]), arrives_at)
    if told.get("status") == "paid" and payout.status == PayoutStatus.SENT:
        payout.status, payout.settled_at = PayoutStatus.PAID, uow.clock.now()
    elif told.get("status") in {"failed", "canceled"}:
        payout.status, payout.settled_at = PayoutStatus.FAILED, uow.clock.now()
        payout.failure = str(told.get("failure_code") or told.get("status"))[:200]
        await accounting.payout_failed(
            uow, payout.organization_id, payout.amount_cents, payout.currency, str(payout.id), source=payout.gateway_id
        )
    await uow.session.flush()
    return payout.status != before


def _is_same(payout: Payout, told: dict[str, Any]) -> bool:
    """Whether the gateway speaks of this payout: of its account, by its amount, and under one id for good."""
    said = (told.get("amount"), str(told.get("currency")).upper(), told.get("account"))
    known = (payout.amount_cents, payout.currency, payout.account_id)
    return said == known and payout.gateway_id in {None, told.get("id")}


async def _accept(uow: UnitOfWork, payout: Payout, gateway_id: str, arrives_at: datetime | None) -> None:
    if payout.status != PayoutStatus.REQUESTED:
        return
    payout.status, payout.gateway_id, payout.arrives_at = PayoutStatus.SENT, gateway_id, arrives_at
    await uow.session.flush()
    await accounting.paid_out(
        uow, payout.organization_id, payout.amount_cents, payout.currency, str(payout.id), source=gateway_id
    )


async def _locked(uow: UnitOfWork, payout_id: UUID) -> Payout:
    return await uow.session.get_one(Payout, payout_id, with_for_update=True, populate_existing=True)
