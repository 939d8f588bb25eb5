"""An organisation with a connected provider, and what walks between them."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import httpx
import pytest
from pydantic import SecretStr

from pygmalion_app.core.actor import SYSTEM, Actor, Membership
from pygmalion_app.core.config import Settings
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.organizations.models import Organization, OrganizationKind, VatRegime
from pygmalion_app.sso import service
from pygmalion_app.sso.models import ProvenBy, SsoDomain
from pygmalion_app.sso.schemas import SaveConnection
from tests import servers
from tests.cast import add_person
from tests.sso import peer
from tests.sso.forger import Forger

OURS = "http://pygmalion.test.example"
ESCALE = UUID("01990000-0000-7000-8000-00000000e5ca")
DOMAIN = "escale.example"
CALLBACK = f"/auth/sso/callback/{ESCALE}"


@pytest.fixture(scope="session")
def provider() -> Iterator[peer.Provider]:
    """Return the certified provider that Escale has connected, started once for all tests."""
    with peer.running(f"{OURS}{CALLBACK}", signed_out_uris=(f"{OURS}/",)) as running:
        yield running


@pytest.fixture
def settings(database_url: str, tmp_path: Path, _secrets: Path) -> Settings:
    """Return settings under an address that stays the same, as it stands in the provider's own."""
    return Settings(  # pyright: ignore[reportCallIssue]
        _env_file=_secrets,  # pyright: ignore[reportCallIssue]
        pygmalion_home=tmp_path,
        database_url=SecretStr(database_url),
        port=servers.free_port(),
        database_pool_idle=0,
        public_url=OURS,
    )


@pytest.fixture
async def forger() -> AsyncIterator[Forger]:
    """Return a provider that says whatever a test has it say."""
    async with Forger.running() as forger:
        yield forger


@dataclass
class World:
    """Escale, who runs it, and how its provider is connected."""

    container: Container
    maya: Actor
    """Manager of Escale; proved who she is just now."""

    async def connect(self, issuer: str, **changes: object) -> None:
        """Connect a provider."""
        wanted = {
            "issuer": issuer,
            "client_id": peer.CLIENT_ID,
            "client_secret": peer.CLIENT_SECRET,
            "joins_members": True,
        } | changes
        async with unit_of_work(self.maya, self.container) as uow:
            await service.save(uow, ESCALE, SaveConnection.model_validate(wanted))


@pytest.fixture
async def world(container: Container) -> World:
    """Return Escale with its proven domain, nothing connected yet."""
    async with unit_of_work(SYSTEM, container) as uow:
        uow.session.add(
            Organization(
                id=ESCALE, kind=OrganizationKind.COMPANY, name="Escale", slug="escale", vat_regime=VatRegime.STANDARD
            )
        )
        await uow.session.flush()
        now = uow.clock.now()
        uow.session.add(SsoDomain(organization_id=ESCALE, domain=DOMAIN, proven_at=now, proven_by=ProvenBy.MAILBOX))
        maya = await add_person(uow, "maya", (ESCALE, Role.MANAGER))
    actor = Actor(user_id=maya.user_id, memberships=(Membership(ESCALE, Role.MANAGER),), authenticated_at=now)
    return World(container, actor)


@pytest.fixture
async def connected(world: World, provider: peer.Provider) -> World:
    """Return Escale with the certified provider, which is trusted to ask for a second factor."""
    await world.connect(provider.issuer, second_factor_trusted=True)
    return world


async def leave(browser: httpx.AsyncClient, **query: str) -> str:
    """Start in a browser and return the provider's address."""
    answer = await browser.get(f"/auth/sso/{ESCALE}/start", params=query)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def come_back(browser: httpx.AsyncClient, url: str) -> httpx.Response:
    """Have the browser follow the provider's redirect to us."""
    assert url.startswith(OURS)
    return await browser.get(url.removeprefix(OURS))


async def sign_in(browser: httpx.AsyncClient, person: str, **query: str) -> httpx.Response:
    """Go the whole way and return our answer to it."""
    return await come_back(browser, await peer.sign_in_there(await leave(browser, **query), person))


def problem_of(answer: httpx.Response) -> str:
    """Return the problem that our page is asked to tell."""
    assert answer.status_code == 303
    target = urlsplit(answer.headers["location"])
    assert target.path.endswith("/sign-in/organisation"), answer.headers["location"]
    return parse_qs(target.query)["problem"][0]


def with_query(url: str, **changes: str | None) -> str:
    """Return an address with some of its query changed or (None) left out."""
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()} | changes
    kept = {name: value for name, value in query.items() if value is not None}
    return parts._replace(query=str(httpx.QueryParams(kept))).geturl()
