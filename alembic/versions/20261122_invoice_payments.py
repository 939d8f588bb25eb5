"""Paying by invoice: where transfers go, what third parties take on, and purchase orders."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "e61b7a30c9d4"
down_revision: str | None = "6c0f4e92ab17"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_SYSTEM = "(SELECT app_system())"
_READS = (
    "(SELECT app_admin()) OR buyer_user_id = (SELECT app_user())"
    " OR buyer_organization_id = ANY ((SELECT app_orgs('manages'))::uuid[])"
    " OR seller_organization_id = ANY ((SELECT app_orgs('administers'))::uuid[])"
)
# At the end of the transaction, because the order, its payment and the shares are written one after the other.
_ADDS_UP = """CREATE FUNCTION order_funding_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before text := coalesce(current_setting('app.scope', true), '');
  wanted uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.order_id ELSE NEW.order_id END;
  fits boolean;
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  SELECT p.third_party_cents = (SELECT coalesce(sum(f.amount_cents), 0) FROM order_funding f
      WHERE f.order_id = o.id AND f.subrogation)
    AND p.amount_cents + p.third_party_cents = o.total_cents
    INTO fits FROM orders o JOIN payments p ON p.reference = o.id WHERE o.id = wanted;
  PERFORM set_config('app.scope', before, true);
  IF fits IS FALSE THEN
    RAISE EXCEPTION 'the shares of an order must add up to its total' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$"""


def upgrade() -> None:
    """Apply."""
    op.add_column("organizations", sa.Column("iban", sa.String(), nullable=True))
    op.add_column(
        "organizations", sa.Column("accepts_invoice_payment", sa.Boolean(), server_default="true", nullable=False)
    )
    op.add_column("orders", sa.Column("purchase_order", sa.String(), server_default="", nullable=False))
    for name in ("third_party_cents", "third_party_commission_cents"):
        op.add_column("payments", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    op.create_check_constraint(
        op.f("ck_payments_third_party"), "payments", "third_party_commission_cents BETWEEN 0 AND third_party_cents"
    )
    op.drop_constraint(op.f("ck_payments_mode"), "payments")
    op.create_check_constraint(op.f("ck_payments_mode"), "payments", "mode IN ('payment', 'setup', 'invoice')")
    _create_funding()
    op.execute(_ADDS_UP)
    op.execute(
        "CREATE TRIGGER parties BEFORE INSERT OR UPDATE OF order_id, buyer_user_id, buyer_organization_id,"
        " seller_organization_id ON order_funding FOR EACH ROW EXECUTE FUNCTION enrollment_parties()"
    )
    op.execute(
        "CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT OR UPDATE OF amount_cents, subrogation, order_id OR DELETE"
        " ON order_funding DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION order_funding_adds_up()"
    )
    op.execute("ALTER TABLE order_funding ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reads ON order_funding FOR SELECT USING ({_READS})")
    op.execute(f"CREATE POLICY changes ON order_funding FOR UPDATE USING ({_SYSTEM}) WITH CHECK ({_SYSTEM})")
    op.execute(f"CREATE POLICY adds ON order_funding FOR INSERT WITH CHECK ({_SYSTEM})")
    op.execute(f"CREATE POLICY deletes ON order_funding FOR DELETE USING ({_SYSTEM})")


def _create_funding() -> None:
    op.create_table(
        "order_funding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_user_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_organization_id", sa.Uuid(), nullable=True),
        sa.Column("seller_organization_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "name", "dossier")),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("amount_cents", "commission_cents", "credited_cents")
        ),
        sa.Column("subrogation", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('opco', 'cpf', 'other')", name=op.f("ck_order_funding_kind")),
        sa.CheckConstraint(
            "status IN ('requested', 'agreed', 'refused', 'paid')", name=op.f("ck_order_funding_status")
        ),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_order_funding_amount")),
        sa.CheckConstraint("commission_cents BETWEEN 0 AND amount_cents", name=op.f("ck_order_funding_commission")),
        sa.CheckConstraint("credited_cents BETWEEN 0 AND amount_cents", name=op.f("ck_order_funding_credited")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_order_funding_order_id_orders"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_funding")),
    )
    for column in ("order_id", "buyer_user_id", "buyer_organization_id", "seller_organization_id"):
        op.create_index(op.f(f"ix_order_funding_{column}"), "order_funding", [column])


def downgrade() -> None:
    """Revert."""
    op.drop_table("order_funding")
    op.execute("DROP FUNCTION order_funding_adds_up()")
    op.execute("DELETE FROM payments WHERE mode = 'invoice'")
    op.drop_constraint(op.f("ck_payments_mode"), "payments")
    op.create_check_constraint(op.f("ck_payments_mode"), "payments", "mode IN ('payment', 'setup')")
    op.drop_constraint(op.f("ck_payments_third_party"), "payments")
    for name in ("third_party_cents", "third_party_commission_cents"):
        op.drop_column("payments", name)
    op.drop_column("orders", "purchase_order")
    for name in ("accepts_invoice_payment", "iban"):
        op.drop_column("organizations", name)
