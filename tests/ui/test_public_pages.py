"""What search engines, social networks and readers without JavaScript get."""

import json
import re
from html import unescape
from pathlib import Path

import httpx
import pytest
from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from pygmalion_app.catalog.models import Course
from tests.cast import Cast

COURSE = "/fr/formations/surete-aeroportuaire"


def _head(page: str) -> str:
    return page.split("</head>", maxsplit=1)[0]


def _data(page: str) -> list[dict]:
    return [json.loads(text) for text in re.findall(r'<script[^>]*ld\+json">(.*?)</script>', page, re.DOTALL)]


@pytest.fixture
async def pages(client: httpx.AsyncClient, built_shell: Path, cast: Cast) -> httpx.AsyncClient:
    return client


async def test_a_course_tells_search_engines_all_they_need(pages: httpx.AsyncClient) -> None:
    page = (await pages.get(COURSE)).text
    head = _head(page)
    assert '<html lang="fr">' in page
    assert "<title data-server>Sûreté aéroportuaire · Ecole du Ciel</title>" in head
    assert re.search(r'rel="canonical" href="[^"]+/fr/formations/surete-aeroportuaire"', head)
    assert re.search(r'hreflang="en" href="[^"]+/en/courses/surete-aeroportuaire"', head)
    assert 'property="og:title"' in head
    course, trail = _data(page)
    assert (course["@type"], trail["@type"]) == ("Course", "BreadcrumbList")
    instance = course["hasCourseInstance"][0]
    assert instance["remainingAttendeeCapacity"] == 5
    assert instance["courseWorkload"] == "PT3H30M"


async def test_a_course_is_readable_without_javascript(pages: httpx.AsyncClient) -> None:
    body = unescape((await pages.get(COURSE)).text.split("<body>")[1])
    for text in ("Sûreté aéroportuaire", "5 places", "950\xa0€", "Paris CDG", "100\xa0% remboursés", "/fr/enrol/"):
        assert text in body, text


async def test_english_speaks_english(pages: httpx.AsyncClient) -> None:
    page = (await pages.get("/en/courses/surete-aeroportuaire")).text
    assert '<html lang="en">' in page
    assert "Airport security" in page
    assert "5 seats" in page


@pytest.mark.parametrize(
    "path", ["/fr/formations/nope", "/en/courses/%00", "/fr/organismes/nope", "/fr/formations/" + "x" * 900]
)
async def test_an_unknown_address_is_a_true_404(pages: httpx.AsyncClient, path: str) -> None:
    answer = await pages.get(path)
    assert answer.status_code == 404
    assert "noindex" in answer.text
    assert "start()" in answer.text, "the application must still start there"


async def test_what_people_type_cannot_become_markup(
    pages: httpx.AsyncClient, session: AsyncSession, cast: Cast
) -> None:
    evil = '</script><script>alert(1)</script>"><img src=x onerror=alert(2)>'
    await session.execute(update(Course).where(col(Course.id) == cast.course).values(title=evil, description=evil))
    await session.commit()
    page = (await pages.get(COURSE)).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert _data(page)[0]["name"] == evil


async def test_the_catalogue_filters_by_address_and_only_the_plain_one_is_listed(pages: httpx.AsyncClient) -> None:
    plain, filtered = (await pages.get("/fr/formations")).text, (await pages.get("/fr/formations?q=surete")).text
    assert "noindex" not in _head(plain)
    assert "noindex" in _head(filtered)
    assert "Sûreté aéroportuaire" in filtered
    assert "Sûreté aéroportuaire" not in (await pages.get("/fr/formations?category=CREW")).text


@pytest.mark.parametrize(
    "query", ["maxPrice=abc", "month=13", "page=0", "page=99999999999999999999", "sort=x", "q=" + "y" * 5000]
)
async def test_a_senseless_address_still_shows_the_catalogue(pages: httpx.AsyncClient, query: str) -> None:
    assert (await pages.get(f"/fr/formations?{query}")).status_code == 200


async def test_home_and_organisation_stand(pages: httpx.AsyncClient) -> None:
    home = (await pages.get("/fr")).text
    assert "Prochains départs" in home
    assert "Sûreté aéroportuaire" in home
    organization = (await pages.get("/fr/organismes/ecole-du-ciel")).text
    assert "Ecole du Ciel" in organization
    assert _data(organization)[0]["@type"] == "EducationalOrganization"


async def test_the_sitemap_lists_public_pages_in_both_languages_and_no_private_one(pages: httpx.AsyncClient) -> None:
    sitemap = (await pages.get("/sitemap.xml")).text
    assert "/fr/formations/surete-aeroportuaire" in sitemap
    assert "/en/courses/surete-aeroportuaire" in sitemap
    for private in ("training", "profile", "teach", "enrol", "orders", "sign-in"):
        assert f"/fr/{private}" not in sitemap


async def test_robots_keep_off_private_pages(pages: httpx.AsyncClient) -> None:
    robots = (await pages.get("/robots.txt")).text
    for private in ("/fr/training", "/en/profile", "/api/", "/verify/"):
        assert f"Disallow: {private}\n" in robots
    assert "Disallow: /fr\n" not in robots
    assert "Disallow: /fr/formations" not in robots
