"""Organisations' accounts at the gateway: opened once, completed there, read from there; what sales need of them."""

import asyncio
from dataclasses import replace
from uuid import UUID

import httpx
import pytest
from pydantic import SecretStr

from pygmalion_app.accounts.errors import ReauthenticationRequiredError
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import PermissionDeniedError
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from pygmalion_app.kyc.errors import OrganizationNotVerifiedError
from pygmalion_app.kyc.models import KycCase
from pygmalion_app.payments import merchants
from pygmalion_app.payments.errors import SellerNotReadyError
from pygmalion_app.payments.payout_schemas import MerchantView
from tests.cast import Cast
from tests.enrollments.test_booking import RunJobs, bearer, order


def proven(container: Container, actor: Actor) -> Actor:
    """Return somebody who has just proved who they are."""
    return replace(actor, authenticated_at=container.clock.now())


async def account_of(actor: Actor, organization: UUID) -> MerchantView:
    """Return an organisation's account as somebody sees it."""
    async with unit_of_work(actor) as uow:
        return await merchants.account_of(uow, organization)


async def account_id(cast: Cast) -> str:
    """Return the school's account at the gateway."""
    async with unit_of_work(SYSTEM) as uow:
        rows = await uow.sql("SELECT account_id FROM merchant_accounts WHERE organization_id = %(id)s", id=cast.school)
    assert len(rows) == 1
    return rows[0]["account_id"]


async def open_account(api: httpx.AsyncClient, container: Container, cast: Cast) -> str:
    """Give the school a complete account."""
    await merchants.start_onboarding(proven(container, cast.olga), cast.school, "fr")
    account = await account_id(cast)
    assert (await api.post(f"/dev/accounts/{account}", json={"outcome": "complete"})).status_code == 200
    await merchants.refresh(account)
    return account


async def test_an_account_is_opened_once_and_completed_at_the_gateway(
    api: httpx.AsyncClient, container: Container, cast: Cast, run_jobs: RunJobs
) -> None:
    olga = proven(container, cast.olga)
    assert (await account_of(olga, cast.school)).state == "none"
    links = await asyncio.gather(*(merchants.start_onboarding(olga, cast.school, "fr") for _ in range(2)))
    assert all("/testmode/onboarding/" in link for link in links)
    account = await account_id(cast)
    assert (await account_of(olga, cast.school)).state == "incomplete"
    for outcome, state in (("incomplete", "incomplete"), ("complete", "ready")):
        await api.post(f"/dev/accounts/{account}", json={"outcome": outcome})
        await run_jobs()
        found = await account_of(olga, cast.school)
        assert (found.state, bool(found.requirements)) == (state, state == "incomplete")


async def test_an_account_is_the_business_of_the_schools_admins(container: Container, cast: Cast) -> None:
    for actor in (cast.marc, cast.tom, cast.lea, cast.stranger):
        with pytest.raises(PermissionDeniedError):
            await merchants.start_onboarding(proven(container, actor), cast.school, "fr")
        with pytest.raises(PermissionDeniedError):
            await account_of(actor, cast.school)
    with pytest.raises(PermissionDeniedError):
        await merchants.start_onboarding(proven(container, cast.marc), cast.company, "fr")


async def test_bank_details_ask_who_it_is_and_whether_it_is_verified(container: Container, cast: Cast) -> None:
    with pytest.raises(ReauthenticationRequiredError):
        await merchants.start_onboarding(cast.olga, cast.school, "fr")
    async with unit_of_work(SYSTEM) as uow:
        case = await uow.session.get_one(KycCase, await _case(uow, cast.school))
        case.state = "rejected"
    with pytest.raises(OrganizationNotVerifiedError):
        await merchants.start_onboarding(proven(container, cast.olga), cast.school, "fr")


async def _case(uow: UnitOfWork, organization: UUID) -> UUID:
    return (await uow.sql("SELECT id FROM kyc_cases WHERE organization_id = %(id)s", id=organization))[0]["id"]


async def test_sales_are_charged_in_the_name_of_a_ready_account(
    api: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    account = await open_account(api, container, cast)
    marc = bearer(container, cast.marc)
    assert (await api.post("/enrollments", json=order(cast.session, "ana"), headers=marc)).status_code == 201
    async with unit_of_work(SYSTEM) as uow:
        rows = await uow.sql("SELECT request FROM testmode_checkouts")
    assert [row["request"]["seller_account"] for row in rows] == [account]


async def test_with_stripe_nothing_is_sold_that_cannot_be_paid_out(
    api: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    real = container.settings.model_copy(update={"stripe_secret_key": SecretStr("sk_test_x")})

    async def check() -> None:
        async with unit_of_work(cast.marc) as uow:
            uow.settings = real
            await merchants.require_seller(uow, cast.school)

    with pytest.raises(SellerNotReadyError):
        await check()
    await open_account(api, container, cast)
    await check()
