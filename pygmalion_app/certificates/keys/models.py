"""Signing keys: public parts for ever, private parts encrypted and only while the key is in use."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from pygmalion_app.certificates.keys.kinds import KeyKind
from pygmalion_app.core.models import TIMESTAMP, Row, one_of


class SigningKeyRow(Row, table=True):
    """One key of an organisation, of the platform where `organization_id` is empty. At most one of a kind is in use."""

    __tablename__ = "signing_keys"
    __table_args__ = (
        one_of("kind", KeyKind),
        CheckConstraint("kind <> 'authority' OR organization_id IS NULL", name="authority"),
        CheckConstraint("(retired_at IS NULL) = (sealed IS NOT NULL)", name="retired"),
        CheckConstraint("(sealed IS NULL) = (wrapped_key IS NULL)", name="wrapped"),
        Index(
            "uq_signing_keys_in_use",
            "organization_id",
            "kind",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("retired_at IS NULL"),
        ),
        Index("ix_signing_keys_organization_id", "organization_id"),
        Index("ix_signing_keys_key_id", "key_id"),
    )

    organization_id: UUID | None = Field(default=None, foreign_key="organizations.id")
    kind: str
    public_key: bytes = Field(sa_type=LargeBinary)
    """SubjectPublicKeyInfo, DER."""
    chain: list[bytes] = Field(default_factory=list, sa_type=ARRAY(LargeBinary))  # pyright: ignore[reportArgumentType]
    """X.509 certificates, DER, the key's own first and the authority's last; none for Ed25519."""
    sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    """PKCS #8, DER, encrypted as files are (core/envelope.py); destroyed when the key is retired."""
    key_id: str | None = None
    """Which of the installation's keys `wrapped_key` is encrypted under."""
    wrapped_key: bytes | None = Field(default=None, sa_type=LargeBinary)
    started_at: datetime = Field(sa_type=TIMESTAMP)
    retired_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
