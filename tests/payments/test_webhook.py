"""The webhook against forgers, repeaters and the confused."""

import json
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import func, select

from pygmalion_app.adapters.payments.testmode.delivery import signature
from pygmalion_app.adapters.payments.testmode.outcomes import STEPS, Outcome, event_payload
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.payments.models import WebhookEvent
from tests.cast import Cast
from tests.clock import MovableClock
from tests.enrollments.test_booking import bearer, order


async def booked_event(
    api: httpx.AsyncClient, container: Container, cast: Cast, *, cents: int | None = None
) -> tuple[str, str]:
    """Return a new order's id and the payload of its payment's event."""
    answer = await api.post("/enrollments", json=order(cast.session, "ana"), headers=bearer(container, cast.marc))
    booked = answer.json()["data"]
    request = {
        "mode": "payment",
        "reference": booked["paymentId"],
        "metadata": {},
        "currency": "eur",
        "amount_cents": booked["amountCents"] if cents is None else cents,
        "customer_email": "marc@test.example",
    }
    _, payload = event_payload(
        "checkout.session.completed", "cs_test_x", "pi_test_x", request, STEPS[Outcome.SUCCESS], container.clock.now()
    )
    return booked["orderId"], payload


async def status_of(api: httpx.AsyncClient, container: Container, cast: Cast, order_id: str) -> str:
    """Return an order's status."""
    answer = await api.get(f"/orders/{order_id}", headers=bearer(container, cast.marc))
    return answer.json()["data"]["status"]


def signed(container: Container, payload: str, clock: MovableClock) -> dict[str, str]:
    """Return the header of an honest call."""
    return {
        "Stripe-Signature": signature(container.settings.stripe_webhook_secret.get_secret_value(), payload, clock.now())
    }


@pytest.mark.parametrize("header", ["", "t=1,v1=00", "v1=abc", "t=x,v1=y", "nonsense", "t=1"])
async def test_forged_calls_change_nothing(
    api: httpx.AsyncClient, container: Container, cast: Cast, header: str
) -> None:
    order_id, payload = await booked_event(api, container, cast)
    answer = await api.post("/payments/webhook", content=payload, headers={"Stripe-Signature": header})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_signature")
    assert await status_of(api, container, cast, order_id) == "PENDING"


@pytest.mark.parametrize("drift", [timedelta(minutes=6), timedelta(hours=-1)])
async def test_old_and_future_signatures_are_refused(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, drift: timedelta
) -> None:
    _, payload = await booked_event(api, container, cast)
    headers = signed(container, payload, clock)
    clock.move(seconds=drift.total_seconds())
    assert (await api.post("/payments/webhook", content=payload, headers=headers)).status_code == 400


async def test_a_changed_body_is_refused(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock
) -> None:
    order_id, payload = await booked_event(api, container, cast)
    headers = signed(container, payload, clock)
    changed = payload.replace('"livemode": false', '"livemode":  false', 1)
    assert (await api.post("/payments/webhook", content=changed, headers=headers)).status_code == 400
    assert await status_of(api, container, cast, order_id) == "PENDING"


async def test_a_repeated_event_counts_once(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock
) -> None:
    order_id, payload = await booked_event(api, container, cast)
    for _ in range(3):
        answer = await api.post("/payments/webhook", content=payload, headers=signed(container, payload, clock))
        assert answer.status_code == 200
    assert await status_of(api, container, cast, order_id) == "CONFIRMED"
    async with unit_of_work(SYSTEM) as uow:
        assert (await uow.session.execute(select(func.count()).select_from(WebhookEvent))).scalar_one() == 1


async def test_an_event_of_days_ago_counts(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock
) -> None:
    order_id, payload = await booked_event(api, container, cast)
    event = json.loads(payload) | {"created": int((clock.now() - timedelta(days=3)).timestamp())}
    late = json.dumps(event)
    assert (
        await api.post("/payments/webhook", content=late, headers=signed(container, late, clock))
    ).status_code == 200
    assert await status_of(api, container, cast, order_id) == "CONFIRMED"


async def test_another_amount_confirms_nothing(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock
) -> None:
    order_id, payload = await booked_event(api, container, cast, cents=1)
    await api.post("/payments/webhook", content=payload, headers=signed(container, payload, clock))
    assert await status_of(api, container, cast, order_id) == "PENDING"


async def test_expiry_after_payment_takes_nothing_back(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock
) -> None:
    order_id, payload = await booked_event(api, container, cast)
    await api.post("/payments/webhook", content=payload, headers=signed(container, payload, clock))
    event = json.loads(payload) | {"id": "evt_test_later", "type": "checkout.session.expired"}
    late = json.dumps(event)
    assert (
        await api.post("/payments/webhook", content=late, headers=signed(container, late, clock))
    ).status_code == 200
    assert await status_of(api, container, cast, order_id) == "CONFIRMED"


@pytest.mark.parametrize("kind", ["customer.created", "checkout.session.completed"])
async def test_events_about_unknown_things_are_answered(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, kind: str
) -> None:
    payload = json.dumps({"id": "evt_1", "type": kind, "data": {"object": {"client_reference_id": "nobody"}}})
    answer = await api.post("/payments/webhook", content=payload, headers=signed(container, payload, clock))
    assert answer.status_code == 200
