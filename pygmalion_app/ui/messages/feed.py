"""Threads that go on before their readers' eyes.

The database says `NOTIFY messages, '<thread>'` with each message; the pages on which the thread stands read it again.
"""

from collections.abc import Iterable
from uuid import UUID

import reflex as rx
from reflex.state import StateUpdate
from reflex_base.constants import SocketEvent
from reflex_base.event import Event, EventHandler

from pygmalion_app.core.ids import parse_id
from pygmalion_app.ui import live
from pygmalion_app.ui.watchers import Watchers

readers = Watchers()
_read_again: list[EventHandler] = []


def on_change(handler: EventHandler) -> None:
    """Name the handler by which the page reads its threads again."""
    _read_again[:] = [handler]


def follow(state: rx.State, threads: Iterable[UUID]) -> None:
    """Keep the page that the event comes from informed of these threads; none stops it."""
    readers.watch(state.router.session.client_token, threads)


async def tell(pages: rx.App, said: set[str]) -> None:
    """Have the pages with these threads read again; all of them where none is named."""
    namespace = pages.event_namespace
    if namespace is None or not _read_again:
        return
    changed = {found for one in said if (found := parse_id(one))}
    groups = readers.watched(changed or list(readers.by_session))
    clients = {client for group in groups.values() for client in group}
    # Reflex builds this mapping anew at each access.
    sockets = namespace.token_to_sid
    for client in clients - sockets.keys():
        readers.forget(client)
    present = [sockets[client] for client in clients if client in sockets]
    if present:
        update = StateUpdate(events=Event.from_event_type(_read_again[0]))
        await namespace.emit(str(SocketEvent.EVENT), update, to=present)


live.channels["messages"] = tell
live.crowds.append(readers)
