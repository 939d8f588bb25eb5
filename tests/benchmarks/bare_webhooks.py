"""The bare limit of webhooks: the rows and locks of an event in plain psycopg, one transaction each, with no HTTP."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from pygmalion_app.core.ids import new_id
from tests.benchmarks import bare_orders
from tests.benchmarks.market import MAIL_DOMAIN, Market
from tests.benchmarks.stack import Stack

_SESSIONS = 20
_EVENT = """INSERT INTO webhook_events (id, type, payload, effect, received_at)
VALUES (%(event)s, %(type)s, %(payload)s::jsonb, 'none', now()) ON CONFLICT (id) DO NOTHING RETURNING id"""
_PAYMENT = "SELECT id, reference, payee_organization_id FROM payments WHERE id = %(payment)s FOR UPDATE"
_PAY = """UPDATE payments SET status = 'succeeded', paid_at = now(), payment_intent = %(intent)s
WHERE id = %(payment)s"""
_END = "UPDATE payments SET status = 'expired' WHERE id = %(payment)s"
_ENTRY = """WITH entry AS (
  INSERT INTO ledger_entries (id, kind, key, order_id, payment_id, currency, occurred_at)
  VALUES (%(entry)s, %(kind)s, %(key)s, %(order)s, %(payment)s, 'EUR', now()) RETURNING id)
