"""Every event handler of the pages, called as every role: at the door, and behind it with the other side's ids.

The handlers are taken from Reflex's registry: one without a line in `ui_rules.DOORS` fails the first test.
"""

import inspect
from typing import Any

import pytest
import reflex as rx
from reflex.state import BaseState
from reflex_base.event import Event

from pygmalion_app.accounts.authentication import SESSION_COOKIE
from pygmalion_app.accounts.sessions import open_browser_session
from pygmalion_app.bootstrap import metadata
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.ui import actor as actors
from pygmalion_app.ui.access import AccessMiddleware
from tests.authorization.test_api_matrix import ROLES
from tests.authorization.ui_rules import DOORS, address_of, foreign_values
from tests.authorization.world import Side, World, primary_key
from tests.ui.conftest import Handlers, Visit

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("world")]


def _short(handler: tuple[type[BaseState], Any]) -> tuple[str, str]:
    return handler[0].__name__, handler[1].__name__


def _rule(state: str, handler: str) -> str | None:
    found = [who for who, names in DOORS.get(state, {}).items() if handler in names.split()]
    return found[0] if len(found) == 1 else None


def test_every_handler_has_a_rule(handlers: Handlers) -> None:
    known = {_short(handler) for handler in handlers.values()}
    listed = {(state, name) for state, doors in DOORS.items() for names in doors.values() for name in names.split()}
    assert len({handler[0] for handler in handlers.values()}) == len({state for state, _ in known}), "same names"
    assert known - listed == set(), "declare who may call these, in ui_rules.DOORS"
    assert listed - known == set(), "these handlers are gone"


async def _cookie_of(actor: Actor, container: Container) -> str:
    if actor.user_id is None:
        return ""
    async with unit_of_work(SYSTEM, container) as uow:
        return f"{SESSION_COOKIE}={await open_browser_session(uow, actor.user_id)}"


@pytest.mark.parametrize("role", ROLES)
async def test_the_door_lets_through_who_it_should(
    container: Container, world: World, handlers: Handlers, visit: Visit, role: str
) -> None:
    cookie = await _cookie_of(world.roles[role], container)
    wrong: list[str] = []
    for name, handler in handlers.items():
        state, function = _short(handler)
        who = (_rule(state, function) or "").split()
        # The stranger of this world runs a company and a school of its own.
        allowed = role in who or (role == "stranger" and bool({"manager", "training_admin"} & set(who)))
        answer = await AccessMiddleware().preprocess(
            None,  # pyright: ignore[reportArgumentType]
            visit(address_of(state, world.foreign), cookie),
            Event(name=name, payload={}),
        )
        if (answer is None) != allowed:
            wrong.append(f"{state}.{function} {'refuses' if allowed else 'lets through'} {role}")
    assert not wrong, "\n".join(wrong)


async def _call(state: BaseState, function: Any, values: dict[str, Any]) -> None:
    """Run a handler to its end; that it refuses or stumbles is as good as that it does nothing."""
    names = list(inspect.signature(function).parameters)[1:]
    try:
        result = function(state, *(values.get(name, "") for name in names))
        if inspect.isasyncgen(result):
            async for _ in result:
                pass
        elif inspect.isgenerator(result):
            list(result)
        elif inspect.isawaitable(result):
            await result
    except Exception:  # noqa: BLE001 - the pages show whatever it is in the same words
        return


def _shown(root: BaseState) -> str:
    """Return everything that a client's state holds, out of its sight as well."""
    parts = [repr({name: value for name, value in vars(root).items() if name != "router_data"})]
    return " ".join([*parts, *(_shown(child) for child in root.substates.values())])


async def _rows(container: Container, side: Side) -> dict[str, str]:
    found: dict[str, str] = {}
    async with unit_of_work(SYSTEM, container) as uow:
        for table, name in ((table, primary_key(metadata().tables[table])) for table in side.rows):
            query: Any = f"SELECT t::text AS line FROM {table} t WHERE {name} = %(key)s"
            rows = await uow.sql(query, key=side.key(table))
            found[table] = rows[0]["line"] if rows else "gone"
    return found


@pytest.mark.parametrize("role", [role for role in ROLES if role not in {"admin", "stranger"}])
async def test_nothing_of_the_other_side_shows_or_changes(
    container: Container, world: World, handlers: Handlers, visit: Visit, role: str
) -> None:
    """Each handler is called on a page that was loaded with the other side's id in its address, with their ids."""
    cookie = await _cookie_of(world.roles[role], container)
    values = foreign_values(world.foreign)
    before = await _rows(container, world.foreign)
    wrong: list[str] = []
    for handler in handlers.values():
        state_class, function = handler
        state_name, name = _short(handler)
        if state_name == "MailboxState":
            continue  # the embedded mailbox shows anybody's mail, and does not exist in production
        actors.forget()
        root = visit(address_of(state_name, world.foreign), cookie)
        state = await root.get_state(state_class)  # pyright: ignore[reportArgumentType]
        load = getattr(state_class, "load", None)
        if load is not None and name != "load":
            await _call(state, load.fn, values)
        await _call(state, function, values)
        # What was typed in comes back; nothing else may.
        shown = _shown(root).replace(values["email"], "").replace(address_of(state_name, world.foreign), "")
        if world.foreign.marker in shown:
            wrong.append(f"{state_name}.{name} shows {role} something")
    after = await _rows(container, world.foreign)
    wrong += [f"{table} was changed" for table in before if before[table] != after[table]]
    assert not wrong, "\n".join(wrong)


async def test_the_pages_show_what_they_should(
    container: Container, world: World, handlers: Handlers, visit: Visit
) -> None:
    """The same look at the state does find what the administrator is shown, so that the test above can fail."""
    cookie = await _cookie_of(world.admin, container)
    for wanted in ("RiskState", "ReviewState", "AdminOrganizationsState"):
        state_class = next(handler[0] for handler in handlers.values() if handler[0].__name__ == wanted)
        actors.forget()
        root: rx.State = visit("/fr/admin", cookie)
        state = await root.get_state(state_class)  # pyright: ignore[reportArgumentType]
        await _call(state, state_class.load.fn, {})  # pyright: ignore[reportAttributeAccessIssue]
        assert world.foreign.marker in _shown(root), wanted
