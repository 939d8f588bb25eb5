"""Giving money back: asked for with what it is for, sent by a job, and followed until it has arrived.

A row comes first, in the caller's transaction, then the job. The job may be killed anywhere: it asks the gateway under
a key of the row and its attempt, so that asking again is the same refund. What the gateway answers and what its events
say lead to the same state in any order, because a refund only ever moves forward within an attempt.
"""

import logging
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, LiteralString, cast
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core import audit
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.gateway import CheckoutMode
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.payments import accounting, notices, transfers_back
from pygmalion_app.payments.errors import RefundDisputedError, RefundNotFailedError
from pygmalion_app.payments.models import Payment, PaymentStatus
from pygmalion_app.payments.refund_models import Refund, RefundStatus
from pygmalion_app.payments.schemas import Change, FailedRefund, PaymentOutcome

log = logging.getLogger(__name__)

REFUND_TASK: Final = "payments.refund"
DUPLICATE: Final = "duplicate"
"""The reason of money that came twice: it was never part of the price, and is no part of what was given back of it."""
DISPUTED: Final = "charge_disputed"
"""The failure of a refund that waits for a bank's decision, in the gateway's own word."""

_CHARGES: LiteralString = """
SELECT c.source, c.amount, coalesce(c.commission, 0) AS commission, coalesce(r.amount, 0)::bigint AS given_back,
  c.amount - coalesce(r.amount, 0) - greatest(0, coalesce(d.lost, 0) - coalesce(r.covered, 0))::bigint AS left,
  coalesce(d.open, false) AS disputed
FROM (
  SELECT e.source, min(e.id::text) AS first, sum(-l.amount_cents) FILTER (WHERE l.account = 'BUYER')::bigint AS amount,
    sum(l.amount_cents) FILTER (WHERE l.account = 'GATEWAY' AND l.organization_id IS NULL)::bigint AS commission
  FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id
  WHERE e.payment_id = %(payment)s AND e.kind = 'charge' GROUP BY e.source
) c LEFT JOIN (
  SELECT payment_intent, sum(amount_cents) AS amount, sum(amount_cents) FILTER (WHERE status = 'covered') AS covered
  FROM refunds WHERE payment_id = %(payment)s GROUP BY payment_intent
) r ON r.payment_intent = c.source LEFT JOIN (
  SELECT payment_intent, sum(amount_cents) FILTER (WHERE status = 'lost') AS lost,
    bool_or(status IN ('needs_response', 'under_review')) AS open
  FROM disputes WHERE payment_id = %(payment)s GROUP BY payment_intent
) d ON d.payment_intent = c.source ORDER BY c.first DESC
"""
_DISPUTED: LiteralString = """
SELECT 1 FROM disputes WHERE payment_intent = %(intent)s AND status IN ('needs_response', 'under_review')
UNION ALL
SELECT 1 FROM unnest(%(told)s::text[]) AS told (id) WHERE NOT EXISTS (
  SELECT FROM disputes d WHERE d.gateway_id = told.id AND d.status IN ('warning', 'won', 'lost', 'closed'))
LIMIT 1
"""
_KNOWN: LiteralString = "SELECT 1 FROM refunds WHERE key = %(key)s OR starts_with(key, %(key)s || '#') LIMIT 1"


@dataclass(frozen=True, slots=True)
class Part:
    """What goes back to one charge. Amounts in cents."""

    payment_intent: str
    amount_cents: int
    commission_cents: int
    disputed: bool
    """Whether a bank has the money now: it goes back when the dispute is won, and has gone when it is lost."""


async def request_refund(
    uow: UnitOfWork, reference: UUID, amount_cents: int, key: str, *, reason: str = "cancelled", credit: bool = True
) -> int:
    """Give back part or all of what was paid for a reference, by jobs, and return how much that is, in cents.

    `key` names what it is for: the same again changes nothing. No more goes back than was charged and has neither gone
    back nor been lost to a bank; nothing for a payment that took no money. What a bank disputes waits for its decision.
    The commission goes back in proportion, each charge's in parts that add up to it. `credit` takes so much back from
    the sale in the books too: false where the caller has done so (`accounting.credited`), or where the buyer paid too
    much. The caller has checked the actor.
    """
    async with uow.elevated():
        query = select(Payment).where(col(Payment.reference) == reference).with_for_update()
        payment = (await uow.session.execute(query)).scalar_one()
        unique = f"{payment.id}:{key}"
        if await uow.sql(_KNOWN, key=unique):
            return 0
        left_of_price = payment.amount_cents - payment.refunded_cents
        parts = await _parts(uow, payment, amount_cents if reason == DUPLICATE else min(amount_cents, left_of_price))
        for number, part in enumerate(parts):
            await _keep(uow, payment, part, f"{unique}#{number}" if number else unique, reason)
        total = sum(part.amount_cents for part in parts)
        if total and credit:
            await accounting.credited(uow, payment, total, sum(part.commission_cents for part in parts), key)
    return total


