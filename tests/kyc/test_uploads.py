"""Documents on their way in: the API, our own pages, hostile senders, the scanner."""

import asyncio
import json
import struct
import time
import tracemalloc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from pygmalion_app.accounts.authentication import SESSION_COOKIE
from pygmalion_app.accounts.sessions import issue_tokens, open_browser_session
from pygmalion_app.adapters.scan.clamd import ClamdScanner
from pygmalion_app.core.actor import ANONYMOUS, Actor
from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.kyc.policy import Subject
from tests.cast import Cast
from tests.kyc import files
from tests.kyc.conftest import far, view

MINE = "/api/v1/auth/kyc"


async def _bearer(container: Container, actor: Actor) -> dict[str, str]:
    async with unit_of_work(ANONYMOUS, container, elevated=True) as uow:
        tokens = await issue_tokens(uow, actor.require_user())
    return {"Authorization": f"Bearer {tokens.access_token}"}


async def _cookie(container: Container, actor: Actor) -> dict[str, str]:
    async with unit_of_work(ANONYMOUS, container, elevated=True) as uow:
        return {"Cookie": f"{SESSION_COOKIE}={await open_browser_session(uow, actor.require_user())}"}


def _form(container: Container, content: bytes, name: str = "passport.pdf", **fields: str) -> dict[str, Any]:
    data = {"kind": "passport", "validUntil": far(container).isoformat()} | fields
    return {"data": data, "files": {"file": (name, content, "application/pdf")}}


async def test_a_document_through_the_api(client: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    headers = await _bearer(container, cast.lea)
    content = files.pdf(2)
    sent = await client.post(MINE, headers=headers, **_form(container, content))
    assert sent.status_code == 201, sent.text
    document = sent.json()["data"]
    assert (document["kind"], document["pages"], document["mediaType"]) == ("passport", 2, "application/pdf")
    got = await client.get(f"{MINE}/documents/{document['id']}", headers=headers)
    assert (got.status_code, got.content) == (200, content)
    assert got.headers["content-disposition"] == "attachment; filename*=UTF-8''passport.pdf"
    assert got.headers["cache-control"] == "private, no-store"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert (await client.post(f"{MINE}/submit", headers=headers)).json()["data"]["state"] == "submitted"
    closed = await client.delete(f"{MINE}/documents/{document['id']}", headers=headers)
    assert (closed.status_code, closed.json()["code"]) == (409, "kyc_closed")


async def test_a_review_through_the_api(
    client: httpx.AsyncClient, container: Container, cast: Cast, rival: Subject
) -> None:
    company, admin = await _bearer(container, cast.stranger), await _bearer(container, cast.ada)
    ours = f"/api/v1/organizations/{rival.organization_id}/kyb"
    sent = await client.post(ours, headers=company, **_form(container, files.picture(), kind="registration"))
    assert sent.json()["data"]["fileName"] == "passport.jpg"
    case_id = (await client.post(f"{ours}/submit", headers=company)).json()["data"]["id"]
    queue = (await client.get("/api/v1/admin/kyc", headers=admin)).json()
    assert [row["id"] for row in queue["data"]] == [case_id]
    one = f"/api/v1/admin/kyc/{case_id}"
    document = (await client.get(one, headers=admin)).json()["data"]["documents"][0]
    page = await client.get(f"/api/v1/admin/kyc/documents/{document['id']}/pages/1", headers=admin)
    assert (page.status_code, page.headers["content-type"]) == (200, "image/jpeg")
    assert "content-disposition" not in page.headers
    assert (await client.post(f"{one}/take", headers=admin)).status_code == 200
    decided = await client.post(
        f"{one}/decision", headers=admin, json={"decision": "ask", "reason": "incomplete", "note": ""}
    )
    assert decided.json()["data"]["state"] == "more_information"
    assert (await client.get(ours, headers=company)).json()["data"]["reason"] == "incomplete"
    for path in ("/api/v1/admin/kyc", one, f"/api/v1/admin/kyc/documents/{document['id']}"):
        assert (await client.get(path, headers=company)).status_code == 403
        assert (await client.get(path)).status_code == 401


@pytest.mark.parametrize("name", ["html named pdf", "javascript", "pdf and zip", "empty"])
async def test_bad_files_are_refused_with_what_to_do(
    client: httpx.AsyncClient, container: Container, cast: Cast, lea: Subject, name: str
) -> None:
    content, fault = files.BAD[name]
    headers = await _bearer(container, cast.lea) | {"Accept-Language": "en"}
    sent = await client.post(MINE, headers=headers, **_form(container, content))
    assert (sent.status_code, sent.json()["code"], sent.json()["fault"]) == (422, "kyc_document_refused", fault)
    assert sent.json()["detail"]
    assert (await view(container, cast.lea, lea)).documents == ()


@pytest.mark.parametrize(
    "form",
    [
        {"data": {"kind": "passport"}},
        {"files": {"file": ("a.pdf", b"x")}},
        {"data": {"kind": "selfie"}, "files": {"file": ("a.pdf", b"x")}},
        {"data": {"kind": "passport", "validUntil": "soon"}, "files": {"file": ("a.pdf", b"x")}},
        {"data": {"kind": "passport", "more": "x"}, "files": {"file": ("a.pdf", b"x")}},
        {"data": {"kind": "passport"}, "files": [("file", ("a.pdf", b"x")), ("file", ("b.pdf", b"x"))]},
        {"content": b"nothing of a form", "headers": {"Content-Type": "multipart/form-data"}},
        {"content": b"--x\r\nbroken", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
        {"json": {"kind": "passport"}},
    ],
)
async def test_forms_that_are_none(
    client: httpx.AsyncClient, container: Container, cast: Cast, form: dict[str, Any]
) -> None:
    headers = await _bearer(container, cast.lea) | form.pop("headers", {})
    sent = await client.post(MINE, headers=headers, **form)
    assert sent.status_code == 422, sent.text


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ('a"b\r\nSet-Cookie: x=1.pdf', "a b Set-Cookie  x 1.pdf"),
        ("C:\\scans\\carte d'identité.PDF", "carte d'identité.pdf"),
        ("report.pdf.exe", "report.pdf.exe.pdf"),
        ("", "document.pdf"),
    ],
)
def test_names_are_made_harmless(sent: str, shown: str) -> None:
    from pygmalion_app.kyc.documents import _shown_name

    assert _shown_name(sent, "application/pdf") == shown


