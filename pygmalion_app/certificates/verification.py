"""Public verification: one indexed SELECT, the proof computed here, and the contract's word.

The states are decided in a fixed order: unknown, tampered, revoked, expired, pending, valid. A chain that does not
answer never makes a certificate invalid: the check says "unavailable" and when it was last heard.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag

from pygmalion_app.certificates import merkle
from pygmalion_app.certificates.models import OperationStatus
from pygmalion_app.certificates.onchain import OnChain, Question, view_of
from pygmalion_app.certificates.sealing import canonical, commitment, open_token
from pygmalion_app.certificates.status import Status, status_of
from pygmalion_app.core.ids import token_hash
from pygmalion_app.core.ports import AnchorBatch, DocumentStatus, Effect
from pygmalion_app.core.unit_of_work import Container

_SELECT = """
SELECT c.id, c.number, c.content, c.issued_at, c.valid_until, c.file_sha256, c.credential_sha256, c.salt, c.commitment,
       c.token_id, c.batch_id, c.proof, c.revoked_at, c.revocation_reason, c.erased_at,
       b.root, b.count, o.status AS anchoring, o.chain_id, o.contract, o.transaction_hash, o.block_number, o.final_at,
       s.id AS successor_id, s.number AS successor_number, s.token_sealed AS successor_token
FROM certificates_to_verify(%(token)s, %(document)s, %(id)s) c
LEFT JOIN certificate_batches b ON b.id = c.batch_id
LEFT JOIN chain_operations o ON o.batch_id = c.batch_id
LEFT JOIN LATERAL (
  SELECT * FROM certificates_to_verify(NULL, NULL, c.replaced_by) WHERE c.replaced_by IS NOT NULL
) s ON true
"""


class CheckResult(StrEnum):
    """How one check ended; `pending` and `unavailable` decide nothing."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    PENDING = "pending"
    UNAVAILABLE = "unavailable"


class Check(msgspec.Struct, frozen=True, rename="camel"):
    """One check: `record`, `file`, `content`, `proof`, `anchor`, `revocation` or `validity`, and when it was made."""

    name: str
    result: CheckResult
    at: datetime | None


class Anchor(msgspec.Struct, frozen=True, rename="camel"):
    """Where on chain to look, with no need to trust us. Numbers over 2^53 are text."""

    network: str
    chain_id: int
    contract: str
    token_id: str
    commitment: str
    root: str
    proof: tuple[str, ...]
    batch_size: int
    transaction: str | None
    block: int | None
    anchored_at: datetime | None


class Successor(msgspec.Struct, frozen=True, rename="camel"):
    """The certificate that replaced a revoked one."""

    number: str
    verification_path: str | None


class Statement(msgspec.Struct, frozen=True, rename="camel"):
    """What the certificate says."""

    number: str
    holder: str
    course: str
    course_en: str
    organization: str
    organization_slug: str
    location: str
    duration_minutes: int
    legal_basis: str
    starts_on: date
    ends_on: date
    completed_on: date
    valid_until: date | None
    """Last day on which it holds."""
    issued_at: datetime
    file_sha256: str | None


class Verification(msgspec.Struct, frozen=True, rename="camel"):
    """The whole answer; everything but status, checks and time is empty when the certificate is unknown."""

    status: Status
    checked_at: datetime
    checks: tuple[Check, ...]
    certificate: Statement | None = None
    anchor: Anchor | None = None
    revoked_at: datetime | None = None
    revocation_reason: str | None = None
    replaced_by: Successor | None = None
    chain_heard_at: datetime | None = None
    """When the contract last answered about this certificate."""


async def verify_token(parts: Container, token: str, file_sha256: bytes | None = None) -> Verification:
    """Verify the certificate of a QR code, and with a digest that a file is its very document.

    A malformed token takes the same path as an unknown one.
    """
    row = await _row(parts, token=token_hash(token[:64]))
    return await _verify(parts, row, file_sha256)


async def verify_file(parts: Container, file_sha256: bytes) -> Verification:
    """Verify the certificate whose document has this SHA-256; unknown when there is none."""
    return await _verify(parts, await _row(parts, document=file_sha256), file_sha256)


async def verify_certificate(parts: Container, certificate_id: UUID, file_sha256: bytes | None = None) -> Verification:
    """Verify by id. The caller has checked that the person may see the certificate."""
    return await _verify(parts, await _row(parts, certificate_id=certificate_id), file_sha256)


async def _row(
    parts: Container, *, token: bytes | None = None, document: bytes | None = None, certificate_id: UUID | None = None
) -> dict[str, Any] | None:
    """Look one certificate up, past row-level security: who holds the code, the document or the right to it may."""
    async with parts.reader.connection() as connection:
        cursor = await connection.execute(_SELECT, {"token": token, "document": document, "id": certificate_id})
        return await cursor.fetchone()


