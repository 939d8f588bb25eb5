"""The bare limit of orders: the rows that an order makes, under the same lock, in plain psycopg with no HTTP.

The same three transactions as the product: the order under its session's lock, the gateway's checkout, its address.
"""

import asyncio
import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from pygmalion_app.core.ids import new_id, new_token
from tests.benchmarks.load import Load, percentile
from tests.benchmarks.market import MAIL_DOMAIN, SEATS, Market

CONNECTIONS = 20
"""As many as the product's engine opens (10 and an overflow of 10)."""

_PERSON = """INSERT INTO users (id, email, first_name, last_name, locale, status, is_platform_admin)
VALUES (%(person)s, %(email)s, 'A', 'B', 'fr', 'unverified', false)
ON CONFLICT (email) DO UPDATE SET email = users.email RETURNING id"""
_LOCK = "SELECT capacity, seats_taken, price_cents FROM sessions WHERE id = %(session)s FOR UPDATE"
_ORDER = """INSERT INTO orders (id, buyer_user_id, buyer_organization_id, seller_organization_id, session_id, payer,
  payment_method, quantity, unit_price_cents, net_cents, vat_cents, total_cents, currency, vat_regime, refund_tiers,
  status, hold_expires_at)
VALUES (%(order)s, %(buyer)s, %(company)s, %(school)s, %(session)s, 'company', 'card', 1, 25000, 25000, 5000, 30000,
  'EUR', 'standard_20', '[]', 'PENDING', %(until)s)"""
_ENROLLMENT = """INSERT INTO enrollments (id, order_id, session_id, course_id, user_id, status)
VALUES (%(enrollment)s, %(order)s, %(session)s, %(course)s, %(person)s, 'PENDING')"""
_SEAT = "UPDATE sessions SET seats_taken = seats_taken + 1 WHERE id = %(session)s AND seats_taken < capacity"
_TELL = "SELECT pg_notify('seats', %(session_text)s)"
_PAYMENT = """INSERT INTO payments (id, reference, payer_user_id, payer_organization_id, payee_organization_id, mode,
  amount_cents, commission_cents, refunded_cents, currency, description, quantity, status, expires_at)
VALUES (%(payment)s, %(order)s, %(buyer)s, %(company)s, %(school)s, 'payment', 30000, 2500, 0, 'EUR', 'Benchmark', 1,
  'pending', %(until)s)"""
_JOB = """SELECT unnest(procrastinate_defer_jobs_v1(ARRAY[ROW('orders', 'enrollments.expire_order', 0, NULL, NULL,
  %(job)s::jsonb, %(until)s)]::procrastinate_job_to_defer_v1[]))"""
_CHECKOUT = """INSERT INTO testmode_checkouts (id, checkout_id, idempotency_key, request, status, refunds, expires_at)
VALUES (%(id)s, %(checkout)s, %(key)s, %(request)s::jsonb, 'open', '{}', %(until)s)"""
_ADDRESS = "UPDATE payments SET checkout_id = %(checkout)s, checkout_url = %(url)s WHERE id = %(payment)s"
ORDER_STATEMENTS = (_PERSON, _LOCK, _ORDER, _ENROLLMENT, _SEAT, _TELL, _PAYMENT, _JOB)

# Past the row security policies: the bare limit pays for none of them.
_AS_SYSTEM = {"options": "-c app.scope=system"}

Pool = AsyncConnectionPool[AsyncConnection[Any]]


async def drive(url: str, where: Market, width: int, seconds: float) -> Load:
    """Order with 200 buyers at once over `width` sessions at a time; failures would raise."""
    times: list[float] = []
    orders = 0
    until = time.perf_counter() + seconds

    async def buyer(pool: Pool, buyer_id: UUID) -> None:
        nonlocal orders
        while (began := time.perf_counter()) < until:
            session = session_for(where.sessions, orders, width)
            orders += 1
            await _place(pool, where, buyer_id, session)
            times.append((time.perf_counter() - began) * 1000)

    async with Pool(url, kwargs=_AS_SYSTEM, min_size=CONNECTIONS, max_size=CONNECTIONS, open=False) as pool:
        await pool.wait()
        began = time.perf_counter()
        until = began + seconds
        async with asyncio.TaskGroup() as together:
            for buyer_id in where.buyers:
                together.create_task(buyer(pool, buyer_id))
        spent = time.perf_counter() - began
    times.sort()
    return Load(
        len(times) / spent, percentile(times, 0.5), percentile(times, 0.95), percentile(times, 0.99), 0, len(times)
    )


def session_for(sessions: list[UUID], order: int, width: int) -> UUID:
    """Return the session of the n-th order: `width` sessions are sold at a time, until all their seats are gone."""
    return sessions[(order // (SEATS * width) * width + order % width) % len(sessions)]


async def _place(pool: Pool, where: Market, buyer_id: UUID, session: UUID) -> None:
    order, payment, person = new_id(), new_id(), new_id()
    checkout = f"cs_test_{new_token(24)}"
    values: dict[str, Any] = {
        "order": order, "payment": payment, "person": person, "enrollment": new_id(), "buyer": buyer_id,
        "session": session, "session_text": str(session), "school": where.school, "company": where.company,
        "course": where.course, "email": f"{person.hex}@{MAIL_DOMAIN}",
        "until": datetime.now(UTC) + timedelta(minutes=30), "job": json.dumps({"order_id": str(order)}),
    }  # fmt: skip
    async with pool.connection() as connection:
        for statement in ORDER_STATEMENTS:
            await connection.execute(statement, values)
    opened = {
        "id": new_id(), "checkout": checkout, "key": str(payment), "until": values["until"], "payment": payment,
        "request": json.dumps({"reference": str(payment)}), "url": f"http://127.0.0.1/testmode/checkout/{checkout}",
    }  # fmt: skip
    async with pool.connection() as connection:
        await connection.execute(_CHECKOUT, opened)
    async with pool.connection() as connection:
        await connection.execute(_ADDRESS, opened)
