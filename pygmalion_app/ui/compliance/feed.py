"""An open matrix or dashboard that follows its organisation: told of every change, its page reads again what it shows.

The database says `NOTIFY compliance, '<organisation>'` after a change of a status; `ui.live` listens. The window that a
page shows is its own (filters, rows in sight), so pages are told to read, not what to show.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import reflex as rx
from reflex.state import StateUpdate
from reflex_base.constants import SocketEvent
from reflex_base.event import Event

from pygmalion_app.compliance.recompute import CHANNEL
from pygmalion_app.core.ids import parse_id
from pygmalion_app.ui import live
from pygmalion_app.ui.live import Watchers

followers: dict[str, Watchers] = {}
"""Who looks at which organisations, by the name of the handler that reads their page again."""
_handlers: dict[str, Any] = {}


def on_change(name: str, handler: Any) -> None:
    """Name the handler by which a kind of page reads again what it shows."""
    _handlers[name] = handler
    followers.setdefault(name, Watchers())


def follow(name: str, state: rx.State, organizations: Iterable[UUID]) -> None:
    """Keep the page that the event comes from informed; none stops it. A client looks at one kind of page at a time."""
    client = state.router.session.client_token
    for other in followers.values():
        other.forget(client)
    followers[name].watch(client, organizations)


async def tell(pages: rx.App, said: set[str]) -> None:
    """Have the pages of changed organisations read again; those of all where nothing is named."""
    namespace = pages.event_namespace
    if namespace is None:
        return
    changed = {found for one in said if (found := parse_id(one))}
    # Reflex builds this mapping anew at each access.
    sockets = namespace.token_to_sid
    for name, watchers in followers.items():
        groups = watchers.watched(changed or list(watchers.by_session))
        clients = {client for group in groups.values() for client in group}
        for client in clients - sockets.keys():
            watchers.forget(client)
        present = [sockets[client] for client in clients if client in sockets]
        if present:
            update = StateUpdate(events=Event.from_event_type(_handlers[name]))
            await namespace.emit(str(SocketEvent.EVENT), update, to=present)


live.channels[CHANNEL] = tell