async def _verify(parts: Container, row: dict[str, Any] | None, file_sha256: bytes | None) -> Verification:
    now = parts.clock.now()
    if row is None:
        return Verification(Status.UNKNOWN, now, (Check("record", CheckResult.FAIL, now),))
    heard, fresh = await _ask_chain(parts, row)
    checks = [Check("record", CheckResult.PASS, now)]
    if file_sha256 is not None:
        checks.append(Check("file", _outcome(file_sha256 == row["file_sha256"]), now))
    checks += _integrity(row, now)
    checks.append(_anchor_check(row, heard, fresh=fresh))
    revoked_on_chain = heard is not None and heard.document is DocumentStatus.REVOKED
    revoked = row["revoked_at"] is not None or revoked_on_chain
    checks.append(Check("revocation", _outcome(not revoked), now))
    checks.append(Check("validity", _outcome(row["valid_until"] is None or row["valid_until"] > now), now))
    return Verification(
        status=_status(row, checks, now, revoked=revoked),
        checked_at=now,
        checks=tuple(checks),
        certificate=_statement(row),
        anchor=_anchor(row, parts.ports.chain.name),
        revoked_at=row["revoked_at"],
        revocation_reason=row["revocation_reason"],
        replaced_by=_successor(parts, row),
        chain_heard_at=heard.at if heard else None,
    )


def _status(row: dict[str, Any], checks: Sequence[Check], now: datetime, *, revoked: bool) -> Status:
    outcome = {check.name: check.result for check in checks}
    if CheckResult.FAIL in {outcome.get(name) for name in ("file", "content", "proof", "anchor")}:
        return Status.TAMPERED
    if revoked:
        return Status.REVOKED
    # A final batch that a replaced chain does not hold yet is being anchored again.
    anchoring = row["anchoring"] if outcome["anchor"] is not CheckResult.PENDING else None
    return status_of(None, row["valid_until"], anchoring, now)


def _integrity(row: dict[str, Any], now: datetime) -> list[Check]:
    """Recompute the way from what the certificate says to the batch's root."""
    if row["commitment"] is None:
        return [Check("content", CheckResult.PENDING, now), Check("proof", CheckResult.PENDING, now)]
    # Where the holder's name was erased, its hash speaks for what was said; the commitment on chain still binds it.
    erased = row["erased_at"] is not None
    credential = bytes(row["credential_sha256"]) if erased else hashlib.sha256(canonical(row["content"])).digest()
    made = commitment(row["salt"], row["file_sha256"], credential)
    content = Check("content", _outcome(credential == row["credential_sha256"] and made == row["commitment"]), now)
    if row["batch_id"] is None:
        return [content, Check("proof", CheckResult.PENDING, now)]
    root = merkle.root_from(merkle.leaf(row["token_id"], made), row["proof"])
    return [content, Check("proof", _outcome(root == row["root"]), now)]


async def _ask_chain(parts: Container, row: dict[str, Any]) -> tuple[OnChain | None, bool]:
    if row["anchoring"] not in {OperationStatus.MINED, OperationStatus.FINAL}:
        return None, True
    question = Question(
        token_id=row["token_id"],
        commitment=row["commitment"],
        proof=tuple(row["proof"]),
        batch=AnchorBatch(row["batch_id"], row["root"], row["count"]),
    )
    return await view_of(parts.ports.chain, parts.clock).ask(question)


def _anchor_check(row: dict[str, Any], heard: OnChain | None, *, fresh: bool) -> Check:
    at = heard.at if heard else None
    if row["anchoring"] != OperationStatus.FINAL:
        return Check("anchor", CheckResult.PENDING, at)
    if heard is None or not fresh:
        return Check("anchor", CheckResult.UNAVAILABLE, at)
    if heard.document is not DocumentStatus.UNKNOWN:
        return Check("anchor", CheckResult.PASS, at)
    return Check("anchor", CheckResult.PENDING if heard.batch is Effect.ABSENT else CheckResult.FAIL, at)


def _statement(row: dict[str, Any]) -> Statement:
    said = row["content"]
    return Statement(
        number=row["number"],
        holder=said["holder"],
        course=said["course"],
        course_en=said["courseEn"],
        organization=said["organization"],
        organization_slug=said["organizationSlug"],
        location=said["location"],
        duration_minutes=said["durationMinutes"],
        legal_basis=said["legalBasis"],
        starts_on=date.fromisoformat(said["startsOn"]),
        ends_on=date.fromisoformat(said["endsOn"]),
        completed_on=date.fromisoformat(said["completedOn"]),
        valid_until=date.fromisoformat(said["validUntil"]) if said["validUntil"] else None,
        issued_at=row["issued_at"],
        file_sha256=bytes(row["file_sha256"]).hex() if row["file_sha256"] else None,
    )


def _anchor(row: dict[str, Any], network: str) -> Anchor | None:
    if row["contract"] is None or row["root"] is None:
        return None
    return Anchor(
        network=network,
        chain_id=row["chain_id"],
        contract=row["contract"],
        token_id=str(row["token_id"]),
        commitment=_hex(row["commitment"]) or "",
        root=_hex(row["root"]) or "",
        proof=tuple(_hex(node) or "" for node in row["proof"]),
        batch_size=row["count"],
        transaction=_hex(row["transaction_hash"]),
        block=row["block_number"],
        anchored_at=row["final_at"],
    )


def _successor(parts: Container, row: dict[str, Any]) -> Successor | None:
    if row["successor_id"] is None:
        return None
    try:
        token = open_token(parts.settings, row["successor_id"], row["successor_token"])
    except InvalidTag:
        return Successor(row["successor_number"], None)
    return Successor(row["successor_number"], f"/verify/{token}")


def _outcome(holds: bool) -> CheckResult:
    return CheckResult.PASS if holds else CheckResult.FAIL


def _hex(value: bytes | None) -> str | None:
    return None if value is None else f"0x{bytes(value).hex()}"
