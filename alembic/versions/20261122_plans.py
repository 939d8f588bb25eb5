"""Plans: proposals, their bookings and gaps, how the search went, and the limits that plans keep to."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "c7f1a4e92d38"
down_revision: str | None = "8a4c1f6e25d9"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_SYSTEM = "(SELECT app_system())"
_MANAGED = "(SELECT app_admin()) OR organization_id = ANY ((SELECT app_orgs('manages'))::uuid[])"
_OWN = f"{_MANAGED} OR user_id = (SELECT app_user())"
_POLICIES = {
    "plans": _MANAGED,
    "plan_bookings": _MANAGED,
    "plan_gaps": _MANAGED,
    "plan_progress": _MANAGED,
    # Whoever it is about sees it too.
    "plan_unavailabilities": _OWN,
    "plan_shift_minimums": _MANAGED,
}


def upgrade() -> None:
    """Apply."""
    _create_plans()
    _create_bookings()
    _create_gaps()
    _create_progress()
    _create_limits()
    for table, reads in _POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
        op.execute(f"CREATE POLICY changes ON {table} FOR UPDATE USING ({_SYSTEM}) WITH CHECK ({_SYSTEM})")
        op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({_SYSTEM})")
        op.execute(f"CREATE POLICY deletes ON {table} FOR DELETE USING ({_SYSTEM})")


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        *parts,
        _foreign(name, "organization_id", "organizations"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _foreign(table: str, column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _create_plans() -> None:
    _table(
        "plans",
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=True),
        sa.Column("budget_cents", sa.BigInteger(), nullable=True),
        sa.Column("cost_center_id", sa.Uuid(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("trip_cents", "half_day_cents", "seconds_limit")),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("stop_asked", sa.Boolean(), server_default="false", nullable=False),
        *(
            sa.Column(name, sa.DateTime(timezone=True), nullable=True)
            for name in ("started_at", "finished_at", "beat_at")
        ),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("people_count", "needs_count", "unmet_count")),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in ("best_cents", "bound_cents")),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("gap_basis_points", "first_answer_ms")),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("booked_by", sa.Uuid(), nullable=True),
        _check("plans", "state", "state IN ('queued', 'solving', 'ready', 'failed', 'cancelled', 'booked')"),
        _check("plans", "budget", "budget_cents >= 0"),
        _check("plans", "weights", "trip_cents >= 0 AND half_day_cents >= 0"),
        _check("plans", "seconds_limit", "seconds_limit BETWEEN 1 AND 300"),
        _check("plans", "booked", "(state = 'booked') = (booked_at IS NOT NULL)"),
        _foreign("plans", "created_by", "users"),
        _foreign("plans", "booked_by", "users"),
        _foreign("plans", "site_id", "sites"),
        _foreign("plans", "cost_center_id", "cost_centers"),
    )
    for column in ("created_by", "booked_by", "site_id", "cost_center_id"):
        _index("plans", column)
    _index("plans", "organization_id", "created_at")


def _create_bookings() -> None:
    _table(
        "plan_bookings",
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("plan_id", "user_id", "session_id")),
        sa.Column("keys", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("proposed", sa.Boolean(), nullable=False),
        sa.Column("mark", sa.String(), server_default="", nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("is_trip", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("half_days", "gap_days")),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        _check("plan_bookings", "mark", "mark IN ('', 'pinned', 'forbidden')"),
        _check("plan_bookings", "reason", "proposed OR mark <> ''"),
        sa.UniqueConstraint(
            "plan_id", "user_id", "session_id", name=op.f("uq_plan_bookings_plan_id_user_id_session_id")
        ),
        _foreign("plan_bookings", "plan_id", "plans", ondelete="CASCADE"),
        _foreign("plan_bookings", "user_id", "users"),
        _foreign("plan_bookings", "session_id", "sessions"),
        _foreign("plan_bookings", "order_id", "orders"),
    )
    for column in ("organization_id", "user_id", "session_id", "order_id"):
        _index("plan_bookings", column)


def _create_gaps() -> None:
    _table(
        "plan_gaps",
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("plan_id", "user_id")),
        sa.Column("requirement_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        _foreign("plan_gaps", "plan_id", "plans", ondelete="CASCADE"),
        _foreign("plan_gaps", "user_id", "users"),
        _foreign("plan_gaps", "session_id", "sessions"),
    )
    for column in ("organization_id", "plan_id", "user_id", "session_id"):
        _index("plan_gaps", column)


def _create_progress() -> None:
    _table(
        "plan_progress",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("after_ms", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("best_cents", "bound_cents")),
        sa.Column("gap_basis_points", sa.Integer(), nullable=False),
        sa.Column("unmet_count", sa.Integer(), nullable=False),
        _foreign("plan_progress", "plan_id", "plans", ondelete="CASCADE"),
    )
    _index("plan_progress", "organization_id")
    op.create_index("ix_plan_progress_plan_id_round", "plan_progress", ["plan_id", "round", "after_ms"])


def _create_limits() -> None:
    _table(
        "plan_unavailabilities",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("first_day", "last_day")),
        _check("plan_unavailabilities", "days", "last_day >= first_day"),
        _foreign("plan_unavailabilities", "user_id", "users"),
    )
    _index("plan_unavailabilities", "user_id")
    _index("plan_unavailabilities", "organization_id", "last_day")
    _table(
        "plan_shift_minimums",
        *(sa.Column(name, sa.Uuid(), nullable=True) for name in ("site_id", "job_role_id")),
        sa.Column("minimum", sa.Integer(), nullable=False),
        _check("plan_shift_minimums", "minimum", "minimum BETWEEN 1 AND 10000"),
        _foreign("plan_shift_minimums", "site_id", "sites"),
        _foreign("plan_shift_minimums", "job_role_id", "job_roles"),
    )
    _index("plan_shift_minimums", "site_id")
    _index("plan_shift_minimums", "job_role_id")
    op.create_index(
        "uq_plan_shift_minimums_crew",
        "plan_shift_minimums",
        ["organization_id", "site_id", "job_role_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )


def downgrade() -> None:
    """Undo."""
    for table in reversed(_POLICIES):
        op.drop_table(table)
