"""Anchoring over several nodes that time out, lie, refuse what they took, lag, or are on another chain."""

import contextlib
import dataclasses
from collections.abc import AsyncGenerator, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from pygmalion_app import bootstrap
from pygmalion_app.adapters.chain.evm import EvmChain
from pygmalion_app.certificates import anchoring
from pygmalion_app.certificates.models import (
    CertificateBatch,
    ChainOperation,
    ChainTransaction,
    OperationKind,
    OperationStatus,
    Trouble,
)
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.config import Settings
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.ports import NodeState
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.certificates.played_network import BASE_FEE, CHAIN_ID, HONEST, TIP, Network, Node, decode, receipt
from tests.clock import MovableClock

STALE = timedelta(seconds=30)
Started = Callable[[EvmChain], contextlib.AbstractAsyncContextManager[Container]]
FINAL, MINED, SIGNED, SEALED = (
    OperationStatus.FINAL,
    OperationStatus.MINED,
    OperationStatus.SIGNED,
    OperationStatus.SEALED,
)


@pytest.fixture
def started(settings: Settings, clock: MovableClock) -> Started:
    """Return what starts a process on a chain."""

    @contextlib.asynccontextmanager
    async def start(chain: EvmChain) -> AsyncGenerator[Container]:
        built = bootstrap.build(settings, clock=clock, change=lambda ports: dataclasses.replace(ports, chain=chain))
        async with bootstrap.running(built) as parts:
            yield parts
        await chain.aclose()

    return start


async def add_batch(parts: Container, batch_id: int = 1) -> None:
    """Add a sealed batch."""
    async with unit_of_work(SYSTEM, parts) as uow:
        root = bytes([batch_id]) * 32
        uow.session.add(CertificateBatch(id=batch_id, root=root, count=3, sealed_at=uow.clock.now()))
        await uow.session.flush()
        uow.session.add(ChainOperation(kind=OperationKind.ANCHOR, batch_id=batch_id, created_at=uow.clock.now()))


async def operations(parts: Container) -> list[ChainOperation]:
    """Return the queue."""
    async with unit_of_work(SYSTEM, parts) as uow:
        return list((await uow.session.execute(select(ChainOperation).order_by(col(ChainOperation.id)))).scalars())


async def status(parts: Container) -> str:
    """Return the only operation's state."""
    (operation,) = await operations(parts)
    return operation.status


async def settle(parts: Container, network: Network, clock: MovableClock, sweeps: int = 30) -> None:
    """Let time pass and blocks come until the queue rests, or for so many sweeps."""
    for _ in range(sweeps):
        with contextlib.suppress(UnavailableError):
            if not await anchoring.advance(parts, STALE):
                return
        network.mine()
        clock.move(seconds=12)


def assert_anchored_once(network: Network, *batches: int) -> None:
    """None lost, none doubled."""
    assert [sent.batch for sent in network.transactions()] == list(batches)
    assert {batch: sent.root for batch, sent in network.anchorings(network.blocks).items()} == {
        batch: int.from_bytes(bytes([batch]) * 32, "big") for batch in batches
    }


async def test_a_silent_node_is_passed_over_and_then_left_alone(started: Started, clock: MovableClock) -> None:
    network = Network("one", "two", "three")
    network.nodes["one"].silent = True
    async with started(network.chain()) as parts:
        await add_batch(parts)
        await settle(parts, network, clock)
        assert await status(parts) == FINAL
    assert_anchored_once(network, 1)
    # Each silence would cost ten seconds: after one it rests.
    assert len(network.nodes["one"].calls) <= 2


