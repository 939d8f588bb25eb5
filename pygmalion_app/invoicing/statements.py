"""An organisation's account as a buyer, month by month: what it was invoiced, what it paid, what it owes."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import LiteralString
from uuid import UUID

from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.invoicing.queries import today
from pygmalion_app.invoicing.schemas import InvoiceView, Statement, StatementEntry
from pygmalion_app.organizations.models import Organization

# Each document once, what was settled through the gateway as it was issued beside it, and each transfer.
_ENTRIES: LiteralString = """
WITH mine AS (
  SELECT * FROM invoices WHERE buyer_organization_id = %(organization)s AND payer = 'organization'
), moved AS (
  SELECT issued_on AS day, 1 AS place, kind, number, seller ->> 'name' AS other_party,
    CASE WHEN kind = 'credit_note' THEN -total_cents ELSE total_cents END AS cents, id FROM mine
  UNION ALL
  SELECT issued_on, 2, CASE WHEN kind = 'credit_note' THEN 'refund' ELSE 'payment' END, number, seller ->> 'name',
    CASE WHEN kind = 'credit_note' THEN prepaid_cents ELSE -prepaid_cents END, id FROM mine WHERE prepaid_cents > 0
  UNION ALL
  SELECT t.received_on, 3, 'transfer', i.number, i.seller ->> 'name', -t.amount_cents, t.id
  FROM mine i JOIN invoice_transfers t ON t.invoice_id = i.id
)
SELECT *, coalesce(sum(cents) OVER (ORDER BY day, place, number, id), 0)::bigint AS balance FROM moved
WHERE day < %(month)s::date + interval '1 month' ORDER BY day, place, number, id
"""


async def statement(uow: UnitOfWork, organization_id: UUID, month: date | None = None) -> Statement:
    """Return an organisation's month (this one where none is given), for those who may read its payments."""
    uow.actor.require(Permission.PAYMENT_READ, organization_id)
    month = (month or today(uow)).replace(day=1)
    await uow.require_reach(organization_id)
    async with uow.elevated():
        organization = await uow.session.get_one(Organization, organization_id)
        rows = await uow.sql(_ENTRIES, organization=organization_id, month=month)
    before = [row for row in rows if row["day"] < month]
    entries = tuple(
        StatementEntry(
            day=row["day"],
            kind=row["kind"],
            number=row["number"],
            other_party=row["other_party"] or "",
            debit_cents=max(row["cents"], 0),
            credit_cents=max(-row["cents"], 0),
            balance_cents=row["balance"],
        )
        for row in rows
        if row["day"] >= month
    )
    opening = before[-1]["balance"] if before else 0
    return Statement(
        organization_id=organization_id,
        organization_name=organization.name,
        month=month,
        currency="EUR",
        opening_cents=opening,
        closing_cents=entries[-1].balance_cents if entries else opening,
        entries=entries,
    )


def as_csv(found: Statement) -> str:
    """Return a statement as CSV, amounts as decimal numbers; a text that a spreadsheet would compute is quoted."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["date", "kind", "number", "other_party", "debit", "credit", "balance", "currency"])
    writer.writerow([found.month.isoformat(), "opening", "", "", "", "", _amount(found.opening_cents), found.currency])
    for entry in found.entries:
        other = _harmless(entry.other_party)
        amounts = (entry.debit_cents, entry.credit_cents, entry.balance_cents)
        row = [entry.day.isoformat(), entry.kind, entry.number, other, *map(_amount, amounts), found.currency]
        writer.writerow(row)
    writer.writerow(["", "closing", "", "", "", "", _amount(found.closing_cents), found.currency])
    return out.getvalue()


def invoices_as_csv(found: Sequence[InvoiceView]) -> str:
    """Return invoices as CSV, a credit note's amounts negative."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["number", "kind", "issuer", "buyer", "issued_on", "due_on", "net", "vat", "total", "open", "currency", "state"]
    )
    for view in found:
        sign = -1 if view.kind == "credit_note" else 1
        amounts = (sign * view.net_cents, sign * view.vat_cents, sign * view.total_cents, view.open_cents)
        writer.writerow(
            [
                view.number,
                view.kind,
                _harmless(view.issuer_name),
                _harmless(view.buyer_name),
                view.issued_on.isoformat(),
                view.due_on.isoformat() if view.due_on else "",
                *map(_amount, amounts),
                view.currency,
                view.state.value,
            ]
        )
    return out.getvalue()


def _harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _amount(cents: int) -> str:
    sign, whole = "-" if cents < 0 else "", abs(cents)
    return f"{sign}{whole // 100}.{whole % 100:02d}"
