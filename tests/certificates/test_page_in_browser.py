"""The verification page in a real browser, on a phone: a dropped PDF is hashed there and only its digest is sent."""

import asyncio
import mimetypes
from collections.abc import AsyncGenerator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page, Request, Route, async_playwright

from pygmalion_app.certificates import service
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests import browser, servers
from tests.cast import Cast
from tests.certificates.conftest import Enroll, issue_all, seal_and_anchor

ASSETS = Path(__file__).parents[2] / "assets"
PHONE = {"width": 390, "height": 844}


async def _from_assets(route: Route) -> None:
    """Serve what the built product serves from its folder of static files."""
    path = ASSETS / urlsplit(route.request.url).path.lstrip("/")
    if route.request.resource_type == "document" or not path.is_file():
        await route.continue_()
        return
    await route.fulfill(body=path.read_bytes(), content_type=mimetypes.guess_type(path.name)[0] or "font/woff2")


@pytest.fixture
async def page(container: Container) -> AsyncGenerator[tuple[Page, str]]:
    """Return a phone's page and the address of the server."""
    async with servers.serving_api(container) as url, async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=await asyncio.to_thread(browser.executable), args=[*browser.ARGUMENTS]
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
    middle = len(document) // 2
    altered.write_bytes(document[:middle] + bytes([document[middle] ^ 1]) + document[middle + 1 :])
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
    async with phone.expect_navigation():
        await phone.locator("input[type=file]").set_input_files(altered)
    assert await word.inner_text() == "Unknown"
