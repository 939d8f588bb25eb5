"""Compliance at its size: 20,000 people computed anew, dashboards and the matrix read, a change followed live."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import uvloop

from pygmalion_app import bootstrap
from pygmalion_app.accounts.authentication import SESSION_COOKIE
from pygmalion_app.accounts.sessions import open_browser_session
from pygmalion_app.accounts.tokens import create_access_token
from pygmalion_app.core import collector
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.demo import large_compliance
from tests.benchmarks.live_clients import ROOT, Client, Page
from tests.benchmarks.load import percentile
from tests.benchmarks.reads import Reads, Work, cpu_seconds
from tests.benchmarks.stack import Stack
from tests.benchmarks.subjects import settings_of
from tests.benchmarks.tables import Goal, Table

_RECOMPUTE_SECONDS = 30
_FIRST_MS, _BUSY_MS, _LIVE_MS = 200, 500, 1000
_CLIENTS = (1, 50)
_ROUNDS = 10
_LONGEST_SECONDS = 10.0
_LATE_SECONDS = 2.0

_COMPANIES = "(SELECT id FROM organizations WHERE slug = 'grande-escale' OR slug LIKE 'locataire-%')"
# The same rows once more, keyed as they are, with no rule judged and no reference checked.
_BARE = (
    "CREATE TEMPORARY TABLE bare (LIKE compliance_statuses INCLUDING DEFAULTS INCLUDING INDEXES) ON COMMIT DROP",
    f"INSERT INTO bare SELECT * FROM compliance_statuses WHERE organization_id IN {_COMPANIES}",
)
_EXEMPT = """
INSERT INTO exemptions (id, organization_id, user_id, requirement_key, reason)
SELECT gen_random_uuid(), c.organization_id, c.user_id, c.requirement_key, 'benchmark'
FROM compliance_statuses c JOIN users u ON u.id = c.user_id JOIN organizations o ON o.id = c.organization_id
WHERE o.slug = 'grande-escale' ORDER BY lower(u.last_name), lower(u.first_name), u.id, c.requirement_key LIMIT 1
ON CONFLICT DO NOTHING
"""
_CHANGES = (_EXEMPT, "DELETE FROM exemptions WHERE reason = 'benchmark'")


def recompute(stack: Stack, seconds: float) -> list[Table]:
    """Compute everybody's statuses: from nothing, and where nothing has changed."""
    del seconds
    table = Table(
        "recompute",
        "All statuses of 61 companies computed and written, one process",
        ("work", "people", "statuses", "seconds", "CPU s here", "CPU s database"),
        ["bare limit = the same rows copied into an empty table with the same indexes, by one INSERT"],
    )
    with _owner(stack) as connection:
        people = _one(connection, f"SELECT count(*) FROM positions WHERE organization_id IN {_COMPANIES}")
        connection.execute(f"DELETE FROM compliance_statuses WHERE organization_id IN {_COMPANIES}")
    for name in ("from nothing", "nothing changed"):
        spent, own, database = asyncio.run(_timed(stack, large_compliance.compute))
        with _owner(stack) as connection:
            rows = _one(connection, f"SELECT count(*) FROM compliance_statuses WHERE organization_id IN {_COMPANIES}")
        goals = [Goal("seconds", spent, at_most=_RECOMPUTE_SECONDS)]
        table.add(name, people, rows, spent, own, database, goals=goals)
    copied = 0
    before, began = cpu_seconds(stack.parts()["postgres"]), time.perf_counter()
    with _owner(stack) as connection:
        for statement in _BARE:
            copied = connection.execute(statement).rowcount
    spent = time.perf_counter() - began
    table.add("bare limit", people, copied, spent, 0.0, cpu_seconds(stack.parts()["postgres"]) - before)
    return [table]


async def _timed(stack: Stack, act: Callable[[Container], Coroutine[Any, Any, int]]) -> tuple[float, float, float]:
    async with bootstrap.running(bootstrap.build(settings_of(stack))) as parts:
        # As worker.py does.
        collector.resume(collector.WORKING)
        own, database = time.process_time(), cpu_seconds(stack.parts()["postgres"])
        began = time.perf_counter()
        await act(parts)
        spent = time.perf_counter() - began
        return spent, time.process_time() - own, cpu_seconds(stack.parts()["postgres"]) - database


def dashboards(stack: Stack, seconds: float) -> list[Table]:
    """Read the dashboards of a manager of 2,000 people and of an airport with 60 tenants."""
    company, airport, token = _boss(stack)
    works = (
        _work("manager", f"/dashboard/manager?organizationId={company}", token),
        _work("airport", f"/dashboard/airport?organizationId={airport}", token),
    )
    title = "Dashboards' data: a company of 2,000 people, an airport of 60 tenants"
    return [Reads(stack, seconds).measure("dashboards", title, works, at=_CLIENTS)]


def matrix(stack: Stack, seconds: float) -> list[Table]:
    """Read pages of the matrix of 2,000 people and 40 requirements."""
    company, _, token = _boss(stack)
    base = f"/compliance/matrix?organizationId={company}"
    works = (
        _work("first page, 60 people", f"{base}&limit=60", token),
        _work("a page in the middle", f"{base}&limit=60&offset=1000", token),
        _work("expired only", f"{base}&limit=60&status=expired", token),
        _work("500 people", f"{base}&limit=500", token, goals=False),
    )
    title = "The matrix of 2,000 people and 40 requirements"
    return [Reads(stack, seconds).measure("matrix", title, works, at=_CLIENTS)]


