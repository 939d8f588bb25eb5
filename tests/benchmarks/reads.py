"""Public reads: search, pages, seats, verification; requests a second and times at 1, 50 and 200 clients."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tests.benchmarks import load, visitors
from tests.benchmarks.stack import Stack, serving
from tests.benchmarks.subjects import read, verification_tokens
from tests.benchmarks.tables import Goal, Table

COLUMNS = ("work", "clients", "req/s", "p50 ms", "p95 ms", "p99 ms", "of bare", "failed")
CLIENTS = (1, 50, 200)
BARE = "tests.benchmarks.bare"


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


class Reads:
    """Measures works beside the bare limit, alternating, so that both see the same machine."""

    def __init__(self, stack: Stack, seconds: float) -> None:
        self._stack = stack
        self._seconds = seconds
        self._bare_port = stack.port + 1

    def measure(self, name: str, title: str, works: Sequence[Work], *notes: str) -> Table:
        """Return the table of some works."""
        table = Table(name, title, COLUMNS, [*notes, f"bare = one indexed SELECT behind the same server; load by {load.generator()}"])
        bare_paths = [f"/sessions/{one}" for one in read(self._stack).sessions]
        with self._bare(bare_paths[0]):
            for clients in CLIENTS:
                bare = load.measure(self._bare_port, bare_paths, clients, self._seconds)
                table.add("bare limit", clients, bare.per_second, bare.p50, bare.p95, bare.p99, 1.0, bare.failed)
                for work in works:
                    self._add(table, work, clients, bare)
        return table

    @contextmanager
    def _bare(self, path: str) -> Iterator[None]:
        with serving(self._stack, BARE, self._bare_port, path):
            yield

    def _add(self, table: Table, work: Work, clients: int, bare: load.Load) -> None:
        headers = {"Accept_Encoding": "gzip"} if work.gzip else {}
        got = load.measure(self._stack.port, work.paths, clients, self._seconds, **headers)
        ratio = got.per_second / bare.per_second
        goals = [Goal(f"p95 at {at}", got.p95, at_most=bound) for at, bound in work.p95 if at == clients]
        # A goal about throughput is about a busy server.
        if clients > 1 and work.of_bare is not None:
            goals.append(Goal("of bare", ratio, at_least=work.of_bare))
        if clients > 1 and work.per_second is not None:
            goals.append(Goal("req/s", got.per_second, at_least=work.per_second))
        goals.append(Goal("failed", got.failed, at_most=0)) if got.failed else None
        table.add(work.name, clients, got.per_second, got.p50, got.p95, got.p99, ratio, got.failed, goals=goals)


def search(stack: Stack, seconds: float) -> list[Table]:
    """Measure the search of the API."""
    address = "/api/v1/formations/search?"
    works = (
        Work("search, visitors' mix", [address + one for one in visitors.searches()], 0.2, p95=((50, 200), (200, 500))),
        Work("search, never the same twice", [address + one for one in visitors.never_twice()], p95=((50, 200), (200, 500))),
        Work("search, one indexed filter", [address + one for one in visitors.one_filter()], 0.3),
    )
    return [Reads(stack, seconds).measure("search", "Catalogue search, GET /api/v1/formations/search", works)]


def pages(stack: Stack, seconds: float) -> list[Table]:
    """Measure the public pages as their HTML is served."""
    queries = visitors.searches()
    courses = [f"/fr/formations/{slug}" for slug in read(stack).slugs]
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
    paths = [f"/api/v1/formations/{slug}" for slug in read(stack).slugs]
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
