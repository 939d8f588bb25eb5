"""Makes the document: PDF/A-3 by the template, Factur-X XML inside, and the metadata that announces it."""

import io
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, Final

import pikepdf
from babel.numbers import format_currency
from stdnum import iban

from pygmalion_app.core.i18n import DEFAULT_LOCALE, REGIONS, format_day, format_days, format_number, translate
from pygmalion_app.core.typesetting import wordmark
from pygmalion_app.invoicing.document.typesetting import compiled
from pygmalion_app.invoicing.document.xml import factur_x
from pygmalion_app.invoicing.models import Invoice, InvoiceKind

ATTACHMENT: Final = "factur-x.xml"

# What tells a reader that the file is a Factur-X invoice, and (PDF/A asks for it) what those words mean.
_XMP: Final = """<rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
 fx:DocumentType="INVOICE" fx:DocumentFileName="factur-x.xml" fx:Version="1.0" fx:ConformanceLevel="EN 16931"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>fx</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""
_PROPERTY: Final = """<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>
<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>
<pdfaProperty:description>{description}</pdfaProperty:description></rdf:li>"""
_PROPERTIES: Final = {
    "DocumentFileName": "Name of the embedded XML invoice file",
    "DocumentType": "INVOICE",
    "Version": "Version of the Factur-X standard of the embedded XML",
    "ConformanceLevel": "Profile of the embedded XML",
}


class _Texts:
    """Texts in French, which the law asks for, and after it in the reader's language where that is another."""

    def __init__(self, locale: str) -> None:
        self.locales = tuple(dict.fromkeys((DEFAULT_LOCALE, locale)))

    def both(self, key: str, **arguments: object) -> list[str]:
        return list(dict.fromkeys(translate(locale, key, **arguments) for locale in self.locales))

    def day(self, day: date) -> str:
        return format_day(self.locales[-1], day)

    def days(self, first: str | None, last: str | None) -> str:
        if not first or not last:
            return ""
        start, end = (datetime.combine(date.fromisoformat(day), time(12), UTC) for day in (first, last))
        return format_days(self.locales[-1], start, end, "UTC")

    def money(self, cents: int, currency: str) -> str:
        # Cents always: the figures of a column stand under each other.
        return format_currency(Decimal(cents).scaleb(-2), currency, locale=REGIONS[self.locales[-1]])


def render(invoice: Invoice) -> bytes:
    """Return the PDF. Blocking and CPU-bound (some tens of milliseconds): call it in a thread."""
    content = document_data(invoice)
    return _announced(compiled("invoice.typ", content, attachment=factur_x(invoice).decode()))


def _announced(pdf: bytes) -> bytes:
    """Add the Factur-X words to the document's metadata."""
    properties = "".join(_PROPERTY.format(name=name, description=text) for name, text in _PROPERTIES.items())
    with pikepdf.open(io.BytesIO(pdf)) as document:
        before = document.Root.Metadata.read_bytes().decode()
        if before.count("</rdf:RDF>") != 1:
            message = "the document's metadata are not as expected"
            raise ValueError(message)
        after = before.replace("</rdf:RDF>", _XMP.format(properties=properties))
        document.Root.Metadata.write(after.encode())
        made = io.BytesIO()
        document.save(
            made,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.preserve,
            # The typesetter has said which version it is, and it stays that: no need to read the metadata through.
            fix_metadata_version=False,
        )
    return made.getvalue()


def document_data(invoice: Invoice) -> dict[str, Any]:
    """Return what the template shows; every text is translated here."""
    texts = _Texts(invoice.locale)
    kind = texts.both(f"invoice-kind-{invoice.kind.replace('_', '-')}")
    return {
        "lang": texts.locales[-1] if len(texts.locales) == 1 else DEFAULT_LOCALE,
        "title": f"{kind[0]} {invoice.number}",
        "author": invoice.seller["name"],
        "date": [invoice.issued_on.year, invoice.issued_on.month, invoice.issued_on.day],
        "wordmark": wordmark(),
        "kind": kind,
        "number": invoice.number,
        "sellerLabel": texts.both("invoice-seller"),
        "seller": _party(texts, invoice.seller),
        "buyerLabel": texts.both("invoice-buyer"),
        "buyer": _party(texts, invoice.buyer),
        "facts": _facts(invoice, texts),
        "headers": [texts.both(f"invoice-column-{name}") for name in ("description", "quantity", "unit", "net")],
        "lines": [_line(invoice, texts, line) for line in invoice.lines],
        "totals": _totals(invoice, texts),
        "mentions": [_mention(mention) for mention in invoice.details["mentions"]],
        "attachment": {"name": ATTACHMENT, "description": "Factur-X"},
    }


