"""Fixtures of the private screens' tests."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias, TypeVar

import pytest
import reflex as rx

from pygmalion_app.accounts.authentication import SESSION_COOKIE
from pygmalion_app.accounts.sessions import open_browser_session
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.ui import actor as actors
from tests.ui.conftest import Visit, _pages, visit  # noqa: F401 - the public screens' fixtures serve here too

S = TypeVar("S", bound=rx.State)
RunJobs: TypeAlias = Callable[[], Awaitable[None]]
Open: TypeAlias = Callable[[type[S], str, Actor], Awaitable[S]]


@pytest.fixture
def open_as(container: Container, visit: Visit) -> Open[S]:  # noqa: F811
    """Return the maker of a person's own state of a page: it takes the state's class, an address and an actor."""

    async def state_of(kind: type[S], address: str, actor: Actor) -> S:
        cookie = ""
        if actor.user_id is not None:
            async with unit_of_work(SYSTEM, container) as uow:
                cookie = f"{SESSION_COOKIE}={await open_browser_session(uow, actor.user_id)}"
        actors.forget()
        return await visit(address, cookie).get_state(kind)

    return state_of
