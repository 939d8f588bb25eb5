"""Places in waiting lists that change before their owner's eyes.

Few wait where many look, and each sees a place of their own: their pages are told to read it again (`WaitingState`),
with the same notifications that carry the seats.
"""

from uuid import UUID

import reflex as rx
from reflex.state import StateUpdate
from reflex_base.constants import SocketEvent
from reflex_base.event import Event, EventHandler

from pygmalion_app.ui import live
from pygmalion_app.ui.live import Watchers

waiters = Watchers()
_read_again: list[EventHandler] = []


def on_change(handler: EventHandler) -> None:
    """Name the handler by which a page reads its own places again."""
    _read_again[:] = [handler]


def follow(state: rx.State, sessions: list[UUID]) -> None:
    """Keep the page that the event comes from informed of these sessions' queues; none stops it."""
    waiters.watch(state.router.session.client_token, sessions)


async def tell(pages: rx.App, changed: set[UUID]) -> None:
    """Have those who wait for a changed session read their place again."""
    namespace = pages.event_namespace
    if namespace is None or not _read_again:
        return
    found = {client for clients in waiters.watched(changed or list(waiters.by_session)).values() for client in clients}
    if not found:
        return
    sockets = namespace.token_to_sid
    for client in found - sockets.keys():
        waiters.forget(client)
    present = [sockets[client] for client in found if client in sockets]
    if present:
        update = StateUpdate(events=Event.from_event_type(_read_again[0]))
        await namespace.emit(str(SocketEvent.EVENT), update, to=present)


live.listeners.append(tell)
live.crowds.append(waiters)
