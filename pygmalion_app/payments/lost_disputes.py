"""A dispute that is lost: what the buyer's bank gave back, held against what was to go back to them anyway.

A refund that failed, or was refused, and then the same money lost to the bank is one and the same money: the refund is
closed as covered, and the organisation, from which it was taken when the seat was given up, bears it once. Counted is
only what the charge cannot hold twice, so that a refund which went without our knowing yet is not taken for covered.
"""

from dataclasses import dataclass
from typing import Any, LiteralString

from sqlalchemy import case, select
from sqlmodel import col

from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.payments import accounting, refunds, transfers_back
from pygmalion_app.payments.dispute_models import Dispute
from pygmalion_app.payments.models import Payment
from pygmalion_app.payments.refund_models import Refund, RefundStatus

_CHARGE: LiteralString = """
SELECT coalesce(sum(-l.amount_cents) FILTER (WHERE l.account = 'BUYER'), 0)::bigint AS amount,
  coalesce(sum(l.amount_cents) FILTER (WHERE l.account = 'GATEWAY' AND l.organization_id IS NULL), 0)::bigint
    AS commission,
  (SELECT coalesce(sum(amount_cents), 0) FROM refunds
    WHERE payment_intent = %(intent)s AND payment_id = %(payment)s)::bigint AS given_back,
  (SELECT coalesce(sum(d.amount_cents), 0) - (SELECT coalesce(sum(r.amount_cents), 0) FROM refunds r
      WHERE r.payment_intent = %(intent)s AND r.payment_id = %(payment)s AND r.status = 'covered')
    FROM disputes d WHERE d.payment_intent = %(intent)s AND d.status = 'lost' AND d.id <> %(dispute)s)::bigint
    AS lost_before
FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id
WHERE e.payment_id = %(payment)s AND e.kind = 'charge' AND e.source = %(intent)s
"""


@dataclass(slots=True)
class _Loss:
    """What a bank took of a charge, in cents; the commissions are the parts of it that the platform had."""

    covered: int = 0
    """What refunds that never left were to give back."""
    covered_commission: int = 0
    given_up: int = 0
    """What was the organisation's and the platform's still."""
    commission: int = 0

    @property
    def theirs(self) -> int:
        """What the organisation got of it."""
        return self.covered - self.covered_commission + self.given_up - self.commission


async def lose(uow: UnitOfWork, payment: Payment, dispute: Dispute) -> bool:
    """Close what a lost dispute covers and enter it in the books, once; the payment is locked. False when it was done.

    What the organisation got of it comes back from its account at the gateway, by a job.
    """
    if await accounting.is_posted(uow, f"dispute-lost:{dispute.gateway_id}"):
        return False
    (charge,) = await uow.sql(_CHARGE, payment=payment.id, intent=dispute.payment_intent, dispute=dispute.id)
    left = charge["amount"] - charge["given_back"] - charge["lost_before"]
    loss = _Loss()
    await _cover(uow, dispute, loss, dispute.amount_cents - left)
    loss.given_up = max(0, min(dispute.amount_cents - loss.covered, left))
    loss.commission = accounting.share(charge["commission"], loss.given_up, charge["amount"], charge["given_back"])
    if loss.given_up and not await accounting.was_sold(uow, payment):
        await _owe_nobody(uow, payment, dispute, loss)
    await accounting.dispute_closed(
        uow,
        payment,
        dispute.amount_cents,
        dispute.gateway_id,
        won=False,
        commission_cents=loss.commission,
        # What is beyond the charge, the buyer has twice and owes.
        owed_back_cents=dispute.amount_cents - loss.given_up,
    )
    if loss.covered:
        await refunds.set_status(uow, payment)
    await transfers_back.request(uow, payment, loss.theirs, dispute_id=dispute.id)
    return True


async def _cover(uow: UnitOfWork, dispute: Dispute, loss: _Loss, overlap_cents: int) -> None:
    """Close refunds of the charge that never left, the refused before the requested, as far as the money is the same.

    Of one that is more than that, the rest stays owed: a refund of its own.
    """
    query = (
        select(Refund)
        .where(
            col(Refund.payment_id) == dispute.payment_id,
            col(Refund.payment_intent) == dispute.payment_intent,
            col(Refund.status).in_((RefundStatus.FAILED, RefundStatus.REQUESTED)),
        )
        .order_by(case((col(Refund.status) == RefundStatus.FAILED, 0), else_=1), col(Refund.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for refund in (await uow.session.execute(query)).scalars().all():
        left = overlap_cents - loss.covered
        if left <= 0:
            break
        if refund.amount_cents > left:
            _split(uow, refund, dispute, left)
        refund.status, refund.failure = RefundStatus.COVERED, None
        refund.dispute_id, refund.settled_at = dispute.id, uow.clock.now()
        loss.covered += refund.amount_cents
        loss.covered_commission += refund.commission_cents
    await uow.session.flush()


def _split(uow: UnitOfWork, refund: Refund, dispute: Dispute, cents: int) -> None:
    """Let a refund be of so much only; what it was more waits as another that failed."""
    kept: dict[str, Any] = {name: getattr(refund, name) for name in ("payment_id", "payment_intent", "reason")}
    commission = accounting.share(refund.commission_cents, cents, refund.amount_cents)
    uow.session.add(
        Refund(
            **kept,
            key=f"{refund.key}#{dispute.id}",
            amount_cents=refund.amount_cents - cents,
            commission_cents=refund.commission_cents - commission,
            currency=refund.currency,
            status=RefundStatus.FAILED,
            failure=refunds.DISPUTED,
            created_at=refund.created_at,
            settled_at=uow.clock.now(),
        )
    )
    refund.amount_cents, refund.commission_cents = cents, commission


async def _owe_nobody(uow: UnitOfWork, payment: Payment, dispute: Dispute, loss: _Loss) -> None:
    """Money that bought nothing was the buyer's all along: a bank that gives it back is a refund, and no loss."""
    uow.session.add(
        Refund(
            payment_id=payment.id,
            payment_intent=dispute.payment_intent,
            key=f"{payment.id}:dispute:{dispute.id}",
            reason="dispute",
            amount_cents=loss.given_up,
            commission_cents=loss.commission,
            currency=payment.currency,
            status=RefundStatus.COVERED,
            dispute_id=dispute.id,
            created_at=uow.clock.now(),
            settled_at=uow.clock.now(),
        )
    )
    payment.refunded_cents = min(payment.amount_cents, payment.refunded_cents + loss.given_up)
    loss.covered, loss.covered_commission = loss.covered + loss.given_up, loss.covered_commission + loss.commission
    loss.given_up = loss.commission = 0
    await uow.session.flush()