async def _keep(uow: UnitOfWork, payment: Payment, part: Part, key: str, reason: str) -> None:
    refund = Refund(
        payment_id=payment.id,
        payment_intent=part.payment_intent,
        key=key,
        reason=reason,
        amount_cents=part.amount_cents,
        commission_cents=part.commission_cents,
        currency=payment.currency,
        created_at=uow.clock.now(),
    )
    if part.disputed:
        refund.status, refund.failure, refund.settled_at = RefundStatus.FAILED, DISPUTED, uow.clock.now()
    uow.session.add(refund)
    if reason != DUPLICATE:
        payment.refunded_cents += part.amount_cents
    if payment.mode == CheckoutMode.PAYMENT:
        payment.status = PaymentStatus.REFUNDING
    await uow.session.flush()
    if not part.disputed:
        await uow.defer(REFUND_TASK, refund_id=str(refund.id), attempt=refund.attempt)


async def _parts(uow: UnitOfWork, payment: Payment, amount_cents: int) -> list[Part]:
    """Spread an amount over the charges, the newest first."""
    left = amount_cents
    parts: list[Part] = []
    for row in await uow.sql(_CHARGES, payment=payment.id):
        amount = min(left, row["left"])
        if amount > 0:
            commission = accounting.share(row["commission"], amount, row["amount"], row["given_back"])
            parts.append(Part(row["source"], amount, commission, row["disputed"]))
            left -= amount
    return parts


async def accept(uow: UnitOfWork, refund_id: UUID, attempt: int, gateway_id: str) -> None:
    """The gateway has taken an attempt on: from now on the money is on its way."""
    payment, refund = await _locked(uow, refund_id)
    if refund.attempt == attempt:
        await _accept(uow, payment, refund, gateway_id)
        await set_status(uow, payment)


async def refuse(uow: UnitOfWork, refund_id: UUID, attempt: int, failure: str) -> None:
    """The gateway will never take this attempt on; the administrators are told, who may retry."""
    payment, refund = await _locked(uow, refund_id)
    if refund.attempt == attempt and refund.status == RefundStatus.REQUESTED:
        refund.status, refund.failure, refund.settled_at = RefundStatus.FAILED, failure[:200], uow.clock.now()
        await set_status(uow, payment)
        await notices.refund_failed(uow, payment, refund)


async def follow(uow: UnitOfWork, found: Refund, attempt: int, told: dict[str, Any]) -> PaymentOutcome:
    """Take the gateway's word on a refund: the object of an event, however late or early."""
    payment, refund = await _locked(uow, found.id)
    settled_otherwise = refund.status in {RefundStatus.COVERED, RefundStatus.BY_HAND}
    if settled_otherwise and told.get("status") in {"pending", "succeeded"}:
        # Nobody may take that back by a rule: a person must look.
        log.error("refund %s was settled otherwise (%s), and the gateway says it went", refund.id, refund.status)
    if refund.attempt != attempt or refund.status == RefundStatus.FAILED or settled_otherwise:
        return PaymentOutcome(Change.NONE)
    await _accept(uow, payment, refund, str(told.get("id")))
    change = Change.NONE
    if told.get("status") == "succeeded" and refund.status == RefundStatus.PENDING:
        refund.status, refund.settled_at = RefundStatus.SUCCEEDED, uow.clock.now()
        change = Change.REFUNDED
    elif told.get("status") in {"failed", "canceled"}:
        refund.status, refund.settled_at = RefundStatus.FAILED, uow.clock.now()
        refund.failure = str(told.get("failure_reason") or told.get("status"))[:200]
        await accounting.refund_failed(
            uow, payment, refund.amount_cents, refund.commission_cents, str(refund.gateway_id), _attempt_key(refund)
        )
        await notices.refund_failed(uow, payment, refund)
        change = Change.REFUND_FAILED
    await set_status(uow, payment)
    return PaymentOutcome(change, payment.reference, payment.id, amount_cents=refund.amount_cents)


async def retry(uow: UnitOfWork, refund_id: UUID) -> None:
    """Ask the gateway once more for a refund that failed. Raises RefundNotFailedError, NotFoundError."""
    uow.actor.require_platform_admin()
    async with uow.elevated():
        payment, refund = await _locked(uow, refund_id)
        if refund.status != RefundStatus.FAILED:
            raise RefundNotFailedError(refund=str(refund_id), status=refund.status)
        await _ask_again(uow, refund)
        await set_status(uow, payment)
        await audit.record(
            uow, "refund.retried", subject_id=refund.id, facts={"payment": payment.id, "attempt": refund.attempt}
        )


async def release(uow: UnitOfWork, payment: Payment, payment_intent: str) -> None:
    """A bank has decided for us: what failed while it had the money is asked for again. The payment is locked."""
    query = select(Refund).where(
        col(Refund.payment_id) == payment.id,
        col(Refund.payment_intent) == payment_intent,
        col(Refund.status) == RefundStatus.FAILED,
    )
    for refund in (await uow.session.execute(query.with_for_update())).scalars().all():
        await _ask_again(uow, refund)
    await set_status(uow, payment)


