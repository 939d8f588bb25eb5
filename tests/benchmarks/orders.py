"""Orders through the API: over 20 sessions, on one, and a rush for the last seats."""

import asyncio
import time
from collections import Counter
from uuid import UUID, uuid4

import httpx
import psycopg
import uvloop

from pygmalion_app import bootstrap
from pygmalion_app.api.app import create_api
from tests.benchmarks import bare_orders
from tests.benchmarks.http import Answer, Connection, request_bytes
from tests.benchmarks.load import Load, percentile
from tests.benchmarks.market import BUYERS, LAST_SEATS, MAIL_DOMAIN, Market, market
from tests.benchmarks.stack import Stack
from tests.benchmarks.subjects import settings_of
from tests.benchmarks.tables import Goal, Table
from tests.statements import counted_statements

PRETIX_PER_SECOND = 18
MOST_STATEMENTS = 12
ROUNDS = 5


def _order(session: UUID, token: str) -> bytes:
    """Return a request that enrols one new person."""
    person = {"email": f"{uuid4().hex}@{MAIL_DOMAIN}", "firstName": "Alix", "lastName": "Martin"}
    body = {"sessionId": str(session), "payer": "company", "paymentMethod": "card", "participants": [person]}
    return request_bytes("POST", "/api/v1/enrollments", body, Authorization=f"Bearer {token}")


def orders(stack: Stack, seconds: float) -> list[Table]:
    """Measure 200 buyers who order one seat after another."""
    table = Table(
        "orders",
        f"Enrolments created, {BUYERS} buyers, one new participant an order",
        ("work", "orders/s", "p50 ms", "p95 ms", "of bare", "statements", "failed"),
        [
            "bare = the same rows under the same lock in plain psycopg, no HTTP; sessions of 200 seats in turn",
            "the product also authenticates, checks and answers the order; payment by the embedded test-mode gateway",
        ],
    )
    for name, width in (("over 20 sessions", 20), ("on one session", 1)):
        with market(stack) as place:
            bare = uvloop.run(bare_orders.drive(stack.database_url, place, width, seconds))
        with market(stack) as place:
            statements = asyncio.run(_statements(stack, place)) if width > 1 else None
            got, failures = uvloop.run(_drive(stack.port, place, width, seconds))
        table.add(f"bare, {name}", bare.per_second, bare.p50, bare.p95, 1.0, len(bare_orders.ORDER_STATEMENTS) + 2, 0)
        ratio = got.per_second / bare.per_second
        goals = [Goal("of bare", ratio, at_least=1 / 3)]
        goals += [Goal("orders/s", got.per_second, at_least=10 * PRETIX_PER_SECOND)] if width > 1 else []
        goals += [Goal("statements", statements, at_most=MOST_STATEMENTS)] if statements else []
        table.add(name, got.per_second, got.p50, got.p95, ratio, statements, got.failed, goals=goals)
        if failures:
            table.notes.append(f"{name}, refused: {dict(failures)}")
    return [table]


async def _drive(port: int, place: Market, width: int, seconds: float) -> tuple[Load, Counter[str]]:
    times: list[float] = []
    failures: Counter[str] = Counter()
    asked = 0
    connections = [await Connection.open(port) for _ in place.tokens]
    began = time.perf_counter()

    async def buyer(connection: Connection, token: str) -> None:
        nonlocal asked
        while (sent := time.perf_counter()) < began + seconds:
            session = bare_orders.session_for(place.sessions, asked, width)
            asked += 1
            answer = await connection.send(_order(session, token))
            if answer.status == 201:
                times.append((time.perf_counter() - sent) * 1000)
            else:
                failures[_code(answer)] += 1

    async with asyncio.TaskGroup() as together:
        for connection, token in zip(connections, place.tokens, strict=True):
            together.create_task(buyer(connection, token))
    spent = time.perf_counter() - began
    for connection in connections:
        connection.close()
    times.sort()
    load = Load(
        len(times) / spent,
        percentile(times, 0.5),
        percentile(times, 0.95),
        percentile(times, 0.99),
        failures.total(),
        len(times),
    )
    return load, failures


def _code(answer: Answer) -> str:
    try:
        return f"{answer.status} {answer.json().get('code', '')}"
    except ValueError:
        return str(answer.status)


async def _statements(stack: Stack, place: Market) -> int:
    """Return how many SQL statements one order takes, authentication and settings and all, where psycopg sends them."""
    settings = settings_of(stack)
    headers = {"Authorization": f"Bearer {place.tokens[0]}"}
    async with bootstrap.running(bootstrap.build(settings)):
        transport = httpx.ASGITransport(app=create_api(bootstrap.development_routers(settings)))
        async with httpx.AsyncClient(transport=transport, base_url="http://benchmark") as client:
            for warm in (True, False):
                with counted_statements() as sent:
                    person = {"email": f"{uuid4().hex}@{MAIL_DOMAIN}", "firstName": "Alix", "lastName": "Martin"}
                    body = {"sessionId": str(place.sessions[0]), "payer": "company", "participants": [person]}
                    answer = await client.post("/api/v1/enrollments", json=body, headers=headers)
                answer.raise_for_status()
                if not warm:
                    # A gateway elsewhere keeps its checkout itself; the embedded one does so here, in two.
                    (own,) = [place for place, query in enumerate(sent) if "testmode_checkouts" in query]
                    return len([*sent[: own - 1], *sent[own + 1 :]])
    raise AssertionError


def last_seats(stack: Stack, seconds: float) -> list[Table]:
    """Measure a rush of 200 buyers for the last 5 seats, several times."""
    del seconds
    table = Table(
        "last-seats",
        f"{BUYERS} buyers at the same moment for the last {LAST_SEATS} seats",
        ("round", "sold", "counted in the database", "seconds", "other answers"),
    )
    with market(stack, LAST_SEATS, ROUNDS) as place:
        for number, session in enumerate(place.sessions, 1):
            answers, spent = uvloop.run(_rush(stack.port, session, place.tokens))
            sold = answers.pop("201 ", 0)
            held = _held(stack, session)
            goals = [
                Goal("sold", max(sold, held), at_least=LAST_SEATS, at_most=LAST_SEATS),
                Goal("seconds", spent, at_most=1),
            ]
            others = ", ".join(f"{count} x {code}" for code, count in answers.most_common())
            table.add(number, sold, held, spent, others, goals=goals)
    return [table]


async def _rush(port: int, session: UUID, tokens: list[str]) -> tuple[Counter[str], float]:
    connections = [await Connection.open(port) for _ in tokens]
    requests = [_order(session, token) for token in tokens]
    began = time.perf_counter()
    pairs = zip(connections, requests, strict=True)
    answers = await asyncio.gather(*(connection.send(request) for connection, request in pairs))
    spent = time.perf_counter() - began
    for connection in connections:
        connection.close()
    return Counter("201 " if answer.status == 201 else _code(answer) for answer in answers), spent


def _held(stack: Stack, session: UUID) -> int:
    with psycopg.connect(stack.owner_url, options="-c app.scope=system") as connection:
        query = "SELECT count(*) FROM enrollments WHERE session_id = %s AND status <> 'CANCELLED'"
        row = connection.execute(query, (session,)).fetchone()
    return row[0] if row else 0
