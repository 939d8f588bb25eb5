"""Public verification: one indexed SELECT, the proof computed here, and the contract's word.

The states are decided in a fixed order: unknown, tampered, revoked, expired, pending, valid. A chain that does not
answer never makes a certificate invalid: the check says "unavailable" and when it was last heard, by this process or
any other. What the database or the chain once called revoked stays revoked, whatever either says later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidTag

from pygmalion_app.certificates import verification_rows as rows
from pygmalion_app.certificates import verification_view as view
from pygmalion_app.certificates.models import OperationStatus
from pygmalion_app.certificates.names import same_name
from pygmalion_app.certificates.sealing import open_token
from pygmalion_app.certificates.status import Status, status_of
from pygmalion_app.certificates.verification_integrity import integrity
from pygmalion_app.certificates.verification_readings import Heard, hear
from pygmalion_app.certificates.verification_rows import Key, Row
from pygmalion_app.certificates.verification_types import (
    Anchor,
    Check,
    CheckName,
    CheckResult,
    Elsewhere,
    Statement,
    Successor,
    Verification,
    Version,
)
from pygmalion_app.core.ids import token_hash
from pygmalion_app.core.limits import Limit, hit
from pygmalion_app.core.ports import DocumentStatus, Effect
from pygmalion_app.core.unit_of_work import Container

__all__ = [
    "Anchor", "Check", "CheckName", "CheckResult", "Elsewhere", "Presented", "Statement", "Status", "Successor",
    "Verification", "Version", "unknown", "verify_certificate", "verify_file", "verify_row", "verify_token",
    "verify_token_id",
]  # fmt: skip

_LARGEST_TOKEN_ID = 2**63
_DECISIVE = frozenset(
    {CheckName.FILE, CheckName.CREDENTIAL, CheckName.NAME, CheckName.CONTENT, CheckName.PROOF, CheckName.ANCHOR}
)


@dataclass(frozen=True, slots=True)
class Presented:
    """What somebody holds against a certificate, beside naming it."""

    file_sha256: bytes | None = None
    credential_sha256: tuple[bytes, ...] = ()
    """The digests of a presented credential in every spelling that counts as the same."""
    name: str = ""
    """The name that somebody typed, to be compared with the holder's."""
    disclosed: view.Disclosure = view.Disclosure.TOKEN
    elsewhere: Elsewhere | None = None
    """Set where the code or the file names another platform beside a certificate of ours."""


_NOTHING = Presented()


async def verify_token(parts: Container, token: str, file_sha256: bytes | None = None, name: str = "") -> Verification:
    """Verify the certificate of a QR code, and with a digest that a file is its very document.

    A malformed token takes the same path as an unknown one. Raises TooManyRequestsError for too many names tried.
    """
    row = await rows.look_up(parts, Key.TOKEN, token_hash(token[:64]))
    given = Presented(file_sha256, name=name) if file_sha256 is not None or name else _NOTHING
    return await verify_row(parts, row, given)


async def verify_file(parts: Container, file_sha256: bytes, name: str = "") -> Verification:
    """Verify the certificate whose document has this SHA-256; unknown when there is none."""
    row = await rows.look_up(parts, Key.DOCUMENT, file_sha256)
    return await verify_row(parts, row, Presented(file_sha256, name=name))


async def verify_certificate(parts: Container, certificate_id: UUID, file_sha256: bytes | None = None) -> Verification:
    """Verify by id. The caller has checked that the person may see the certificate, so its name is shown."""
    row = await rows.look_up(parts, Key.ID, certificate_id)
    return await verify_row(parts, row, Presented(file_sha256, disclosed=view.Disclosure.ENTITLED))


async def verify_token_id(
    parts: Container, token_id: str, *, chain_id: str | None = None, contract: str | None = None
) -> Verification:
    """Verify by the number in the contract, of which a chain and a contract may be named too.

    These numbers can be counted up by anybody, so the answer says nothing from which a holder could be found.
    """
    number = int(token_id) if token_id.isascii() and token_id.isdigit() and len(token_id) < 20 else -1  # noqa: PLR2004
    row = await rows.look_up(parts, Key.TOKEN_ID, number) if 0 <= number < _LARGEST_TOKEN_ID else None
    if row is not None and not _stands_there(row, chain_id, contract):
        return unknown(parts, Elsewhere(chain_id=chain_id, contract=contract))
    return await verify_row(parts, row, Presented(disclosed=view.Disclosure.TOKEN_ID))


