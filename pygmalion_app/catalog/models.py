"""What training organisations offer: course types known to the profession, their courses, and reviews."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, REAL, BigInteger, CheckConstraint, Index, UniqueConstraint, true
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlmodel import Field, SQLModel

from pygmalion_app.core.models import TEXT, TIMESTAMP, Row, one_of


class Category(StrEnum):
    """The families of aviation training."""

    SECURITY = "SECURITY"
    DGR = "DGR"
    CARGO = "CARGO"
    AERODROME = "AERODROME"
    MAINTENANCE = "MAINTENANCE"
    CREW = "CREW"
    WORKPLACE = "WORKPLACE"


class Modality(StrEnum):
    """How a course is followed."""

    PRESENTIEL = "PRESENTIEL"
    ELEARNING = "ELEARNING"
    VIRTUEL = "VIRTUEL"
    BLENDED = "BLENDED"


class CourseStatus(StrEnum):
    """Drafts are seen by their organisation only; archived courses keep their history and sell no more."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class ValidityAnchor(StrEnum):
    """What a certificate's validity counts from (domain rules, Validity and recurrence)."""

    DATE = "date"
    MONTH_END = "month_end"
    MONTH = "month"
    SEMESTER = "semester"
    SEASON = "season"
    NONE = "none"


class BpfObjective(StrEnum):
    """What a course leads to, as the yearly training report (BPF, frame F-3) tells it apart; empty is not said."""

    UNSAID = ""
    RNCP = "rncp"
    RS = "rs"
    CQP = "cqp"
    PROFESSIONAL = "professional"
    """Any other professional training."""
    ASSESSMENT = "assessment"
    EXPERIENCE = "experience"


class CourseType(Row, table=True):
    """A course that the profession knows by a code, with its legal basis and validity rule (shared data)."""

    __tablename__ = "course_types"
    __table_args__ = (one_of("category", Category), one_of("validity_anchor", ValidityAnchor))

    code: str = Field(unique=True)
    title: str
    title_en: str
    category: str
    modalities: list[str] = Field(sa_type=ARRAY(TEXT))  # pyright: ignore[reportArgumentType]
    duration_minutes: int
    validity_months: int | None = None
    validity_anchor: str = ValidityAnchor.DATE
    window_months: int = 0
    recency_months: int | None = None
    legal_basis: str = ""
    provenance: str = ""
    """How sure the validity rule is."""


class Course(Row, table=True):
    """A course ("formation") of one training organisation. Prices in cents excluding VAT."""

    __tablename__ = "courses"
    __table_args__ = (
        one_of("category", Category),
        one_of("status", CourseStatus),
        one_of("validity_anchor", ValidityAnchor),
        one_of("bpf_objective", BpfObjective),
        UniqueConstraint("organization_id", "title"),
        CheckConstraint("duration_minutes > 0", name="duration"),
        CheckConstraint("price_cents >= 0", name="price"),
        CheckConstraint("validity_months > 0", name="validity"),
    )

    organization_id: UUID = Field(foreign_key="organizations.id", index=True)
    type_code: str | None = Field(default=None, foreign_key="course_types.code")
    slug: str = Field(unique=True)
    title: str
    title_en: str = ""
    description: str = Field(default="", sa_type=TEXT)
    description_en: str = Field(default="", sa_type=TEXT)
    objectives: list[str] = Field(default_factory=list, sa_type=ARRAY(TEXT))  # pyright: ignore[reportArgumentType]
    objectives_en: list[str] = Field(default_factory=list, sa_type=ARRAY(TEXT))  # pyright: ignore[reportArgumentType]
    prerequisites: str = ""
    prerequisites_en: str = ""
    bring: str = ""
    bring_en: str = ""
    methods: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """How it is taught; with `evaluation` and `accessibility`, what Qualiopi's indicator 1 wants public."""
    methods_en: str = Field(default="", sa_column_kwargs={"server_default": ""})
    evaluation: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """How what was learnt is judged."""
    evaluation_en: str = Field(default="", sa_column_kwargs={"server_default": ""})
    accessibility: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """What is done for people with a disability, and whom they ask."""
    accessibility_en: str = Field(default="", sa_column_kwargs={"server_default": ""})
    nsf_code: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Speciality in the national nomenclature (NSF), three digits: the BPF's frame F-4."""
    bpf_objective: str = Field(default=BpfObjective.UNSAID, sa_column_kwargs={"server_default": ""})
    category: str
    modalities: list[str] = Field(sa_type=ARRAY(TEXT))  # pyright: ignore[reportArgumentType]
    duration_minutes: int
    price_cents: int
    currency: str = "EUR"
    language: str = "fr"
    validity_months: int | None = None
    validity_anchor: str = ValidityAnchor.DATE
    window_months: int = 0
    legal_basis: str = ""
    refund_tiers: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    """`[{"days_before": 14, "percent": 100}, ...]`, longest first; frozen on each order."""
    status: str = CourseStatus.DRAFT
    rating_sum: int = 0
    rating_count: int = 0
    published_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    suspended_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """Set while an administrator has hidden it: a draft that its school cannot publish."""
    updated_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)


