"""Another password: forgotten, or changed."""

import asyncio
import time

import httpx
import pytest

from pygmalion_app.accounts import password_reset
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import unit_of_work
from tests.accounts.signing import (
    RunJobs,
    browser_is_in,
    browser_of,
    client_of,
    last_code,
    last_token,
    mails_to,
)
from tests.cast import PASSWORD, Cast
from tests.clock import MovableClock

LEA = "lea@test.example"
NEW = "quatre mots pas ensemble"


async def _ask(api: httpx.AsyncClient, email: str = LEA) -> httpx.Response:
    return await api.post("/auth/password-reset", json={"email": email})


async def _confirm(api: httpx.AsyncClient, token: str, password: str = NEW) -> httpx.Response:
    return await api.post("/auth/password-reset/confirm", json={"token": token, "password": password})


async def _login(api: httpx.AsyncClient, password: str) -> httpx.Response:
    return await api.post("/auth/login", json={"email": LEA, "password": password})


async def test_a_reset_ends_every_session_and_still_asks_for_the_second_factor(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs
) -> None:
    browser, client = await browser_of(cast.lea), await client_of(api, cast.lea)
    bystander = await client_of(api, cast.marc)
    under_way = (await _login(api, PASSWORD)).json()["data"]["challengeId"]
    code = await last_code(run_jobs, LEA)
    assert (await _ask(api, "LEA@test.example")).status_code == 202
    token = await last_token(run_jobs, LEA)
    assert (await _confirm(api, token)).status_code == 204
    assert not await browser_is_in(api, browser)
    assert not await client.signed_in()
    assert not await client.can_refresh()
    assert await bystander.signed_in()
    # Neither does a sign-in that was under way with the old password.
    late = await api.post("/auth/verify-otp", json={"challengeId": under_way, "code": code})
    assert late.status_code == 401
    assert "changé" in (await mails_to(run_jobs, LEA))[0].subject
    assert (await _login(api, PASSWORD)).status_code == 401
    challenge = (await _login(api, NEW)).json()["data"]
    assert challenge["methods"] == ["email"]
    assert "accessToken" not in challenge


async def test_a_link_works_once_however_many_try_at_once(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs
) -> None:
    await _ask(api)
    token = await last_token(run_jobs, LEA)
    answers = await asyncio.gather(*(_confirm(api, token, f"mots sans aucun rapport {n}") for n in range(5)))
    assert sorted(answer.status_code for answer in answers) == [204] + [422] * 4
    assert {answer.json()["code"] for answer in answers if answer.status_code == 422} == {"invalid_link"}


async def test_a_weak_password_leaves_the_link_good(api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs) -> None:
    await _ask(api)
    token = await last_token(run_jobs, LEA)
    for weak in ("qwertyuiop123", "lea-test-2026!!", "Tq7!"):
        refused = await _confirm(api, token, weak)
        assert (refused.status_code, refused.json()["code"]) == (422, "weak_password")
        assert weak not in refused.text
    assert (await _confirm(api, token)).status_code == 204


async def test_a_link_is_late_after_half_an_hour_and_dies_with_another_change(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    await _ask(api)
    late = await last_token(run_jobs, LEA)
    clock.move(minutes=30)
    assert (await _confirm(api, late)).json()["code"] == "invalid_link"
    await _ask(api)
    first = await last_token(run_jobs, LEA)
    await _ask(api)
    second = await last_token(run_jobs, LEA)
    assert (await _confirm(api, second)).status_code == 204
    assert (await _confirm(api, first)).json()["code"] == "invalid_link"


@pytest.mark.parametrize("token", ["", "x", "é" * 200, "x" * 201, "\x00"])
async def test_made_up_tokens(api: httpx.AsyncClient, token: str) -> None:
    assert (await _confirm(api, token)).status_code == 422


async def test_an_unknown_address_is_answered_the_same_and_mailed_nothing(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs
) -> None:
    known, unknown = await _ask(api), await _ask(api, "nobody@test.example")
    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())
    assert await mails_to(run_jobs, "nobody@test.example") == []
    assert len(await mails_to(run_jobs, LEA)) == 1


async def test_asking_takes_no_longer_for_a_known_address(api: httpx.AsyncClient, cast: Cast) -> None:
    async def fastest(prefix: str) -> float:
        taken: list[float] = []
        for number in range(4):
            started = time.perf_counter()
            await _ask(api, prefix if number == 0 else f"{prefix.split('@', maxsplit=1)[0]}+{number}@test.example")
            taken.append(time.perf_counter() - started)
        return min(taken)

    await fastest("warm@test.example")
    # Nothing is looked up before the answer, so the only difference left is noise.
    async with unit_of_work(SYSTEM) as uow:
        before = await uow.sql("SELECT count(*) AS links FROM password_resets")
    assert abs(await fastest(LEA) - await fastest("nobody@test.example")) < 0.1
    async with unit_of_work(SYSTEM) as uow:
        assert await uow.sql("SELECT count(*) AS links FROM password_resets") == before


async def test_nobodys_mailbox_is_filled(api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs) -> None:
    answers = [await _ask(api) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [202] * 5 + [429] * 2
    assert len(await mails_to(run_jobs, LEA)) == 5


async def test_the_link_is_kept_as_a_hash_only(api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs) -> None:
    await _ask(api)
    token = await last_token(run_jobs, LEA)
    async with unit_of_work(SYSTEM) as uow:
        stored = str(await uow.sql("SELECT * FROM password_resets"))
        outbox = str(await uow.sql("SELECT * FROM outgoing_emails"))
    assert token not in stored
    assert token not in outbox
    assert password_reset.LIFE.total_seconds() <= 3600


async def test_changing_it_needs_the_current_one_and_keeps_this_session_only(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    this, other, browser = await client_of(api, cast.lea), await client_of(api, cast.lea), await browser_of(cast.lea)
    clock.move(minutes=11)
    wrong = await this.call("PUT", "/password", currentPassword="not the password", newPassword=NEW)
    assert wrong.json()["code"] == "wrong_password"
    missing = await this.call("PUT", "/password", newPassword=NEW)
    assert (missing.status_code, missing.json()["code"]) == (403, "reauthentication_required")
    weak = await this.call("PUT", "/password", currentPassword=PASSWORD, newPassword="Lea-Test-2026")
    assert (weak.status_code, weak.json()["code"]) == (422, "weak_password")
    changed = await this.call("PUT", "/password", currentPassword=PASSWORD, newPassword=NEW)
    assert changed.status_code == 204
    assert await this.signed_in()
    assert await this.can_refresh()
    assert not await other.signed_in()
    assert not await other.can_refresh()
    assert not await browser_is_in(api, browser)
    assert (await _login(api, NEW)).status_code == 200
    assert any("changé" in mail.subject for mail in await mails_to(run_jobs, LEA))


async def test_a_recent_proof_stands_in_for_the_current_password(api: httpx.AsyncClient, cast: Cast) -> None:
    person = await client_of(api, cast.lea)
    assert (await person.call("PUT", "/password", newPassword=NEW)).status_code == 204
