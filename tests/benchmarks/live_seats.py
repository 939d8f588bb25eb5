"""From the commit of a sale to the last of a thousand people who look at that session."""

import asyncio
import re
import time
from uuid import UUID

import psycopg
import uvloop

from tests.benchmarks.live import catalogue
from tests.benchmarks.live_clients import closed, opened
from tests.benchmarks.load import percentile
from tests.benchmarks.stack import Stack
from tests.benchmarks.tables import Table

CLIENTS = (1, 1000)
ROUNDS = 10
QUIET_SECONDS = 0.5
LONGEST_SECONDS = 10.0
_SESSION = re.compile(r'"session_id":\s*"([0-9a-f-]{36})"')


def fan_out(stack: Stack, seconds: float) -> list[Table]:
    """Measure how long a changed count takes to reach everybody."""
    del seconds
    table = Table(
        "live-seats",
        f"A seat is taken: from the commit to the watching clients, {ROUNDS} times",
        ("clients", "first ms", "p50 ms", "p95 ms", "last ms, median", "last ms, worst", "not told"),
        ["changes are gathered for 80 ms on purpose: ten bookings of one checkout are one update"],
    )
    for count in CLIENTS:
        table.add(count, *uvloop.run(_rounds(stack, count)))
    return [table]


async def _rounds(stack: Stack, count: int) -> list[float | int]:
    heard: list[float] = []
    shown: list[UUID] = []
    mark = 'live_seats":{"free'

    def listen(message: str, now: float) -> None:
        if not shown and (found := _SESSION.search(message)):
            shown.append(UUID(found[1]))
        if mark in message:
            heard.append(now)

    clients = await opened(catalogue(stack.port), count, listen)
    if not shown:
        raise RuntimeError("the first page of the catalogue shows no session")
    times: list[list[float]] = []
    for number in range(ROUNDS):
        await asyncio.sleep(QUIET_SECONDS)
        heard.clear()
        committed = await asyncio.to_thread(_sell, stack.owner_url, shown[0], 1 if number % 2 == 0 else -1)
        deadline = committed + LONGEST_SECONDS
        while len(heard) < count and time.perf_counter() < deadline:  # noqa: ASYNC110 - the listener only counts
            await asyncio.sleep(0.005)
        times.append(sorted((moment - committed) * 1000 for moment in heard[:count]))
    await closed(clients)
    return _figures(times, count)


def _sell(url: str, session: UUID, seats: int) -> float:
    """Change the seats taken as a sale does; return the moment of the commit."""
    with psycopg.connect(url, options="-c app.scope=system") as connection:
        connection.execute(
            """UPDATE sessions SET seats_taken = seats_taken + %s, capacity = greatest(capacity, seats_taken + 1)
            WHERE id = %s""",
            (seats, session),
        )
        connection.execute("SELECT pg_notify('seats', %s)", (str(session),))
        connection.commit()
        return time.perf_counter()


def _figures(rounds: list[list[float]], count: int) -> list[float | int]:
    told = [one for one in rounds if one]
    every = sorted(moment for one in told for moment in one)
    last = sorted(one[-1] for one in told)
    missing = count * len(rounds) - len(every)
    return [every[0], percentile(every, 0.5), percentile(every, 0.95), percentile(last, 0.5), last[-1], missing]
