"""Nobody gets another's account by what their own provider says of them."""

import re
from typing import Any

import httpx
import pytest

from pygmalion_app.accounts import service as accounts
from pygmalion_app.accounts import totp
from pygmalion_app.accounts.authentication import SESSION_COOKIE
from pygmalion_app.accounts.models import AccountStatus, SignInMethod, User
from pygmalion_app.accounts.schemas import Login, SignedIn
from pygmalion_app.core.actor import ANONYMOUS, SYSTEM
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.organizations.models import OrganizationMember
from pygmalion_app.sso import flow
from tests.cast import PASSWORD, add_person
from tests.sso.conftest import ESCALE, World, come_back, leave, problem_of, sign_in
from tests.sso.forger import Forger
from tests.sso.test_flow import _attempt, rows

EMAIL = "ines@escale.example"


async def an_account(container: Container, email: str = EMAIL, **changes: Any) -> User:
    """Add an account that was there before the provider."""
    async with unit_of_work(SYSTEM, container) as uow:
        actor = await add_person(uow, "before")
        user = await uow.session.get_one(User, actor.user_id)
        user.email = email
        for name, value in changes.items():
            setattr(user, name, value)
        return user


async def test_an_account_that_was_here_first_is_not_had_by_its_address(
    connected: World, client: httpx.AsyncClient, container: Container
) -> None:
    """Also with a provider that is trusted to ask for two factors: the person shows that the account is theirs."""
    await an_account(container)
    attempt = _attempt(await sign_in(client, "ines"))
    assert SESSION_COOKIE not in client.cookies
    step = await flow.second_step(attempt, client.cookies["pygmalion_sso"])
    assert step.is_first
    assert await rows(container, "SELECT * FROM sso_identities") == []
    assert problem_of(await client.get(f"/auth/sso/finish/{attempt}")) == "sso_stale"


async def test_once_shown_the_link_holds(connected: World, client: httpx.AsyncClient, container: Container) -> None:
    user = await an_account(container)
    attempt = _attempt(await sign_in(client, "ines", next="/fr/profile"))
    shown = SignedIn(user_id=user.id, method=SignInMethod.EMAIL)
    async with unit_of_work(ANONYMOUS, container, elevated=True) as uow:
        await flow.confirm(uow, attempt, client.cookies["pygmalion_sso"], shown)
    assert (await client.get(f"/auth/sso/finish/{attempt}")).headers["location"] == "/fr/profile"
    client.cookies.delete(SESSION_COOKIE)
    await sign_in(client, "ines")
    assert SESSION_COOKIE in client.cookies, "the second time needs no code"
    (identity,) = await rows(container, "SELECT subject, user_id FROM sso_identities")
    assert (identity["subject"], identity["user_id"]) == ("ines", user.id)


async def test_a_password_set_in_advance_does_not_survive(
    connected: World, client: httpx.AsyncClient, container: Container
) -> None:
    """Somebody registers a colleague's address, never proves it, and waits for the colleague to come in."""
    await an_account(container, status=AccountStatus.UNVERIFIED, email_verified_at=None)
    await sign_in(client, "ines")
    assert SESSION_COOKIE in client.cookies
    with pytest.raises(PygmalionError, match="invalid_credentials"):
        async with unit_of_work(ANONYMOUS, container, elevated=True) as uow:
            await accounts.login(uow, Login.model_validate({"email": EMAIL, "password": PASSWORD}))


async def test_a_platform_administrator_never_comes_in_this_way(
    connected: World, client: httpx.AsyncClient, container: Container
) -> None:
    await an_account(container, is_platform_admin=True)
    assert problem_of(await sign_in(client, "ines")) == "sso_administrator"


