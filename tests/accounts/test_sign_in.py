"""Registration, sign-in with a code by mail, tokens and profile over the REST API."""

import asyncio
import base64
import hashlib
import hmac
import json
import re
from collections.abc import Awaitable, Callable

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from pygmalion_app.accounts import service, tokens
from pygmalion_app.accounts.authentication import SESSION_COOKIE
from pygmalion_app.accounts.schemas import Register
from pygmalion_app.accounts.sessions import issue_ticket, open_browser_session
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.cast import PASSWORD, Cast
from tests.clock import MovableClock

RunJobs = Callable[[], Awaitable[None]]
NEW = {
    "email": "nina@test.example",
    "password": "Long-Enough-2026",
    "firstName": "Nina",
    "lastName": "New",
    "locale": "en",
}


async def last_code(api: httpx.AsyncClient, run_jobs: RunJobs, address: str) -> str:
    """Return the code of the newest mail to an address."""
    await run_jobs()
    mails = (await api.get("/dev/mailbox", params={"to": address})).json()["data"]
    found = re.search(r"\b\d{6}\b", mails[0]["text"])
    assert found, mails[0]["text"]
    return found[0]


async def sign_in(api: httpx.AsyncClient, run_jobs: RunJobs, email: str, password: str) -> httpx.Response:
    """Sign in with the mailed code."""
    challenge = (await api.post("/auth/login", json={"email": email, "password": password})).json()["data"]
    code = await last_code(api, run_jobs, email)
    return await api.post("/auth/verify-otp", json={"challengeId": challenge["challengeId"], "code": code})


async def test_register_verify_and_profile(api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs) -> None:
    registered = await api.post("/auth/register", json=NEW)
    assert registered.status_code == 201
    assert registered.json()["data"]["methods"] == ["email"]
    answer = await sign_in(api, run_jobs, NEW["email"], NEW["password"])
    pair = answer.json()["data"]
    assert pair["expiresIn"] == 900
    header = {"Authorization": f"Bearer {pair['accessToken']}"}
    me = (await api.get("/auth/me", headers=header)).json()["data"]
    assert (me["email"], me["firstName"], me["locale"], me["status"]) == (NEW["email"], "Nina", "en", "active")
    changed = await api.put("/auth/profile", json={"firstName": "Anna", "locale": "fr"}, headers=header)
    assert changed.json()["data"]["firstName"] == "Anna"
    assert (await api.get("/auth/me", headers=header)).json()["data"]["lastName"] == "New"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"password": "Zq7!"}, "invalid_input"),
        ({"password": "aaaaaaaaaaaaaaaa"}, "weak_password"),
        ({"email": "nobody"}, "invalid_input"),
        ({"firstName": "Nina\r\nBcc: all@test.example"}, "invalid_input"),
        ({"isPlatformAdmin": True}, "invalid_input"),
    ],
)
async def test_bad_registrations(api: httpx.AsyncClient, change: dict[str, object], code: str) -> None:
    answer = await api.post("/auth/register", json=NEW | change)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert str(change.get("password", NEW["password"])) not in answer.text


async def test_registration_does_not_tell_who_has_an_account(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs
) -> None:
    taken = await api.post("/auth/register", json=NEW | {"email": "lea@test.example"})
    fresh = await api.post("/auth/register", json=NEW)
    assert taken.status_code == fresh.status_code == 201
    assert taken.json()["data"].keys() == fresh.json()["data"].keys()
    await run_jobs()
    mails = (await api.get("/dev/mailbox", params={"to": "lea@test.example"})).json()["data"]
    assert "déjà un compte" in mails[0]["subject"]
    still = await api.post("/auth/login", json={"email": "lea@test.example", "password": PASSWORD})
    assert still.status_code == 200


async def test_nobody_claims_an_address_in_advance(api: httpx.AsyncClient, run_jobs: RunJobs) -> None:
    victim = await api.post("/auth/register", json=NEW)
    code = await last_code(api, run_jobs, NEW["email"])
    attacker = NEW | {"password": "Attackers-Own-99", "firstName": "Mallory"}
    assert (await api.post("/auth/register", json=attacker)).status_code == 201
    proof = {"challengeId": victim.json()["data"]["challengeId"], "code": code}
    pair = (await api.post("/auth/verify-otp", json=proof)).json()["data"]
    me = (await api.get("/auth/me", headers={"Authorization": f"Bearer {pair['accessToken']}"})).json()["data"]
    assert me["firstName"] == "Nina"
    refused = await api.post("/auth/login", json={"email": NEW["email"], "password": "Attackers-Own-99"})
    assert refused.json()["code"] == "invalid_credentials"


