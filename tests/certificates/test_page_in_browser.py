"""The verification page in a real browser, on a phone: a dropped PDF is hashed there and only its digest is sent."""

import asyncio
import io
import mimetypes
from collections.abc import AsyncGenerator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import segno
from PIL import Image
from playwright.async_api import Page, Request, Route, async_playwright, expect

from pygmalion_app.certificates import service
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests import browser, servers
from tests.cast import Cast
from tests.certificates.conftest import Enroll, issue_all, seal_and_anchor

ASSETS = Path(__file__).parents[2] / "assets"
PHONE = {"width": 390, "height": 844}
_REFUSE = """() => {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotAllowedError"));
}"""


async def _from_assets(route: Route) -> None:
    """Serve what the built product serves from its folder of static files."""
    path = ASSETS / urlsplit(route.request.url).path.lstrip("/")
    if route.request.resource_type == "document" or not path.is_file():
        await route.continue_()
        return
    await route.fulfill(body=path.read_bytes(), content_type=mimetypes.guess_type(path.name)[0] or "font/woff2")


def _film(folder: Path) -> Path:
    """Return what the browser's false camera sees: the code of nobody's certificate, held still."""
    code = io.BytesIO()
    segno.make(f"http://pygmalion.example/verify/{'A' * 22}", error="q").save(code, kind="png", scale=6)
    frame = Image.new("RGB", (640, 480), "gray")
    frame.paste(Image.open(code).convert("RGB"), (180, 90))
    shot = io.BytesIO()
    frame.save(shot, "JPEG", quality=90)
    film = folder / "camera.mjpeg"
    film.write_bytes(shot.getvalue() * 30)
    return film


@pytest.fixture
async def page(container: Container, tmp_path: Path) -> AsyncGenerator[tuple[Page, str]]:
    """Return a phone's page and the address of the server."""
    async with servers.serving_api(container) as url, async_playwright() as playwright:
        camera = (
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={_film(tmp_path)}",
        )
        started = await playwright.chromium.launch(
            executable_path=await asyncio.to_thread(browser.executable), args=[*browser.ARGUMENTS, *camera]
        )
        context = await started.new_context(viewport=PHONE, locale="fr-FR")  # pyright: ignore[reportArgumentType]
        await context.route("**/*", _from_assets)
        yield await context.new_page(), url
        await started.close()


@pytest.mark.browser
async def test_a_dropped_pdf_is_compared_without_leaving_the_phone(
    page: tuple[Page, str], container: Container, cast: Cast, enroll: Enroll, tmp_path: Path
) -> None:
    (certificate,) = await issue_all(container, await enroll(cast.lea))
    await seal_and_anchor(container)
    async with unit_of_work(cast.lea, container) as uow:
        document = (await service.download(uow, certificate)).content
        token = (await service.list_mine(uow, PageRequest())).items[0].verification_token
    genuine, altered = tmp_path / "genuine.pdf", tmp_path / "altered.pdf"
    genuine.write_bytes(document)
    altered.write_bytes(document + b" ")
    phone, url = page
    sent: list[Request] = []
    phone.on("request", lambda request: sent.append(request))  # noqa: PLW0108 - Playwright marks its handlers

    await phone.goto(f"{url}/verify/{token}")
    word = phone.locator("h1")
    assert await word.inner_text() == "Valide"
    assert await phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for file, expected in ((altered, "Altéré"), (genuine, "Valide")):
        async with phone.expect_navigation():
            await phone.locator("input[type=file]").set_input_files(file)
        assert await word.inner_text() == expected
    assert all(len(request.post_data or "") < 100 for request in sent)

    async with phone.expect_navigation():
        await phone.locator("a[data-locale]").click()
    assert await word.inner_text() == "Valid"
    await phone.goto(f"{url}/verify")
    assert await phone.locator("html").get_attribute("lang") == "en"
    # Without the code, the browser first asks by the digest alone; only what is not recognised is sent, to tell why.
    for file, expected in ((genuine, "Valid"), (altered, "Tampered")):
        sent.clear()
        async with phone.expect_navigation():
            await phone.locator("input[type=file]").set_input_files(file)
        assert await word.inner_text() == expected
        kinds = [request.headers.get("content-type", "").partition(";")[0] for request in sent]
        assert ("multipart/form-data" in kinds) == (file is altered)
        await phone.goto(f"{url}/verify")

    # A picture of the code is read here, by the script of ours where the browser has no reader of its own.
    shot = tmp_path / "code.png"
    segno.make(f"{url}/verify/{token}", error="q").save(str(shot), scale=6)
    sent.clear()
    async with phone.expect_navigation():
        await phone.locator("input[type=file]").set_input_files(shot)
    assert await word.inner_text() == "Valid"
    assert all(len(request.post_data or "") < 200 for request in sent)

    # The camera: refused, said in words; allowed, it finds the code.
    await phone.goto(f"{url}/verify")
    scan = phone.locator("[data-scan]")
    # As browsers answer for somebody who says no; one without a window asks nobody.
    await phone.evaluate(_REFUSE)
    await scan.get_by_role("button", name="Scan with the camera").click()
    await expect(scan.locator("[role=status]")).to_contain_text("may not be used")
    await phone.reload()
    await phone.context.grant_permissions(["camera"])
    async with phone.expect_navigation(url=f"{url}/en/verify"):
        await scan.get_by_role("button", name="Scan with the camera").click()
    assert await word.inner_text() == "Unknown"
