"""Events of disputes: opened, money withdrawn, answered, decided; in any order, after any delay.

The state comes from the object, and only ever moves forward: a late `created` does not reopen what is decided.
"""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, LiteralString, cast

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core import audit
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.payments import accounting, dispute_notices, lost_disputes, refunds
from pygmalion_app.payments.dispute_models import FINAL, Dispute, DisputeStatus
from pygmalion_app.payments.models import Payment
from pygmalion_app.payments.schemas import Change, PaymentOutcome

log = logging.getLogger(__name__)

_STATES = {
    "warning_needs_response": DisputeStatus.WARNING,
    "warning_under_review": DisputeStatus.WARNING,
    "warning_closed": DisputeStatus.CLOSED,
    "prevented": DisputeStatus.CLOSED,
    "needs_response": DisputeStatus.NEEDS_RESPONSE,
    "under_review": DisputeStatus.UNDER_REVIEW,
    "won": DisputeStatus.WON,
    "lost": DisputeStatus.LOST,
}
_RANKS = {DisputeStatus.WARNING: 0, DisputeStatus.NEEDS_RESPONSE: 1, DisputeStatus.UNDER_REVIEW: 2}
_FINAL_RANK = 3
_ADD: LiteralString = """
INSERT INTO disputes (id, gateway_id, payment_intent, payment_id, payee_organization_id, amount_cents, currency, reason,
  status, due_by, opened_at, evidence_status, evidence_attempt, evidence_note, evidence_locale)
VALUES (%(id)s, %(gateway_id)s, %(payment_intent)s, %(payment_id)s, %(payee)s, %(amount)s, %(currency)s, %(reason)s,
  %(status)s, %(due_by)s, %(opened_at)s, 'none', 0, '', 'fr')
ON CONFLICT (gateway_id) DO NOTHING RETURNING id
"""
_PAYMENT: LiteralString = """
SELECT id FROM payments WHERE payment_intent = %(intent)s
UNION SELECT payment_id FROM instalments WHERE payment_intent = %(intent)s
"""


async def apply(uow: UnitOfWork, kind: str, about: Mapping[str, Any]) -> PaymentOutcome:
    """Let a dispute stand as the gateway says. Inquiries take no money; disputes do until they are won."""
    told = _read(about)
    if told is None:
        log.warning("event %s tells of no dispute that can be read", kind)
        return PaymentOutcome(Change.NONE)
    payment = await _locked_payment(uow, told.payment_intent)
    if payment is None:
        log.warning("event %s is about a payment that is not known (yet)", kind)
    new = await _add(uow, told, payment)
    dispute = await _locked(uow, told.gateway_id)
    _advance(dispute, told, uow.clock.now())
    await uow.session.flush()
    return await _effect(uow, dispute, payment, told, new=new)


async def match_disputes(uow: UnitOfWork) -> int:
    """Find the payments of disputes that were told before them; return how many. For a periodic job."""
    rows = await uow.sql("SELECT gateway_id, payment_intent FROM disputes WHERE payment_id IS NULL LIMIT 200")
    found = 0
    for row in rows:
        payment = await _locked_payment(uow, row["payment_intent"])
        if payment is None:
            continue
        dispute = await _locked(uow, row["gateway_id"])
        if dispute.payment_id is None:
            await _link(uow, dispute, payment)
            await _book(uow, dispute, payment)
            await dispute_notices.opened(uow, dispute)
            found += 1
    return found


class _Told:
    """What an event says, in our words."""

    def __init__(self, about: Mapping[str, Any], status: DisputeStatus) -> None:
        details: Any = about.get("evidence_details")
        due = cast("dict[str, Any]", details).get("due_by") if isinstance(details, dict) else None
        self.gateway_id = str(about["id"])[:200]
        self.payment_intent = str(about["payment_intent"])[:200]
        self.amount_cents = int(about["amount"])
        self.currency = str(about.get("currency")).upper()[:3]
        self.reason = str(about.get("reason") or "general")[:60]
        self.status = status
        self.due_by = _moment(due)
        self.opened_at = _moment(about.get("created"))


