"""The PDF: same content, same bytes; standards; attachment; any name."""

import html
import re
import zlib
from datetime import date
from uuid import UUID

import pypdfium2
import pytest
import zxingcpp

from pygmalion_app.certificates.content import Content
from pygmalion_app.certificates.document import render as rendering
from pygmalion_app.certificates.document.dress import Dress
from pygmalion_app.certificates.document.render import document_data
from tests.scanner import picture, scan

URL = "https://pygmalion.example/verify/Zk3v9sQ2x0aTq8mWb1Lr7A"
CREDENTIAL = '{"name":"Léa"}'.encode()
_SHAPE = '<circle cx="20" cy="5" r="4" fill="#0b5d6b"/>'
_LOGO = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10">{_SHAPE}</svg>'.encode()
WORDS = {
    "signatory": "Claire Morel",
    "signatory_title": "Directrice pédagogique",
    "wording": "Organisme agréé par la DGAC sous le numéro FR-SEC-0417, règlement (UE) 2015/1998. " * 4,
    "wording_en": "Approved by the French civil aviation authority, Regulation (EU) 2015/1998. " * 5,
}


def render(said: Content, url: str = URL, dress: Dress | None = None) -> bytes:
    """Return a certificate's PDF before it is signed."""
    return rendering.render(said, url, CREDENTIAL, dress or Dress())


def content(**changes: object) -> Content:
    said = Content(
        id=UUID(int=7),
        number="PYG-2026-7QK4-9F3D",
        holder="Léa Durand",
        course="Sûreté 11.2.3.9",
        course_en="Security 11.2.3.9",
        category="SECURITY",
        modality="PRESENTIEL",
        duration_minutes=210,
        legal_basis="UE 2015/1998",
        organization="École du Ciel",
        organization_slug="ecole-du-ciel",
        siret="73282932000074",
        nda="11755555555",
        location="Paris CDG",
        language="fr",
        starts_on=date(2026, 11, 18),
        ends_on=date(2026, 11, 20),
        completed_on=date(2026, 11, 20),
        issued_on=date(2026, 11, 21),
        valid_until=date(2029, 11, 20),
        locale="fr",
    )
    return said.model_copy(update=changes)


def _streams(pdf: bytes) -> list[bytes]:
    found: list[bytes] = []
    for raw in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(raw))
        except zlib.error:
            found.append(raw)
    return found


def test_the_same_content_gives_the_same_bytes_and_any_change_others() -> None:
    first = render(content(), URL)
    assert first == render(content(), URL)
    assert first != render(content(holder="Léa Durant"), URL)
    assert first != render(content(), URL[:-1] + "B")


def test_it_is_archival_and_accessible_and_carries_its_content() -> None:
    pdf = render(content(), URL)
    streams = _streams(pdf)
    metadata = next(stream for stream in streams if b"pdfaid:part" in stream)
    assert re.search(rb"<pdfaid:part>3</pdfaid:part>.*<pdfaid:conformance>A<", metadata, re.DOTALL)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert CREDENTIAL in streams


@pytest.mark.parametrize(
    "holder", ["李小龍", "Ναυσικά Παππά", "Łukasz Żółć-O’Brien", "A" * 120, "Jean #let x = 1 <b>*_`"]
)
def test_any_name_can_be_printed(holder: str) -> None:
    assert render(content(holder=holder)).startswith(b"%PDF-")


@pytest.mark.parametrize("holder", ["李小龍", "渡辺 さくら", "김민수", "Ана Ωμέγα سارة משה 王"])
def test_names_of_any_script_are_printed_and_read_by_machines(holder: str) -> None:
    pdf = render(content(holder=holder))
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert "□" not in text
    # Lines that run from right to left are read in another order.
    assert {*holder} <= {*text}
    assert b"NotoSansCJK" in pdf
    assert len(pdf) < len(render(content())) + 30_000, "only the letters themselves are embedded"


def test_the_large_font_is_not_in_documents_that_do_not_need_it() -> None:
    render(content(holder="李小龍"))
    assert b"NotoSansCJK" not in render(content(holder="Ναυσικά Łukasz"))


def test_nothing_that_is_said_is_an_instruction() -> None:
    holder, attached = 'Léa "Lou") #panic() \\u{41} \\', b'"\\) #panic()\n'
    pdf = rendering.render(content(holder=holder), URL, attached, Dress())
    title = next(re.search(rb"<dc:title>.*?</dc:title>", stream) for stream in _streams(pdf) if b"<dc:title>" in stream)
    assert title is not None
    assert holder in html.unescape(title[0].decode())
    assert attached in _streams(pdf)


@pytest.mark.parametrize(
    "changes",
    [
        {"course": "Sûreté aéroportuaire " * 10},
        {"legal_basis": ""},
        {"valid_until": None},
        {"locale": "en"},
        {"location": ""},
        WORDS,
        {**WORDS, "course": "Sûreté aéroportuaire " * 9, "course_en": "Airport security " * 10, "holder": "A b " * 25},
    ],
)
def test_it_stays_on_one_page(changes: dict[str, object]) -> None:
    pdf = render(content(**changes), dress=Dress("#0b5d6b", _LOGO, "svg"))
    assert len(re.findall(rb"/Type\s*/Page(?!s)", b"\n".join([pdf, *_streams(pdf)]))) == 1


def test_both_languages_stand_on_it_the_holders_first() -> None:
    french, english = (document_data(content(locale=locale), URL, Dress()) for locale in ("fr", "en"))
    assert french["course"] == english["course"][::-1] == ["Sûreté 11.2.3.9", "Security 11.2.3.9"]
    assert (french["lang"], english["lang"]) == ("fr", "en")


@pytest.mark.parametrize("scale", [1, 3])
def test_a_camera_reads_the_address_from_the_printed_page(scale: int) -> None:
    assert scan(picture(render(content(), URL), scale)) == [URL]


def test_a_torn_code_is_still_read() -> None:
    page = picture(render(content(), URL), 3)
    end = zxingcpp.read_barcodes(page)[0].position
    side = (end.bottom_right.x - end.top_left.x) // 3
    # A corner without a finder pattern: a third of each side, a ninth of the code.
    corner = (end.bottom_right.x - side, end.bottom_right.y - side, end.bottom_right.x, end.bottom_right.y)
    page.paste((255, 255, 255), corner)
    assert scan(page) == [URL]
