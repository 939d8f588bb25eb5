"""Recomputes the way from what a certificate says to its batch's root.

Form 1 committed to the content's own JSON, form 2 to the credential, of which the content is what people read. That the
content in a row says what stands behind a digest is found out once in a process and is true for ever, so neither is the
credential (some kilobytes) read at each verification, nor the content spelled out anew.
"""

import hashlib
import json
from collections import OrderedDict
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from pygmalion_app.certificates import merkle
from pygmalion_app.certificates import verification_rows as rows
from pygmalion_app.certificates.sealing import canonical, commitment
from pygmalion_app.certificates.verification_rows import Row
from pygmalion_app.certificates.verification_types import Check, CheckName, CheckResult
from pygmalion_app.core.unit_of_work import Container

_REMEMBERED = 20_000
_agreeing: OrderedDict[tuple[bytes, bytes], None] = OrderedDict()
"""What was found to agree: what was committed to, and the digest of all that was compared with it."""
# A last day ends at midnight of the session's zone: at most so far from the day's beginning in UTC.
_DAY_ENDS_BY = timedelta(hours=38)


async def integrity(parts: Container, row: Row, now: datetime) -> list[Check]:
    """Return the checks `content` and `proof`; pending while the document or the batch is being made."""
    if row["commitment"] is None:
        return [Check(CheckName.CONTENT, CheckResult.PENDING, now), Check(CheckName.PROOF, CheckResult.PENDING, now)]
    credential = row["credential_sha256"]
    made = commitment(row["salt"], row["file_sha256"], credential)
    holds = made == row["commitment"] and await _says_what_was_committed(parts, row)
    content = Check(CheckName.CONTENT, _outcome(holds), now)
    if row["batch_id"] is None:
        return [content, Check(CheckName.PROOF, CheckResult.PENDING, now)]
    root = merkle.root_from(merkle.leaf(row["token_id"], made), row["proof"])
    return [content, Check(CheckName.PROOF, _outcome(root == row["root"]), now)]


async def _says_what_was_committed(parts: Container, row: Row) -> bool:
    # Where the holder's name was erased, its hash speaks for what was said; the commitment on chain still binds it.
    if row["erased_at"] is not None:
        return True
    compared = f"{row['form']}|{row['number']}|{row['issued_at']}|{row['valid_until']}|{row['said_text']}"
    key = (row["credential_sha256"], hashlib.sha256(compared.encode()).digest())
    if key in _agreeing:
        return True
    if not (_agrees_with_digest(row) if row["form"] == 1 else await _agrees_with_credential(parts, row)):
        return False
    _agreeing[key] = None
    if len(_agreeing) > _REMEMBERED:
        _agreeing.popitem(last=False)
    return True


def _agrees_with_digest(row: Row) -> bool:
    said = rows.content_of(row)
    same = hashlib.sha256(canonical(said)).digest() == row["credential_sha256"]
    return same and _ends_that_day(row["valid_until"], said["validUntil"])


async def _agrees_with_credential(parts: Container, row: Row) -> bool:
    credential = await rows.credential_of(parts, row)
    if credential is None or hashlib.sha256(credential).digest() != row["credential_sha256"]:
        return False
    return _agree(row, json.loads(credential))


def _agree(row: Row, credential: dict[str, Any]) -> bool:
    """Return whether a credential says what the row does, wherever the verification shows or uses it."""
    said = rows.content_of(row)
    try:
        subject = credential["credentialSubject"]
        return (
            credential["id"] == f"urn:uuid:{row['id']}"
            and credential["issuer"]["name"] == said["organization"]
            and credential["validFrom"] == _moment(row["issued_at"])
            and credential.get("validUntil") == _moment(row["valid_until"])
            and subject["identifier"][0]["identityHash"] == said["holder"]
            and subject["licenseNumber"] == row["number"] == said["number"]
            and subject["achievement"]["name"] in (said["course"], said["courseEn"])
            and [credential["awardedDate"], subject["activityStartDate"], subject["activityEndDate"]]
            == [_day(said[name]) for name in ("completedOn", "startsOn", "endsOn")]
            and _ends_that_day(row["valid_until"], said["validUntil"])
        )
    except (KeyError, IndexError, TypeError):
        return False


def _ends_that_day(valid_until: datetime | None, last_day: str | None) -> bool:
    if valid_until is None or last_day is None:
        return valid_until is None and last_day is None
    begins = datetime.combine(date.fromisoformat(last_day), time.min, UTC)
    return timedelta() < valid_until - begins <= _DAY_ENDS_BY


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def _day(day: str) -> str | None:
    return _moment(datetime.combine(date.fromisoformat(day), time.min, UTC))


def _outcome(holds: bool) -> CheckResult:
    return CheckResult.PASS if holds else CheckResult.FAIL
