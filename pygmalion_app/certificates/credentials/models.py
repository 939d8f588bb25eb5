"""Where each credential's status is published: a place in a list of bits.

Whether a bit is set stands in no column: it follows from the certificate's own revocation, in whatever transaction
that happens.
"""

from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from pygmalion_app.core.models import Row, Table

LIST_SIZE = 131_072
"""Bits in a list: the least that the standard allows, so that who fetches one is lost among many."""


class StatusList(Row, table=True):
    """A list of an organisation's; the issuer of a list must be that of its credentials."""

    __tablename__ = "credential_status_lists"

    organization_id: UUID = Field(foreign_key="organizations.id", index=True)


class StatusEntry(Table, table=True):
    """A certificate's place, drawn at random: neighbours in a list say nothing of each other."""

    __tablename__ = "credential_status_entries"
    __table_args__ = (
        UniqueConstraint("list_id", "position"),
        CheckConstraint(f"position BETWEEN 0 AND {LIST_SIZE - 1}", name="position"),
    )

    certificate_id: UUID = Field(primary_key=True, foreign_key="certificates.id")
    list_id: UUID = Field(foreign_key="credential_status_lists.id")
    position: int
