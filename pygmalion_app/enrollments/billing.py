"""Invoices of orders: gathers the facts, and has them issued by jobs that follow the transaction they tell of.

A company gets one invoice when its order is confirmed. A self-funded individual gets one for each instalment that was
charged: nothing may be collected, so nothing may be invoiced, before the withdrawal period is over (Code du travail
L6353-6); VAT on services falls due as money comes in (CGI article 269-2-c), and each payment on account needs an
invoice of its own (CGI article 289, I-1-c). Together they are the order's price. A refund that has succeeded, and a
seat of an unpaid order that is given up, get a credit note. A third party that agreed gets an invoice of its share.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, LiteralString
from uuid import UUID
from zoneinfo import ZoneInfo

from stdnum.fr import siren as siren_numbers

from pygmalion_app.core.i18n import translate
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.invoicing.issuing import issue
from pygmalion_app.invoicing.models import InvoiceKind, PayerKind
from pygmalion_app.invoicing.schemas import InvoiceFacts, Line, Party

BILL_TASK: Final = "enrollments.bill_order"
INSTALMENT_TASK: Final = "enrollments.bill_instalment"
REFUNDS_TASK: Final = "enrollments.credit_refunds"
CREDIT_TASK: Final = "enrollments.credit_order"
FUNDING_TASK: Final = "enrollments.bill_funding"
VAT_RATES: Final = {"standard_20": 2000, "exempt_261_4_4": 0, "franchise_293_b": 0}

_ORDER: LiteralString = """
SELECT o.*, c.title, c.title_en, s.starts_at, s.ends_at, s.time_zone, p.id AS payment_id, p.mode, p.status AS payment,
  p.amount_cents, p.third_party_cents, u.first_name, u.last_name, u.locale, d.code AS discount_code,
  to_jsonb(seller) AS seller, to_jsonb(buyer) AS buyer,
  ARRAY(SELECT concat_ws(' ', t.first_name, t.last_name) FROM enrollments e JOIN users t ON t.id = e.user_id
    WHERE e.order_id = o.id AND e.status <> 'CANCELLED' ORDER BY t.last_name, t.first_name, e.id) AS people
FROM orders o JOIN sessions s ON s.id = o.session_id JOIN courses c ON c.id = s.course_id
JOIN payments p ON p.reference = o.id JOIN users u ON u.id = o.buyer_user_id
JOIN organizations seller ON seller.id = o.seller_organization_id
LEFT JOIN organizations buyer ON buyer.id = o.buyer_organization_id
LEFT JOIN discount_codes d ON d.id = o.discount_code_id
WHERE o.id = %(order)s
"""
_INSTALMENT: LiteralString = """
SELECT i.*, p.reference, count(*) OVER () AS parts FROM instalments i JOIN payments p ON p.id = i.payment_id
WHERE i.payment_id = (SELECT payment_id FROM instalments WHERE id = %(id)s)
"""
_REFUNDS: LiteralString = """
SELECT r.id, r.amount_cents, coalesce('instalment:' || i.id, 'order:' || p.reference) AS original
FROM refunds r JOIN payments p ON p.id = r.payment_id LEFT JOIN instalments i ON i.payment_intent = r.payment_intent
WHERE p.reference = %(order)s AND r.status IN ('succeeded', 'covered', 'by_hand') ORDER BY r.created_at, r.id
"""
_ORIGINAL: LiteralString = """
SELECT i.*, coalesce((SELECT sum(c.total_cents) FROM invoices c WHERE c.original_id = i.id), 0)::bigint AS credited
FROM invoices i WHERE i.key = %(key)s
"""


async def bill_instalment(uow: UnitOfWork, instalment_id: UUID | None) -> None:
    """Have the invoice of an instalment issued that was just charged."""
    await uow.defer(INSTALMENT_TASK, instalment_id=str(instalment_id))


async def credit_refunds(uow: UnitOfWork, order_id: UUID) -> None:
    """Have credit notes issued for the refunds of an order that have succeeded."""
    await uow.defer(REFUNDS_TASK, order_id=str(order_id))


@dataclass(frozen=True, slots=True)
class _Sale:
    """An order with what its documents say. Amounts in cents."""

    row: dict[str, Any]

    @property
    def course(self) -> str:
        return (self.row["title_en"] if self.row["locale"] == "en" else "") or self.row["title"]

    def say(self, key: str, **words: object) -> str:
        return translate(self.row["locale"], key, **words)

    @property
    def basis_points(self) -> int:
        return VAT_RATES[self.row["vat_regime"]]

    def facts(self, *, key: str, payer: PayerKind, buyer: Party, lines: tuple[Line, ...], **more: Any) -> InvoiceFacts:
        """Return a document's facts; what differs between documents comes in `more`."""
        row = self.row
        given: dict[str, Any] = {
            "kind": InvoiceKind.INVOICE,
            "issuer_organization_id": row["seller_organization_id"],
            "seller": seller_of(row["seller"], row["vat_regime"]),
            "buyer_organization_id": row["buyer_organization_id"],
            "buyer_user_id": row["buyer_user_id"],
            "currency": row["currency"],
            "vat_regime": row["vat_regime"],
            "vat_basis_points": self.basis_points,
            "locale": row["locale"],
            "starts_on": _day(row, "starts_at"),
            "ends_on": _day(row, "ends_at"),
            "purchase_order": row["purchase_order"],
            "order_id": row["id"],
            "payment_id": row["payment_id"],
        }
        return InvoiceFacts(key=key, payer=payer, buyer=buyer, lines=lines, **(given | more))

    def buyer(self) -> tuple[PayerKind, Party]:
        """Return who owes what no third party pays."""
        if self.row["buyer"] is None:
            return PayerKind.USER, Party(name=f"{self.row['first_name']} {self.row['last_name']}")
        return PayerKind.ORGANIZATION, party_of(self.row["buyer"])

    def part(self, total_cents: int, description: str, detail: str = "") -> tuple[tuple[Line, ...], int]:
        """Return one line for a part of the price that is given including VAT, and that VAT."""
        net = split(total_cents, self.basis_points)
        return (
            Line(description=description, detail=detail, quantity=1, unit_cents=net, net_cents=net),
        ), total_cents - net


