"""Risk assessments and decisions; the card's name of a payment, the country of a session."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "07c8ab4d84ba"
down_revision: str | None = "7e2d9a41c5b8"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_SESSIONS = ("browser_sessions", "token_families")


def upgrade() -> None:
    """Apply."""
    for table in _SESSIONS:
        op.add_column(table, sa.Column("country", sa.String(), server_default="", nullable=False))
        op.create_index(op.f(f"ix_{table}_address"), table, ["address"])
    op.add_column("payments", sa.Column("card_fingerprint", sa.String(), nullable=True))
    op.create_index(op.f("ix_payments_card_fingerprint"), "payments", ["card_fingerprint"])
    _create_assessments()
    _create_decisions()
    for table in ("risk_assessments", "risk_decisions"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY admins ON {table} USING ((SELECT app_admin())) WITH CHECK ((SELECT app_admin()))")


def _create_assessments() -> None:
    op.create_table(
        "risk_assessments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("signals", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('sign_in', 'order')", name=op.f("ck_risk_assessments_kind")),
        sa.CheckConstraint(
            "state IN ('clear', 'open', 'contacted', 'approved')", name=op.f("ck_risk_assessments_state")
        ),
        sa.CheckConstraint("score BETWEEN 0 AND 100", name=op.f("ck_risk_assessments_score")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_risk_assessments_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_assessments")),
        sa.UniqueConstraint("subject_id", name=op.f("uq_risk_assessments_subject_id")),
    )
    op.create_index("ix_risk_assessments_queue", "risk_assessments", ["state", "score", "id"])
    op.create_index("ix_risk_assessments_user_id_kind", "risk_assessments", ["user_id", "kind", "happened_at"])


def _create_decisions() -> None:
    op.create_table(
        "risk_decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("decision IN ('approve', 'note', 'contact')", name=op.f("ck_risk_decisions_decision")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["risk_assessments.id"],
            name=op.f("fk_risk_decisions_assessment_id_risk_assessments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_risk_decisions_decided_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_decisions")),
    )
    op.create_index(op.f("ix_risk_decisions_assessment_id"), "risk_decisions", ["assessment_id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("risk_decisions")
    op.drop_table("risk_assessments")
    op.drop_index(op.f("ix_payments_card_fingerprint"), "payments")
    op.drop_column("payments", "card_fingerprint")
    for table in _SESSIONS:
        op.drop_index(op.f(f"ix_{table}_address"), table)
        op.drop_column(table, "country")
