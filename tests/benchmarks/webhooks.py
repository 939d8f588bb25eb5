"""A burst of the gateway's events on the webhook: 1,000 signed events by 50 connections, duplicates among them."""

import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import uvloop

from pygmalion_app.adapters.payments.testmode.delivery import WEBHOOK_PATH, signature
from tests.benchmarks import bare_webhooks
from tests.benchmarks.http import Connection, request_bytes
from tests.benchmarks.load import percentile
from tests.benchmarks.market import market
from tests.benchmarks.stack import Stack
from tests.benchmarks.subjects import settings_of
from tests.benchmarks.tables import Goal, Table

EVENTS, ORDERS, CONNECTIONS = 1000, 700, 50
_PAID, _EXPIRED = 550, 100
_FATES = """SELECT count(*) FILTER (WHERE o.status = 'CONFIRMED' AND p.status = 'succeeded'),
  count(*) FILTER (WHERE o.status = 'EXPIRED' AND p.status = 'expired'),
  (SELECT count(*) FROM ledger_entries e WHERE e.kind = 'charge' AND e.payment_id = ANY (%(payments)s)),
  (SELECT count(*) FROM webhook_events WHERE id = ANY (%(events)s))
FROM orders o JOIN payments p ON p.reference = o.id WHERE p.id = ANY (%(payments)s)"""


def burst(payments: Sequence[UUID]) -> list[dict[str, Any]]:
    """Return 1,000 events about 700 payments: 550 paid, 100 expired, 50 begun debits, others' news, 150 duplicates."""
    events: list[dict[str, Any]] = []
    for number, payment in enumerate(payments[:ORDERS]):
        fate = "paid" if number < _PAID else "unpaid"
        kind = "expired" if _PAID <= number < _PAID + _EXPIRED else "completed"
        about = {
            "client_reference_id": str(payment),
            "payment_status": fate,
            "payment_intent": f"pi_{payment.hex}",
            "amount_total": 30000,
            "currency": "eur",
        }
        events.append({"id": f"evt_{payment.hex}", "type": f"checkout.session.{kind}", "data": {"object": about}})
        if number % 5 == 0:
            other = {"id": f"pi_{payment.hex}", "object": "payment_intent"}
            events.append({"id": f"evt_i{payment.hex}", "type": "payment_intent.created", "data": {"object": other}})
    chance = random.Random(4)
    events += chance.sample(events, EVENTS - len(events))
    chance.shuffle(events)
    return events


def webhooks(stack: Stack, seconds: float) -> list[Table]:
    """Deliver a burst and hold that each event was answered and had its effect once."""
    del seconds
    table = Table(
        "webhooks",
        f"{EVENTS} signed events on {ORDERS} orders over 20 sessions, {CONNECTIONS} connections",
        ("work", "events/s", "p50 ms", "p95 ms", "of bare", "answered", "applied once"),
        ["bare = the same locks and rows in plain psycopg, one transaction an event, no HTTP, no signatures"],
    )
    with market(stack) as place:
        payments = bare_webhooks.sell(stack, place, ORDERS)
        bare = uvloop.run(bare_webhooks.drive(stack.database_url, burst(payments), CONNECTIONS))
        bare_webhooks.remove(stack, payments)
    with market(stack) as place:
        payments = bare_webhooks.sell(stack, place, ORDERS)
        events = burst(payments)
        answers, times, spent = uvloop.run(_deliver(stack, events))
        applied = _applied(stack, payments, events)
        bare_webhooks.remove(stack, payments)
    table.add("bare", EVENTS / bare, float("nan"), float("nan"), 1.0, EVENTS, "yes")
    ratio = bare / spent
    goals = [Goal("of bare", ratio, at_least=1 / 3), Goal("answered", answers["200"], at_least=EVENTS)]
    table.add(
        "the product",
        EVENTS / spent,
        percentile(times, 0.5),
        percentile(times, 0.95),
        ratio,
        answers["200"],
        "yes" if applied else "NO",
        goals=goals,
    )
    return [table]


async def _deliver(stack: Stack, events: list[dict[str, Any]]) -> tuple[Counter[str], list[float], float]:
    secret = settings_of(stack).stripe_webhook_secret.get_secret_value()
    now = datetime.now(UTC)
    waiting = [
        request_bytes("POST", WEBHOOK_PATH, event, Stripe_Signature=signature(secret, json.dumps(event), now))
        for event in events
    ]
    answers: Counter[str] = Counter()
    times: list[float] = []

    async def connect() -> None:
        connection = await Connection.open(stack.port)
        while waiting:
            sent = time.perf_counter()
            answer = await connection.send(waiting.pop())
            times.append((time.perf_counter() - sent) * 1000)
            answers[str(answer.status)] += 1
        connection.close()

    began = time.perf_counter()
    await bare_webhooks.all_of(connect, CONNECTIONS)
    spent = time.perf_counter() - began
    return answers, sorted(times), spent


def _applied(stack: Stack, payments: list[UUID], events: list[dict[str, Any]]) -> bool:
    """Tell whether each order stands as its events say, and each charge is in the books once."""
    distinct = {event["id"] for event in events}
    with psycopg.connect(stack.superuser_url, options="-c app.scope=system") as connection:
        row = connection.execute(_FATES, {"payments": payments, "events": list(distinct)}).fetchone()
    return row == (_PAID, _EXPIRED, _PAID, len(distinct))
