"""`/payments`: the gateway's webhook, and what one paid or was paid."""

from typing import Annotated

from fastapi import APIRouter, Header, Request

from pygmalion_app.api.deps import Paging, PathId, SignedInActor
from pygmalion_app.api.responses import Listed, Success, listed, ok
from pygmalion_app.core.unit_of_work import container, unit_of_work
from pygmalion_app.enrollments import gateway_events
from pygmalion_app.payments import service
from pygmalion_app.payments.schemas import PaymentView

router = APIRouter(prefix="/payments", tags=["payments"])


@router.post("/webhook")
async def webhook(
    request: Request, stripe_signature: Annotated[str, Header(max_length=1000)] = ""
) -> Success[dict[str, bool]]:
    """Take an event: its row, its effect on payment and order, and the jobs that follow commit together."""
    event = container().ports.payments.read_event(await request.body(), stripe_signature)
    await gateway_events.receive(event)
    return ok({"received": True})


@router.get("/history")
async def history(actor: SignedInActor, paging: Paging) -> Listed[PaymentView]:
    """Return one's own payments and those of one's organisations, newest first."""
    async with unit_of_work(actor) as uow:
        return listed(await service.history(uow, paging), lambda item: item)


@router.get("/{id}")
async def payment(payment_id: PathId, actor: SignedInActor) -> Success[PaymentView]:
    """Return a payment to its buyer or seller."""
    async with unit_of_work(actor) as uow:
        return ok(await service.payment(uow, payment_id))
