"""The anchoring state machine under crashes, lost answers, re-orgs, foreign transactions and lost chains."""

import contextlib
import dataclasses
from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlmodel import col

from pygmalion_app import bootstrap
from pygmalion_app.certificates import anchoring
from pygmalion_app.certificates.models import (
    CertificateBatch,
    ChainOperation,
    ChainTransaction,
    OperationKind,
    OperationStatus,
)
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.config import Settings
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.certificates.simulated_chain import FINALITY, CrashError, SimulatedChain
from tests.clock import MovableClock

STALE = timedelta(seconds=30)


@contextlib.asynccontextmanager
async def anchored(settings: Settings, clock: MovableClock, chain: SimulatedChain) -> AsyncGenerator[Container]:
    """Run the application's parts on a simulated chain."""
    built = bootstrap.build(settings, clock=clock, change=lambda ports: dataclasses.replace(ports, chain=chain))
    async with bootstrap.running(built) as parts:
        yield parts


async def _add_batch(parts: Container, batch_id: int, root: bytes) -> None:
    async with unit_of_work(SYSTEM, parts) as uow:
        uow.session.add(CertificateBatch(id=batch_id, root=root, count=3, sealed_at=uow.clock.now()))
        await uow.session.flush()
        uow.session.add(ChainOperation(kind=OperationKind.ANCHOR, batch_id=batch_id, created_at=uow.clock.now()))


async def _statuses(parts: Container) -> dict[int | None, str]:
    async with unit_of_work(SYSTEM, parts) as uow:
        rows = await uow.session.execute(select(col(ChainOperation.batch_id), col(ChainOperation.status)))
        return {row[0]: row[1] for row in rows}


async def _settle(parts: Container, chain: SimulatedChain, clock: MovableClock) -> None:
    """Let the network be kind until the queue rests."""
    for _ in range(80):
        if not await anchoring.advance(parts, STALE):
            return
        chain.mine()
        clock.move(seconds=12)
    pytest.fail(f"anchoring never came to rest: {await _statuses(parts)}")


@pytest.mark.parametrize("seed", [0, 108])
async def test_every_batch_ends_final_exactly_as_sealed(settings: Settings, clock: MovableClock, seed: int) -> None:
    chain = SimulatedChain(seed)
    wanted: dict[int, bytes] = {}
    async with anchored(settings, clock, chain) as parts:
        for step in range(60):
            chain.trouble = chain.random.choice([0.0, 0.03, 0.15])
            if step % 6 == 0:
                batch_id = step // 6 + 1
                wanted[batch_id] = chain.random.randbytes(32)
                await _add_batch(parts, batch_id, wanted[batch_id])
            with contextlib.suppress(CrashError, UnavailableError):
                await anchoring.advance(parts, STALE)
            misfortune = chain.random.random()
            if misfortune < 0.12:
                chain.reorg()
            elif misfortune < 0.18:
                chain.forget_pool()
            elif misfortune < 0.24:
                chain.foreign()
            elif misfortune < 0.26:
                chain.wipe()
            elif misfortune < 0.8:
                chain.mine()
            clock.move(seconds=chain.random.choice([1, 5, 40]))
        chain.trouble = 0.0
        await _settle(parts, chain, clock)
        held = chain.roots(final=True)
        assert {batch: call.root for batch, call in held.items()} == wanted
        assert set((await _statuses(parts)).values()) == {OperationStatus.FINAL}
    assert chain.faults > 5


async def test_a_crash_between_storing_and_sending_sends_the_stored_transaction(
    settings: Settings, clock: MovableClock
) -> None:
    chain = SimulatedChain(1)
    async with anchored(settings, clock, chain) as parts:
        await _add_batch(parts, 1, b"\x01" * 32)
        real, chain.broadcast = chain.broadcast, _crash  # type: ignore[method-assign]
        with pytest.raises(CrashError):
            await anchoring.advance(parts, STALE)
        chain.broadcast = real  # type: ignore[method-assign]
        assert await _statuses(parts) == {1: OperationStatus.SIGNED}
        await anchoring.advance(parts, STALE)
        assert len(chain.known) == 1
        assert list(chain.mempool) == [0]