async def test_codes_are_single_use_late_and_counted(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    async def challenge() -> tuple[str, str]:
        answer = await api.post("/auth/login", json={"email": "lea@test.example", "password": PASSWORD})
        return answer.json()["data"]["challengeId"], await last_code(api, run_jobs, "lea@test.example")

    async def verify(challenge_id: str, code: str) -> int:
        return (await api.post("/auth/verify-otp", json={"challengeId": challenge_id, "code": code})).status_code

    first, code = await challenge()
    results = await asyncio.gather(*(verify(first, code) for _ in range(8)))
    assert sorted(results) == [200] + [401] * 7

    second, code = await challenge()
    wrong = "000000" if code != "000000" else "111111"
    assert [await verify(second, wrong) for _ in range(5)] == [401] * 5
    assert await verify(second, code) == 401

    third, code = await challenge()
    clock.move(minutes=11)
    assert await verify(third, code) == 401


async def test_wrong_password_and_unknown_address_look_alike(api: httpx.AsyncClient, cast: Cast) -> None:
    wrong = await api.post("/auth/login", json={"email": "lea@test.example", "password": "not this one"})
    unknown = await api.post("/auth/login", json={"email": "who@test.example", "password": "not this one"})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()


def _signed_with_public_key(claims: dict[str, object], key: ECKey) -> str:
    """Return a token whose HS256 key is our public key: the classic confusion of algorithms."""

    def part(data: bytes) -> bytes:
        return base64.urlsafe_b64encode(data).rstrip(b"=")

    signed = part(json.dumps({"alg": "HS256", "typ": tokens.TYPE}).encode()) + b"." + part(json.dumps(claims).encode())
    digest = hmac.new(key.as_pem(private=False), signed, hashlib.sha256).digest()
    return (signed + b"." + part(digest)).decode()


async def test_tokens_of_another_make_are_refused(api: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    settings, now = container.settings, container.clock.now()
    assert cast.lea.user_id is not None
    good = tokens.create_access_token(settings, cast.lea.user_id, now)
    claims = {
        "iss": tokens.ISSUER,
        "aud": tokens.AUDIENCE,
        "sub": str(cast.lea.user_id),
        "exp": int(now.timestamp()) + 900,
    }
    own = ECKey.import_key(settings.jwt_private_key.get_secret_value())
    stranger = ECKey.generate_key("P-256")
    header = {"alg": "ES256", "typ": tokens.TYPE}
    forged = [
        jwt.encode(header, claims, stranger, algorithms=["ES256"]),
        jwt.encode(header | {"typ": "refresh"}, claims, own, algorithms=["ES256"]),
        jwt.encode(header, claims | {"aud": "lms"}, own, algorithms=["ES256"]),
        jwt.encode(header, claims | {"exp": int(now.timestamp()) - 1}, own, algorithms=["ES256"]),
        _signed_with_public_key(claims, own),
        "eyJhbGciOiJub25lIn0." + good.split(".")[1] + ".",
        good[:-4] + "AAAA",
    ]
    assert (await api.get("/auth/me", headers={"Authorization": f"Bearer {good}"})).status_code == 200
    for token in forged:
        answer = await api.get("/auth/me", headers={"Authorization": f"Bearer {token}"})
        assert (answer.status_code, answer.json()["code"]) == (401, "invalid_token")


async def test_refresh_rotates_and_reuse_revokes_the_family(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    async def refresh(token: str) -> httpx.Response:
        return await api.post("/auth/refresh", json={"refreshToken": token})

    old = (await sign_in(api, run_jobs, "lea@test.example", PASSWORD)).json()["data"]["refreshToken"]
    tabs = await asyncio.gather(*(refresh(old) for _ in range(6)))
    assert {answer.status_code for answer in tabs} == {200}
    newest = tabs[0].json()["data"]["refreshToken"]
    clock.move(minutes=1)
    assert (await refresh(old)).status_code == 401
    assert (await refresh(newest)).status_code == 401


async def test_logout_ends_the_family(api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs) -> None:
    token = (await sign_in(api, run_jobs, "lea@test.example", PASSWORD)).json()["data"]["refreshToken"]
    assert (await api.post("/auth/logout", json={"refreshToken": token})).status_code == 204
    assert (await api.post("/auth/refresh", json={"refreshToken": token})).status_code == 401


async def test_ticket_becomes_one_cookie(api: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    root = container.settings.own_url
    assert cast.lea.user_id is not None
    async with unit_of_work(SYSTEM) as uow:
        ticket = await issue_ticket(uow, cast.lea.user_id)
    foreign = await api.post(
        f"{root}/auth/exchange", data={"ticket": ticket}, headers={"Origin": "https://evil.example"}
    )
    assert foreign.status_code == 403
    first = await api.post(f"{root}/auth/exchange", data={"ticket": ticket})
    assert first.status_code == 204
    cookie = first.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert (await api.get("/auth/me")).json()["data"]["email"] == "lea@test.example"
    assert (await api.put("/auth/profile", json={"firstName": "X"})).status_code == 401  # a cookie reads, never writes
    assert (await api.post(f"{root}/auth/exchange", data={"ticket": ticket})).status_code == 401
    await api.post(f"{root}/auth/sign-out")
    assert (await api.get("/auth/me", headers={"Cookie": cookie.split(";")[0]})).status_code == 401


async def test_a_session_ends_after_its_time(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock
) -> None:
    assert cast.lea.user_id is not None
    async with unit_of_work(SYSTEM) as uow:
        token = await open_browser_session(uow, cast.lea.user_id)
    assert (await api.get("/auth/me", headers={"Cookie": f"{SESSION_COOKIE}={token}"})).status_code == 200
    clock.move(days=15)
    assert (await api.get("/auth/me", headers={"Cookie": f"{SESSION_COOKIE}={token}"})).status_code == 401


async def test_asking_for_codes_again_and_again_does_not_tell_who_has_an_account(
    cast: Cast, container: Container, clock: MovableClock
) -> None:
    async def outcomes(email: str) -> list[str]:
        seen: list[str] = []
        async with unit_of_work(SYSTEM) as uow:
            challenge = (await service.register(uow, Register.model_validate(NEW | {"email": email}))).challenge_id
        for _ in range(22):
            clock.move(seconds=31)
            try:
                async with unit_of_work(SYSTEM) as uow:
                    challenge = (await service.resend_code(uow, challenge)).challenge_id
                seen.append("sent")
            except PygmalionError as error:
                seen.append(error.code)
        return seen

    taken, fresh = await outcomes("lea@test.example"), await outcomes("fresh@test.example")
    assert taken == fresh
    assert {"sent", "too_many_requests"} <= set(fresh)
