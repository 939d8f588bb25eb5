"""States made on demand hold, tell and send what states made at once do."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import reflex as rx
import reflex.state as reflex_state
from reflex.istate.manager.token import BaseStateToken
from reflex.utils import format as formats

from pygmalion_app.serving.state_tree import StatesOnDemand, news_for_the_browser
from pygmalion_app.ui.access import StateOwner
from pygmalion_app.ui.catalog.course_state import CourseState
from pygmalion_app.ui.catalog.rows import CardRow
from pygmalion_app.ui.catalog.state import CatalogState

Snapshot = dict[str, dict[str, Any]]


@pytest.fixture
async def manager() -> AsyncIterator[StatesOnDemand]:
    """Give a manager of clients' states."""
    manager = StatesOnDemand()
    yield manager
    await manager.close()


async def _client(manager: StatesOnDemand, ident: str) -> rx.State:
    root = await manager.get_state(BaseStateToken(ident=ident, cls=rx.State))
    assert isinstance(root, rx.State)
    return root


def _all_at_once() -> rx.State:
    return rx.State(_reflex_internal_init=True)  # pyright: ignore[reportCallIssue]


def _as_sent(snapshot: Snapshot) -> Snapshot:
    return json.loads(formats.json_dumps(snapshot))


async def _search(root: rx.State) -> CatalogState:
    state = await root.get_state(CatalogState)
    state.q = "dgr"
    state.rows = [CardRow(title="DGR")]
    return state


async def test_a_client_is_told_every_state_touched_or_not(manager: StatesOnDemand) -> None:
    on_demand, at_once = await _client(manager, "one"), _all_at_once()
    assert _as_sent(on_demand.dict()) == _as_sent(at_once.dict())
    for root in (on_demand, at_once):
        await _search(root)
    assert on_demand.get_delta() == at_once.get_delta()
    assert _as_sent(on_demand.dict()) == _as_sent(at_once.dict())
    assert on_demand.dict()[CatalogState.get_full_name()]["q_rx_state_"] == "dgr"


async def test_no_client_sees_anothers_values(manager: StatesOnDemand) -> None:
    one, other = await _client(manager, "one"), await _client(manager, "other")
    (await _search(one)).nearest.append(CardRow(title="nearest"))
    one.dict()[CourseState.get_full_name()]["title_rx_state_"] = "changed by who was told"
    assert _as_sent(other.dict()) == _as_sent(_all_at_once().dict())
    assert (await other.get_state(CatalogState)).nearest == []
    assert (await _client(manager, "one")) is one


async def test_a_state_is_made_once_and_keeps_its_values(manager: StatesOnDemand) -> None:
    root = await _client(manager, "one")
    state = await _search(root)
    assert await root.get_state(CatalogState) is state
    assert await (await root.get_state(StateOwner)).get_state(CatalogState) is state
    assert state.parent_state is root
    with pytest.raises(ValueError, match="Invalid path"):
        root.get_substate(["no_such_state"])


async def test_a_reset_leaves_nothing(manager: StatesOnDemand) -> None:
    root = await _client(manager, "one")
    await _search(root)
    root.reset()
    assert _as_sent(root.dict()) == _as_sent(_all_at_once().dict())


async def test_a_client_that_left_comes_back_as_a_new_one(manager: StatesOnDemand) -> None:
    token = BaseStateToken(ident="one", cls=rx.State)
    root = await _client(manager, "one")
    await _search(root)
    manager._purge_token(token)  # pyright: ignore[reportPrivateUsage]
    with pytest.raises(ValueError, match="Invalid path"):
        root.get_substate([rx.State.get_name(), CatalogState.get_name()])
    assert (await (await manager.get_state(token)).get_state(CatalogState)).q == ""


@pytest.mark.parametrize("built", ["the same", "one state otherwise", "other states", "nothing"])
async def test_the_browser_is_sent_what_it_does_not_hold(manager: StatesOnDemand, built: str) -> None:
    on_demand, at_once = await _client(manager, "one"), _all_at_once()
    hashes = reflex_state.state_snapshot_hashes(_all_at_once().dict(initial=True))
    names = sorted(at_once.dict())
    if built == "one state otherwise":
        hashes[1 + names.index(CourseState.get_full_name())] = "0" * 16
    elif built == "other states":
        hashes[0] = "0" * 16
    elif built == "nothing":
        hashes = []
    for root in (on_demand, at_once):
        await _search(root)
    sent = await news_for_the_browser(rx.State, on_demand.dict(), hashes)
    expected = await reflex_state._diff_against_initial_state(rx.State, at_once.dict(), hashes)  # pyright: ignore[reportPrivateUsage]
    assert _as_sent(sent) == _as_sent(expected)
    assert CatalogState.get_full_name() in sent
    assert (CourseState.get_full_name() in sent) == (built != "the same")
