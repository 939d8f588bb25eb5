"""The points of OWASP ASVS 5, level 2, that the design names: each has a test here, through the public surface.

The numbers are those of ASVS 5.0. Details of each part are tested beside it (`tests/accounts`, `tests/authorization`,
`tests/limits`, `tests/security/test_edge.py` for headers, cookies' names and origins); this is the list to hold against
the standard.
"""

import asyncio
import base64
import json
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from pygmalion_app import bootstrap
from pygmalion_app.accounts import sessions, tokens
from pygmalion_app.accounts.authentication import SESSION_COOKIE
from pygmalion_app.api.app import create_api
from pygmalion_app.core.actor import ANONYMOUS, SYSTEM, Actor
from pygmalion_app.core.limits import RATES, Limit
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.serving.cookies import PrefixedCookies
from tests import servers
from tests.accounts.flows import RunJobs, bearer, last_code, login, mails, sign_in, verify
from tests.cast import PASSWORD, Cast, add_person
from tests.clock import MovableClock

LEA = "lea@test.example"
ME = "/auth/me"


def token_of(container: Container, actor: Actor) -> dict[str, str]:
    """Return the header of an actor's calls, without a sign-in."""
    made = tokens.create_access_token(container.settings, actor.require_user(), container.clock.now())
    return {"Authorization": f"Bearer {made}"}


def seat(session: object, *names: str) -> dict[str, Any]:
    """Return the body of a company's order."""
    people = [{"email": f"{name}@crew.example", "firstName": name, "lastName": "Crew"} for name in names]
    return {"sessionId": str(session), "payer": "company", "paymentMethod": "card", "participants": people}


async def test_v7_4_1_a_session_that_is_ended_opens_nothing_any_more(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs
) -> None:
    async with unit_of_work(ANONYMOUS, elevated=True) as uow:
        cookie = {"Cookie": f"{SESSION_COOKIE}={await sessions.open_browser_session(uow, cast.lea.require_user())}"}
    challenge = await login(api, LEA)
    pair = await verify(api, challenge, await last_code(api, run_jobs, LEA))
    headers = bearer(pair)
    assert [(await api.get(ME, headers=one)).status_code for one in (cookie, headers)] == [200, 200]
    assert (await api.post("/auth/sign-out-everywhere", headers=headers)).status_code == 204
    assert [(await api.get(ME, headers=one)).status_code for one in (cookie, headers)] == [401, 401]
    kept = {"refreshToken": pair.json()["data"]["refreshToken"]}
    assert (await api.post("/auth/refresh", json=kept)).status_code == 401


