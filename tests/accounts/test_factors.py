"""Authenticator applications, recovery codes, and organisations that demand a strong factor, over the REST API."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
from pyotp.totp import TOTP
from sqlalchemy import update
from sqlmodel import col

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.organizations.models import Organization
from tests.accounts.flows import RunJobs, bearer, last_code, login, mails, set_up_totp, sign_in, verify
from tests.cast import PASSWORD, Cast
from tests.clock import MovableClock

LEA = "lea@test.example"
MARC = "marc@test.example"


def _code(totp: TOTP, clock: MovableClock, steps: int) -> str:
    """Return the code of a 30-second step beside the one that is now."""
    return totp.at(clock.now() + timedelta(seconds=30 * steps))


async def test_an_authenticator_takes_the_mailed_codes_place(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    headers = await sign_in(api, run_jobs, LEA)
    totp, codes = await set_up_totp(api, clock, headers)
    assert len(set(codes)) == 10
    told = await mails(api, run_jobs, LEA)
    assert "authentification" in told[0]["subject"]

    challenge = await login(api, LEA)
    assert challenge["methods"] == ["totp", "recovery_code"]
    assert len(await mails(api, run_jobs, LEA)) == len(told)  # no code was mailed
    assert (await verify(api, challenge, "000000", method="email")).status_code == 401
    headers = bearer(await verify(api, challenge, totp.at(clock.now())))
    overview = (await api.get("/auth/factors", headers=headers)).json()["data"]
    assert (overview["strong"], overview["recoveryCodesLeft"], overview["totpSince"] is None) == (True, 10, False)

    assert (await api.delete("/auth/factors/totp", headers=headers)).status_code == 204
    assert (await login(api, LEA))["methods"] == ["email"]
    overview = (await api.get("/auth/factors", headers=headers)).json()["data"]
    assert (overview["strong"], overview["recoveryCodesLeft"]) == (False, 0)


async def test_one_of_eight_parallel_tries_with_one_code_gets_in(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    totp, codes = await set_up_totp(api, clock, await sign_in(api, run_jobs, LEA))
    attempts = [await login(api, LEA) for _ in range(8)]
    answers = await asyncio.gather(*(verify(api, one, totp.at(clock.now())) for one in attempts))
    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 7

    attempts = [await login(api, LEA) for _ in range(8)]
    answers = await asyncio.gather(*(verify(api, one, codes[0]) for one in attempts))
    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 7


async def test_codes_are_refused_late_early_replayed_and_after_five_guesses(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    totp, _ = await set_up_totp(api, clock, await sign_in(api, run_jobs, LEA))
    used = totp.at(clock.now())
    assert (await verify(api, await login(api, LEA), used)).status_code == 200
    again = await login(api, LEA)
    assert (await verify(api, again, used)).status_code == 401
    assert (await verify(api, again, _code(totp, clock, -1))).status_code == 401  # older than the one accepted
    assert (await verify(api, again, _code(totp, clock, 3))).status_code == 401
    clock.move(seconds=60)
    assert (await verify(api, again, _code(totp, clock, -3))).status_code == 401
    assert (await verify(api, again, "12345 6")).status_code == 401
    assert (await verify(api, again, totp.at(clock.now()))).status_code == 401  # right, and one attempt too many
    assert (await verify(api, await login(api, LEA), totp.at(clock.now()))).status_code == 200


async def test_a_recovery_code_works_once_and_is_told_by_mail(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    _, codes = await set_up_totp(api, clock, await sign_in(api, run_jobs, LEA))
    challenge = await login(api, LEA)
    headers = bearer(await verify(api, challenge, codes[3].replace("-", " ").lower()))
    assert "code de secours" in (await mails(api, run_jobs, LEA))[0]["subject"]
    assert (await verify(api, await login(api, LEA), codes[3])).status_code == 401
    assert (await api.get("/auth/factors", headers=headers)).json()["data"]["recoveryCodesLeft"] == 9

    renewed = await api.post("/auth/factors/recovery-codes", headers=headers)
    assert renewed.status_code == 201
    assert (await verify(api, await login(api, LEA), codes[4])).status_code == 401
    assert (await verify(api, await login(api, LEA), renewed.json()["data"]["recoveryCodes"][0])).status_code == 200
    # Another person's code is nobody else's.
    await set_up_totp(api, clock, await sign_in(api, run_jobs, MARC))
    stolen = renewed.json()["data"]["recoveryCodes"][1]
    assert (await verify(api, await login(api, MARC), stolen)).status_code == 401


async def test_a_mailed_code_is_worth_nothing_once_an_authenticator_is_there(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    headers = await sign_in(api, run_jobs, LEA)
    waiting = await login(api, LEA)
    mailed = await last_code(api, run_jobs, LEA)
    await set_up_totp(api, clock, headers)
    assert (await verify(api, waiting, mailed)).status_code == 401
    assert (await verify(api, waiting, mailed, method="email")).json()["code"] == "invalid_code"


async def test_changes_ask_for_a_recent_proof(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    headers = await sign_in(api, run_jobs, LEA)
    await set_up_totp(api, clock, headers)
    clock.move(minutes=11)
    calls = [
        ("POST", "/auth/factors/totp", None),
        ("DELETE", "/auth/factors/totp", None),
        ("POST", "/auth/factors/recovery-codes", None),
        ("POST", "/auth/factors/passkeys/options", None),
        ("DELETE", f"/auth/factors/passkeys/{cast.session}", None),
        ("POST", "/auth/factors/totp/confirm", {"factorId": str(cast.session), "code": "123456"}),
        ("POST", "/auth/factors/passkeys", {"challengeId": str(cast.session), "credential": {}, "name": "Phone"}),
    ]
    for verb, path, body in calls:
        answer = await api.request(verb, path, json=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "reauthentication_required"), (verb, path)
        assert (await api.request(verb, path, json=body)).status_code == 401
    assert (await api.get("/auth/factors", headers=headers)).status_code == 200


async def test_an_enrolment_is_bound_to_its_owner_and_bears_few_guesses(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    lea, marc = await sign_in(api, run_jobs, LEA), await sign_in(api, run_jobs, MARC)
    made = (await api.post("/auth/factors/totp", headers=lea)).json()["data"]
    assert made["uri"].startswith("otpauth://totp/Pygmalion:lea%40test.example?secret=" + made["secret"])
    proof = {"factorId": made["factorId"], "code": TOTP(made["secret"]).at(clock.now())}
    assert (await api.post("/auth/factors/totp/confirm", json=proof, headers=marc)).status_code == 401
    for _ in range(5):
        wrong = proof | {"code": _code(TOTP(made["secret"]), clock, 9)}
        assert (await api.post("/auth/factors/totp/confirm", json=wrong, headers=lea)).status_code == 401
    assert (await api.post("/auth/factors/totp/confirm", json=proof, headers=lea)).status_code == 401
    assert (await login(api, LEA))["methods"] == ["email"]  # an unconfirmed one never counts


async def test_secrets_are_sealed_to_their_row_and_hidden_from_the_application_s_own_reach(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, clock: MovableClock, container: Container
) -> None:
    totp, codes = await set_up_totp(api, clock, await sign_in(api, run_jobs, LEA))
    await set_up_totp(api, clock, await sign_in(api, run_jobs, MARC))
    tables = ("totp_factors", "recovery_codes", "passkeys", "passkey_challenges", "trusted_devices")
    async with unit_of_work(cast.lea) as uow:
        for table in tables:
            assert await uow.sql(f"SELECT id FROM {table}") == []  # type: ignore[arg-type]
    async with unit_of_work(SYSTEM) as uow:
        stored = b"".join(
            bytes(row["sealed_secret"]) for row in await uow.sql("SELECT sealed_secret FROM totp_factors")
        )
        hashes = b"".join(bytes(row["code_hash"]) for row in await uow.sql("SELECT code_hash FROM recovery_codes"))
        assert totp.secret.encode() not in stored
        assert codes[0].replace("-", "").encode() not in hashes
        # Somebody who can write to the table moves Marc's secret under Lea's name.
        await uow.sql(
            "UPDATE totp_factors t SET sealed_secret = m.sealed_secret FROM totp_factors m"
            " WHERE t.user_id = %(lea)s AND m.user_id = %(marc)s",
            lea=cast.lea.user_id,
            marc=cast.marc.user_id,
        )
    assert (await verify(api, await login(api, LEA), totp.at(clock.now()))).status_code >= 400


async def _demand(container: Container, organization: object, on: bool = True) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.session.execute(
            update(Organization).where(col(Organization.id) == organization).values(strong_factor_required=on)
        )


async def test_an_organisation_s_demand_withholds_its_managers_roles_until_met(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, clock: MovableClock, container: Container
) -> None:
    async def book(headers: dict[str, str]) -> dict[str, Any]:
        order = {
            "sessionId": str(cast.session),
            "payer": "company",
            "organizationId": str(cast.company),
            "participants": [{"email": LEA, "firstName": "Lea", "lastName": "Test"}],
        }
        answer = await api.post("/enrollments", json=order, headers=headers | {"Idempotency-Key": "a-booking-1"})
        return {"status": answer.status_code} | answer.json()

    await _demand(container, cast.company)
    headers = await sign_in(api, run_jobs, MARC)
    refused = await book(headers)
    assert (refused["status"], refused["code"]) == (403, "strong_factor_required"), refused
    overview = (await api.get("/auth/factors", headers=headers)).json()["data"]
    assert [one["name"] for one in overview["demandedBy"]] == ["Aeroport Services"]
    # Learners are not asked for it.
    lea = await sign_in(api, run_jobs, LEA)
    assert (await api.get("/auth/factors", headers=lea)).json()["data"]["demandedBy"] == []

    await set_up_totp(api, clock, headers)
    booked = await book(headers)
    assert booked["status"] in {200, 201}, booked
    kept = await api.delete("/auth/factors/totp", headers=headers)
    assert (kept.status_code, kept.json()["code"]) == (409, "strong_factor_demanded")
    assert "Aeroport Services" in kept.json()["detail"]
    assert (await login(api, MARC))["methods"] == ["totp", "recovery_code"]

    await _demand(container, cast.company, on=False)
    assert (await api.delete("/auth/factors/totp", headers=headers)).status_code == 204


async def test_a_wrong_password_tells_nothing_of_factors(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    await set_up_totp(api, clock, await sign_in(api, run_jobs, LEA))
    answers = [
        await api.post("/auth/login", json={"email": email, "password": "not the password"})
        for email in (LEA, MARC, "who@test.example")
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert answers[0].json() == answers[1].json() == answers[2].json()
    assert PASSWORD not in answers[0].text