def _work(name: str, path: str, token: str, *, goals: bool = True) -> Work:
    bounds = ((1, _FIRST_MS), (50, _BUSY_MS)) if goals else ()
    return Work(name, [f"/api/v1{path}"], p95=bounds, token=token)


def live(stack: Stack, seconds: float) -> list[Table]:
    """Change a status, and wait for the open matrices of its company."""
    del seconds
    table = Table(
        "matrix-live",
        f"A status changes: from the commit to the open matrices, {_ROUNDS} times",
        ("open", "first ms", "p50 ms", "p95 ms", "last ms, worst", "not told"),
        [
            "an exemption is granted and ended in turn; a job computes the status, gathering changes for 200 ms",
            "bare limit = the database's own word of the change (NOTIFY after the job's commit)",
        ],
    )
    table.add("bare limit", *_figures(asyncio.run(_heard(stack)), 1))
    company, _, _ = _boss(stack)
    cookie = asyncio.run(_cookie(stack))
    for count in _CLIENTS:
        figures = _figures(uvloop.run(_watched(stack, count, company, cookie)), count)
        goals = [Goal("not told", figures[4], at_most=0)]
        if count == 1:
            goals.append(Goal("last ms", figures[3], at_most=_LIVE_MS))
        table.add(count, *figures, goals=goals)
    return [table]


async def _heard(stack: Stack) -> list[list[float]]:
    rounds: list[list[float]] = []
    listening = await psycopg.AsyncConnection.connect(stack.owner_url, autocommit=True)
    async with listening:
        await listening.execute("LISTEN compliance")
        for number in range(_ROUNDS):
            committed = await asyncio.to_thread(_change, stack, number)
            heard = [time.perf_counter() async for _ in listening.notifies(timeout=_LONGEST_SECONDS, stop_after=1)]
            rounds.append([(moment - committed) * 1000 for moment in heard])
    return rounds


class _Watching(Client):
    """A matrix left open: told to read again, it does, as the page's own script would."""

    async def _hear(self, message: str, now: float) -> None:
        await super()._hear(message, now)
        if f'"name":"{_REFRESH}"' in message.replace('": "', '":"'):
            await self._send(self._event(_REFRESH, {}))


_STATE = f"{ROOT}.pygmalion_app___ui___compliance___matrix_state____matrix_state"
_REFRESH = f"{_STATE}.refresh"
_ROWS = '"rows_rx_state_"'


async def _watched(stack: Stack, count: int, company: UUID, cookie: str) -> list[list[float]]:
    heard: list[float] = []

    def listen(message: str, now: float) -> None:
        if _ROWS in message:
            heard.append(now)

    page = Page(stack.port, f"/fr/team/matrix?id={company}", "", _ROWS, cookie=cookie)
    clients = [_Watching(page, listen) for _ in range(count)]
    await asyncio.gather(*(client.open() for client in clients))
    rounds: list[list[float]] = []
    for number in range(_ROUNDS):
        await asyncio.sleep(_LATE_SECONDS)
        heard.clear()
        committed = await asyncio.to_thread(_change, stack, number)
        deadline = committed + _LONGEST_SECONDS
        while len(heard) < count and time.perf_counter() < deadline:  # noqa: ASYNC110 - the listener only counts
            await asyncio.sleep(0.005)
        rounds.append(sorted((moment - committed) * 1000 for moment in heard[:count]))
    await asyncio.gather(*(client.close() for client in clients))
    return rounds


def _change(stack: Stack, number: int) -> float:
    """Grant or end an exemption of the first person in the matrix; return the moment of the commit."""
    with _owner(stack) as connection:
        connection.execute(_CHANGES[number % 2])
        connection.commit()
        return time.perf_counter()


def _figures(rounds: list[list[float]], count: int) -> list[float]:
    every = sorted(moment for one in rounds for moment in one) or [float("nan")]
    missing = count * len(rounds) - sum(map(len, rounds))
    return [every[0], percentile(every, 0.5), percentile(every, 0.95), every[-1], missing]


def _owner(stack: Stack) -> psycopg.Connection[Any]:
    return psycopg.connect(stack.owner_url, options="-c app.scope=system")


def _one(connection: psycopg.Connection[Any], query: str) -> Any:
    row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def _boss(stack: Stack) -> tuple[UUID, UUID, str]:
    """Return the company, the airport, and a token of whoever manages both."""
    with _owner(stack) as connection:
        company, airport = (
            _one(connection, f"SELECT id FROM organizations WHERE slug = '{slug}'")
            for slug in (large_compliance.COMPANY, large_compliance.AIRPORT)
        )
        return company, airport, create_access_token(settings_of(stack), _user(connection), datetime.now(UTC))


def _user(connection: psycopg.Connection[Any]) -> UUID:
    return _one(
        connection,
        f"""SELECT m.user_id FROM organization_members m JOIN organizations o ON o.id = m.organization_id
        WHERE o.slug = '{large_compliance.AIRPORT}' AND m.role = 'airport_manager'""",
    )


async def _cookie(stack: Stack) -> str:
    with _owner(stack) as connection:
        company = _one(connection, f"SELECT id FROM organizations WHERE slug = '{large_compliance.COMPANY}'")
        boss = _one(
            connection,
            f"""SELECT user_id FROM organization_members WHERE organization_id = '{company}' AND role = 'manager'""",
        )
    async with bootstrap.running(bootstrap.build(settings_of(stack))) as parts, unit_of_work(SYSTEM, parts) as uow:
        return f"{SESSION_COOKIE}={await open_browser_session(uow, boss)}"
