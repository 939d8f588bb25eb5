"""The document: validated by a library that did not make it, and read back as a recipient's software does."""

import io
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import facturx
import pikepdf
import pypdfium2

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.invoicing import queries
from pygmalion_app.invoicing.document.render import render
from pygmalion_app.invoicing.document.xml import factur_x
from pygmalion_app.invoicing.issuing import issue
from pygmalion_app.invoicing.models import Invoice
from pygmalion_app.invoicing.schemas import Party
from tests.cast import Cast
from tests.invoicing.facts import SELLER, facts
from tests.invoicing.schematron import broken_rules

RunJobs = Callable[[], Awaitable[None]]
RAM = {"ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"}
CREDIT = {
    "kind": "credit_note",
    "original_number": "PYG-2026-00001",
    "original_issued_on": date(2026, 11, 1),
    "prepaid_cents": 216_000,
}
CASES: dict[str, dict[str, Any]] = {
    "transfer": {},
    "english": {"locale": "en"},
    "card": {"prepaid_cents": 216_000},
    "exempt": {"vat_regime": "exempt_261_4_4", "vat_basis_points": 0, "vat_cents": 0, "payer": "user"},
    "franchise": {"vat_regime": "franchise_293_b", "vat_basis_points": 0, "vat_cents": 0},
    "third party": {"payer": "third_party", "dossier": "OPCO-2026-77"},
    "credit note": CREDIT,
    "commission": {"kind": "commission", "issuer_organization_id": None, "starts_on": None, "ends_on": None},
    "in person": {"payer": "user", "buyer": Party(name="Ana Crew"), "prepaid_cents": 216_000},
    "exempt without a VAT number": {
        "vat_regime": "franchise_293_b",
        "vat_basis_points": 0,
        "vat_cents": 0,
        "seller": SELLER.model_copy(update={"vat_number": "", "iban": ""}),
    },
    "abroad": {"buyer": Party(name="Flughafen", country="DE", city="Berlin")},
}


async def _issued(cast: Cast, **changes: Any) -> Invoice:
    async with unit_of_work(SYSTEM) as uow:
        if changes.get("kind") == "credit_note":
            changes = changes | {"original_id": await issue(uow, facts(cast))}
        issued = await issue(uow, facts(cast, **changes))
    async with unit_of_work(SYSTEM) as uow:
        return await uow.session.get_one(Invoice, issued)


def _said(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


async def test_every_kind_is_valid_factur_x(container: Container, cast: Cast) -> None:
    for name, changes in CASES.items():
        invoice = await _issued(cast, **changes)
        pdf = render(invoice)
        file, xml = facturx.get_xml_from_pdf(pdf, check_xsd=False)
        assert file == "factur-x.xml", name
        assert xml, name
        assert facturx.xml_check_xsd(xml, flavor="factur-x", level="en16931"), name
        assert broken_rules(xml) == [], name
        root = ET.fromstring(xml)

        def amount(tag: str, root: ET.Element = root) -> str:
            found = root.find(f".//ram:SpecifiedTradeSettlementHeaderMonetarySummation/ram:{tag}", RAM)
            assert found is not None, tag
            return str(found.text)

        assert amount("GrandTotalAmount") == f"{invoice.total_cents / 100:.2f}", name
        assert amount("TaxTotalAmount") == f"{invoice.vat_cents / 100:.2f}", name
        assert amount("DuePayableAmount") == f"{(invoice.total_cents - invoice.prepaid_cents) / 100:.2f}", name
        assert amount("AllowanceTotalAmount") == "100.00", name
        said = _said(pdf)
        assert invoice.number in said, name


async def test_an_invoice_that_does_not_add_up_breaks_the_rules(container: Container, cast: Cast) -> None:
    xml = factur_x(await _issued(cast))
    wrong = xml.replace(b"<ram:DuePayableAmount>2160.00", b"<ram:DuePayableAmount>2160.01")
    assert wrong != xml
    assert ["BR-CO-16" in rule for rule in broken_rules(wrong)] == [True]


async def test_the_file_is_pdf_a_3_and_announces_its_invoice(container: Container, cast: Cast) -> None:
    with pikepdf.open(io.BytesIO(render(await _issued(cast)))) as pdf:
        assert list(pdf.attachments) == ["factur-x.xml"]
        (attached,) = pdf.Root.AF
        assert str(attached.AFRelationship) == "/Alternative"
        assert str(attached.EF.F.Subtype) == "/text/xml"
        metadata = pdf.Root.Metadata.read_bytes()
        assert f"<pdf:PDFVersion>{pdf.pdf_version}</pdf:PDFVersion>".encode() in metadata
    root = ET.fromstring(metadata)
    fx, pdfa = "{urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}", "{http://www.aiim.org/pdfa/ns/id/}"
    words = {name: value for element in root.iter() for name, value in element.attrib.items()}
    texts = {element.tag: element.text for element in root.iter()}
    assert {words[f"{fx}{name}"] for name in ("DocumentType", "DocumentFileName", "ConformanceLevel")} == {
        "INVOICE",
        "factur-x.xml",
        "EN 16931",
    }
    assert (words | texts)[f"{pdfa}part"] == "3"
    assert b"pdfaProperty:name" in metadata


SAID = {
    "transfer": ["article L441-10", "40 €", "11755555555", "552 100 554 00013", "FR40552100554", "PO-77"],
    "exempt": ["article 261, 4-4° a"],
    "franchise": ["article 293 B"],
    "third party": ["subrogation", "OPCO-2026-77"],
    "credit note": ["Avoir sur la facture PYG-2026-00001"],
    "english": ["Facture", "Invoice", "penalties", "pénalités", "To pay"],
    "card": ["Acquittée en ligne"],
}


async def test_what_the_law_asks_for_is_written(container: Container, cast: Cast) -> None:
    for case, said in SAID.items():
        printed = _said(render(await _issued(cast, **CASES[case]))).replace(" ", "")
        for words in said:
            assert words.replace(" ", "") in printed, (case, words)
        between_professionals = case not in {"exempt", "credit note"}
        assert ("40€" in printed) is between_professionals, case


async def test_the_job_keeps_the_document_and_tells_the_buyer(
    container: Container, cast: Cast, run_jobs: RunJobs
) -> None:
    async with unit_of_work(SYSTEM) as uow:
        issued = await issue(uow, facts(cast, key=f"order:{new_id()}"))
    await run_jobs()
    async with unit_of_work(cast.marc) as uow:
        name, pdf = await queries.document(uow, issued)
    assert name == "PYG-2026-00001.pdf"
    assert pdf.startswith(b"%PDF-1.7")
    async with unit_of_work(SYSTEM) as uow:
        mails = await uow.sql("SELECT subject FROM outgoing_emails WHERE to_address = 'marc@test.example'")
    assert ["PYG-2026-00001" in mail["subject"] for mail in mails] == [True]
