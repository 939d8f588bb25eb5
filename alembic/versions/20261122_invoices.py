"""Invoices: gapless numbers, documents that nobody can change, transfers, reminders, third-party payers."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "a9c4e07d31b6"
down_revision: str | None = "a83e51c09d27"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_ME = "(SELECT app_user())"
_SYSTEM = "(SELECT app_system())"
_ADMIN = "(SELECT app_admin())"


def _in(column: str, *kinds: str) -> str:
    return " OR ".join(f"{column} = ANY ((SELECT app_orgs('{kind}'))::uuid[])" for kind in kinds)


_INVOICES = (
    f"{_ADMIN} OR buyer_user_id = {_ME} OR {_in('buyer_organization_id', 'manages', 'administers')}"
    f" OR {_in('issuer_organization_id', 'administers')}"
)
_POLICIES = {
    "invoices": _INVOICES,
    "invoice_counters": _SYSTEM,
    # Whoever sees the invoice.
    "invoice_transfers": f"{_ADMIN} OR EXISTS (SELECT FROM invoices i WHERE i.id = invoice_id)",
    "invoice_reminders": _SYSTEM,
}
_FUNCTIONS = (
    # Only the document's file may be filled in, once: what was issued is what it is.
    """CREATE FUNCTION invoice_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF to_jsonb(NEW) - ARRAY['file_key', 'sha256'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['file_key', 'sha256']
         OR OLD.file_key IS NOT NULL OR OLD.sha256 IS NOT NULL THEN
        RAISE EXCEPTION 'an invoice is never changed' USING ERRCODE = 'restrict_violation';
      END IF;
      RETURN NEW;
    END $$""",
    # A counter goes up by one at a time and never back, so that no number is given twice or left out.
    """CREATE FUNCTION invoice_counter_steps() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.last <> OLD.last + 1 OR NEW.year <> OLD.year
         OR NEW.issuer_organization_id IS DISTINCT FROM OLD.issuer_organization_id THEN
        RAISE EXCEPTION 'an invoice counter goes up by one' USING ERRCODE = 'restrict_violation';
      END IF;
      RETURN NEW;
    END $$""",
)
_TRIGGERS = (
    "CREATE TRIGGER final BEFORE UPDATE ON invoices FOR EACH ROW EXECUTE FUNCTION invoice_is_final()",
    "CREATE TRIGGER steps BEFORE UPDATE ON invoice_counters FOR EACH ROW EXECUTE FUNCTION invoice_counter_steps()",
)


def upgrade() -> None:
    """Apply."""
    _create_invoices()
    _create_counters()
    _create_transfers()
    _create_reminders()
    for statement in (*_FUNCTIONS, *_TRIGGERS):
        op.execute(statement)
    for table, reads in _POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
        op.execute(f"CREATE POLICY changes ON {table} FOR UPDATE USING ({_SYSTEM}) WITH CHECK ({_SYSTEM})")
        op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({_SYSTEM})")
        op.execute(f"CREATE POLICY deletes ON {table} FOR DELETE USING ({_SYSTEM})")


def _key(table: str) -> tuple[sa.Column[object], sa.Column[object], sa.PrimaryKeyConstraint]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _foreign(table: str, column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _create_invoices() -> None:
    json = postgresql.JSONB(astext_type=sa.Text())
    op.create_table(
        "invoices",
        *_key("invoices"),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("issuer_organization_id", sa.Uuid(), nullable=True),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("buyer_organization_id", sa.Uuid(), nullable=True),
        sa.Column("buyer_user_id", sa.Uuid(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("year", "sequence")),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        *(sa.Column(name, json, nullable=False) for name in ("seller", "buyer", "lines", "details")),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("net_cents", "vat_cents", "total_cents", "prepaid_cents", "vat_basis_points")
        ),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("currency", "vat_regime", "locale")),
        *(
            sa.Column(name, sa.Uuid(), nullable=True)
            for name in ("order_id", "payment_id", "funding_id", "refund_id", "original_id")
        ),
        sa.Column("file_key", sa.String(), nullable=True),
        sa.Column("sha256", sa.LargeBinary(), nullable=True),
        _check("invoices", "kind", "kind IN ('invoice', 'credit_note', 'commission')"),
        _check("invoices", "payer", "payer IN ('organization', 'user', 'third_party')"),
        _check("invoices", "total", "total_cents = net_cents + vat_cents"),
        _check("invoices", "amounts", "net_cents >= 0 AND vat_cents >= 0"),
        _check("invoices", "prepaid", "prepaid_cents BETWEEN 0 AND total_cents"),
        _check("invoices", "original", "(kind = 'credit_note') = (original_id IS NOT NULL)"),
        _check("invoices", "issuer", "(kind <> 'commission') = (issuer_organization_id IS NOT NULL)"),
        _foreign("invoices", "issuer_organization_id", "organizations"),
        _foreign("invoices", "buyer_organization_id", "organizations"),
        _foreign("invoices", "buyer_user_id", "users"),
        _foreign("invoices", "original_id", "invoices"),
        sa.UniqueConstraint("key", name=op.f("uq_invoices_key")),
        sa.UniqueConstraint("funding_id", name=op.f("uq_invoices_funding_id")),
        sa.UniqueConstraint("refund_id", name=op.f("uq_invoices_refund_id")),
        sa.UniqueConstraint(
            "issuer_organization_id",
            "year",
            "sequence",
            name=op.f("uq_invoices_issuer_organization_id_year_sequence"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    for column in ("buyer_organization_id", "buyer_user_id", "issued_on", "order_id", "payment_id", "original_id"):
        op.create_index(op.f(f"ix_invoices_{column}"), "invoices", [column])


def _create_counters() -> None:
    op.create_table(
        "invoice_counters",
        *_key("invoice_counters"),
        sa.Column("issuer_organization_id", sa.Uuid(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        _foreign("invoice_counters", "issuer_organization_id", "organizations"),
        sa.UniqueConstraint(
            "issuer_organization_id",
            "year",
            name=op.f("uq_invoice_counters_issuer_organization_id_year"),
            postgresql_nulls_not_distinct=True,
        ),
    )


def _create_transfers() -> None:
    op.create_table(
        "invoice_transfers",
        *_key("invoice_transfers"),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        _check("invoice_transfers", "amount", "amount_cents <> 0"),
        _foreign("invoice_transfers", "invoice_id", "invoices", "CASCADE"),
        _foreign("invoice_transfers", "recorded_by", "users"),
    )
    for column in ("invoice_id", "recorded_by"):
        op.create_index(op.f(f"ix_invoice_transfers_{column}"), "invoice_transfers", [column])


def _create_reminders() -> None:
    op.create_table(
        "invoice_reminders",
        *_key("invoice_reminders"),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        _foreign("invoice_reminders", "invoice_id", "invoices", "CASCADE"),
        sa.UniqueConstraint("invoice_id", "step", name=op.f("uq_invoice_reminders_invoice_id_step")),
    )


def downgrade() -> None:
    """Revert."""
    for table in ("invoice_reminders", "invoice_transfers", "invoice_counters", "invoices"):
        op.drop_table(table)
    op.execute("DROP FUNCTION invoice_is_final(), invoice_counter_steps()")