def split(total_cents: int, basis_points: int) -> int:
    """Return what of an amount including VAT is without it, rounded half up to the cent."""
    whole = 10_000 + basis_points
    return (total_cents * 10_000 * 2 + whole) // (whole * 2)


def party_of(organization: dict[str, Any]) -> Party:
    """Return an organisation as a document names it."""
    return Party(
        name=organization["name"],
        address=tuple(line for line in (organization["address_line1"], organization["address_line2"]) if line),
        postal_code=organization["postal_code"],
        city=organization["city"],
        country=organization["country"],
        siret=organization["siret"] or "",
        vat_number=organization["vat_number"] or "",
    )


def seller_of(organization: dict[str, Any], vat_regime: str) -> Party:
    """Return an organisation as a seller: with its declaration number, its account, and its VAT number if it taxes.

    A French company's VAT number follows from its SIREN.
    """
    seller = party_of(organization)
    number = seller.vat_number
    if not number and vat_regime == "standard_20" and seller.country == "FR" and seller.siret:
        number = "FR" + siren_numbers.to_tva(seller.siret[:9]).replace(" ", "")
    return seller.model_copy(
        update={"vat_number": number, "nda": organization["nda"] or "", "iban": organization["iban"] or ""}
    )


async def _sale(uow: UnitOfWork, order_id: UUID) -> _Sale | None:
    rows = await uow.sql(_ORDER, order=order_id)
    return _Sale(rows[0]) if rows else None


async def issue_for_order(uow: UnitOfWork, order_id: UUID) -> None:
    """Issue a company's invoice of a confirmed order: all of it, or what no third party pays by subrogation."""
    sale = await _sale(uow, order_id)
    if sale is None or sale.row["mode"] == "setup" or sale.row["confirmed_at"] is None or not sale.row["amount_cents"]:
        return
    row = sale.row
    payer, buyer = sale.buyer()
    people = sale.say("invoice-line-people", count=len(row["people"]), names=", ".join(row["people"]))
    course = sale.say("invoice-line-course", course=sale.course)
    more: dict[str, Any]
    if row["third_party_cents"]:
        lines, vat = sale.part(row["amount_cents"], course, f"{sale.say('invoice-line-share')} · {people}")
        more = {"vat_cents": vat}
    else:
        unit, quantity = row["unit_price_cents"], row["quantity"]
        lines = (
            Line(description=course, detail=people, quantity=quantity, unit_cents=unit, net_cents=unit * quantity),
        )
        more = {
            "vat_cents": row["vat_cents"],
            "discount_cents": row["discount_cents"],
            "discount_reason": row["discount_code"] or "",
        }
    by_card = row["mode"] == "payment"
    await issue(
        uow,
        sale.facts(
            key=f"order:{order_id}",
            payer=payer,
            buyer=buyer,
            lines=lines,
            prepaid_cents=row["amount_cents"] if by_card else 0,
            due_days=0 if by_card else uow.settings.invoice_due_days,
            **more,
        ),
    )


