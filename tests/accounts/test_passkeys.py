"""Passkeys over the REST API, with a device in software that can also answer wrongly."""

import asyncio
from typing import Any

import httpx
import pytest

from pygmalion_app.accounts.errors import PasskeysUnavailableError
from pygmalion_app.accounts.passkeys import relying_party
from pygmalion_app.core.config import Settings
from pygmalion_app.core.unit_of_work import Container
from tests.accounts.authenticator import SoftAuthenticator, b64
from tests.accounts.flows import (
    RunJobs,
    answer_passkey,
    ask_passkey,
    bearer,
    login,
    mails,
    set_up_passkey,
    sign_in,
    verify,
)
from tests.cast import Cast
from tests.clock import MovableClock

LEA = "lea@test.example"
MARC = "marc@test.example"


@pytest.fixture
def device(container: Container) -> SoftAuthenticator:
    """Return a device at the installation's own address."""
    return SoftAuthenticator(relying_party(container.settings).origin)


async def test_a_passkey_alone_signs_in_and_is_the_second_factor_after_a_password(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, device: SoftAuthenticator
) -> None:
    headers = await sign_in(api, run_jobs, LEA)
    added = await set_up_passkey(api, headers, device)
    assert added.status_code == 201, added.text
    assert len(added.json()["data"]["recoveryCodes"]) == 10
    assert "Clé d'accès" in (await mails(api, run_jobs, LEA))[0]["subject"]

    alone = await ask_passkey(api)
    assert (alone["publicKey"]["rpId"], alone["publicKey"]["userVerification"]) == ("localhost", "required")
    assert alone["publicKey"].get("allowCredentials", []) == []
    headers = bearer(await answer_passkey(api, alone, device.get(alone["publicKey"])))
    assert (await api.get("/auth/me", headers=headers)).json()["data"]["email"] == LEA

    challenge = await login(api, LEA)
    assert challenge["methods"] == ["passkey", "recovery_code"]
    assert (await verify(api, challenge, "123456")).status_code == 401
    asked = await ask_passkey(api, challenge)
    assert [one["id"] for one in asked["publicKey"]["allowCredentials"]] == [b64(device.credential_id)]
    device.verifies = False  # the password was the other factor
    answer = await answer_passkey(api, asked, device.get(asked["publicKey"]))
    listed = (await api.get("/auth/factors", headers=bearer(answer))).json()["data"]["passkeys"]
    assert [(one["name"], one["lastUsedAt"] is None) for one in listed] == [("Phone", False)]


async def test_answers_that_do_not_fit_are_refused(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, device: SoftAuthenticator, clock: MovableClock
) -> None:
    await set_up_passkey(api, await sign_in(api, run_jobs, LEA), device)

    async def alone(**changes: Any) -> httpx.Response:
        asked = await ask_passkey(api)
        right = {name: getattr(device, name) for name in changes}
        for name, value in changes.items():
            setattr(device, name, value)
        credential = device.get(asked["publicKey"])
        for name, value in right.items():
            setattr(device, name, value)
        return await answer_passkey(api, asked, credential)

    assert (await alone()).status_code == 200
    wrong: list[dict[str, Any]] = [
        {"origin": "https://evil.example"},
        {"origin": device.origin + "1"},
        {"rp_id": "evil.example"},
        {"verifies": False},
        {"key": SoftAuthenticator("x").key},
        {"credential_id": b"unknown"},
        {"user_handle": b64(cast.marc.user_id.bytes if cast.marc.user_id else b"")},
        {"user_handle": ""},
    ]
    for change in wrong:
        refused = await alone(**change)
        assert (refused.status_code, refused.json()["code"]) == (401, "invalid_passkey"), change
    device.count = 0  # a copy of the key that knows nothing of its later uses
    assert (await alone()).status_code == 401
    device.count = 50
    asked = await ask_passkey(api)
    clock.move(minutes=6)
    assert (await answer_passkey(api, asked, device.get(asked["publicKey"]))).status_code == 401


