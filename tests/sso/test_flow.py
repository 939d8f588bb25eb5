"""The way to the certified provider and back, over HTTP."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from pygmalion_app.accounts import service as accounts
from pygmalion_app.accounts.authentication import SESSION_COOKIE, authenticate_session
from pygmalion_app.accounts.models import SignInMethod
from pygmalion_app.accounts.schemas import SignedIn, VerifyCode
from pygmalion_app.adapters.mail.routes import messages
from pygmalion_app.core.actor import ANONYMOUS, SYSTEM
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.sso import flow
from pygmalion_app.sso.errors import SsoStaleError
from tests.clock import MovableClock
from tests.servers import PLAIN
from tests.sso import peer
from tests.sso.conftest import (
    CALLBACK,
    ESCALE,
    OURS,
    World,
    come_back,
    leave,
    problem_of,
    sign_in,
    with_query,
)

RunJobs = Callable[[], Awaitable[None]]


async def rows(container: Container, query: str) -> list[dict[str, Any]]:
    """Return what the database holds."""
    async with unit_of_work(SYSTEM, container) as uow:
        return [dict(row) for row in (await uow.session.execute(text(query))).mappings()]


async def test_a_new_colleague_is_in_with_one_sign_in(
    connected: World, client: httpx.AsyncClient, container: Container
) -> None:
    answer = await sign_in(client, "ines", next="/fr/certificates", lang="fr")
    assert (answer.status_code, answer.headers["location"]) == (303, "/fr/certificates")
    cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith(SESSION_COOKIE))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    actor = await authenticate_session(client.cookies[SESSION_COOKIE])
    assert [(m.organization_id, m.role) for m in actor.memberships] == [(ESCALE, Role.LEARNER)]
    assert actor.authenticated_at is not None
    (user,) = await rows(container, "SELECT * FROM users WHERE email = 'ines@escale.example'")
    assert (user["first_name"], user["last_name"], user["status"], user["password_hash"]) == (
        "Inès", "Roux", "active", None,
    )  # fmt: skip
    (session,) = await rows(container, "SELECT method FROM browser_sessions")
    assert session["method"] == "sso"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_who_was_here_before_comes_back_to_the_same_account(
    connected: World, client: httpx.AsyncClient, container: Container
) -> None:
    await sign_in(client, "ines")
    await sign_in(client, "ines")
    assert len(await rows(container, "SELECT * FROM users WHERE email LIKE 'ines%'")) == 1
    assert len(await rows(container, "SELECT * FROM sso_identities")) == 1
    assert len(await rows(container, "SELECT * FROM organization_members WHERE role = 'learner'")) == 1


async def test_the_way_out_asks_for_pkce_state_and_nonce(connected: World, client: httpx.AsyncClient) -> None:
    first, second = [httpx.URL(await leave(client)).params for _ in range(2)]
    assert first["code_challenge_method"] == "S256"
    assert first["response_type"] == "code"
    assert first["redirect_uri"] == f"{OURS}{CALLBACK}"
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) == 43
        assert first[name] != second[name]


async def test_nothing_of_a_way_is_readable_in_the_database(
    connected: World, client: httpx.AsyncClient, container: Container
) -> None:
    url = httpx.URL(await leave(client))
    kept = repr(await rows(container, "SELECT * FROM sso_attempts"))
    for name in ("state", "nonce"):
        assert url.params[name] not in kept
    assert client.cookies["pygmalion_sso"] not in kept


async def test_a_way_back_is_good_once(connected: World, client: httpx.AsyncClient, container: Container) -> None:
    back = await peer.sign_in_there(await leave(client), "ines")
    answers = await asyncio.gather(*(come_back(client, back) for _ in range(4)))
    assert sum("problem=" not in answer.headers["location"] for answer in answers) == 1
    assert problem_of(await come_back(client, back)) == "sso_stale"
    assert len(await rows(container, "SELECT * FROM browser_sessions")) == 1


async def test_a_code_that_was_used_is_refused_by_the_provider(connected: World, client: httpx.AsyncClient) -> None:
    """The state is fresh and ours, the code is another way's: PKCE, the nonce and its use stand against it."""
    first = await peer.sign_in_there(await leave(client), "ines")
    stolen = httpx.URL(first).params["code"]
    second = await peer.sign_in_there(await leave(client), "ines")
    assert problem_of(await come_back(client, with_query(second, code=stolen))) == "sso_code"
    assert SESSION_COOKIE not in client.cookies


@pytest.mark.parametrize("state", [None, "", "x" * 43, "x" * 5000])
async def test_a_wrong_or_missing_state_leads_nowhere(
    connected: World, client: httpx.AsyncClient, state: str | None
) -> None:
    back = await peer.sign_in_there(await leave(client), "ines")
    answer = await come_back(client, with_query(back, state=state))
    assert answer.status_code == 422 or problem_of(answer) == "sso_stale"
    assert SESSION_COOKIE not in client.cookies


