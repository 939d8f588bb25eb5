"""What a verification shows of a certificate, and how much of it to whom."""

from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

import msgspec

from pygmalion_app.certificates.verification_rows import Row, parsed
from pygmalion_app.certificates.verification_types import Anchor, Statement


class Disclosure(StrEnum):
    """What the person who asks has shown, and so may read."""

    ENTITLED = "entitled"
    """The holder, or who trained them or paid: everything."""
    TOKEN = "token"  # noqa: S105 - no password
    """The code of the document: everything, unless the holder masks the name."""
    DIGEST = "digest"
    """Something that only names the certificate: nothing but the checks."""
    TOKEN_ID = "token_id"  # noqa: S105 - no password
    """A number that anybody may count up: nothing that leads to a person."""


def statement(row: Row, disclosed: Disclosure) -> Statement | None:
    """Return what the certificate says, as far as it is disclosed."""
    if disclosed is Disclosure.DIGEST:
        return None
    counted = disclosed is Disclosure.TOKEN_ID
    masked = counted or (row["name_masked"] and disclosed is not Disclosure.ENTITLED and row["erased_at"] is None)
    whole = _whole(row["said_text"], row["number"], row["issued_at"], row["file_sha256"])
    if counted:
        return msgspec.structs.replace(whole, number=None, holder=None, file_sha256=None)
    return msgspec.structs.replace(whole, holder=None) if masked else whole


@lru_cache(maxsize=4096)
def _whole(said_text: str, number: str, issued_at: datetime, file_sha256: bytes | None) -> Statement:
    said = parsed(said_text)
    return Statement(
        number=number,
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
        issued_at=issued_at,
        file_sha256=file_sha256.hex() if file_sha256 else None,
    )


def anchor(row: Row, network: str) -> Anchor | None:
    """Return where on chain to look; None before the batch is on its way."""
    if row["contract"] is None or row["root"] is None:
        return None
    return Anchor(
        network=network,
        chain_id=row["chain_id"],
        contract=row["contract"],
        token_id=str(row["token_id"]),
        commitment=hexadecimal(row["commitment"]),
        root=hexadecimal(row["root"]),
        proof=tuple(hexadecimal(node) for node in row["proof"]),
        batch_size=row["count"],
        transaction=hexadecimal(row["transaction_hash"]) if row["transaction_hash"] else None,
        block=row["block_number"],
        anchored_at=row["final_at"],
    )


def hexadecimal(value: bytes) -> str:
    """Return bytes as Ethereum's tools spell them."""
    return f"0x{value.hex()}"