async def test_an_answer_counts_once_and_only_for_the_challenge_and_sign_in_it_was_made_for(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, device: SoftAuthenticator, container: Container
) -> None:
    lea, marc = await sign_in(api, run_jobs, LEA), await sign_in(api, run_jobs, MARC)
    await set_up_passkey(api, lea, device)
    marcs = SoftAuthenticator(device.origin)
    await set_up_passkey(api, marc, marcs)

    asked = await ask_passkey(api)
    credential = device.get(asked["publicKey"])
    answers = await asyncio.gather(*(answer_passkey(api, asked, credential) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 5
    later = await ask_passkey(api)
    assert (await answer_passkey(api, later, credential)).status_code == 401

    # Marc's key does not open Lea's sign-in, and what it costs is an attempt of hers.
    hers = await login(api, LEA)
    asked = await ask_passkey(api, hers)
    assert (await answer_passkey(api, asked, marcs.get(asked["publicKey"]))).status_code == 401
    # A challenge for registering is not one for signing in, nor the other way round.
    made = (await api.post("/auth/factors/passkeys/options", headers=lea)).json()["data"]
    assert (await answer_passkey(api, made, device.get(made["publicKey"]))).status_code == 401
    alone = await ask_passkey(api)
    options = made["publicKey"] | {"challenge": alone["publicKey"]["challenge"]}
    stolen = SoftAuthenticator(device.origin).create(options)
    body = {"challengeId": alone["challengeId"], "credential": stolen, "name": "Phone"}
    assert (await api.post("/auth/factors/passkeys", json=body, headers=lea)).status_code == 401
    # Nor is Lea's registration Marc's to finish.
    made = (await api.post("/auth/factors/passkeys/options", headers=lea)).json()["data"]
    body = {"challengeId": made["challengeId"], "credential": stolen, "name": "Phone"}
    assert (await api.post("/auth/factors/passkeys", json=body, headers=marc)).status_code == 401
    # A spent sign-in takes no passkey any more.
    asked = await ask_passkey(api, hers)
    bearer(await answer_passkey(api, asked, device.get(asked["publicKey"])))
    again = await api.post("/auth/passkeys/options", json={"challengeId": hers["challengeId"]})
    assert (again.status_code, again.json()["code"]) == (401, "invalid_code")


async def test_a_sign_in_bears_five_wrong_answers_of_whatever_kind(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, device: SoftAuthenticator
) -> None:
    await set_up_passkey(api, await sign_in(api, run_jobs, LEA), device)
    challenge = await login(api, LEA)
    waiting = await ask_passkey(api, challenge)
    for _ in range(3):
        assert (await verify(api, challenge, "AAAAA-AAAAA")).status_code == 401
    for _ in range(2):
        asked = await ask_passkey(api, challenge)
        assert (await answer_passkey(api, asked, {})).status_code == 401
    assert (await answer_passkey(api, waiting, device.get(waiting["publicKey"]))).status_code == 401


@pytest.mark.parametrize(
    "credential",
    [
        {},
        {"id": 7, "rawId": None},
        {"id": "é", "rawId": "é", "type": "public-key", "response": {}},
        {
            "id": "AA",
            "rawId": "AA",
            "type": "public-key",
            "response": {"clientDataJSON": "AA", "attestationObject": "AA"},
        },
        {"id": "AA", "rawId": "AA", "type": "public-key", "response": [1]},
        {"id": "AA", "rawId": "A" * 5000, "type": "public-key", "response": {"clientDataJSON": "e30"}},
    ],
)
async def test_answers_that_are_no_credentials(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, credential: dict[str, Any]
) -> None:
    assert (await answer_passkey(api, await ask_passkey(api), credential)).status_code == 401
    headers = await sign_in(api, run_jobs, LEA)
    made = (await api.post("/auth/factors/passkeys/options", headers=headers)).json()["data"]
    body = {"challengeId": made["challengeId"], "credential": credential, "name": "Phone"}
    assert (await api.post("/auth/factors/passkeys", json=body, headers=headers)).status_code == 401


async def test_passkeys_are_kept_once_listed_and_removed_by_their_owner_only(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, device: SoftAuthenticator
) -> None:
    lea, marc = await sign_in(api, run_jobs, LEA), await sign_in(api, run_jobs, MARC)
    first = (await set_up_passkey(api, lea, device)).json()["data"]["passkey"]["id"]
    again = await set_up_passkey(api, lea, device)
    assert (again.status_code, again.json()["code"]) == (409, "passkey_known")
    assert (await set_up_passkey(api, marc, device)).status_code == 409  # nobody takes another's key over
    other = SoftAuthenticator(device.origin)
    second = await set_up_passkey(api, lea, other)
    assert second.json()["data"]["recoveryCodes"] == []
    assert (await api.delete(f"/auth/factors/passkeys/{first}", headers=marc)).status_code == 404
    assert (await api.delete(f"/auth/factors/passkeys/{first}", headers=lea)).status_code == 204
    asked = await ask_passkey(api)
    assert (await answer_passkey(api, asked, device.get(asked["publicKey"]))).status_code == 401
    asked = await ask_passkey(api)
    assert (await answer_passkey(api, asked, other.get(asked["publicKey"]))).status_code == 200


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://127.0.0.1:3000", ("localhost", "http://localhost:3000")),
        ("http://[::1]:3000", ("localhost", "http://localhost:3000")),
        ("http://localhost:3000/", ("localhost", "http://localhost:3000")),
        ("https://pygmalion.example", ("pygmalion.example", "https://pygmalion.example")),
        ("https://app.pygmalion.example:8443", ("app.pygmalion.example", "https://app.pygmalion.example:8443")),
        ("https://192.0.2.7", None),
        ("http://pygmalion.example", None),
    ],
)
def test_passkeys_are_bound_to_the_public_address(address: str, expected: tuple[str, str] | None) -> None:
    settings = Settings(public_url=address)
    if expected is None:
        with pytest.raises(PasskeysUnavailableError):
            relying_party(settings)
    else:
        assert relying_party(settings) == expected
