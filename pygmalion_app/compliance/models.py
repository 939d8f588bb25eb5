"""Job roles, sites, people's positions; requirement sets and their versions; each person's statuses.

Every table names its organisation, so that row-level security needs no look-ups.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from pygmalion_app.core.models import TEXT, TIMESTAMP, Row, Table, one_of


class Status(StrEnum):
    """What a person's standing for one requirement is; the order is the strictest first."""

    MISSING = "missing"
    EXPIRED = "expired"
    PLANNED = "planned"
    EXPIRING = "expiring"
    COMPLIANT = "compliant"
    EXEMPT = "exempt"


COUNTED = (Status.COMPLIANT, Status.EXPIRING, Status.EXEMPT)
"""The statuses that the compliance rate counts."""


class Anchor(StrEnum):
    """What a requirement's validity counts to: the same day, the end of that month, or of that half-year."""

    DATE = "date"
    MONTH_END = "month_end"
    SEMESTER = "semester"


class DecidedBy(StrEnum):
    """What a status rests on."""

    CERTIFICATE = "certificate"
    EXTERNAL = "external"
    ENROLLMENT = "enrollment"
    EXEMPTION = "exemption"
    NOTHING = ""


class JobRole(Row, table=True):
    """A kind of work in an organisation. An archived one has nobody in it, and comes back when it is named again."""

    __tablename__ = "job_roles"
    __table_args__ = (
        Index("uq_job_roles_name", "organization_id", text("lower(name)"), unique=True),
        CheckConstraint("btrim(name) <> ''", name="name"),
    )

    organization_id: UUID = Field(foreign_key="organizations.id")
    name: str
    archived_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)


class Site(Row, table=True):
    """A place where people work; its clock decides which day it is for them."""

    __tablename__ = "sites"
    __table_args__ = (
        Index("uq_sites_name", "organization_id", "name", unique=True, postgresql_where=text("archived_at IS NULL")),
    )

    organization_id: UUID = Field(foreign_key="organizations.id")
    name: str
    time_zone: str = "Europe/Paris"
    """IANA name."""
    airport_organization_id: UUID | None = Field(default=None, foreign_key="organizations.id", index=True)
    """The airport on whose ground it is, where that airport is here."""
    archived_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """Closed: nobody works there any more, and only what is past names it."""


class Position(Row, table=True):
    """Somebody's work in an organisation, kept by a trigger on `organization_members`."""

    __tablename__ = "positions"
    __table_args__ = (UniqueConstraint("organization_id", "user_id"),)

    organization_id: UUID = Field(foreign_key="organizations.id")
    user_id: UUID = Field(foreign_key="users.id", index=True)
    job_role_id: UUID | None = Field(default=None, foreign_key="job_roles.id", index=True)
    site_id: UUID | None = Field(default=None, foreign_key="sites.id", index=True)
    contractor_type: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Empty for employees; otherwise as the organisation calls it (`interim`, `subcontractor`)."""
    cost_center: str = Field(default="", sa_column_kwargs={"server_default": ""})
    active_from: date
    active_until: date | None = None
    """The last day, None while there is none in sight."""


class RequirementSet(Row, table=True):
    """What some people of an organisation must hold; an empty criterion means everybody."""

    __tablename__ = "requirement_sets"
    __table_args__ = (UniqueConstraint("organization_id", "name"),)

    organization_id: UUID = Field(foreign_key="organizations.id")
    name: str
    job_role_id: UUID | None = Field(default=None, foreign_key="job_roles.id", index=True)
    site_id: UUID | None = Field(default=None, foreign_key="sites.id", index=True)
    contractor_type: str | None = None
    archived_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """Asks for nothing any more, from that moment on."""


class RequirementSetVersion(Row, table=True):
    """A set's requirements from a day on; a draft until published, and unchanged from then on."""

    __tablename__ = "requirement_set_versions"
    __table_args__ = (
        UniqueConstraint("set_id", "version"),
        CheckConstraint("published_at IS NULL OR effective_from IS NOT NULL", name="effective"),
        Index(
            "uq_requirement_set_versions_draft", "set_id", unique=True, postgresql_where=text("published_at IS NULL")
        ),
    )

    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    set_id: UUID = Field(foreign_key="requirement_sets.id")
    version: int
    effective_from: date | None = None
    published_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    published_by: UUID | None = Field(default=None, foreign_key="users.id", index=True)


