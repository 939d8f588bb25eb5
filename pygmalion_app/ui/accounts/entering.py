"""Going in: where a person goes after signing in, and the trade of the ticket for the session's cookie."""

import json
import re

import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.accounts import queries
from pygmalion_app.accounts import service as accounts
from pygmalion_app.accounts.schemas import SignedIn
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.addresses import address
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.organizations import service as organizations

_OWN_PATH = re.compile(r"/(?:fr|en)(?:/[A-Za-z0-9._~%-]+)*/?(?:\?[A-Za-z0-9._~%=&+-]*)?")


def safe_next(path: object) -> str:
    """Return where to go after signing in: an address of our own pages, or nothing."""
    return path if isinstance(path, str) and _OWN_PATH.fullmatch(path) else ""


async def target_of(signed_in: SignedIn, wanted: str, locale: str) -> str:
    """Return where a person goes: to their security first, where an organisation waits for a strong factor."""
    actor = await queries.actor_of_user(signed_in.user_id) or Actor(user_id=signed_in.user_id)
    if actor.withheld:
        return address("security", locale)
    return wanted or await first_page(actor, locale)


def enter(ticket: str, target: str, *, trust: bool = False) -> EventSpec:
    """Return the event with which the browser trades the ticket for its cookie and goes on."""
    fields = json.dumps({"ticket": ticket} | ({"trust": "true"} if trust else {}))
    return rx.call_script(
        f"fetch('/auth/exchange', {{method: 'POST', body: new URLSearchParams({fields})}})"
        f".then(r => r.ok ? location.assign({json.dumps(target)}) : location.reload())"
    )


async def first_page(actor: Actor, locale: str) -> str:
    """Return where a person's work is: a manager's dashboard, a trainer's sessions, else one's own training."""
    async with unit_of_work(actor) as uow:
        roles = {membership.role for membership in await organizations.my_memberships(uow)}
        if (await accounts.profile(uow)).is_platform_admin:
            return address("teach", locale)
    if roles & {Role.MANAGER, Role.AIRPORT_MANAGER}:
        return address("dashboard", locale)
    if roles & {Role.TRAINER, Role.TRAINING_ADMIN}:
        return address("teach", locale)
    return address("training", locale)
