"""Anchoring through kills between every two steps, a database restored from a backup, and an outage of the chain."""

import contextlib
import dataclasses
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import event, make_url, select, text

from pygmalion_app import bootstrap
from pygmalion_app.certificates import anchoring, batches, merkle
from pygmalion_app.certificates.models import CertificateBatch, ChainOperation, OperationStatus
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.config import Settings
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.ports import ChainAnchor
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests import servers
from tests.cast import Cast, seed
from tests.certificates.many import add_certificates
from tests.certificates.simulated_chain import CrashError, SimulatedChain
from tests.clock import MovableClock

STALE = timedelta(seconds=30)
NEVER = 10**9
ENOUGH = 20


class Steps:
    """Counts the boundaries between steps, and kills the process at one of them."""

    def __init__(self, deadly: int = NEVER) -> None:
        self.deadly = deadly
        self.passed = 0

    def step(self, *_arguments: Any) -> None:
        """Go on, or die."""
        self.passed += 1
        if self.passed == self.deadly:
            raise CrashError


class MortalChain:
    """The chain as a process reaches it that may die before each call (and so after the one before)."""

    def __init__(self, chain: ChainAnchor, steps: Steps) -> None:
        self._chain = chain
        self._steps = steps
        self.name = chain.name

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        async def call(*positional: Any, **named: Any) -> Any:
            self._steps.step()
            return await getattr(self._chain, name)(*positional, **named)

        return call


@contextlib.asynccontextmanager
async def process(settings: Settings, clock: MovableClock, chain: SimulatedChain) -> AsyncGenerator[Container]:
    """Run a process of its own on a chain."""
    played: Any = chain
    built = bootstrap.build(settings, clock=clock, change=lambda ports: dataclasses.replace(ports, chain=played))
    async with bootstrap.running(built) as parts:
        yield parts


async def anchor_all(parts: Container, chain: SimulatedChain, clock: MovableClock) -> None:
    """Do what the jobs do until nothing is left, the network making blocks meanwhile."""
    for _ in range(60):
        under_way = await anchoring.advance(parts, STALE)
        if await anchoring.seal(parts) is None and not under_way:
            return
        chain.mine()
        clock.move(seconds=12)
    pytest.fail("anchoring never came to rest")


async def assert_everything_is_anchored_once(parts: Container, chain: SimulatedChain, *, transactions: int) -> None:
    """No certificate is lost, none is in two batches, every proof leads to a root that the contract holds."""
    held = chain.roots(final=True)
    async with unit_of_work(SYSTEM, parts) as uow:
        operations = (await uow.session.execute(select(ChainOperation))).scalars().all()
        found = {batch.id: batch for batch in (await uow.session.execute(select(CertificateBatch))).scalars()}
        rows = await uow.sql("SELECT batch_id, token_id, commitment, proof FROM certificates")
    assert {operation.status for operation in operations} == {OperationStatus.FINAL}
    assert {operation.batch_id for operation in operations} == set(found) <= set(held)
    assert {number: (one.root, one.count) for number, one in found.items()} == {
        number: (one.root, one.count) for number, one in held.items() if number in found
    }
    for row in rows:
        leaf = merkle.leaf(row["token_id"], row["commitment"])
        assert merkle.root_from(leaf, row["proof"]) == held[row["batch_id"]].root
    assert len({row["token_id"] for row in rows}) == len(rows) == sum(one.count for one in found.values())
    assert sum(len(block.transactions) for block in chain.blocks) == transactions


@pytest.fixture
async def people(settings: Settings, clock: MovableClock) -> Cast:
    """Return the cast, added by a process that is gone since."""
    async with process(settings, clock, SimulatedChain(0)) as parts:
        return await seed(parts)


async def test_killed_between_every_two_steps(settings: Settings, clock: MovableClock, people: Cast) -> None:
    chain = SimulatedChain(11)
    chain.finality = 1
    steps, deadly = Steps(), 0
    async with process(settings, clock, chain) as parts:
        event.listen(parts.engine.sync_engine, "commit", lambda _connection: steps.step())
        for deadly in count(1):
            await add_certificates(parts, people, 2, mark=f"kill{deadly}")
            steps = Steps(deadly)
            mortal: Any = MortalChain(chain, steps)
            life = dataclasses.replace(parts, ports=dataclasses.replace(parts.ports, chain=mortal))
            try:
                await anchor_all(life, chain, clock)
            except CrashError:
                # What the process had is gone with it; the next one has the database and the chain.
                steps = Steps()
                await parts.engine.dispose()
                await anchor_all(parts, chain, clock)
            else:
                steps = Steps()
                break
        await assert_everything_is_anchored_once(parts, chain, transactions=deadly)
    # Each call to the chain and each commit: fewer would mean that the kills missed something.
    assert deadly > ENOUGH


def _copy_database(source: str, target: str) -> None:
    """Make a database a copy of another; nobody may be connected to either."""
    server = servers.test_server()
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(target)))
        create = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY")
        admin.execute(create.format(*(sql.Identifier(name) for name in (target, servers.OWNER, source))))


