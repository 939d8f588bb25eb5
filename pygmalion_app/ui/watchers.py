"""Which clients of this process look at what."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(slots=True)
class Watchers:
    """Which client looks at which things, by their ids."""

    by_client: dict[str, frozenset[UUID]] = field(default_factory=dict)
    by_session: dict[UUID, set[str]] = field(default_factory=dict)

    def watch(self, client: str, sessions: Iterable[UUID]) -> None:
        """Replace what a client looks at."""
        wanted = frozenset(sessions)
        if wanted == self.by_client.get(client):
            return
        self.forget(client)
        if wanted:
            self.by_client[client] = wanted
            for session in wanted:
                self.by_session.setdefault(session, set()).add(client)

    def forget(self, client: str) -> None:
        """Drop a client that left."""
        for session in self.by_client.pop(client, ()):
            clients = self.by_session[session]
            clients.discard(client)
            if not clients:
                del self.by_session[session]

    def watched(self, sessions: Iterable[UUID]) -> dict[frozenset[UUID], list[str]]:
        """Return the clients that look at any of these, grouped by what they look at."""
        groups: dict[frozenset[UUID], list[str]] = {}
        clients = {client for session in sessions for client in self.by_session.get(session, ())}
        for client in clients:
            groups.setdefault(self.by_client[client], []).append(client)
        return groups