async def test_our_own_pages_send_by_cookie_and_nobody_else_does(
    client: httpx.AsyncClient, container: Container, cast: Cast, lea: Subject
) -> None:
    cookie = await _cookie(container, cast.lea)
    ours = {"Origin": "http://test.pygmalion.example", "X-Pygmalion-Page": "1", "Sec-Fetch-Site": "same-origin"}
    refused = [
        {},
        {"Origin": "http://evil.example", "X-Pygmalion-Page": "1"},
        {"X-Pygmalion-Page": "1"},
        {"Origin": "http://test.pygmalion.example"},
        {"Origin": "null", "X-Pygmalion-Page": "1"},
        ours | {"Sec-Fetch-Site": "cross-site"},
        ours | {"Sec-Fetch-Site": "same-site"},
    ]
    form = _form(container, files.picture(), name="passport.jpg")
    for headers in refused:
        answer = await client.post("/uploads/identity", headers=cookie | headers, **form)
        assert answer.status_code == 403, headers
    # The API itself takes no cookie for what writes, whatever the headers.
    assert (await client.post(MINE, headers=cookie | ours, **form)).status_code == 401
    assert (await client.post("/uploads/identity", headers=ours, **form)).status_code == 401
    assert (await client.post(f"/uploads/organisation/{cast.school}", headers=cookie | ours, **form)).status_code == 403
    assert (await view(container, cast.lea, lea)).documents == ()
    assert (await client.post("/uploads/identity", headers=cookie | ours, **form)).status_code == 201
    assert len((await view(container, cast.lea, lea)).documents) == 1


