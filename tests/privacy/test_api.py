"""`/privacy` and `/admin/audit` as clients of the API see them."""

from collections.abc import Awaitable, Callable

import httpx
import pytest

from pygmalion_app.accounts import sessions
from pygmalion_app.accounts.authentication import SESSION_COOKIE
from pygmalion_app.core import audit
from pygmalion_app.core.actor import ANONYMOUS, Actor
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.privacy.consents import consents_to
from pygmalion_app.privacy.models import Purpose
from tests.accounts.signing import browser_of
from tests.cast import Cast
from tests.clock import MovableClock

RunJobs = Callable[[], Awaitable[None]]
V1 = "/api/v1"


async def _as(client: httpx.AsyncClient, actor: Actor) -> httpx.AsyncClient:
    async with unit_of_work(ANONYMOUS) as uow:
        tokens = await sessions.issue_tokens(uow, actor.require_user())
    client.headers["Authorization"] = f"Bearer {tokens.access_token}"
    return client


async def test_an_export_from_asking_to_downloading(client: httpx.AsyncClient, cast: Cast, run_jobs: RunJobs) -> None:
    await _as(client, cast.lea)
    assert (await client.get(f"{V1}/privacy/export")).json()["data"] is None
    asked = await client.post(f"{V1}/privacy/export")
    assert (asked.status_code, asked.json()["data"]["status"]) == (202, "waiting")
    again = await client.post(f"{V1}/privacy/export")
    assert again.json()["data"]["id"] == asked.json()["data"]["id"]
    await run_jobs()
    ready = (await client.get(f"{V1}/privacy/export")).json()["data"]
    assert (ready["status"], ready["done"]) == ("ready", ready["parts"])
    del client.headers["Authorization"]
    assert (await client.get(ready["downloadPath"])).status_code == 401
    cookie = {"Cookie": f"{SESSION_COOKIE}={await browser_of(cast.lea)}"}
    archive = await client.get(ready["downloadPath"], headers=cookie)
    assert archive.content[:2] == b"PK"
    assert "attachment" in archive.headers["Content-Disposition"]
    assert archive.headers["Cache-Control"] == "private, no-store"
    stranger = {"Cookie": f"{SESSION_COOKIE}={await browser_of(cast.stranger)}"}
    assert (await client.get(ready["downloadPath"], headers=stranger)).status_code == 404


async def test_consents_are_given_and_withdrawn(client: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    await _as(client, cast.lea)
    assert cast.lea.user_id
    given = await client.put(f"{V1}/privacy/consents", json={"purpose": "team_status", "given": True})
    assert [one["given"] for one in given.json()["data"]] == [False, True]
    async with unit_of_work(cast.marc, container) as uow:
        assert await consents_to(uow, cast.lea.user_id, Purpose.TEAM_STATUS)
        assert not await consents_to(uow, cast.lea.user_id, Purpose.PRODUCT_NEWS)
    await client.put(f"{V1}/privacy/consents", json={"purpose": "team_status", "given": True})
    withdrawn = await client.put(f"{V1}/privacy/consents", json={"purpose": "team_status", "given": False})
    status = withdrawn.json()["data"][1]
    assert [one["given"] for one in status["history"]] == [False, True]
    old = await client.put(f"{V1}/privacy/consents", json={"purpose": "team_status", "given": True, "version": "2019"})
    assert old.status_code == 422
    assert (await client.put(f"{V1}/privacy/consents", json={"purpose": "spam", "given": True})).status_code == 422


async def test_an_erasure_needs_a_fresh_proof_and_can_be_withdrawn(
    client: httpx.AsyncClient, cast: Cast, clock: MovableClock
) -> None:
    await _as(client, cast.lea)
    preview = (await client.get(f"{V1}/privacy/erasure")).json()["data"]
    assert (preview["blockers"], preview["request"], preview["graceDays"]) == ([], None, 30)
    clock.move(minutes=11)
    refused = await client.post(f"{V1}/privacy/erasure")
    assert (refused.status_code, refused.json()["code"]) == (403, "reauthentication_required")
    await _as(client, cast.lea)
    assert (await client.post(f"{V1}/privacy/erasure")).status_code == 202
    assert (await client.post(f"{V1}/privacy/erasure")).json()["code"] == "erasure_waiting"
    assert (await client.delete(f"{V1}/privacy/erasure")).status_code == 204
    assert (await client.delete(f"{V1}/privacy/erasure")).status_code == 404


async def test_what_is_open_blocks_an_erasure(client: httpx.AsyncClient, cast: Cast) -> None:
    await _as(client, cast.tom)
    blocked = await client.post(f"{V1}/privacy/erasure")
    assert (blocked.status_code, blocked.json()["code"]) == (409, "erasure_blocked")
    preview = (await client.get(f"{V1}/privacy/erasure")).json()["data"]
    assert preview["blockers"] == [{"name": "trains", "facts": {"count": "1"}}]
    await _as(client, cast.ada)
    preview = (await client.get(f"{V1}/privacy/erasure")).json()["data"]
    assert [one["name"] for one in preview["blockers"]] == ["last_platform_admin"]


@pytest.mark.parametrize("path", ["", "/export.csv", "/chain", "/retention"])
async def test_the_trail_is_for_administrators(client: httpx.AsyncClient, cast: Cast, path: str) -> None:
    assert (await client.get(f"{V1}/admin/audit{path}")).status_code == 401
    for person in (cast.lea, cast.olga, cast.marc):
        await _as(client, person)
        assert (await client.get(f"{V1}/admin/audit{path}")).status_code == 403
    await _as(client, cast.ada)
    assert (await client.get(f"{V1}/admin/audit{path}")).status_code == 200


async def test_events_are_found_by_person_and_exported_safely(
    client: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    async with unit_of_work(cast.olga, container) as uow:
        await audit.record(uow, "course.published", organization_id=cast.school)
        await audit.record(uow, "organization.member_removed", subject_id=cast.tom.user_id, facts={"number": -7})
    await _as(client, cast.ada)
    found = (await client.get(f"{V1}/admin/audit", params={"personId": str(cast.tom.user_id)})).json()
    assert [(one["action"], one["actor"]) for one in found["data"]] == [("organization.member_removed", "Olga Test")]
    found = (await client.get(f"{V1}/admin/audit", params={"until": "2001-01-01"})).json()
    assert found["meta"]["total"] == 0
    lines = (await client.get(f"{V1}/admin/audit/export.csv")).text.splitlines()
    assert lines[1].split(",")[2] == "course.published"
    chain = (await client.get(f"{V1}/admin/audit/chain")).json()["data"]
    assert chain["brokenAt"] is None
    # Taking the trail out is an event too.
    assert chain["headSequence"] == 3
