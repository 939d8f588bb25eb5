"""What people present: PDFs, credentials, pictures of codes, names; altered, of another platform, or nothing at all."""

import io
import json
from dataclasses import dataclass

import httpx
import pikepdf
import pytest
import segno
from PIL import Image
from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.certificates import names, service, verification
from pygmalion_app.certificates.errors import UnreadableFileError
from pygmalion_app.certificates.models import Certificate
from pygmalion_app.certificates.names import same_name
from pygmalion_app.certificates.sealing import canonical
from pygmalion_app.certificates.status import Status
from pygmalion_app.certificates.verification import CheckResult, Verification
from pygmalion_app.certificates.verification_files import verify_code, verify_presented
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import NotFoundError, TooManyRequestsError
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.cast import Cast
from tests.certificates.conftest import Enroll, issue_all, seal_and_anchor
from tests.scanner import picture

OTHER_HOST = "https://other.example"


@dataclass(frozen=True)
class Issued:
    """Lea's certificate in all its forms."""

    token: str
    row: Certificate
    pdf: bytes
    credential: bytes


@pytest.fixture
async def issued(container: Container, cast: Cast, enroll: Enroll) -> Issued:
    (certificate,) = await issue_all(container, await enroll(cast.lea))
    await seal_and_anchor(container)
    async with unit_of_work(cast.lea, container) as uow:
        token = (await service.list_mine(uow, PageRequest())).items[0].verification_token
        pdf = (await service.download(uow, certificate)).content
    async with unit_of_work(SYSTEM, container) as uow:
        row = (await uow.session.execute(select(Certificate).where(col(Certificate.id) == certificate))).scalar_one()
    return Issued(token, row, pdf, row.credential or canonical(row.content))


def _failed(found: Verification) -> set[str]:
    return {check.name for check in found.checks if check.result is CheckResult.FAIL}


def _said(found: Verification) -> tuple[str, set[str]]:
    return found.status.value, _failed(found)


def _code(text: str, **options: object) -> bytes:
    made = io.BytesIO()
    segno.make(text, error="q").save(made, kind="png", scale=8, border=4, **options)
    return made.getvalue()


async def _a_pdf_is_known_by_its_bytes_and_an_altered_one_by_its_code(container: Container, issued: Issued) -> None:
    assert _said(await verify_presented(container, issued.pdf)) == ("valid", set())
    edited = io.BytesIO()
    with pikepdf.open(io.BytesIO(issued.pdf)) as document:
        document.docinfo["/Title"] = "Certificat de Mallory"
        document.save(edited)
    # A byte at the end changes nothing of what is seen or attached.
    for altered in (issued.pdf + b"\n", edited.getvalue()):
        found = await verify_presented(container, altered)
        assert _said(found) == ("tampered", {"file"})
        # The code on the page was scanned: whoever holds it may read what was really issued.
        assert found.certificate is not None
        assert found.certificate.holder == "Lea Test"
    against = await verify_presented(container, issued.pdf, token="A" * 22)
    assert against.status is Status.UNKNOWN


async def _a_credential_is_known_in_any_spelling_and_an_altered_one_tells_nothing(
    container: Container, issued: Issued
) -> None:
    said = json.loads(issued.credential)
    for same in (issued.credential, json.dumps(said, indent=4).encode(), json.dumps(said, ensure_ascii=True).encode()):
        assert _said(await verify_presented(container, same)) == ("valid", set())
    altered = await verify_presented(container, issued.credential.replace(b"Lea Test", b"Mallory T"))
    # Its id is no secret: who made the rest up learns no name from it.
    assert (*_said(altered), altered.certificate) == ("tampered", {"credential"}, None)
    by_code = await verify_presented(
        container, issued.credential.replace(b"Lea Test", b"Mallory T"), token=issued.token
    )
    assert _said(by_code) == ("tampered", {"credential"})


async def _a_picture_of_the_code_however_it_was_taken(container: Container, issued: Issued) -> None:
    page = picture(issued.pdf).convert("RGB")
    turned = io.BytesIO()
    page.rotate(17, expand=True, fillcolor="white").save(turned, "JPEG", quality=60)
    url = f"{container.settings.base_url}/verify/{issued.token}"
    for shot in (turned.getvalue(), _code(url), _code(url, light=None), _code(url.replace("/verify", "/fr/verify"))):
        assert _said(await verify_presented(container, shot)) == ("valid", set())
    altered = _code(url[:-1] + ("A" if url[-1] != "A" else "B"))
    assert _said(await verify_presented(container, altered)) == ("unknown", {"record"})


async def _a_certificate_of_another_platform_says_so(container: Container, issued: Issued) -> None:
    foreign = await verify_presented(container, _code(f"{OTHER_HOST}/verify/{'A' * 22}"))
    assert _said(foreign) == ("unknown", {"deployment", "record"})
    assert foreign.elsewhere is not None
    assert foreign.elsewhere.issuer == "other.example"
    credential = {"id": f"urn:uuid:{Certificate.__name__}", "issuer": {"id": "did:web:other.example:organisations:x"}}
    other = await verify_presented(container, json.dumps(credential).encode())
    assert _said(other) == ("unknown", {"deployment", "record"})
    # Ours behind somebody else's address: valid, and the reader is warned of that address.
    lured = await verify_code(container, f"{OTHER_HOST}/verify/{issued.token}")
    assert lured.status is Status.VALID
    assert lured.elsewhere is not None
    token_id = str(issued.row.token_id)
    for named in ({"contract": "0x" + "12" * 20}, {"chain_id": "1"}):
        elsewhere = await verification.verify_token_id(container, token_id, **named)
        assert _said(elsewhere) == ("unknown", {"deployment", "record"})