async def _crash(_raw: bytes) -> None:
    raise CrashError


async def test_a_stale_transaction_gets_higher_fees_and_the_same_nonce(settings: Settings, clock: MovableClock) -> None:
    chain = SimulatedChain(2)
    async with anchored(settings, clock, chain) as parts:
        await _add_batch(parts, 1, b"\x01" * 32)
        await anchoring.advance(parts, STALE)
        first = chain.mempool[0]
        clock.move(seconds=30)
        await anchoring.advance(parts, STALE)
        assert (chain.mempool[0].nonce, chain.mempool[0].fee) == (0, first.fee * 1125 // 1000 + 1)
        # The first one may be the one that is mined after all.
        chain.mempool[0] = first
        await _settle(parts, chain, clock)
        assert await _statuses(parts) == {1: OperationStatus.FINAL}


async def test_final_only_when_it_can_no_longer_change(settings: Settings, clock: MovableClock) -> None:
    chain = SimulatedChain(3)
    async with anchored(settings, clock, chain) as parts:
        await _add_batch(parts, 1, b"\x01" * 32)
        await anchoring.advance(parts, STALE)
        chain.mine()
        for _ in range(FINALITY):
            await anchoring.advance(parts, STALE)
            assert await _statuses(parts) == {1: OperationStatus.MINED}
            chain.mine()
        await anchoring.advance(parts, STALE)
        assert await _statuses(parts) == {1: OperationStatus.FINAL}


async def test_a_restored_database_adopts_what_it_forgot_it_had_sent(settings: Settings, clock: MovableClock) -> None:
    chain = SimulatedChain(4)
    async with anchored(settings, clock, chain) as parts:
        await _add_batch(parts, 1, b"\x01" * 32)
        await _settle(parts, chain, clock)
        async with unit_of_work(SYSTEM, parts) as uow:
            await uow.session.execute(delete(ChainTransaction))
            await uow.session.execute(
                update(ChainOperation).values(status=OperationStatus.SEALED, nonce=None, transaction_hash=None)
            )
        signed = len(chain.known)
        await _settle(parts, chain, clock)
        assert await _statuses(parts) == {1: OperationStatus.FINAL}
        assert len(chain.known) == signed


async def test_a_lost_chain_is_given_every_root_again(settings: Settings, clock: MovableClock) -> None:
    chain = SimulatedChain(5)
    async with anchored(settings, clock, chain) as parts:
        for batch in range(1, 6):
            await _add_batch(parts, batch, bytes([batch]) * 32)
            await _settle(parts, chain, clock)
        chain.wipe()
        await _settle(parts, chain, clock)
        assert {batch: call.root for batch, call in chain.roots(final=True).items()} == {
            n: bytes([n]) * 32 for n in range(1, 6)
        }


async def test_another_root_under_our_id_is_a_conflict_and_never_final(settings: Settings, clock: MovableClock) -> None:
    chain = SimulatedChain(6)
    async with anchored(settings, clock, chain) as parts:
        await _add_batch(parts, 1, b"\x01" * 32)
        await anchoring.advance(parts, STALE)
        chain.foreign_anchoring(1)
        chain.mine()
        await _settle(parts, chain, clock)
        assert await _statuses(parts) == {1: OperationStatus.CONFLICT}


async def test_two_workers_never_sweep_at_once(settings: Settings, clock: MovableClock) -> None:
    chain = SimulatedChain(7)
    async with anchored(settings, clock, chain) as parts:
        await _add_batch(parts, 1, b"\x01" * 32)
        async with anchoring._signer_lock(parts) as mine:
            assert mine
            assert await anchoring.advance(parts, STALE) is True
            assert chain.known == {}
        await anchoring.advance(parts, STALE)
        assert len(chain.known) == 1
