"""Sessions: refresh tokens used at once and again, idle and absolute ends, the active organisation."""

import asyncio

import httpx
import pytest

from pygmalion_app.accounts import sessions
from pygmalion_app.accounts.authentication import authenticate_access_token, authenticate_session
from pygmalion_app.accounts.errors import ReauthenticationRequiredError
from pygmalion_app.accounts.models import SignInMethod
from pygmalion_app.accounts.reauthentication import require_recent
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import NotAuthenticatedError, PermissionDeniedError
from pygmalion_app.core.unit_of_work import unit_of_work
from tests.accounts.signing import RunJobs, browser_is_in, browser_of, client_of, last_code
from tests.cast import PASSWORD, Cast
from tests.clock import MovableClock


async def _refresh(api: httpx.AsyncClient, token: str) -> httpx.Response:
    return await api.post("/auth/refresh", json={"refreshToken": token})


async def test_twelve_tabs_refresh_at_once_and_all_go_on(
    api: httpx.AsyncClient, cast: Cast, clock: MovableClock
) -> None:
    first = (await client_of(api, cast.lea)).tokens
    tabs = await asyncio.gather(*(_refresh(api, first.refresh_token) for _ in range(12)))
    assert {answer.status_code for answer in tabs} == {200}
    given = [answer.json()["data"] for answer in tabs]
    assert len({pair["refreshToken"] for pair in given}) == 12
    clock.move(minutes=14)
    for pair in given:
        header = {"Authorization": f"Bearer {pair['accessToken']}"}
        assert (await api.get("/auth/me", headers=header)).status_code == 200
    again = await asyncio.gather(*(_refresh(api, pair["refreshToken"]) for pair in given))
    assert {answer.status_code for answer in again} == {200}


async def test_a_stolen_refresh_token_used_later_ends_everything_that_followed(
    api: httpx.AsyncClient, cast: Cast, clock: MovableClock
) -> None:
    victim = await client_of(api, cast.lea)
    other = await client_of(api, cast.lea)
    newest = (await _refresh(api, victim.tokens.refresh_token)).json()["data"]
    clock.move(seconds=11)
    assert (await _refresh(api, victim.tokens.refresh_token)).json()["code"] == "invalid_token"
    assert (await _refresh(api, newest["refreshToken"])).status_code == 401
    header = {"Authorization": f"Bearer {newest['accessToken']}"}
    assert (await api.get("/auth/me", headers=header)).status_code == 401
    assert await other.signed_in()


async def test_reuse_and_refresh_at_once_leave_no_living_branch(
    api: httpx.AsyncClient, cast: Cast, clock: MovableClock
) -> None:
    person = await client_of(api, cast.lea)
    newest = (await _refresh(api, person.tokens.refresh_token)).json()["data"]["refreshToken"]
    clock.move(minutes=1)
    thief, honest = await asyncio.gather(_refresh(api, person.tokens.refresh_token), _refresh(api, newest))
    assert thief.status_code == 401
    if honest.status_code == 200:
        assert (await _refresh(api, honest.json()["data"]["refreshToken"])).status_code == 401


async def test_refresh_tokens_end_unused_and_after_ninety_days_however_used(
    api: httpx.AsyncClient, cast: Cast, clock: MovableClock
) -> None:
    idle = await client_of(api, cast.lea)
    token = (await client_of(api, cast.marc)).tokens.refresh_token
    clock.move(days=6, hours=23)
    token = (await _refresh(api, token)).json()["data"]["refreshToken"]
    clock.move(hours=2)
    assert not await idle.can_refresh()
    for _ in range(13):
        clock.move(days=6)
        answer = await _refresh(api, token)
        assert answer.status_code == 200
        token = answer.json()["data"]["refreshToken"]
    clock.move(days=6)
    assert (await _refresh(api, token)).status_code == 401


async def test_a_browser_ends_after_a_week_without_use_and_after_two_in_any_case(
    api: httpx.AsyncClient, cast: Cast, clock: MovableClock
) -> None:
    used, unused = await browser_of(cast.lea), await browser_of(cast.lea)
    clock.move(days=4)
    assert await browser_is_in(api, used)
    clock.move(days=3, minutes=1)
    assert not await browser_is_in(api, unused)
    assert await browser_is_in(api, used)
    clock.move(days=6)
    assert await browser_is_in(api, used)
    clock.move(days=1)
    assert not await browser_is_in(api, used)


async def test_use_is_noted_every_five_minutes_and_not_at_each_call(
    api: httpx.AsyncClient, cast: Cast, clock: MovableClock
) -> None:
    token = await browser_of(cast.lea)

    async def noted() -> object:
        async with unit_of_work(SYSTEM) as uow:
            (row,) = await uow.sql("SELECT last_seen_at, xmin::text AS version FROM browser_sessions")
        return row["last_seen_at"], row["version"]

    signed_in = await noted()
    clock.move(minutes=4)
    assert await browser_is_in(api, token)
    assert await noted() == signed_in
    clock.move(minutes=2)
    await asyncio.gather(*(browser_is_in(api, token) for _ in range(8)))
    seen = await noted()
    assert seen != signed_in
    await browser_is_in(api, token)
    assert await noted() == seen


