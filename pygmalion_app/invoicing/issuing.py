"""Giving a document its number: gapless for each issuer and year, once for each key, in the caller's transaction."""

from datetime import date, timedelta
from typing import Any, LiteralString, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg.types.json import Jsonb

from pygmalion_app.core import audit
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.invoicing.mentions import mentions
from pygmalion_app.invoicing.models import Invoice, InvoiceKind
from pygmalion_app.invoicing.schemas import InvoiceFacts

RENDER_TASK = "invoicing.render"
PREFIX = "PYG"
"""Marks the series: an organisation that sells elsewhere too numbers those invoices by itself."""
ACCOUNTS_ZONE = ZoneInfo("Europe/Paris")

_COLUMNS = tuple(name for name in Invoice.model_fields if name not in {"file_key", "sha256"})
_INSERT = cast(
    "LiteralString",
    f"INSERT INTO invoices ({', '.join(_COLUMNS)}) VALUES ({', '.join(f'%({name})s' for name in _COLUMNS)})",  # noqa: S608 - built from the table's own columns
)
_AS_THEY_ARE = (
    "key", "kind", "issuer_organization_id", "payer", "buyer_organization_id", "buyer_user_id", "vat_cents",
    "prepaid_cents", "currency", "vat_regime", "vat_basis_points", "locale", "order_id", "payment_id", "funding_id",
    "refund_id", "original_id", "net_cents", "total_cents",
)  # fmt: skip
_OPEN_COUNTER: LiteralString = """
INSERT INTO invoice_counters (id, issuer_organization_id, year, last) VALUES (%(id)s, %(issuer)s, %(year)s, 0)
ON CONFLICT (issuer_organization_id, year) DO NOTHING
"""
_LOCK_COUNTER: LiteralString = """
SELECT last FROM invoice_counters
WHERE issuer_organization_id IS NOT DISTINCT FROM %(issuer)s AND year = %(year)s FOR UPDATE
"""
_COUNT: LiteralString = """
UPDATE invoice_counters SET last = last + 1
WHERE issuer_organization_id IS NOT DISTINCT FROM %(issuer)s AND year = %(year)s
  AND NOT EXISTS (SELECT FROM invoices WHERE key = %(key)s)
RETURNING last
"""
"""Takes a number only for what is new: somebody may have issued it while this one waited for the counter."""
_EARLIER: LiteralString = "SELECT id FROM invoices WHERE key = %(key)s"


async def issue(uow: UnitOfWork, facts: InvoiceFacts) -> UUID:
    """Number and keep a document, have its PDF made, and return its id; the same key again returns the same one.

    The counter's row is the last lock that the transaction takes, and is held until it ends: a transaction that fails
    gives its number back, and the next one waits for it. The caller has checked the actor.
    """
    async with uow.elevated():
        today = uow.clock.now().astimezone(ACCOUNTS_ZONE).date()
        asked = {"key": facts.key, "issuer": facts.issuer_organization_id, "year": today.year}
        earlier = await uow.sql(_EARLIER, **asked)
        counted: list[dict[str, Any]] = []
        if not earlier:
            counted, earlier = await _count(uow, asked)
        if not counted:
            return earlier[0]["id"]
        row = _row(uow, facts, today, counted[0]["last"])
        uow.send_along(_INSERT, **row)
        await uow.defer(RENDER_TASK, invoice_id=str(row["id"]))
        await audit.record(
            uow,
            "invoice.issued",
            subject_id=row["id"],
            organization_id=facts.issuer_organization_id,
            facts={"kind": facts.kind.value},
        )
        return row["id"]


async def _count(uow: UnitOfWork, asked: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Lock the counter and take the next number; else return the document that has one by now."""
    locked, counted, earlier = await uow.pipeline((_LOCK_COUNTER, asked), (_COUNT, asked), (_EARLIER, asked))
    if locked:
        return counted, earlier
    # The year's first document opens its counter.
    await uow.sql(_OPEN_COUNTER, id=new_id(), **asked)
    return await _count(uow, asked)


def _row(uow: UnitOfWork, facts: InvoiceFacts, today: date, sequence: int) -> dict[str, Any]:
    due = today + timedelta(days=facts.due_days) if facts.kind is not InvoiceKind.CREDIT_NOTE else None
    return {name: getattr(facts, name) for name in _AS_THEY_ARE} | {
        "id": new_id(),
        "created_at": uow.clock.now(),
        "year": today.year,
        "sequence": sequence,
        "number": f"{PREFIX}-{today.year}-{sequence:05d}",
        "issued_on": today,
        "due_on": due,
        "seller": Jsonb(facts.seller.model_dump(mode="json")),
        "buyer": Jsonb(facts.buyer.model_dump(mode="json")),
        "lines": Jsonb([line.model_dump(mode="json") for line in facts.lines]),
        "details": Jsonb(_details(facts)),
    }


def _details(facts: InvoiceFacts) -> dict[str, object]:
    return {
        "discount_cents": facts.discount_cents,
        "discount_reason": facts.discount_reason,
        "starts_on": facts.starts_on.isoformat() if facts.starts_on else None,
        "ends_on": facts.ends_on.isoformat() if facts.ends_on else None,
        "purchase_order": facts.purchase_order,
        "dossier": facts.dossier,
        "original_number": facts.original_number,
        "original_issued_on": facts.original_issued_on.isoformat() if facts.original_issued_on else None,
        "mentions": mentions(facts),
    }
