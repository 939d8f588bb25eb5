"""Booking many people at once for their company: each session's order whole or not at all, within its budget.

Locks: the cost centre, then people, then the sessions in the order of their ids, then payments and invoice numbers. So
two managers who book at once wait for each other where they share a cost centre or a session, and never in a circle.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from psycopg.errors import DeadlockDetected, LockNotAvailable
from sqlalchemy.exc import DBAPIError

from pygmalion_app.accounts.schemas import Person
from pygmalion_app.accounts.service import ensure_people
from pygmalion_app.budgets import checks, service
from pygmalion_app.budgets.errors import SecondApprovalNeededError
from pygmalion_app.budgets.schemas import Assign, Assigned, Seats
from pygmalion_app.core import audit
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import BusyError, InvalidInputError, PygmalionError
from pygmalion_app.core.i18n import format_money
from pygmalion_app.core.limits import Limit, hit
from pygmalion_app.core.unit_of_work import UnitOfWork, unit_of_work
from pygmalion_app.enrollments.errors import IdempotencyConflictError
from pygmalion_app.enrollments.models import Payer
from pygmalion_app.enrollments.orders import place
from pygmalion_app.enrollments.schemas import OrderView, PlaceOrder
from pygmalion_app.enrollments.seats import lock_session

log = logging.getLogger(__name__)
_BUSY = (LockNotAvailable, DeadlockDetected)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one session: its order, or why there is none."""

    session_id: UUID
    order: Assigned | None = None
    error: PygmalionError | None = None


async def assign(
    uow: UnitOfWork, command: Assign, key: str | None = None, *, approved: bool = False
) -> tuple[Assigned, ...]:
    """Book a company's people on all the sessions, or on none: one order a session, charged to the cost centre.

    The same `key` and command lead to the same orders. `approved`: two managers have agreed on it. Orders by card still
    have their checkout to be opened (`enrollments.service.resume_checkout`). Raises BudgetExceededError,
    SecondApprovalNeededError, NotInTeamError, NotFoundError, PermissionDeniedError, BusyError, and what `orders.place`
    does.
    """
    try:
        return await _assign(uow, command, key, approved=approved)
    except (psycopg.Error, DBAPIError) as error:
        # Others have one of these people, or sessions, in hand for longer than anybody wants to wait.
        if isinstance(getattr(error, "orig", error), _BUSY):
            raise BusyError from error
        raise


async def _assign(uow: UnitOfWork, command: Assign, key: str | None, *, approved: bool) -> tuple[Assigned, ...]:
    company = checks.company_of(uow, command.organization_id)
    bookings = sorted(command.bookings, key=lambda seats: seats.session_id)
    if len({seats.session_id for seats in bookings}) < len(bookings):
        raise InvalidInputError(field="bookings")
    await hit(Limit.ORDER, uow.actor.require_user())
    async with uow.elevated():
        center = await service.lock_center(uow, company, command.cost_center_id) if command.cost_center_id else None
    people = await checks.team(uow, company, (one for seats in bookings for one in seats.user_ids))
    async with uow.elevated():
        if len(bookings) > 1:
            # Before the first of them takes a number of an invoice, for which others may wait with a session in hand.
            await ensure_people(uow, _participants(people, tuple(people)))
            for seats in bookings:
                await lock_session(uow, seats.session_id)
        placed: list[OrderView] = []
        for seats in bookings:
            order = (await place(uow, _order(command, company, seats, people), _key(key, seats), counted=True)).order
            placed.append(order)
            if center is not None:
                await _charge(uow, center, order, approved=approved)
        if center is not None:
            await service.require_within(uow, center, sum(order.amount_cents for order in placed))
    await audit.record(
        uow,
        "team.assigned",
        organization_id=company,
        facts={"sessions": len(placed), "seats": sum(order.quantity for order in placed)},
    )
    return tuple(_assigned(order) for order in placed)


async def assign_each(actor: Actor, command: Assign, key: str | None = None) -> tuple[Outcome, ...]:
    """Book session by session, each whole or not at all in its own transaction; one that fails keeps no other."""
    outcomes: list[Outcome] = []
    for seats in command.bookings:
        outcome = await _assign_one(actor, command, seats, key)
        if isinstance(outcome.error, BusyError):
            # Once more, before a person has to.
            outcome = await _assign_one(actor, command, seats, key)
        outcomes.append(outcome)
    return tuple(outcomes)


async def _assign_one(actor: Actor, command: Assign, seats: Seats, key: str | None) -> Outcome:
    alone = command.model_copy(update={"bookings": (seats,)})
    try:
        async with unit_of_work(actor) as uow:
            (order,) = await assign(uow, alone, key)
    except PygmalionError as error:
        log.info("assignment refused: %s", error.code)
        return Outcome(seats.session_id, error=error)
    return Outcome(seats.session_id, order)


async def _charge(uow: UnitOfWork, center: service.LockedCenter, order: OrderView, *, approved: bool) -> None:
    rows = await uow.sql("SELECT cost_center_id FROM budget_charges WHERE order_id = %(order)s", order=order.order_id)
    if rows and rows[0]["cost_center_id"] != center.id:
        # The same key, for an order that was charged elsewhere.
        raise IdempotencyConflictError(field="Idempotency-Key")
    limit = center.approval_limit_cents
    if not rows and limit is not None and order.amount_cents > limit and not approved:
        amount = format_money(uow.actor.locale, limit)
        raise SecondApprovalNeededError(limit=limit, center=center.name, limit_amount=amount)
    await service.charge(uow, center, order.order_id)


def _order(command: Assign, company: UUID, seats: Seats, people: Mapping[UUID, Mapping[str, Any]]) -> PlaceOrder:
    return PlaceOrder(
        session_id=seats.session_id,
        payer=Payer.COMPANY,
        payment_method=command.payment_method,
        purchase_order=command.purchase_order,
        organization_id=company,
        participants=_participants(people, seats.user_ids),
    )


def _participants(people: Mapping[UUID, Mapping[str, Any]], ids: Sequence[UUID]) -> tuple[Person, ...]:
    # In one order whatever the caller's, so that the same command is the same request.
    return tuple(
        Person.model_construct(**{name: people[one][name] for name in ("email", "first_name", "last_name")})
        for one in sorted(set(ids))
    )


def _key(key: str | None, seats: Seats) -> str | None:
    return f"{key}:{seats.session_id}" if key else None


def _assigned(order: OrderView) -> Assigned:
    return Assigned(
        session_id=order.session_id,
        order_id=order.order_id,
        status=order.status,
        amount_cents=order.amount_cents,
        currency=order.currency,
    )
