"""Giving a document its number: gapless for each issuer and year, once for each key, in the caller's transaction."""

from datetime import date, timedelta
from typing import LiteralString, cast
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
WHERE issuer_organization_id IS NOT DISTINCT FROM %(issuer)s AND year = %(year)s RETURNING last
"""
_EARLIER: LiteralString = "SELECT id FROM invoices WHERE key = %(key)s"


async def issue(uow: UnitOfWork, facts: InvoiceFacts) -> UUID:
    """Number and keep a document, have its PDF made, and return its id; the same key again returns the same one.

    The counter's row is the last lock that the transaction takes, and is held until it ends: a transaction that fails
    gives its number back, and the next one waits for it. The caller has checked the actor.
    """
    async with uow.elevated():
        if earlier := await uow.sql(_EARLIER, key=facts.key):
            return earlier[0]["id"]
        today = uow.clock.now().astimezone(ACCOUNTS_ZONE).date()
        issuer, year = facts.issuer_organization_id, today.year
        await uow.sql(_OPEN_COUNTER, id=new_id(), issuer=issuer, year=year)
        await uow.sql(_LOCK_COUNTER, issuer=issuer, year=year)
        # Somebody may have issued it while we waited; a number is only taken for what is new.
        if earlier := await uow.sql(_EARLIER, key=facts.key):
            return earlier[0]["id"]
        sequence = (await uow.sql(_COUNT, issuer=issuer, year=year))[0]["last"]
        row = _row(uow, facts, today, sequence)
        values = row.model_dump(include=set(_COLUMNS), exclude={"seller", "buyer", "lines", "details"})
        documents = {name: Jsonb(getattr(row, name)) for name in ("seller", "buyer", "lines", "details")}
        await uow.sql(_INSERT, **values, **documents)
        await uow.defer(RENDER_TASK, invoice_id=str(row.id))
        await audit.record(
            uow, "invoice.issued", subject_id=row.id, organization_id=issuer, facts={"kind": facts.kind.value}
        )
        return row.id


def _row(uow: UnitOfWork, facts: InvoiceFacts, today: date, sequence: int) -> Invoice:
    due = today + timedelta(days=facts.due_days) if facts.kind is not InvoiceKind.CREDIT_NOTE else None
    return Invoice(
        **facts.model_dump(
            include={
                "key", "kind", "issuer_organization_id", "payer", "buyer_organization_id", "buyer_user_id", "vat_cents",
                "prepaid_cents", "currency", "vat_regime", "vat_basis_points", "locale", "order_id", "payment_id",
                "funding_id", "refund_id", "original_id",
            }
        ),
        id=new_id(),
        created_at=uow.clock.now(),
        year=today.year,
        sequence=sequence,
        number=f"{PREFIX}-{today.year}-{sequence:05d}",
        issued_on=today,
        due_on=due,
        seller=facts.seller.model_dump(mode="json"),
        buyer=facts.buyer.model_dump(mode="json"),
        lines=[line.model_dump(mode="json") for line in facts.lines],
        net_cents=facts.net_cents,
        total_cents=facts.total_cents,
        details={
            "discount_cents": facts.discount_cents,
            "discount_reason": facts.discount_reason,
            "starts_on": facts.starts_on.isoformat() if facts.starts_on else None,
            "ends_on": facts.ends_on.isoformat() if facts.ends_on else None,
            "purchase_order": facts.purchase_order,
            "dossier": facts.dossier,
            "original_number": facts.original_number,
            "original_issued_on": facts.original_issued_on.isoformat() if facts.original_issued_on else None,
            "mentions": mentions(facts),
        },
    )  # fmt: skip
