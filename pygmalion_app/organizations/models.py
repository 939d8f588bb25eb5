"""Companies, airports and training organisations, and who belongs to them."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from pygmalion_app.core.models import TEXT, Row, one_of
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
    """A legal entity; establishments are told apart by SIRET."""

    __tablename__ = "organizations"
    __table_args__ = (one_of("kind", OrganizationKind), one_of("vat_regime", VatRegime))

    kind: str
    name: str
    slug: str = Field(unique=True)
    siret: str | None = Field(default=None, unique=True)
    nda: str | None = None
    """Training declaration number (numéro de déclaration d'activité), 11 digits."""
    city: str = ""
    description: str = Field(default="", sa_type=TEXT)
    description_en: str = Field(default="", sa_type=TEXT)
    website: str = ""
    vat_regime: str = VatRegime.STANDARD
    qualiopi_certifier: str | None = None
    qualiopi_valid_until: date | None = None


class OrganizationMember(Row, table=True):
    """One role of a person in an organisation (`job_role` names the work that requires training)."""

    __tablename__ = "organization_members"
    __table_args__ = (UniqueConstraint("user_id", "organization_id", "role"), one_of("role", Role))

    user_id: UUID = Field(foreign_key="users.id", index=True)
    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    role: str
    job_role: str | None = None