async def issue_for_instalment(uow: UnitOfWork, instalment_id: UUID) -> None:
    """Issue the invoice of an instalment that was charged."""
    parts = await uow.sql(_INSTALMENT, id=instalment_id)
    found = next((part for part in parts if part["id"] == instalment_id), None)
    sale = await _sale(uow, found["reference"]) if found else None
    if found is None or sale is None or found["paid_at"] is None:
        return
    payer, buyer = sale.buyer()
    detail = sale.say("invoice-line-instalment", number=str(found["number"]), of=str(found["parts"]))
    lines, vat = sale.part(found["amount_cents"], sale.say("invoice-line-course", course=sale.course), detail)
    await issue(
        uow,
        sale.facts(
            key=f"instalment:{instalment_id}",
            payer=payer,
            buyer=buyer,
            lines=lines,
            vat_cents=vat,
            prepaid_cents=found["amount_cents"],
        ),
    )


async def issue_for_refunds(uow: UnitOfWork, order_id: UUID) -> None:
    """Issue a credit note for each refund of an order that has succeeded and has none."""
    sale = await _sale(uow, order_id)
    for refund in await uow.sql(_REFUNDS, order=order_id):
        original = await _original(uow, refund["original"])
        if sale is None or original is None:
            continue  # money that came too late was never invoiced
        cents = min(refund["amount_cents"], original["total_cents"])
        await _credit(
            uow,
            sale,
            original,
            cents,
            "invoice-line-refund",
            key=f"refund:{refund['id']}",
            prepaid_cents=cents,
            refund_id=refund["id"],
        )


async def issue_credit(uow: UnitOfWork, order_id: UUID, key: str, amount_cents: int, funding_id: UUID | None) -> None:
    """Issue a credit note for seats given up that nobody gets back through the gateway; `key` names it once."""
    sale = await _sale(uow, order_id)
    if sale is None:
        return
    if funding_id is None:
        await issue_for_order(uow, order_id)
        original = await _original(uow, f"order:{order_id}")
    else:
        # A refused share was invoiced to the buyer.
        original = await _original(uow, f"funding:{funding_id}") or await _original(
            uow, f"funding-refused:{funding_id}"
        )
    if original is None:
        return  # a third party that has not agreed yet has no invoice: less will be invoiced
    await _credit(uow, sale, original, amount_cents, "invoice-line-cancelled", key=f"credit:{key}")


async def _original(uow: UnitOfWork, key: str) -> dict[str, Any] | None:
    rows = await uow.sql(_ORIGINAL, key=key)
    return rows[0] if rows else None


async def _credit(
    uow: UnitOfWork, sale: _Sale, original: dict[str, Any], cents: int, words: str, *, key: str, **more: Any
) -> None:
    """Issue a credit note on an invoice; the last one takes back exactly the VAT that is left."""
    description = sale.say(words, course=sale.course)
    if cents == original["total_cents"]:
        net, vat = original["net_cents"], original["vat_cents"]
        lines = (Line(description=description, quantity=1, unit_cents=net, net_cents=net),)
    else:
        lines, vat = sale.part(cents, description)
    await issue(
        uow,
        sale.facts(
            key=key,
            payer=PayerKind(original["payer"]),
            buyer=Party.model_validate(original["buyer"]),
            lines=lines,
            kind=InvoiceKind.CREDIT_NOTE,
            vat_cents=vat,
            original_id=original["id"],
            original_number=original["number"],
            original_issued_on=original["issued_on"],
            **more,
        ),
    )


async def issue_for_funding(uow: UnitOfWork, funding_id: UUID) -> None:
    """Issue the invoice of a third party's share: to the third party, or to the buyer once it was refused."""
    (share,) = await uow.sql("SELECT * FROM order_funding WHERE id = %(id)s", id=funding_id)
    sale = await _sale(uow, share["order_id"])
    cents = share["amount_cents"] - share["credited_cents"]
    if sale is None or not share["subrogation"] or cents <= 0 or share["status"] == "requested":
        return
    refused = share["status"] == "refused"
    payer, buyer = sale.buyer() if refused else (PayerKind.THIRD_PARTY, Party(name=share["name"]))
    words = "invoice-line-balance" if refused else "invoice-line-funding"
    detail = sale.say(words, name=share["name"])
    lines, vat = sale.part(cents, sale.say("invoice-line-course", course=sale.course), detail)
    await issue(
        uow,
        sale.facts(
            key=f"funding-refused:{funding_id}" if refused else f"funding:{funding_id}",
            payer=payer,
            buyer=buyer,
            lines=lines,
            vat_cents=vat,
            due_days=uow.settings.invoice_due_days,
            dossier="" if refused else share["dossier"],
            funding_id=funding_id,
        ),
    )


def _day(row: dict[str, Any], name: str) -> date:
    return row[name].astimezone(ZoneInfo(row["time_zone"])).date()