async def test_of_two_nodes_one_silent_nothing_becomes_final_until_it_is_back(
    started: Started, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = Network("one", "two")
    network.nodes["two"].silent = True
    async with started(network.chain()) as parts:
        await add_batch(parts)
        await settle(parts, network, clock, sweeps=5)
        assert await status(parts) == MINED
        network.nodes["two"].silent = False
        later = anchoring_time(monkeypatch)
        later(120)
        await settle(parts, network, clock)
        assert await status(parts) == FINAL
    assert_anchored_once(network, 1)


async def test_with_every_node_silent_nothing_happens_and_nothing_is_lost(
    started: Started, clock: MovableClock
) -> None:
    network = Network("one", "two")
    async with started(network.chain()) as parts:
        await add_batch(parts)
        for node in network.nodes.values():
            node.silent = True
        with pytest.raises(UnavailableError):
            await anchoring.advance(parts, STALE)
        assert await status(parts) == SEALED
        for node in network.nodes.values():
            node.silent = False
        await settle(parts, network, clock)
        assert await status(parts) == FINAL
    assert_anchored_once(network, 1)


def invented_receipt(_node: Node, method: str, params: list[Any]) -> Any:
    """Say that every transaction was mined."""
    return receipt(params[0], 1, "0x" + "ee" * 32) if method == "eth_getTransactionReceipt" else HONEST


def everything_is_held(node: Node, method: str, params: list[Any]) -> Any:
    """Say that the contract holds whatever is asked for: it was told when the transaction came."""
    if method == "eth_sendRawTransaction":
        node.told.append(decode(params[0]))
    if method == "eth_call":
        for sent in node.told:
            if sent.batch == int(params[0]["data"][10:], 16):
                return "0x" + f"{sent.root:064x}{sent.count:064x}{1:064x}"
    return invented_receipt(node, method, params)


def nothing_is_held(_node: Node, method: str, _params: list[Any]) -> Any:
    """Deny every receipt and every batch."""
    return {"eth_getTransactionReceipt": None, "eth_call": "0x" + "00" * 96}.get(method, HONEST)


def something_else_is_held(_node: Node, method: str, _params: list[Any]) -> Any:
    """Say that another root stands under every number."""
    return "0x" + "77" * 32 + f"{9:064x}{1:064x}" if method == "eth_call" else HONEST


LIES = [invented_receipt, everything_is_held, nothing_is_held, something_else_is_held]


@pytest.mark.parametrize("lie", LIES)
async def test_of_two_nodes_a_liar_decides_nothing(
    started: Started, clock: MovableClock, lie: Callable[[Node, str, list[Any]], Any]
) -> None:
    network = Network("liar", "honest")
    network.nodes["liar"].lie = lie
    network.jammed = lie in {invented_receipt, everything_is_held}
    async with started(network.chain()) as parts:
        await add_batch(parts)
        await settle(parts, network, clock, sweeps=6)
        assert await status(parts) in {SEALED, SIGNED, MINED}
        network.nodes["liar"].lie = None
        network.jammed = False
        await settle(parts, network, clock)
        assert await status(parts) == FINAL
    assert set(network.anchorings(network.blocks)) == {1}
    assert network.anchorings(network.blocks)[1].root == int.from_bytes(b"\x01" * 32, "big")


@pytest.mark.parametrize(("lie", "place"), [(lie, (number % 2) * 2) for number, lie in enumerate(LIES)])
async def test_of_three_nodes_a_liar_changes_nothing(
    started: Started, clock: MovableClock, lie: Callable[[Node, str, list[Any]], Any], place: int
) -> None:
    names = ["honest", "sincere"]
    names.insert(place, "liar")
    network = Network(*names)
    async with started(network.chain()) as parts:
        network.nodes["liar"].lie = lie
        await add_batch(parts)
        await settle(parts, network, clock)
        assert await status(parts) == FINAL
        # A final one stays so, whatever the liar says.
        await anchoring.advance(parts, STALE)
        assert await status(parts) == FINAL
    assert_anchored_once(network, 1)


async def test_a_liar_that_is_the_only_one_to_answer_makes_nothing_final(started: Started, clock: MovableClock) -> None:
    network = Network("liar", "honest")
    network.nodes["liar"].lie = everything_is_held
    network.nodes["honest"].silent = network.jammed = True
    async with started(network.chain()) as parts:
        await add_batch(parts)
        await settle(parts, network, clock, sweeps=6)
        assert await status(parts) == MINED
        (operation,) = await operations(parts)
        assert operation.trouble == Trouble.DISPUTED


async def test_a_final_batch_is_not_taken_for_lost_on_one_nodes_word(started: Started, clock: MovableClock) -> None:
    network = Network("liar", "honest")
    async with started(network.chain()) as parts:
        await add_batch(parts)
        await settle(parts, network, clock)
        network.nodes["liar"].lie = nothing_is_held
        await settle(parts, network, clock)
        network.nodes["honest"].silent = True
        await settle(parts, network, clock, sweeps=3)
        assert await status(parts) == FINAL


async def test_a_node_on_another_chain_is_never_asked(started: Started, clock: MovableClock) -> None:
    network = Network("other", "one", "two")
    network.nodes["other"].chain_id = 1
    network.nodes["other"].lie = nothing_is_held
    async with started(network.chain()) as parts:
        await add_batch(parts)
        await settle(parts, network, clock)
        assert await status(parts) == FINAL
        seen = await parts.ports.chain.overview()
    assert [node.state for node in seen.nodes] == [NodeState.OTHER_CHAIN, NodeState.WELL, NodeState.WELL]
    assert seen.network is not None
    assert (seen.network.name, seen.network.currency) == ("Polygon Amoy", "POL")
    assert set(network.nodes["other"].calls) <= {"eth_chainId", "eth_blockNumber", "eth_getBalance"}


async def test_two_nodes_on_different_chains_stop_everything_until_one_is_named(
    started: Started, clock: MovableClock
) -> None:
    network = Network("other", "one")
    network.nodes["other"].chain_id = 1
    async with started(network.chain()) as parts:
        await add_batch(parts)
        with pytest.raises(UnavailableError) as raised:
            await anchoring.advance(parts, STALE)
        assert "CHAIN_ID" in str(raised.value.facts["reason"])
    async with started(network.chain(chain_id=CHAIN_ID)) as parts:
        await settle(parts, network, clock, sweeps=5)
        # The other one counts as one that does not agree.
        assert await status(parts) == MINED


async def test_underpriced_though_it_was_taken(started: Started, clock: MovableClock) -> None:
    network = Network("one", "two")
    for node in network.nodes.values():
        node.says_underpriced = True
    async with started(network.chain()) as parts:
        await add_batch(parts)
        await settle(parts, network, clock)
        assert await status(parts) == FINAL
        async with unit_of_work(SYSTEM, parts) as uow:
            (paid,) = (await uow.session.execute(select(ChainTransaction))).scalars()
    assert_anchored_once(network, 1)
    assert (paid.gas_used, int(paid.gas_price or 0)) == (85_816, BASE_FEE + TIP)


async def test_a_node_that_lags_delays_and_no_more(started: Started, clock: MovableClock) -> None:
    network = Network("late", "one")
    async with started(network.chain()) as parts:
        await add_batch(parts, 1)
        await settle(parts, network, clock)
        network.nodes["late"].sees = 2
        await add_batch(parts, 2)
        await settle(parts, network, clock, sweeps=5)
        assert [operation.status for operation in await operations(parts)] == [FINAL, MINED]
        network.nodes["late"].sees = None
        await settle(parts, network, clock)
        assert [operation.status for operation in await operations(parts)] == [FINAL, FINAL]
    assert_anchored_once(network, 1, 2)


async def test_nodes_restarted_with_an_older_state_get_everything_again(started: Started, clock: MovableClock) -> None:
    network = Network("one", "two")
    async with started(network.chain()) as parts:
        for batch in range(1, 4):
            await add_batch(parts, batch)
            await settle(parts, network, clock)
        network.go_back(5)
        assert set(network.anchorings(network.blocks)) < {1, 2, 3}
        await settle(parts, network, clock)
        assert {operation.status for operation in await operations(parts)} == {FINAL}
    assert sorted(sent.batch for sent in network.transactions()) == [1, 2, 3]


async def test_fees_stop_at_the_limit_and_go_on_when_the_network_calms(started: Started, clock: MovableClock) -> None:
    network = Network("one")
    network.nodes["one"].drops = True
    limit = (2 * BASE_FEE + TIP) * 3 // 2
    async with started(network.chain(max_fee_wei=limit)) as parts:
        await add_batch(parts)
        for _ in range(9):
            await anchoring.advance(parts, STALE)
            clock.move(seconds=60)
        async with unit_of_work(SYSTEM, parts) as uow:
            fees = [int(row) for row in (await uow.session.execute(select(col(ChainTransaction.max_fee)))).scalars()]
        assert 2 <= len(fees) <= 5
        assert max(fees) <= limit
        (operation,) = await operations(parts)
        assert operation.trouble == Trouble.FEE_LIMIT
        network.nodes["one"].drops = False
        await settle(parts, network, clock)
        assert await status(parts) == FINAL
    assert_anchored_once(network, 1)


async def test_nonsense_is_no_answer(started: Started, clock: MovableClock) -> None:
    network = Network("mad", "one", "two")
    network.nodes["mad"].lie = lambda _node, _method, _params: ["nonsense"]
    async with started(network.chain()) as parts:
        await add_batch(parts)
        await settle(parts, network, clock)
        assert await status(parts) == FINAL
    assert_anchored_once(network, 1)


async def test_a_failed_sweep_is_noted_with_its_reason_and_forgotten_when_one_gets_through(
    started: Started, clock: MovableClock
) -> None:
    network = Network("one")
    async with started(network.chain()) as parts:
        network.nodes["one"].silent = True
        for _ in range(2):
            with pytest.raises(UnavailableError):
                await anchoring.advance(parts, STALE)
            clock.move(minutes=1)
        async with unit_of_work(SYSTEM, parts) as uow:
            (watch,) = await uow.sql("SELECT * FROM chain_watches")
        assert watch["failure"] == "ReadTimeout"
        assert watch["failing_since"] == clock.now() - timedelta(minutes=2)
        network.nodes["one"].silent = False
        await anchoring.advance(parts, STALE)
        async with unit_of_work(SYSTEM, parts) as uow:
            (watch,) = await uow.sql("SELECT * FROM chain_watches")
        assert (watch["failing_since"], watch["failure"], watch["swept_at"]) == (None, None, clock.now())


def anchoring_time(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Return what moves the time that nodes rest by."""
    from pygmalion_app.adapters.chain import rpc

    real = rpc.monotonic
    moved = [0.0]
    monkeypatch.setattr(rpc, "monotonic", lambda: real() + moved[0])

    def move(seconds: float) -> None:
        moved[0] += seconds

    return move
