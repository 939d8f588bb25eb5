"""`/orders` and what is done with one: its checkout, its price, its seats' changes, its refunds; discount codes."""

from collections.abc import AsyncIterator
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import StreamingResponse
from pydantic import Field

from pygmalion_app.api.deps import Paging, PathId, SignedInActor
from pygmalion_app.api.responses import Listed, Success, listed, ok
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.schemas import Command
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import discounts, order_details, order_lists, refunding, service, transfers
from pygmalion_app.enrollments.order_details import OrderDetail
from pygmalion_app.enrollments.order_lists import OrderFilter, OrderLine
from pygmalion_app.enrollments.schemas import (
    MAX_PARTICIPANTS,
    DiscountView,
    EnrollmentView,
    MoveSeat,
    NewDiscount,
    OrderView,
    Quote,
    QuoteView,
    RefundPreview,
    RefundSeats,
    ReplaceParticipant,
    SessionChoice,
)

router = APIRouter()
SearchText = Annotated[str, Query(max_length=100)]
Wanted = Annotated[OrderFilter, Query()]


class OpenCheckout(Command):
    """Which order is to be paid."""

    order_id: UUID


async def _discount_id(value: Annotated[str, Path(alias="discountId")]) -> UUID:
    found = parse_id(value)
    if found is None:
        raise NotFoundError
    return found


@router.get("/orders", tags=["enrollments"])
async def orders(
    actor: SignedInActor, paging: Paging, state: Wanted = OrderFilter.ALL, q: SearchText = ""
) -> Listed[OrderLine]:
    """Return one's own orders and those of the companies one buys for, newest first."""
    async with unit_of_work(actor) as uow:
        return listed(await order_lists.orders(uow, paging, state, q), lambda item: item)


@router.get(
    "/orders/export.csv",
    tags=["enrollments"],
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {}}}},
)
async def export(
    actor: SignedInActor,
    state: Wanted = OrderFilter.ALL,
    q: SearchText = "",
    locale: Annotated[Literal["fr", "en"], Query()] = "fr",
) -> StreamingResponse:
    """Return the same orders as CSV."""
    headers = {"Content-Disposition": 'attachment; filename="orders.csv"', "Cache-Control": "private, no-store"}
    return StreamingResponse(_lines(actor, locale, state, q), media_type="text/csv; charset=utf-8", headers=headers)


async def _lines(actor: Actor, locale: str, state: OrderFilter, text: str) -> AsyncIterator[str]:
    async with unit_of_work(actor) as uow:
        async for lines in order_lists.export(uow, locale, state, text):
            yield lines


@router.get("/orders/{id}", tags=["enrollments"])
async def order(order_id: PathId, actor: SignedInActor) -> Success[OrderDetail]:
    """Return an order in full to its buyer: price, seats, and what has happened."""
    async with unit_of_work(actor) as uow:
        return ok(await order_details.detail(uow, order_id))


@router.post("/orders/{id}/cancel", tags=["enrollments"])
async def cancel_order(order_id: PathId, actor: SignedInActor) -> Success[RefundPreview]:
    """Give up all seats of an order that can be; what was paid goes back by its refund tiers."""
    async with unit_of_work(actor) as uow:
        return ok(await refunding.cancel(uow, order_id))


@router.post("/payments/checkout", tags=["payments"])
async def checkout(command: OpenCheckout, actor: SignedInActor) -> Success[OrderView]:
    """Open the checkout of an order that waits for its payment, or return the one that is open."""
    return ok(await service.resume_checkout(actor, command.order_id))


@router.post("/enrollments/quote", tags=["enrollments"])
async def quote(command: Quote, actor: SignedInActor) -> Success[QuoteView]:
    """Return what seats would cost, a discount code applied; nothing is held."""
    async with unit_of_work(actor) as uow:
        return ok(await discounts.quote(uow, command))


@router.put("/enrollments/{id}/participant", tags=["enrollments"])
async def replace_participant(
    enrollment_id: PathId, command: ReplaceParticipant, actor: SignedInActor
) -> Success[EnrollmentView]:
    """Give a seat to another person, until the lock date."""
    async with unit_of_work(actor) as uow:
        return ok(await transfers.replace_participant(uow, enrollment_id, command))


@router.get("/enrollments/{id}/sessions", tags=["enrollments"])
async def sessions_to_move_to(enrollment_id: PathId, actor: SignedInActor) -> Success[tuple[SessionChoice, ...]]:
    """Return the sessions that a seat can be moved to."""
    async with unit_of_work(actor) as uow:
        return ok(await transfers.sessions_to_move_to(uow, enrollment_id))


@router.put("/enrollments/{id}/session", tags=["enrollments"])
async def move(enrollment_id: PathId, command: MoveSeat, actor: SignedInActor) -> Success[EnrollmentView]:
    """Move a seat to another session of the same course and price, until the lock date."""
    async with unit_of_work(actor) as uow:
        return ok(await transfers.move(uow, enrollment_id, command))


@router.get("/payments/{id}/refund-preview", tags=["payments"])
async def refund_preview(
    payment_id: PathId,
    actor: SignedInActor,
    enrollment_ids: Annotated[tuple[UUID, ...], Query(alias="enrollmentId", max_length=MAX_PARTICIPANTS)] = (),
    amount_cents: Annotated[int | None, Query(alias="amountCents"), Field(ge=1, le=1_000_000_000)] = None,
) -> Success[RefundPreview]:
    """Return what a refund would give back, for which seats, and which part of it is the platform's."""
    # The reason is asked for when it is done.
    command = RefundSeats(
        enrollment_ids=enrollment_ids if amount_cents is None else (),
        amount_cents=amount_cents,
        reason="-" if amount_cents is not None else "",
    )
    async with unit_of_work(actor) as uow:
        return ok(await refunding.preview_of_payment(uow, payment_id, command))


@router.post("/payments/{id}/refund", tags=["payments"])
async def refund(payment_id: PathId, command: RefundSeats, actor: SignedInActor) -> Success[RefundPreview]:
    """Give seats up for what the order's tiers give back; the seller may also give back an amount, with a reason."""
    async with unit_of_work(actor) as uow:
        return ok(await refunding.refund(uow, payment_id, command))


@router.get("/organizations/{id}/discounts", tags=["organizations"])
async def discount_codes(organization_id: PathId, actor: SignedInActor) -> Success[tuple[DiscountView, ...]]:
    """Return a training organisation's discount codes with their uses."""
    async with unit_of_work(actor) as uow:
        return ok(tuple(await discounts.codes(uow, organization_id)))


@router.post("/organizations/{id}/discounts", tags=["organizations"], status_code=201)
async def create_discount(organization_id: PathId, command: NewDiscount, actor: SignedInActor) -> Success[DiscountView]:
    """Add a discount code."""
    async with unit_of_work(actor) as uow:
        return ok(await discounts.create(uow, organization_id, command))


@router.delete("/organizations/{id}/discounts/{discountId}", tags=["organizations"])
async def deactivate_discount(
    organization_id: PathId, discount_id: Annotated[UUID, Depends(_discount_id)], actor: SignedInActor
) -> Success[DiscountView]:
    """Let a code take nothing off any more; orders that carry it keep their price."""
    async with unit_of_work(actor) as uow:
        return ok(await discounts.deactivate(uow, organization_id, discount_id))