class Review(Row, table=True):
    """A learner's opinion of a course, one per person and course, from 1 to 5."""

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("course_id", "user_id"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
    )

    course_id: UUID = Field(foreign_key="courses.id", index=True)
    user_id: UUID = Field(foreign_key="users.id")
    rating: int
    comment: str = Field(default="", sa_type=TEXT)
    hidden_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """Set while an administrator has hidden it; it counts in no rating then."""


class CourseDocument(SQLModel, table=True):
    """What search knows of a published course, kept in step by triggers (drafts and archives have no document)."""

    __tablename__ = "course_documents"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        Index("ix_course_documents_words", "words", postgresql_using="gin"),
        Index(
            "ix_course_documents_title_key",
            "title_key",
            postgresql_using="gin",
            postgresql_ops={"title_key": "gin_trgm_ops"},
        ),
        # Everything that filters and sorts: a document's row is wide, and a search looks at thousands.
        Index(
            "ix_course_documents_quality",
            "quality",
            "course_id",
            postgresql_include=["category", "modalities", "languages", "price_from_cents", "next_starts_at"],
        ),
    )

    course_id: UUID = Field(primary_key=True, foreign_key="courses.id", ondelete="CASCADE")
    organization_id: UUID = Field(index=True)
    heading: str = Field(sa_type=TSVECTOR)
    """Titles, code (A), category, legal basis (B), organisation, places (C): short, so ranking stays cheap."""
    words: str = Field(sa_type=TSVECTOR)
    """The heading and the descriptions (D): what is searched."""
    title_key: str = Field(sa_type=TEXT)
    category: str
    modalities: list[str] = Field(sa_type=ARRAY(TEXT))  # pyright: ignore[reportArgumentType]
    languages: list[str] = Field(sa_type=ARRAY(TEXT))  # pyright: ignore[reportArgumentType]
    price_from_cents: int
    quality: float = Field(sa_type=REAL)
    """Mean rating, drawn towards 4 while there are few reviews."""
    next_starts_at: datetime | None = Field(default=None, sa_type=TIMESTAMP)
    """The next session when last written; readers look again once it has started."""
    card: dict[str, Any] = Field(sa_type=JSON)
    """What a card shows of the course, ready to send; its next session is read live."""


class SearchWord(SQLModel, table=True):
    """A word that occurs in some document: what a misspelt word is compared with."""

    __tablename__ = "search_words"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        Index("ix_search_words_trigrams", "word", postgresql_using="gin", postgresql_ops={"word": "gin_trgm_ops"}),
        Index("ix_search_words_beginning", "word", postgresql_ops={"word": "text_pattern_ops"}),
    )

    word: str = Field(primary_key=True, sa_type=TEXT)


class CatalogVersion(SQLModel, table=True):
    """One number, raised by every transaction that changes a document: as long as it stands, results may be reused."""

    __tablename__ = "catalog_version"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("single", name="one_row"),)

    single: bool = Field(default=True, primary_key=True, sa_column_kwargs={"server_default": true()})
    number: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"})
