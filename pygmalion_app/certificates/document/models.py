"""What a training organisation puts on its certificates."""

from uuid import UUID

from sqlalchemy import CheckConstraint, LargeBinary
from sqlmodel import Field

from pygmalion_app.certificates.document.dress import ACCENT
from pygmalion_app.core.models import TEXT, Row


class CertificateTemplate(Row, table=True):
    """An organisation's logo, signatory, wording and colour; who has none issues in the platform's plain dress."""

    __tablename__ = "certificate_templates"
    __table_args__ = (
        CheckConstraint("(logo IS NULL) = (logo_format IS NULL)", name="logo"),
        CheckConstraint("logo_format IN ('png', 'svg')", name="logo_format"),
        CheckConstraint("accent ~ '^#[0-9a-f]{6}$'", name="accent"),
    )

    organization_id: UUID = Field(foreign_key="organizations.id", unique=True)
    signatory: str = ""
    """Who signs for the organisation: a name, as it stands on the document."""
    signatory_title: str = ""
    wording: str = Field(default="", sa_type=TEXT)
    """Regulated wording in French; the approvals under which the organisation trains."""
    wording_en: str = Field(default="", sa_type=TEXT)
    accent: str = ACCENT
    """`#rrggbb`, readable on white (contrast 4.5 at least)."""
    logo: bytes | None = Field(default=None, sa_type=LargeBinary)
    """Drawn anew by us: PNG, or SVG of shapes alone."""
    logo_format: str | None = None
