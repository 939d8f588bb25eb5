"""The platform's own invoices: each month, to each organisation, its commission on what was sold in that month.

On sales paid by card the commission was kept back as they were paid; on sales paid by transfer it is still owed. The
commission includes its VAT (`payments.accounting`). Commissions given up with refunds are taken off.
"""

from datetime import date, datetime, timedelta
from typing import Any, Final, LiteralString
from uuid import UUID

from pygmalion_app.core.i18n import format_day, translate
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.invoicing.issuing import ACCOUNTS_ZONE, issue
from pygmalion_app.invoicing.models import InvoiceKind, PayerKind
from pygmalion_app.invoicing.schemas import InvoiceFacts, Line, Party

VAT_BASIS_POINTS: Final = 2000
_VAT_DIVISOR = 6

# From the books, which know when each sale was made and taken back: credits of COMMISSION and COMMISSION_VAT are
# revenue. What belongs to sales on account or to third parties was not kept back by the gateway.
_EARNED: LiteralString = """
SELECT p.payee_organization_id AS organization, e.currency, to_jsonb(o) AS buyer,
  -sum(l.amount_cents)::bigint AS earned,
  -(sum(l.amount_cents * CASE WHEN p.mode = 'invoice' THEN p.commission_cents + p.third_party_commission_cents
    ELSE p.third_party_commission_cents END::numeric
    / nullif(p.commission_cents + p.third_party_commission_cents, 0)))::bigint AS outside
FROM ledger_lines l JOIN ledger_entries e ON e.id = l.entry_id JOIN payments p ON p.id = e.payment_id
JOIN organizations o ON o.id = p.payee_organization_id
WHERE l.account IN ('COMMISSION', 'COMMISSION_VAT') AND e.occurred_at >= %(since)s AND e.occurred_at < %(until)s
  AND (%(organization)s::uuid IS NULL OR p.payee_organization_id = %(organization)s)
GROUP BY p.payee_organization_id, e.currency, o.id HAVING -sum(l.amount_cents) > 0
ORDER BY p.payee_organization_id, e.currency
"""


def month_before(day: date) -> date:
    """Return the first day of the month before the one of a day."""
    return date(day.year - (day.month == 1), (day.month - 2) % 12 + 1, 1)


def _bounds(month: date) -> tuple[datetime, datetime]:
    since, until = (datetime(day.year, day.month, day.day, tzinfo=ACCOUNTS_ZONE) for day in (month, _after(month)))
    return since, until


def _after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


async def earned(uow: UnitOfWork, month: date, organization: UUID | None = None) -> list[dict[str, Any]]:
    """Return what each organisation owes for a month, with its facts. A month of refunds only owes nothing."""
    since, until = _bounds(month)
    return await uow.sql(_EARNED, since=since, until=until, organization=organization)


async def bill(uow: UnitOfWork, month: date, row: dict[str, Any]) -> UUID:
    """Issue an organisation's commission invoice for a month; the same month again is the same invoice."""
    outside = max(0, min(row["outside"], row["earned"]))
    kept = row["earned"] - outside
    name = format_day("fr", month, pattern="MMMM y")
    total_vat = _contained(row["earned"])
    outside_net = outside - _contained(outside)
    parts = (
        ("invoice-line-commission-card", row["earned"] - total_vat - outside_net),
        ("invoice-line-commission-outside", outside_net),
    )
    lines = tuple(
        Line(description=translate("fr", key, month=name), quantity=1, unit_cents=net, net_cents=net)
        for key, net in parts
        if net
    )
    buyer = row["buyer"]
    return await issue(
        uow,
        InvoiceFacts(
            key=f"commission:{row['organization']}:{month:%Y-%m}:{row['currency']}",
            kind=InvoiceKind.COMMISSION,
            issuer_organization_id=None,
            seller=platform(uow),
            payer=PayerKind.ORGANIZATION,
            buyer_organization_id=row["organization"],
            buyer_user_id=None,
            buyer=Party(
                name=buyer["name"],
                address=tuple(line for line in (buyer["address_line1"], buyer["address_line2"]) if line),
                postal_code=buyer["postal_code"],
                city=buyer["city"],
                country=buyer["country"],
                siret=buyer["siret"] or "",
                vat_number=buyer["vat_number"] or "",
            ),
            lines=lines,
            vat_cents=total_vat,
            prepaid_cents=kept,
            currency=row["currency"],
            vat_regime="standard_20",
            vat_basis_points=VAT_BASIS_POINTS,
            due_days=uow.settings.invoice_due_days,
            starts_on=month,
            ends_on=_after(month) - timedelta(days=1),
        ),
    )


def platform(uow: UnitOfWork) -> Party:
    """Return the platform as its invoices name it."""
    settings = uow.settings
    lines = [line.strip() for line in settings.platform_address.split("|") if line.strip()]
    return Party(
        name=settings.platform_name,
        address=tuple(lines[:-1]),
        city=lines[-1] if lines else "",
        postal_code=settings.platform_postal_code,
        siret=settings.platform_siret.replace(" ", ""),
        vat_number=settings.platform_vat_number,
        iban=settings.platform_iban,
    )


def _contained(cents: int) -> int:
    """Return the VAT contained in an amount, rounded half up to the cent."""
    return (cents + _VAT_DIVISOR // 2) // _VAT_DIVISOR