async def test_an_identity_is_issuer_and_subject_and_not_the_address(
    world: World, forger: Forger, client: httpx.AsyncClient, container: Container
) -> None:
    await world.connect(forger.issuer, second_factor_trusted=True)

    async def come(**claims: object) -> httpx.Response:
        forger.claims = claims
        return await come_back(client, forger.answer_to(await leave(client)))

    await come(sub="one")
    (first,) = await rows(container, f"SELECT id FROM users WHERE email = '{EMAIL}'")
    # The same subject under a new, even foreign or unverified address is the same person.
    client.cookies.delete(SESSION_COOKIE)
    await come(sub="one", email="new@elsewhere.example", email_verified=False)
    assert SESSION_COOKIE in client.cookies
    assert len(await rows(container, "SELECT * FROM users")) == 2, "Maya and Inès"
    # The address given to somebody else is not the account given to somebody else.
    client.cookies.delete(SESSION_COOKIE)
    attempt = _attempt(await come(sub="two"))
    assert SESSION_COOKIE not in client.cookies
    assert (await flow.second_step(attempt, client.cookies["pygmalion_sso"])).is_first
    (identity,) = await rows(container, "SELECT subject, user_id FROM sso_identities")
    assert (identity["subject"], identity["user_id"]) == ("one", first["id"])


async def test_another_provider_in_its_place_starts_from_nothing(
    world: World, forger: Forger, client: httpx.AsyncClient, container: Container
) -> None:
    """A manager who connects a provider of their own cannot become whoever they name there."""
    await world.connect(forger.issuer, second_factor_trusted=True)
    forger.claims = {"sub": "one"}
    await come_back(client, forger.answer_to(await leave(client)))
    client.cookies.delete(SESSION_COOKIE)
    async with Forger.running() as other:
        await world.connect(other.issuer, second_factor_trusted=True)
        other.claims = {"sub": "one"}
        answer = await come_back(client, other.answer_to(await leave(client)))
        assert re.search(r"sign-in\?sso=", answer.headers["location"])
    assert SESSION_COOKIE not in client.cookies


async def test_an_account_that_moved_to_another_address_is_out_of_reach(
    connected: World, client: httpx.AsyncClient, container: Container
) -> None:
    await sign_in(client, "ines")
    client.cookies.delete(SESSION_COOKIE)
    async with unit_of_work(SYSTEM, container) as uow:
        (row,) = await rows(container, f"SELECT id FROM users WHERE email = '{EMAIL}'")
        (await uow.session.get_one(User, row["id"])).email = "ines@private.example"
    assert problem_of(await sign_in(client, "ines")) == "sso_foreign_address"


async def test_who_has_an_authenticator_is_asked_for_it(
    world: World, forger: Forger, client: httpx.AsyncClient, container: Container
) -> None:
    """Single sign-on without a second factor must not turn a strong account into one with a mailed code."""
    await world.connect(forger.issuer)
    user = await an_account(container, strong_factor=True)
    async with unit_of_work(SYSTEM, container) as uow:
        factor, _ = await totp.begin(uow, user.id)
        factor.confirmed_at = uow.clock.now()
    attempt = _attempt(await come_back(client, forger.answer_to(await leave(client))))
    step = await flow.second_step(attempt, client.cookies["pygmalion_sso"])
    assert "email" not in step.challenge.methods
    assert "totp" in step.challenge.methods


@pytest.mark.parametrize(
    ("claims", "enough"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"amr": ["pwd", "otp"]}, True),
        ({"amr": ["hwk", "fpt"]}, True),
        ({"acr": "https://refeds.org/profile/mfa"}, True),
        ({"amr": ["pwd"]}, False),
        ({"amr": ["otp", "sms"]}, False),
        ({"amr": "mfa"}, False),
        ({"acr": "urn:mace:incommon:iap:silver"}, False),
        ({}, False),
    ],
)
async def test_what_the_provider_says_of_its_factors(
    world: World, forger: Forger, client: httpx.AsyncClient, claims: dict[str, object], enough: bool
) -> None:
    await world.connect(forger.issuer)
    forger.claims = claims
    await come_back(client, forger.answer_to(await leave(client)))
    assert (SESSION_COOKIE in client.cookies) is enough


async def test_a_member_keeps_their_role(connected: World, client: httpx.AsyncClient, container: Container) -> None:
    user = await an_account(container, status=AccountStatus.UNVERIFIED, email_verified_at=None)
    async with unit_of_work(SYSTEM, container) as uow:
        uow.session.add(OrganizationMember(user_id=user.id, organization_id=ESCALE, role=Role.MANAGER))
    await sign_in(client, "ines")
    assert [row["role"] for row in await rows(container, "SELECT role FROM organization_members")] == ["manager"] * 2
