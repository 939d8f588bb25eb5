"""Who gets a credential, in which form, and what an SD-JWT keeps back."""

import json
from typing import Any
from uuid import UUID

import httpx
import pytest
from jwcrypto.jwk import JWK
from sd_jwt.verifier import SDJWTVerifier

from pygmalion_app.certificates import issuing
from pygmalion_app.certificates.content import Content
from pygmalion_app.certificates.credentials.building import build, facts_of
from pygmalion_app.certificates.credentials.export import offered
from pygmalion_app.certificates.credentials.selective import FIELDS
from pygmalion_app.certificates.credentials.status_lists import allocate
from pygmalion_app.certificates.keys.kinds import KeyKind
from pygmalion_app.certificates.keys.ring import signing_key
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.cast import Cast
from tests.certificates.conftest import Enroll, issue_all
from tests.certificates.test_shells import bearer
from tests.credentials.conftest import SLUG, Published, certificate, decoded


async def test_the_entitled_get_each_form(
    container: Container, cast: Cast, enroll: Enroll, client: httpx.AsyncClient
) -> None:
    (one,) = await issue_all(container, await enroll(cast.lea))
    path = f"/api/v1/certificates/{one}/credential"
    row = await certificate(container, one)
    assert (await client.get(path)).status_code == 401
    for actor in (cast.lea, cast.olga, cast.tom, cast.marc):
        answer = await client.get(path, headers=bearer(container, actor))
        assert (answer.content, answer.headers["content-type"]) == (row.credential, "application/vc")
    assert (await client.get(path, headers=bearer(container, cast.stranger))).status_code == 404
    lea = bearer(container, cast.lea)
    token = await client.get(path, params={"format": "jwt"}, headers=lea)
    assert (token.text, token.headers["content-type"]) == (row.credential_jwt, "application/vc+jwt")
    assert f"{row.number}.jwt" in token.headers["content-disposition"]
    assert token.headers["cache-control"] == "private, no-store"
    for wrong in ({"format": "xml"}, {"format": "sd-jwt", "fields": "holder,salary"}, {"fields": "holder"}):
        assert (await client.get(path, params=wrong, headers=lea)).status_code == 422


async def test_an_unmade_and_an_erased_certificate_say_so(
    container: Container, cast: Cast, enroll: Enroll, client: httpx.AsyncClient
) -> None:
    (enrollment,) = await enroll(cast.lea)
    async with unit_of_work(SYSTEM, container) as uow:
        one = await issuing.register(uow, enrollment)
    path, lea = f"/api/v1/certificates/{one}/credential", bearer(container, cast.lea)
    assert (await client.get(path, headers=lea)).json()["code"] == "certificate_not_ready"
    await issuing.issue(enrollment, container)
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.sql("UPDATE certificates SET credential = NULL, credential_jwt = NULL, form = 1")
    assert (await client.get(path, headers=lea)).json()["code"] == "credential_unavailable"


async def test_what_there_is_of_a_certificate(container: Container, cast: Cast, enroll: Enroll) -> None:
    enrollments = await enroll(cast.lea)
    async with unit_of_work(SYSTEM, container) as uow:
        one = await issuing.register(uow, enrollments[0])
    assert one is not None
    for made in (False, True):
        if made:
            await issue_all(container, enrollments)
        async with unit_of_work(cast.lea, container) as uow:
            there = await offered(uow, one)
        assert (there.credential, there.proof) == (made, False)
    async with unit_of_work(cast.stranger, container) as uow:
        with pytest.raises(NotFoundError):
            await offered(uow, one)


async def test_an_sd_jwt_shows_what_was_chosen_and_nothing_else(
    container: Container, cast: Cast, enroll: Enroll, published: Published
) -> None:
    (one,) = await issue_all(container, await enroll(cast.lea))
    row = await certificate(container, one)
    content = Content.model_validate(row.content).model_dump(mode="json", by_alias=True)
    always = {"iss", "vct", "iat", "nbf", "exp", "credentialStatus"}
    for shown in (("course", "validUntil"), ("holder",), (), FIELDS):
        token = await sd_jwt(published.client, container, cast.lea, one, shown)
        claims = await verified(published, token)
        assert set(claims) - always == {name for name in shown if content.get(name, "shown") not in (None, "")}
        assert all(claims[name] == content[name] for name in shown if name in claims and name in content)
        disclosed = [json.loads(decoded(part)) for part in token.split("~")[1:] if part]
        assert {name for _, name, _ in disclosed} == set(claims) - always
        assert ("Lea Test" in json.dumps(claims)) == ("holder" in shown)


async def test_an_altered_sd_jwt_is_refused(
    container: Container, cast: Cast, enroll: Enroll, published: Published
) -> None:
    (one,) = await issue_all(container, await enroll(cast.lea))
    token = await sd_jwt(published.client, container, cast.lea, one, ("holder", "course"))
    signed, *shown, _ = token.split("~")
    header, body, signature = signed.split(".")
    other = await sd_jwt(published.client, container, cast.lea, one, ("number",))
    assert "number" not in await verified(published, "~".join([signed, *other.split("~")[1:-1], ""]))
    for wrong in (f"{header}.{body}.{signature[::-1]}", f"{header}.{body[::-1]}.{signature}"):
        with pytest.raises(Exception, match=r".*"):
            await verified(published, "~".join([wrong, *shown, ""]))


async def test_the_same_certificate_gives_the_same_credential(container: Container, cast: Cast, enroll: Enroll) -> None:
    (one,) = await issue_all(container, await enroll(cast.lea))
    row = await certificate(container, one)
    document = json.loads(row.credential or b"")
    async with unit_of_work(SYSTEM, container) as uow:
        facts = facts_of(
            uow.settings,
            Content.model_validate(row.content),
            course_id=row.course_id,
            issued_at=row.issued_at,
            valid_until=row.valid_until,
            verification_url=document["evidence"][0]["id"],
            place=await allocate(uow, one, row.organization_id),
        )
        keys = [await signing_key(uow, row.organization_id, kind) for kind in (KeyKind.P256, KeyKind.ED25519)]
    made = build(facts, *keys)
    assert (made.json, made.jwt) == (row.credential, row.credential_jwt)


async def test_a_credential_says_no_more_of_its_holder_than_the_name(
    container: Container, cast: Cast, enroll: Enroll
) -> None:
    (one,) = await issue_all(container, await enroll(cast.lea))
    row = await certificate(container, one)
    said = (row.credential or b"").decode()
    assert "Lea Test" in said
    for private in ("lea@test.example", str(cast.lea.user_id), str(row.enrollment_id), str(cast.company), "Aeroport"):
        assert private not in said


async def sd_jwt(client: httpx.AsyncClient, parts: Container, actor: Actor, one: UUID, shown: tuple[str, ...]) -> str:
    """Return a certificate as SD-JWT that shows some fields."""
    asked = {"format": "sd-jwt", "fields": ",".join(shown)}
    answer = await client.get(f"/api/v1/certificates/{one}/credential", params=asked, headers=bearer(parts, actor))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/dc+sd-jwt")
    return answer.text


async def verified(published: Published, token: str) -> dict[str, Any]:
    """Return the claims that a verifier reads, the key found in the issuer's DID document by its name."""
    keys = json.loads(await published.fetch(f"/organisations/{SLUG}/did.json"))["verificationMethod"]
    by_name: Any = {key["id"]: JWK(**key["publicKeyJwk"]) for key in keys if "publicKeyJwk" in key}
    claims: Any = SDJWTVerifier(token, lambda _issuer, header: by_name[header["kid"]]).get_verified_payload()
    return claims