INSERT INTO ledger_lines (entry_id, position, account, amount_cents)
SELECT entry.id, line.position, line.account, line.cents
FROM entry, unnest(%(accounts)s::text[], %(amounts)s::bigint[]) WITH ORDINALITY AS line (account, cents, position)"""
_LOCK_ORDER = "SELECT session_id FROM orders WHERE id = %(order)s FOR UPDATE"
_LOCK_SESSION = "SELECT capacity FROM sessions WHERE id = %(session)s FOR UPDATE"
_SEATS = "UPDATE enrollments SET status = %(seat)s, confirmed_at = now() WHERE order_id = %(order)s"
_SESSION = "UPDATE sessions SET seats_taken = seats_taken WHERE id = %(session)s"
_ORDER = "UPDATE orders SET status = %(status)s, confirmed_at = now() WHERE id = %(order)s"
_EFFECT = "UPDATE webhook_events SET effect = %(effect)s, reference = %(order)s WHERE id = %(event)s"
_JOB = """SELECT unnest(procrastinate_defer_jobs_v1(ARRAY[ROW('benchmark', 'benchmark.nothing', 0, NULL, NULL,
  %(job)s::jsonb, now() + interval '9 days')]::procrastinate_job_to_defer_v1[]))"""
_REMOVE = (
    "SET LOCAL session_replication_role = replica",
    "DELETE FROM ledger_lines WHERE entry_id IN (SELECT id FROM ledger_entries WHERE payment_id = ANY (%(ids)s))",
    "DELETE FROM ledger_entries WHERE payment_id = ANY (%(ids)s)",
    "DELETE FROM invoices WHERE payment_id = ANY (%(ids)s)",
    "DELETE FROM webhook_events WHERE id = ANY (%(events)s)",
    "DELETE FROM outgoing_emails WHERE to_address LIKE '%%@' || %(domain)s",
    "DELETE FROM procrastinate_jobs WHERE task_name = 'benchmark.nothing' AND status = 'todo'",
)
_SALE = (("BUYER", 30000), ("SELLER", -27500), ("COMMISSION", -2083), ("COMMISSION_VAT", -417))
_CHARGE = (("GATEWAY", 27500), ("GATEWAY", 2500), ("BUYER", -30000))
Pool = AsyncConnectionPool[AsyncConnection[Any]]


def sell(stack: Stack, place: Market, count: int) -> list[UUID]:
    """Place so many orders, one seat each, and return their payments."""
    payments: list[UUID] = []
    until = datetime.now(UTC) + timedelta(minutes=30)
    with psycopg.connect(stack.database_url, options="-c app.scope=system") as connection:
        for number in range(count):
            order, payment, person = new_id(), new_id(), new_id()
            session = place.sessions[number % _SESSIONS]
            values = {
                "order": order, "payment": payment, "person": person, "enrollment": new_id(),
                "buyer": place.buyers[number % len(place.buyers)], "session": session, "session_text": str(session),
                "school": place.school, "company": place.company, "course": place.course,
                "email": f"{person.hex}@{MAIL_DOMAIN}", "until": until, "job": json.dumps({"order_id": str(order)}),
            }  # fmt: skip
            for statement in bare_orders.ORDER_STATEMENTS:
                connection.execute(statement, values)
            payments.append(payment)
    return payments


async def drive(url: str, events: list[dict[str, Any]], connections: int) -> float:
    """Apply the events by so many hands at once, and return how many seconds it took."""
    waiting = list(events)
    options = {"options": "-c app.scope=system"}
    size = bare_orders.CONNECTIONS
    async with Pool(url, kwargs=options, min_size=size, max_size=size, open=False) as pool:
        await pool.wait()

        async def hand() -> None:
            while waiting:
                await _apply(pool, waiting.pop())

        began = time.perf_counter()
        await all_of(hand, connections)
        return time.perf_counter() - began


async def all_of(work: Callable[[], Awaitable[None]], count: int) -> None:
    """Do something so many times at once."""
    await asyncio.gather(*(work() for _ in range(count)))


async def _apply(pool: Pool, event: dict[str, Any]) -> None:
    about = event["data"]["object"]
    values: dict[str, Any] = {
        "event": event["id"], "type": event["type"], "payload": json.dumps(event),
        "payment": about.get("client_reference_id"), "intent": about.get("payment_intent"),
    }  # fmt: skip
    async with pool.connection() as connection:
        if not await (await connection.execute(_EVENT, values)).fetchone() or values["payment"] is None:
            return
        _, order, _ = await (await connection.execute(_PAYMENT, values)).fetchone() or (None, None, None)
        values["order"] = order
        if about["payment_status"] == "paid":
            await connection.execute(_PAY, values)
            await _post(connection, values, "charge", _CHARGE)
            await _finish(connection, values, "CONFIRMED", "paid")
            await _post(connection, values, "sale", _SALE)
            for _ in range(3):
                await connection.execute(_JOB, {"job": json.dumps({"order_id": str(order)})})
        elif event["type"].endswith("expired"):
            await connection.execute(_END, values)
            await _finish(connection, values, "EXPIRED", "expired")
        await connection.execute(_EFFECT, values | {"effect": "paid"})


async def _finish(connection: AsyncConnection[Any], values: dict[str, Any], status: str, effect: str) -> None:
    row = await (await connection.execute(_LOCK_ORDER, values)).fetchone()
    values |= {"session": row[0] if row else None, "status": status, "effect": effect}
    values["seat"] = "CONFIRMED" if status == "CONFIRMED" else "CANCELLED"
    for statement in (_LOCK_SESSION, _SEATS, _SESSION, _ORDER):
        await connection.execute(statement, values)


async def _post(
    connection: AsyncConnection[Any], values: dict[str, Any], kind: str, lines: tuple[tuple[str, int], ...]
) -> None:
    key = f"{kind}:{values['payment']}:bare"
    accounts, amounts = [account for account, _ in lines], [cents for _, cents in lines]
    entry = {"entry": new_id(), "kind": kind, "key": key, "accounts": accounts, "amounts": amounts}
    await connection.execute(_ENTRY, values | entry)


def remove(stack: Stack, payments: list[UUID]) -> None:
    """Remove what the events left, as far as the market does not."""
    events = [f"evt_{mark}{payment.hex}" for payment in payments for mark in ("", "i")]
    with psycopg.connect(stack.superuser_url) as connection:
        for statement in _REMOVE:
            connection.execute(statement, {"ids": payments, "events": events, "domain": MAIL_DOMAIN}, prepare=False)
