"""One contract for both gateways: the embedded one, and Stripe against a server that answers in Stripe's shapes."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
import uvicorn
from pydantic import SecretStr, ValidationError

from pygmalion_app.adapters.payments.stripe.accounts import StripeAccounts
from pygmalion_app.adapters.payments.stripe.balance import StripeBalance
from pygmalion_app.adapters.payments.stripe.calls import make_client
from pygmalion_app.adapters.payments.stripe.gateway import StripeGateway
from pygmalion_app.adapters.payments.stripe.tax import line_of
from pygmalion_app.adapters.payments.testmode.delivery import signature
from pygmalion_app.core.clock import SystemClock
from pygmalion_app.core.config import Environment, Settings
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.gateway import (
    ChargeState,
    CheckoutMode,
    CheckoutRequest,
    DisputeEvidence,
    GatewayBalance,
    MerchantAccounts,
    MovementKind,
    NotRefundableError,
    PaymentGateway,
    PayoutRefusedError,
    RefundRequest,
    SavedCardCharge,
    TransferRefusedError,
)
from pygmalion_app.core.unit_of_work import Container
from pygmalion_app.core.webhooks import InvalidSignatureError
from tests import servers
from tests.adapters import closed_params
from tests.adapters.stripe_server import FakeStripe, RefusedError

# The SDK's own way with httpx.
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")

SECRET, CONNECT_SECRET = "whsec_platform", "whsec_connect"
CARDS = {"declined": "card_declined", "needs_customer": "authentication_required", "processing": "slow"}
TEST_CARDS = {
    "declined": "4000000000000341",
    "needs_customer": "4000002760003184",
    "processing": "FR1420041010050500013M02606",
}


@dataclass
class Rig:
    """A gateway, and what its other side's people do."""

    payments: PaymentGateway
    merchants: MerchantAccounts
    balance: GatewayBalance
    settings: Settings
    pay: Callable[[str | None], Awaitable[str]]
    """Pays 1,140 EUR with 95 EUR of commission, by a destination charge where an account is given."""
    save: Callable[[str], Awaitable[str]]
    """Saves a card that does something when charged, and returns the setup intent."""
    complete: Callable[[str], Awaitable[None]]
    dispute: Callable[[str], Awaitable[str]]


def request(seller: str | None = None, mode: CheckoutMode = CheckoutMode.PAYMENT, **more: Any) -> CheckoutRequest:
    """Return a checkout of three seats."""
    asked = CheckoutRequest(
        reference="0199-ref",
        mode=mode,
        amount_cents=114_000,
        vat_cents=19_000,
        currency="EUR",
        commission_cents=9_500,
        description="Sûreté",
        quantity=1,
        customer_email="a@test.example",
        success_url="https://test.example/s",
        cancel_url="https://test.example/c",
        locale="fr",
        expires_at=SystemClock().now() + timedelta(minutes=30),
        seller_account=seller,
        metadata={"payment_id": "p1"},
    )
    return replace(asked, **more)


@pytest.fixture
async def server() -> AsyncIterator[tuple[FakeStripe, str]]:
    """Return the server that answers as Stripe, and its address."""
    fake, port = FakeStripe(), servers.free_port()
    running = uvicorn.Server(uvicorn.Config(fake.app(), port=port, log_level="warning", lifespan="off"))
    task = asyncio.create_task(running.serve())
    while not running.started:  # noqa: ASYNC110 - uvicorn tells it by this flag only
        await asyncio.sleep(0.01)
    yield fake, f"http://127.0.0.1:{port}"
    running.should_exit = True
    await task


@pytest.fixture
def fake(server: tuple[FakeStripe, str]) -> FakeStripe:
    """Return Stripe's side."""
    return server[0]


