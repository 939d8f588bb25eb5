"""`/enrollments/assign` and `/training-requests`: booking one's people, and what they ask for."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Header, Query
from pydantic import Field, StringConstraints

from pygmalion_app.api.deps import Paging, PathId, SignedInActor
from pygmalion_app.api.responses import Listed, Success, listed, ok
from pygmalion_app.budgets import assignment, checks, request_queries, requests
from pygmalion_app.budgets.schemas import (
    Approve,
    AskForTraining,
    Assign,
    AssignPreview,
    Refuse,
    RequestView,
    Seats,
)
from pygmalion_app.core.schemas import Command
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import service
from pygmalion_app.enrollments.schemas import MAX_PARTICIPANTS, IdempotencyKey, OrderView

# Before the enrolments: their address of one would take `assign` for an id.
router = APIRouter(tags=["enrollments"])


class AssignToSession(Command):
    """Book people of one's company on a session: all of them or none."""

    session_id: UUID
    user_ids: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=MAX_PARTICIPANTS)]
    cost_center_id: UUID | None = None
    payment_method: Literal["card", "invoice"] = "card"
    purchase_order: Annotated[str, StringConstraints(max_length=60)] = ""
    organization_id: UUID | None = None
    """The company that pays, when the manager buys for several."""

    def assign(self) -> Assign:
        """Return it as the service takes it."""
        return Assign(
            organization_id=self.organization_id,
            bookings=(Seats(session_id=self.session_id, user_ids=self.user_ids),),
            cost_center_id=self.cost_center_id,
            payment_method=self.payment_method,
            purchase_order=self.purchase_order,
        )


@router.post("/enrollments/assign", status_code=201)
async def assign(
    command: AssignToSession,
    actor: SignedInActor,
    idempotency_key: Annotated[IdempotencyKey | None, Header()] = None,
) -> Success[OrderView]:
    """Book people of one's company, charged to a cost centre, and open the checkout if it is paid by card."""
    async with unit_of_work(actor) as uow:
        (order,) = await assignment.assign(uow, command.assign(), idempotency_key)
    return ok(await service.resume_checkout(actor, order.order_id))


@router.post("/enrollments/assign/preview")
async def preview(command: AssignToSession, actor: SignedInActor) -> Success[AssignPreview]:
    """Return what booking them would mean: seats, price, budget, and of each person what speaks against it."""
    async with unit_of_work(actor) as uow:
        return ok(await checks.preview(uow, command.assign()))


@router.post("/training-requests", status_code=201)
async def ask(command: AskForTraining, actor: SignedInActor) -> Success[RequestView]:
    """Ask one's company for a seat in a session."""
    async with unit_of_work(actor) as uow:
        return ok(await request_queries.one(uow, await requests.ask(uow, command)))


@router.get("/training-requests")
async def mine(actor: SignedInActor, paging: Paging) -> Listed[RequestView]:
    """Return what one has asked for, newest first."""
    async with unit_of_work(actor) as uow:
        return listed(await request_queries.mine(uow, paging), lambda item: item)


@router.get("/organizations/{id}/training-requests")
async def queue(
    organization_id: PathId,
    actor: SignedInActor,
    paging: Paging,
    *,
    is_open: Annotated[bool, Query(alias="open")] = True,
) -> Listed[RequestView]:
    """Return what a company's people ask for, to its managers: what waits for an answer, or what is over."""
    async with unit_of_work(actor) as uow:
        return listed(await request_queries.queue(uow, organization_id, paging, is_open=is_open), lambda item: item)


@router.post("/training-requests/{id}/approve")
async def approve(request_id: PathId, command: Approve, actor: SignedInActor) -> Success[RequestView]:
    """Approve a request: it is booked, or waits for a second manager above the cost centre's limit."""
    async with unit_of_work(actor) as uow:
        await requests.approve(uow, request_id, command)
        return ok(await request_queries.one(uow, request_id))


@router.post("/training-requests/{id}/refuse")
async def refuse(request_id: PathId, command: Refuse, actor: SignedInActor) -> Success[RequestView]:
    """Turn a request down, with a word."""
    async with unit_of_work(actor) as uow:
        await requests.refuse(uow, request_id, command)
        return ok(await request_queries.one(uow, request_id))


@router.post("/training-requests/{id}/withdraw")
async def withdraw(request_id: PathId, actor: SignedInActor) -> Success[RequestView]:
    """Take one's own request back."""
    async with unit_of_work(actor) as uow:
        await requests.withdraw(uow, request_id)
        return ok(await request_queries.one(uow, request_id))
