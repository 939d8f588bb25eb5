"""Companies, airports and training organisations, and who belongs to them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import CITEXT
from sqlmodel import Field

from pygmalion_app.core.models import TEXT, TIMESTAMP, Row, one_of
from pygmalion_app.core.permissions import Role


class OrganizationKind(StrEnum):
    """What an organisation does here."""

    TRAINING = "training"
    COMPANY = "company"
    AIRPORT = "airport"


class VatRegime(StrEnum):
    """How an organisation's sales are taxed (domain rules, Money)."""

    EXEMPT = "exempt_261_4_4"
    FRANCHISE = "franchise_293_b"
    STANDARD = "standard_20"


class Organization(Row, table=True):
    """A legal entity; establishments are told apart by SIRET, its company is the first nine digits (SIREN)."""

    __tablename__ = "organizations"
    __table_args__ = (
        one_of("kind", OrganizationKind),
        one_of("vat_regime", VatRegime),
        CheckConstraint("changes_until_days BETWEEN 0 AND 60", name="changes_until_days"),
    )

    kind: str
    name: str
    slug: str = Field(unique=True)
    siret: str | None = Field(default=None, unique=True)
    nda: str | None = None
    """Training declaration number (numéro de déclaration d'activité), 11 digits."""
    vat_number: str | None = None
    """European VAT number, with its country's letters."""
    address_line1: str = ""
    address_line2: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = "FR"
    """ISO 3166-1 alpha-2."""
    contact_email: str = ""
    description: str = Field(default="", sa_type=TEXT)
    description_en: str = Field(default="", sa_type=TEXT)
    website: str = ""
    vat_regime: str = VatRegime.STANDARD
    qualiopi_certifier: str | None = None
    qualiopi_valid_until: date | None = None
    strong_factor_required: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    """Whether its admins and managers need an authenticator or a passkey: without one their roles here wait."""
    changes_until_days: int = Field(default=2, sa_column_kwargs={"server_default": "2"})
    """For a school: until so many days before a session its buyers may replace and move participants by themselves."""
    iban: str | None = None
    """For a school: the account that transfers for its invoices go to; without one nobody pays by invoice."""
    accepts_invoice_payment: bool = Field(default=True, sa_column_kwargs={"server_default": "true"})
    """For a school: whether companies may pay by bank transfer after their order."""
    sales_stopped_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """Set while a review has refused or withdrawn the verification: nothing of this organisation is sold then."""


class OrganizationMember(Row, table=True):
    """One role of a person in an organisation (`job_role` names the work that requires training)."""

    __tablename__ = "organization_members"
    __table_args__ = (UniqueConstraint("user_id", "organization_id", "role"), one_of("role", Role))

    user_id: UUID = Field(foreign_key="users.id", index=True)
    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    role: str
    job_role: str | None = None
    external: bool | None = None
    """Of a trainer: whether a subcontractor rather than staff; empty where nobody has said."""


class Invitation(Row, table=True):
    """An offer of a role, bound to an address; the mailed token is kept as a hash only.

    It waits while it is neither accepted, declined nor withdrawn; late (`expires_at`), it can be sent again.
    """

    __tablename__ = "organization_invitations"
    __table_args__ = (
        one_of("role", Role),
        Index(
            "uq_organization_invitations_waiting",
            "organization_id",
            "email",
            "role",
            unique=True,
            postgresql_where=text("accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL"),
        ),
    )

    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    email: str = Field(sa_type=CITEXT, index=True)
    first_name: str = ""
    last_name: str = ""
    role: str
    job_role: str | None = None
    token_hash: bytes | None = Field(default=None, sa_type=LargeBinary, unique=True)
    """Empty until the mail is written."""
    batch_id: UUID | None = Field(default=None, index=True)
    """The import that this came with, whose mails a job sends."""
    invited_by: UUID | None = Field(default=None, foreign_key="users.id", index=True)
    sent_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    expires_at: datetime = Field(sa_type=TIMESTAMP)
    accepted_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    accepted_by: UUID | None = Field(default=None, foreign_key="users.id", index=True)
    declined_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    withdrawn_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)


class JoinRequest(Row, table=True):
    """Somebody who asks an organisation that is here already for an invitation."""

    __tablename__ = "organization_join_requests"
    __table_args__ = (UniqueConstraint("organization_id", "user_id"),)

    organization_id: UUID = Field(foreign_key="organizations.id")
    user_id: UUID = Field(foreign_key="users.id", index=True)


class Removal(Row, table=True):
    """A membership that was taken away, kept for the short time in which that can be undone."""

    __tablename__ = "organization_removals"

    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    user_id: UUID = Field(foreign_key="users.id", index=True)
    removed_by: UUID = Field(foreign_key="users.id", index=True)
    roles: list[str] = Field(sa_type=ARRAY(String))  # pyright: ignore[reportArgumentType]
    job_role: str | None = None
    removed_at: datetime = Field(sa_type=TIMESTAMP)