@pytest.fixture
def backup(settings: Settings) -> Iterator[tuple[Callable[[], None], Callable[[], None]]]:
    """Return what takes a backup of the whole database, and what restores it."""
    name = str(make_url(settings.database_url.get_secret_value()).database)
    kept = f"{name}_backup"
    yield lambda: _copy_database(name, kept), lambda: _copy_database(kept, name)
    server = servers.test_server()
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(kept)))


async def test_a_database_restored_from_an_hour_ago(
    settings: Settings,
    clock: MovableClock,
    people: Cast,
    backup: tuple[Callable[[], None], Callable[[], None]],
) -> None:
    chain = SimulatedChain(12)
    take, restore = backup
    async with process(settings, clock, chain) as parts:
        await add_certificates(parts, people, 3, mark="before")
        await anchor_all(parts, chain, clock)
        await add_certificates(parts, people, 4, mark="sealed")
        async with unit_of_work(SYSTEM, parts) as uow:
            assert await batches.seal(uow) == 2
    take()
    async with process(settings, clock, chain) as parts:
        # The hour that will be forgotten: what was sealed is anchored, and so are two more batches.
        for mark in ("sent", "lost", "gone"):
            await anchor_all(parts, chain, clock)
            await add_certificates(parts, people, 5, mark=mark)
        await anchor_all(parts, chain, clock)
        assert set(chain.roots(final=True)) == {1, 2, 3, 4, 5}
        clock.move(hours=1)
    restore()
    async with process(settings, clock, chain) as parts:
        await add_certificates(parts, people, 6, mark="after")
        await anchor_all(parts, chain, clock)
        # Batch 2 is adopted without a transaction; the new one, numbered 3 again, takes the first free number.
        await assert_everything_is_anchored_once(parts, chain, transactions=6)
        async with unit_of_work(SYSTEM, parts) as uow:
            rows = await uow.sql(
                "SELECT b.id, b.renumbered_from, o.transaction_hash IS NOT NULL AS known FROM certificate_batches b"
                " JOIN chain_operations o ON o.batch_id = b.id ORDER BY b.id"
            )
        assert [(row["id"], row["renumbered_from"]) for row in rows] == [(1, None), (2, None), (6, 3)]
        assert all(row["known"] for row in rows)


async def test_ten_thousand_certificates_while_the_chain_is_down_go_in_one_transaction(
    settings: Settings, clock: MovableClock, people: Cast
) -> None:
    chain = SimulatedChain(13)
    chain.trouble = 1.0
    chain.deadly = False
    async with process(settings, clock, chain) as parts:
        for part in range(4):
            await add_certificates(parts, people, 2_500, mark=f"part{part}")
            with pytest.raises(UnavailableError):
                await anchoring.seal(parts)
            with pytest.raises(UnavailableError):
                await anchoring.advance(parts, STALE)
            clock.move(minutes=15)
        chain.trouble = 0.0
        await anchor_all(parts, chain, clock)
        await assert_everything_is_anchored_once(parts, chain, transactions=1)
        assert chain.roots(final=True)[1].count == batches.MAX_BATCH


async def test_what_gathers_while_a_batch_waits_to_be_sent_shares_the_next(
    settings: Settings, clock: MovableClock, people: Cast
) -> None:
    chain = SimulatedChain(14)
    async with process(settings, clock, chain) as parts:
        await add_certificates(parts, people, 1, mark="first")
        assert await anchoring.seal(parts) == 1
        for mark in ("second", "third"):
            await add_certificates(parts, people, 1, mark=mark)
            assert await anchoring.seal(parts) is None
        await anchoring.advance(parts, STALE)
        assert await anchoring.seal(parts) == 2
        await anchor_all(parts, chain, clock)
        await assert_everything_is_anchored_once(parts, chain, transactions=2)
        assert chain.roots(final=True)[2].count == 2


async def test_another_root_under_a_number_we_signed_is_an_alarm_and_the_certificates_go_elsewhere(
    settings: Settings, clock: MovableClock, people: Cast
) -> None:
    chain = SimulatedChain(15)
    async with process(settings, clock, chain) as parts:
        await add_certificates(parts, people, 3)
        await anchoring.seal(parts)
        await anchoring.advance(parts, STALE)
        chain.forget_pool()
        chain.foreign_anchoring(1)
        chain.mine()
        await anchor_all(parts, chain, clock)
        async with unit_of_work(SYSTEM, parts) as uow:
            rows = await uow.sql("SELECT batch_id, status FROM chain_operations ORDER BY batch_id")
            told = await uow.sql("SELECT count(*) AS mails FROM outgoing_emails")
            placed = await uow.sql("SELECT DISTINCT batch_id FROM certificates")
        assert [(row["batch_id"], row["status"]) for row in rows] == [(1, "CONFLICT"), (2, "FINAL")]
        assert placed == [{"batch_id": 2}]
        assert told[0]["mails"] == await _administrators(parts)


async def _administrators(parts: Container) -> int:
    async with unit_of_work(SYSTEM, parts) as uow:
        return (await uow.session.execute(text("SELECT count(*) FROM users WHERE is_platform_admin"))).scalar_one()
