"""Settings: one frozen object, read once from the environment (and `PYGMALION_HOME/secrets.env`)."""

from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from pygmalion_app.core.envelope import KeyRing, key_ring


class Environment(StrEnum):
    """Where the application runs; embedded parts are refused in production."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """Everything that can differ between two installations.

    Names are the field names in capitals (`PORT`, `DATABASE_URL`...). An empty `database_url`, `smtp_url`,
    `chain_rpc_urls` or `stripe_secret_key` chooses the embedded part for that need.
    """

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    environment: Environment = Environment.DEVELOPMENT
    pygmalion_home: Path = Path(".pygmalion")
    host: str = "127.0.0.1"
    port: int = Field(default=3000, ge=1, le=65535)
    public_url: str = ""
    """Address that links in mails, QR codes and payment returns start with; empty = http://HOST:PORT."""

    database_url: SecretStr = SecretStr("")
    database_owner_url: SecretStr = SecretStr("")
    """The tables' owner, for migrations only, where `database_url` names a role that owns nothing."""
    database_pool_size: int = 10
    database_pool_idle: int = 1
    """Connections that each pool keeps open while nobody asks for one; with 0, each outage is waited out."""
    smtp_url: SecretStr = SecretStr("")
    mail_from: str = "Pygmalion <no-reply@pygmalion.example>"
    audit_head_to: str = ""
    """Where the audit trail's head is mailed each day, best a mailbox that operations cannot empty; empty = nowhere."""
    stripe_secret_key: SecretStr = SecretStr("")
    stripe_webhook_secret: SecretStr = SecretStr("")
    stripe_connect_webhook_secret: SecretStr = SecretStr("")
    """The secret of the endpoint that hears of connected accounts; Stripe signs their events with one of its own."""
    chain_rpc_urls: tuple[str, ...] = ()
    """JSON list; two endpoints at least, so that one may fail."""
    chain_contract: str = ""
    """Address of the deployed contract (`python -m pygmalion_app.commands.contract deploy` makes one)."""
    chain_signer_key: SecretStr = SecretStr("")
    """Private key (hexadecimal) that holds the contract's issuer and revoker roles."""
    chain_admin_key: SecretStr = SecretStr("")
    """Private key that deploys, upgrades and pauses the contract; read by the command that does so, best set for its
    run only. Empty = the signer's, which then may do everything."""
    chain_confirmations: int = 64
    """Blocks to wait on a chain whose nodes know no `finalized` block."""
    chain_id: int = Field(default=0, ge=0)
    """Number of the chain (137 Polygon, 80002 Amoy); endpoints on another one are ignored. 0 = what most say."""
    chain_max_fee_gwei: int = Field(default=5_000, ge=1)
    """The most that is ever offered for a unit of gas; a call that waits for lower fees stays in the queue."""
    chain_low_balance: Decimal = Field(default=Decimal(1), ge=0)
    """Below this balance of the signer, in the chain's own currency, administrators are told; 0 = never."""
    chain_port: int = 0
    """Port of the embedded chain on loopback; 0 = any free one, kept for the next start."""

    ipfs_api_url: str = ""
    """RPC address of a kubo node (`http://127.0.0.1:5001`) that keeps certificates' ciphertext; empty = the private
    store keeps them, as it does everything else."""

    session_secret: SecretStr = SecretStr("")
    """Keys derived from it protect browser sessions and stored verification tokens (32 random bytes, base64)."""
    jwt_private_key: SecretStr = SecretStr("")
    """ES256 private key, PEM; signs access tokens."""
    jwt_previous_public_keys: tuple[str, ...] = ()
    """JSON list of PEM public keys that signed before the present one; keep one for 15 minutes after replacing it."""
    push_private_key: SecretStr = SecretStr("")
    """P-256 private key, PEM, that signs pushes to browsers (VAPID); empty = none are sent. Replace it, and every
    device must be subscribed anew."""
    cookie_secure: bool = False
    loopback_identity_providers: bool = True
    """Whether organisations' identity providers may be on this machine, without https. Production ignores it."""

    redis_url: SecretStr = SecretStr("")
    """Redis 7 that shares the counters of limits between processes; empty = counted in this process."""
    rate_limits: dict[str, str] = Field(default_factory=dict)
    """JSON object of rates that differ from `core.limits.RATES`: `{"api": "1000/1m", "sign_in": "5/15m"}`."""
    trusted_proxy_hops: int = Field(default=0, ge=0, le=10)
    """Proxies of our own in front: so many last entries of `X-Forwarded-For` are theirs. 0 = the header is ignored."""
    country_header: str = ""
    """Header in which our own proxy tells the caller's country in two letters (`CF-IPCountry`); counts only where
    `trusted_proxy_hops` is at least 1. Without it, sign-ins are not looked at for impossible travel."""
    file_keys: SecretStr = SecretStr("")
    """Keys that protect uploaded documents at rest, JSON: id -> 32 random bytes in base64. Lose one and its documents
    are lost; add one and rotate (`python -m pygmalion_app.commands.rotate_file_keys`) to retire another."""
    file_key_current: str = ""
    """The id, among `file_keys`, of the key that new documents use."""
    clamd_url: str = ""
    """ClamAV daemon that looks at uploaded documents: `tcp://host:3310` or `unix:/path`; empty = none does. Once
    set, no document passes without its word."""

    risk_threshold: int = Field(default=50, ge=1, le=100)
    """From this score on (`risk.signals`), sign-ins and orders wait in the review queue. Nothing is refused by it."""

    hold_minutes: int = Field(default=30, ge=30, le=1440)
    """How long seats are kept for a buyer who is paying; Stripe allows 30 minutes to 24 hours."""
    waiting_offer_hours: int = Field(default=24, ge=1, le=168)
    """How long seats are offered to who waited for them; shorter near the start (`enrollments.waiting_queue`)."""
    payout_delay_days: int = Field(default=1, ge=0, le=90)
    """Days after a session's end from which on its organisation is paid what it earned with it."""
    commission_basis_points: int = Field(default=1000, ge=0, le=10_000)
    """The platform's part of a sale, in hundredths of a percent."""
    early_validation: bool = True
    """Whether a trainer may validate before the session begins, so that a demonstration can run from booking to
    certificate in a minute. Production ignores it: see `allows_early_validation`."""
    invoice_due_days: int = Field(default=30, ge=0, le=60)
    """Days in which a company pays an invoice by bank transfer (Code de commerce L441-10: 60 at most)."""
    platform_name: str = "Pygmalion"
    """Who invoices the commission, as its invoices must say it; with what follows."""
    platform_address: str = ""
    """Lines of the platform's address, apart by `|`; the last one is its town."""
    platform_postal_code: str = ""
    platform_siret: str = ""
    platform_vat_number: str = ""
    platform_iban: str = ""
    withdrawal_days: int = Field(default=14, ge=10, le=60)
    """Days a self-funded individual may withdraw: 10 by law (Code du travail L6353-5), 14 after a distance contract."""
    withdrawal_time_zone: str = "Europe/Paris"
    """Where those days are counted, each to its end."""
    public_holidays: tuple[Annotated[str, Field(pattern=r"^(\d\d-\d\d|easter[+-]\d{1,3})$")], ...] = ()
    """JSON list of days on which no period ends: `["07-14", "easter+1"]`; empty = France's."""
    deposit_percent: int = Field(default=30, ge=0, le=30)
    """What an individual pays when that period is over; the law allows 30 at most (L6353-6)."""
    balance_stages: int = Field(default=2, ge=1, le=12)
    """In how many payments the rest follows while the training goes on; a day's training has one."""
    instalment_retry_days: tuple[Annotated[int, Field(ge=1, le=60)], ...] = (3, 7)
    """JSON list: so many days after it was due, a refused payment is tried again."""

    @model_validator(mode="after")
    def _production_needs_real_parts(self) -> "Settings":
        if self.environment is not Environment.PRODUCTION:
            return self
        needed = {
            "DATABASE_URL": self.database_url.get_secret_value(),
            "SMTP_URL": self.smtp_url.get_secret_value(),
            "STRIPE_SECRET_KEY": self.stripe_secret_key.get_secret_value(),
            "STRIPE_WEBHOOK_SECRET": self.stripe_webhook_secret.get_secret_value(),
            "STRIPE_CONNECT_WEBHOOK_SECRET": self.stripe_connect_webhook_secret.get_secret_value(),
            "CHAIN_RPC_URLS": self.chain_rpc_urls,
            "CHAIN_CONTRACT": self.chain_contract,
            "CHAIN_SIGNER_KEY": self.chain_signer_key.get_secret_value(),
            "PUBLIC_URL": self.public_url,
            "SESSION_SECRET": self.session_secret.get_secret_value(),
            "JWT_PRIVATE_KEY": self.jwt_private_key.get_secret_value(),
            "FILE_KEYS": self.file_keys.get_secret_value(),
            "FILE_KEY_CURRENT": self.file_key_current,
            # An invoice must say who issues it, where, and under which numbers (CGI annexe II article 242 nonies A).
            "PLATFORM_ADDRESS": self.platform_address,
            "PLATFORM_POSTAL_CODE": self.platform_postal_code,
            "PLATFORM_SIRET": self.platform_siret,
            "PLATFORM_VAT_NUMBER": self.platform_vat_number,
            "PLATFORM_IBAN": self.platform_iban,
        }
        missing = [name for name, value in needed.items() if not value]
        if missing:
            message = f"production needs {', '.join(missing)}: embedded parts are for trying out only"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _file_keys_can_be_read(self) -> "Settings":
        if self.file_keys.get_secret_value():
            _ = self.file_key_ring
        return self

    @cached_property
    def file_key_ring(self) -> KeyRing:
        """The keys of uploaded documents; ValueError where none is configured or one cannot be read."""
        return key_ring(self.file_keys.get_secret_value(), self.file_key_current)

    @cached_property
    def base_url(self) -> str:
        """Public address without a trailing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def own_url(self) -> str:
        """Address at which this machine reaches its own server, whatever the public one is."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104 - compared, not bound
        return f"http://{host}:{self.port}"

    @property
    def is_production(self) -> bool:
        """Whether embedded parts and development routes are refused."""
        return self.environment is Environment.PRODUCTION

    @property
    def allows_early_validation(self) -> bool:
        """Whether presence may be recorded before a session begins; never in production."""
        return self.early_validation and not self.is_production

    @property
    def allows_loopback_identity_providers(self) -> bool:
        """Whether http and loopback are accepted for identity providers; never in production."""
        return self.loopback_identity_providers and not self.is_production

    @property
    def embedded_mailbox(self) -> bool:
        """Whether mail goes to the in-app mailbox (and `/dev/mailbox` exists)."""
        return not self.is_production and not self.smtp_url.get_secret_value()

    @property
    def testmode_payments(self) -> bool:
        """Whether the test-mode gateway serves payments (and `/dev/pay` exists)."""
        return not self.is_production and not self.stripe_secret_key.get_secret_value()

    @classmethod
    def load(cls) -> "Settings":
        """Read the environment, then the secrets generated on first start, the environment winning."""
        home = cls().pygmalion_home
        return cls(_env_file=home / "secrets.env")  # pyright: ignore[reportCallIssue]
