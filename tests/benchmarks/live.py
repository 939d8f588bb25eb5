"""Live pages: clients on the catalogue who search every five seconds."""

import asyncio
import random
import time
from dataclasses import astuple, dataclass, replace
from statistics import median

import psutil
import uvloop
from websockets.exceptions import ConnectionClosed

from tests.benchmarks.live_clients import ROOT, Client, Page, closed, each, opened
from tests.benchmarks.load import percentile
from tests.benchmarks.memory import MEGABYTE
from tests.benchmarks.stack import Stack, bytes_of, serving
from tests.benchmarks.tables import Goal, Table
from tests.benchmarks.visitors import typed

CLIENTS = (1000, 3000)
THINK_SECONDS = 5.0
BARE = "tests.benchmarks.bare_page"
WORST_RATIO = 1.3
TURNS = 3


@dataclass(frozen=True, slots=True)
class Live:
    """Event times in milliseconds, and the server process's memory and CPU."""

    per_second: float
    p50: float
    p95: float
    p99: float
    lost: int
    opened_in: float
    megabytes: float
    cpu: float


def catalogue(port: int) -> Page:
    """Return the product's catalogue page."""
    state = f"{ROOT}.pygmalion_app___ui___catalog___state____catalog_state"
    return Page(port, "/fr/formations", f"{state}.search", '"rows_rx_state_"', addressed=True)


def bare(port: int) -> Page:
    """Return the bare page."""
    state = f"{ROOT}.__main______bare_state"
    return Page(port, "/", f"{state}.search", '"rows_rx_state_"')


def searching(stack: Stack, seconds: float) -> list[Table]:
    """Measure the catalogue beside the bare page, at 1,000 and 3,000 clients."""
    table = Table(
        "live",
        "Live catalogue, every client searches every 5 s",
        (
            "page",
            "clients",
            "events/s",
            "p50 ms",
            "p95 ms",
            "p99 ms",
            "p95 of bare",
            "lost",
            "all open after s",
            "MB",
            "CPU %",
        ),
        [
            "bare = a minimal Reflex page with the same queries (search and facets) in a server with the same settings",
            "an event's time: from sending it to the results",
            f"one after the other, {TURNS} times, since the machine's own speed drifts; the middle figure of each",
        ],
    )
    # At least two rounds of every client.
    seconds = max(seconds, 2 * THINK_SECONDS)
    for clients in CLIENTS:
        limits: list[Live] = []
        all_got: list[Live] = []
        for _ in range(TURNS):
            with serving(stack, BARE, stack.port + 2, "/ping") as process:
                limits.append(uvloop.run(_measure(bare(stack.port + 2), psutil.Process(process), clients, seconds)))
            all_got.append(uvloop.run(_measure(catalogue(stack.port), stack.web(), clients, seconds)))
        limit, got = _middle(limits), _middle(all_got)
        _add(table, "bare page", clients, limit, limit)
        _add(table, "catalogue", clients, got, limit)
    return [table]


def _middle(turns: list[Live]) -> Live:
    """Return the median of each figure; of the clients that were lost, all."""
    middle = Live(*(median(figures) for figures in zip(*map(astuple, turns), strict=True)))
    return replace(middle, lost=sum(turn.lost for turn in turns))


def _add(table: Table, name: str, clients: int, got: Live, limit: Live) -> None:
    goals = [] if got is limit else [
        Goal(f"{what} of bare", value, at_most=WORST_RATIO)
        for what, value in (("p50", got.p50 / limit.p50), ("p95", got.p95 / limit.p95), ("p99", got.p99 / limit.p99))
    ]  # fmt: skip
    cells = (
        got.per_second,
        got.p50,
        got.p95,
        got.p99,
        got.p95 / limit.p95,
        got.lost,
        got.opened_in,
        got.megabytes,
        got.cpu,
    )
    table.add(name, clients, *cells, goals=goals)


async def _measure(page: Page, server: psutil.Process, count: int, seconds: float) -> Live:
    began = time.perf_counter()
    clients = await opened(page, count)
    opened_in = time.perf_counter() - began
    times: list[float] = []
    lost = 0
    texts = typed()
    chance = random.Random(count)
    starts = [chance.random() * THINK_SECONDS for _ in clients]
    began = time.perf_counter()
    # The first round warms up and does not count.
    counted_from, until = began + THINK_SECONDS, began + THINK_SECONDS + seconds

    async def visit(client: Client, number: int) -> None:
        nonlocal lost
        await asyncio.sleep(starts[number])
        at = number
        while (now := time.perf_counter()) < until:
            at += 1
            try:
                spent = await client.search(texts[at % len(texts)])
            except (TimeoutError, ConnectionClosed):
                lost += 1
                return
            if now >= counted_from:
                times.append(spent * 1000)
            await asyncio.sleep(max(0.0, THINK_SECONDS - spent))

    acting = asyncio.create_task(each(clients, visit))
    await asyncio.sleep(counted_from - time.perf_counter())
    before = server.cpu_times()
    await asyncio.sleep(until - time.perf_counter())
    after = server.cpu_times()
    megabytes = bytes_of([server]) / MEGABYTE
    await acting
    await closed(clients)
    times.sort()
    cpu = 100 * (after.user + after.system - before.user - before.system) / seconds
    p50, p95, p99 = (percentile(times, share) for share in (0.5, 0.95, 0.99))
    return Live(len(times) / seconds, p50, p95, p99, lost, opened_in, megabytes, cpu)
