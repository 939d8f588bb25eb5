"""The contract of a self-funded individual, and its withdrawal: what was said, when, and the document of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from pygmalion_app.core.models import TIMESTAMP, Row


class _Document(Row):
    """Words that somebody agreed to or declared, and their PDF once a job has made it."""

    order_id: UUID = Field(foreign_key="orders.id", unique=True, ondelete="CASCADE")
    buyer_user_id: UUID = Field(foreign_key="users.id", index=True)
    seller_organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    content: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    """The words, in the language in which they were shown; empty once the person is erased."""
    content_sha256: bytes = Field(sa_type=LargeBinary)
    """Of the canonical JSON: proves, to whoever has the document, that these were the words."""
    file_key: str | None = None
    file_sha256: bytes | None = Field(default=None, sa_type=LargeBinary)


class Contract(_Document, table=True):
    """What an individual accepted before ordering (Code du travail L6353-3 and -4)."""

    __tablename__ = "contracts"

    accepted_at: datetime = Field(sa_type=TIMESTAMP)


class Withdrawal(_Document, table=True):
    """The statement by which an individual withdrew, and its receipt."""

    __tablename__ = "withdrawals"

    withdrawn_at: datetime = Field(sa_type=TIMESTAMP)
