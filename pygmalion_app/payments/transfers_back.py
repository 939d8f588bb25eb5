"""Taking back from an organisation's account at the gateway what the platform has paid for it.

A bank takes a lost dispute from the platform's balance, and a refund by hand leaves from its bank account: the
organisation's part still lies on its account. The row comes first, in the transaction that books the loss; a job asks
the gateway, under a key of the row and its attempt. An account that holds too little is asked again every day, and
its next payouts are smaller by as much (see `payouts.PARTS`).
"""

from datetime import timedelta
from typing import Final, LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.payments import accounting
from pygmalion_app.payments.models import Payment
from pygmalion_app.payments.transfer_models import TransferBack, TransferBackStatus

TASK: Final = "payments.take_back"
_AGAIN_AFTER: Final = timedelta(hours=23)
_ADD: LiteralString = """
INSERT INTO transfers_back (id, created_at, payment_id, organization_id, dispute_id, refund_id, amount_cents, currency,
  status, attempt)
VALUES (%(id)s, %(now)s, %(payment)s, %(organization)s, %(dispute)s, %(refund)s, %(amount)s, %(currency)s,
  'requested', 1)
ON CONFLICT DO NOTHING RETURNING id
"""
_CHARGE: LiteralString = """
SELECT t.amount_cents, t.status, t.attempt, coalesce(d.payment_intent, r.payment_intent) AS payment_intent
FROM transfers_back t LEFT JOIN disputes d ON d.id = t.dispute_id LEFT JOIN refunds r ON r.id = t.refund_id
WHERE t.id = %(id)s
"""
_FAILED: LiteralString = """
UPDATE transfers_back SET status = 'requested', attempt = attempt + 1, failure = NULL, settled_at = NULL
WHERE status = 'failed' AND settled_at < %(before)s
"""
_WAITING: LiteralString = "SELECT id, attempt FROM transfers_back WHERE status = 'requested' ORDER BY id LIMIT 500"


async def request(
    uow: UnitOfWork,
    payment: Payment,
    amount_cents: int,
    *,
    dispute_id: UUID | None = None,
    refund_id: UUID | None = None,
) -> None:
    """Have an organisation's part of a dispute or a refund taken back, once; nothing where it got nothing of it."""
    if amount_cents <= 0:
        return
    made = await uow.sql(
        _ADD,
        id=new_id(),
        now=uow.clock.now(),
        payment=payment.id,
        organization=payment.payee_organization_id,
        dispute=dispute_id,
        refund=refund_id,
        amount=amount_cents,
        currency=payment.currency,
    )
    for row in made:
        await _defer(uow, row["id"], 1)


async def sweep(uow: UnitOfWork) -> None:
    """Ask again for what failed a day ago, and for what no job is left to ask for."""
    await uow.sql(_FAILED, before=uow.clock.now() - _AGAIN_AFTER)
    for row in await uow.sql(_WAITING):
        await _defer(uow, row["id"], row["attempt"])


async def due(uow: UnitOfWork, transfer_id: UUID, attempt: int) -> tuple[str, int] | None:
    """Return the charge and how much of it comes back; None when this attempt is over, or the charge forgotten."""
    (row,) = await uow.sql(_CHARGE, id=transfer_id)
    if row["status"] != TransferBackStatus.REQUESTED or row["attempt"] != attempt or not row["payment_intent"]:
        return None
    return row["payment_intent"], row["amount_cents"]


async def done(uow: UnitOfWork, transfer_id: UUID, attempt: int, gateway_id: str | None) -> None:
    """The money is on the platform's balance; `gateway_id` is None where it never left that (no account of its own)."""
    payment, found = await _locked(uow, transfer_id)
    if found.status != TransferBackStatus.REQUESTED or found.attempt != attempt:
        return
    found.status, found.gateway_id, found.settled_at = TransferBackStatus.DONE, gateway_id, uow.clock.now()
    await uow.session.flush()
    await accounting.transfer_taken_back(uow, payment, found.amount_cents, gateway_id, str(found.id))


async def refuse(uow: UnitOfWork, transfer_id: UUID, attempt: int, failure: str) -> None:
    """The account holds too little, or the gateway will not for another reason: it is tried again tomorrow."""
    _, found = await _locked(uow, transfer_id)
    if found.status == TransferBackStatus.REQUESTED and found.attempt == attempt:
        found.status, found.failure, found.settled_at = TransferBackStatus.FAILED, failure[:200], uow.clock.now()
        await uow.session.flush()


async def _defer(uow: UnitOfWork, transfer_id: UUID, attempt: int) -> None:
    lock = f"take-back:{transfer_id}:{attempt}"
    await uow.defer(TASK, queueing_lock=lock, transfer_id=str(transfer_id), attempt=attempt)


async def _locked(uow: UnitOfWork, transfer_id: UUID) -> tuple[Payment, TransferBack]:
    known = await uow.session.get_one(TransferBack, transfer_id)
    payment = await uow.session.get_one(Payment, known.payment_id, with_for_update=True, populate_existing=True)
    query = select(TransferBack).where(col(TransferBack.id) == transfer_id).with_for_update()
    return payment, (await uow.session.execute(query.execution_options(populate_existing=True))).scalar_one()
