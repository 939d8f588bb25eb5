"""Public reads: search, pages, seats, verification; requests a second and times at 1, 50 and 200 clients."""

import time
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import psutil

from tests.benchmarks import load, visitors
from tests.benchmarks.stack import Stack, serving
from tests.benchmarks.subjects import read, verification_tokens
from tests.benchmarks.tables import Goal, Table

COLUMNS = ("work", "clients", "req/s", "p50 ms", "p95 ms", "p99 ms", "of bare", "CPU ms", "failed")
CLIENTS = (1, 50, 200)
BARE = "tests.benchmarks.bare"
SETTLE_SECONDS = 30
QUICK_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Work:
    """Addresses to request in turn, and what is hoped of them."""

    name: str
    paths: Sequence[str]
    of_bare: float | None = None
    per_second: float | None = None
    p95: tuple[tuple[int, float], ...] = ()
    """At most so many milliseconds at so many clients."""
    gzip: bool = False
    token: str = ""
    """Of whoever asks."""


class Reads:
    """Measures works beside the bare limit, alternating, so that both see the same machine."""

    def __init__(self, stack: Stack, seconds: float) -> None:
        self._stack = stack
        self._seconds = seconds
        self._bare_port = stack.port + 1

    def measure(self, name: str, title: str, works: Sequence[Work], *notes: str, at: Sequence[int] = CLIENTS) -> Table:
        """Return the table of some works, each with so many clients."""
        notes = (
            *notes,
            f"bare = one indexed SELECT behind the same server; load by {load.generator()}",
            "CPU ms = processor time of the server and the database a request, whatever else the machine does",
        )
        table = Table(name, title, COLUMNS, list(notes))
        bare_paths = [f"/sessions/{one}" for one in read(self._stack).sessions]
        with serving(self._stack, BARE, self._bare_port, bare_paths[0]) as bare_process:
            for clients in at:
                bare, cpu = self._run(self._bare_port, psutil.Process(bare_process), bare_paths, clients)
                table.add("bare limit", clients, bare.per_second, bare.p50, bare.p95, bare.p99, 1.0, cpu, bare.failed)
                for work in works:
                    self._add(table, work, clients, bare)
        return table

    def _run(
        self, port: int, server: psutil.Process, paths: Sequence[str], clients: int, **headers: str
    ) -> tuple[load.Load, float]:
        load.warm_up(port, paths, clients, **headers)
        database = self._stack.parts()["postgres"]
        before = cpu_seconds([server, *database])
        got = load.measure(port, paths, clients, self._seconds, **headers)
        spent = cpu_seconds([server, *database]) - before
        settle(port, paths[0])
        return got, 1000 * spent / max(1, got.count)

    def _add(self, table: Table, work: Work, clients: int, bare: load.Load) -> None:
        headers = {"Accept_Encoding": "gzip"} if work.gzip else {}
        headers |= {"Authorization": f"Bearer {work.token}"} if work.token else {}
        got, cpu = self._run(self._stack.port, self._stack.web(), work.paths, clients, **headers)
        ratio = got.per_second / bare.per_second
        goals = [Goal(f"p95 at {at}", got.p95, at_most=bound) for at, bound in work.p95 if at == clients]
        # A goal about throughput is about a busy server.
        if clients > 1 and work.of_bare is not None:
            goals.append(Goal("of bare", ratio, at_least=work.of_bare))
        if clients > 1 and work.per_second is not None:
            goals.append(Goal("req/s", got.per_second, at_least=work.per_second))
        if got.failed:
            goals.append(Goal("failed", got.failed, at_most=0))
        table.add(work.name, clients, got.per_second, got.p50, got.p95, got.p99, ratio, cpu, got.failed, goals=goals)


def cpu_seconds(processes: Sequence[psutil.Process]) -> float:
    """Return the processor time that processes have used; one that has ended counts as nothing."""
    total = 0.0
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system
    return total


def settle(port: int, path: str) -> None:
    """Wait until a server has worked off what clients left behind when they hung up."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < deadline:
        began = time.monotonic()
        with suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=SETTLE_SECONDS).close()
        if time.monotonic() - began < QUICK_SECONDS:
            return


def search(stack: Stack, seconds: float) -> list[Table]:
    """Measure the search of the API."""
    address = "/api/v1/formations/search?"
    works = (
        Work("search, visitors' mix", [address + one for one in visitors.searches()], 0.2, p95=((50, 200), (200, 500))),
        Work(
            "search, never the same twice",
            [address + one for one in visitors.never_twice()],
            p95=((50, 200), (200, 500)),
        ),
        Work("search, one indexed filter", [address + one for one in visitors.one_filter()], 0.3),
    )
    return [Reads(stack, seconds).measure("search", "Catalogue search, GET /api/v1/formations/search", works)]


def pages(stack: Stack, seconds: float) -> list[Table]:
    """Measure the public pages as their HTML is served."""
    queries = visitors.searches()
    courses = [f"/fr/formations/{slug}" for slug in visitors.by_popularity(read(stack).slugs)]
    catalogue = [f"/fr/formations?{query}" for query in queries]
    works = (
        Work("home page", ["/fr", "/en"]),
        Work("catalogue page, no filter", ["/fr/formations"], per_second=1000),
        Work("catalogue page, visitors' mix", catalogue, per_second=1000),
        Work("catalogue page, mix, gzip", catalogue, gzip=True),
        Work("course page", courses, per_second=1500),
        Work("course page, gzip", courses, gzip=True),
    )
    return [Reads(stack, seconds).measure("pages", "Public pages (server's HTML)", works)]


def course(stack: Stack, seconds: float) -> list[Table]:
    """Measure the course page's data over the API."""
    paths = [f"/api/v1/formations/{slug}" for slug in visitors.by_popularity(read(stack).slugs)]
    works = (Work("course page data", paths, per_second=1500),)
    return [Reads(stack, seconds).measure("course", "Course page data, GET /api/v1/formations/{idOrSlug}", works)]


def seats(stack: Stack, seconds: float) -> list[Table]:
    """Measure the free seats of a session."""
    paths = [f"/api/v1/sessions/{one}" for one in read(stack).sessions]
    works = (Work("session with its free seats", paths, 0.4),)
    return [Reads(stack, seconds).measure("seats", "Seats of a session, GET /api/v1/sessions/{id}", works)]


def verification(stack: Stack, seconds: float) -> list[Table]:
    """Measure public verification of anchored certificates."""
    tokens = verification_tokens(stack)
    works = (
        Work("verification, API", [f"/api/v1/certificates/verify/{token}" for token in tokens], 0.5),
        Work("verification, page", [f"/verify/{token}" for token in tokens]),
        Work("verification, page, gzip", [f"/verify/{token}" for token in tokens], gzip=True),
    )
    note = f"{len(tokens)} anchored certificates; each answer recomputes the Merkle proof"
    return [Reads(stack, seconds).measure("verify", "Public verification", works, note)]