async def test_another_browser_cannot_take_the_way_back(connected: World, client: httpx.AsyncClient) -> None:
    """Login CSRF: a link that signs the victim into the attacker's account."""
    back = await peer.sign_in_there(await leave(client), "ines")
    client.cookies.clear()
    assert problem_of(await come_back(client, back)) == "sso_stale"
    await leave(client)
    assert problem_of(await come_back(client, back)) == "sso_stale"
    assert SESSION_COOKIE not in client.cookies


async def test_a_way_back_is_good_for_ten_minutes(
    connected: World, client: httpx.AsyncClient, clock: MovableClock
) -> None:
    back = await peer.sign_in_there(await leave(client), "ines")
    clock.move(minutes=10, seconds=1)
    assert problem_of(await come_back(client, back)) == "sso_stale"


async def test_an_answer_in_another_providers_name_is_refused(connected: World, client: httpx.AsyncClient) -> None:
    """Mix-up (RFC 9207): the answer names its issuer, and a provider that does so always does."""
    back = await peer.sign_in_there(await leave(client), "ines")
    assert problem_of(await come_back(client, with_query(back, iss="https://evil.example"))) == "sso_other_issuer"
    back = await peer.sign_in_there(await leave(client), "ines")
    assert problem_of(await come_back(client, with_query(back, iss=None))) == "sso_other_issuer"


async def test_an_answer_at_another_organisations_address_is_refused(
    connected: World, client: httpx.AsyncClient
) -> None:
    back = await peer.sign_in_there(await leave(client), "ines")
    elsewhere = back.replace(str(ESCALE), "01990000-0000-7000-8000-000000000bad")
    assert problem_of(await come_back(client, elsewhere)) == "sso_stale"


async def test_without_pkce_the_provider_refuses(connected: World, client: httpx.AsyncClient) -> None:
    url = with_query(await leave(client), code_challenge=None, code_challenge_method=None)
    back = await peer.sign_in_there(url, "ines")
    assert httpx.URL(back).params["error"] == "invalid_request"
    assert problem_of(await come_back(client, back)) == "sso_client"


async def test_a_way_without_our_challenge_or_nonce_is_not_ours(connected: World, client: httpx.AsyncClient) -> None:
    for changed, problem in (("code_challenge", "sso_code"), ("nonce", "sso_token")):
        url = with_query(await leave(client), **{changed: "A" * 43})
        assert problem_of(await come_back(client, await peer.sign_in_there(url, "ines"))) == problem
    assert SESSION_COOKIE not in client.cookies


async def test_who_cancels_is_told_so(connected: World, client: httpx.AsyncClient) -> None:
    back = await peer.sign_in_there(await leave(client), "ines", cancel=True)
    answer = await come_back(client, back)
    assert problem_of(answer) == "sso_denied"
    assert str(ESCALE) in answer.headers["location"]


@pytest.mark.parametrize(
    ("person", "problem"),
    [("unverified", "sso_unverified_email"), ("foreign", "sso_foreign_address")],
)
async def test_addresses_that_prove_nothing(
    connected: World, client: httpx.AsyncClient, container: Container, person: str, problem: str
) -> None:
    assert problem_of(await sign_in(client, person)) == problem
    assert SESSION_COOKIE not in client.cookies
    email = peer.PEOPLE[person]["email"]
    assert await rows(container, f"SELECT * FROM users WHERE email = '{email}'") == []
    assert await rows(container, "SELECT * FROM sso_identities") == []


async def test_who_is_no_member_stays_out_where_nobody_may_join(
    world: World, provider: peer.Provider, client: httpx.AsyncClient, container: Container
) -> None:
    await world.connect(provider.issuer, joins_members=False, second_factor_trusted=True)
    assert problem_of(await sign_in(client, "ines")) == "sso_not_member"
    assert await rows(container, "SELECT * FROM users WHERE email LIKE 'ines%'") == []


@pytest.mark.parametrize(
    "target",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/fr/x\r\nSet-Cookie: a=b", "javascript:alert(1)"],
)
async def test_nobody_is_sent_elsewhere_afterwards(connected: World, client: httpx.AsyncClient, target: str) -> None:
    answer = await sign_in(client, "ines", next=target)
    assert answer.headers["location"] == "/fr/sign-in"


async def test_without_a_second_factor_at_the_provider_ours_follows(
    world: World, provider: peer.Provider, client: httpx.AsyncClient, container: Container, run_jobs: Any
) -> None:
    await world.connect(provider.issuer)
    answer = await sign_in(client, "ines", next="/fr/training")
    assert SESSION_COOKIE not in client.cookies
    attempt = _attempt(answer)
    browser = client.cookies["pygmalion_sso"]
    step = await flow.second_step(attempt, browser)
    assert (step.email, step.challenge.methods, step.is_first) == ("ines@escale.example", ("email",), False)
    assert problem_of(await client.get(f"/auth/sso/finish/{attempt}")) == "sso_stale"
    await _second_step(client, container, run_jobs, step, "ines@escale.example", attempt)
    client.cookies.set("pygmalion_sso", "y" * 43)
    assert problem_of(await client.get(f"/auth/sso/finish/{attempt}")) == "sso_stale"
    client.cookies.clear()
    client.cookies.set("pygmalion_sso", browser)
    entered = await client.get(f"/auth/sso/finish/{attempt}")
    assert entered.headers["location"] == "/fr/training"
    actor = await authenticate_session(client.cookies[SESSION_COOKIE])
    assert actor.memberships
    assert problem_of(await client.get(f"/auth/sso/finish/{attempt}")) == "sso_stale"
    (user,) = await rows(container, "SELECT * FROM users WHERE email = 'ines@escale.example'")
    assert (user["first_name"], user["status"]) == ("Inès", "active")


