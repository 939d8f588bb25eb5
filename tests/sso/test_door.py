"""The screens' states: the way to one's organisation, the second step after it, the settings."""

from typing import Any

import httpx
import pytest

from pygmalion_app.accounts.authentication import SESSION_COOKIE
from pygmalion_app.accounts.sessions import open_browser_session
from pygmalion_app.core.actor import ANONYMOUS, SYSTEM, Actor
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.ui import actor as actors
from pygmalion_app.ui.accounts.state import SignIn
from pygmalion_app.ui.sso.door_state import SsoDoor
from pygmalion_app.ui.sso.settings_state import SsoSettings
from tests.cast import PASSWORD, add_person
from tests.clock import MovableClock
from tests.sso import peer
from tests.sso.conftest import ESCALE, World, sign_in
from tests.sso.test_flow import RunJobs, mailed_code, rows
from tests.ui.conftest import Visit, _pages, visit  # noqa: F401 - the public screens' fixtures serve here too


async def session_cookie(container: Container, actor: Actor) -> str:
    """Return the cookie of a person who has just signed in."""
    assert actor.user_id is not None
    async with unit_of_work(ANONYMOUS, container) as uow:
        token = await open_browser_session(uow, actor.user_id)
    return f"{SESSION_COOKIE}={token}"


async def test_a_typed_address_leads_to_its_organisation(connected: World, visit: Visit) -> None:  # noqa: F811
    state = await visit("/en/sign-in?next=/en/certificates").get_state(SsoDoor)
    await SsoDoor.look_up.fn(state, "somebody@escale.example")
    assert state.name == "Escale"
    assert state.start.startswith(f"/auth/sso/{ESCALE}/start?lang=en&email=somebody%40escale.example")
    assert state.start.endswith("next=%2Fen%2Fcertificates")
    await SsoDoor.look_up.fn(state, "somebody@elsewhere.example")
    assert (state.name, state.start) == ("", "")
    odd: Any
    for odd in (None, 7, [], "", "@", "x" * 5000):
        await SsoDoor.look_up.fn(state, odd)
        assert state.start == ""


async def test_nobody_is_sent_elsewhere_by_the_door(connected: World, visit: Visit) -> None:  # noqa: F811
    state = await visit("/fr/sign-in?next=https://evil.example").get_state(SsoDoor)
    await SsoDoor.look_up.fn(state, "a@escale.example")
    assert "next" not in state.start


async def test_the_door_tells_what_went_wrong_and_only_that(connected: World, visit: Visit) -> None:  # noqa: F811
    for problem, told in (
        ("sso_denied", True),
        ("sso_stale", True),
        ("sso_nonsense", True),
        ("<b>", False),
        ("", False),
    ):
        actors.forget()
        state = await visit(f"/fr/sign-in/organisation?problem={problem}&organisation={ESCALE}").get_state(SsoDoor)
        await SsoDoor.load.fn(state)
        assert bool(state.problem) is told, problem
        assert problem not in state.problem or not problem
        assert state.name == "Escale"
    state = await visit("/fr/sign-in/organisation?organisation=escale").get_state(SsoDoor)
    await SsoDoor.load.fn(state)
    assert state.start


async def test_the_form_says_when_nobody_answers_for_a_domain(connected: World, visit: Visit) -> None:  # noqa: F811
    state = await visit("/fr/sign-in/organisation").get_state(SsoDoor)
    assert await SsoDoor.find.fn(state, {"email": "a@elsewhere.example"}) is None
    assert (state.searched, state.error) == (True, "")
    await SsoDoor.find.fn(state, {"email": ["x"]})
    assert state.error
    assert "start" in str(await SsoDoor.find.fn(state, {"email": "a@escale.example"}))


async def test_the_second_step_after_the_provider_ends_at_the_session(
    world: World,
    provider: peer.Provider,
    client: httpx.AsyncClient,
    visit: Visit,  # noqa: F811
    run_jobs: RunJobs,
) -> None:
    await world.connect(provider.issuer)
    answer = await sign_in(client, "ines", next="/fr/certificates")
    browser = client.cookies["pygmalion_sso"]
    actors.forget()
    stranger = await visit(answer.headers["location"]).get_state(SignIn)
    await SignIn.load.fn(stranger)
    assert (stranger.step, bool(stranger.form_error)) == ("identity", True)
    state = await visit(answer.headers["location"], cookie=f"pygmalion_sso={browser}").get_state(SignIn)
    await SignIn.load.fn(state)
    assert (state.step, state.email) == ("email", "ines@escale.example")
    assert state.lead
    event = await SignIn.type_code.fn(state, await mailed_code(run_jobs, "ines@escale.example"))
    assert "/auth/sso/finish/" in str(event)
    assert "/auth/exchange" not in str(event)
    finished = await client.get(f"/auth/sso/finish/{state._sso}")
    assert finished.headers["location"] == "/fr/certificates"
    assert SESSION_COOKIE in client.cookies