@pytest.fixture
async def stripe_rig(server: tuple[FakeStripe, str]) -> AsyncIterator[Rig]:
    """Return the Stripe adapter; every call that leaves it is held against the SDK's closed types."""
    fake, url = server
    settings = Settings(
        stripe_secret_key=SecretStr("sk_test_hush"),
        stripe_webhook_secret=SecretStr(SECRET),
        stripe_connect_webhook_secret=SecretStr(CONNECT_SECRET),
    )
    client = make_client(settings, url)
    # Here the parameters are still what we wrote.
    requestor: Any = client._requestor  # pyright: ignore[reportPrivateUsage]
    send = requestor.request_async

    async def checked(method: str, path: str, params: Any = None, *rest: Any, **more: Any) -> Any:
        closed_params.check(method, path, params)
        return await send(method, path, params, *rest, **more)

    requestor.request_async = checked

    async def pay(seller: str | None) -> str:
        data = {"transfer_data": {"destination": seller}, "application_fee_amount": "9500"} if seller else {}
        if seller:
            fake.objects[seller]["balance"] += 104_500
        return fake.paid({"amount": "114000", **data})["id"]

    async def save(card: str) -> str:
        fake.cards["pm_1"] = CARDS.get(card, "")
        fake.objects["pm_1"] = {"id": "pm_1", "object": "payment_method", "customer": "cus_1"}
        return fake.keep("setup_intent", "seti", customer="cus_1", payment_method="pm_1", status="succeeded")["id"]

    async def complete(account: str) -> None:
        fake.complete(account)

    async def dispute(intent: str) -> str:
        return fake.keep("dispute", "dp", payment_intent=intent, status="needs_response")["id"]

    gateway = StripeGateway(client, settings, SystemClock())
    yield Rig(gateway, StripeAccounts(client), StripeBalance(client), settings, pay, save, complete, dispute)
    await requestor._client.close_async()


@pytest.fixture
def testmode_rig(container: Container, api: httpx.AsyncClient) -> Rig:
    """Return the embedded gateway, played by its own routes."""
    ports = container.ports

    async def play(asked: CheckoutRequest, **body: str) -> str:
        opened = await ports.payments.open_checkout(asked, idempotency_key="rig")
        answer = await api.post(f"/dev/pay/{opened.id}", json={"outcome": "success", "delivery": "held"} | body)
        assert answer.status_code == 200
        return opened.id

    async def told(kind: str, name: str) -> str:
        async with container.engine.begin() as connection:
            await connection.exec_driver_sql("SELECT set_config('app.scope', 'system', true)")
            rows = await connection.exec_driver_sql("SELECT payload FROM testmode_events ORDER BY id DESC")
            events = [json.loads(row[0]) for row in rows]
        return next(event["data"]["object"][name] for event in events if event["type"] == kind)

    async def pay(seller: str | None) -> str:
        await play(request(seller))
        return await told("payment_intent.succeeded", "id")

    async def save(card: str) -> str:
        await play(request(mode=CheckoutMode.SETUP), card=TEST_CARDS.get(card, ""))
        return await told("setup_intent.succeeded", "id")

    async def complete(account: str) -> None:
        await api.post(f"/dev/accounts/{account}", json={"outcome": "complete", "delivery": "held"})

    async def dispute(_intent: str) -> str:
        await play(request(), outcome="dispute")
        return await told("charge.dispute.created", "id")

    return Rig(ports.payments, ports.merchants, ports.balance, container.settings, pay, save, complete, dispute)


@pytest.fixture(params=["testmode", "stripe"])
def rig(request: pytest.FixtureRequest) -> Rig:
    """Return each gateway in turn."""
    return request.getfixturevalue(f"{request.param}_rig")


async def test_a_key_opens_one_checkout(rig: Rig) -> None:
    asked = request()
    opened = await asyncio.gather(*(rig.payments.open_checkout(asked, idempotency_key="k1") for _ in range(3)))
    assert len({checkout.id for checkout in opened}) == 1
    assert opened[0].url.startswith("http")
    assert (await rig.payments.open_checkout(asked, idempotency_key="k2")).id != opened[0].id
    assert [await rig.payments.expire_checkout(opened[0].id) for _ in range(2)] == [True, False]


@pytest.mark.parametrize("state", list(ChargeState))
async def test_saved_cards_answer_and_never_raise(rig: Rig, state: ChargeState) -> None:
    intent = await rig.save(state.value)
    charge = SavedCardCharge(intent, 34_200, "EUR", 2_850, "Acompte", metadata={"instalment_id": "i1"})
    answers = [await rig.payments.charge_saved_card(charge, idempotency_key="c1") for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0].state is state
    assert answers[0].payment_intent.startswith("pi_")