def _read(about: Mapping[str, Any]) -> _Told | None:
    status = _STATES.get(str(about.get("status")))
    amount = about.get("amount")
    if status is None or not about.get("id") or not about.get("payment_intent"):
        return None
    return _Told(about, status) if isinstance(amount, int) and amount > 0 else None


def _moment(value: object) -> datetime | None:
    return datetime.fromtimestamp(value, UTC) if isinstance(value, int) and value > 0 else None


async def _locked_payment(uow: UnitOfWork, intent: str) -> Payment | None:
    rows = await uow.sql(_PAYMENT, intent=intent)
    if not rows:
        return None
    return await uow.session.get(Payment, rows[0]["id"], with_for_update=True, populate_existing=True)


async def _locked(uow: UnitOfWork, gateway_id: str) -> Dispute:
    query = select(Dispute).where(col(Dispute.gateway_id) == gateway_id).with_for_update()
    return (await uow.session.execute(query.execution_options(populate_existing=True))).scalar_one()


async def _add(uow: UnitOfWork, told: _Told, payment: Payment | None) -> bool:
    added = await uow.sql(
        _ADD,
        id=new_id(),
        gateway_id=told.gateway_id,
        payment_intent=told.payment_intent,
        payment_id=payment.id if payment else None,
        payee=payment.payee_organization_id if payment else None,
        amount=told.amount_cents,
        currency=told.currency,
        reason=told.reason,
        status=told.status,
        due_by=told.due_by,
        opened_at=told.opened_at or uow.clock.now(),
    )
    return bool(added)


def _advance(dispute: Dispute, told: _Told, now: datetime) -> None:
    """Let the state move forward, never back; what is decided stays decided."""
    before = DisputeStatus(dispute.status)
    if before not in FINAL and _RANKS.get(told.status, _FINAL_RANK) >= _RANKS[before]:
        dispute.status, dispute.due_by = told.status, told.due_by or dispute.due_by
    if DisputeStatus(dispute.status) in FINAL and dispute.closed_at is None:
        dispute.closed_at = now


async def _effect(
    uow: UnitOfWork, dispute: Dispute, payment: Payment | None, told: _Told, *, new: bool
) -> PaymentOutcome:
    if payment is None:
        return PaymentOutcome(Change.NONE)
    if dispute.payment_id is None:
        await _link(uow, dispute, payment)
    if (dispute.currency, dispute.amount_cents) != (payment.currency, told.amount_cents):
        log.error("dispute %s: the gateway reports another amount or currency than before", dispute.id)
        return PaymentOutcome(Change.NONE)
    closed = await _book(uow, dispute, payment)
    if new:
        await dispute_notices.opened(uow, dispute)
        await audit.record(
            uow,
            "dispute.opened",
            subject_id=dispute.id,
            organization_id=payment.payee_organization_id,
            facts={"payment": payment.id, "amount": dispute.amount_cents},
        )
    if closed:
        await dispute_notices.closed(uow, dispute)
    change = Change.NONE
    if closed:
        change = Change.DISPUTE_WON if dispute.status == DisputeStatus.WON else Change.DISPUTE_LOST
    elif new:
        change = Change.DISPUTED
    return PaymentOutcome(change, payment.reference, payment.id, amount_cents=dispute.amount_cents)


async def _link(uow: UnitOfWork, dispute: Dispute, payment: Payment) -> None:
    dispute.payment_id, dispute.payee_organization_id = payment.id, payment.payee_organization_id
    await uow.session.flush()


async def _book(uow: UnitOfWork, dispute: Dispute, payment: Payment) -> bool:
    """Enter in the books what the state means, once each; tell whether a decision was entered now."""
    status = DisputeStatus(dispute.status)
    if status in {DisputeStatus.WARNING, DisputeStatus.CLOSED}:
        return False
    await accounting.disputed(uow, payment, dispute.amount_cents, dispute.gateway_id)
    if status is DisputeStatus.WON:
        won = await accounting.dispute_closed(uow, payment, dispute.amount_cents, dispute.gateway_id, won=True)
        if won:
            await refunds.release(uow, payment, dispute.payment_intent)
        return won
    return status is DisputeStatus.LOST and await lost_disputes.lose(uow, payment, dispute)