async def test_what_names_no_certificate_is_refused_in_words(container: Container) -> None:
    blank = io.BytesIO()
    Image.new("RGB", (300, 300), "white").save(blank, "PNG")
    huge = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00" * 2
    for nothing in (
        blank.getvalue(),
        huge,
        b"MZ not a picture",
        b'{"a": 1}',
        b"{" * 5000,
        _code("https://pay.example/x"),
    ):
        with pytest.raises(UnreadableFileError):
            await verify_presented(container, nothing)
    assert _said(await verify_presented(container, b"%PDF-1.7 torn")) == ("unknown", {"record"})
    for code in ("", "hello", "javascript:alert(1)", "https://[", "x" * 5000):
        with pytest.raises(UnreadableFileError):
            await verify_code(container, code)


async def _by_token_id_nothing_leads_to_a_person(container: Container, issued: Issued) -> None:
    found = await verification.verify_token_id(container, str(issued.row.token_id))
    assert found.status is Status.VALID
    assert found.certificate is not None
    assert (found.certificate.holder, found.certificate.number, found.certificate.file_sha256) == (None, None, None)
    assert issued.token not in str(found)
    for nobody in ("", "-1", "x", "9" * 19, str(2**64), "１", "12345"):
        assert (await verification.verify_token_id(container, nobody)).status is Status.UNKNOWN


async def test_a_masked_name_is_compared_and_never_shown(
    container: Container, cast: Cast, issued: Issued, client: httpx.AsyncClient
) -> None:
    for other in (cast.olga, cast.marc, cast.stranger):
        async with unit_of_work(other, container) as uow:
            with pytest.raises(NotFoundError):
                await names.mask_name(uow, issued.row.id, masked=True)
    async with unit_of_work(cast.lea, container) as uow:
        await names.mask_name(uow, issued.row.id, masked=True)
    paths = (f"/en/verify/{issued.token}", f"/api/v1/certificates/verify/{issued.token}", f"/badge/{issued.token}.svg")
    for path in paths:
        answer = await client.get(path)
        assert answer.status_code == 200
        assert "Lea" not in answer.text
    right = await client.post(paths[0], data={"name": "TEST, léa"})
    assert "is the holder" in right.text
    wrong = await client.post(paths[0], data={"name": "Mallory Test"})
    assert "Tampered</h1>" in wrong.text
    assert "is not the holder" in wrong.text
    for attempt in range(28):
        await verification.verify_token(container, issued.token, name=f"Guess {attempt}")
    with pytest.raises(TooManyRequestsError):
        await verification.verify_token(container, issued.token, name="Lea Test")
    stopped = await client.post(paths[0], data={"name": "Lea Test"})
    assert "Too many names" in stopped.text
    assert "Valid</h1>" in stopped.text
    async with unit_of_work(cast.lea, container) as uow:
        await names.mask_name(uow, issued.row.id, masked=False)
    assert "Lea Test" in (await client.get(paths[0])).text


def test_names_are_compared_as_people_do() -> None:
    for typed in ("Jean-Paul Müller", "MÜLLER Jean Paul", "muller,jean-paul", " Jean  Paul Muller "):
        assert same_name(typed, "Jean-Paul Müller")
    for typed in ("", "-", "Jean Müller", "Jean-Paul Mueller", "Jean Paul Müller Jean"):
        assert not same_name(typed, "Jean-Paul Müller")


async def test_files_over_the_api_and_the_page(client: httpx.AsyncClient, issued: Issued) -> None:
    api = "/api/v1/certificates/verify"
    shot = ("code.png", _code(f"http://elsewhere.example/verify/{issued.token}"), "image/png")
    for sent in (
        {"files": {"file": ("a.pdf", issued.pdf, "application/pdf")}},
        {"content": issued.pdf, "headers": {"Content-Type": "application/pdf"}},
        {"files": {"file": ("c.json", issued.credential, "application/json")}},
        {"files": {"file": shot}},
        {"json": {"code": f"http://x.example/verify/{issued.token}"}},
        {"json": {"sha256": issued.row.file_sha256.hex(), "name": "Lea Test"}},  # pyright: ignore[reportOptionalMemberAccess]
    ):
        answer = await client.post(api, **sent)  # pyright: ignore[reportArgumentType]
        assert answer.json()["data"]["status"] == "valid", sent
    nothing = await client.post(api, files={"file": ("x.png", b"no picture", "image/png")})
    assert (nothing.status_code, nothing.json()["code"]) == (422, "verification_unreadable")
    assert (await client.post(api)).status_code == 422
    page = await client.post("/en/verify", files={"file": shot})
    assert "Valid</h1>" in page.text
    assert "elsewhere.example" in page.text
    page = await client.post("/en/verify", files={"file": ("x.png", b"no picture", "image/png")})
    assert "Nothing in this file" in page.text
    by_id = await client.get("/fr/verify", params={"id": str(issued.row.token_id)})
    assert "Valide</h1>" in by_id.text
    assert "Lea" not in by_id.text
    stray = await client.get("/verify", params={"id": "77", "contract": "0x12"}, headers={"Accept-Language": "en"})
    assert stray.status_code == 404


async def test_each_thing_that_people_present(container: Container, issued: Issued) -> None:
    """One certificate for all of these: issuing one costs more than verifying it a hundred times."""
    await _a_pdf_is_known_by_its_bytes_and_an_altered_one_by_its_code(container, issued)
    await _a_credential_is_known_in_any_spelling_and_an_altered_one_tells_nothing(container, issued)
    await _a_picture_of_the_code_however_it_was_taken(container, issued)
    await _a_certificate_of_another_platform_says_so(container, issued)
    await _by_token_id_nothing_leads_to_a_person(container, issued)
