"""People, the ways they prove who they are, and their sessions."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import LargeBinary, func
from sqlalchemy.dialects.postgresql import CITEXT, JSONB
from sqlmodel import Field

from pygmalion_app.core.models import TIMESTAMP, Row, one_of


class AccountStatus(StrEnum):
    """An invited or registered account is unverified until a code proves its mailbox."""

    UNVERIFIED = "unverified"
    ACTIVE = "active"


class SignInMethod(StrEnum):
    """What proved a person, beside the password where there was one."""

    EMAIL = "email"
    TOTP = "totp"
    RECOVERY_CODE = "recovery_code"
    PASSKEY = "passkey"
    SSO = "sso"
    TRUSTED_DEVICE = "trusted_device"


class User(Row, table=True):
    """A person, known by an e-mail address. Enrolled colleagues exist before they ever sign in."""

    __tablename__ = "users"
    __table_args__ = (one_of("status", AccountStatus),)

    email: str = Field(sa_type=CITEXT, unique=True)
    password_hash: str | None = None
    first_name: str
    last_name: str
    phone: str | None = None
    job_title: str | None = None
    locale: str = "fr"
    status: str = AccountStatus.UNVERIFIED
    is_platform_admin: bool = False
    strong_factor: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    """Whether this person has an authenticator application or a passkey; the factors keep it so."""
    email_verified_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)


class LoginChallenge(Row, table=True):
    """One sign-in attempt that waits for its e-mailed code. `user_id` is empty for a decoy (unknown address)."""

    __tablename__ = "login_challenges"

    user_id: UUID | None = Field(default=None, foreign_key="users.id", index=True)
    code_hash: bytes = Field(sa_type=LargeBinary)
    pending: dict[str, str] = Field(default_factory=dict, sa_type=JSONB)
    """Fields of an unverified account (password hash, names, language) that hold once this proves its mailbox."""
    attempts: int = 0
    expires_at: datetime = Field(sa_type=TIMESTAMP)
    used_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)


class SessionFacts(Row):
    """What is known of a session: how and from where somebody signed in, and when it last served."""

    user_id: UUID = Field(foreign_key="users.id", index=True)
    authenticated_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """The last proof with every factor; empty where a trusted device stood in for the second one."""
    method: str = Field(default=SignInMethod.EMAIL, sa_column_kwargs={"server_default": "email"})
    address: str = Field(default="", index=True, sa_column_kwargs={"server_default": ""})
    user_agent: str = Field(default="", sa_column_kwargs={"server_default": ""})
    country: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Two letters, where a proxy of ours tells."""
    last_seen_at: datetime = Field(sa_type=TIMESTAMP, sa_column_kwargs={"server_default": func.now()})
    active_organization_id: UUID | None = None
    """The organisation that pages show first; it grants nothing, and counts only while its owner is a member."""
    expires_at: datetime = Field(sa_type=TIMESTAMP)
    revoked_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)


class TokenFamily(SessionFacts, table=True):
    """An API client's session: the access and refresh tokens that follow from one sign-in."""

    __tablename__ = "token_families"
    __table_args__ = (one_of("method", SignInMethod),)


class RefreshToken(Row, table=True):
    """One link of a rotating chain of API refresh tokens; reuse of an old link revokes the family."""

    __tablename__ = "refresh_tokens"

    family_id: UUID = Field(foreign_key="token_families.id", index=True)
    user_id: UUID = Field(foreign_key="users.id", index=True)
    token_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    expires_at: datetime = Field(sa_type=TIMESTAMP)
    used_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)


class BrowserSession(SessionFacts, table=True):
    """A signed-in browser; its token is an HttpOnly cookie and only its hash is kept."""

    __tablename__ = "browser_sessions"
    __table_args__ = (one_of("method", SignInMethod),)

    token_hash: bytes = Field(sa_type=LargeBinary, unique=True)


class SignInTicket(Row, table=True):
    """A one-time ticket that a page trades for the session cookie within 30 seconds."""

    __tablename__ = "sign_in_tickets"
    __table_args__ = (one_of("method", SignInMethod),)

    user_id: UUID = Field(foreign_key="users.id")
    method: str = Field(default=SignInMethod.EMAIL, sa_column_kwargs={"server_default": "email"})
    token_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    expires_at: datetime = Field(sa_type=TIMESTAMP)
    used_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)


class PasswordReset(Row, table=True):
    """A mailed link to a new password; only its token's hash is kept."""

    __tablename__ = "password_resets"

    user_id: UUID = Field(foreign_key="users.id", index=True)
    token_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    expires_at: datetime = Field(sa_type=TIMESTAMP)
    used_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)


class EmailChange(Row, table=True):
    """A new address that waits for its code, then an old one that may be put back for a week."""

    __tablename__ = "email_changes"

    user_id: UUID = Field(foreign_key="users.id", index=True)
    old_email: str = Field(sa_type=CITEXT)
    new_email: str = Field(sa_type=CITEXT)
    code_hash: bytes | None = Field(default=None, sa_type=LargeBinary)
    """Empty for a decoy: the address belongs to somebody else already, which the answer does not tell."""
    attempts: int = 0
    expires_at: datetime = Field(sa_type=TIMESTAMP)
    """End of the code's life, and once confirmed of the way back."""
    confirmed_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    undo_hash: bytes | None = Field(default=None, sa_type=LargeBinary, unique=True)
    ended_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """When it was given up for a newer one, or undone."""
