"""One certificate's status, in the order that decides (design/certificates.md)."""

from datetime import datetime
from enum import StrEnum

from pygmalion_app.certificates.models import OperationStatus


class Status(StrEnum):
    """The six words that people see."""

    UNKNOWN = "unknown"
    TAMPERED = "tampered"
    REVOKED = "revoked"
    EXPIRED = "expired"
    PENDING = "pending"
    VALID = "valid"


def status_of(
    revoked_at: datetime | None, valid_until: datetime | None, anchoring: str | None, now: datetime
) -> Status:
    """Return the status of an untouched certificate; `anchoring` is its batch's operation, None without a batch."""
    if revoked_at is not None:
        return Status.REVOKED
    if valid_until is not None and valid_until <= now:
        return Status.EXPIRED
    return Status.VALID if anchoring == OperationStatus.FINAL else Status.PENDING
