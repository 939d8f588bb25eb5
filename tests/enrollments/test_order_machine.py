"""Whatever buyers, banks, gateway, clock and crashes do, in any order: seats are never oversold, money never lost.

A step is one thing that happens (`machine.deeds`). After each, everything that must hold is looked up
(`machine.checks`); at the end of each example, whatever still waits must come to its end by jobs and deadlines alone.

Each run plays other histories. One that fails tells its seed and itself: `ORDER_MACHINE_SEED=<seed>` plays the same
ones again, and makes the failing one as short as it gets.
"""

import asyncio
import os
import random
from dataclasses import replace
from functools import partial

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import seed as begin_with
from hypothesis import settings as examples
from hypothesis import strategies as st
from psycopg import sql
from sqlalchemy import make_url

from pygmalion_app import bootstrap
from pygmalion_app.core.config import Settings
from tests import servers
from tests.clock import MovableClock
from tests.enrollments.machine.checks import final_violations, violations
from tests.enrollments.machine.deeds import DEEDS, ELSEWHERE
from tests.enrollments.machine.gateway import PlayedGateway
from tests.enrollments.machine.kill import Axe
from tests.enrollments.machine.world import World, make_world
from tests.ledger import imbalance

STEPS = 5_000
"""Of each of the two tests."""
SEED = "ORDER_MACHINE_SEED"
LENGTH = 110
"""Of a history; as many of them are played as make the steps."""
_SMALL = st.integers(0, 11)
# The first is what a failing history is made shorter with.
_NAMES = st.sampled_from(["rest", *(name for name, (_, often) in DEEDS.items() for _ in range(often))])
HISTORIES = st.lists(st.tuples(_NAMES, _SMALL, _SMALL, _SMALL), min_size=LENGTH, max_size=LENGTH)


def _be_quick(settings: Settings) -> None:
    """Have the database plan each statement once: here it runs some two hundred thousand of a few hundred kinds."""
    url = make_url(settings.database_url.get_secret_value())
    with psycopg.connect(servers.test_server().url("postgres", str(url.database)), autocommit=True) as owner:
        change = sql.SQL("ALTER DATABASE {} SET plan_cache_mode = force_generic_plan")
        owner.execute(change.format(sql.Identifier(str(url.database))))


async def play(world: World, history: list[tuple[str, int, int, int]]) -> None:
    """Let a history happen."""
    await world.begin()
    happened: list[tuple[str, int, int, int]] = []
    for name, a, b, c in history:
        if name == "rest":
            continue
        happened.append((name, a, b, c))
        await DEEDS[name][0](world, a, b, c)
        world.steps += 1
        if name not in ELSEWHERE:
            assert violations(world) == [], happened
    await world.end()
    assert final_violations(world) == [], happened
    assert imbalance(world.database) == [], happened
    world.failed = False


@pytest.mark.timeout(900)
@pytest.mark.parametrize("half", [pytest.param(n, marks=pytest.mark.xdist_group(f"machine-{n}")) for n in (1, 2)])
def test_seats_and_money_hold_whatever_happens(settings: Settings, half: int) -> None:
    replayed = os.environ.get(SEED)
    seed = int(replayed or random.SystemRandom().randrange(10**9))
    print(f"{SEED}={seed}, half {half}")
    _be_quick(settings)
    clock, axe = MovableClock(), Axe()
    gateway = PlayedGateway(clock, axe)
    container = bootstrap.build(settings, clock=clock, change=partial(replace, payments=gateway, merchants=gateway))
    with asyncio.Runner() as runner, axe.over_database():
        running = bootstrap.running(container)
        runner.run(running.__aenter__())
        world = runner.run(make_world(container, clock, gateway, axe))

        @begin_with(seed + half)
        @examples(
            # Far more than are played: how often a history rests is chance.
            max_examples=3 * STEPS // LENGTH,
            deadline=None,
            database=None,
            # Making a history shorter plays it a hundred times: for whoever looks for its reason.
            phases=(Phase.generate, Phase.shrink) if replayed else (Phase.generate,),
            suppress_health_check=list(HealthCheck),  # pyright: ignore[reportArgumentType] - the enumeration itself
        )
        @given(HISTORIES)
        def any_history(history: list[tuple[str, int, int, int]]) -> None:
            if world.steps < STEPS or world.failed or replayed:
                runner.run(play(world, history))

        any_history()
        runner.run(running.__aexit__(None, None, None))
        world.database.close()
    assert world.steps >= STEPS, half
    assert axe.fallen > 50
