"""identity verification: cases, documents, transitions, and whether an organisation's sales are stopped."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "e4b80d5c1f27"
down_revision: str | None = "36d60b0ed3ab"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_STATES = "'draft', 'submitted', 'in_review', 'more_information', 'approved', 'rejected', 'expired'"
_REASONS = (
    "'unreadable', 'out_of_date', 'wrong_document', 'incomplete', 'does_not_match', 'not_registered', 'doubtful',"
    " 'other', 'replaced'"
)
_KINDS = "'identity_card', 'passport', 'registration', 'nda_declaration', 'qualiopi_certificate', 'bank_details'"
_ONE_SUBJECT = "(user_id IS NULL) <> (organization_id IS NULL)"
_OPEN = sa.text("state IN ('draft', 'submitted', 'in_review', 'more_information', 'rejected')")
_APPROVED = sa.text("state = 'approved'")
_TABLES = ("kyc_cases", "kyc_documents", "kyc_transitions")

# Whoever the case is about, those who run the organisation, the platform's administrators (whom the services keep from
# reviewing their own). The array is computed once a statement.
_REACH = """app_admin() OR user_id = (SELECT app_user())
    OR organization_id = ANY ((SELECT app_orgs('administers') || app_orgs('manages'))::uuid[])"""


def upgrade() -> None:
    """Apply."""
    op.add_column("organizations", sa.Column("sales_stopped_at", sa.DateTime(timezone=True), nullable=True))
    _create_cases()
    _create_documents()
    _create_transitions()
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own ON {table} USING ({_REACH}) WITH CHECK ({_REACH})")


def _head() -> tuple[sa.Column, sa.Column]:  # pyright: ignore[reportMissingTypeArgument]
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
    )


def _keys(table: str, *users: str) -> list[sa.ForeignKeyConstraint]:
    keys = [sa.ForeignKeyConstraint([name], ["users.id"], name=op.f(f"fk_{table}_{name}_users")) for name in users]
    organization = op.f(f"fk_{table}_organization_id_organizations")
    return [*keys, sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=organization)]


def _create_cases() -> None:
    op.create_table(
        "kyc_cases",
        *_head(),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewer_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("reminded_days", sa.Integer(), nullable=True),
        sa.CheckConstraint(_ONE_SUBJECT, name=op.f("ck_kyc_cases_one_subject")),
        sa.CheckConstraint(f"state IN ({_STATES})", name=op.f("ck_kyc_cases_state")),
        sa.CheckConstraint(f"reason IN ({_REASONS})", name=op.f("ck_kyc_cases_reason")),
        *_keys("kyc_cases", "user_id", "submitted_by", "reviewer_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kyc_cases")),
    )
    op.create_index(op.f("ix_kyc_cases_user_id"), "kyc_cases", ["user_id"])
    op.create_index(op.f("ix_kyc_cases_organization_id"), "kyc_cases", ["organization_id"])
    op.create_index("ix_kyc_cases_queue", "kyc_cases", ["state", "submitted_at"])
    for name, condition in (("open", _OPEN), ("approved", _APPROVED)):
        for subject in ("user", "organization"):
            op.create_index(
                f"uq_kyc_cases_{name}_{subject}",
                "kyc_cases",
                [f"{subject}_id"],
                unique=True,
                postgresql_where=condition,
            )


def _create_documents() -> None:
    op.create_table(
        "kyc_documents",
        *_head(),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("uploaded_by", sa.Uuid(), nullable=True),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("wrapped_key", postgresql.BYTEA(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(_ONE_SUBJECT, name=op.f("ck_kyc_documents_one_subject")),
        sa.CheckConstraint(f"kind IN ({_KINDS})", name=op.f("ck_kyc_documents_kind")),
        sa.ForeignKeyConstraint(["case_id"], ["kyc_cases.id"], name=op.f("fk_kyc_documents_case_id_kyc_cases")),
        *_keys("kyc_documents", "user_id", "uploaded_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kyc_documents")),
    )
    for column in ("case_id", "user_id", "organization_id", "key_id"):
        op.create_index(op.f(f"ix_kyc_documents_{column}"), "kyc_documents", [column])


def _create_transitions() -> None:
    op.create_table(
        "kyc_transitions",
        *_head(),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_state", sa.String(), nullable=False),
        sa.Column("to_state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(f"from_state IN ({_STATES})", name=op.f("ck_kyc_transitions_from_state")),
        sa.CheckConstraint(f"to_state IN ({_STATES})", name=op.f("ck_kyc_transitions_to_state")),
        sa.CheckConstraint(f"reason IN ({_REASONS})", name=op.f("ck_kyc_transitions_reason")),
        sa.ForeignKeyConstraint(["case_id"], ["kyc_cases.id"], name=op.f("fk_kyc_transitions_case_id_kyc_cases")),
        *_keys("kyc_transitions", "user_id", "actor_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kyc_transitions")),
    )
    for column in ("case_id", "user_id", "organization_id"):
        op.create_index(op.f(f"ix_kyc_transitions_{column}"), "kyc_transitions", [column])


def downgrade() -> None:
    """Revert."""
    for table in reversed(_TABLES):
        op.drop_table(table)
    op.drop_column("organizations", "sales_stopped_at")
