"""Organisations' accounts at the gateway, what is payable to them and when, and their payouts."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "7c1e5f08a2d9"
down_revision: str | None = "f27d0c91e8b4"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_SYSTEM = "(SELECT app_system())"
_READS = "(SELECT app_admin()) OR organization_id = ANY ((SELECT app_orgs('administers'))::uuid[])"
_TABLES = ("merchant_accounts", "payables", "payouts", "payout_items")
# Whoever pays has to name the seller's account to the gateway, and sees nothing else of it.
_FUNCTION = """CREATE FUNCTION merchant_account(wanted uuid) RETURNS text LANGUAGE plpgsql STABLE AS $$
    DECLARE
      before text := coalesce(current_setting('app.scope', true), '');
      found text;
    BEGIN
      PERFORM set_config('app.scope', 'system', true);
      SELECT m.account_id INTO found FROM merchant_accounts m WHERE m.organization_id = wanted AND m.charges_enabled;
      PERFORM set_config('app.scope', before, true);
      RETURN found;
    END $$"""


def _organization() -> sa.Column[object]:
    return sa.Column("organization_id", sa.Uuid(), nullable=False)


def upgrade() -> None:
    """Apply."""
    _create_accounts()
    _create_payables()
    _create_payouts()
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({_READS})")
        op.execute(f"CREATE POLICY changes ON {table} FOR UPDATE USING ({_SYSTEM}) WITH CHECK ({_SYSTEM})")
        op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({_SYSTEM})")
        op.execute(f"CREATE POLICY deletes ON {table} FOR DELETE USING ({_SYSTEM})")
    op.execute(_FUNCTION)


def _create_accounts() -> None:
    op.create_table(
        "merchant_accounts",
        _organization(),
        sa.Column("account_id", sa.String(), nullable=False),
        *[
            sa.Column(name, sa.Boolean(), nullable=False)
            for name in ("details_submitted", "charges_enabled", "payouts_enabled")
        ],
        sa.Column("requirements", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("organization_id", name=op.f("pk_merchant_accounts")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_merchant_accounts_organization_id_organizations")
        ),
        sa.UniqueConstraint("account_id", name=op.f("uq_merchant_accounts_account_id")),
    )


def _create_payables() -> None:
    op.create_table(
        "payables",
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        _organization(),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("payable_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("payment_id", name=op.f("pk_payables")),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_payables_payment_id_payments"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_payables_organization_id_organizations")
        ),
    )
    op.create_index("ix_payables_organization_id_payable_at", "payables", ["organization_id", "payable_at"])


def _create_payouts() -> None:
    op.create_table(
        "payouts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        _organization(),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("gateway_id", sa.String(), nullable=True),
        sa.Column("arrives_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('requested', 'sent', 'paid', 'failed')", name=op.f("ck_payouts_status")),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_payouts_amount")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payouts")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_payouts_organization_id_organizations")
        ),
        sa.UniqueConstraint("gateway_id", name=op.f("uq_payouts_gateway_id")),
    )
    op.create_index("ix_payouts_organization_id_id", "payouts", ["organization_id", "id"])
    op.create_index("ix_payouts_requested", "payouts", ["id"], postgresql_where=sa.text("status = 'requested'"))
    op.create_table(
        "payout_items",
        sa.Column("payout_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        _organization(),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount_cents <> 0", name=op.f("ck_payout_items_amount")),
        sa.PrimaryKeyConstraint("payout_id", "payment_id", name=op.f("pk_payout_items")),
        *[
            sa.ForeignKeyConstraint(
                [f"{name}_id"],
                [f"{name}s.id"],
                name=op.f(f"fk_payout_items_{name}_id_{name}s"),
                ondelete=None if name == "organization" else "CASCADE",
            )
            for name in ("payout", "payment", "organization")
        ],
    )
    op.create_index(op.f("ix_payout_items_payment_id"), "payout_items", ["payment_id"])


def downgrade() -> None:
    """Undo."""
    op.execute("DROP FUNCTION merchant_account(uuid)")
    for table in reversed(_TABLES):
        op.drop_table(table)
