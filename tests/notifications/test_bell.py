"""The bell and the list: the person's own number, at once, to nobody else; what is marked; what is chosen."""

from types import SimpleNamespace
from typing import Any

from reflex.state import StateUpdate
from reflex_base.constants.state import FIELD_MARKER

from pygmalion_app.core.unit_of_work import Container
from pygmalion_app.ui.notifications import feed, followers
from pygmalion_app.ui.notifications.state import NotificationsState
from pygmalion_app.ui.viewer import Viewer
from tests.cast import Cast
from tests.notifications.test_telling import _tell
from tests.ui_private.conftest import Open


class Sockets:
    """What of Reflex's event namespace the feed uses; keeps what it is told to send."""

    def __init__(self, *clients: str) -> None:
        self.token_to_sid = {client: f"sid-{client}" for client in clients}
        self.numbers: list[tuple[list[str], int]] = []
        self.asked: list[list[str]] = []

    async def emit(self, event: str, update: StateUpdate, to: list[str]) -> None:
        """Keep one update."""
        assert event == "event"
        if update.delta:
            self.numbers.append((to, update.delta[Viewer.get_full_name()][f"unread{FIELD_MARKER}"]))
        else:
            self.asked.append(to)


async def test_a_bell_rings_for_its_person_alone(container: Container, cast: Cast, open_as: Open[Any]) -> None:
    viewer = await open_as(Viewer, "/fr/training", cast.lea)
    await viewer.load()
    assert viewer.unread == 0
    client = viewer.rx_router_session.client_token
    sockets = Sockets(client, "another")
    pages: Any = SimpleNamespace(event_namespace=sockets)
    await _tell(container, cast.lea)
    await _tell(container, cast.marc)
    await feed.tell(pages, {str(cast.lea.user_id), str(cast.marc.user_id)})
    assert sockets.numbers == [([f"sid-{client}"], 1)]
    assert sockets.asked == [], "no list is open"
    notices = await open_as(NotificationsState, "/fr/notifications", cast.lea)
    await notices.load()
    assert [row.title for row in notices.rows] == ["Expire dans 30 jours : Sûreté"]
    await feed.tell(pages, set())
    assert sockets.asked == [[f"sid-{client}"]]
    # A client that left is forgotten, and told of nothing.
    await feed.tell(SimpleNamespace(event_namespace=Sockets()), set())  # pyright: ignore[reportArgumentType]
    assert not followers.bells.by_client
    assert not followers.readers.by_client


async def test_the_list_is_marked_and_narrowed(container: Container, cast: Cast, open_as: Open[Any]) -> None:
    for _ in range(22):
        await _tell(container, cast.lea)
    notices = await open_as(NotificationsState, "/en/notifications", cast.lea)
    await notices.load()
    assert (len(notices.rows), notices.older) == (20, True)
    assert [bool(row.day) for row in notices.rows] == [True, *[False] * 19]
    await notices.mark(notices.rows[0].id)
    await notices.mark("nonsense")
    await notices.choose_shown("unread")
    await notices.more()
    assert (len(notices.rows), notices.older) == (21, False)
    await notices.mark_all()
    assert notices.rows == []
    await notices.choose_delivery("waiting", "daily")
    assert (notices.delivery["waiting"], notices.saved) == ("daily", "waiting")
    assert await notices.choose_delivery("orders", "none") is not None
    assert await notices.choose_delivery("nothing", "none") is None
    assert notices.delivery["orders"] == "at_once"
