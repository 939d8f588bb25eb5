"""The badge, the preview of a link, and what a holder's name has to do with them."""

import io
from xml.etree import ElementTree as ET

import httpx
from PIL import Image

from pygmalion_app.accounts.models import User
from pygmalion_app.certificates import service
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.cast import Cast
from tests.certificates.conftest import Enroll, issue_all, seal_and_anchor


async def test_badge_and_preview_say_what_the_page_says(
    client: httpx.AsyncClient, container: Container, cast: Cast, enroll: Enroll
) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        (await uow.session.get_one(User, cast.lea.require_user())).first_name = 'L<é>"&a'
    await issue_all(container, await enroll(cast.lea))
    await seal_and_anchor(container)
    async with unit_of_work(cast.lea, container) as uow:
        token = (await service.list_mine(uow, PageRequest())).items[0].verification_token
    badge = await client.get(f"/badge/{token}.svg?lang=en")
    drawn = ET.fromstring(badge.text)
    assert {"Valid", "Pygmalion"} <= {text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")}
    assert 'L<é>"&a Test' in (drawn.get("aria-label") or "")
    # Others' pages may load it, and it loads nothing.
    assert badge.headers["cross-origin-resource-policy"] == "cross-origin"
    assert badge.headers["content-security-policy"].startswith("default-src 'none'")
    picture = await client.get(f"/badge/{token}.png?lang=fr")
    assert Image.open(io.BytesIO(picture.content)).size == (1200, 630)
    page = (await client.get(f"/fr/verify/{token}")).text
    for piece in (
        f"/badge/{token}.png?lang=fr",
        'property="og:title"',
        "https://www.linkedin.com/profile/add?",
        "&lt;img",
    ):
        assert piece in page
    assert "<é>" not in page
    nobody = await client.get("/badge/nobody.svg?lang=en")
    assert (nobody.status_code, "Unknown" in nobody.text) == (404, True)
    assert (await client.get("/badge/nobody.png")).status_code == 404
    robots = (await client.get("/robots.txt")).text
    assert "Disallow: /verify/" in robots.split("LinkedInBot")[0]
    assert "Disallow: /verify/" not in robots.split("LinkedInBot")[1]