async def test_refunds_are_made_once_and_never_more_than_was_paid(rig: Rig) -> None:
    account = await rig.merchants.open_account("org", "o@test.example", "FR", idempotency_key="a1")
    await rig.complete(account)
    intent = await rig.pay(account)
    part = RefundRequest(intent, 57_000, 4_000, {"refund_id": "r1"})
    made = [await rig.payments.refund(part, idempotency_key="r1") for _ in range(2)]
    assert made[0] == made[1]
    with pytest.raises(NotRefundableError):
        await rig.payments.refund(RefundRequest(intent, 57_001, 0), idempotency_key="r2")
    now = SystemClock().now()
    moved = [line async for line in rig.balance.movements(now - timedelta(hours=1), now + timedelta(hours=1))]
    assert [(line.kind, line.amount_cents, line.source) for line in moved] == [
        (MovementKind.CHARGE, 114_000, intent),
        (MovementKind.TRANSFER, -114_000, intent),
        (MovementKind.COMMISSION, 9_500, intent),
        (MovementKind.REFUND, -57_000, made[0]),
        (MovementKind.TRANSFER_REVERSAL, 57_000, made[0]),
        (MovementKind.COMMISSION_REFUND, -4_000, made[0]),
    ]
    assert (moved[0].fee_cents, {line.currency for line in moved}) == (1_735, {"EUR"})


async def test_a_card_that_is_let_go_is_never_charged_again(rig: Rig) -> None:
    intent = await rig.save("")
    charge = SavedCardCharge(intent, 34_200, "EUR", 2_850, "Acompte", metadata={"instalment_id": "i1"})
    assert (await rig.payments.charge_saved_card(charge, idempotency_key="c1")).state is ChargeState.SUCCEEDED
    for _ in range(2):
        await rig.payments.forget_card(intent)
    with pytest.raises(UnavailableError):
        await rig.payments.charge_saved_card(charge, idempotency_key="c2")


async def test_what_a_seller_got_is_taken_back_once_and_never_more(rig: Rig) -> None:
    account = await rig.merchants.open_account("org", "o@test.example", "FR", idempotency_key="a1")
    await rig.complete(account)
    intent = await rig.pay(account)
    made = [await rig.merchants.take_back(intent, 104_500, idempotency_key="t1") for _ in range(2)]
    assert made[0] == made[1]
    assert str(made[0]).startswith("trr_")
    with pytest.raises(TransferRefusedError):
        await rig.merchants.take_back(intent, 10_000, idempotency_key="t2")
    now = SystemClock().now()
    moved = [line async for line in rig.balance.movements(now - timedelta(hours=1), now + timedelta(hours=1))]
    assert (moved[-1].kind, moved[-1].amount_cents, moved[-1].source) == (
        MovementKind.TRANSFER_REVERSAL,
        104_500,
        made[0],
    )


async def test_nothing_is_taken_back_of_what_no_seller_got(rig: Rig) -> None:
    assert await rig.merchants.take_back(await rig.pay(None), 100, idempotency_key="t1") is None


async def test_the_disputes_of_a_payment_are_told(rig: Rig) -> None:
    intent = await rig.pay(None)
    assert await rig.payments.dispute_ids(intent) == []
    dispute = await rig.dispute(intent)
    assert await rig.payments.dispute_ids(intent) == [dispute]
    assert await rig.payments.dispute_ids("pi_another") == []


async def test_evidence_is_handed_in_with_its_documents(rig: Rig) -> None:
    dispute = await rig.dispute(await rig.pay(None))
    evidence = DisputeEvidence(dispute, {"uncategorized_text": "Présent"}, {"service_documentation": b"%PDF-1.7"})
    for _ in range(2):
        await rig.payments.submit_evidence(evidence, idempotency_key="e1")


