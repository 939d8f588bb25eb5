"""Programs that we did not write accept our credentials, and refuse altered, revoked and foreign ones."""

import copy
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from openbadgeslib.ob3.ldp import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3VerificationError, OB3Verifier

from pygmalion_app.certificates import batches, merkle
from pygmalion_app.certificates.keys.kinds import KeyKind
from pygmalion_app.certificates.keys.ring import rotate
from pygmalion_app.certificates.models import CertificateBatch
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.cast import Cast
from tests.certificates.conftest import Enroll, issue_all
from tests.credentials.conftest import Published, ask, certificate, decoded, revoke

Json = dict[str, Any]


def altered(document: Json, change: Callable[[Json], object]) -> Json:
    """Return a copy with something changed."""
    copied = copy.deepcopy(document)
    change(copied)
    return copied


FORGERIES: dict[str, Callable[[Json], object]] = {
    "another holder": lambda c: c["credentialSubject"]["identifier"][0].update(identityHash="Somebody Else"),
    "another course": lambda c: c["credentialSubject"]["achievement"].update(name="Pilote de ligne"),
    "a longer life": lambda c: c.update(validUntil="2099-01-01T00:00:00Z"),
    "no end": lambda c: c.pop("validUntil"),
    "another place in the list": lambda c: c["credentialStatus"].update(statusListIndex="0"),
    "a word more": lambda c: c["credentialSubject"].update(role="Examiner"),
    "an unknown word more": lambda c: c["credentialSubject"].update(rank="Captain"),
    "another signature": lambda c: c["proof"][0].update(proofValue="z" + c["proof"][0]["proofValue"][:0:-1]),
    "a signature of another time": lambda c: c["proof"][0].update(created="2020-01-01T00:00:00Z"),
    "another school's word": lambda c: c["issuer"].update(id="did:web:school.example"),
}


async def test_digital_bazaar_the_official_schema_and_openzeppelin(
    container: Container, cast: Cast, enroll: Enroll, published: Published, programs: Path
) -> None:
    good, bad, later = await issued_by_two_keys(container, cast, enroll)
    await revoke(container, bad)
    documents = await published.documents(good_json := await json_of(container, good))
    asked: Json = {"ask": "credential", "documents": documents}
    questions = {
        name: asked | {"credential": await json_of(container, one)}
        for name, one in (("good", good), ("revoked", bad), ("by the next key", later))
    }
    questions |= {name: asked | {"credential": altered(good_json, change)} for name, change in FORGERIES.items()}
    stripped = altered(documents, lambda found: found[published.did].update(assertionMethod=[]))
    questions["a key that may not sign"] = asked | {"credential": good_json, "documents": stripped}
    list_address = good_json["credentialStatus"]["statusListCredential"]
    freed = altered(documents, lambda found: found[list_address]["credentialSubject"].update(encodedList="uH4sIAAAA"))
    questions["an altered list"] = asked | {"credential": good_json, "documents": freed}
    schema: Json = {"ask": "schema"}
    questions["schema"] = schema | {"document": good_json}
    payload = part_of((await certificate(container, good)).credential_jwt or "", 1)
    questions["schema of the token"] = schema | {"document": payload}
    questions["schema, altered"] = schema | {
        "document": altered(good_json, lambda c: c["credentialSubject"].pop("achievement"))
    }
    questions |= await leaves(container, (good, bad, later))
    answers = ask(programs, questions)
    held = {name for name, answer in answers.items() if answer.get("holds")}
    assert held == {f"right leaf of {number}" for number in range(3)}
    assert [answers[name]["conforms"] for name in ("schema", "schema of the token", "schema, altered")] == [
        True, True, False,
    ], answers["schema"]["errors"]  # fmt: skip
    told = {name: (found["verified"], found["revoked"]) for name, found in answers.items() if "verified" in found}
    assert told.pop("good") == (True, False), answers["good"]["error"]
    assert told.pop("by the next key") == (True, False), answers["by the next key"]["error"]
    assert told.pop("revoked") == (True, True), answers["revoked"]["error"]
    assert {name for name, (verified, _) in told.items() if verified} == set()
    assert len(told) == len(FORGERIES) + 2