def _party(texts: _Texts, party: dict[str, Any]) -> dict[str, Any]:
    place = " ".join(part for part in (party["postal_code"], party["city"]) if part)
    country = party["country"] if party["country"] != "FR" else ""
    numbers = [
        ("SIRET", party["siret"]),
        (texts.both("invoice-vat-number")[0], party["vat_number"]),
        ("NDA", party["nda"]),
    ]
    return {
        "name": party["name"],
        "lines": [line for line in (*party["address"], place, country) if line],
        "numbers": [f"{name} {value}" for name, value in numbers if value],
    }


def _facts(invoice: Invoice, texts: _Texts) -> list[dict[str, Any]]:
    details = invoice.details
    paid = invoice.total_cents > 0 and invoice.prepaid_cents == invoice.total_cents
    entries = [
        ("invoice-issued-on", texts.day(invoice.issued_on)),
        ("invoice-due-on", texts.day(invoice.due_on) if invoice.due_on and not paid else ""),
        (_days_label(invoice), texts.days(details["starts_on"], details["ends_on"])),
        ("invoice-original", details["original_number"]),
        ("invoice-purchase-order", details["purchase_order"]),
        ("invoice-dossier", details["dossier"]),
        ("invoice-iban", iban.format(invoice.seller["iban"]) if _awaits_transfer(invoice) else ""),
        ("invoice-paid-by", texts.both("invoice-paid-card")[-1] if paid and _is_sale(invoice) else ""),
    ]
    return [{"label": texts.both(key), "value": value} for key, value in entries if value]


def _days_label(invoice: Invoice) -> str:
    return "invoice-service-month" if invoice.kind == InvoiceKind.COMMISSION else "invoice-service-days"


def _is_sale(invoice: Invoice) -> bool:
    return invoice.kind == InvoiceKind.INVOICE


def _awaits_transfer(invoice: Invoice) -> bool:
    return invoice.kind != InvoiceKind.CREDIT_NOTE and invoice.prepaid_cents < invoice.total_cents


def _line(invoice: Invoice, texts: _Texts, line: dict[str, Any]) -> list[str]:
    return [
        line["description"],
        line["detail"],
        str(line["quantity"]),
        texts.money(line["unit_cents"], invoice.currency),
        texts.money(line["net_cents"], invoice.currency),
    ]


def _totals(invoice: Invoice, texts: _Texts) -> list[dict[str, Any]]:
    discount = invoice.details["discount_cents"]
    rate = format_number(texts.locales[-1], invoice.vat_basis_points / 100)
    settled = "invoice-given-back" if invoice.kind == InvoiceKind.CREDIT_NOTE else "invoice-prepaid"
    rest = "invoice-credit-left" if invoice.kind == InvoiceKind.CREDIT_NOTE else "invoice-to-pay"
    rows = [
        (texts.both("invoice-discount"), -discount, discount > 0, False),
        (texts.both("invoice-net"), invoice.net_cents, True, False),
        (texts.both("invoice-vat", rate=rate), invoice.vat_cents, True, False),
        (texts.both("invoice-total"), invoice.total_cents, True, True),
        (texts.both(settled), -invoice.prepaid_cents, invoice.prepaid_cents > 0, False),
        (texts.both(rest), invoice.total_cents - invoice.prepaid_cents, True, True),
    ]
    return [
        {"label": label, "amount": texts.money(cents, invoice.currency), "strong": strong}
        for label, cents, shown, strong in rows
        if shown
    ]


def _mention(mention: dict[str, str]) -> list[str]:
    return list(dict.fromkeys((mention["fr"], mention["text"])))
