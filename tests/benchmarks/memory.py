"""Memory of all processes of an idle installation, shared pages counted once."""

import time

from tests.benchmarks.stack import Stack, bytes_of
from tests.benchmarks.tables import Goal, Table

SETTLE_SECONDS = 15
MEGABYTE = 1_000_000


def idle(stack: Stack, seconds: float) -> list[Table]:
    """Measure after a few quiet seconds."""
    del seconds
    time.sleep(SETTLE_SECONDS)
    table = Table("memory", "Memory when idle, large data loaded (PSS)", ("part", "processes", "MB"))
    total = 0.0
    for name, processes in stack.parts().items():
        megabytes = bytes_of(processes) / MEGABYTE
        total += megabytes
        table.add(name, len(processes), megabytes)
    table.add("all", None, total, goals=[Goal("MB", total, at_most=700)])
    return [table]
