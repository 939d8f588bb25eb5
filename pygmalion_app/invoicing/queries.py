"""Reading invoices: lists, one, and what each is still owed. The state follows from the rows, it is written nowhere."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, LiteralString
from uuid import UUID

from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.invoicing import policy
from pygmalion_app.invoicing.errors import InvoiceNotReadyError
from pygmalion_app.invoicing.issuing import ACCOUNTS_ZONE
from pygmalion_app.invoicing.schemas import InvoiceQuery, InvoiceState, InvoiceView, OwnPayment, Side

MOST_EXPORTED: Final = 20_000

# What is open on an invoice: its total less what was paid through the gateway, by transfers, and by credit notes that
# were not themselves given back through the gateway.
_STANDING: LiteralString = """
SELECT i.*, CASE WHEN i.kind = 'credit_note' THEN 0
  ELSE i.total_cents - i.prepaid_cents - coalesce(t.cents, 0) - coalesce(c.cents, 0) END AS open_cents,
  coalesce(c.whole, 0) AS credited_cents
FROM invoices i
LEFT JOIN LATERAL (SELECT sum(amount_cents)::bigint AS cents FROM invoice_transfers WHERE invoice_id = i.id) t ON true
LEFT JOIN LATERAL (SELECT sum(total_cents - prepaid_cents)::bigint AS cents, sum(total_cents)::bigint AS whole
  FROM invoices WHERE original_id = i.id) c ON true
"""
_STATE: LiteralString = """
CASE WHEN open_cents <= 0 AND kind <> 'credit_note' AND credited_cents >= total_cents AND total_cents > 0
  THEN 'credited' WHEN open_cents <= 0 THEN 'paid' WHEN due_on < %(today)s THEN 'overdue' ELSE 'due' END
"""
_ONE: LiteralString = (
    "SELECT *, " + _STATE + " AS state FROM (" + _STANDING + " WHERE i.id = %(id)s) AS standing"  # noqa: S608 - constants
)
_LIST: LiteralString = (
    "SELECT *, count(*) OVER () AS counted FROM (SELECT *, "  # noqa: S608 - constants
    + _STATE
    + " AS state FROM ("
    + _STANDING
    + """
WHERE (i.issuer_organization_id = ANY (%(issuers)s)
       OR (i.buyer_organization_id = ANY (%(buyers)s) AND i.payer <> 'third_party')
       OR (i.payer = 'user' AND i.buyer_user_id = %(user)s) OR %(all)s)
  AND (%(month)s::date IS NULL OR i.issued_on >= %(month)s AND i.issued_on < %(month)s + interval '1 month')
  AND (%(order)s::uuid IS NULL OR i.order_id = %(order)s)
) AS standing) AS listed WHERE %(state)s::text IS NULL OR state = %(state)s
ORDER BY issued_on DESC, number DESC, id LIMIT %(limit)s OFFSET %(offset)s
"""
)


_OWN: LiteralString = """
SELECT p.id, p.reference, p.description, p.amount_cents, p.currency, p.status, p.created_at,
  coalesce(d.paid, 0)::bigint AS paid_cents, coalesce(d.papers, '[]') AS papers, count(*) OVER () AS counted
FROM payments p LEFT JOIN LATERAL (
  SELECT sum(CASE WHEN i.kind = 'credit_note' THEN -i.prepaid_cents ELSE i.prepaid_cents END) AS paid,
    jsonb_agg(jsonb_build_object('id', i.id, 'kind', i.kind, 'number', i.number, 'ready', i.file_key IS NOT NULL)
      ORDER BY i.issued_on, i.number) AS papers
  FROM invoices i WHERE i.payment_id = p.id AND i.payer = 'user'
) d ON true
WHERE p.payer_user_id = %(user)s AND p.payer_organization_id IS NULL
ORDER BY p.id DESC LIMIT %(limit)s OFFSET %(offset)s
"""


async def invoice(uow: UnitOfWork, invoice_id: UUID) -> InvoiceView:
    """Return an invoice to its issuer or its buyer; NotFoundError to anybody else."""
    return view_of(policy.require_visible(uow.actor, await standing(uow, invoice_id)))


async def standing(uow: UnitOfWork, invoice_id: UUID) -> Mapping[str, Any] | None:
    """Return an invoice's row with `open_cents` and `state`; None where there is none in reach."""
    rows = await uow.sql(_ONE, id=invoice_id, today=today(uow))
    return rows[0] if rows else None


