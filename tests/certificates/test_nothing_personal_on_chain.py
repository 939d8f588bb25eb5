"""What everybody can read of the chain says nothing of anybody: every call, event and stored word is searched."""

import base64
import dataclasses
from typing import Any
from uuid import UUID

import httpx

from pygmalion_app.adapters.chain.evm import EvmChain
from pygmalion_app.certificates import revocation
from pygmalion_app.certificates.models import Certificate, RevocationReason
from pygmalion_app.certificates.schemas import RevokeCommand
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.cast import Cast, add_person
from tests.certificates.conftest import Enroll, issue_all, seal_and_anchor

CANARY = "zq7canarychain"
NOTE = "zq7 note of the organisation"


async def _read_chain(chain: EvmChain) -> str:
    """Return every transaction, receipt and event of the contract's chain as one hexadecimal haystack."""
    head = int(await chain.rpc("eth_blockNumber"), 16)
    pieces: list[Any] = []
    for number in range(head + 1):
        block = await chain.rpc("eth_getBlockByNumber", hex(number), True)
        pieces.append(block.get("extraData"))
        for sent in block["transactions"]:
            pieces += [sent["input"], sent["to"], sent["from"]]
            receipt = await chain.rpc("eth_getTransactionReceipt", sent["hash"])
            pieces += [receipt["logs"]]
    return str(pieces).lower()


def _spellings(secret: str | bytes | UUID) -> set[str]:
    """Return how a secret would look in hexadecimal: plain, in base64, in capitals, and its text's own bytes."""
    if isinstance(secret, UUID):
        return {secret.hex, str(secret).encode().hex()}
    raw = secret if isinstance(secret, bytes) else secret.encode()
    found = {raw.hex(), base64.b64encode(raw).hex(), base64.urlsafe_b64encode(raw).rstrip(b"=").hex()}
    if isinstance(secret, str):
        found |= {secret.upper().encode().hex(), secret.title().encode().hex(), secret.encode("utf-16-be").hex()}
    return found


async def _read_public_documents(client: httpx.AsyncClient, *paths: str) -> str:
    """Return what anybody may fetch about issuers and revocations."""
    answers = [await client.get(path) for path in paths]
    assert [answer.status_code for answer in answers] == [200] * len(paths)
    return "\n".join(answer.text for answer in answers)


async def test_no_transaction_event_or_public_document_names_anybody(
    container: Container, chain: EvmChain, cast: Cast, enroll: Enroll, client: httpx.AsyncClient
) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        person = await add_person(uow, CANARY)
    (enrollment,) = await enroll(person)
    (certificate,) = await issue_all(container, [enrollment])
    await seal_and_anchor(container)
    olga = dataclasses.replace(cast.olga, authenticated_at=container.clock.now())
    async with unit_of_work(olga, container) as uow:
        await revocation.revoke(
            uow, RevokeCommand(certificate_id=certificate, reason=RevocationReason.FRAUD, note=NOTE)
        )
    await seal_and_anchor(container)
    async with unit_of_work(SYSTEM, container) as uow:
        row = await uow.session.get_one(Certificate, certificate)
        lists = await uow.sql("SELECT id FROM credential_status_lists")
        (school,) = await uow.sql("SELECT slug FROM organizations WHERE id = %(id)s", id=row.organization_id)
    haystack = await _read_chain(chain)
    # The haystack is the real one: it holds the root, and the token that was revoked.
    assert row.token_id is not None
    assert row.proof is not None
    assert f"{row.token_id:064x}" in haystack
    secrets: list[str | bytes | UUID | None] = [
        *(CANARY, f"{CANARY}@test.example", NOTE, row.number, str(row.content["course"])),
        *(person.require_user(), enrollment, certificate, row.session_id, row.organization_id, row.course_id),
        *(row.salt, row.token_hash, row.token_sealed, row.file_sha256, row.credential_sha256, row.commitment),
    ]
    documents = await _read_public_documents(
        client,
        "/.well-known/did.json",
        f"/organisations/{school['slug']}/did.json",
        *(f"/api/v1/certificates/status/{found['id']}" for found in lists),
    )
    public = haystack + documents.encode().hex()
    # Whose list it is, everybody may know.
    about_people = [secret for secret in secrets if secret and secret != row.organization_id]
    for secret in about_people:
        assert not {spelt for spelt in _spellings(secret) if spelt in public}, secret
