"""What a verification answers, as the API and the page show it."""

from datetime import date, datetime
from enum import StrEnum

import msgspec

from pygmalion_app.certificates.status import Status


class CheckResult(StrEnum):
    """How one check ended; `pending` and `unavailable` decide nothing."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    PENDING = "pending"
    UNAVAILABLE = "unavailable"


class CheckName(StrEnum):
    """What is checked, in the order in which it is shown."""

    DEPLOYMENT = "deployment"
    """The certificate is one of this platform's; said only where it is another one's."""
    RECORD = "record"
    FILE = "file"
    """The presented PDF is the very document that was issued."""
    CREDENTIAL = "credential"
    """The presented credential is the very one that was issued."""
    NAME = "name"
    """The name that somebody typed is the holder's."""
    CONTENT = "content"
    PROOF = "proof"
    ANCHOR = "anchor"
    REVOCATION = "revocation"
    VALIDITY = "validity"


class Check(msgspec.Struct, frozen=True, rename="camel"):
    """One check, and when it was made: for what the chain says, when the chain said it."""

    name: CheckName
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


class Version(msgspec.Struct, frozen=True, rename="camel"):
    """One version of a certificate that was corrected, oldest first."""

    number: str
    issued_at: datetime
    revoked_at: datetime | None


class Successor(msgspec.Struct, frozen=True, rename="camel"):
    """The certificate that replaced a revoked one."""

    number: str
    verification_path: str | None


class Statement(msgspec.Struct, frozen=True, rename="camel"):
    """What the certificate says."""

    number: str | None
    """None where the certificate was asked for by its token id, which anybody may count up."""
    holder: str | None
    """None where it is not shown: type the name to compare it. Empty where it was erased."""
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


class Elsewhere(msgspec.Struct, frozen=True, rename="camel"):
    """Whom a certificate names that is none of ours."""

    issuer: str | None = None
    """The host, or the DID, that the file or the code names."""
    chain_id: str | None = None
    contract: str | None = None


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
    versions: tuple[Version, ...] = ()
    """Every version, where there is more than one."""
    chain_heard_at: datetime | None = None
    """When the contract last answered about this certificate."""
    elsewhere: Elsewhere | None = None
    """Set where the file or the code names another platform."""
