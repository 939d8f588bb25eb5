"""`python -m tests.benchmarks [NAME ...] [--seconds S]`: measures the running product beside bare limits.

Starts the product as `make run` does (in PYGMALION_HOME/benchmarks/installation, on PORT, default 3150), loads the
large demo data once, prints a table a measurement, and writes them to PYGMALION_HOME/benchmarks as Markdown and JSON.
Figures drift with the machine; ratios within one run hold. Nothing here is a test that can fail.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Callable

from pygmalion_app.launch.paths import Home
from tests.benchmarks import tables
from tests.benchmarks.stack import Stack, running

Measurement = Callable[[Stack, float], list[tables.Table]]

# Name, module, function, what it measures; in the order in which all of them run.
MEASUREMENTS = {
    "memory": ("memory", "idle", "memory of all processes when nobody comes"),
    "search": ("reads", "search", "catalogue search over the API"),
    "pages": ("reads", "pages", "home, catalogue and course page, the server's HTML"),
    "course": ("reads", "course", "course page data over the API"),
    "seats": ("reads", "seats", "a session with its free seats"),
    "verify": ("reads", "verification", "public verification, API and page"),
    "anchoring": ("anchoring", "anchoring", "10,000 certificates that wait: transactions, gas, time until final"),
    "certificates": ("certificates", "certificates", "certificates issued in bulk, beside typst and pyHanko alone"),
    "orders": ("orders", "orders", "enrolments over 20 sessions and on one"),
    "webhooks": ("webhooks", "webhooks", "1,000 of the gateway's events in a burst"),
    "last-seats": ("orders", "last_seats", "200 buyers for the last 5 seats"),
    "live": ("live", "searching", "1,000 and 3,000 live clients searching every 5 s"),
    "live-seats": ("live_seats", "fan_out", "from a sale's commit to the last of 1,000 watching clients"),
    "recompute": ("compliance", "recompute", "statuses of 20,000 people computed and written, beside a copy of them"),
    "dashboards": ("compliance", "dashboards", "a manager's and an airport's dashboard over the API"),
    "matrix": ("compliance", "matrix", "pages of the matrix of 2,000 people and 40 requirements"),
    "matrix-live": ("compliance", "live", "from a change's commit to the open matrices"),
    "bundle": ("browser", "bundle", "bytes and time to a usable catalogue in Chromium"),
}
# The same of what needs no running product.
APART: dict[str, tuple[str, str, str]] = {
    "plan": ("plan", "plan", "a team's plan by hand and by CP-SAT: cost, unmet, first answer, gap at 60 s"),
}
ALONE = {"start": "seconds of the first and second `make run` in a fresh clone (minutes; only when named)"}


def main() -> int:
    """Measure what the arguments name."""
    names = "\n".join(f"  {name:<12}{told}" for name, (_, _, told) in (MEASUREMENTS | APART).items())
    names += "".join(f"\n  {name:<12}{told}" for name, told in ALONE.items())
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description=__doc__,
        epilog=f"names (all but `start` when none is given):\n{names}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[*MEASUREMENTS, *APART, *ALONE, []])
    parser.add_argument("--seconds", type=float, default=5.0, help="of each measured load (default 5)")
    arguments = parser.parse_args()
    own = Home.from_environment().root / "benchmarks"
    port = int(os.environ.get("PORT", "3150"))
    context = f"{tables.machine()}; server, database and load generator share them; {arguments.seconds:g} s a load"
    print(context, flush=True)
    measured: list[tables.Table] = []
    try:
        _measure(
            arguments.names or [*APART, *MEASUREMENTS], arguments.seconds, Home(own / "installation"), port, measured
        )
    finally:
        if measured:
            print(f"\nwritten to {tables.write(measured, own, context)}")
    return 0


def _measure(names: list[str], seconds: float, home: Home, port: int, measured: list[tables.Table]) -> None:
    if "start" in names:
        from tests.benchmarks.start import first_and_second

        _show(first_and_second(home.root.parent, port), measured)
    for name, (module, function, _) in APART.items():
        if name in names:
            print(f"\n… {name}", flush=True)
            alone: Callable[[float], list[tables.Table]]
            alone = getattr(importlib.import_module(f"tests.benchmarks.{module}"), function)
            _show(alone(seconds), measured)
    wanted = [name for name in MEASUREMENTS if name in names]
    if not wanted:
        return
    with running(home, port) as stack:
        for name in wanted:
            module, function, _ = MEASUREMENTS[name]
            measure: Measurement = getattr(importlib.import_module(f"tests.benchmarks.{module}"), function)
            print(f"\n… {name}", flush=True)
            _show(measure(stack, seconds), measured)


def _show(found: list[tables.Table], measured: list[tables.Table]) -> None:
    for table in found:
        print(table.text(), flush=True)
    measured += found


if __name__ == "__main__":
    sys.exit(main())
