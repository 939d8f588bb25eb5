"""The embedded gateway plays what Stripe does: money moves, events follow, and each can come twice, late or turned."""

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.gateway import (
    BalanceMovement,
    ChargeState,
    CheckoutMode,
    CheckoutRequest,
    DisputeEvidence,
    MovementKind,
    PayoutRefusedError,
    RefundRequest,
    SavedCardCharge,
)
from pygmalion_app.core.unit_of_work import Container, unit_of_work

RunJobs = Callable[[], Awaitable[None]]


def request(
    container: Container, seller: str | None = None, mode: CheckoutMode = CheckoutMode.PAYMENT
) -> CheckoutRequest:
    """Return a checkout over 1,140 EUR, of which 95 EUR are the platform's."""
    return CheckoutRequest(
        reference="r",
        mode=mode,
        amount_cents=114_000,
        vat_cents=19_000,
        currency="EUR",
        commission_cents=9_500,
        description="d",
        quantity=1,
        customer_email="a@test.example",
        success_url="http://test/s",
        cancel_url="http://test/c",
        locale="fr",
        expires_at=container.clock.now() + timedelta(minutes=30),
        seller_account=seller,
        metadata={"payment_id": "p1"},
    )


async def events(container: Container) -> list[dict[str, Any]]:
    """Return every event that the gateway has made, oldest first."""
    async with unit_of_work(SYSTEM, container) as uow:
        rows = await uow.session.execute(text("SELECT payload FROM testmode_events ORDER BY id"))
        return [json.loads(row) for row in rows.scalars()]


async def kinds(container: Container) -> list[str]:
    """Return the types of all events."""
    return [event["type"] for event in await events(container)]


async def received(container: Container) -> dict[str, str]:
    """Return the types of the events that have reached the webhook, by id, in the order of arrival."""
    async with unit_of_work(SYSTEM, container) as uow:
        rows = await uow.session.execute(text("SELECT id, type FROM webhook_events ORDER BY ctid"))
        return {row.id: row.type for row in rows}


async def movements(container: Container) -> list[BalanceMovement]:
    """Return the platform's balance, line by line."""
    now = container.clock.now()
    since, until = now - timedelta(hours=1), now + timedelta(hours=1)
    return [line async for line in container.ports.balance.movements(since, until)]


async def paid(api: httpx.AsyncClient, container: Container, *, seller: str | None = None, **play: str) -> str:
    """Pay a checkout and return its payment intent."""
    opened = await container.ports.payments.open_checkout(request(container, seller), idempotency_key="k")
    body = {"outcome": "success"} | play
    assert (await api.post(f"/dev/pay/{opened.id}", json=body)).status_code == 200
    return next(event["data"]["object"]["id"] for event in await events(container) if event["type"].startswith("paym"))


async def complete_account(api: httpx.AsyncClient, container: Container) -> str:
    """Return an account that may be paid."""
    merchants = container.ports.merchants
    account = await merchants.open_account("org", "olga@test.example", "FR", idempotency_key="a")
    assert (await api.post(f"/dev/accounts/{account}", json={"outcome": "complete"})).json()["data"]["payoutsEnabled"]
    return account


async def test_a_destination_charge_splits_what_was_paid(api: httpx.AsyncClient, container: Container) -> None:
    account = await complete_account(api, container)
    intent = await paid(api, container, seller=account)
    assert [(line.kind, line.amount_cents, line.fee_cents, line.source) for line in await movements(container)] == [
        (MovementKind.CHARGE, 114_000, 1_735, intent),
        (MovementKind.TRANSFER, -114_000, 0, intent),
        (MovementKind.COMMISSION, 9_500, 0, intent),
    ]
    told = {event["type"]: event["data"]["object"] for event in await events(container)}
    assert told["payment_intent.succeeded"]["metadata"] == {"payment_id": "p1"}
    assert told["checkout.session.completed"]["metadata"] == {"payment_id": "p1"}
    assert told["payment_intent.succeeded"]["transfer_data"] == {"destination": account}


async def test_without_an_account_the_money_waits_on_the_platforms_balance(
    api: httpx.AsyncClient, container: Container
) -> None:
    await paid(api, container)
    assert [line.kind for line in await movements(container)] == [MovementKind.CHARGE]


async def test_refunds_take_each_part_back_from_who_had_it(
    api: httpx.AsyncClient, container: Container, run_jobs: RunJobs
) -> None:
    intent = await paid(api, container, seller=await complete_account(api, container))
    gateway = container.ports.payments
    part = RefundRequest(intent, 57_000, 4_750, {"refund_id": "f1"})
    refund = await gateway.refund(part, idempotency_key="half")
    assert await gateway.refund(part, idempotency_key="half") == refund
    assert [(line.kind, line.amount_cents) for line in await movements(container) if line.source == refund] == [
        (MovementKind.REFUND, -57_000),
        (MovementKind.TRANSFER_REVERSAL, 57_000),
        (MovementKind.COMMISSION_REFUND, -4_750),
    ]
    with pytest.raises(Exception, match="not_refundable"):
        await gateway.refund(RefundRequest(intent, 57_001, 4_750), idempotency_key="more")
    await run_jobs()
    told = next(event for event in await events(container) if event["type"] == "refund.created")
    assert (told["data"]["object"]["metadata"], told["id"] in await received(container)) == ({"refund_id": "f1"}, True)


@pytest.mark.parametrize(
    ("card", "last"), [("4000000000005126", "refund.failed"), ("4000000000007726", "refund.updated")]
)
async def test_cards_decide_what_becomes_of_refunds(
    api: httpx.AsyncClient, container: Container, card: str, last: str
) -> None:
    intent = await paid(api, container, card=card)
    await container.ports.payments.refund(RefundRequest(intent, 1_000, 0), idempotency_key="x")
    assert (await kinds(container))[-2:] == ["refund.created", last]


