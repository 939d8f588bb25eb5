"""The waiting list of full sessions."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "b8f3e6a1d720"
down_revision: str | None = "c41d7be09a52"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_LIVE = sa.text("status IN ('waiting', 'offered')")
_STATES = "'waiting', 'offered', 'accepted', 'lapsed', 'left', 'closed'"
_SYSTEM = "(SELECT app_system())"
_READS = (
    "(SELECT app_admin()) OR user_id = (SELECT app_user())"
    " OR organization_id = ANY ((SELECT app_orgs('manages'))::uuid[])"
    " OR seller_organization_id = ANY ((SELECT app_orgs('trains_for'))::uuid[])"
)
# How many wait is everybody's to know, who waits is not: tickets are numbers.
_TICKETS = """CREATE FUNCTION waiting_tickets(wanted uuid[]) RETURNS TABLE (session_id uuid, ticket integer, quantity integer)
    LANGUAGE plpgsql STABLE ROWS 20 AS $$
    DECLARE
      before text := coalesce(current_setting('app.scope', true), '');
    BEGIN
      PERFORM set_config('app.scope', 'system', true);
      RETURN QUERY SELECT w.session_id, w.ticket, w.quantity FROM waiting_list_entries w
        WHERE w.session_id = ANY (wanted) AND w.status = 'waiting' ORDER BY w.session_id, w.ticket;
      PERFORM set_config('app.scope', before, true);
    END $$"""


def upgrade() -> None:
    """Apply."""
    _create_table()
    op.create_index(
        "uq_waiting_list_entries_person",
        "waiting_list_entries",
        ["session_id", "user_id"],
        unique=True,
        postgresql_where=sa.text("organization_id IS NULL AND status IN ('waiting', 'offered')"),
    )
    op.create_index(
        "uq_waiting_list_entries_company",
        "waiting_list_entries",
        ["session_id", "organization_id"],
        unique=True,
        postgresql_where=_LIVE,
    )
    op.create_index(
        "ix_waiting_list_entries_live",
        "waiting_list_entries",
        ["session_id", "ticket"],
        postgresql_where=_LIVE,
        postgresql_include=["status", "quantity", "held_seats"],
    )
    for column in ("user_id", "organization_id", "seller_organization_id", "order_id"):
        op.create_index(op.f(f"ix_waiting_list_entries_{column}"), "waiting_list_entries", [column])
    op.execute("ALTER TABLE waiting_list_entries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON waiting_list_entries FOR SELECT USING ({_READS})")
    op.execute(f"CREATE POLICY changes ON waiting_list_entries FOR UPDATE USING ({_SYSTEM}) WITH CHECK ({_SYSTEM})")
    op.execute(f"CREATE POLICY adds ON waiting_list_entries FOR INSERT WITH CHECK ({_SYSTEM})")
    op.execute(f"CREATE POLICY deletes ON waiting_list_entries FOR DELETE USING ({_SYSTEM})")
    op.execute(_TICKETS)


def _create_table() -> None:
    op.create_table(
        "waiting_list_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("seller_organization_id", sa.Uuid(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("participants", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("held_seats", sa.Integer(), nullable=False),
        sa.Column("skips", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("offer_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"status IN ({_STATES})", name=op.f("ck_waiting_list_entries_status")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_waiting_list_entries_quantity")),
        sa.CheckConstraint(
            "CASE status WHEN 'offered' THEN held_seats = quantity AND offer_expires_at IS NOT NULL"
            " WHEN 'waiting' THEN held_seats >= 0 AND held_seats < quantity ELSE held_seats = 0 END",
            name=op.f("ck_waiting_list_entries_held"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_waiting_list_entries_session_id_sessions")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_waiting_list_entries_user_id_users")),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_waiting_list_entries_organization_id_organizations"),
        ),
        sa.ForeignKeyConstraint(
            ["seller_organization_id"],
            ["organizations.id"],
            name=op.f("fk_waiting_list_entries_seller_organization_id_organizations"),
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_waiting_list_entries_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_list_entries")),
        sa.UniqueConstraint("session_id", "ticket", name=op.f("uq_waiting_list_entries_session_id_ticket")),
    )


def downgrade() -> None:
    """Undo."""
    op.execute("DROP FUNCTION waiting_tickets(uuid[])")
    op.drop_table("waiting_list_entries")
