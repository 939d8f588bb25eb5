"""Bells that ring at once: the number of what is unread goes straight to the sockets of the person.

The database says `NOTIFY notifications, '<user>'` when somebody is told something or has read it, in whatever process.
"""

from collections.abc import Mapping
from typing import LiteralString
from uuid import UUID

import reflex as rx
from reflex.state import StateUpdate
from reflex_base.constants import SocketEvent
from reflex_base.constants.state import FIELD_MARKER
from reflex_base.event import Event, EventHandler

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.ui import live
from pygmalion_app.ui.notifications.followers import bells, readers
from pygmalion_app.ui.viewer import Viewer
from pygmalion_app.ui.watchers import Watchers

_COUNTS: LiteralString = """
SELECT user_id, count(*) AS unread FROM notifications WHERE user_id = ANY (%(people)s) AND read_at IS NULL
GROUP BY user_id
"""
_read_again: list[EventHandler] = []


def on_change(handler: EventHandler) -> None:
    """Name the handler by which the page reads its list again."""
    _read_again[:] = [handler]


async def tell(pages: rx.App, said: set[str]) -> None:
    """Send the people who are named their numbers; everybody theirs where nobody is named."""
    namespace = pages.event_namespace
    named = {found for one in said if (found := parse_id(one))}
    people = [person for person in (named or set(bells.by_session)) if person in bells.by_session]
    if namespace is None or not people:
        return
    async with unit_of_work(SYSTEM) as uow:
        counts = {row["user_id"]: row["unread"] for row in await uow.sql(_COUNTS, people=people)}
    # Reflex builds this mapping anew at each access.
    sockets = namespace.token_to_sid
    for person in people:
        delta = {Viewer.get_full_name(): {f"unread{FIELD_MARKER}": counts.get(person, 0)}}
        if present := _present(bells, person, sockets):
            await namespace.emit(str(SocketEvent.EVENT), StateUpdate(delta=delta), to=present)
        if _read_again and (present := _present(readers, person, sockets)):
            update = StateUpdate(events=Event.from_event_type(_read_again[0]))
            await namespace.emit(str(SocketEvent.EVENT), update, to=present)


def _present(watchers: Watchers, person: UUID, sockets: Mapping[str, str]) -> list[str]:
    """Return the sockets of those who look at a person's things, and forget who has left."""
    clients = list(watchers.by_session.get(person, ()))
    for client in clients:
        if client not in sockets:
            watchers.forget(client)
    return [sockets[client] for client in clients if client in sockets]


live.channels["notifications"] = tell
live.crowds += [bells, readers]
