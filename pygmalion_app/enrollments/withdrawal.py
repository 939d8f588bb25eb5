"""Withdrawing from an individual's contract, online and in two steps, while the period runs.

A seller who concludes contracts online offers this function since 19 June 2026 (directive 2011/83, article 11a): a
statement of who withdraws from what, a confirmation of its own, and at once a receipt with the content, the date and
the time on a medium that lasts. No reason is asked for and nothing is charged.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import Field, StringConstraints
from sqlalchemy import select, update
from sqlmodel import col

from pygmalion_app.core import audit
from pygmalion_app.core.config import Settings
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.i18n import format_day, format_money, format_time, supported, translate
from pygmalion_app.core.schemas import Command, View
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments import contract_mails, kept_documents
from pygmalion_app.enrollments.contract_models import Contract, Withdrawal
from pygmalion_app.enrollments.contract_text import digest, paragraphs
from pygmalion_app.enrollments.document.render import Letter
from pygmalion_app.enrollments.errors import WithdrawalChangedError, WithdrawalOverError
from pygmalion_app.enrollments.mails import facts_of
from pygmalion_app.enrollments.models import Enrollment, EnrollmentStatus, Order, OrderStatus
from pygmalion_app.enrollments.seats import lock_session, recount
from pygmalion_app.payments import instalments
from pygmalion_app.payments import service as payments

WRITE_RECEIPT_TASK = "enrollments.write_withdrawal"
_LIVE = (EnrollmentStatus.PENDING, EnrollmentStatus.CONFIRMED, EnrollmentStatus.IN_PROGRESS)


class WithdrawalState(StrEnum):
    """Whether one can withdraw, has withdrawn, comes too late; or there is no contract in force."""

    OPEN = "open"
    DONE = "done"
    OVER = "over"
    NONE = "none"


class Withdraw(Command):
    """Withdraw from a contract: without a confirmation, the statement is returned that is to be confirmed."""

    confirmation: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None
    locale: Annotated[str, Field(max_length=10)] = "fr"


class WithdrawalView(View):
    """A withdrawal: what is declared, and with which confirmation it is done. Amounts in cents."""

    order_id: UUID
    state: WithdrawalState
    statement: str
    confirmation: str | None
    buyer: str
    email: str
    organization: str
    course: str
    amount_cents: int
    currency: str
    ends_at: datetime | None
    withdrawn_at: datetime | None
    has_contract: bool
    """Whether the contract was accepted here and can be downloaded."""


async def look(uow: UnitOfWork, order_id: UUID, locale: str) -> WithdrawalView:
    """Return the statement by which the caller would withdraw from a contract, or how it stands with it.

    Raises NotFoundError unless the caller has ordered it for themself.
    """
    return (await _look(uow, order_id, supported(locale)))[1]


async def withdraw(uow: UnitOfWork, order_id: UUID, command: Withdraw) -> WithdrawalView:
    """Do it, if the confirmation is of the statement that `look` returns; done already, it changes nothing.

    The moment counts at which the statement arrives here, not when locks are had. What a charge takes at that very
    moment goes back by itself. Raises WithdrawalOverError, WithdrawalChangedError, NotFoundError.
    """
    now = uow.clock.now()
    locale = supported(command.locale)
    order, shown = await _look(uow, order_id, locale)
    if command.confirmation is None or shown.state is WithdrawalState.DONE:
        return shown
    if shown.state is WithdrawalState.OPEN and command.confirmation != shown.confirmation:
        raise WithdrawalChangedError(order=str(order_id))
    async with uow.elevated():
        await _withdraw(uow, order, shown, now, locale)
    return await look(uow, order_id, locale)


async def receipt(uow: UnitOfWork, order_id: UUID) -> bytes:
    """Return the receipt as PDF, to the buyer and to the training organisation; NotFoundError to anybody else."""
    return await kept_documents.read(uow, Withdrawal, order_id, _letter)


async def write_receipt(order_id: UUID) -> None:
    """Make and store a receipt's PDF; repeating it makes the same one."""
    await kept_documents.write(Withdrawal, order_id, _letter)


async def open_contracts(uow: UnitOfWork) -> tuple[UUID, ...]:
    """Return the caller's orders from which they can withdraw now, the newest first."""
    query = (
        select(col(Order.id))
        .where(
            col(Order.buyer_user_id) == uow.actor.require_user(),
            col(Order.withdrawal_ends_at) > uow.clock.now(),
            col(Order.status) == OrderStatus.CONFIRMED,
        )
        .order_by(col(Order.id).desc())
        .limit(20)
    )
    return tuple((await uow.session.execute(query)).scalars())


async def _look(uow: UnitOfWork, order_id: UUID, locale: str) -> tuple[Order, WithdrawalView]:
    user_id = uow.actor.require_user()
    order = await uow.session.get(Order, order_id, populate_existing=True)
    if order is None or order.buyer_user_id != user_id or order.withdrawal_ends_at is None:
        raise NotFoundError(order=str(order_id))
    found = await kept_documents.of_order(uow, Withdrawal, order_id)
    contract = await kept_documents.of_order(uow, Contract, order_id)
    zone = uow.settings.withdrawal_time_zone
    accepted_at = contract.accepted_at if contract else order.created_at
    facts = await facts_of(uow, order.session_id, user_id)
    buyer = f"{facts.buyer.first_name} {facts.buyer.last_name}"
    words = facts.words(locale)
    statement = translate(
        locale,
        "withdrawal-statement",
        buyer=buyer,
        organization=facts.organization,
        course=words["course"],
        days=words["dates"],
        accepted=format_day(locale, accepted_at, zone),
    )
    state = await _state(uow, order, found)
    view = WithdrawalView(
        order_id=order_id,
        state=state,
        statement=statement,
        confirmation=digest({"order": str(order_id), "statement": statement}).hex()
        if state is WithdrawalState.OPEN
        else None,
        buyer=buyer,
        email=facts.buyer.email,
        organization=facts.organization,
        course=str(words["course"]),
        amount_cents=order.total_cents,
        currency=order.currency,
        ends_at=order.withdrawal_ends_at,
        withdrawn_at=found.withdrawn_at if found else None,
        has_contract=contract is not None and contract.content is not None,
    )
    return order, view


