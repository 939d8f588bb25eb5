"""The door of all events."""

import asyncio

import pytest
import reflex as rx
import socketio
from reflex.state import StateUpdate
from reflex_base.event import Event

from pygmalion_app.core.actor import Actor, Membership
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.permissions import Permission, Role
from pygmalion_app.core.unit_of_work import Container
from pygmalion_app.ui import access
from pygmalion_app.ui.access import AccessMiddleware, StateOwner
from pygmalion_app.ui.catalog.state import CatalogState
from tests.servers import AppServer
from tests.ui.conftest import Handlers, Visit

CATALOG = CatalogState.get_full_name()


def test_every_handler_declares_who_may_call_it(handlers: Handlers) -> None:
    assert len(handlers) > 10
    undeclared = [name for name, (_, function) in handlers.items() if access.declared_access(function) is None]
    assert undeclared == []


def test_declaring_access_keeps_the_function_itself() -> None:
    async def handler(n: int) -> int:
        return n

    assert access.public(handler) is handler
    assert access.requires(Permission.TEAM_READ)(handler) is handler


def test_a_permission_in_any_organisation_opens_the_door_and_none_does_not() -> None:
    declared = access.Access(signed_in=True, permission=Permission.TEAM_READ)
    manager = Actor(user_id=new_id(), memberships=(Membership(new_id(), Role.MANAGER),))
    learner = Actor(user_id=new_id(), memberships=(Membership(new_id(), Role.LEARNER),))
    assert declared.allows(manager)
    assert not declared.allows(learner)
    assert not access.Access(signed_in=True).allows(Actor())
    assert access.Access().allows(Actor())


async def _answer(root: rx.State, name: str) -> StateUpdate | None:
    return await AccessMiddleware().preprocess(None, root, Event(name=name, payload={}))  # pyright: ignore[reportArgumentType]


@pytest.mark.usefixtures("container")
@pytest.mark.parametrize(
    "name",
    [f"{CATALOG}.setvar", f"{CATALOG}._show", f"{CATALOG}.nothing", "reflex___state____state.setvar", "", "x" * 5000],
)
async def test_what_no_handler_declares_is_refused(visit: Visit, name: str) -> None:
    assert await _answer(visit("/fr/formations"), name) is not None


@pytest.mark.usefixtures("container")
async def test_a_public_handler_passes(visit: Visit) -> None:
    assert await _answer(visit("/fr/formations"), f"{CATALOG}.load") is None


async def test_a_stranger_is_led_to_sign_in_and_back(visit: Visit, container: Container, handlers: Handlers) -> None:
    private = next(
        name
        for name, (_, function) in handlers.items()
        if (access.declared_access(function) or access.Access()).signed_in
    )
    update = await _answer(visit("/en/training"), private)
    assert update is not None
    assert "/en/sign-in?next=/en/training" in str(update.events)


async def test_another_session_with_the_same_client_token_finds_an_empty_state(visit: Visit) -> None:
    root = visit("/fr/formations", cookie="pygmalion_session=alice")
    assert await _answer(root, f"{CATALOG}.load") is None
    catalog = await root.get_state(CatalogState)
    catalog.q = "what Alice looked for"
    root.router_data = root.router_data | {"headers": {"cookie": "pygmalion_session=mallory"}}
    await _answer(root, f"{CATALOG}.load")
    assert (await root.get_state(CatalogState)).q == ""
    owner = await root.get_state(StateOwner)
    assert "mallory" not in str(owner._fingerprint)


async def test_the_same_session_keeps_its_state(visit: Visit) -> None:
    root = visit("/fr/formations", cookie="pygmalion_session=alice")
    await _answer(root, f"{CATALOG}.load")
    (await root.get_state(CatalogState)).q = "dgr"
    await _answer(root, f"{CATALOG}.search")
    assert (await root.get_state(CatalogState)).q == "dgr"


async def test_over_the_wire_undeclared_calls_change_nothing(app_server: AppServer) -> None:
    """What an attacker sends, sent: `setvar`, a private method, an unknown name; then a declared call still answers."""
    received: list[dict] = []
    client = socketio.AsyncClient()
    client.on("event", received.append, namespace="/_event")
    await client.connect(
        f"{app_server.base_url}?token=an-attacker", namespaces=["/_event"], socketio_path="/_event",
        transports=["websocket"], headers={"Origin": app_server.base_url},
    )  # fmt: skip
    try:
        at = {"pathname": "/fr/formations", "asPath": "/fr/formations", "query": {}}
        for name, payload in (
            (f"{CATALOG}.setvar", {"var_name": "summary", "value": "owned"}),
            (f"{CATALOG}._show", {"asked": {}}),
            (f"{CATALOG}.unknown", {}),
            (f"{CATALOG}.load", {}),
        ):
            await client.emit(
                "event",
                {"name": name, "payload": payload, "router_data": at, "token": "an-attacker"},
                namespace="/_event",
            )
            await asyncio.sleep(0.4)
        text = str(received)
        assert "owned" not in text
        assert "summary" in text, "the declared call was not answered"
    finally:
        await client.disconnect()
