"""Disputed payments."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "f27d0c91e8b4"
down_revision: str | None = "93b7d2e06fa4"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_STATES = "'warning', 'needs_response', 'under_review', 'won', 'lost', 'closed'"
_SYSTEM = "(SELECT app_system())"
_READS = "(SELECT app_admin()) OR payee_organization_id = ANY ((SELECT app_orgs('administers'))::uuid[])"


def upgrade() -> None:
    """Apply."""
    _create_table()
    op.create_index(
        "ix_disputes_open",
        "disputes",
        ["due_by"],
        postgresql_where=sa.text("status IN ('warning', 'needs_response')"),
    )
    for column in ("payment_intent", "payment_id", "payee_organization_id"):
        op.create_index(op.f(f"ix_disputes_{column}"), "disputes", [column])
    op.execute("ALTER TABLE disputes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON disputes FOR SELECT USING ({_READS})")
    op.execute(f"CREATE POLICY changes ON disputes FOR UPDATE USING ({_SYSTEM}) WITH CHECK ({_SYSTEM})")
    op.execute(f"CREATE POLICY adds ON disputes FOR INSERT WITH CHECK ({_SYSTEM})")
    op.execute(f"CREATE POLICY deletes ON disputes FOR DELETE USING ({_SYSTEM})")


def _create_table() -> None:
    op.create_table(
        "disputes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("gateway_id", sa.String(), nullable=False),
        sa.Column("payment_intent", sa.String(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column("payee_organization_id", sa.Uuid(), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("due_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("evidence_status", sa.String(), nullable=False),
        sa.Column("evidence_attempt", sa.Integer(), nullable=False),
        sa.Column("evidence_note", sa.Text(), nullable=False),
        sa.Column("evidence_locale", sa.String(), nullable=False),
        sa.Column("evidence_key", sa.String(), nullable=True),
        sa.Column("evidence_sha256", sa.LargeBinary(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(f"status IN ({_STATES})", name=op.f("ck_disputes_status")),
        sa.CheckConstraint(
            "evidence_status IN ('none', 'sending', 'sent', 'failed')", name=op.f("ck_disputes_evidence_status")
        ),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_disputes_amount")),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_disputes_payment_id_payments"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["payee_organization_id"],
            ["organizations.id"],
            name=op.f("fk_disputes_payee_organization_id_organizations"),
        ),
        sa.ForeignKeyConstraint(["sent_by"], ["users.id"], name=op.f("fk_disputes_sent_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disputes")),
        sa.UniqueConstraint("gateway_id", name=op.f("uq_disputes_gateway_id")),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("disputes")