async def _state(uow: UnitOfWork, order: Order, found: Withdrawal | None) -> WithdrawalState:
    if found is not None:
        return WithdrawalState.DONE
    if order.status not in {OrderStatus.PENDING, OrderStatus.CONFIRMED}:
        return WithdrawalState.NONE
    # Who has been through the whole training cannot hand it back.
    over = select(col(Enrollment.id)).where(
        col(Enrollment.order_id) == order.id, col(Enrollment.status) == EnrollmentStatus.COMPLETED
    )
    completed = (await uow.session.execute(over.limit(1))).first() is not None
    late = order.withdrawal_ends_at is None or uow.clock.now() >= order.withdrawal_ends_at
    return WithdrawalState.OVER if late or completed else WithdrawalState.OPEN


async def _withdraw(uow: UnitOfWork, order: Order, shown: WithdrawalView, now: datetime, locale: str) -> None:
    # Payment, order, session: the order in which everybody locks them.
    await payments.lock_payment(uow, order.id)
    order = await uow.session.get_one(Order, order.id, with_for_update=True, populate_existing=True)
    if await kept_documents.of_order(uow, Withdrawal, order.id) is not None:
        return
    if order.status not in {OrderStatus.PENDING, OrderStatus.CONFIRMED}:
        raise NotFoundError(order=str(order.id))
    if order.withdrawal_ends_at is None or now >= order.withdrawal_ends_at or shown.state is WithdrawalState.OVER:
        raise WithdrawalOverError(order=str(order.id), ended_at=str(order.withdrawal_ends_at))
    await lock_session(uow, order.session_id)
    await uow.session.execute(
        update(Enrollment)
        .where(col(Enrollment.order_id) == order.id, col(Enrollment.status).in_(_LIVE))
        .values(status=EnrollmentStatus.CANCELLED, cancelled_at=now)
        .execution_options(synchronize_session=False)
    )
    order.status, order.closed_at = OrderStatus.CANCELLED, now
    await recount(uow, order.session_id)
    await payments.close_payment(uow, order.id)
    taken = await instalments.taken_cents(uow, order.id) if order.confirmed_at else 0
    await instalments.cancel(uow, order.id)
    if taken:  # charged in the moment between the statement's arrival and this lock
        await payments.request_refund(uow, order.id, taken, "withdrawn", reason="withdrawn")
    content = _content(order, shown, now, locale, uow.settings)
    uow.session.add(
        Withdrawal(
            order_id=order.id,
            buyer_user_id=order.buyer_user_id,
            seller_organization_id=order.seller_organization_id,
            content=content,
            content_sha256=digest(content),
            withdrawn_at=now,
        )
    )
    await uow.session.flush()
    await uow.defer(WRITE_RECEIPT_TASK, order_id=str(order.id))
    await contract_mails.withdrawn(uow, order, [*paragraphs(content), content["closing"]])
    await audit.record(
        uow, "order.withdrawn", subject_id=order.id, organization_id=order.seller_organization_id, facts={}
    )


def _content(order: Order, shown: WithdrawalView, now: datetime, locale: str, settings: Settings) -> dict[str, Any]:
    zone = settings.withdrawal_time_zone
    moments = {"local": _moment(locale, now, zone), "utc": _moment(locale, now, "UTC")}
    amount = format_money(locale, shown.amount_cents, shown.currency)
    sections = (
        ("statement", [shown.statement]),
        ("when", [translate(locale, "withdrawal-receipt-moment", zone=zone, **moments)]),
        (
            "effects",
            [
                translate(locale, "withdrawal-receipt-effect", amount=amount),
                translate(locale, "withdrawal-receipt-means", email=shown.email, organization=shown.organization),
            ],
        ),
    )
    return {
        "locale": locale,
        "order": str(order.id),
        "withdrawn_at": now.isoformat(),
        "title": translate(locale, "withdrawal-receipt-title"),
        "sections": [
            {"id": name, "heading": translate(locale, f"withdrawal-receipt-{name}"), "lines": lines}
            for name, lines in sections
        ],
        "closing": translate(locale, "withdrawal-receipt-closing", buyer=shown.buyer, **moments),
    }


def _moment(locale: str, moment: datetime, zone: str) -> str:
    seconds = moment.astimezone(ZoneInfo(zone)).strftime(":%S")
    return translate(
        locale,
        "withdrawal-moment",
        day=format_day(locale, moment, zone),
        time=format_time(locale, moment, zone) + seconds,
    )


def _letter(found: Withdrawal, settings: Settings) -> Letter:
    content = found.content or {}
    locale = str(content["locale"])
    return Letter(
        locale=locale,
        kicker=translate(locale, "withdrawal-receipt-kicker"),
        title=str(content["title"]),
        author="Pygmalion",
        day=found.withdrawn_at.astimezone(ZoneInfo(settings.withdrawal_time_zone)).date(),
        sections=content["sections"],
        closing=[
            str(content["closing"]),
            translate(locale, "contract-closing-hash", hash=found.content_sha256.hex()),
        ],
        footer=translate(locale, "withdrawal-receipt-footer", order=str(found.order_id)),
    )
