"""Refunds that the gateway would not make, paid by the platform's bank: recorded, booked, credited, told."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from pygmalion_app.core.errors import InvalidInputError
from pygmalion_app.core.schemas import Command
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments import billing, mails
from pygmalion_app.enrollments.models import Order
from pygmalion_app.ledger.finance import BOOKS_ZONE
from pygmalion_app.payments import refunds


class RefundByHand(Command):
    """By which transfer a refund was paid, and when (a day in Paris)."""

    reference: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=100)]
    paid_on: Annotated[date, Field()]


async def record(uow: UnitOfWork, refund_id: UUID, command: RefundByHand) -> None:
    """Close a refund that failed as paid by hand: the books, its credit note, a word to the buyer.

    For administrators. Raises RefundNotFailedError, NotFoundError, InvalidInputError for a day to come.
    """
    uow.actor.require_platform_admin()
    if command.paid_on > uow.clock.now().astimezone(BOOKS_ZONE).date():
        raise InvalidInputError(field="paid_on")
    async with uow.elevated():
        outcome = await refunds.pay_by_hand(uow, refund_id, command.reference, command.paid_on)
        order = await uow.session.get_one(Order, outcome.reference, with_for_update=True)
        await billing.credit_refunds(uow, order.id)
        await mails.refund_paid_by_hand(uow, order, outcome.amount_cents, command.reference, command.paid_on)
