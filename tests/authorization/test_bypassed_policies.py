"""The second wall by itself: every read of the API while the policy layer says yes to everything.

Callers are real people whose `can`, `require` and `organizations_with` have no scruples; only the database is left to
keep the other side's rows from them. Nothing that is marked as the other side's may be in any answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from pygmalion_app.api.deps import current_actor, signed_in_actor
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import Container
from tests.authorization.api_rules import RULES
from tests.authorization.test_api_matrix import Credentials, app, call  # noqa: F401 - a fixture
from tests.authorization.world import World

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("world")]

BY_POLICY_ALONE: dict[str, str] = {
    "GET /api/v1/compliance/sharings": "a company chooses among all airports by name; what it shows them is judged",
    "GET /api/v1/sessions/{id}/attendance": "a session on sale and its trainer are public; who takes part is judged",
}
"""Reads whose service reaches past the rows on purpose, with the reason: there the policy is the only wall."""


@dataclass(frozen=True, slots=True)
class Unscrupulous(Actor):
    """Somebody whom every policy lets through, in every organisation there is."""

    everywhere: tuple[UUID, ...] = ()

    def organizations_with(self, permission: Permission) -> tuple[UUID, ...]:  # noqa: ARG002 - any
        """Return every organisation."""
        return self.everywhere

    def can(self, permission: Permission, organization_id: UUID | None) -> bool:  # noqa: ARG002 - any
        """Say yes."""
        return True

    def require(self, permission: Permission, organization_id: UUID | None) -> None:
        """Let pass."""

    def require_platform_admin(self) -> None:
        """Let pass."""


def _unscrupulous(actor: Actor, world: World) -> Unscrupulous:
    everywhere = tuple(
        organization
        for side in (world.home, world.foreign)
        for organization in (side.company, side.school, side.airport)
    )
    return Unscrupulous(user_id=actor.user_id, memberships=actor.memberships, everywhere=everywhere)


def _as(actor: Actor) -> Callable[[], Actor]:
    return lambda: actor


def _said(answer: httpx.Response) -> str:
    """Return an answer without what the caller named in the address: a problem repeats it."""
    text = answer.text
    for part in sorted(filter(None, answer.request.url.path.split("/")), key=len, reverse=True):
        text = text.replace(part, "")
    return text


@pytest.mark.parametrize("role", ["learner", "trainer", "training_admin", "manager", "airport_manager", "anonymous"])
async def test_the_database_alone_shows_nothing_of_the_other_side(
    container: Container,
    app: FastAPI,  # noqa: F811
    world: World,
    role: str,
) -> None:
    actor = _unscrupulous(world.roles[role], world)
    app.dependency_overrides |= {current_actor: _as(actor), signed_in_actor: _as(actor)}
    leaks: list[str] = []
    answered = 0
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test.pygmalion.example") as client:
        for line, rule in RULES.items():
            if not line.startswith("GET ") or line in BY_POLICY_ALONE:
                continue
            answer = await call(client, line, rule, world.foreign, role, Credentials())
            answered += answer.status_code == httpx.codes.OK
            if world.foreign.marker in _said(answer):
                leaks.append(f"{line}: {answer.text[:60]}")
    assert not leaks, "\n".join(leaks)
    assert answered > 10


async def test_the_policies_are_out_of_the_way(container: Container, app: FastAPI, world: World) -> None:  # noqa: F811
    """The same calls with one's own side's objects get through where the policies would have refused."""
    actor = _unscrupulous(world.home.learner, world)
    app.dependency_overrides |= {current_actor: _as(actor), signed_in_actor: _as(actor)}
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test.pygmalion.example") as client:
        order = await client.get(f"/api/v1/orders/{world.home.order}")
        roster = await client.get(f"/api/v1/sessions/{world.home.session}/enrollments")
    assert (order.status_code, roster.status_code) == (200, 200)
    assert [one["id"] for one in roster.json()["data"]] == [str(world.home.enrollment)]
