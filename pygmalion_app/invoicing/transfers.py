"""Bank transfers that paid an invoice: recorded by who received them, in part or whole, in the books and the audit."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.core import audit
from pygmalion_app.core.errors import ConflictError
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.invoicing import policy, queries
from pygmalion_app.invoicing.errors import TransferDateError, TransferTooLargeError
from pygmalion_app.invoicing.models import InvoiceKind, InvoiceTransfer, PayerKind
from pygmalion_app.invoicing.schemas import InvoiceView, RecordTransfer
from pygmalion_app.payments import accounting
from pygmalion_app.payments.models import Payment, PaymentMode, PaymentStatus

EARLIER = timedelta(days=31)
"""How long before its invoice a transfer may have come: some pay by the purchase order."""


async def record(uow: UnitOfWork, invoice_id: UUID, command: RecordTransfer) -> InvoiceView:
    """Record a transfer received, or (negative) sent back, and return the invoice as it stands then.

    For those who run the issuing organisation. Raises NotFoundError, PermissionDeniedError, TransferTooLargeError for
    more than is owed (or overpaid), TransferDateError, and ConflictError for a credit note.
    """
    seen = policy.require_visible(uow.actor, await queries.standing(uow, invoice_id))
    policy.require_settle(uow.actor, seen)
    if seen["kind"] == InvoiceKind.CREDIT_NOTE:
        raise ConflictError(invoice=str(invoice_id))
    async with uow.elevated():
        payment = await _locked_payment(uow, seen["payment_id"])
        # The invoice's row tells who comes first where there is no payment.
        await uow.sql("SELECT 1 FROM invoices WHERE id = %(id)s FOR UPDATE", id=invoice_id)
        now = await queries.standing(uow, invoice_id)
        assert now is not None  # noqa: S101 - it is locked
        _require_fitting(command, now["open_cents"])
        day = queries.today(uow)
        if not now["issued_on"] - EARLIER <= command.received_on <= day:
            raise TransferDateError(field="received_on")
        transfer = InvoiceTransfer(
            invoice_id=invoice_id,
            amount_cents=command.amount_cents,
            received_on=command.received_on,
            reference=command.reference,
            recorded_by=uow.actor.require_user(),
            created_at=uow.clock.now(),
        )
        uow.session.add(transfer)
        await uow.session.flush()
        after = await queries.standing(uow, invoice_id)
        assert after is not None  # noqa: S101 - it is locked
        if payment is not None and now["kind"] == InvoiceKind.INVOICE:
            third_party = now["payer"] == PayerKind.THIRD_PARTY
            await accounting.paid_outside(
                uow, payment, command.amount_cents, str(transfer.id), by_third_party=third_party
            )
            _settle(uow, payment, now["key"], after["open_cents"])
            await uow.session.flush()
        await audit.record(
            uow,
            "invoice.transfer_recorded",
            subject_id=invoice_id,
            organization_id=now["issuer_organization_id"],
            facts={"cents": command.amount_cents, "transfer": transfer.id},
        )
    return queries.view_of(after)


def _require_fitting(command: RecordTransfer, open_cents: int) -> None:
    amount = command.amount_cents
    fits = 0 < amount <= open_cents or (amount < 0 and -amount <= -open_cents)
    if not fits:
        raise TransferTooLargeError(field="amount_cents", open=open_cents)


async def _locked_payment(uow: UnitOfWork, payment_id: UUID | None) -> Payment | None:
    if payment_id is None:
        return None
    query = select(Payment).where(col(Payment.id) == payment_id).with_for_update()
    return (await uow.session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()


def _settle(uow: UnitOfWork, payment: Payment, key: str, open_cents: int) -> None:
    """A payment by invoice has succeeded once nothing is open on the buyer's own invoice."""
    own = payment.mode == PaymentMode.INVOICE and key == f"order:{payment.reference}"
    if own and open_cents <= 0 and payment.status == PaymentStatus.PENDING:
        payment.status, payment.paid_at = PaymentStatus.SUCCEEDED, uow.clock.now()