async def invoices(uow: UnitOfWork, wanted: InvoiceQuery, paging: PageRequest) -> Page[InvoiceView]:
    """Return invoices that the caller may see, newest first.

    Without an organisation: their own, and those of every organisation whose payments they may read.
    """
    rows = await _listed(uow, wanted, paging.limit, paging.offset)
    return Page(tuple(view_of(row) for row in rows), rows[0]["counted"] if rows else 0, paging)


async def all_invoices(uow: UnitOfWork, wanted: InvoiceQuery) -> list[InvoiceView]:
    """Return the whole list for an export, at most `MOST_EXPORTED`, newest first."""
    return [view_of(row) for row in await _listed(uow, wanted, MOST_EXPORTED, 0)]


async def _listed(uow: UnitOfWork, wanted: InvoiceQuery, limit: int, offset: int) -> list[dict[str, Any]]:
    user_id = uow.actor.require_user()
    organizations = _organizations(uow, wanted)
    whole = uow.actor.is_platform_admin and wanted.organization_id is None and not wanted.own
    return await uow.sql(
        _LIST,
        issuers=[] if wanted.side is Side.RECEIVED else organizations,
        buyers=[] if wanted.side is Side.ISSUED else organizations,
        user=user_id if wanted.organization_id is None else None,
        all=whole,
        month=wanted.month.replace(day=1) if wanted.month else None,
        order=wanted.order_id,
        state=wanted.state.value if wanted.state else None,
        today=today(uow),
        limit=limit,
        offset=offset,
    )


def _organizations(uow: UnitOfWork, wanted: InvoiceQuery) -> list[UUID]:
    if wanted.own:
        return []
    if wanted.organization_id is not None:
        uow.actor.require(Permission.PAYMENT_READ, wanted.organization_id)
        return [wanted.organization_id]
    return list(uow.actor.organizations_with(Permission.PAYMENT_READ))


async def own_payments(uow: UnitOfWork, paging: PageRequest) -> Page[OwnPayment]:
    """Return what the caller paid or is to pay for themself, newest first, each with its documents."""
    rows = await uow.sql(_OWN, user=uow.actor.require_user(), limit=paging.limit, offset=paging.offset)
    return Page(tuple(OwnPayment.model_validate(row) for row in rows), rows[0]["counted"] if rows else 0, paging)


async def document(uow: UnitOfWork, invoice_id: UUID) -> tuple[str, bytes]:
    """Return the file's name and the PDF, to issuer and buyer. Raises NotFoundError, InvoiceNotReadyError."""
    found = policy.require_visible(uow.actor, await standing(uow, invoice_id))
    if found["file_key"] is None:
        raise InvoiceNotReadyError(number=found["number"])
    try:
        return f"{found['number']}.pdf", await uow.ports.files.get(found["file_key"])
    except NotFoundError:
        raise InvoiceNotReadyError(number=found["number"]) from None


def view_of(row: Mapping[str, Any]) -> InvoiceView:
    """Return an invoice as people see it."""
    return InvoiceView(
        **{
            name: row[name]
            for name in (
                "id", "kind", "number", "issuer_organization_id", "payer", "buyer_organization_id", "issued_on",
                "due_on", "net_cents", "vat_cents", "total_cents", "open_cents", "currency", "order_id", "payment_id",
                "original_id", "funding_id",
            )
        },
        state=InvoiceState(row["state"]),
        issuer_name=row["seller"].get("name", ""),
        buyer_name=row["buyer"].get("name", ""),
        purchase_order=row["details"].get("purchase_order", ""),
        ready=row["file_key"] is not None,
    )  # fmt: skip


def today(uow: UnitOfWork) -> date:
    """Return the day of the accounts."""
    return uow.clock.now().astimezone(ACCOUNTS_ZONE).date()
