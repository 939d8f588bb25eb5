"""Deny by default: an event reaches a handler only if that handler declares who may call it.

Every public method of every State can be called by anyone with any payload, from any page; hiding a button protects
nothing. This middleware is the single door. It
1. refuses `setvar`, which Reflex adds to every State;
2. binds a client's state to its session cookie and wipes the state when the cookie changes, because the client token
   alone would hand somebody's state to whoever repeats it;
3. refuses handlers without `@access.public`, `@access.signed_in`, `@access.requires(...)` or `@access.platform_admin`.
The services check again, object by object: this is the door, not the lock of each drawer.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

import reflex as rx
from reflex.app import App
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.addresses import address
from pygmalion_app.core.permissions import Permission
from pygmalion_app.ui import actor as actors
from pygmalion_app.ui.i18n import lang_of_path

log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")

_ATTRIBUTE = "__access__"
_FRAMEWORK_HANDLERS = frozenset(
    {
        "State.hydrate",
        "State.set_is_hydrated",
        "State.hydrate_and_load",
        "FrontendEventExceptionState.handle_frontend_exception",
        "UpdateVarsInternalState.update_vars_internal",
        "OnLoadInternalState.on_load_internal",
        "OnLoadInternalState.set_is_hydrated",
    }
)


@dataclass(frozen=True, slots=True)
class Access:
    """Who may call a handler."""

    signed_in: bool = False
    permission: Permission | None = None
    platform_admin: bool = False

    def allows(self, actor: Actor) -> bool:
        """Tell whether an actor passes the door."""
        if self.platform_admin:
            return actor.is_platform_admin
        if self.permission is not None:
            return actor.is_platform_admin or bool(actor.organizations_with(self.permission))
        return actor.signed_in or not self.signed_in


def _declare(function: Callable[P, R], access: Access) -> Callable[P, R]:
    setattr(function, _ATTRIBUTE, access)
    return function


def public(function: Callable[P, R]) -> Callable[P, R]:
    """Declare that anybody may call this handler. Put it under `@rx.event`."""
    return _declare(function, Access())


def signed_in(function: Callable[P, R]) -> Callable[P, R]:
    """Declare that a handler needs a signed-in person."""
    return _declare(function, Access(signed_in=True))


def requires(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare that a handler needs a permission in at least one organisation; the service checks in which."""

    def declare(function: Callable[P, R]) -> Callable[P, R]:
        return _declare(function, Access(signed_in=True, permission=permission))

    return declare


def platform_admin(function: Callable[P, R]) -> Callable[P, R]:
    """Declare that a handler is for the platform's administrators."""
    return _declare(function, Access(signed_in=True, platform_admin=True))


def declared_access(function: Callable[..., Any]) -> Access | None:
    """Return what a handler declares, or None."""
    return getattr(function, _ATTRIBUTE, None)


class StateOwner(rx.State):
    """Remembers, out of the client's reach, whose session this client's state belongs to."""

    _fingerprint: str | None = None

    def _belongs_to_another(self, current: str) -> bool:
        return self._fingerprint is not None and self._fingerprint != current

    def _bind(self, current: str) -> None:
        if self._fingerprint != current:
            self._fingerprint = current


class AccessMiddleware(Middleware):
    """The single door of all events."""

    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:
        """Let the event pass (None) or answer in its place."""
        del app
        actors.forget()
        actors.remember_caller(state)
        await _bind_to_session(state)
        registered = RegistrationContext.get().event_handlers.get(event.name)
        if registered is None or event.name.endswith(".setvar"):
            return _refuse(event.name)
        function = registered.handler.fn
        if function.__module__ == "reflex.state" and function.__qualname__ in _FRAMEWORK_HANDLERS:
            return None
        access = declared_access(function)
        if access is None:
            return _refuse(event.name)
        if access.signed_in and not access.allows(actor := await actors.look_up(state)):
            return _send_away(state, actor)
        return None


async def _bind_to_session(state: BaseState) -> None:
    owner = await state.get_state(StateOwner)
    current = actors.fingerprint(state)
    # Names without an underscore would make event handlers of these methods.
    if owner._belongs_to_another(current):  # noqa: SLF001
        # Another session speaks with this client token: whatever the state holds is not theirs to see.
        root = await state.get_state(rx.State)
        root.reset()
    owner._bind(current)  # noqa: SLF001


def _refuse(name: str) -> StateUpdate:
    log.warning("event refused", extra={"event_name": name[:200]})
    return StateUpdate()


def _send_away(state: BaseState, actor: Actor) -> StateUpdate:
    path = state.router.url.path
    # Whoever lacks a role that only waits for a strong factor is led to where one is set up.
    elsewhere = "security" if actor.withheld else "home"
    target = address(elsewhere if actor.signed_in else "sign-in", lang_of_path(path).code)
    follow = "" if actor.signed_in else f"?next={path}"
    events = Event.from_event_type(rx.redirect(target + follow))
    return StateUpdate(events=events)
