"""Second factors and trusted devices. All are secrets: only elevated units of work reach these tables."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, Index, LargeBinary, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from pygmalion_app.core.models import TIMESTAMP, Row, one_of


class TotpFactor(Row, table=True):
    """An authenticator application's secret, sealed; it counts only once a code from it has confirmed it."""

    __tablename__ = "totp_factors"
    __table_args__ = (
        Index(
            "uq_totp_factors_one_confirmed", "user_id", unique=True, postgresql_where=text("confirmed_at IS NOT NULL")
        ),
    )

    user_id: UUID = Field(foreign_key="users.id", index=True)
    sealed_secret: bytes = Field(sa_type=LargeBinary)
    """12-byte nonce and AES-256-GCM ciphertext; bound to this row's id and owner."""
    last_timecode: int = Field(default=0, sa_type=BigInteger)
    """The 30-second step of the newest code accepted: no code counts twice, and none older than it."""
    attempts: int = 0
    """Wrong codes while it waits for its confirmation."""
    confirmed_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)


class RecoveryCode(Row, table=True):
    """One of ten codes that stand in for a lost authenticator, once each."""

    __tablename__ = "recovery_codes"

    user_id: UUID = Field(foreign_key="users.id", index=True)
    code_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    used_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)


class Passkey(Row, table=True):
    """A public key whose private half never leaves a person's device (WebAuthn)."""

    __tablename__ = "passkeys"

    user_id: UUID = Field(foreign_key="users.id", index=True)
    credential_id: bytes = Field(sa_type=LargeBinary, unique=True)
    public_key: bytes = Field(sa_type=LargeBinary)
    """COSE key."""
    sign_count: int = Field(default=0, sa_type=BigInteger)
    name: str
    transports: list[str] = Field(default_factory=list, sa_type=JSONB)
    backed_up: bool = False
    """Whether the device copies it to a cloud: such a key survives the loss of the device."""
    last_used_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)


class PasskeyPurpose(StrEnum):
    """What a challenge was made for; it is worth nothing for anything else."""

    REGISTER = "register"
    SIGN_IN = "sign_in"
    SECOND_FACTOR = "second_factor"


class PasskeyChallenge(Row, table=True):
    """Random bytes that a passkey must sign, once, within minutes, for one purpose."""

    __tablename__ = "passkey_challenges"
    __table_args__ = (one_of("purpose", PasskeyPurpose),)

    purpose: str
    user_id: UUID | None = Field(default=None, foreign_key="users.id", index=True)
    """Whose key is asked for; empty when the key itself is to say who signs in."""
    login_challenge_id: UUID | None = Field(
        default=None, foreign_key="login_challenges.id", ondelete="CASCADE", index=True
    )
    challenge: bytes = Field(sa_type=LargeBinary)
    expires_at: datetime = Field(sa_type=TIMESTAMP, index=True)
    used_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)


class TrustedDevice(Row, table=True):
    """A browser in which the person need not type the e-mailed code for a while; only its token's hash is kept."""

    __tablename__ = "trusted_devices"

    user_id: UUID = Field(foreign_key="users.id", index=True)
    token_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    label: str = ""
    """The browser's own words (user agent)."""
    expires_at: datetime = Field(sa_type=TIMESTAMP)
    last_used_at: datetime = Field(sa_type=TIMESTAMP)
    revoked_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
