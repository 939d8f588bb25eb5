"""The invoice as Factur-X XML (EN 16931), built with drafthorse, which checks it against the schema as it writes it."""
# drafthorse has no types.
# pyright: reportMissingTypeStubs=false

from datetime import date
from decimal import Decimal
from typing import Any

from drafthorse.models.accounting import ApplicableTradeTax, CategoryTradeTax, TradeAllowanceCharge
from drafthorse.models.document import Document
from drafthorse.models.note import IncludedNote
from drafthorse.models.party import TaxRegistration
from drafthorse.models.payment import PaymentMeans, PaymentTerms
from drafthorse.models.tradelines import LineItem

from pygmalion_app.core.i18n import translate
from pygmalion_app.invoicing.mentions import EXEMPT, FRANCHISE
from pygmalion_app.invoicing.models import Invoice, InvoiceKind

PROFILE = "urn:cen.eu:en16931:2017"
SCHEMA = "FACTUR-X_EN16931"
_INVOICE, _CREDIT_NOTE = "380", "381"
_SIRENE_SCHEME = "0002"
_VAT_SCHEME, _TAX_SCHEME = "VA", "FC"
_STANDARD, _EXEMPT = "S", "E"
_REASON_CODES = {EXEMPT: "VATEX-EU-132-1I", FRANCHISE: "VATEX-FR-FRANCHISE"}
_CARD, _TRANSFER, _UNDEFINED = "48", "30", "1"
_UNIT = "C62"
_SIREN_LENGTH = 9


def factur_x(invoice: Invoice) -> bytes:
    """Return the XML; it says what the page says."""
    document: Any = Document()
    document.context.guideline_parameter.id = PROFILE
    document.header.id = invoice.number
    credit = invoice.kind == InvoiceKind.CREDIT_NOTE
    document.header.type_code = _CREDIT_NOTE if credit else _INVOICE
    document.header.issue_date_time = invoice.issued_on
    for mention in invoice.details["mentions"]:
        note: Any = IncludedNote()
        note.content = mention["fr"]
        if mention["subject"]:
            note.subject_code = mention["subject"]
        document.header.notes.add(note)
    _parties(document, invoice)
    for number, line in enumerate(invoice.lines, 1):
        document.trade.items.add(_line(invoice, number, line))
    _settlement(document, invoice)
    return document.serialize(schema=SCHEMA)


def _parties(document: Any, invoice: Invoice) -> None:
    _party(document.trade.agreement.seller, invoice.seller)
    _register_untaxed(document.trade.agreement.seller, invoice.seller)
    _party(document.trade.agreement.buyer, invoice.buyer)
    if invoice.details["purchase_order"]:
        document.trade.agreement.buyer_order.issuer_assigned_id = invoice.details["purchase_order"]
    if invoice.details["dossier"]:
        document.trade.agreement.contract.issuer_assigned_id = invoice.details["dossier"]
    # EN 16931 wants no empty delivery: what names no days was delivered when it was invoiced.
    ends_on = invoice.details["ends_on"]
    document.trade.delivery.event.occurrence = date.fromisoformat(ends_on) if ends_on else invoice.issued_on


def _party(party: Any, facts: dict[str, Any]) -> None:
    party.name = facts["name"]
    if facts["siret"]:
        party.legal_organization.id = (_SIRENE_SCHEME, facts["siret"][:_SIREN_LENGTH])
    lines = [*facts["address"], "", ""]
    party.address.postcode, party.address.city_name = facts["postal_code"], facts["city"]
    party.address.line_one, party.address.line_two = lines[0], lines[1]
    party.address.country_id = facts["country"]
    if facts["vat_number"]:
        party.tax_registrations.add(TaxRegistration(id=(_VAT_SCHEME, facts["vat_number"])))


def _register_untaxed(seller: Any, facts: dict[str, Any]) -> None:
    """Name a seller without a VAT number to the tax office (BT-32) by its SIREN: exempt sales ask for either."""
    if facts["siret"] and not facts["vat_number"]:
        seller.tax_registrations.add(TaxRegistration(id=(_TAX_SCHEME, facts["siret"][:_SIREN_LENGTH])))


