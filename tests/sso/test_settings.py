"""How an organisation connects its provider and proves its domains, and what nobody else can do to it."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from pygmalion_app.accounts import service as accounts
from pygmalion_app.accounts.schemas import Login
from pygmalion_app.adapters.mail.routes import messages
from pygmalion_app.core.actor import ANONYMOUS, SYSTEM, Actor
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.sso import domains, offers, secrets, service
from pygmalion_app.sso.models import SsoConnection
from pygmalion_app.sso.schemas import AskDomainCode, ClaimDomain, ConnectionView, ProveDomain, SaveConnection
from tests.cast import PASSWORD, Cast, add_person
from tests.clock import MovableClock
from tests.sso import peer
from tests.sso.conftest import DOMAIN, ESCALE, World, sign_in
from tests.sso.test_flow import rows

RunJobs = Callable[[], Awaitable[None]]
SECRET = {"client_id": "pygmalion", "client_secret": peer.CLIENT_SECRET}


def save_of(**changes: object) -> SaveConnection:
    """Return a connection as a manager fills it in."""
    return SaveConnection.model_validate({"issuer": "https://idp.example", **SECRET} | changes)


async def refused(actor: Actor, container: Container, work: Callable[[Any], Awaitable[Any]], code: str) -> None:
    """Expect a refusal."""
    with pytest.raises(PygmalionError) as caught:
        async with unit_of_work(actor, container) as uow:
            await work(uow)
    assert caught.value.code == code


def recent(actor: Actor, clock: MovableClock) -> Actor:
    """Return somebody who has just proved who they are."""
    return replace(actor, authenticated_at=clock.now())


async def view(world: World) -> ConnectionView:
    """Return what the manager sees."""
    async with unit_of_work(world.maya, world.container) as uow:
        return await service.connection_of(uow, ESCALE)


async def test_the_secret_is_kept_encrypted_and_never_comes_back(world: World, container: Container) -> None:
    await world.connect("https://idp.example")
    assert peer.CLIENT_SECRET not in (await view(world)).model_dump_json()
    stored = await rows(container, "SELECT * FROM sso_connections")
    assert peer.CLIENT_SECRET not in repr(stored)
    async with unit_of_work(SYSTEM, container) as uow:
        found = await uow.session.get_one(SsoConnection, ESCALE)
        assert service.client_of(uow, found).client_secret == peer.CLIENT_SECRET
        with pytest.raises(secrets.TamperedSecretError):
            secrets.unseal(uow.settings, secrets.CLIENT_SECRET, world.maya.user_id or ESCALE, found.secret)
        with pytest.raises(secrets.TamperedSecretError):
            secrets.unseal(uow.settings, secrets.ID_TOKEN, ESCALE, found.secret)


async def test_a_secret_never_follows_to_another_provider(world: World, container: Container) -> None:
    """Who may change the address, and cannot read the secret, must not have it sent to a server of their own."""
    await world.connect("https://idp.example")
    moved = save_of(issuer="https://evil.example", client_secret=None)
    await refused(world.maya, container, lambda uow: service.save(uow, ESCALE, moved), "sso_secret_needed")
    renamed = save_of(client_id="another", client_secret=None)
    await refused(world.maya, container, lambda uow: service.save(uow, ESCALE, renamed), "sso_secret_needed")
    async with unit_of_work(world.maya, container) as uow:
        await service.save(uow, ESCALE, save_of(client_secret=None, second_factor_trusted=True))


async def test_changes_ask_for_a_recent_proof(world: World, container: Container, clock: MovableClock) -> None:
    await world.connect("https://idp.example")
    clock.move(minutes=11)
    for work in (
        lambda uow: service.save(uow, ESCALE, save_of()),
        lambda uow: service.remove(uow, ESCALE),
        lambda uow: domains.claim(uow, ESCALE, ClaimDomain(domain="new.example")),
        lambda uow: domains.release(uow, ESCALE, DOMAIN),
        lambda uow: domains.send_code(uow, ESCALE, DOMAIN, AskDomainCode()),
        lambda uow: domains.prove(uow, ESCALE, DOMAIN, ProveDomain(code="000000")),
    ):
        await refused(world.maya, container, work, "reauthentication_required")


async def test_nobody_else_sees_or_changes_it(
    world: World, cast: Cast, container: Container, clock: MovableClock
) -> None:
    await world.connect("https://idp.example")
    learner = Actor(user_id=cast.lea.user_id, memberships=cast.lea.memberships, authenticated_at=clock.now())
    for actor, code in (
        (ANONYMOUS, "not_authenticated"),
        (learner, "permission_denied"),
        (recent(cast.stranger, clock), "permission_denied"),
    ):
        for work in (
            lambda uow: service.connection_of(uow, ESCALE),
            lambda uow: service.save(uow, ESCALE, save_of()),
            lambda uow: service.remove(uow, ESCALE),
            lambda uow: service.client_to_check(uow, ESCALE),
            lambda uow: domains.claim(uow, ESCALE, ClaimDomain(domain="new.example")),
            lambda uow: domains.approve(uow, ESCALE, DOMAIN),
            domains.waiting,
        ):
            await refused(actor, container, work, code)
    await refused(world.maya, container, lambda uow: domains.approve(uow, ESCALE, DOMAIN), "permission_denied")


async def test_the_database_alone_keeps_others_out(
    connected: World, client: httpx.AsyncClient, cast: Cast, container: Container
) -> None:
    await sign_in(client, "ines")
    tables = ("connections", "domains", "domain_codes", "identities", "attempts", "sessions")
    counts: dict[str, dict[str, int]] = {}
    for name, actor in (
        ("maya", connected.maya),
        ("stranger", cast.stranger),
        ("nobody", ANONYMOUS),
        ("ada", cast.ada),
    ):
        async with unit_of_work(actor, container) as uow:
            counts[name] = {
                table: (await uow.session.execute(text(f"SELECT count(*) FROM sso_{table}"))).scalar_one()
                for table in tables
            }
    nothing = dict.fromkeys(tables, 0)
    assert counts["stranger"] == counts["nobody"] == nothing
    assert counts["maya"] == counts["ada"] == nothing | {"connections": 1, "domains": 1}
    async with unit_of_work(cast.stranger, container) as uow:
        changed = await uow.session.execute(text("UPDATE sso_connections SET issuer = 'https://evil.example'"))
        assert changed.rowcount == 0  # pyright: ignore[reportAttributeAccessIssue]


async def test_a_domain_is_proven_by_a_code_to_its_own_mailbox(
    world: World, container: Container, run_jobs: RunJobs
) -> None:
    async with unit_of_work(world.maya, container) as uow:
        await domains.claim(uow, ESCALE, ClaimDomain(domain=" @Société.Example "))
        await domains.send_code(uow, ESCALE, "xn--socit-esab.example", AskDomainCode(mailbox="hostmaster"))
    assert not next(one for one in (await view(world)).domains if one.domain.startswith("xn--")).proven_at
    await run_jobs()
    (mail,) = await messages("hostmaster@xn--socit-esab.example")
    code = re.search(r"\b\d{6}\b", mail.text)
    assert code
    assert "Escale" in mail.text
    wrong = ProveDomain(code=f"{(int(code[0]) + 1) % 1_000_000:06d}")
    for _ in range(2):
        await refused(
            world.maya,
            container,
            lambda uow: domains.prove(uow, ESCALE, "xn--socit-esab.example", wrong),
            "sso_wrong_domain_code",
        )
    async with unit_of_work(world.maya, container) as uow:
        await domains.prove(uow, ESCALE, "xn--socit-esab.example", ProveDomain(code=code[0]))
    proven = next(one for one in (await view(world)).domains if one.domain.startswith("xn--"))
    assert proven.proven_by == "mailbox"


async def test_a_domains_code_bears_few_guesses_and_a_day(
    world: World, container: Container, run_jobs: RunJobs, clock: MovableClock
) -> None:
    async def code() -> str:
        async with unit_of_work(maya, container) as uow:
            await domains.send_code(uow, ESCALE, "new.example", AskDomainCode())
        await run_jobs()
        found = re.search(r"\b\d{6}\b", (await messages("postmaster@new.example"))[0].text)
        assert found
        return found[0]

    def prove(given: str) -> Callable[[Any], Awaitable[None]]:
        return lambda uow: domains.prove(uow, ESCALE, "new.example", ProveDomain(code=given))

    maya = world.maya
    async with unit_of_work(maya, container) as uow:
        await domains.claim(uow, ESCALE, ClaimDomain(domain="new.example"))
    right = await code()
    for guess in range(5):
        wrong = f"{(int(right) + 1 + guess) % 1_000_000:06d}"
        await refused(maya, container, prove(wrong), "sso_wrong_domain_code")
    await refused(maya, container, prove(right), "sso_wrong_domain_code")
    right = await code()
    clock.move(hours=24, seconds=1)
    maya = recent(maya, clock)
    await refused(maya, container, prove(right), "sso_wrong_domain_code")


@pytest.mark.parametrize("domain", ["gmail.com", "ORANGE.fr", "yopmail.com."])
async def test_public_domains_are_nobodys(world: World, container: Container, domain: str) -> None:
    await refused(
        world.maya,
        container,
        lambda uow: domains.claim(uow, ESCALE, ClaimDomain(domain=domain)),
        "sso_public_domain",
    )


@pytest.mark.parametrize("domain", ["", "localhost", "a b.example", "x@y.example", "10.0.0.1", "-a.example", "é" * 70])
def test_what_is_no_domain(domain: str) -> None:
    with pytest.raises(PygmalionError, match="sso_invalid_domain"):
        domains.normal_domain(domain)


async def test_a_domain_belongs_to_one_organisation(
    world: World, cast: Cast, container: Container, clock: MovableClock
) -> None:
    rival = recent(cast.stranger, clock)
    theirs = rival.memberships[0].organization_id
    claim = ClaimDomain(domain=DOMAIN)
    await refused(rival, container, lambda uow: domains.claim(uow, theirs, claim), "sso_domain_taken")
    # Claimed by both while neither has proven it: the first proof decides.
    async with unit_of_work(rival, container) as uow:
        await domains.claim(uow, theirs, ClaimDomain(domain="both.example"))
    async with unit_of_work(world.maya, container) as uow:
        await domains.claim(uow, ESCALE, ClaimDomain(domain="both.example"))
    ada = recent(cast.ada, clock)
    async with unit_of_work(ada, container) as uow:
        assert {one.domain for one in await domains.waiting(uow)} == {"both.example"}
        await domains.approve(uow, theirs, "both.example")
    await refused(ada, container, lambda uow: domains.approve(uow, ESCALE, "both.example"), "sso_domain_taken")
    ask = AskDomainCode()
    await refused(
        world.maya, container, lambda uow: domains.send_code(uow, ESCALE, "both.example", ask), "sso_domain_taken"
    )


async def test_it_is_demanded_only_after_somebody_came_in_that_way(
    connected: World, provider: peer.Provider, client: httpx.AsyncClient, container: Container
) -> None:
    demand = save_of(issuer=provider.issuer, demanded=True, joins_members=True, second_factor_trusted=True)
    await refused(connected.maya, container, lambda uow: service.save(uow, ESCALE, demand), "sso_not_tried")
    await sign_in(client, "ines")
    async with unit_of_work(connected.maya, container) as uow:
        assert (await service.save(uow, ESCALE, demand)).demanded
    async with unit_of_work(connected.maya, container) as uow:
        await domains.release(uow, ESCALE, DOMAIN)
    assert not (await view(connected)).demanded, "without a domain nobody could come in"


async def test_where_it_is_demanded_other_ways_are_closed_to_members(
    connected: World, provider: peer.Provider, client: httpx.AsyncClient, container: Container
) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        for name, role in (("paul", Role.LEARNER), ("root", Role.MANAGER), ("far", Role.LEARNER)):
            person = await add_person(uow, name, (ESCALE, role), admin=name == "root")
            if name != "far":
                await uow.sql(
                    "UPDATE users SET email = %(email)s WHERE id = %(id)s",
                    email=f"{name}@{DOMAIN}",
                    id=person.user_id,
                )
        outsider = await add_person(uow, "outsider")
        await uow.sql("UPDATE users SET email = 'out@escale.example' WHERE id = %(id)s", id=outsider.user_id)
    await sign_in(client, "ines")
    await connected.connect(provider.issuer, demanded=True)

    async def login(email: str, password: str = PASSWORD) -> str:
        answer = await client.post("/api/v1/auth/login", json={"email": email, "password": password})
        return answer.json().get("code", "ok")

    assert await login("paul@escale.example") == "sso_demanded"
    assert await login("paul@escale.example", "not the password") == "invalid_credentials", "a stranger learns nothing"
    assert await login("root@escale.example") == "ok", "the platform's administrators come in as ever"
    assert await login("out@escale.example") == "ok", "no member"
    assert await login("far@test.example") == "ok", "a member the provider does not know"
    assert await rows(container, "SELECT * FROM login_challenges WHERE used_at IS NULL") != []
    assert await rows(container, "SELECT * FROM outgoing_emails WHERE to_address = 'paul@escale.example'") == []


async def test_a_code_that_was_on_its_way_does_not_open_a_closed_way(
    connected: World, provider: peer.Provider, client: httpx.AsyncClient, container: Container, run_jobs: RunJobs
) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        person = await add_person(uow, "paul", (ESCALE, Role.LEARNER))
        await uow.sql("UPDATE users SET email = 'paul@escale.example' WHERE id = %(id)s", id=person.user_id)
    async with unit_of_work(ANONYMOUS, container, elevated=True) as uow:
        challenge = await accounts.login(
            uow, Login.model_validate({"email": "paul@escale.example", "password": PASSWORD})
        )
    await sign_in(client, "ines")
    await connected.connect(provider.issuer, demanded=True)
    await run_jobs()
    code = re.search(r"\b\d{6}\b", (await messages("paul@escale.example"))[0].text)
    assert code
    answer = await client.post(
        "/api/v1/auth/verify-otp", json={"challengeId": str(challenge.challenge_id), "code": code[0]}
    )
    assert answer.json()["code"] == "sso_demanded"


async def test_a_school_has_no_learners_to_join(cast: Cast, container: Container, clock: MovableClock) -> None:
    olga = recent(cast.olga, clock)
    await refused(
        olga, container, lambda uow: service.save(uow, cast.school, save_of(joins_members=True)), "sso_no_learners"
    )
    async with unit_of_work(olga, container) as uow:
        assert not (await service.save(uow, cast.school, save_of())).can_join


async def test_disconnecting_ends_what_waits_and_keeps_accounts(
    connected: World, client: httpx.AsyncClient, container: Container
) -> None:
    await sign_in(client, "ines")
    async with unit_of_work(connected.maya, container) as uow:
        await service.remove(uow, ESCALE)
    for table in ("identities", "attempts", "sessions", "connections"):
        assert await rows(container, f"SELECT * FROM sso_{table}") == []
    assert len(await rows(container, "SELECT * FROM users WHERE email LIKE 'ines%'")) == 1
    async with unit_of_work(ANONYMOUS, container) as uow:
        assert await offers.offer_for_email(uow, f"x@{DOMAIN}") is None


async def test_the_test_says_what_is_wrong(
    connected: World, provider: peer.Provider, container: Container, client: httpx.AsyncClient
) -> None:
    from pygmalion_app.sso import flow

    assert (await flow.check(connected.maya, ESCALE)).ok
    await connected.connect(provider.issuer, client_secret="another")
    assert (await flow.check(connected.maya, ESCALE)).faults == ("client",)
    assert (await view(connected)).faults == ("client",)
    await connected.connect("http://10.0.0.1")
    assert (await flow.check(connected.maya, ESCALE)).faults == ("address",)
    await connected.connect("https://localhost:1/")
    assert (await flow.check(connected.maya, ESCALE)).faults == ("unreachable",)


async def test_acts_are_written_down(connected: World, client: httpx.AsyncClient, container: Container) -> None:
    await sign_in(client, "ines")
    acts = {row["action"] for row in await rows(container, "SELECT action FROM audit_events")}
    assert {"sso.connection_saved", "sso.identity_linked", "sso.member_joined"} <= acts


async def test_old_attempts_are_forgotten(connected: World, client: httpx.AsyncClient, container: Container) -> None:
    from pygmalion_app.sso.privacy import register  # noqa: F401 - registers what is held

    await sign_in(client, "ines")
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.sql("UPDATE sso_attempts SET expires_at = %(at)s", at=uow.clock.now() - timedelta(days=2))
    await client.get(f"/auth/sso/{ESCALE}/start")
    assert len(await rows(container, "SELECT * FROM sso_attempts")) == 1