async def test_accounts_are_opened_once_completed_and_paid(rig: Rig) -> None:
    accounts = [await rig.merchants.open_account("org", "o@test.example", "FR", idempotency_key="a1") for _ in range(2)]
    assert accounts[0] == accounts[1]
    account = accounts[0]
    fresh = await rig.merchants.read_account(account)
    assert (fresh.charges_enabled, fresh.payouts_enabled, "external_account" in fresh.requirements) == (
        False,
        False,
        True,
    )
    link = await rig.merchants.onboarding_link(
        account, return_url="https://t.example/", refresh_url="https://t.example"
    )
    assert link.startswith("http")
    with pytest.raises(PayoutRefusedError):
        await rig.merchants.pay_out(account, 100, "EUR", idempotency_key="early", metadata={})
    await rig.complete(account)
    done = await rig.merchants.read_account(account)
    assert (done.details_submitted, done.charges_enabled, done.payouts_enabled, done.requirements) == (
        True,
        True,
        True,
        (),
    )
    await rig.pay(account)
    sent = [
        await rig.merchants.pay_out(account, 104_500, "EUR", idempotency_key="po", metadata={"payout_id": "1"})
        for _ in range(2)
    ]
    assert sent[0] == sent[1]
    assert sent[0].arrives_at is not None
    with pytest.raises(PayoutRefusedError):
        await rig.merchants.pay_out(account, 10_000_000, "EUR", idempotency_key="po2", metadata={})


def event(kind: str, **more: object) -> str:
    """Return an event's body."""
    return json.dumps({"id": "evt_1", "type": kind, "data": {"object": {}}, **more})


async def test_events_of_accounts_have_a_secret_of_their_own(rig: Rig) -> None:
    now = SystemClock().now()
    platform = rig.settings.stripe_webhook_secret.get_secret_value()
    connect = rig.settings.stripe_connect_webhook_secret.get_secret_value()

    def read(payload: str, secret: str) -> str:
        return str(rig.payments.read_event(payload.encode(), signature(secret, payload, now))["type"])

    assert read(event("checkout.session.completed"), platform) == "checkout.session.completed"
    assert read(event("account.updated", account="acct_1"), connect) == "account.updated"
    # Whoever holds a connected account can make events of it that name our payments.
    forged = event("checkout.session.completed", account="acct_1")
    assert read(forged, connect) == read(forged, platform) == "connected.checkout.session.completed"
    for payload, secret in ((event("checkout.session.completed"), connect), (forged, "whsec_other")):
        with pytest.raises(InvalidSignatureError):
            read(payload, secret)


# --- Stripe alone -----------------------------------------------------------------------------------------------------


async def test_a_checkout_is_a_destination_charge(stripe_rig: Rig, fake: FakeStripe) -> None:
    asked = request("acct_9")
    await stripe_rig.payments.open_checkout(asked, idempotency_key="k1")
    _, params, headers = fake.calls[-1]
    assert headers["stripe-version"] == "2026-10-28.endive"
    assert headers["idempotency-key"] == "k1"
    assert params["payment_intent_data"] == {
        "application_fee_amount": "9500",
        "on_behalf_of": "acct_9",
        "transfer_data": {"destination": "acct_9"},
        "metadata": {"payment_id": "p1"},
        "description": "Sûreté",
    }
    assert params["metadata"] == {"payment_id": "p1"}
    assert params["line_items"]["0"]["price_data"]["unit_amount"] == "95000"
    assert fake.find(params["line_items"]["0"]["tax_rates"]["0"]) | {} == fake.find("txr_1")
    assert int(params["expires_at"]) >= asked.expires_at.timestamp() + 1800
    assert "payment_method_types" not in params
    before = len(fake.calls)
    await stripe_rig.payments.open_checkout(asked, idempotency_key="k3")
    assert len(fake.calls) == before + 1, "the tax rate is looked up once"


async def test_a_saved_card_is_the_customers_for_the_organisation(stripe_rig: Rig, fake: FakeStripe) -> None:
    await stripe_rig.payments.open_checkout(request("acct_9", CheckoutMode.SETUP), idempotency_key="k1")
    _, params, _ = fake.calls[-1]
    assert (params["mode"], params["currency"], params["customer_creation"]) == ("setup", "eur", "always")
    assert params["setup_intent_data"]["on_behalf_of"] == "acct_9"
    assert {"line_items", "payment_intent_data"}.isdisjoint(params)


