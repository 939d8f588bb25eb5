"""What is kept of organisations' identity providers and of the people who came through them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, Index, LargeBinary, String, UniqueConstraint, func, text
from sqlmodel import Field

from pygmalion_app.core.models import TIMESTAMP, Row, Table, one_of


class ProvenBy(StrEnum):
    """How an organisation showed that a domain is its own."""

    MAILBOX = "mailbox"
    PLATFORM = "platform"


class SsoConnection(Table, table=True):
    """An organisation's provider; one at most, so the organisation's id is its id too."""

    __tablename__ = "sso_connections"

    organization_id: UUID = Field(primary_key=True, foreign_key="organizations.id", ondelete="CASCADE")
    created_at: datetime = Field(sa_type=TIMESTAMP, sa_column_kwargs={"server_default": func.now()}, default=None)  # pyright: ignore[reportArgumentType]
    issuer: str
    client_id: str
    secret: bytes = Field(sa_type=LargeBinary)
    """The client secret, encrypted (`sso.secrets`)."""
    enabled: bool = True
    demanded: bool = False
    """Whether members with an address at a proven domain may sign in this way only."""
    second_factor_trusted: bool = False
    """Whether the provider asks for a second factor itself; else ours follows, unless the provider says it did."""
    joins_members: bool = False
    """Whether who comes through the provider becomes a learner here."""
    checked_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    faults: list[str] = Field(default_factory=list, sa_type=ARRAY(String))  # pyright: ignore[reportArgumentType]
    """What was wrong at the last test."""


class SsoDomain(Row, table=True):
    """An e-mail domain that an organisation claims; it answers for it once that is proven, and alone."""

    __tablename__ = "sso_domains"
    __table_args__ = (
        UniqueConstraint("organization_id", "domain"),
        one_of("proven_by", ProvenBy),
        Index("uq_sso_domains_proven", "domain", unique=True, postgresql_where=text("proven_at IS NOT NULL")),
    )

    organization_id: UUID = Field(index=True, foreign_key="organizations.id", ondelete="CASCADE")
    domain: str
    """Lower case, ASCII (IDNA)."""
    proven_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    proven_by: str | None = None


class SsoDomainCode(Table, table=True):
    """The code that was mailed to whoever runs a domain's mail."""

    __tablename__ = "sso_domain_codes"

    domain_id: UUID = Field(primary_key=True, foreign_key="sso_domains.id", ondelete="CASCADE")
    mailbox: str
    code_hash: bytes = Field(sa_type=LargeBinary)
    attempts: int = 0
    expires_at: datetime = Field(sa_type=TIMESTAMP)


class SsoIdentity(Row, table=True):
    """A person as a provider knows them: issuer and subject, never the e-mail address."""

    __tablename__ = "sso_identities"
    __table_args__ = (UniqueConstraint("organization_id", "issuer", "subject"),)

    organization_id: UUID = Field(index=True, foreign_key="sso_connections.organization_id", ondelete="CASCADE")
    issuer: str
    subject: str
    user_id: UUID = Field(index=True, foreign_key="users.id", ondelete="CASCADE")
    last_used_at: datetime = Field(sa_type=TIMESTAMP)


class SsoAttempt(Row, table=True):
    """One way to a provider and back; good once, for ten minutes, in the browser that began it.

    After the way back it may wait (`user_id`, `issuer`, `subject`) until the person has shown a second factor, or that
    the account found by its address is theirs.
    """

    __tablename__ = "sso_attempts"

    organization_id: UUID = Field(index=True, foreign_key="sso_connections.organization_id", ondelete="CASCADE")
    state_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    browser_hash: bytes = Field(sa_type=LargeBinary)
    locale: str
    next_path: str = ""
    expires_at: datetime = Field(sa_type=TIMESTAMP, index=True)
    used_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    user_id: UUID | None = Field(default=None, index=True, nullable=True, foreign_key="users.id", ondelete="CASCADE")
    challenge_id: UUID | None = None
    """The second step that follows (`accounts.challenges`)."""
    issuer: str = ""
    subject: str = ""
    is_known: bool = False
    """Whether the identity was linked before."""
    proven_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """When the person proved who they are to the provider, if it says."""
    id_token: bytes | None = Field(default=None, sa_type=LargeBinary)
    """Encrypted; shown to the provider again at sign-out."""
    confirmed_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    finished_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)


class SsoSession(Table, table=True):
    """A browser session that began at a provider, so that signing out ends the provider's session too."""

    __tablename__ = "sso_sessions"

    browser_session_id: UUID = Field(primary_key=True, foreign_key="browser_sessions.id", ondelete="CASCADE")
    organization_id: UUID = Field(index=True, foreign_key="sso_connections.organization_id", ondelete="CASCADE")
    id_token: bytes = Field(sa_type=LargeBinary)
    """Encrypted."""