async def _ask_again(uow: UnitOfWork, refund: Refund) -> None:
    refund.status, refund.attempt = RefundStatus.REQUESTED, refund.attempt + 1
    refund.gateway_id = refund.failure = refund.settled_at = None
    await uow.defer(REFUND_TASK, refund_id=str(refund.id), attempt=refund.attempt)


async def pay_by_hand(uow: UnitOfWork, refund_id: UUID, reference: str, paid_on: date) -> PaymentOutcome:
    """Take note that a refund which failed was paid from the platform's bank account, and close it.

    The gateway is asked whether a bank has the money: the dispute's events may still be on their way, and who loses it
    later would have paid twice. The organisation's part comes back from its account by a job. For administrators.
    Raises RefundNotFailedError, RefundDisputedError, NotFoundError, UnavailableError.
    """
    uow.actor.require_platform_admin()
    async with uow.elevated():
        known = await _known(uow, refund_id)
        told = await uow.ports.payments.dispute_ids(known.payment_intent)
        payment, refund = await _locked(uow, refund_id)
        if refund.status != RefundStatus.FAILED:
            raise RefundNotFailedError(refund=str(refund_id), status=refund.status)
        if await uow.sql(_DISPUTED, intent=refund.payment_intent, told=told):
            raise RefundDisputedError(refund=str(refund_id))
        refund.status, refund.settled_at = RefundStatus.BY_HAND, uow.clock.now()
        refund.paid_reference, refund.paid_on, refund.settled_by = reference, paid_on, uow.actor.user_id
        await accounting.refunded_by_hand(uow, payment, refund.amount_cents, str(refund.id))
        theirs = refund.amount_cents - refund.commission_cents
        await transfers_back.request(uow, payment, theirs, refund_id=refund.id)
        await set_status(uow, payment)
        await audit.record(
            uow,
            "refund.paid_by_hand",
            subject_id=refund.id,
            organization_id=payment.payee_organization_id,
            facts={"payment": payment.id, "cents": refund.amount_cents, "paid_on": paid_on.isoformat()},
        )
    return PaymentOutcome(Change.REFUNDED, payment.reference, payment.id, amount_cents=refund.amount_cents)


async def _known(uow: UnitOfWork, refund_id: UUID) -> Refund:
    known = await uow.session.get(Refund, refund_id)
    if known is None:
        raise NotFoundError(refund=str(refund_id))
    return known


async def _locked(uow: UnitOfWork, refund_id: UUID) -> tuple[Payment, Refund]:
    """Lock the payment, then its refund, both as they stand now."""
    known = await _known(uow, refund_id)
    payment = await uow.session.get_one(Payment, known.payment_id, with_for_update=True, populate_existing=True)
    refund = await uow.session.get_one(Refund, refund_id, with_for_update=True, populate_existing=True)
    return payment, refund


async def _accept(uow: UnitOfWork, payment: Payment, refund: Refund, gateway_id: str) -> None:
    if refund.status != RefundStatus.REQUESTED:
        return
    refund.status, refund.gateway_id = RefundStatus.PENDING, gateway_id
    await accounting.refunded(
        uow, payment, refund.amount_cents, refund.commission_cents, gateway_id, _attempt_key(refund)
    )


def _attempt_key(refund: Refund) -> str:
    return f"{refund.id}:{refund.attempt}"


async def set_status(uow: UnitOfWork, payment: Payment) -> None:
    """Let a payment made at once say how its refunds stand; one in instalments has a life of its own."""
    await uow.session.flush()
    if payment.mode != CheckoutMode.PAYMENT:
        return
    waiting = await uow.sql(
        "SELECT 1 FROM refunds WHERE payment_id = %(payment)s AND status IN ('requested', 'failed') LIMIT 1",
        payment=payment.id,
    )
    whole = payment.refunded_cents >= payment.amount_cents
    done = PaymentStatus.REFUNDED if whole else PaymentStatus.SUCCEEDED
    payment.status = PaymentStatus.REFUNDING if waiting else done
    await uow.session.flush()


def metadata_of(refund: Refund) -> dict[str, str]:
    """Return what the gateway keeps with a refund, so that its events lead back here before its answer does."""
    return {"refund_id": str(refund.id), "attempt": str(refund.attempt), "payment_id": str(refund.payment_id)}


def attempt_in(told: dict[str, Any]) -> int | None:
    """Return the attempt that an event is about; None when it was none of ours."""
    metadata: Any = told.get("metadata")
    text = str(cast("dict[str, Any]", metadata).get("attempt")) if isinstance(metadata, dict) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None  # noqa: PLR2004 - an integer column


async def failed_refunds(uow: UnitOfWork) -> list[FailedRefund]:
    """Return the refunds that failed and wait for a retry, the longest first. For administrators."""
    uow.actor.require_platform_admin()
    async with uow.elevated():
        rows = await uow.sql(
            "SELECT r.id, p.reference AS order_id, r.amount_cents, r.currency, r.failure, r.attempt,"
            " r.settled_at AS failed_at FROM refunds r JOIN payments p ON p.id = r.payment_id"
            " WHERE r.status = 'failed' ORDER BY r.settled_at LIMIT 200"
        )
    return [FailedRefund.model_validate(row) for row in rows]