def _line(invoice: Invoice, number: int, line: dict[str, Any]) -> LineItem:
    item: Any = LineItem()
    item.document.line_id = str(number)
    item.product.name = line["description"]
    if line["detail"]:
        item.product.description = line["detail"]
    item.agreement.net.amount = _amount(line["unit_cents"])
    item.delivery.billed_quantity = (Decimal(line["quantity"]), _UNIT)
    item.settlement.trade_tax.type_code = "VAT"
    item.settlement.trade_tax.category_code = _category(invoice)
    item.settlement.trade_tax.rate_applicable_percent = _rate(invoice)
    item.settlement.monetary_summation.total_amount = _amount(line["net_cents"])
    return item


def _settlement(document: Any, invoice: Invoice) -> None:
    settlement = document.trade.settlement
    settlement.currency_code = invoice.currency
    settlement.payment_means.add(_means(invoice))
    settlement.trade_tax.add(_tax(invoice))
    discount = invoice.details["discount_cents"]
    if discount:
        settlement.allowance_charge.add(_allowance(invoice, discount))
    if invoice.due_on:
        terms: Any = PaymentTerms()
        terms.due = invoice.due_on
        settlement.terms.add(terms)
    if invoice.details["original_number"]:
        settlement.invoice_referenced_document.issuer_assigned_id = invoice.details["original_number"]
        settlement.invoice_referenced_document.issue_date_time = date.fromisoformat(
            invoice.details["original_issued_on"]
        )
    total = settlement.monetary_summation
    total.line_total = _amount(invoice.net_cents + discount)
    total.charge_total = _amount(0)
    total.allowance_total = _amount(discount)
    total.tax_basis_total = _amount(invoice.net_cents)
    total.tax_total = (_amount(invoice.vat_cents), invoice.currency)
    total.grand_total = _amount(invoice.total_cents)
    total.prepaid_total = _amount(invoice.prepaid_cents)
    total.due_amount = _amount(invoice.total_cents - invoice.prepaid_cents)


def _means(invoice: Invoice) -> PaymentMeans:
    means: Any = PaymentMeans()
    iban = invoice.seller["iban"]
    by_card = invoice.prepaid_cents == invoice.total_cents
    means.type_code = _CARD if by_card else _TRANSFER if iban else _UNDEFINED
    if not by_card and iban:
        means.payee_account.iban = iban
    return means


def _tax(invoice: Invoice) -> ApplicableTradeTax:
    tax: Any = ApplicableTradeTax()
    tax.calculated_amount = _amount(invoice.vat_cents)
    tax.basis_amount = _amount(invoice.net_cents)
    tax.type_code = "VAT"
    tax.category_code = _category(invoice)
    tax.rate_applicable_percent = _rate(invoice)
    if invoice.vat_regime in _REASON_CODES:
        name = "exempt" if invoice.vat_regime == EXEMPT else "franchise"
        tax.exemption_reason = translate("fr", f"invoice-mention-{name}")
        tax.exemption_reason_code = _REASON_CODES[invoice.vat_regime]
    return tax


def _allowance(invoice: Invoice, discount: int) -> TradeAllowanceCharge:
    allowance: Any = TradeAllowanceCharge()
    allowance.indicator = False
    allowance.actual_amount = _amount(discount)
    allowance.reason = invoice.details["discount_reason"] or translate("fr", "invoice-discount")
    tax: Any = CategoryTradeTax()
    tax.type_code, tax.category_code, tax.rate_applicable_percent = "VAT", _category(invoice), _rate(invoice)
    allowance.trade_tax.add(tax)
    return allowance


def _category(invoice: Invoice) -> str:
    return _EXEMPT if invoice.vat_regime in _REASON_CODES else _STANDARD


def _rate(invoice: Invoice) -> Decimal:
    return _amount(invoice.vat_basis_points)


def _amount(cents: int) -> Decimal:
    """Return hundredths as an exact decimal number: euros of cents, percents of basis points."""
    return Decimal(cents).scaleb(-2)
