"""The documents in which verifiers find our keys."""

import json

import httpx
import pytest

from pygmalion_app.certificates.credentials.addresses import organization_did, platform_did
from pygmalion_app.certificates.keys.kinds import KeyKind
from pygmalion_app.certificates.keys.ring import rotate, signing_key
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.config import Settings
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.cast import Cast
from tests.credentials.conftest import SLUG


async def test_a_document_keeps_the_keys_that_are_retired_and_begins_with_the_one_in_use(
    container: Container, cast: Cast, client: httpx.AsyncClient
) -> None:
    path = f"/organisations/{SLUG}/did.json"
    assert (await client.get(path)).status_code == 404
    async with unit_of_work(SYSTEM, container) as uow:
        old = [(await signing_key(uow, cast.school, kind)).public.kid for kind in (KeyKind.P256, KeyKind.ED25519)]
        new = [(await rotate(uow, cast.school, kind)).public.kid for kind in (KeyKind.P256, KeyKind.ED25519)]
    answer = await client.get(path)
    document = answer.json()
    did = organization_did(container.settings, SLUG)
    assert document["id"] == did
    methods = document["verificationMethod"]
    assert [method["id"] for method in methods] == [f"{did}#{kid}" for kid in (*new, *old)]
    assert document["assertionMethod"] == [method["id"] for method in methods]
    assert {method["controller"] for method in methods} == {did}
    assert [method["type"] for method in methods] == ["JsonWebKey", "Multikey"] * 2
    assert '"d"' not in json.dumps(document)
    assert answer.headers["access-control-allow-origin"] == "*"


async def test_the_platform_has_a_document_and_nobody_else(
    container: Container, cast: Cast, client: httpx.AsyncClient
) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        key = (await signing_key(uow, None, KeyKind.P256)).public
    document = (await client.get("/.well-known/did.json")).json()
    did = platform_did(container.settings)
    # The authority signs certificates of keys and no credential: it is not among them.
    assert [method["id"] for method in document["verificationMethod"]] == [f"{did}#{key.kid}"]
    for slug in ("aeroport-services", "nothing", "x" * 300):
        assert (await client.get(f"/organisations/{slug}/did.json")).status_code in {404, 422}


@pytest.mark.parametrize(
    ("url", "did"),
    [
        ("https://pygmalion.example", "did:web:pygmalion.example"),
        ("https://pygmalion.example:8443/", "did:web:pygmalion.example%3A8443"),
    ],
)
def test_a_did_follows_from_the_public_address(settings: Settings, url: str, did: str) -> None:
    there = Settings(public_url=url, session_secret=settings.session_secret)
    assert platform_did(there) == did
    assert organization_did(there, "ecole") == f"{did}:organisations:ecole"
