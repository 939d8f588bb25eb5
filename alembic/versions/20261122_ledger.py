"""ledger: entries that balance and are only ever added to; the payments taken so far are entered.

Two deferred triggers look at an entry as its transaction commits: whatever wrote it, it has at least two lines and they
add up to zero. An entry has one currency, so it balances in each.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "1d8e5b7c3f42"
down_revision: str | None = "b8f3e6a1d720"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_ACCOUNTS = "'BUYER', 'SELLER', 'COMMISSION', 'COMMISSION_VAT', 'GATEWAY', 'GATEWAY_FEE', 'DISPUTE', 'THIRD_PARTY'"
_KINDS = (
    "'sale', 'credit', 'charge', 'refund', 'refund_failed', 'dispute', 'dispute_won', 'dispute_lost', 'outside',"
    " 'third_party', 'transfer_back', 'fee', 'payout', 'payout_failed'"
)

# Whoever posted, the check reads all lines of the entry, in the system's name, for its own length.
_BALANCED = """CREATE FUNCTION ledger_balanced() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  scope text := coalesce(current_setting('app.scope', true), '');
  wanted uuid := CASE WHEN TG_TABLE_NAME = 'ledger_entries' THEN (to_jsonb(NEW) ->> 'id')::uuid
    ELSE (to_jsonb(NEW) ->> 'entry_id')::uuid END;
  lines bigint;
  balance numeric;
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  SELECT count(*), coalesce(sum(amount_cents), 0) INTO lines, balance FROM ledger_lines WHERE entry_id = wanted;
  PERFORM set_config('app.scope', scope, true);
  IF lines < 2 OR balance <> 0 THEN
    RAISE EXCEPTION 'ledger entry % does not balance: % lines, % cents', wanted, lines, balance
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$"""
_REFUSE = """CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$"""

_SYSTEM = "(SELECT app_system())"
_OWN = " OR ".join(
    f"organization_id = ANY ((SELECT app_orgs('{kind}'))::uuid[])" for kind in ("manages", "administers")
)
_LINES = f"(SELECT app_admin()) OR {_OWN}"
# The lines' own policy decides which of them this finds.
_ENTRIES = "(SELECT app_admin()) OR EXISTS (SELECT FROM ledger_lines l WHERE l.entry_id = ledger_entries.id)"

# What was taken before there were books: sold, and paid for. What was given back of it since is entered as given back.
_PAID = "mode = 'payment' AND payment_intent IS NOT NULL AND status IN ('succeeded', 'refunding', 'refunded') AND amount_cents > 0"
_PAST = (
    ("sale", "'sale:' || p.id", "NULL", "paid", "p.amount_cents", "p.commission_cents"),
    (
        "charge",
        "'charge:' || p.id || '\\:checkout'",
        "p.payment_intent",
        "paid",
        "p.amount_cents",
        "p.commission_cents",
    ),
    ("credit", "'credit:' || p.id || '\\:before'", "NULL", "back", "p.refunded_cents", "p.commission_cents"),
    (
        "refund",
        "'refund:' || p.id || '\\:before'",
        "p.payment_intent",
        "back",
        "p.refunded_cents",
        "p.commission_cents",
    ),
)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "ledger_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"kind IN ({_KINDS})", name=op.f("ck_ledger_entries_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entries")),
        sa.UniqueConstraint("key", name=op.f("uq_ledger_entries_key")),
    )
    for column in ("order_id", "payment_id", "source"):
        op.create_index(op.f(f"ix_ledger_entries_{column}"), "ledger_entries", [column])
    op.create_index("ix_ledger_entries_occurred_at", "ledger_entries", ["occurred_at", "id"])
    op.create_table(
        "ledger_lines",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(f"account IN ({_ACCOUNTS})", name=op.f("ck_ledger_lines_account")),
        sa.CheckConstraint("amount_cents <> 0", name=op.f("ck_ledger_lines_amount")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["ledger_entries.id"], name=op.f("fk_ledger_lines_entry_id_ledger_entries")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_ledger_lines_organization_id_organizations")
        ),
        sa.PrimaryKeyConstraint("entry_id", "position", name=op.f("pk_ledger_lines")),
    )
    op.create_index("ix_ledger_lines_organization_id_account", "ledger_lines", ["organization_id", "account"])
    _enter_the_past()
    op.execute(_BALANCED)
    op.execute(_REFUSE)
    for table, reads in (("ledger_lines", _LINES), ("ledger_entries", _ENTRIES)):
        op.execute(
            f"CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION ledger_balanced()"
        )
        op.execute(
            f"CREATE TRIGGER refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"
        )
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({reads})")
        op.execute(f"CREATE POLICY adds ON {table} FOR INSERT WITH CHECK ({_SYSTEM})")


def _enter_the_past() -> None:
    """Enter the payments that are there, with the same keys, accounts and roundings as `payments.accounting`."""
    op.execute("SELECT set_config('app.scope', 'system', true)")
    for kind, key, source, which, amount, commission in _PAST:
        amounts = f"{commission}::bigint * {amount} / p.amount_cents"
        op.execute(
            f"""WITH p AS (
              SELECT p.*, {amount} AS total, {amounts} AS part, ({amounts} + 3) / 6 AS vat FROM payments p
              WHERE {_PAID}{"" if which == "paid" else " AND refunded_cents > 0"}
            ), entry AS (
              INSERT INTO ledger_entries (id, key, kind, order_id, payment_id, source, currency, occurred_at)
              SELECT gen_random_uuid(), {key}, '{kind}', p.reference, p.id, {source}, p.currency,
                coalesce(p.paid_at, p.created_at) FROM p RETURNING id, payment_id
            )
            INSERT INTO ledger_lines (entry_id, position, account, amount_cents, organization_id)
            SELECT entry.id, line.position, line.account, line.amount, line.organization
            FROM entry JOIN p ON p.id = entry.payment_id CROSS JOIN LATERAL {_lines(kind)}
            WHERE line.amount <> 0"""  # noqa: S608 - constants
        )


def _lines(kind: str) -> str:
    sign = "" if kind in {"sale", "refund"} else "-"
    rows = [f"(1, 'BUYER', {sign}(p.total)::bigint, p.payer_organization_id)"]
    other = "-" if not sign else ""
    if kind in {"sale", "credit"}:
        rows += [
            f"(2, 'SELLER', {other}(p.total - p.part)::bigint, p.payee_organization_id)",
            f"(3, 'COMMISSION', {other}(p.part - p.vat)::bigint, p.payee_organization_id)",
            f"(4, 'COMMISSION_VAT', {other}(p.vat)::bigint, p.payee_organization_id)",
        ]
    else:
        rows += [
            f"(2, 'GATEWAY', {other}(p.total - p.part)::bigint, p.payee_organization_id)",
            f"(3, 'GATEWAY', {other}(p.part)::bigint, NULL::uuid)",
        ]
    return f"(VALUES {', '.join(rows)}) AS line (position, account, amount, organization)"


def downgrade() -> None:
    """Revert."""
    for table in ("ledger_lines", "ledger_entries"):
        op.drop_table(table)
    op.execute("DROP FUNCTION ledger_refuse(), ledger_balanced()")