async def test_strangers_are_refused_before_their_bytes_are_read(api: httpx.AsyncClient) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(9):
            sent += 1
            yield bytes(1_000_000)
            await asyncio.sleep(0.05)

    answer = await api.post("/auth/kyc", content=endless(), headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert answer.status_code == 401


async def test_a_stream_of_a_gigabyte_is_cut_off_early(
    container: Container, cast: Cast, api: httpx.AsyncClient
) -> None:
    """1 GB, unannounced, over a real connection: refused after 10 MB, without filling memory or disk."""
    headers = await _bearer(container, cast.lea)
    begun = time.monotonic()
    host, port = "127.0.0.1", container.settings.port
    reader, writer = await asyncio.open_connection(host, port)
    head = (
        f"POST {MINE} HTTP/1.1\r\nHost: {host}\r\nAuthorization: {headers['Authorization']}\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    writer.write(head.encode())
    first = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.4\n'
    chunk = bytes(256 * 1024)
    tracemalloc.start()
    sent = 0
    answer = asyncio.create_task(reader.read(4096))
    try:
        writer.write(b"%x\r\n%s\r\n" % (len(first), first))
        while sent < 1_000_000_000 and not answer.done():
            writer.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
            await writer.drain()
            sent += len(chunk)
            await asyncio.sleep(0)
    except ConnectionError:
        pass
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert b" 413 " in (await answer).split(b"\r\n", 1)[0]
    writer.close()
    assert sent < 40_000_000
    assert peak < 60_000_000
    assert time.monotonic() - begun < 30
    stored = [path for path in container.settings.pygmalion_home.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in stored) < 1_000_000


async def test_a_length_announced_too_large_is_not_even_begun(
    client: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    headers = await _bearer(container, cast.lea) | {"Content-Length": "1000000000"}
    answer = await client.post(MINE, headers=headers, content=b"")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    # Elsewhere the usual bound holds.
    answer = await client.put("/api/v1/auth/profile", headers=headers | {"Content-Length": "1000001"}, content=b"")
    assert answer.status_code == 413


async def test_uploads_are_counted(client: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    headers = await _bearer(container, cast.lea)
    answers = [await client.post(MINE, headers=headers, json={}) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [422] * 30 + [429]


@asynccontextmanager
async def _clamd(reply: bytes | None) -> AsyncIterator[tuple[str, list[bytes]]]:
    """Stand in for the daemon, which reads a stream as clamd(8) says; None hangs up without a word."""
    received: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readexactly(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!I", await reader.readexactly(4))[0]:
            content += await reader.readexactly(length)
        received.append(content)
        writer.write(reply or b"")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"tcp://127.0.0.1:{server.sockets[0].getsockname()[1]}", received


async def test_the_scanner_reads_the_whole_file_and_is_believed() -> None:
    content = bytes(range(256)) * 1000
    async with _clamd(b"stream: OK\0") as (url, received):
        assert await ClamdScanner(url).scan(content) is None
        assert received == [content]
    async with _clamd(b"stream: Eicar-Signature FOUND\0") as (url, _):
        assert await ClamdScanner(url).scan(content) == "Eicar-Signature"


@pytest.mark.parametrize("reply", [None, b"INSTREAM size limit exceeded. ERROR\0", b"stream: NOT OK\0", b"garbage"])
async def test_whatever_is_no_clear_word_is_no_pass(reply: bytes | None) -> None:
    async with _clamd(reply) as (url, _):
        with pytest.raises(UnavailableError):
            await ClamdScanner(url).scan(b"content")


@pytest.mark.parametrize(
    ("reply", "status", "code"),
    [
        (b"stream: Eicar FOUND\0", 422, "kyc_document_infected"),
        (None, 503, "unavailable"),
        (b"stream: OK\0", 201, None),
    ],
)
async def test_nothing_passes_a_configured_scanner_unscanned(
    client: httpx.AsyncClient, container: Container, cast: Cast, lea: Subject,
    reply: bytes | None, status: int, code: str | None,
) -> None:  # fmt: skip
    headers = await _bearer(container, cast.lea)
    async with _clamd(reply) as (url, _):
        object.__setattr__(container.ports, "scanner", ClamdScanner(url))
        answer = await client.post(MINE, headers=headers, **_form(container, files.picture()))
    assert (answer.status_code, json.loads(answer.text).get("code")) == (status, code)
    assert len((await view(container, cast.lea, lea)).documents) == (status == 201)


async def test_a_scanner_that_is_down_stops_uploads(
    client: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    object.__setattr__(container.ports, "scanner", ClamdScanner("tcp://127.0.0.1:1"))
    headers = await _bearer(container, cast.lea)
    answer = await client.post(MINE, headers=headers, **_form(container, files.picture()))
    assert answer.status_code == 503