class Requirement(Row, table=True):
    """One thing to hold, with its validity rule. Months are calendar months, hours are hours of training."""

    __tablename__ = "requirements"
    __table_args__ = (
        one_of("anchor", Anchor),
        UniqueConstraint("version_id", "key"),
        CheckConstraint("cardinality(codes) > 0", name="codes"),
        CheckConstraint("months BETWEEN 1 AND 600", name="months"),
        CheckConstraint("window_months BETWEEN 0 AND 24", name="window_months"),
        CheckConstraint("recency_months BETWEEN 1 AND 600", name="recency_months"),
        CheckConstraint("hours_per_period BETWEEN 1 AND 2000", name="hours_per_period"),
        CheckConstraint("period_months BETWEEN 1 AND 600", name="period_months"),
        CheckConstraint("(hours_per_period IS NULL) = (period_months IS NULL)", name="period"),
    )

    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    version_id: UUID = Field(foreign_key="requirement_set_versions.id", ondelete="CASCADE")
    key: str
    """Stable across versions: `SUR-1126`, or `P145-HFI/P145-HFR` for alternatives."""
    title: str
    title_en: str = ""
    codes: list[str] = Field(sa_type=ARRAY(TEXT))  # pyright: ignore[reportArgumentType]
    """Course types; any one of them satisfies it."""
    months: int | None = None
    """How long it holds; empty: as long as the certificate itself says."""
    anchor: str = Anchor.DATE
    window_months: int = 0
    """A renewal in so many last months counts on from the previous end."""
    recency_months: int | None = None
    """After so many months without doing the work or training for it, it is lost."""
    hours_per_period: int | None = None
    period_months: int | None = None
    position: int = 0


class CourseEquivalence(Row, table=True):
    """A course type that stands for another one: for one organisation, or for all where none is named."""

    __tablename__ = "course_equivalences"
    __table_args__ = (
        UniqueConstraint("organization_id", "code", "satisfies_code", postgresql_nulls_not_distinct=True),
        CheckConstraint("code <> satisfies_code", name="other"),
    )

    organization_id: UUID | None = Field(default=None, foreign_key="organizations.id")
    code: str
    satisfies_code: str


class Exemption(Row, table=True):
    """Somebody who need not hold something, with the reason; `until` is the last day, None without an end."""

    __tablename__ = "exemptions"
    __table_args__ = (UniqueConstraint("organization_id", "user_id", "requirement_key"),)

    organization_id: UUID = Field(foreign_key="organizations.id")
    user_id: UUID = Field(foreign_key="users.id", index=True)
    requirement_key: str
    reason: str = Field(sa_type=TEXT)
    until: date | None = None
    granted_by: UUID | None = Field(default=None, foreign_key="users.id", index=True)


class ComplianceStatus(Table, table=True):
    """A person's status for a requirement, as `status.judge` says it; written by `recompute` alone."""

    __tablename__ = "compliance_statuses"
    __table_args__ = (
        one_of("status", Status),
        one_of("decided_by_kind", DecidedBy),
        ForeignKeyConstraint(
            ["organization_id", "user_id"],
            ["positions.organization_id", "positions.user_id"],
            name="fk_compliance_statuses_position",
            ondelete="CASCADE",
        ),
        Index("ix_compliance_statuses_user_id", "user_id"),
        Index(
            "ix_compliance_statuses_ending",
            "organization_id",
            "until",
            postgresql_where=text("status IN ('compliant', 'expiring')"),
            postgresql_include=["user_id", "requirement_key", "status", "planned_on"],
        ),
    )

    organization_id: UUID = Field(primary_key=True)
    user_id: UUID = Field(primary_key=True)
    requirement_key: str = Field(primary_key=True)
    status: str
    until: date | None = None
    """The last day on which it holds, or held; None: for ever, or never held."""
    decided_by_kind: str = ""
    decided_by_id: UUID | None = None
    planned_on: date | None = None
    """The first day of a booked session that would renew it, where the session is."""
    computed_at: datetime = Field(sa_type=TIMESTAMP)


class ComplianceStanding(Table, table=True):
    """All statuses of a person in one row, for counting; written by triggers on the statuses (see `standings`)."""

    __tablename__ = "compliance_standings"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organization_id", "user_id"],
            ["positions.organization_id", "positions.user_id"],
            name="fk_compliance_standings_position",
            ondelete="CASCADE",
        ),
        Index("ix_compliance_standings_user_id", "user_id"),
    )

    organization_id: UUID = Field(primary_key=True)
    user_id: UUID = Field(primary_key=True)
    keys: str = Field(sa_type=TEXT)
    """The requirements' keys, a JSON array in the order of their bytes; equal where the same is asked of people."""
    marks: str = Field(sa_type=TEXT)
    """A letter for each key, in that order."""


class QueuedPerson(Row, table=True):
    """Somebody (or everybody of an organisation) whose statuses are to be computed again; written by triggers."""

    __tablename__ = "compliance_queue"
    __table_args__ = (CheckConstraint("user_id IS NOT NULL OR organization_id IS NOT NULL", name="whom"),)

    user_id: UUID | None = None
    organization_id: UUID | None = None


class TenantSharing(Row, table=True):
    """A company's consent to show its statuses to an airport: counts, and names only where it says so."""

    __tablename__ = "tenant_sharings"
    __table_args__ = (
        UniqueConstraint("airport_organization_id", "tenant_organization_id"),
        CheckConstraint("airport_organization_id <> tenant_organization_id", name="other"),
    )

    airport_organization_id: UUID = Field(foreign_key="organizations.id")
    tenant_organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    requested_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """When the airport asked; it sees nothing until the company consents."""
    consented_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    consented_by: UUID | None = Field(default=None, foreign_key="users.id", index=True)
    with_names: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    withdrawn_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
