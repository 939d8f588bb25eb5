"""What the ledger takes and gives. Amounts in signed cents: debits positive, credits negative."""

from dataclasses import dataclass
from uuid import UUID

from pygmalion_app.ledger.models import Account, Kind


@dataclass(frozen=True, slots=True)
class Line:
    """What an entry does to an account, of an organisation where it is somebody's own."""

    account: Account
    amount_cents: int
    organization_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An event for the books. Lines of nothing are left out; the others must add up to zero."""

    kind: Kind
    key: str
    currency: str
    lines: tuple[Line, ...]
    order_id: UUID | None = None
    payment_id: UUID | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """What stands on an account."""

    account: Account
    currency: str
    amount_cents: int
