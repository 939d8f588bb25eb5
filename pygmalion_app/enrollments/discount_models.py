"""Codes that take something off an order's price."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import CITEXT
from sqlmodel import Field

from pygmalion_app.core.models import TIMESTAMP, Row


class DiscountCode(Row, table=True):
    """A training organisation's code. It is never deleted or changed, so that what an order froze can be explained.

    Its uses are the orders that carry it and are paid or still held, counted under this row's lock.
    """

    __tablename__ = "discount_codes"
    __table_args__ = (
        UniqueConstraint("organization_id", "code"),
        CheckConstraint("num_nonnulls(percent, amount_cents) = 1", name="one_kind"),
        CheckConstraint("percent BETWEEN 1 AND 100", name="percent"),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint("max_uses > 0", name="max_uses"),
        CheckConstraint("valid_from < valid_until", name="validity"),
    )

    organization_id: UUID = Field(foreign_key="organizations.id")
    code: str = Field(sa_type=CITEXT)
    percent: int | None = None
    amount_cents: int | None = None
    """Off the whole order, excluding VAT."""
    course_id: UUID | None = Field(default=None, foreign_key="courses.id", index=True, ondelete="CASCADE")
    """The only course it is good for; empty = all of the organisation's."""
    valid_from: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    valid_until: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    max_uses: int | None = None
    active: bool = True
    created_by: UUID = Field(foreign_key="users.id", index=True)
