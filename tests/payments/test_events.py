"""The gateway's events: failures kept and taken again, repetitions, impostors, replays, and what people see of them."""

import json
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pygmalion_app.adapters.payments.testmode.outcomes import STEPS, Outcome, event_payload
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from pygmalion_app.enrollments import gateway_events
from pygmalion_app.payments import events
from pygmalion_app.payments.events import fingerprint
from pygmalion_app.payments.schemas import PaymentOutcome
from pygmalion_app.payments.webhook_admin import masked
from tests.cast import Cast
from tests.clock import MovableClock
from tests.enrollments.test_booking import bearer, order
from tests.ledger import imbalance_now
from tests.payments.test_webhook import signed, status_of


async def booked_event(
    api: httpx.AsyncClient, container: Container, cast: Cast, name: str = "ana"
) -> tuple[str, dict[str, Any]]:
    """Return a new order's id, and the event of its payment."""
    answer = await api.post("/enrollments", json=order(cast.session, name), headers=bearer(container, cast.marc))
    booked = answer.json()["data"]
    request = {
        "mode": "payment",
        "reference": booked["paymentId"],
        "metadata": {},
        "currency": "eur",
        "amount_cents": booked["amountCents"],
        "customer_email": "marc@test.example",
    }
    _, payload = event_payload(
        "checkout.session.completed", "cs_x", "pi_x", request, STEPS[Outcome.SUCCESS], container.clock.now()
    )
    return booked["orderId"], json.loads(payload)


async def post(api: httpx.AsyncClient, container: Container, clock: MovableClock, event: dict[str, Any]) -> int:
    """Deliver an event as the gateway does, and return the answer's status."""
    text = json.dumps(event)
    answer = await api.post("/payments/webhook", content=text, headers=signed(container, text, clock))
    return answer.status_code


async def test_an_event_whose_effect_fails_is_kept_and_taken_when_it_comes_again(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_id, event = await booked_event(api, container, cast)

    async def broken(uow: UnitOfWork, kind: str, _about: object) -> PaymentOutcome:
        await uow.sql("UPDATE payments SET status = 'succeeded'")  # half done: must not stay
        raise RuntimeError(kind)

    with monkeypatch.context() as patch:
        patch.setitem(events.HANDLERS, "checkout.session.", broken)
        assert [await post(api, container, clock, event) for _ in range(2)] == [500, 500]
    ada = bearer(container, cast.ada)
    (row,) = (await api.get("/payments/events?effect=error", headers=ada)).json()["data"]
    assert (row["attempts"], row["lastError"], row["reference"]) == (2, "RuntimeError", order_id)
    assert await status_of(api, container, cast, order_id) == "PENDING"
    assert await post(api, container, clock, event) == 200
    assert await status_of(api, container, cast, order_id) == "CONFIRMED"
    (row,) = (await api.get("/payments/events?type=checkout.session.", headers=ada)).json()["data"]
    assert (row["effect"], row["attempts"], row["lastError"]) == ("paid", 3, None)
    assert await imbalance_now(container) == []


async def test_a_repetition_is_welcome_and_an_impostor_is_not(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock
) -> None:
    order_id, event = await booked_event(api, container, cast)
    _, other = await booked_event(api, container, cast, "bob")
    assert await post(api, container, clock, event) == 200
    assert await post(api, container, clock, event | {"pending_webhooks": 7, "request": {"id": "req_2"}}) == 200
    assert await post(api, container, clock, other | {"id": event["id"]}) == 409
    assert await status_of(api, container, cast, order_id) == "CONFIRMED"
    async with unit_of_work(SYSTEM) as uow:
        assert len(await uow.sql("SELECT 1 FROM webhook_events")) == 1
        assert len(await uow.sql("SELECT 1 FROM ledger_entries WHERE kind = 'charge'")) == 1


async def test_a_refused_payment_is_no_failure_of_ours(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock
) -> None:
    order_id, event = await booked_event(api, container, cast)
    refused = event | {"type": "checkout.session.async_payment_failed"}
    assert [await post(api, container, clock, refused) for _ in range(2)] == [200, 200]
    (row,) = (await api.get("/payments/events", headers=bearer(container, cast.ada))).json()["data"]
    assert (row["effect"], row["attempts"], row["reference"]) == ("failed", 1, order_id)


async def test_a_replay_applies_what_failed_and_repeats_nothing(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock
) -> None:
    order_id, event = await booked_event(api, container, cast)
    async with unit_of_work(SYSTEM) as uow:
        await events.keep_failure(uow, event, "busy")
    path = f"/payments/events/{event['id']}"
    assert (await api.post(f"{path}/replay", headers=bearer(container, cast.olga))).status_code == 403
    ada = bearer(container, cast.ada)
    changes = [(await api.post(f"{path}/replay", headers=ada)).json()["data"]["change"] for _ in range(2)]
    assert changes == ["paid", "none"]
    assert await status_of(api, container, cast, order_id) == "CONFIRMED"
    seen = (await api.get(path, headers=ada)).json()["data"]
    assert (seen["effect"], seen["reference"], seen["replayedAt"] is not None) == ("paid", order_id, True)
    assert "marc@test.example" not in seen["payload"]
    async with unit_of_work(SYSTEM) as uow:
        audited = await uow.sql("SELECT actor_user_id FROM audit_events WHERE action = 'payment_event.replayed'")
        await uow.sql("UPDATE webhook_events SET payload = '{}'")
    assert [one["actor_user_id"] for one in audited] == [cast.ada.user_id] * 2
    assert (await api.post(f"{path}/replay", headers=ada)).json()["code"] == "event_forgotten"
    assert (await api.post("/payments/events/evt_none/replay", headers=ada)).status_code == 404
    assert await imbalance_now(container) == []


async def test_events_of_connected_accounts_carry_their_account(
    container: Container, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, object]] = []

    async def listen(_uow: UnitOfWork, kind: str, about: Any) -> PaymentOutcome:
        seen.append((kind, about["account"]))
        return await events._no_effect(_uow, kind, about)

    monkeypatch.setitem(events.HANDLERS, "payout.", listen)
    event = {"id": "evt_1", "type": "payout.paid", "account": "acct_1", "data": {"object": {"id": "po_1"}}}
    await gateway_events.receive(event)
    assert seen == [("payout.paid", "acct_1")]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(_JSON)
@settings(max_examples=60, deadline=None)
def test_nothing_personal_is_shown_wherever_it_stands(other: object) -> None:
    person = {
        "customer_details": {"email": "lea@x.example", "name": "Lea Secret", "address": {"line1": "1 rue Secret"}},
        "billing_details": [{"phone": "+33600000000"}, other],
        "note": "write to lea@x.example",
        "receipt_email": "lea@x.example",
    }
    shown = json.dumps(masked({"data": {"object": person | {"amount": 12, "metadata": {"payment_id": "p"}}}}))
    assert all(secret not in shown for secret in ("lea@x", "Secret", "600000"))
    assert '"amount": 12' in shown
    assert '"payment_id": "p"' in shown


def test_an_event_is_known_by_what_it_says() -> None:
    event = {"id": "evt", "type": "a", "created": 1, "data": {"object": {"a": 1, "b": 2}}, "pending_webhooks": 1}
    same = {"data": {"object": {"b": 2, "a": 1}}, "type": "a", "created": 1, "pending_webhooks": 0}
    assert fingerprint(event) == fingerprint(same)
    assert fingerprint(event) != fingerprint(same | {"data": {"object": {"a": 1}}})