async def test_v7_4_3_a_new_password_ends_the_other_sessions(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    thief = await sign_in(api, run_jobs, LEA)
    clock.move(minutes=1)
    own = await sign_in(api, run_jobs, LEA)
    body = {"currentPassword": PASSWORD, "newPassword": "Quiet-Runway-Lights-27"}
    changed = await api.put("/auth/password", json=body, headers=own)
    assert changed.status_code == 204, changed.text
    assert (await api.get(ME, headers=own)).status_code == 200
    assert (await api.get(ME, headers=thief)).status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/auth/email-change", {"email": "other@test.example"}),
        ("POST", "/auth/factors/totp", None),
        ("POST", "/auth/factors/passkeys/options", None),
    ],
)
async def test_v7_5_1_sensitive_changes_ask_once_more_who_it_is(
    api: httpx.AsyncClient,
    cast: Cast,
    run_jobs: RunJobs,
    clock: MovableClock,
    method: str,
    path: str,
    body: dict[str, str] | None,
) -> None:
    headers = await sign_in(api, run_jobs, LEA)
    clock.move(minutes=11)
    refused = await api.request(method, path, json=body, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (403, "reauthentication_required")
    challenge = await api.post("/auth/reauthenticate", json={"password": PASSWORD}, headers=headers)
    proof = {
        "challengeId": challenge.json()["data"]["challengeId"],
        "code": await last_code(api, run_jobs, LEA),
    }
    assert (await api.post("/auth/reauthenticate/confirm", json=proof, headers=headers)).status_code == 204
    assert (await api.request(method, path, json=body, headers=headers)).is_success


async def test_v9_1_v9_2_tokens_of_another_key_algorithm_type_audience_or_time_are_refused(
    client: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    now = int(container.clock.now().timestamp())
    good = tokens.create_access_token(container.settings, cast.lea.require_user(), container.clock.now())
    head, body, _ = good.split(".")

    def decoded(part: str) -> dict[str, Any]:
        return json.loads(base64.urlsafe_b64decode(part + "=="))

    header, claims = decoded(head), decoded(body)
    own = ECKey.import_key(container.settings.jwt_private_key.get_secret_value())

    def signed(key: ECKey = own, *, head: dict[str, Any] | None = None, **changed: Any) -> str:
        return jwt.encode(header | (head or {}), claims | changed, key, algorithms=["ES256"])

    none = base64.urlsafe_b64encode(json.dumps(header | {"alg": "none"}).encode()).decode().rstrip("=")
    forged = {
        "another key": signed(ECKey.generate_key("P-256")),
        "no algorithm": f"{none}.{body}.",
        "another type": signed(head={"typ": "JWT"}),
        "another audience": signed(aud="pygmalion-lms"),
        "another issuer": signed(iss="somebody"),
        "too late": signed(exp=now - 1),
        "nobody": signed(sub=str(uuid4())),
    }
    ok = await client.get("/api/v1" + ME, headers={"Authorization": f"Bearer {signed()}"})
    assert ok.status_code == 200, "the forgeries differ from a good token in one thing each"
    for name, token in forged.items():
        answer = await client.get("/api/v1" + ME, headers={"Authorization": f"Bearer {token}"})
        assert (answer.status_code, answer.json()["code"]) == (401, "invalid_token"), name


async def test_v9_2_2_a_refresh_token_is_no_access_token_and_an_access_token_refreshes_nothing(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs
) -> None:
    challenge = await login(api, LEA)
    pair = (await verify(api, challenge, await last_code(api, run_jobs, LEA))).json()["data"]
    assert (await api.get(ME, headers={"Authorization": f"Bearer {pair['refreshToken']}"})).status_code == 401
    swapped = await api.post("/auth/refresh", json={"refreshToken": pair["accessToken"]})
    assert swapped.status_code in {401, 422}


async def test_v8_4_1_nothing_of_one_organisation_answers_another(
    api: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    marc, stranger = token_of(container, cast.marc), token_of(container, cast.stranger)
    booked = (await api.post("/enrollments", json=seat(cast.session, "ana"), headers=marc)).json()["data"]
    paths = [
        f"/enrollments/{booked['enrollments'][0]['id']}",
        f"/payments/{booked['paymentId']}",
        f"/organizations/{cast.company}/members",
        f"/organizations/{cast.company}/invitations",
        f"/organizations/{cast.company}/kyb",
        f"/organizations/{cast.company}/sso",
        f"/sessions/{cast.session}/enrollments",
    ]
    for path in paths:
        assert (await api.get(path, headers=stranger)).status_code in {403, 404}, path
        assert (await api.get(path)).status_code == 401, path
    assert (await api.get(paths[0], headers=marc)).status_code == 200
    assert (await api.get("/enrollments", headers=stranger)).json()["data"] == []
    async with unit_of_work(cast.stranger) as uow:
        for row in (
            await uow.sql("SELECT count(*) AS n FROM orders"),
            await uow.sql("SELECT count(*) AS n FROM payments"),
            await uow.sql("SELECT count(*) AS n FROM enrollments"),
        ):
            assert row == [{"n": 0}], "and the database alone shows nothing"


async def test_v2_3_4_no_seat_is_sold_twice(api: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    async with unit_of_work(SYSTEM) as uow:
        from pygmalion_app.core.permissions import Role

        buyers = [await add_person(uow, f"b{n}", (cast.company, Role.MANAGER)) for n in range(15)]
    answers = await asyncio.gather(
        *(
            api.post("/enrollments", json=seat(cast.session, f"s{n}"), headers=token_of(container, buyer))
            for n, buyer in enumerate(buyers)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [201] * 5 + [409] * 10
    async with unit_of_work(SYSTEM) as uow:
        (row,) = await uow.sql("SELECT count(*) AS n FROM enrollments WHERE status <> 'CANCELLED'")
    assert row["n"] == 5


async def test_v6_5_codes_are_six_digits_hashed_short_lived_single_use_and_bound_to_their_attempt(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    first = await login(api, LEA)
    code = await last_code(api, run_jobs, LEA)
    assert len(code) == 6
    assert code.isdigit()
    async with unit_of_work(SYSTEM) as uow:
        rows = await uow.sql(
            "SELECT c::text AS said, code_hash, expires_at - created_at AS life FROM login_challenges c"
        )
    assert all(code not in row["said"] and len(row["code_hash"]) == 32 for row in rows)
    assert all(row["life"] <= timedelta(minutes=10, seconds=30) for row in rows)
    clock.move(seconds=1)
    second = await login(api, LEA)
    newer = await last_code(api, run_jobs, LEA)
    assert (await verify(api, second, code)).status_code == 401, "bound to the attempt it was mailed for"
    assert (await verify(api, second, newer)).status_code == 200
    assert (await verify(api, second, newer)).status_code == 401, "single use"
    clock.move(minutes=10, seconds=1)
    assert (await verify(api, first, code)).status_code == 401, "at most ten minutes"


async def test_v6_5_5_a_code_bears_five_guesses_and_an_account_few_codes(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs
) -> None:
    refused = 0
    for _ in range(6):
        challenge = await login(api, LEA)
        code = await last_code(api, run_jobs, LEA)
        wrong = f"{(int(code) + 1) % 1_000_000:06d}"
        for _ in range(5):
            answer = await verify(api, challenge, wrong)
            assert answer.status_code in {401, 429}
            refused += answer.status_code == 429
        assert (await verify(api, challenge, code)).status_code in {401, 429}, "the sixth try is refused, right or not"
    assert refused >= 6 * 5 - RATES[Limit.CODE].amount, "new challenges bring no new guesses"


async def test_v6_3_1_guessing_a_password_ends_with_a_wait_and_locks_nobody_out(
    container: Container, cast: Cast
) -> None:
    def at(address: str) -> httpx.AsyncClient:
        app = servers.api_of(container.settings)
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False, client=(address, 4000))
        return httpx.AsyncClient(transport=transport, base_url="http://test.pygmalion.example/api/v1")

    async with at("203.0.113.66") as attacker, at("198.51.100.7") as owner:
        tried = [
            await attacker.post("/auth/login", json={"email": LEA, "password": f"Guess-{n}-Guess"})
            for n in range(RATES[Limit.SIGN_IN].amount + 1)
        ]
        assert {answer.status_code for answer in tried[:-1]} == {401}
        assert (tried[-1].status_code, tried[-1].json()["code"]) == (429, "too_many_requests")
        assert 0 < int(tried[-1].headers["retry-after"]) <= RATES[Limit.SIGN_IN].seconds
        assert (await owner.post("/auth/login", json={"email": LEA, "password": PASSWORD})).status_code == 200


async def test_v6_3_8_a_known_and_an_unknown_address_are_answered_alike(client: httpx.AsyncClient, cast: Cast) -> None:
    for path, body in (
        ("/api/v1/auth/login", {"password": "Not-The-Right-One-1"}),
        ("/api/v1/auth/password-reset", {}),
    ):
        known = await client.post(path, json={"email": LEA, **body})
        unknown = await client.post(path, json={"email": "nobody@test.example", **body})
        assert (known.status_code, known.json()) == (unknown.status_code, unknown.json()), path


async def test_v3_3_the_session_cookie_is_out_of_reach_of_scripts_neighbours_and_other_sites(
    container: Container, cast: Cast
) -> None:
    secure = container.settings.model_copy(update={"cookie_secure": True})
    async with bootstrap.running(bootstrap.build(secure, clock=container.clock)) as parts:
        app = PrefixedCookies(create_api())
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="https://test.pygmalion.example") as browser:
            async with unit_of_work(ANONYMOUS, parts, elevated=True) as uow:
                ticket = await sessions.issue_ticket(uow, cast.lea.require_user())
            answer = await browser.post("/auth/exchange", data={"ticket": ticket})
            cookie = answer.headers["set-cookie"]
            parts_of_it = {part.strip().lower() for part in cookie.split(";")[1:]}
            assert cookie.startswith(f"__Host-{SESSION_COOKIE}=")
            assert {"httponly", "secure", "path=/", "samesite=lax"} <= parts_of_it
            value = cookie.split(";")[0].split("=", 1)[1]
            own = {"Cookie": f"__Host-{SESSION_COOKIE}={value}"}
            assert (await browser.get("/api/v1" + ME, headers=own)).status_code == 200
            planted = {"Cookie": f"{SESSION_COOKIE}={value}"}
            browser.cookies.clear()
            assert (await browser.get("/api/v1" + ME, headers=planted)).status_code == 401


async def test_v3_5_1_another_site_can_neither_write_with_the_cookie_nor_sign_anybody_in(
    client: httpx.AsyncClient, cast: Cast
) -> None:
    async with unit_of_work(ANONYMOUS, elevated=True) as uow:
        cookie = {"Cookie": f"{SESSION_COOKIE}={await sessions.open_browser_session(uow, cast.lea.require_user())}"}
        ticket = await sessions.issue_ticket(uow, cast.marc.require_user())
    assert (await client.get("/api/v1" + ME, headers=cookie)).status_code == 200
    written = await client.put("/api/v1/auth/profile", json={"firstName": "Mallory"}, headers=cookie)
    assert written.status_code == 401
    forced = await client.post("/auth/exchange", data={"ticket": ticket}, headers={"Origin": "https://evil.example"})
    assert forced.status_code == 403
    assert "set-cookie" not in forced.headers


async def test_v14_3_1_signing_out_clears_what_the_browser_keeps(client: httpx.AsyncClient, cast: Cast) -> None:
    async with unit_of_work(ANONYMOUS, elevated=True) as uow:
        cookie = {"Cookie": f"{SESSION_COOKIE}={await sessions.open_browser_session(uow, cast.lea.require_user())}"}
    answer = await client.post("/auth/sign-out", headers=cookie)
    assert answer.headers["clear-site-data"] == '"cache"'
    assert f"{SESSION_COOKIE}=" in answer.headers["set-cookie"]
    assert "max-age=0" in answer.headers["set-cookie"].lower()
    assert (await client.get("/api/v1" + ME, headers=cookie)).status_code == 401


async def test_v16_3_1_sign_ins_are_recorded_refused_ones_too_and_name_nobody(
    api: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs
) -> None:
    await api.post("/auth/login", json={"email": LEA, "password": "Not-The-Right-One-1"})
    await sign_in(api, run_jobs, LEA)
    async with unit_of_work(SYSTEM) as uow:
        rows = await uow.sql("SELECT action, subject_id, e::text AS said FROM audit_events e ORDER BY sequence")
    assert [(row["action"], row["subject_id"]) for row in rows if row["action"].startswith("account.")] == [
        ("account.sign_in_refused", cast.lea.user_id),
        ("account.signed_in", cast.lea.user_id),
    ]
    assert all("@" not in row["said"] for row in rows)


@pytest.mark.parametrize("name", ["Eve\r\nBcc: all@crew.example", "Eve\nX-Evil: 1", '=HYPERLINK("http://evil")'])
async def test_v1_2_names_cannot_break_out_of_mails_and_headers(
    api: httpx.AsyncClient, container: Container, cast: Cast, run_jobs: RunJobs, name: str
) -> None:
    body = {"email": "eve@crew.example", "password": "Quiet-Runway-Lights-27", "firstName": name, "lastName": "X"}
    answer = await api.post("/auth/register", json=body)
    assert answer.status_code == (422 if "\n" in name else 201)
    order = seat(cast.session, "ana")
    order["participants"][0]["firstName"] = name
    booked = await api.post("/enrollments", json=order, headers=token_of(container, cast.marc))
    assert booked.status_code == (422 if "\n" in name else 201)
    for mail in await mails(api, run_jobs, "eve@crew.example") if answer.is_success else []:
        header = EmailMessage()
        header["To"], header["Subject"] = mail["to"], mail["subject"]
        assert set(message_from_bytes(bytes(header))) == {"To", "Subject"}
