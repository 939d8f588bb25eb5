"""The load generator for reads: wrk where it is installed (a fifth of the cost), else our own client."""

import asyncio
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import uvloop

from tests.benchmarks.http import Connection, request_bytes

SCRIPT = Path(__file__).with_name("paths.lua")
WARM_UP_SECONDS = 0.7


@dataclass(frozen=True, slots=True)
class Load:
    """What a run of many requests gave; times in milliseconds."""

    per_second: float
    p50: float
    p95: float
    p99: float
    failed: int
    count: int


def generator() -> str:
    """Return the name of the generator that `measure` uses."""
    return (
        "wrk, one thread"
        if shutil.which("wrk")
        else "asyncio client (wrk is not installed: bare limits come out too low)"
    )


def measure(port: int, paths: Sequence[str], clients: int, seconds: float, **headers: str) -> Load:
    """Request the paths in turn with so many clients at once."""
    run = _wrk if shutil.which("wrk") else _own
    return run(port, paths, clients, seconds, headers)


def warm_up(port: int, paths: Sequence[str], clients: int, **headers: str) -> None:
    """Let connections, plans and caches come to be before it counts."""
    measure(port, paths, clients, WARM_UP_SECONDS, **headers)


def percentile(sorted_values: Sequence[float], share: float) -> float:
    """Return the value below which this share of the values lies."""
    return (
        sorted_values[min(len(sorted_values) - 1, int(len(sorted_values) * share))] if sorted_values else float("nan")
    )


def _wrk(port: int, paths: Sequence[str], clients: int, seconds: float, headers: dict[str, str]) -> Load:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(paths) + "\n")
        file.flush()
        # wrk knows whole seconds only.
        command = ["wrk", "-t1", f"-c{clients}", f"-d{max(1, round(seconds))}s", "--timeout", "30s", "-s", str(SCRIPT)]
        command += [part for name, value in headers.items() for part in ("-H", f"{name.replace('_', '-')}: {value}")]
        start = str(random.randrange(len(paths)))
        done = subprocess.run(
            [*command, f"http://127.0.0.1:{port}", "--", file.name, start], check=True, capture_output=True, text=True
        )
    line = next(line for line in done.stdout.splitlines() if line.startswith("RESULT"))
    count, micros, failed, p50, p95, p99 = map(int, line.split()[1:])
    return Load(count / (micros / 1e6), p50 / 1000, p95 / 1000, p99 / 1000, failed, count)


def _own(port: int, paths: Sequence[str], clients: int, seconds: float, headers: dict[str, str]) -> Load:
    requests = [request_bytes("GET", path, None, **headers) for path in paths]
    return uvloop.run(_drive(port, requests, clients, seconds))


async def _drive(port: int, requests: Sequence[bytes], clients: int, seconds: float) -> Load:
    times: list[float] = []
    failed = 0
    until = time.perf_counter() + seconds

    async def client(at: int) -> None:
        nonlocal failed
        connection = await Connection.open(port)
        while (began := time.perf_counter()) < until:
            at = (at + 1) % len(requests)
            answer = await connection.send(requests[at])
            times.append((time.perf_counter() - began) * 1000)
            failed += answer.status >= 400
        connection.close()

    began = time.perf_counter()
    async with asyncio.TaskGroup() as together:
        for number in range(clients):
            together.create_task(client(number * 7919 % len(requests)))
    spent = time.perf_counter() - began
    times.sort()
    return Load(
        len(times) / spent, percentile(times, 0.5), percentile(times, 0.95), percentile(times, 0.99), failed, len(times)
    )
