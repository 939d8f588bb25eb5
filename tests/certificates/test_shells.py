"""Certificates over the API, and the public page as anybody's browser gets it."""

import hashlib

import httpx
import pytest

from pygmalion_app.accounts import tokens
from pygmalion_app.accounts.models import User
from pygmalion_app.accounts.sessions import issue_tokens
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.cast import Cast
from tests.certificates.conftest import Enroll, issue_all, seal_and_anchor
from tests.clock import MovableClock
from tests.conftest import OpenUnitOfWork


def bearer(container: Container, actor: Actor) -> dict[str, str]:
    """Return the header that signs a call."""
    user_id = actor.require_user()
    return {"Authorization": "Bearer " + tokens.create_access_token(container.settings, user_id, container.clock.now())}


async def just_signed_in(container: Container, actor: Actor) -> dict[str, str]:
    """Return the header that signs a call in a session that has just proved who it is."""
    async with unit_of_work(SYSTEM, container) as uow:
        issued = await issue_tokens(uow, actor.require_user())
    return {"Authorization": f"Bearer {issued.access_token}"}


@pytest.fixture
async def issued(container: Container, cast: Cast, enroll: Enroll, client: httpx.AsyncClient) -> dict[str, str]:
    """Return Lea's anchored certificate as the API shows it."""
    await issue_all(container, await enroll(cast.lea, cast.marc))
    await seal_and_anchor(container)
    answer = await client.get("/api/v1/certificates", headers=bearer(container, cast.lea))
    (shown,) = answer.json()["data"]
    assert answer.json()["meta"] == {"page": 1, "limit": 20, "total": 1}
    return shown


async def test_the_api_lists_shows_and_hands_out_to_the_entitled(
    client: httpx.AsyncClient, container: Container, cast: Cast, issued: dict[str, str]
) -> None:
    path = f"/api/v1/certificates/{issued['id']}"
    assert (await client.get("/api/v1/certificates")).status_code == 401
    for actor, status in ((cast.lea, 200), (cast.tom, 200), (cast.olga, 200), (cast.marc, 200), (cast.stranger, 404)):
        headers = bearer(container, actor)
        assert (await client.get(path, headers=headers)).status_code == status
        download = await client.get(f"{path}/download", headers=headers)
        assert download.status_code == status
        assert (await client.post(f"{path}/verify", headers=headers)).status_code == status
    file = await client.get(f"{path}/download", headers=bearer(container, cast.lea))
    assert file.headers["content-type"] == "application/pdf"
    assert issued["number"] in file.headers["content-disposition"]
    assert hashlib.sha256(file.content).hexdigest() == issued["fileSha256"]
    assert (await client.get("/api/v1/certificates/not-an-id", headers=bearer(container, cast.lea))).status_code == 404


async def test_the_public_api_needs_no_account(client: httpx.AsyncClient, issued: dict[str, str]) -> None:
    path = f"/api/v1/certificates/verify/{issued['verificationToken']}"
    answer = await client.get(path)
    data = answer.json()["data"]
    assert (answer.status_code, data["status"], data["certificate"]["holder"]) == (200, "valid", "Lea Test")
    assert {check["name"]: check["result"] for check in data["checks"]} == dict.fromkeys(
        ("record", "content", "proof", "anchor", "revocation", "validity"), "pass"
    )
    assert {"contract", "chainId", "root", "proof", "tokenId", "transaction", "block"} <= data["anchor"].keys()
    assert answer.headers["x-robots-tag"] == "noindex"
    same = {"sha256": issued["fileSha256"]}
    other = {"sha256": "0" * 64}
    assert (await client.post(path, json=same)).json()["data"]["status"] == "valid"
    assert (await client.post(path, json=other)).json()["data"]["status"] == "tampered"
    assert (await client.post("/api/v1/certificates/verify", json=same)).json()["data"]["status"] == "valid"
    assert (await client.post("/api/v1/certificates/verify", json=other)).json()["data"]["status"] == "unknown"
    assert (await client.get("/api/v1/certificates/verify/nope")).json()["data"]["status"] == "unknown"
    assert (await client.post(path, json={"sha256": "xyz"})).status_code == 422


