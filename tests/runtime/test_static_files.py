"""What the built pages are served with."""

import base64
import gzip
import hashlib
from pathlib import Path

import httpx
import pytest

from pygmalion_app.serving.headers import content_policy
from pygmalion_app.serving.static_files import StaticFiles, script_hashes

_SCRIPT = "window.started = true"
_PAGE = f"<html><head><script>{_SCRIPT}</script></head><body>page</body></html>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "fr" / "formations").mkdir(parents=True)
    (tmp_path / "assets" / "root-DHhGx-1K.js").write_text("code")
    (tmp_path / "assets" / "root-DHhGx-1K.js.br").write_bytes(b"brotli")
    (tmp_path / "assets" / "root-DHhGx-1K.js.gz").write_bytes(gzip.compress(b"code"))
    (tmp_path / "pg.js").write_text("hand-written, no hash in its name")
    (tmp_path / "fr" / "formations" / "index.html").write_text(_PAGE)
    (tmp_path / "404.html").write_text("<html><body>shell</body></html>")
    (tmp_path.parent / "secret.txt").write_text("not to be served")
    return tmp_path


@pytest.fixture
def browser(folder: Path) -> httpx.AsyncClient:
    files = StaticFiles(folder, lambda path: path.startswith("/fr/orders/"), content_policy)
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=files), base_url="http://x", headers={"Accept-Encoding": "identity"}
    )


async def test_hashed_files_never_expire_and_pages_are_asked_for_again(browser: httpx.AsyncClient) -> None:
    hashed, plain, page = [await browser.get(p) for p in ("/assets/root-DHhGx-1K.js", "/pg.js", "/fr/formations")]
    assert hashed.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.headers["cache-control"] == page.headers["cache-control"] == "no-cache"
    again = await browser.get("/fr/formations", headers={"If-None-Match": page.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_a_large_file_reaches_those_who_take_it_unpacked_only(folder: Path) -> None:
    code = "".join(f"call({number});" for number in range(20_000)).encode()
    (folder / "assets" / "large-DHhGx-1K.js").write_bytes(code)
    (folder / "assets" / "large-DHhGx-1K.js.gz").write_bytes(gzip.compress(code))
    files = StaticFiles(folder, lambda _path: False, content_policy)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=files), base_url="http://x") as client:
        for accepted in ("identity", "gzip"):
            answer = await client.get("/assets/large-DHhGx-1K.js", headers={"Accept-Encoding": accepted})
            assert answer.content == code, accepted
            assert answer.headers.get("content-encoding", "identity") == accepted
        head = await client.head("/assets/large-DHhGx-1K.js", headers={"Accept-Encoding": "identity"})
    assert (head.content, head.headers["content-length"]) == (b"", str(len(code)))


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("identity", None), ("br;q=1.0, gzip;q=0.8", "br")],
)
async def test_the_best_precompressed_file_is_sent(browser: httpx.AsyncClient, accepted: str, sent: str | None) -> None:
    request = browser.build_request("GET", "/assets/root-DHhGx-1K.js", headers={"Accept-Encoding": accepted})
    response = await browser.send(request, stream=True)
    assert response.headers.get("content-encoding") == sent
    assert response.headers["vary"] == "accept-encoding"
    await response.aclose()


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/fr/formations", 200, "page"),
        ("/fr/formations/", 200, "page"),
        ("/fr/orders/0190", 200, "shell"),
        ("/fr/nothing", 404, "shell"),
        ("/", 404, "shell"),
        ("/../secret.txt", 404, "shell"),
        ("/assets/../../secret.txt", 404, "shell"),
        ("/assets/root-DHhGx-1K.js.br", 404, "shell"),
    ],
)
async def test_pages_are_found_and_what_is_not_there_is_a_true_404(
    browser: httpx.AsyncClient, path: str, status: int, text: str
) -> None:
    response = await browser.get(path)
    assert (response.status_code, text in response.text) == (status, True)


async def test_a_page_allows_its_own_inline_scripts_only(browser: httpx.AsyncClient) -> None:
    policy = (await browser.get("/fr/formations")).headers["content-security-policy"]
    digest = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src "))
    assert f"'sha256-{digest}'" in scripts
    assert "unsafe-inline" not in scripts
    assert "http" not in policy


def test_data_blocks_and_files_need_no_hash() -> None:
    page = '<script type="application/ld+json">{}</script><script src="/a.js"></script>'
    assert script_hashes(page) == ()