async def test_a_killed_refund_is_completed_by_the_same_keys(stripe_rig: Rig, fake: FakeStripe) -> None:
    account = await stripe_rig.merchants.open_account("org", "o@test.example", "FR", idempotency_key="a1")
    intent = await stripe_rig.pay(account)
    part = RefundRequest(intent, 57_000, 4_750)
    refunds = fake.refund_fee

    def broken(params: dict[str, Any], fee: str) -> dict[str, Any]:
        raise RefusedError(500, "api_error")

    fake.refund_fee = broken
    with pytest.raises(UnavailableError):
        await stripe_rig.payments.refund(part, idempotency_key="r1")
    fake.refund_fee = refunds
    made = await stripe_rig.payments.refund(part, idempotency_key="r1")
    assert [item["amount"] for item in fake.objects.values() if item["object"] == "refund"] == [57_000]
    waived = [item for item in fake.objects.values() if item["object"] == "fee_refund"]
    assert [(item["amount"], item["metadata"]) for item in waived] == [(4_750, {"refund": made})]


@pytest.mark.parametrize(
    ("status", "kind"), [(500, "api_error"), (429, "invalid_request_error"), (401, "authentication_error")]
)
async def test_what_stripe_cannot_answer_is_unavailable_and_tells_no_secret(
    stripe_rig: Rig, fake: FakeStripe, caplog: pytest.LogCaptureFixture, status: int, kind: str
) -> None:
    fake.failing = [(status, {"error": {"type": kind, "message": "Invalid key: sk_test_hush"}})]
    with pytest.raises(UnavailableError) as refused:
        await stripe_rig.payments.open_checkout(request(), idempotency_key="k1")
    assert "hush" not in caplog.text + repr(refused.value.facts)
    assert refused.value.__cause__ is None


async def test_a_wrong_parameter_does_not_leave_the_house(stripe_rig: Rig) -> None:
    wrong: dict[str, Any]
    for wrong in ({"amount_cents": 114_000.5}, {"customer_email": 7}, {"metadata": {"payment_id": 1}}):
        with pytest.raises(ValidationError):
            await stripe_rig.payments.open_checkout(request(**wrong), idempotency_key="k1")
    for path, params in {
        "/v1/checkout/sessions": {"payment_method_types": ["card"]},
        "/v1/payment_intents": {"amount": 1, "currency": "eur", "transfer_data": {"destinations": "acct_1"}},
        "/v1/accounts": {"controller": {"stripe_dashboard": {"type": "exprès"}}},
        "/v1/refunds": {"payment_intent": "pi_1", "amount": 1.0},
    }.items():
        with pytest.raises(ValidationError):
            closed_params.check("post", path, params)


@pytest.mark.parametrize(
    ("amount", "vat", "quantity", "line"),
    [
        (114_000, 19_000, 1, (95_000, 1, 20.0, False)),
        (342_000, 57_000, 3, (95_000, 3, 20.0, False)),
        (95_000, 0, 2, (47_500, 2, None, False)),
        (100_001, 0, 2, (100_001, 1, None, True)),
        (1_055, 55, 1, (1_000, 1, 5.5, False)),
        (100_000, 16_666, 1, (100_000, 1, 20.0, True)),
        (100_000, 16_667, 3, (100_000, 1, 20.0, True)),
    ],
)
def test_tax_lines_add_up_to_what_is_owed(
    amount: int, vat: int, quantity: int, line: tuple[int, int, float | None, bool]
) -> None:
    found = line_of(amount, vat, quantity)
    assert (found.unit_cents, found.quantity, found.rate, found.inclusive) == line


def test_a_live_key_is_for_production_only() -> None:
    with pytest.raises(ValueError, match="production"):
        make_client(Settings(stripe_secret_key=SecretStr("sk_live_hush")))
    production = Settings.model_construct(
        environment=Environment.PRODUCTION, stripe_secret_key=SecretStr("sk_live_hush")
    )
    assert make_client(production)