async def test_sign_out_holds_at_once_for_the_copied_cookie(api: httpx.AsyncClient, cast: Cast) -> None:
    token = await browser_of(cast.lea)
    assert await browser_is_in(api, token)
    async with unit_of_work(SYSTEM) as uow:
        await sessions.close_browser_session(uow, token)
    assert not await browser_is_in(api, token)


async def test_the_active_organization_is_ones_own_and_of_this_session_only(cast: Cast) -> None:
    token, other = await browser_of(cast.lea), await browser_of(cast.lea)
    actor = await authenticate_session(token)
    assert actor.active_organization_id is None
    async with unit_of_work(actor) as uow:
        await sessions.set_active_organization(uow, cast.company)
    assert (await authenticate_session(token)).active_organization_id == cast.company
    assert (await authenticate_session(other)).active_organization_id is None
    with pytest.raises(PermissionDeniedError):
        async with unit_of_work(actor) as uow:
            await sessions.set_active_organization(uow, cast.school)
    async with unit_of_work(SYSTEM) as uow:
        await uow.sql("DELETE FROM organization_members WHERE user_id = %(user)s", user=cast.lea.user_id)
    assert (await authenticate_session(token)).active_organization_id is None


async def test_a_proof_is_recent_for_ten_minutes_and_never_by_trusted_device(
    api: httpx.AsyncClient, cast: Cast, clock: MovableClock
) -> None:
    async def may_change(token: str) -> bool:
        try:
            async with unit_of_work(await authenticate_session(token)) as uow:
                require_recent(uow)
        except ReauthenticationRequiredError:
            return False
        return True

    token = await browser_of(cast.lea)
    assert not await may_change(await browser_of(cast.lea, SignInMethod.TRUSTED_DEVICE))
    clock.move(minutes=10)
    assert await may_change(token)
    clock.move(seconds=1)
    assert not await may_change(token)
    person = await client_of(api, cast.lea)
    clock.move(minutes=11)
    actor = await authenticate_access_token(person.tokens.access_token)
    with pytest.raises(ReauthenticationRequiredError):
        async with unit_of_work(actor) as uow:
            require_recent(uow)
    with pytest.raises(NotAuthenticatedError):
        async with unit_of_work(cast.lea.__class__()) as uow:
            require_recent(uow)


async def test_reauthentication_renews_this_session_and_no_other(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    person, other = await client_of(api, cast.lea), await client_of(api, cast.lea)
    clock.move(minutes=11)
    wrong = await person.call("POST", "/reauthenticate", password="not the password")
    assert (wrong.status_code, wrong.json()["code"]) == (403, "wrong_password")
    challenge = (await person.call("POST", "/reauthenticate", password=PASSWORD)).json()["data"]
    assert challenge["methods"] == ["email"]
    code = await last_code(run_jobs, "lea@test.example")
    answer = {"challengeId": challenge["challengeId"], "code": code}
    assert (await other.call("POST", "/reauthenticate/confirm", **answer)).status_code == 401
    assert (await person.call("POST", "/reauthenticate/confirm", **answer)).status_code == 204
    assert (await person.call("POST", "/reauthenticate/confirm", **answer)).status_code == 401
    proven = await authenticate_access_token(person.tokens.access_token)
    assert proven.authenticated_at == clock.now()
    unproven = await authenticate_access_token(other.tokens.access_token)
    assert unproven.authenticated_at != clock.now()


async def test_a_sign_ins_code_does_not_stand_in_for_a_reauthentication(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs
) -> None:
    person = await client_of(api, cast.lea)
    login = await api.post("/auth/login", json={"email": "lea@test.example", "password": PASSWORD})
    answer = {"challengeId": login.json()["data"]["challengeId"], "code": await last_code(run_jobs, "lea@test.example")}
    assert (await person.call("POST", "/reauthenticate/confirm", **answer)).json()["code"] == "invalid_code"


async def test_the_password_cannot_be_guessed_by_reauthenticating(api: httpx.AsyncClient, cast: Cast) -> None:
    person = await client_of(api, cast.lea)
    tries = [await person.call("POST", "/reauthenticate", password=f"guess number {n}") for n in range(11)]
    assert [answer.status_code for answer in tries] == [403] * 10 + [429]
    assert int(tries[-1].headers["Retry-After"]) > 0


async def test_looking_a_caller_up_leaves_the_walls_as_they_were(api: httpx.AsyncClient, cast: Cast) -> None:
    await client_of(api, cast.marc)
    async with unit_of_work(cast.lea) as uow:
        assert await uow.sql("SELECT user_id FROM actor_by_user(%(user)s)", user=cast.marc.user_id)
        assert await uow.sql("SELECT id FROM token_families") == []
