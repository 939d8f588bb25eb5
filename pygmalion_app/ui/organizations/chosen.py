"""Which organisation a page is about."""

from uuid import UUID

import reflex as rx

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.ids import parse_id
from pygmalion_app.core.permissions import Permission


def chosen_organization(state: rx.State, actor: Actor, permission: Permission) -> UUID | None:
    """Return the organisation of the address (`?id=`, for the platform's administrator), else the active or first."""
    asked = parse_id(state.router.url.query_parameters.get("id", ""))
    if asked is not None and actor.can(permission, asked):
        return asked
    own = actor.organizations_with(permission)
    return own[0] if own else None
