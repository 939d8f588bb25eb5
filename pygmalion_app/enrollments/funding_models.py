"""Third parties that take a share of an order on themselves: OPCO, CPF."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, FetchedValue
from sqlmodel import Field

from pygmalion_app.core.models import TIMESTAMP, Row, one_of


class FundingKind(StrEnum):
    """Who funds."""

    OPCO = "opco"
    CPF = "cpf"
    OTHER = "other"


class FundingStatus(StrEnum):
    """`requested` waits for the third party's word; refused, its share is the buyer's to pay."""

    REQUESTED = "requested"
    AGREED = "agreed"
    REFUSED = "refused"
    PAID = "paid"


class OrderFunding(Row, table=True):
    """A third party's share of an order, in cents including VAT.

    By subrogation it pays the organisation itself, and the buyer pays the rest: a deferred trigger holds the shares
    and the buyer's payment to the order's total. Without, it pays the buyer back, and its share is only noted.
    """

    __tablename__ = "order_funding"
    __table_args__ = (
        one_of("kind", FundingKind),
        one_of("status", FundingStatus),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint("commission_cents BETWEEN 0 AND amount_cents", name="commission"),
        CheckConstraint("credited_cents BETWEEN 0 AND amount_cents", name="credited"),
    )

    order_id: UUID = Field(foreign_key="orders.id", ondelete="CASCADE", index=True)
    # Copied from the order by a trigger, as an enrolment's are.
    buyer_user_id: UUID = Field(default=None, index=True, sa_column_kwargs={"server_default": FetchedValue()})
    buyer_organization_id: UUID | None = Field(
        default=None, index=True, sa_column_kwargs={"server_default": FetchedValue()}
    )
    seller_organization_id: UUID = Field(default=None, index=True, sa_column_kwargs={"server_default": FetchedValue()})
    kind: str
    name: str
    dossier: str
    """The file's number at the third party."""
    amount_cents: int
    commission_cents: int
    """The platform's part of this share, VAT included."""
    credited_cents: int = 0
    """What of the share is given up with cancelled seats."""
    subrogation: bool = True
    status: str = FundingStatus.REQUESTED
    decided_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
