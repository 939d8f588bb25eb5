"""Another e-mail address, and the way back."""

import asyncio

import httpx
import pytest

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import unit_of_work
from tests.accounts.signing import RunJobs, client_of, last_code, last_token, mails_to
from tests.cast import PASSWORD, Cast
from tests.clock import MovableClock

LEA, NEW = "lea@test.example", "lea.new@test.example"


async def _login(api: httpx.AsyncClient, email: str, password: str = PASSWORD) -> int:
    return (await api.post("/auth/login", json={"email": email, "password": password})).status_code


async def _moved(api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs) -> str:
    """Move Lea to her new address and return the token with which the old one undoes it."""
    person = await client_of(api, cast.lea)
    change = (await person.call("POST", "/email-change", email=NEW)).json()["data"]
    code = await last_code(run_jobs, NEW)
    done = await person.call("POST", "/email-change/confirm", changeId=change["changeId"], code=code)
    assert done.status_code == 204
    return await last_token(run_jobs, LEA)


async def test_the_new_address_is_proved_and_signs_in(api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs) -> None:
    this, other = await client_of(api, cast.lea), await client_of(api, cast.lea)
    change = (await this.call("POST", "/email-change", email=NEW.upper())).json()["data"]
    assert (await this.call("GET", "/me")).json()["data"]["email"] == LEA
    code = await last_code(run_jobs, NEW)
    answer = {"changeId": change["changeId"], "code": code}
    done = await asyncio.gather(*(this.call("POST", "/email-change/confirm", **answer) for _ in range(4)))
    assert sorted(one.status_code for one in done) == [204, 401, 401, 401]
    assert (await this.call("GET", "/me")).json()["data"]["email"] == NEW
    assert not await other.signed_in()
    assert [await _login(api, LEA), await _login(api, NEW)] == [401, 200]


async def test_it_asks_for_a_recent_proof(api: httpx.AsyncClient, cast: Cast, clock: MovableClock) -> None:
    person = await client_of(api, cast.lea)
    clock.move(minutes=11)
    refused = await person.call("POST", "/email-change", email=NEW)
    assert (refused.status_code, refused.json()["code"]) == (403, "reauthentication_required")


async def test_wrong_late_and_foreign_codes(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    person, marc = await client_of(api, cast.lea), await client_of(api, cast.marc)
    change = (await person.call("POST", "/email-change", email=NEW)).json()["data"]["changeId"]
    code = await last_code(run_jobs, NEW)
    wrong = "000000" if code != "000000" else "111111"
    assert (await marc.call("POST", "/email-change/confirm", changeId=change, code=code)).status_code == 401
    for _ in range(5):
        assert (await person.call("POST", "/email-change/confirm", changeId=change, code=wrong)).status_code == 401
    assert (await person.call("POST", "/email-change/confirm", changeId=change, code=code)).status_code == 401
    first = (await person.call("POST", "/email-change", email=NEW)).json()["data"]["changeId"]
    old_code = await last_code(run_jobs, NEW)
    await person.call("POST", "/email-change", email="lea.other@test.example")
    assert (await person.call("POST", "/email-change/confirm", changeId=first, code=old_code)).status_code == 401


async def test_a_taken_address_is_not_told_and_never_taken_over(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs
) -> None:
    person = await client_of(api, cast.lea)
    taken = await person.call("POST", "/email-change", email="Marc@test.example")
    free = await person.call("POST", "/email-change", email=NEW)
    assert (taken.status_code, taken.json()["data"].keys()) == (free.status_code, free.json()["data"].keys())
    mail = (await mails_to(run_jobs, "marc@test.example"))[0]
    assert "déjà un compte" in mail.subject
    assert not any(character.isdigit() for character in mail.subject)
    own = await person.call("POST", "/email-change", email=LEA.upper())
    assert own.status_code == 422


async def test_of_two_who_prove_one_address_one_gets_it(api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs) -> None:
    lea, marc = await client_of(api, cast.lea), await client_of(api, cast.marc)
    first = (await lea.call("POST", "/email-change", email=NEW)).json()["data"]["changeId"]
    first_code = await last_code(run_jobs, NEW)
    second = (await marc.call("POST", "/email-change", email=NEW)).json()["data"]["changeId"]
    second_code = await last_code(run_jobs, NEW)
    done = await asyncio.gather(
        lea.call("POST", "/email-change/confirm", changeId=first, code=first_code),
        marc.call("POST", "/email-change/confirm", changeId=second, code=second_code),
    )
    assert sorted(one.status_code for one in done) == [204, 409]
    assert [one.json()["code"] for one in done if one.status_code == 409] == ["email_taken"]


async def test_the_old_address_undoes_it_for_a_week(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    undo = await _moved(api, cast, run_jobs)
    thief = await client_of(api, cast.lea)
    # The thief moves on, and claims the old address for a new account without proving it.
    again = (await thief.call("POST", "/email-change", email="third@test.example")).json()["data"]["changeId"]
    code = await last_code(run_jobs, "third@test.example")
    assert (await thief.call("POST", "/email-change/confirm", changeId=again, code=code)).status_code == 204
    later = await last_token(run_jobs, NEW)
    claim = {"email": LEA, "password": "quatre mots pas ensemble", "firstName": "Mallory", "lastName": "M"}
    assert (await api.post("/auth/register", json=claim)).status_code == 201
    clock.move(days=6, hours=23)
    undone = await api.post("/auth/email-change/undo", json={"token": undo})
    assert undone.status_code == 204
    assert not await thief.can_refresh()
    assert [await _login(api, LEA), await _login(api, NEW)] == [401, 401]
    assert (await api.post("/auth/email-change/undo", json={"token": later})).json()["code"] == "invalid_link"
    assert (await api.post("/auth/email-change/undo", json={"token": undo})).json()["code"] == "invalid_link"
    # Mallory's code goes to the same address; which mail comes first is the worker's choice.
    assert ["de retour" in mail.subject for mail in await mails_to(run_jobs, LEA)].count(True) == 1
    await api.post("/auth/password-reset", json={"email": LEA})
    token = await last_token(run_jobs, LEA)
    await api.post("/auth/password-reset/confirm", json={"token": token, "password": "encore quatre autres mots"})
    assert await _login(api, LEA, "encore quatre autres mots") == 200


async def test_the_way_back_ends_after_a_week(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    undo = await _moved(api, cast, run_jobs)
    clock.move(days=7)
    assert (await api.post("/auth/email-change/undo", json={"token": undo})).json()["code"] == "invalid_link"
    assert await _login(api, NEW) == 200


@pytest.mark.parametrize("table", ["email_changes", "password_resets"])
async def test_links_and_codes_are_out_of_their_owners_reach(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, table: str
) -> None:
    await _moved(api, cast, run_jobs)
    await api.post("/auth/password-reset", json={"email": NEW})
    await run_jobs()
    query = {
        "email_changes": "SELECT count(*) AS found FROM email_changes",
        "password_resets": "SELECT count(*) AS found FROM password_resets",
    }[table]
    for actor, expected in ((SYSTEM, 1), (cast.lea, 0), (cast.ada, 0)):
        async with unit_of_work(actor) as uow:
            assert (await uow.sql(query))[0]["found"] == expected  # pyright: ignore[reportArgumentType]
