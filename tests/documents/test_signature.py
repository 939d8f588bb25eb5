"""Signed documents, judged by pyHanko's validator and looked into by pikepdf."""

import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pikepdf
import pytest
from asn1crypto import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from pygmalion_app.certificates.content import Content
from pygmalion_app.certificates.document import render
from pygmalion_app.certificates.document.completion import completion_data
from pygmalion_app.certificates.document.dress import Dress
from pygmalion_app.certificates.document.signature import DocumentKey, sign
from pygmalion_app.certificates.document.typesetting import typeset
from pygmalion_app.certificates.keys import authority, material
from pygmalion_app.certificates.keys.authority import Named
from pygmalion_app.certificates.keys.kinds import KeyKind

NOW = datetime.now(UTC)
DAY = date(2026, 11, 20)
CREDENTIAL = '{"credentialSubject":"Léa"}'.encode()
CONTENT = Content(
    id=UUID(int=7), number="PYG-2026-7QK4-9F3D", holder="Léa Durand", course="Sûreté", course_en="Security",
    category="SECURITY", modality="PRESENTIEL", duration_minutes=210, legal_basis="UE 2015/1998",
    organization="École du Ciel", organization_slug="ecole", siret="73282932000074", nda="11755555555",
    location="Paris CDG", language="fr", starts_on=DAY, ends_on=DAY, completed_on=DAY, issued_on=DAY, valid_until=None,
    locale="fr", signatory="Claire Morel", signatory_title="Directrice", organization_city="Roissy", employer="Aéro SA",
)  # fmt: skip
URL = "https://pygmalion.example/verify/Zk3v9sQ2x0aTq8mWb1Lr7A"


def new_key(name: str = "École du Ciel") -> DocumentKey:
    """Return a key with a certificate of an authority of its own."""
    root = material.generate(KeyKind.AUTHORITY)
    own = material.generate(KeyKind.P256)
    ca = authority.authority_certificate(root, "Pygmalion", "pygmalion.example", NOW)  # pyright: ignore[reportArgumentType]
    certificate = authority.signer_certificate(own.public_key(), Named(name, CONTENT.siret), ca, root, NOW)  # pyright: ignore[reportArgumentType]
    return DocumentKey(material.private_der(own), (certificate, ca))


def judged(document: bytes, root: bytes) -> PdfSignatureStatus:
    """Return pyHanko's judgement of the only signature in a document."""
    (signature,) = PdfFileReader(io.BytesIO(document)).embedded_signatures
    context = ValidationContext(trust_roots=[x509.Certificate.load(root)], allow_fetching=False)
    return validate_pdf_signature(signature, context)


def accepted(document: bytes, root: bytes) -> bool:
    """Return whether pyHanko accepts a document; what it cannot even read it does not accept."""
    try:
        return judged(document, root).bottom_line
    except (SignatureValidationError, PdfError, ValueError, IndexError, KeyError, OSError):
        return False


@pytest.fixture(scope="module")
def key() -> DocumentKey:
    """Return the school's key."""
    return new_key()


@pytest.fixture(scope="module")
def signed(key: DocumentKey) -> bytes:
    """Return a signed certificate."""
    return sign(render.render(CONTENT, URL, CREDENTIAL, Dress()), key, NOW, "Paris CDG")


def test_another_program_accepts_the_signature_and_knows_who_signed(signed: bytes, key: DocumentKey) -> None:
    status = judged(signed, key.chain[-1])
    assert status.bottom_line
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert status.modification_level is ModificationLevel.NONE
    assert status.signing_cert.subject.native["organization_name"] == "École du Ciel"
    assert status.signing_cert.subject.native["organization_identifier"] == "NTRFR-732829320"
    (signature,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.docmdp_level is MDPPerm.NO_CHANGES
    assert status.signer_reported_dt == NOW.replace(microsecond=0)
    # No more than the holder's copy needs: no serial, no mail address.
    assert key.private_der not in signed


def test_a_signature_of_another_authority_is_not_trusted(signed: bytes) -> None:
    assert not accepted(signed, new_key().chain[-1])


@pytest.mark.parametrize("share", [0.05, 0.2, 0.4, 0.6, 0.7])
def test_one_byte_altered_anywhere_is_refused(signed: bytes, key: DocumentKey, share: float) -> None:
    at = int(len(signed) * share)
    altered = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
    assert not accepted(altered, key.chain[-1])


def test_the_signature_itself_altered_is_refused(signed: bytes, key: DocumentKey) -> None:
    # The signature proper stands at the end of its structure; zeros fill the rest of the place kept for it.
    place = re.search(rb"/Contents\s*<([0-9a-fA-F]{4000,})>", signed)
    assert place is not None
    at = place.start(1) + len(place[1].rstrip(b"0")) - 20
    altered = signed[:at] + (b"0" if signed[at : at + 1] != b"0" else b"1") + signed[at + 1 :]
    assert not accepted(altered, key.chain[-1])


def test_something_added_afterwards_is_refused(signed: bytes, key: DocumentKey) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    writer.root["/Added"] = writer.root["/Pages"]
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(signed)
    assert not accepted(out.getvalue(), key.chain[-1])
    with pytest.raises(SigningError):
        sign(signed, key, NOW + timedelta(days=1))


def test_signed_it_is_still_archival_and_accessible(signed: bytes) -> None:
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "3A"
            assert str(metadata["pdfuaid:part"]) == "1"
            assert "Léa Durand" in str(metadata["dc:title"])
        root = pdf.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang) == "fr"
        assert "/StructTreeRoot" in root
        assert root.ViewerPreferences.DisplayDocTitle
        assert root.OutputIntents[0].S == "/GTS_PDFA1"
        assert pdf.attachments["credential.json"].get_file().read_bytes() == CREDENTIAL
        assert root.AF[0].AFRelationship == "/Data"
        # PDF/A wants no field that needs drawing; PDF/UA, that one outside the page is none of the page's content.
        (widget,) = (note for note in pdf.pages[0].Annots if note.Subtype == "/Widget")
        assert [float(edge) for edge in widget.Rect] == [0, 0, 0, 0]
        assert int(widget.F) & 4
        assert not root.AcroForm.get("/NeedAppearances", False)
        fonts = pdf.pages[0].Resources.Font
        assert all("/FontFile" in str(list(_descriptor(font).keys())) for font in fonts.values())


def _descriptor(font: pikepdf.Object) -> pikepdf.Object:
    return font.DescendantFonts[0].FontDescriptor if "/DescendantFonts" in font else font.FontDescriptor


@pytest.mark.parametrize(("changes", "pages"), [({}, 1), ({"signatory": "", "employer": "", "siret": ""}, 1)])
def test_the_statement_of_completion_is_one_accessible_page(changes: dict[str, str], pages: int) -> None:
    made = typeset("completion.typ", completion_data(CONTENT.model_copy(update=changes), Dress(), "fr"))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) == pages
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "3A"


def test_the_statement_says_what_the_law_wants() -> None:
    data = completion_data(CONTENT, Dress(), "fr")
    said = json.dumps(data, ensure_ascii=False)
    who = ("Claire Morel", "École du Ciel", "Léa Durand", "Aéro SA")
    assert all(fact in said for fact in (*who, "Sûreté", "20 novembre 2026", "3\xa0h\xa030"))
    assert [nature["checked"] for nature in data["natures"]] == [True, False, False, False]
