"""Steps of signing in over the REST API, for the tests of accounts."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
from pyotp.totp import TOTP

from tests.accounts.authenticator import SoftAuthenticator
from tests.cast import PASSWORD
from tests.clock import MovableClock

RunJobs = Callable[[], Awaitable[None]]
Headers = dict[str, str]


async def mails(api: httpx.AsyncClient, run_jobs: RunJobs, address: str) -> list[dict[str, Any]]:
    """Return what an address has received, the newest first."""
    await run_jobs()
    return (await api.get("/dev/mailbox", params={"to": address})).json()["data"]


async def last_code(api: httpx.AsyncClient, run_jobs: RunJobs, address: str) -> str:
    """Return the code of the newest mail to an address."""
    newest = (await mails(api, run_jobs, address))[0]["text"]
    found = re.search(r"\b\d{6}\b", newest)
    assert found, newest
    return found[0]


async def login(api: httpx.AsyncClient, email: str, password: str = PASSWORD) -> dict[str, Any]:
    """Give the password and return the challenge."""
    answer = await api.post("/auth/login", json={"email": email, "password": password})
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


async def verify(api: httpx.AsyncClient, challenge: dict[str, Any], code: str, **more: str) -> httpx.Response:
    """Answer a challenge with a code."""
    return await api.post("/auth/verify-otp", json={"challengeId": challenge["challengeId"], "code": code} | more)


def bearer(answer: httpx.Response) -> Headers:
    """Return the header of the tokens in an answer."""
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['data']['accessToken']}"}


async def sign_in(api: httpx.AsyncClient, run_jobs: RunJobs, email: str) -> Headers:
    """Sign in with the mailed code."""
    challenge = await login(api, email)
    return bearer(await verify(api, challenge, await last_code(api, run_jobs, email)))


async def set_up_totp(api: httpx.AsyncClient, clock: MovableClock, headers: Headers) -> tuple[TOTP, list[str]]:
    """Set an authenticator up; return it and the recovery codes."""
    made = (await api.post("/auth/factors/totp", headers=headers)).json()["data"]
    totp = TOTP(made["secret"])
    proof = {"factorId": made["factorId"], "code": totp.at(clock.now())}
    confirmed = await api.post("/auth/factors/totp/confirm", json=proof, headers=headers)
    assert confirmed.status_code == 200, confirmed.text
    clock.move(seconds=30)
    return totp, confirmed.json()["data"]["recoveryCodes"]


async def set_up_passkey(api: httpx.AsyncClient, headers: Headers, device: SoftAuthenticator) -> httpx.Response:
    """Register a passkey."""
    options = (await api.post("/auth/factors/passkeys/options", headers=headers)).json()["data"]
    answer = {"challengeId": options["challengeId"], "credential": device.create(options["publicKey"]), "name": "Phone"}
    return await api.post("/auth/factors/passkeys", json=answer, headers=headers)


async def ask_passkey(api: httpx.AsyncClient, challenge: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return a challenge for a passkey: alone, or as the second factor of a sign-in."""
    asked = await api.post(
        "/auth/passkeys/options", json={"challengeId": challenge["challengeId"]} if challenge else {}
    )
    assert asked.status_code == 200, asked.text
    return asked.json()["data"]


async def answer_passkey(
    api: httpx.AsyncClient, asked: dict[str, Any], credential: dict[str, Any] | object
) -> httpx.Response:
    """Answer a passkey's challenge."""
    return await api.post("/auth/passkeys/verify", json={"challengeId": asked["challengeId"], "credential": credential})
