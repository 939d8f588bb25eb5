"""Cost centres, the orders charged to them, and requests for training."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "5d8a17c2be64"
down_revision: str | None = "5c1e7d90ab34"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_STATES = "'requested', 'seconded', 'approved', 'refused', 'withdrawn', 'expired'"
_SYSTEM = "(SELECT app_system())"
_MANAGED = "organization_id = ANY ((SELECT app_orgs('manages'))::uuid[])"
_READS = f"(SELECT app_admin()) OR {_MANAGED}"
_ASKED = f"{_READS} OR requested_by = (SELECT app_user()) OR (SELECT app_user()) = ANY (user_ids)"


def upgrade() -> None:
    """Apply."""
    _create_cost_centers()
    _create_charges()
    _create_requests()
    for table, reads in (("cost_centers", _READS), ("budget_charges", _READS), ("training_requests", _ASKED)):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
        op.execute(f"CREATE POLICY changes ON {table} FOR UPDATE USING ({_SYSTEM}) WITH CHECK ({_SYSTEM})")
        op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({_SYSTEM})")
        op.execute(f"CREATE POLICY deletes ON {table} FOR DELETE USING ({_SYSTEM})")


def _create_cost_centers() -> None:
    op.create_table(
        "cost_centers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("allocated_cents", sa.BigInteger(), nullable=False),
        sa.Column("approval_limit_cents", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("allocated_cents >= 0", name=op.f("ck_cost_centers_allocated")),
        sa.CheckConstraint("approval_limit_cents > 0", name=op.f("ck_cost_centers_approval_limit")),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_cost_centers_year")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_cost_centers_organization_id_organizations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_centers")),
    )
    op.create_index(
        "uq_cost_centers_code", "cost_centers", ["organization_id", "year", sa.text("lower(code)")], unique=True
    )


def _create_charges() -> None:
    op.create_table(
        "budget_charges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("cost_center_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("charged_by", sa.Uuid(), nullable=False),
        sa.Column("charged_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_budget_charges_order_id_orders"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["cost_center_id"], ["cost_centers.id"], name=op.f("fk_budget_charges_cost_center_id_cost_centers")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_budget_charges_organization_id_organizations")
        ),
        sa.ForeignKeyConstraint(["charged_by"], ["users.id"], name=op.f("fk_budget_charges_charged_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_charges")),
        sa.UniqueConstraint("order_id", name=op.f("uq_budget_charges_order_id")),
    )
    for column in ("cost_center_id", "organization_id", "charged_by"):
        op.create_index(op.f(f"ix_budget_charges_{column}"), "budget_charges", [column])


def _create_requests() -> None:
    op.create_table(
        "training_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("user_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("cost_center_id", sa.Uuid(), nullable=True),
        sa.Column("payment_method", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("first_approved_by", sa.Uuid(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"state IN ({_STATES})", name=op.f("ck_training_requests_state")),
        sa.CheckConstraint("cardinality(user_ids) BETWEEN 1 AND 50", name=op.f("ck_training_requests_people")),
        sa.CheckConstraint("(state = 'approved') = (order_id IS NOT NULL)", name=op.f("ck_training_requests_order")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_training_requests_{column}_{table}"))
            for column, table in (
                ("organization_id", "organizations"),
                ("session_id", "sessions"),
                ("requested_by", "users"),
                ("cost_center_id", "cost_centers"),
                ("first_approved_by", "users"),
                ("decided_by", "users"),
            )
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_training_requests_order_id_orders"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_requests")),
    )
    op.create_index(
        "uq_training_requests_open",
        "training_requests",
        ["organization_id", "session_id", "requested_by"],
        unique=True,
        postgresql_where=sa.text("state IN ('requested', 'seconded')"),
    )
    op.create_index(
        "ix_training_requests_organization_id_created_at", "training_requests", ["organization_id", "created_at"]
    )
    for column in ("session_id", "requested_by", "cost_center_id", "first_approved_by", "decided_by", "order_id"):
        op.create_index(op.f(f"ix_training_requests_{column}"), "training_requests", [column])


def downgrade() -> None:
    """Undo."""
    for table in ("training_requests", "budget_charges", "cost_centers"):
        op.drop_table(table)
