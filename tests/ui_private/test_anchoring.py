"""What administrators see of anchoring: the queue, the chain's health, and why something does not move."""

import dataclasses
from collections.abc import AsyncIterator
from typing import Any

import pytest

from pygmalion_app import bootstrap
from pygmalion_app.certificates import anchoring, chain_watch
from pygmalion_app.core.config import Settings
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.unit_of_work import Container
from pygmalion_app.ui.anchoring.state import AnchoringState
from tests.cast import Cast
from tests.certificates.many import add_certificates
from tests.certificates.played_network import Network, signer_address
from tests.clock import MovableClock
from tests.ui_private.conftest import Open


@pytest.fixture
def network() -> Network:
    """Return a chain with three nodes, on Polygon's test network."""
    return Network("one", "two", "three")


@pytest.fixture
async def container(settings: Settings, clock: MovableClock, network: Network) -> AsyncIterator[Container]:
    """Run the application's parts on it."""
    chain = network.chain()
    built = bootstrap.build(settings, clock=clock, change=lambda ports: dataclasses.replace(ports, chain=chain))
    async with bootstrap.running(built) as parts:
        yield parts
    await chain.aclose()


async def _anchor(parts: Container, network: Network, clock: MovableClock) -> None:
    await anchoring.seal(parts)
    while await anchoring.advance(parts):
        network.mine()
        clock.move(seconds=5)


async def _opened(open_as: Open[Any], address: str, cast: Cast) -> AnchoringState:
    state = await open_as(AnchoringState, address, cast.ada)
    await AnchoringState.load.fn(state)  # pyright: ignore[reportAttributeAccessIssue]
    await AnchoringState.look.fn(state)  # pyright: ignore[reportAttributeAccessIssue]
    return state


async def test_a_final_batch_with_its_cost_and_links(
    container: Container, cast: Cast, clock: MovableClock, network: Network, open_as: Open[Any]
) -> None:
    await add_certificates(container, cast, 1_000)
    await _anchor(container, network, clock)
    state = await _opened(open_as, "/en/admin/anchoring", cast)
    (row,) = state.rows
    assert (row.what, row.note) == ("Batch 1", "1,000 certificates")
    assert (row.state, row.tone, row.trouble) == ("Final", "ok", "")
    assert row.cost == "0.00472 POL"
    assert row.transaction_href == f"https://amoy.polygonscan.com/tx/{row.transaction_full}"
    assert row.age.startswith("In ")
    assert [figure.value for figure in state.figures] == ["1,000", "0", "0", "0.00472 POL", "86"]
    assert (state.signer, state.balance, state.low) == (signer_address(), "5 POL", "")
    assert state.signer_href.endswith(signer_address())
    assert [node.tone for node in state.nodes] == ["ok", "ok", "ok"]
    assert (state.conflicts, state.silence, state.unreachable) == ("", "", False)


async def test_a_chain_that_is_down_a_low_balance_and_a_stranger_node_are_said_in_words(
    container: Container, cast: Cast, clock: MovableClock, network: Network, open_as: Open[Any]
) -> None:
    network.balance = 3 * 10**17
    network.nodes["three"].chain_id = 1
    state = await _opened(open_as, "/fr/admin/anchoring", cast)
    assert "1 POL" in state.low
    assert [node.tone for node in state.nodes] == ["ok", "ok", "bad"]
    for node in network.nodes.values():
        node.silent = True
    with pytest.raises(UnavailableError):
        await anchoring.advance(container)
    state = await _opened(open_as, "/fr/admin/anchoring", cast)
    assert state.silence.startswith("L'ancrage est arrêté depuis")
    assert state.unreachable
    assert [node.state for node in state.nodes] == ["Ne répond pas"] * 3
    assert (state.balance, state.low) == ("Inconnu", "")
    for node in network.nodes.values():
        node.silent = False
    await chain_watch.look_at_balance(container)
    for node in network.nodes.values():
        node.silent = True
    state = await _opened(open_as, "/fr/admin/anchoring", cast)
    assert state.balance.startswith("0,3, vu le ")
    assert "1" in state.low
    # Nothing anchored yet is said as such, not shown as an empty table.
    assert state.rows == []


async def test_the_list_narrows_and_turns(
    container: Container, cast: Cast, clock: MovableClock, network: Network, open_as: Open[Any]
) -> None:
    for number in range(27):
        await add_certificates(container, cast, 1, mark=f"m{number}")
        await anchoring.seal(container)
        await anchoring.advance(container)
        network.mine()
    state = await _opened(open_as, "/en/admin/anchoring", cast)
    assert (len(state.rows), state.pages) == (25, 2)
    await AnchoringState.turn.fn(state, 2)  # pyright: ignore[reportAttributeAccessIssue]
    assert [row.what for row in state.rows] == ["Batch 2", "Batch 1"]
    await AnchoringState.choose.fn(state, "CONFLICT")  # pyright: ignore[reportAttributeAccessIssue]
    assert (state.rows, state.page, state.count) == ([], 1, "No calls")
    await AnchoringState.choose.fn(state, "'; DROP TABLE")  # pyright: ignore[reportAttributeAccessIssue]
    assert state.chosen == ""