async def test_disputes_take_money_and_bring_it_back_when_won(api: httpx.AsyncClient, container: Container) -> None:
    opened = await container.ports.payments.open_checkout(request(container), idempotency_key="k")
    for outcome in ("success", "dispute"):
        assert (await api.post(f"/dev/pay/{opened.id}", json={"outcome": outcome})).status_code == 200
    dispute = (await events(container))[-1]["data"]["object"]
    evidence = DisputeEvidence(dispute["id"], {"uncategorized_text": "present"}, {"service_documentation": b"%PDF"})
    await container.ports.payments.submit_evidence(evidence, idempotency_key="e")
    await container.ports.payments.submit_evidence(evidence, idempotency_key="e")
    assert (await api.post(f"/dev/pay/{opened.id}", json={"outcome": "dispute_won"})).status_code == 200
    assert (await api.post(f"/dev/pay/{opened.id}", json={"outcome": "dispute_lost"})).status_code == 409
    assert (await kinds(container))[-4:] == [
        "charge.dispute.created",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.closed",
        "charge.dispute.funds_reinstated",
    ]
    closed = (await events(container))[-1]["data"]["object"]
    assert (closed["status"], closed["evidence_details"]["submission_count"]) == ("won", 1)
    assert [(line.kind, line.amount_cents) for line in await movements(container)][-2:] == [
        (MovementKind.DISPUTE, -114_000),
        (MovementKind.DISPUTE_REVERSAL, 114_000),
    ]


@pytest.mark.parametrize(
    ("card", "state", "told"),
    [
        ("", ChargeState.SUCCEEDED, "payment_intent.succeeded"),
        ("4000000000000341", ChargeState.DECLINED, "payment_intent.payment_failed"),
        ("4000002760003184", ChargeState.NEEDS_CUSTOMER, "payment_intent.payment_failed"),
        ("FR1420041010050500013M02606", ChargeState.PROCESSING, None),
    ],
)
async def test_saved_cards_are_charged_as_their_number_says(
    api: httpx.AsyncClient, container: Container, card: str, state: ChargeState, told: str | None
) -> None:
    gateway = container.ports.payments
    opened = await gateway.open_checkout(request(container, mode=CheckoutMode.SETUP), idempotency_key="s")
    await api.post(f"/dev/pay/{opened.id}", json={"outcome": "success", "card": card})
    saved = next(event for event in await events(container) if event["type"] == "checkout.session.completed")
    intent = saved["data"]["object"]["setup_intent"]
    charge = SavedCardCharge(intent, 34_200, "EUR", 2_850, "30 %", metadata={"instalment_id": "i1"})
    answers = [await gateway.charge_saved_card(charge, idempotency_key="c") for _ in range(2)]
    assert [answer.state for answer in answers] == [state, state]
    assert answers[0] == answers[1]
    after = [event for event in await events(container) if event["type"].startswith("payment_intent.")]
    assert [event["type"] for event in after] == ([told] if told else [])
    assert all(event["data"]["object"]["metadata"] == {"instalment_id": "i1"} for event in after)


@pytest.mark.parametrize("how", ["at_once", "duplicate", "reordered", "delayed", "held"])
async def test_events_arrive_as_asked(api: httpx.AsyncClient, container: Container, how: str) -> None:
    await paid(api, container, delivery=how)
    made = [event["id"] for event in await events(container)]
    arrived = list(await received(container))
    assert arrived == {"reordered": made[::-1], "delayed": [], "held": []}.get(how, made)
    if how in {"delayed", "held"}:
        assert (await api.post("/dev/events/deliver")).json()["data"]["delivered"] == len(made)
        assert set(await received(container)) == set(made)


async def test_accounts_are_completed_and_paid(api: httpx.AsyncClient, container: Container, run_jobs: RunJobs) -> None:
    merchants = container.ports.merchants
    account = await merchants.open_account("org", "olga@test.example", "FR", idempotency_key="a")
    assert await merchants.open_account("org", "olga@test.example", "FR", idempotency_key="a") == account
    fresh = await merchants.read_account(account)
    assert (fresh.payouts_enabled, bool(fresh.requirements)) == (False, True)
    link = await merchants.onboarding_link(account, return_url="http://test/back", refresh_url="http://test/again")
    page = await api.get(f"http://127.0.0.1:{container.settings.port}/testmode/onboarding/{link.rsplit('/', 1)[1]}")
    assert (page.status_code, "TEST" in page.text) == (200, True)
    with pytest.raises(PayoutRefusedError):
        await merchants.pay_out(account, 1_000, "EUR", idempotency_key="early", metadata={})
    await api.post(f"/dev/accounts/{account}", json={"outcome": "complete"})
    intent_of_sale = await paid(api, container, seller=account)
    assert intent_of_sale
    with pytest.raises(PayoutRefusedError):
        await merchants.pay_out(account, 10_000_000, "EUR", idempotency_key="much", metadata={})
    sent = [
        await merchants.pay_out(account, 104_500, "EUR", idempotency_key="p", metadata={"payout_id": "1"})
        for _ in range(2)
    ]
    assert sent[0] == sent[1]
    assert (await api.post(f"/dev/payouts/{sent[0].id}", json={"outcome": "failed"})).status_code == 200
    await run_jobs()
    told = [event for event in await events(container) if event["type"].startswith(("account.", "payout."))]
    assert [event["type"] for event in told] == ["account.updated", "payout.created", "payout.failed"]
    assert {event["account"] for event in told} == {account}
    assert {event["id"] for event in told} <= set(await received(container))
