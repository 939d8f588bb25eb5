"""`/payouts`: what a training organisation sold and is paid, when, and to which account."""

from collections.abc import AsyncIterator
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from pygmalion_app.api.deps import Paging, PathId, SignedInActor
from pygmalion_app.api.responses import Listed, Success, listed, ok
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.payments import merchants, payout_export, payout_queries
from pygmalion_app.payments.payout_schemas import (
    MerchantView,
    OnboardingLink,
    PayoutSchedule,
    PayoutView,
    SaleView,
    StartOnboarding,
)

router = APIRouter(tags=["payouts"])
Organization = Annotated[UUID | None, Query(alias="organizationId", description="One's own where none is given")]


def _organization(actor: Actor, asked: UUID | None) -> UUID:
    """Return the organisation that is asked for, else the first whose payouts one may see."""
    if asked is not None:
        return asked
    own = actor.organizations_with(Permission.PAYOUT_MANAGE)
    if not own:
        raise actor.denied(Permission.PAYOUT_MANAGE, None)
    return own[0]


@router.get("/payouts")
async def payouts(actor: SignedInActor, paging: Paging, organization: Organization = None) -> Listed[PayoutView]:
    """Return an organisation's payouts, newest first."""
    async with unit_of_work(actor) as uow:
        found = await payout_queries.payouts_of(uow, _organization(actor, organization), paging)
        return listed(found, lambda item: item)


@router.get("/payouts/schedule")
async def schedule(actor: SignedInActor, organization: Organization = None) -> Success[tuple[PayoutSchedule, ...]]:
    """Return an organisation's money with the platform and its next payout, one a currency."""
    async with unit_of_work(actor) as uow:
        return ok(await payout_queries.schedule_of(uow, _organization(actor, organization)))


@router.get("/organizations/{id}/sales")
async def sales(organization_id: PathId, actor: SignedInActor, paging: Paging) -> Listed[SaleView]:
    """Return what an organisation has sold, with commission, refunds and what was paid out of it, newest first."""
    async with unit_of_work(actor) as uow:
        return listed(await payout_queries.sales_of(uow, organization_id, paging), lambda item: item)


@router.get(
    "/organizations/{id}/sales.csv",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {}}}},
)
async def sales_csv(
    organization_id: PathId, actor: SignedInActor, locale: Annotated[Literal["fr", "en"], Query()] = "fr"
) -> StreamingResponse:
    """Return the same, whole, as CSV."""
    actor.require(Permission.PAYOUT_MANAGE, organization_id)
    headers = {"Content-Disposition": 'attachment; filename="sales.csv"', "Cache-Control": "private, no-store"}
    lines = _lines(actor, organization_id, locale)
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


async def _lines(actor: Actor, organization_id: UUID, locale: str) -> AsyncIterator[str]:
    async with unit_of_work(actor) as uow:
        async for lines in payout_export.sales_csv(uow, organization_id, locale):
            yield lines


@router.get("/organizations/{id}/merchant-account")
async def merchant_account(organization_id: PathId, actor: SignedInActor) -> Success[MerchantView]:
    """Return how far an organisation's account at the payment gateway is, and what is missing."""
    async with unit_of_work(actor) as uow:
        return ok(await merchants.account_of(uow, organization_id))


@router.post("/organizations/{id}/merchant-account")
async def start_onboarding(
    organization_id: PathId, actor: SignedInActor, command: StartOnboarding
) -> Success[OnboardingLink]:
    """Open or continue the account: the link leads to the gateway's own pages. Asks for a recent sign-in."""
    return ok(OnboardingLink(url=await merchants.start_onboarding(actor, organization_id, command.locale)))