async def test_a_second_step_by_somebody_else_confirms_nothing(
    world: World, provider: peer.Provider, client: httpx.AsyncClient, container: Container
) -> None:
    await world.connect(provider.issuer)
    attempt = _attempt(await sign_in(client, "ines"))
    assert world.maya.user_id is not None
    somebody = SignedIn(user_id=world.maya.user_id, method=SignInMethod.EMAIL)
    with pytest.raises(SsoStaleError):
        async with unit_of_work(ANONYMOUS, container, elevated=True) as uow:
            await flow.confirm(uow, attempt, client.cookies["pygmalion_sso"], somebody)
    assert problem_of(await client.get(f"/auth/sso/finish/{attempt}")) == "sso_stale"


async def test_signing_out_ends_the_providers_session_too(
    connected: World, client: httpx.AsyncClient, provider: peer.Provider
) -> None:
    await sign_in(client, "ines")
    url = httpx.URL(await flow.sign_out_url(client.cookies[SESSION_COOKIE]) or "")
    assert str(url).startswith(f"{provider.issuer}/session/end")
    async with httpx.AsyncClient(verify=PLAIN, trust_env=False) as browser:
        page = await browser.get(url)
    assert page.status_code == 200, page.text
    assert await flow.sign_out_url("no session") is None


async def test_changed_keys_are_found(world: World, client: httpx.AsyncClient) -> None:
    with peer.running(f"{OURS}{CALLBACK}") as own:
        await world.connect(own.issuer, second_factor_trusted=True)
        assert "problem" not in (await sign_in(client, "ines")).headers["location"]
        own.stop()
        own.key = peer.signing_key("second")
        own.start()
        assert "problem" not in (await sign_in(client, "ines")).headers["location"]
        own.stop()
        assert "problem" not in await leave(client), "its description is still known"
        back = f"{OURS}{CALLBACK}?code=x&state={httpx.URL(await leave(client)).params['state']}&iss={own.issuer}"
        assert problem_of(await come_back(client, back)) == "sso_unreachable"


async def test_a_provider_that_is_down_is_told_in_words(
    world: World, client: httpx.AsyncClient, container: Container
) -> None:
    await world.connect("http://127.0.0.1:9")
    answer = await client.get(f"/auth/sso/{ESCALE}/start", params={"lang": "en"})
    assert problem_of(answer) == "sso_unreachable"
    assert answer.headers["location"].startswith("/en/")


async def test_a_wrong_secret_is_told_in_words(
    world: World, provider: peer.Provider, client: httpx.AsyncClient
) -> None:
    await world.connect(provider.issuer, client_secret="another")
    assert problem_of(await sign_in(client, "ines")) == "sso_client"


async def test_an_organisation_without_a_connection_says_so(world: World, client: httpx.AsyncClient) -> None:
    for organization in (ESCALE, "nobody", "01990000-0000-7000-8000-000000000bad"):
        assert problem_of(await client.get(f"/auth/sso/{organization}/start")) == "sso_off"


async def test_who_asks_learns_of_domains_only(connected: World, client: httpx.AsyncClient) -> None:
    for email in ("nobody@escale.example", "INES@Escale.Example"):
        found = (await client.get("/api/v1/auth/sso", params={"email": email})).json()["data"]
        assert (found["organizationName"], found["start"]) == ("Escale", f"/auth/sso/{ESCALE}/start")
    for email in ("a@elsewhere.example", "a@sub.escale.example", "not an address", "@", "a@b@"):
        assert (await client.get("/api/v1/auth/sso", params={"email": email})).json().get("data") is None


async def mailed_code(run_jobs: RunJobs, email: str) -> str:
    """Send what waits and return the code of the newest mail to an address."""
    await run_jobs()
    found = re.search(r"\b\d{6}\b", (await messages(email))[0].text)
    assert found
    return found[0]


def _attempt(answer: httpx.Response) -> Any:
    found = re.fullmatch(r"/fr/sign-in\?sso=([0-9a-f-]{36})", answer.headers["location"])
    assert found, answer.headers["location"]
    return UUID(found[1])


async def _second_step(
    client: httpx.AsyncClient, container: Container, run_jobs: Any, step: flow.SecondStep, email: str, attempt: Any
) -> None:
    code = await mailed_code(run_jobs, email)
    async with unit_of_work(ANONYMOUS, container, elevated=True) as uow:
        signed_in = await accounts.verify_code(uow, VerifyCode(challenge_id=step.challenge.challenge_id, code=code))
        await flow.confirm(uow, attempt, client.cookies["pygmalion_sso"], signed_in)
