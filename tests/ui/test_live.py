"""Seats that change before the reader's eyes."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from reflex.state import StateUpdate
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import Container
from pygmalion_app.ui import live
from pygmalion_app.ui.live import LiveSeats, Watchers
from tests.cast import Cast
from tests.ui.conftest import Visit


class Sockets:
    """What of Reflex's event namespace the feed uses; keeps what it is told to send."""

    def __init__(self, *clients: str) -> None:
        self.token_to_sid = {client: f"sid-{client}" for client in clients}
        self.sent: list[tuple[str, dict[str, int]]] = []

    async def emit(self, event: str, update: StateUpdate, to: list[str]) -> None:
        """Keep one update."""
        assert event == "event"
        (delta,) = update.delta.values()
        self.sent += [(client, next(iter(delta.values()))) for client in to]


def test_watchers_forget_without_leaving_traces() -> None:
    watchers, first, second = Watchers(), new_id(), new_id()
    watchers.watch("a", [first, second])
    watchers.watch("b", [second])
    watchers.watch("a", [first])
    assert watchers.watched([second]) == {frozenset({second}): ["b"]}
    watchers.forget("a")
    watchers.forget("b")
    watchers.forget("nobody")
    assert (watchers.by_client, watchers.by_session) == ({}, {})


async def _until(condition: Callable[[], object], seconds: float = 5.0) -> None:
    deadline = asyncio.get_running_loop().time() + seconds
    while not condition():
        assert asyncio.get_running_loop().time() < deadline, "it never happened"
        await asyncio.sleep(0.02)


async def _sell(session: AsyncSession, session_id: UUID, taken: int) -> None:
    await session.execute(
        text("UPDATE sessions SET seats_taken = :taken WHERE id = :id"), {"taken": taken, "id": session_id}
    )
    await session.execute(text("SELECT pg_notify('seats', :id)"), {"id": str(session_id)})
    await session.commit()


async def test_a_sold_seat_reaches_those_who_look_and_nobody_else(
    container: Container, session: AsyncSession, cast: Cast
) -> None:
    sockets = Sockets("looks", "looks-too", "elsewhere")
    live.watchers.watch("looks", [cast.session])
    live.watchers.watch("looks-too", [cast.session])
    live.watchers.watch("gone", [cast.session])
    live.watchers.watch("elsewhere", [new_id()])
    try:
        async with live.listening(SimpleNamespace(event_namespace=sockets)):  # pyright: ignore[reportArgumentType]
            await _until(lambda: len(sockets.sent) == 3)  # on connecting, everybody gets the counts of now
            sockets.sent.clear()
            await _sell(session, cast.session, 2)
            await _until(lambda: len(sockets.sent) >= 2)
            assert sorted(sockets.sent) == [
                ("sid-looks", {str(cast.session): 3}),
                ("sid-looks-too", {str(cast.session): 3}),
            ]
            sockets.sent.clear()
            for taken in (3, 4, 5):
                await _sell(session, cast.session, taken)
            await _until(lambda: ("sid-looks", {str(cast.session): 0}) in sockets.sent)
            assert len(sockets.sent) <= 6, "several changes at once are one update"
            assert "gone" not in live.watchers.by_client
    finally:
        for client in ("looks", "looks-too", "elsewhere", "gone"):
            live.watchers.forget(client)


async def test_what_a_page_has_heard_gives_way_to_what_it_loads(container: Container, cast: Cast, visit: Visit) -> None:
    state = await visit("/fr/formations").get_state(LiveSeats)
    client = state.rx_router_session.client_token
    pages: Any = SimpleNamespace(event_namespace=Sockets(client))
    try:
        await live.watch(state, [str(cast.session)])
        assert state.get_delta() == {}, "it has heard of nothing yet"
        assert await live.publish(pages, [cast.session]) == 1
        await live.watch(state, frozenset({cast.session}))
        assert state.get_delta() == {LiveSeats.get_full_name(): {"free_rx_state_": {}}}
    finally:
        live.watchers.forget(client)


async def test_the_feed_survives_the_loss_of_its_connection(
    container: Container, session: AsyncSession, cast: Cast
) -> None:
    sockets = Sockets("looks")
    live.watchers.watch("looks", [cast.session])
    try:
        async with live.listening(SimpleNamespace(event_namespace=sockets)):  # pyright: ignore[reportArgumentType]
            await _until(lambda: sockets.sent)
            sockets.sent.clear()
            killed = await session.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND query LIKE 'LISTEN %' AND pid <> pg_backend_pid()"
                )
            )
            assert killed.scalars().all() == [True]
            await session.commit()
            await _until(lambda: sockets.sent, 8.0)
    finally:
        live.watchers.forget("looks")


def test_the_update_names_the_states_own_variable() -> None:
    assert "free" in LiveSeats.get_fields()
