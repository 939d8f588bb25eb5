"""Every route of the API, called as every role, with objects of one's own side and of the other.

The routes are taken from the application itself: one without a line in `api_rules.RULES` fails the first test. Calls
that must be refused come first, and have to leave every table as it was; then those that must get through, deletions
last.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from pygmalion_app.accounts.authentication import SESSION_COOKIE
from pygmalion_app.accounts.sessions import issue_tokens, open_browser_session
from pygmalion_app.api.uploads import PAGE_HEADER
from pygmalion_app.bootstrap import metadata
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests import servers
from tests.authorization.api_rules import PUBLIC, RULES, Rule
from tests.authorization.world import Side, World

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("world")]

REFUSALS = {401, 403, 404}
_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
_VOLATILE = {"audit_events", "audit_queue", "browser_sessions", "token_families", "refresh_tokens"}
"""What a refused call may leave: that it was made, and when its session was last seen."""
ROLES = ("anonymous", "learner", "trainer", "training_admin", "manager", "airport_manager", "admin", "stranger")


def routes_of(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Yield method and path of every route, included routers' too."""

    def walk(routes: Any) -> Iterator[Any]:
        for route in routes:
            if hasattr(route, "effective_candidates"):
                yield from walk(route.effective_candidates())
            # What finds routes by their first word stands before them and has none of its own.
            elif hasattr(route, "methods"):
                yield route

    for route in walk(app.routes):
        for method in sorted(route.methods - {"HEAD"}):
            yield method, route.path


@pytest.fixture
def app(container: Container) -> Iterator[FastAPI]:
    """Return the application with the embedded parts' routes; a test may change who asks, for itself."""
    shared = servers.api_of(container.settings)
    yield shared
    shared.dependency_overrides.clear()


def test_every_route_has_a_rule(app: FastAPI) -> None:
    known = {f"{method} {path}" for method, path in routes_of(app)}
    assert known - set(RULES) == set(), "declare who may call these, in api_rules.RULES"
    assert set(RULES) - known == set(), "these routes are gone"


@dataclass(frozen=True)
class Credentials:
    """What somebody's calls carry: of the API, and of the pages."""

    api: dict[str, str] = field(default_factory=dict)
    page: dict[str, str] = field(default_factory=dict)


async def credentials_of(actor: Actor, container: Container) -> Credentials:
    """Sign somebody in, both ways; a stranger to the platform has nothing."""
    origin = {"Origin": "http://test.pygmalion.example", PAGE_HEADER: "1"}
    if actor.user_id is None:
        return Credentials({}, origin)
    async with unit_of_work(SYSTEM, container) as uow:
        tokens = await issue_tokens(uow, actor.user_id)
        cookie = await open_browser_session(uow, actor.user_id)
    return Credentials(
        {"Authorization": f"Bearer {tokens.access_token}"}, {"Cookie": f"{SESSION_COOKIE}={cookie}", **origin}
    )


async def call(
    client: httpx.AsyncClient, line: str, rule: Rule, side: Side, role: str, as_: Credentials
) -> httpx.Response:
    """Make one call of a rule, with the objects of a side."""
    method, path = line.split(" ", 1)
    for name, value in (rule.own(side, role) if rule.own else rule.fixed or {}).items():
        path = path.replace(f"{{{name}}}", str(value))
    body = rule.body(side, role) if callable(rule.body) else rule.body
    options: dict[str, Any] = {"json": body} if body is not None else {}
    if rule.form is not None:
        options = {"data": rule.form}
    if rule.file:
        options["files"] = {"file": ("a.pdf", _PDF, "application/pdf")}
    if rule.content is not None:
        options = {"content": rule.content}
    headers = {**(as_.page if rule.browser else as_.api), **({"Content-Type": "text/csv"} if rule.content else {})}
    return await client.request(method, path, headers=headers, **options)


def expected(rule: Rule, role: str, *, own: bool) -> int | None:
    """Return the refusal to expect, None for getting through."""
    if rule.who == PUBLIC or (role in rule.who.split() and (own or rule.own is None or role == "admin")):
        return None
    if role == "anonymous":
        return rule.anonymous
    return rule.refused if own and role not in rule.apart.split() else rule.foreign


def fits(rule: Rule, wanted: int | None, answer: httpx.Response) -> bool:
    """Tell whether an answer is what was to be expected."""
    if wanted is not None:
        return answer.status_code == wanted
    if answer.status_code >= 500:
        return False
    return rule.loose or rule.who == PUBLIC or answer.status_code not in REFUSALS


async def fingerprint(container: Container) -> dict[str, str]:
    """Return what every table holds, as one number each."""
    found: dict[str, str] = {}
    async with unit_of_work(SYSTEM, container) as uow:
        for name in metadata().tables.keys() - _VOLATILE:
            query = text(f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {name} t")
            found[name] = (await uow.session.execute(query)).scalar_one()
    return found


def _last(one: tuple[str, Rule, str]) -> tuple[bool, bool]:
    """Order calls so that what ends something comes after what needs it."""
    line = one[0]
    return "sign-out" in line or line.endswith("/password"), line.startswith("DELETE")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.usefixtures("built_shell")
async def test_who_gets_through(container: Container, app: FastAPI, world: World, role: str) -> None:
    sides = {"home": world.home, "foreign": world.foreign}
    calls = [(line, rule, name) for line, rule in RULES.items() for name in sides if name == "home" or rule.own]
    refused: list[tuple[str, Rule, str, int]] = []
    through: list[tuple[str, Rule, str]] = []
    for line, rule, name in calls:
        if role == "stranger" and name == "foreign":
            continue  # what the stranger may do with its own things, the home side's roles show
        wanted = expected(rule, role, own=(name == "foreign") == (role == "stranger"))
        if wanted is not None:
            refused.append((line, rule, name, wanted))
        else:
            through.append((line, rule, name))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    wrong: list[str] = []
    async with httpx.AsyncClient(transport=transport, base_url="http://test.pygmalion.example") as client:
        as_ = await credentials_of(world.roles[role], container)
        before = await fingerprint(container)
        for line, rule, name, wanted in refused:
            answer = await call(client, line, rule, sides[name], role, as_)
            if not fits(rule, wanted, answer):
                wrong.append(f"{line} in {name}: {answer.status_code}, not {wanted}: {answer.text[:90]}")
        after = await fingerprint(container)
        wrong += [f"{name} was changed by refused calls" for name in before if before[name] != after[name]]
        for line, rule, name in sorted(through, key=_last):
            answer = await call(client, line, rule, sides[name], role, as_)
            if not fits(rule, None, answer):
                wrong.append(f"{line} in {name}: {answer.status_code}, refused: {answer.text[:90]}")
            if "sign-out" in line or line.endswith("/password"):
                as_ = await credentials_of(world.roles[role], container)
    assert not wrong, "\n".join(wrong)