async def test_only_the_schools_admin_revokes_over_the_api(
    client: httpx.AsyncClient, container: Container, cast: Cast, issued: dict[str, str]
) -> None:
    path = f"/api/v1/certificates/{issued['id']}/revoke"
    body = {"reasonCode": "fraud", "note": "Seen on camera"}
    # A session that has not proved itself of late is asked to.
    asked = await client.post(path, json=body, headers=bearer(container, cast.olga))
    assert (asked.status_code, asked.json()["code"]) == (403, "reauthentication_required")
    for actor, status in ((cast.stranger, 404), (cast.lea, 403), (cast.tom, 403), (cast.olga, 200), (cast.olga, 409)):
        headers = await just_signed_in(container, actor)
        assert (await client.post(path, json=body, headers=headers)).status_code == status
    page = await client.get(f"/fr/verify/{issued['verificationToken']}")
    assert "Révoqué" in page.text
    assert "fraude" in page.text


async def test_the_page_says_one_word_in_the_readers_language(
    client: httpx.AsyncClient, issued: dict[str, str], clock: MovableClock
) -> None:
    bare = f"/verify/{issued['verificationToken']}"
    for path, headers, word in (
        (bare, {}, "Valide"),
        (bare, {"Accept-Language": "en-GB,en;q=0.9"}, "Valid"),
        (bare, {"Accept-Language": "en", "Cookie": "locale=fr"}, "Valide"),
        (bare, {"Accept-Language": "de-DE,de;q=0.9,en;q=0.5"}, "Valid"),
        (f"/en{bare}", {}, "Valid"),
        (f"/fr{bare}", {"Cookie": "locale=en"}, "Valide"),
    ):
        page = await client.get(path, headers=headers)
        assert page.status_code == 200
        assert f'class="verdict__word">{word}</h1>' in page.text
        assert "Lea Test" in page.text
        assert "noindex" in page.headers["x-robots-tag"]
        assert page.headers["referrer-policy"] == "no-referrer"
    clock.move(days=365 * 4)
    assert "Expiré" in (await client.get(bare)).text


async def test_the_page_compares_a_file_without_javascript(client: httpx.AsyncClient, issued: dict[str, str]) -> None:
    path = f"/fr/verify/{issued['verificationToken']}"
    assert "Valide" in (await client.post(path, data={"sha256": issued["fileSha256"]})).text
    altered = await client.post(path, data={"sha256": "0" * 64})
    assert "Altéré" in altered.text
    assert "ce fichier" in altered.text.lower()
    dropped = await client.post("/en/verify", data={"sha256": issued["fileSha256"].upper()})
    assert "Valid</h1>" in dropped.text
    stranger = await client.post("/en/verify", data={"sha256": "0" * 64})
    assert (stranger.status_code, "Unknown</h1>" in stranger.text) == (404, True)
    for address in ("/en/verify", f"/en/verify/{issued['verificationToken']}", "/verify"):
        mistyped = await client.post(address, data={"sha256": "not a digest"}, headers={"Accept-Language": "en"})
        assert "No file was compared" in mistyped.text


async def test_an_unknown_code_is_a_true_404_and_tells_nothing(
    client: httpx.AsyncClient, issued: dict[str, str]
) -> None:
    unknown = await client.get("/fr/verify/" + "A" * 22)
    malformed = await client.get("/fr/verify/x")
    assert (unknown.status_code, malformed.status_code) == (404, 404)
    assert unknown.text.replace("A" * 22, "x") == malformed.text


async def test_a_hostile_name_stays_text(
    client: httpx.AsyncClient, container: Container, cast: Cast, enroll: Enroll, uow_factory: OpenUnitOfWork
) -> None:
    async with uow_factory(SYSTEM) as uow:
        user = await uow.session.get_one(User, cast.lea.require_user())
        user.first_name = "<script>alert(1)</script>"
    await issue_all(container, await enroll(cast.lea))
    shown = (await client.get("/api/v1/certificates", headers=bearer(container, cast.lea))).json()["data"][0]
    page = await client.get(f"/verify/{shown['verificationToken']}")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;" in page.text


async def test_the_drop_page_is_public_and_findable(client: httpx.AsyncClient) -> None:
    page = await client.get("/en/verify")
    assert page.status_code == 200
    assert "noindex" not in page.text
    assert 'hreflang="fr"' in page.text
    assert "x-robots-tag" not in page.headers
