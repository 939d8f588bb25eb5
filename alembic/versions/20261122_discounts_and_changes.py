"""Discount codes, what they took off an order, and the history of replaced and moved participants."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "c41d7be09a52"
down_revision: str | None = "5f9a0c73e1d6"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_ME = "(SELECT app_user())"
_SYSTEM = "(SELECT app_system())"
_SELLS = "(SELECT app_admin()) OR organization_id = ANY ((SELECT app_orgs('administers'))::uuid[])"
# Who sees the enrolment now; and the one who was replaced sees that they were.
_CHANGES = (
    f"(SELECT app_admin()) OR from_user_id = {_ME} OR EXISTS (SELECT FROM enrollments e WHERE e.id = enrollment_id)"  # noqa: S608 - constants
)
_POLICIES = {"discount_codes": (_SELLS, _SELLS), "enrollment_changes": (_CHANGES, _SYSTEM)}


def upgrade() -> None:
    """Apply."""
    _create_codes()
    _create_changes()
    for table, (reads, writes) in _POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
        op.execute(f"CREATE POLICY changes ON {table} FOR UPDATE USING ({writes}) WITH CHECK ({writes})")
        op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({writes})")
        op.execute(f"CREATE POLICY deletes ON {table} FOR DELETE USING ({_SYSTEM})")
    op.add_column("organizations", sa.Column("changes_until_days", sa.Integer(), server_default="2", nullable=False))
    op.create_check_constraint(
        op.f("ck_organizations_changes_until_days"), "organizations", "changes_until_days BETWEEN 0 AND 60"
    )
    op.add_column("orders", sa.Column("discount_cents", sa.Integer(), server_default="0", nullable=False))
    op.add_column("orders", sa.Column("discount_code_id", sa.Uuid(), nullable=True))
    op.add_column("orders", sa.Column("changes_until_days", sa.Integer(), server_default="2", nullable=False))
    op.create_foreign_key(
        op.f("fk_orders_discount_code_id_discount_codes"), "orders", "discount_codes", ["discount_code_id"], ["id"]
    )
    op.create_index(op.f("ix_orders_discount_code_id"), "orders", ["discount_code_id"])
    op.create_check_constraint(op.f("ck_orders_not_negative"), "orders", "net_cents >= 0 AND vat_cents >= 0")
    op.create_check_constraint(
        op.f("ck_orders_discount"),
        "orders",
        "discount_cents >= 0 AND net_cents = unit_price_cents * quantity - discount_cents",
    )


def _create_codes() -> None:
    op.create_table(
        "discount_codes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", postgresql.CITEXT(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=True),
        sa.Column("course_id", sa.Uuid(), nullable=True),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("max_uses", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("num_nonnulls(percent, amount_cents) = 1", name=op.f("ck_discount_codes_one_kind")),
        sa.CheckConstraint("percent BETWEEN 1 AND 100", name=op.f("ck_discount_codes_percent")),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_discount_codes_amount")),
        sa.CheckConstraint("max_uses > 0", name=op.f("ck_discount_codes_max_uses")),
        sa.CheckConstraint("valid_from < valid_until", name=op.f("ck_discount_codes_validity")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_discount_codes_organization_id_organizations")
        ),
        # A course that nobody ever ordered can be deleted, and its codes with it.
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_discount_codes_course_id_courses"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_discount_codes_created_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discount_codes")),
        sa.UniqueConstraint("organization_id", "code", name=op.f("uq_discount_codes_organization_id_code")),
    )
    op.create_index(op.f("ix_discount_codes_course_id"), "discount_codes", ["course_id"])
    op.create_index(op.f("ix_discount_codes_created_by"), "discount_codes", ["created_by"])


def _create_changes() -> None:
    ids = ("from_user_id", "to_user_id", "from_session_id", "to_session_id")
    op.create_table(
        "enrollment_changes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        *(sa.Column(name, sa.Uuid(), nullable=True) for name in ids),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kind IN ('participant', 'session')", name=op.f("ck_enrollment_changes_kind")),
        sa.CheckConstraint(
            "kind <> 'participant' OR num_nonnulls(from_user_id, to_user_id) = 2",
            name=op.f("ck_enrollment_changes_participant"),
        ),
        sa.CheckConstraint(
            "kind <> 'session' OR num_nonnulls(from_session_id, to_session_id) = 2",
            name=op.f("ck_enrollment_changes_session"),
        ),
        sa.ForeignKeyConstraint(
            ["enrollment_id"],
            ["enrollments.id"],
            name=op.f("fk_enrollment_changes_enrollment_id_enrollments"),
            ondelete="CASCADE",
        ),
        *(
            sa.ForeignKeyConstraint(
                [name],
                ["sessions.id" if "session" in name else "users.id"],
                name=op.f(f"fk_enrollment_changes_{name}_{'sessions' if 'session' in name else 'users'}"),
            )
            for name in (*ids, "changed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrollment_changes")),
    )
    for name in ("enrollment_id", "from_user_id", "to_user_id", "changed_by"):
        op.create_index(op.f(f"ix_enrollment_changes_{name}"), "enrollment_changes", [name])


def downgrade() -> None:
    """Revert."""
    for name in ("discount", "not_negative"):
        op.drop_constraint(op.f(f"ck_orders_{name}"), "orders", type_="check")
    for column in ("changes_until_days", "discount_code_id", "discount_cents"):
        op.drop_column("orders", column)
    op.drop_constraint(op.f("ck_organizations_changes_until_days"), "organizations", type_="check")
    op.drop_column("organizations", "changes_until_days")
    op.drop_table("enrollment_changes")
    op.drop_table("discount_codes")