async def test_openbadgeslib(container: Container, cast: Cast, enroll: Enroll, published: Published) -> None:
    good, bad, later = await issued_by_two_keys(container, cast, enroll)
    await revoke(container, bad)
    rows = {name: await certificate(container, one) for name, one in (("good", good), ("bad", bad), ("later", later))}
    tokens = {name: row.credential_jwt or "" for name, row in rows.items()}
    first = await json_of(container, good)
    await published.documents(first)
    for token in tokens.values():
        await published.fetch(part_of(token, 1)["credentialStatus"]["statusListCredential"])
    verifier = OB3Verifier.for_issuer_did(published.did, download=published.download)
    for name in ("good", "later"):
        read = verifier.verify(tokens[name], check_status=True, download=published.download)
        assert read.issuer.id == published.did
        assert (await certificate(container, good)).content["course"] == read.achievement.name
    with pytest.raises(OB3VerificationError, match="status 'revocation' is set"):
        verifier.verify(tokens["bad"], check_status=True, download=published.download)
    header, body, signature = tokens["good"].split(".")
    forged = encoded(json.dumps(part_of(tokens["good"], 1) | {"validUntil": "2099-01-01T00:00:00Z"}))
    for wrong in (f"{header}.{forged}.{signature}", f"{header}.{body}.{signature[::-1]}", f"{header}.{body}."):
        with pytest.raises(OB3VerificationError):
            verifier.verify(wrong)
    unsigned = encoded(json.dumps({"alg": "none", "typ": "JWT"}))
    with pytest.raises(OB3VerificationError):
        verifier.verify(f"{unsigned}.{body}.")
    inside = OB3LdpVerifier.for_issuer_did(published.did, download=published.download)
    inside.verify(first, download=published.download)
    with pytest.raises(OB3VerificationError):
        inside.verify(altered(first, FORGERIES["another holder"]), download=published.download)


async def leaves(container: Container, certificates: tuple[UUID, ...]) -> dict[str, Json]:
    """Seal the certificates into a batch, and ask whether their leaves are in its root: right ones and wrong ones."""
    async with unit_of_work(SYSTEM, container) as uow:
        batch = await batches.seal(uow)
    async with unit_of_work(SYSTEM, container) as uow:
        root = hexadecimal((await uow.session.get_one(CertificateBatch, batch)).root)
    questions: dict[str, Json] = {}
    for number, one in enumerate(certificates):
        row = await certificate(container, one)
        assert row.commitment is not None
        assert row.proof is not None
        leaf, proof = [str(row.token_id), hexadecimal(row.commitment)], [hexadecimal(part) for part in row.proof]
        right: Json = {"ask": "merkle", "root": root, "leaf": leaf, "proof": proof}
        questions |= {
            f"right leaf of {number}": right,
            f"another commitment of {number}": right | {"leaf": [leaf[0], hexadecimal(bytes(32))]},
            f"another token of {number}": right | {"leaf": [str(int(leaf[0]) + 1), leaf[1]]},
            f"another proof of {number}": right | {"proof": [*proof[:-1], hexadecimal(merkle.leaf(1, bytes(32)))]},
            f"another root of {number}": right | {"root": hexadecimal(merkle.leaf(2, bytes(32)))},
        }
    return questions


async def issued_by_two_keys(container: Container, cast: Cast, enroll: Enroll) -> tuple[UUID, UUID, UUID]:
    """Issue two certificates, change both keys, and issue a third."""
    first, second = await issue_all(container, await enroll(cast.lea, cast.marc))
    async with unit_of_work(SYSTEM, container) as uow:
        await rotate(uow, cast.school, KeyKind.ED25519)
        await rotate(uow, cast.school, KeyKind.P256)
    (third,) = await issue_all(container, await enroll(cast.tom))
    return first, second, third


async def json_of(container: Container, certificate_id: UUID) -> Json:
    """Return a certificate's credential with its proof."""
    return json.loads((await certificate(container, certificate_id)).credential or b"")


def part_of(token: str, part: int) -> Json:
    """Return the header or the payload of a JWT."""
    return json.loads(decoded(token.split(".")[part]))


def encoded(text: str) -> str:
    """Return a part of a JWT."""
    return urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def hexadecimal(content: bytes) -> str:
    """Return bytes as JavaScript libraries want them."""
    return "0x" + content.hex()
