"""A burst of signed events on the real route: all answered, each applied once, whatever order they come in."""

import asyncio
import json
import random
from collections import Counter
from typing import Any
from uuid import UUID

import httpx

from pygmalion_app.adapters.payments.testmode.delivery import signature
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments.orders import place_order
from pygmalion_app.enrollments.schemas import OrderView
from tests.cast import Cast, add_session
from tests.enrollments.machine.checks import broken_rules
from tests.enrollments.machine.world import command
from tests.faults.street import open_database
from tests.ledger import imbalance
from tests.servers import PLAIN

ORDERS, SESSIONS = 60, 12
CONNECTIONS = 50
STATES = {"paid": "CONFIRMED", "expired": "EXPIRED", "debit": "CONFIRMED", "refused": "EXPIRED"}
FATES = ("paid", "paid", "paid", "expired", "debit", "refused")


def events_of(view: OrderView, fate: str, number: int) -> list[dict[str, Any]]:
    """Return what the gateway tells of an order whose fate is known."""

    def event(kind: str, status: str) -> dict[str, Any]:
        about = {
            "client_reference_id": str(view.payment_id),
            "payment_status": status,
            "payment_intent": f"pi_{number}",
            "amount_total": view.amount_cents,
            "currency": "eur",
        }
        return {"id": f"evt_{number}_{kind}", "type": f"checkout.session.{kind}", "data": {"object": about}}

    told = {
        "paid": [event("completed", "paid")],
        "expired": [event("expired", "unpaid")],
        "debit": [event("completed", "unpaid"), event("async_payment_succeeded", "paid")],
        "refused": [event("completed", "unpaid"), event("async_payment_failed", "unpaid")],
    }[fate]
    intent = {"id": f"evt_{number}_intent", "type": "payment_intent.created", "data": {"object": {"id": "pi"}}}
    return [*told, intent]


async def test_a_burst_of_events_is_answered_and_applied_once(
    api: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    async with unit_of_work(SYSTEM) as uow:
        sessions = [await add_session(uow, cast.course, cast.school, None, capacity=ORDERS) for _ in range(SESSIONS)]
    fates: dict[UUID, str] = {}
    burst: list[dict[str, Any]] = []
    for number in range(ORDERS):
        async with unit_of_work(cast.marc, elevated=True) as uow:
            view = await place_order(uow, command(sessions[number % SESSIONS], number))
        fates[view.order_id] = FATES[number % len(FATES)]
        burst += events_of(view, fates[view.order_id], number)
    distinct = len(burst)
    burst += random.Random(4).choices(burst, k=distinct // 3)
    random.Random(5).shuffle(burst)
    answers = await _send(container, burst)
    assert answers == {200: len(burst)}
    with open_database(container.settings) as database:

        def rows(query: Any, **values: object) -> list[dict[str, Any]]:
            cursor = database.execute(query, values)
            return cursor.fetchall() if cursor.description else []

        states = {row["id"]: row["status"] for row in rows("SELECT id, status FROM orders")}
        # A refusal may overtake the debit that it ends; then the debit's own news hold the seats until a deadline.
        assert all(
            states[order] == STATES[fate] or (fate == "refused" and states[order] == "PENDING")
            for order, fate in fates.items()
        )
        assert rows("SELECT count(*) AS n FROM webhook_events") == [{"n": distinct}]
        charges = rows("SELECT count(*) AS n FROM ledger_entries WHERE kind = 'charge'")
        assert charges == [{"n": sum(fate in {"paid", "debit"} for fate in fates.values())}]
        assert broken_rules(rows, sessions, container.clock.now()) == []
        assert imbalance(database) == []


async def _send(container: Container, burst: list[dict[str, Any]]) -> Counter[int]:
    """Deliver by so many connections at once; one that is told to come again does."""
    waiting = [json.dumps(event) for event in burst]
    secret = container.settings.stripe_webhook_secret.get_secret_value()
    answers: Counter[int] = Counter()

    async def connection() -> None:
        async with httpx.AsyncClient(
            base_url=container.settings.own_url, verify=PLAIN, trust_env=False, timeout=60
        ) as client:
            while waiting:
                payload = waiting.pop()
                headers = {"Stripe-Signature": signature(secret, payload, container.clock.now())}
                answer = await client.post("/api/v1/payments/webhook", content=payload, headers=headers)
                if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
                    # On a machine that is busy with other things a lock can take too long; the gateway comes again.
                    waiting.insert(0, payload)
                    continue
                answers[answer.status_code] += 1

    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))
    return answers