async def test_a_password_is_answered_with_the_organisations_way_where_that_is_demanded(
    connected: World,
    provider: peer.Provider,
    client: httpx.AsyncClient,
    container: Container,
    visit: Visit,  # noqa: F811
) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        person = await add_person(uow, "paul", (ESCALE, Role.LEARNER))
        await uow.sql("UPDATE users SET email = 'paul@escale.example' WHERE id = %(id)s", id=person.user_id)
    await sign_in(client, "ines")
    await connected.connect(provider.issuer, demanded=True)
    actors.forget()
    state = await visit("/fr/sign-in").get_state(SignIn)
    await SignIn.sign_in.fn(state, {"email": "paul@escale.example", "password": PASSWORD})
    assert state.step == "identity"
    assert "Escale" in state.form_error


async def test_a_manager_sets_it_up_on_the_page(
    world: World,
    provider: peer.Provider,
    container: Container,
    visit: Visit,  # noqa: F811
) -> None:
    cookie = await session_cookie(container, world.maya)
    actors.forget()
    state = await visit("/fr/organisation/sso", cookie).get_state(SsoSettings)
    await SsoSettings.load.fn(state)
    assert (state.loaded, state.configured, state.organization) == (True, False, str(ESCALE))
    assert state.facts["redirect_uri"].endswith(f"/auth/sso/callback/{ESCALE}")
    await SsoSettings.save.fn(state, {"issuer": "", "client_id": "x\ny"})
    assert set(state.errors) == {"issuer", "client_id"}
    form = {"issuer": provider.issuer, "client_id": peer.CLIENT_ID, "enabled": "on"}
    await SsoSettings.save.fn(state, form)
    assert set(state.errors) == {"client_secret"}
    await SsoSettings.save.fn(state, form | {"client_secret": peer.CLIENT_SECRET})
    assert (state.errors, state.configured, state.choices["enabled"]) == ({}, True, True)
    assert peer.CLIENT_SECRET not in repr(state.dict())
    await SsoSettings.test.fn(state)
    assert (state.faults, bool(state.checked)) == ([], True)
    await SsoSettings.claim.fn(state, {"domain": "gmail.com"})
    assert "gmail.com" in state.errors["domain"]
    await SsoSettings.claim.fn(state, {"domain": "New.Example"})
    assert [(row.domain, row.proven) for row in state.rows] == [("escale.example", True), ("new.example", False)]
    SsoSettings.begin_proof.fn(state, "new.example")
    await SsoSettings.send_code.fn(state, {"mailbox": "admin"})
    assert state.code_sent == "admin@new.example"
    await SsoSettings.prove.fn(state, {"domain_code": "12"})
    assert state.errors["code"]


async def test_changes_on_the_page_ask_for_a_proof_first(
    world: World,
    container: Container,
    visit: Visit,  # noqa: F811
    clock: MovableClock,
) -> None:
    cookie = await session_cookie(container, world.maya)
    clock.move(minutes=11)
    actors.forget()
    state = await visit("/fr/organisation/sso", cookie).get_state(SsoSettings)
    await SsoSettings.load.fn(state)
    form = {"issuer": "https://idp.example", "client_id": "x", "client_secret": "typed-secret"}
    events = [await SsoSettings.save.fn(state, form), await SsoSettings.claim.fn(state, {"domain": "new.example"})]
    assert all("reauthenticate-dialog" in str(event) for event in events)
    assert await rows(container, "SELECT * FROM sso_connections") == []


@pytest.mark.parametrize("form", [{}, {"issuer": 7, "client_secret": ["x"]}, {"domain": None, "mailbox": {"a": 1}}])
async def test_a_form_of_any_shape_is_an_answer_and_no_error(
    world: World,
    container: Container,
    visit: Visit,  # noqa: F811
    form: dict[str, Any],
) -> None:
    cookie = await session_cookie(container, world.maya)
    actors.forget()
    state = await visit("/fr/organisation/sso", cookie).get_state(SsoSettings)
    await SsoSettings.load.fn(state)
    for handler in (SsoSettings.save, SsoSettings.claim, SsoSettings.prove):
        await handler.fn(state, form)
        assert state.errors
    await SsoSettings.send_code.fn(state, form)
