"""Fixtures of the screens' tests."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol, TypeAlias

import pytest
import reflex as rx
from reflex.state import BaseState
from reflex_base.registry import RegistrationContext

from pygmalion_app.api.public_pages import shell as shells
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import Container
from pygmalion_app.ui import pages


class Visit(Protocol):
    """Makes a fresh client's root state at an address."""

    def __call__(self, address: str, cookie: str = "") -> rx.State:
        """Return the root state."""
        ...


Handlers: TypeAlias = dict[str, tuple[type[BaseState], Callable[..., object]]]
"""Event handlers and their states by full name."""

SHELL = (
    '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"/></head>'
    '<body><script type="module">start()</script></body></html>'
)


@pytest.fixture(scope="session", autouse=True)
def _pages() -> None:
    """Register every page and state once."""
    pages.load()


@pytest.fixture
def built_shell(container: Container) -> Iterator[Path]:
    """Stand in for the built front end, which these tests do not need."""
    client = container.settings.pygmalion_home / "web" / "build" / "client"
    (client / "assets").mkdir(parents=True)
    (client / "404.html").write_text(SHELL)
    shells.shell.cache_clear()
    shells.page_script.cache_clear()
    yield client
    shells.shell.cache_clear()
    shells.page_script.cache_clear()


@pytest.fixture
def visit() -> Visit:
    """Return what makes a fresh client's root state at an address; no other test's client has its token."""
    token = str(new_id())

    def at(address: str, cookie: str = "") -> rx.State:
        root = rx.State(_reflex_internal_init=True)  # pyright: ignore[reportCallIssue]
        path, _, query = address.partition("?")
        root.router_data = {
            "pathname": path,
            "asPath": path + (f"?{query}" if query else ""),
            "headers": {"cookie": cookie, "origin": "http://test.pygmalion.example"},
            "token": token,
        }
        root._update_router_vars(root.router_data, {})
        return root

    return at


@pytest.fixture
def handlers() -> Handlers:
    """Return every event handler of the application's own states, by full name."""
    registered = RegistrationContext.ensure_context().event_handlers
    return {
        name: (entry.states[0], entry.handler.fn)
        for name, entry in registered.items()
        if entry.states[0].__module__.startswith("pygmalion_app.") and not name.endswith(".setvar")
    }