async def verify_row(parts: Container, row: Row | None, given: Presented = _NOTHING) -> Verification:
    """Make every check of a certificate that was looked up."""
    if row is None:
        return unknown(parts, given.elsewhere)
    now = parts.clock.now()
    heard = await hear(parts, row)
    checks = [Check(CheckName.RECORD, CheckResult.PASS, now)]
    checks += await _presented(row, given, now)
    checks += await integrity(parts, row, now)
    checks.append(_anchor_check(row, heard))
    revoked = row["revoked_at"] is not None or heard.revoked
    checks.append(Check(CheckName.REVOCATION, _outcome(not revoked), now))
    checks.append(Check(CheckName.VALIDITY, _outcome(row["valid_until"] is None or row["valid_until"] > now), now))
    corrected = row["replaced_by"] is not None or row["corrects"] is not None
    return Verification(
        status=_status(row, checks, now, revoked=revoked),
        checked_at=now,
        checks=tuple(checks),
        certificate=view.statement(row, given.disclosed),
        anchor=view.anchor(row, parts.ports.chain.name),
        revoked_at=row["revoked_at"],
        revocation_reason=row["revocation_reason"],
        replaced_by=await _successor(parts, row, given.disclosed) if row["replaced_by"] is not None else None,
        versions=await _versions(parts, row) if corrected and given.disclosed is not view.Disclosure.TOKEN_ID else (),
        chain_heard_at=heard.at,
        elsewhere=given.elsewhere,
    )


def unknown(parts: Container, elsewhere: Elsewhere | None = None) -> Verification:
    """Return the answer about what is no certificate of ours, and of whom it is where that can be told."""
    now = parts.clock.now()
    checks = [Check(CheckName.RECORD, CheckResult.FAIL, now)]
    if elsewhere is not None:
        checks.insert(0, Check(CheckName.DEPLOYMENT, CheckResult.FAIL, now))
    return Verification(Status.UNKNOWN, now, tuple(checks), elsewhere=elsewhere)


async def _presented(row: Row, given: Presented, now: datetime) -> list[Check]:
    checks: list[Check] = []
    if given.file_sha256 is not None:
        checks.append(Check(CheckName.FILE, _outcome(given.file_sha256 == row["file_sha256"]), now))
    if given.credential_sha256:
        same = row["credential_sha256"] in given.credential_sha256
        checks.append(Check(CheckName.CREDENTIAL, _outcome(same), now))
    if given.name and row["erased_at"] is None:
        # Nobody is to find a masked name by trying many.
        await hit(Limit.HOLDER_NAME, row["id"])
        checks.append(Check(CheckName.NAME, _outcome(same_name(given.name, rows.content_of(row)["holder"])), now))
    return checks


def _status(row: Row, checks: Sequence[Check], now: datetime, *, revoked: bool) -> Status:
    anchoring = row["anchoring"]
    for check in checks:
        if check.result is CheckResult.FAIL and check.name in _DECISIVE:
            return Status.TAMPERED
        # A final batch that a replaced chain does not hold yet is being anchored again.
        if check.name is CheckName.ANCHOR and check.result is CheckResult.PENDING:
            anchoring = None
    return Status.REVOKED if revoked else status_of(None, row["valid_until"], anchoring, now)


def _anchor_check(row: Row, heard: Heard) -> Check:
    if row["anchoring"] != OperationStatus.FINAL:
        return Check(CheckName.ANCHOR, CheckResult.PENDING, heard.at)
    if heard.fresh is None:
        return Check(CheckName.ANCHOR, CheckResult.UNAVAILABLE, heard.at)
    if heard.fresh.document is not DocumentStatus.UNKNOWN:
        return Check(CheckName.ANCHOR, CheckResult.PASS, heard.at)
    absent = heard.fresh.batch is Effect.ABSENT
    return Check(CheckName.ANCHOR, CheckResult.PENDING if absent else CheckResult.FAIL, heard.at)


def _stands_there(row: Row, chain_id: str | None, contract: str | None) -> bool:
    same_chain = chain_id is None or str(row["chain_id"]) == chain_id
    return same_chain and (contract is None or (row["contract"] or "").lower() == contract.lower())


async def _successor(parts: Container, row: Row, disclosed: view.Disclosure) -> Successor | None:
    found = await rows.successor_of(parts, row)
    if found is None or disclosed is view.Disclosure.TOKEN_ID:
        # Its number alone would not lead there, its address leads to the holder.
        return None
    try:
        token = open_token(parts.settings, found["id"], found["token_sealed"])
    except InvalidTag:
        return Successor(found["number"], None)
    return Successor(found["number"], f"/verify/{token}")


async def _versions(parts: Container, row: Row) -> tuple[Version, ...]:
    found = await rows.versions_of(parts, row)
    return tuple(Version(one["number"], one["issued_at"], one["revoked_at"]) for one in found)


def _outcome(holds: bool) -> CheckResult:
    return CheckResult.PASS if holds else CheckResult.FAIL
