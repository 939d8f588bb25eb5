"""Search: what people type, what they filter, and what must never happen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from pygmalion_app.catalog.facets import search_facets
from pygmalion_app.catalog.models import Category, Course, Modality
from pygmalion_app.catalog.queries import search_courses, suggest
from pygmalion_app.catalog.schemas import CourseFilters, Sort
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import InvalidInputError
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.sessions.models import TrainingSession
from tests.catalog.market import Market, plan


async def slugs(sort: Sort = Sort.RELEVANCE, **filters: Any) -> list[str]:
    """Return the codes found, in order."""
    page = await search_courses(CourseFilters(**filters), sort)
    assert page.total == len(page.items)
    return [card.slug.removesuffix("-course") for card in page.items]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("surete", "zsar t10 t1"),
        ("SÛRETÉ", "zsar t10 t1"),
        ("sreté", "zsar t10 t1"),
        ("sureté aeroportuare", "t10"),
        ("DGR cat 6", "dgr6"),
        ("dgr 7.3", "dgr6"),
        ("securite", "zsar t10 t1 sst"),
        ("t1", "t1"),
        ("11.2.6", "zsar"),
        ("litium", "li"),
        ("facteur humian", "hf"),
        ("human factors", "hf"),
        ("airport badge", "zsar"),
        ("fcl.055", "elp"),
        ("secouriste lyon", "sst"),
        ("formation lithium", "li"),
        ("tarmac lithium", "li"),
        ("e-learning", "li"),
        ("lithium en ligne", "li"),
        ("sûreté présentiel", "zsar t10 t1"),
        ("à distance", "li dgr6"),
    ],
)
async def test_what_people_type_finds_what_they_mean(market: Market, typed: str, first: str) -> None:
    assert set(await slugs(text=typed)) == set(first.split())


async def test_a_better_match_comes_first(market: Market) -> None:
    assert (await slugs(text="sûreté fret"))[0] == "t1"


@pytest.mark.parametrize(
    "typed",
    ["'; DROP TABLE users; --", "a & | ! ( ) :* <->", "\\", "%_%", "$$ || '", "🛩️", "0", "''''", ":*", "x' OR '1'='1"],
)
async def test_nothing_typed_breaks_the_search(market: Market, typed: str) -> None:
    page = await search_courses(CourseFilters(text=typed, place=typed[:50]))
    assert page.total >= 0
    assert len(await slugs()) == 8


async def test_long_text_is_refused_before_it_reaches_the_database(market: Market) -> None:
    for text in ("a" * 201, "é" * 10_000_000):
        with pytest.raises(InvalidInputError) as refused:
            CourseFilters.parse(q=text)
        assert refused.value.field == "q"
    with pytest.raises(InvalidInputError):
        CourseFilters(text="a\x00b")


@pytest.mark.parametrize(
    "raw",
    [
        {"month": "2026-13"},
        {"month": "soon"},
        {"category": "COOKING"},
        {"modality": "TELEPATHY"},
        {"maxPrice": "-1"},
        {"maxPrice": "9" * 30},
        {"maxPrice": "1e9"},
        {"seats": "0"},
        {"seats": "²"},
        {"language": "french"},
        {"place": "x" * 81},
    ],
)
def test_senseless_filters_name_their_field(raw: dict[str, str]) -> None:
    with pytest.raises(InvalidInputError) as refused:
        CourseFilters.parse(**raw)
    assert refused.value.field == next(iter(raw))


async def test_filters_narrow(market: Market) -> None:
    assert set(await slugs(category=Category.DGR)) == {"dgr6", "li"}
    assert await slugs(modality=Modality.ELEARNING) == ["li"]
    assert set(await slugs(place="lyon")) == {"zsar", "sst"}
    assert set(await slugs(place="PÀRIS")) == {"zsar", "t10"}
    assert set(await slugs(max_price_cents=15_000)) == {"zsar", "li"}
    assert set(await slugs(seats=7)) == {"zsar", "dgr6"}
    assert await slugs(place="Paris", seats=2) == []
    assert await slugs(language="en") == []


async def test_the_card_shows_the_next_session_that_fits(market: Market) -> None:
    anywhere = (await search_courses(CourseFilters(text="zsar"))).items[0].next_session
    in_lyon = (await search_courses(CourseFilters(text="zsar", place="Lyon"))).items[0].next_session
    two_seats = (await search_courses(CourseFilters(text="zsar", seats=2))).items[0].next_session
    assert anywhere is not None
    assert anywhere.id == market.sessions["zsar-cdg"]
    assert anywhere.available_places == 1
    assert in_lyon is not None
    assert in_lyon.id == market.sessions["zsar-lyon"]
    assert two_seats is not None
    assert two_seats.id == market.sessions["zsar-lyon"]


async def test_the_month_is_the_sessions_own(container: Container, market: Market) -> None:
    """21:00 UTC on 31 January is already February in La Réunion."""
    year = datetime.now(UTC).year + 1
    async with unit_of_work(SYSTEM, container) as uow:
        evening = datetime(year, 1, 31, 21, tzinfo=UTC)
        await plan(uow, market, "LI", "La Réunion", evening, zone="Indian/Reunion")
    assert await slugs(month=f"{year}-02") == ["li"]
    assert "li" not in await slugs(month=f"{year}-01")


async def test_orders(market: Market) -> None:
    by_price = await slugs(Sort.PRICE)
    assert by_price[0] == "zsar"
    assert by_price[-1] == "t10"
    assert (await slugs(Sort.DATE))[:4] == ["zsar", "sst", "dgr6", "t10"]


async def test_pages_cut_one_order(market: Market) -> None:
    pages = [await search_courses(CourseFilters(), Sort.PRICE, PageRequest(page, 3)) for page in (1, 2, 3, 4)]
    assert [len(page.items) for page in pages] == [3, 3, 2, 0]
    assert {page.total for page in pages} == {8}
    assert len({card.id for page in pages for card in page.items}) == 8


async def test_a_change_is_seen_by_the_very_next_search(container: Container, market: Market) -> None:
    assert set(await slugs(text="lithium")) == {"li"}
    async with unit_of_work(SYSTEM, container) as uow:
        course = await uow.session.get_one(Course, market.courses["HF"])
        course.title = "Facteurs humains et lithium"
    assert set(await slugs(text="lithium")) == {"li", "hf"}
    async with unit_of_work(SYSTEM, container) as uow:
        (await uow.session.get_one(Course, market.courses["LI"])).status = "archived"
    assert await slugs(text="lithium") == ["hf"]


async def test_a_sale_shows_at_once_though_the_result_is_reused(container: Container, market: Market) -> None:
    await slugs(text="dgr")
    async with unit_of_work(SYSTEM, container) as uow:
        (await uow.session.get_one(TrainingSession, market.sessions["dgr"])).seats_taken = 11
    card = (await search_courses(CourseFilters(text="dgr"))).items[0]
    assert card.next_session is not None
    assert card.next_session.available_places == 1


async def test_what_no_document_holds_is_never_shown_old(container: Container, market: Market) -> None:
    for _ in range(2):
        await slugs(text="dgr")
    async with unit_of_work(SYSTEM, container) as uow:
        session = await uow.session.get_one(TrainingSession, market.sessions["dgr"])
        session.address, session.capacity = "Salle B", 40
    for _ in range(2):
        shown = (await search_courses(CourseFilters(text="dgr"))).items[0].next_session
        assert shown is not None
        assert (shown.address, shown.max_places) == ("Salle B", 40)


async def test_an_earlier_session_takes_the_place_of_the_next_one(container: Container, market: Market) -> None:
    for _ in range(2):
        await slugs(text="zsar")
    async with unit_of_work(SYSTEM, container) as uow:
        later = await uow.session.get_one(TrainingSession, market.sessions["zsar-lyon"])
        later.starts_at = uow.clock.now() + timedelta(hours=1)
    shown = (await search_courses(CourseFilters(text="zsar"))).items[0].next_session
    assert shown is not None
    assert shown.id == market.sessions["zsar-lyon"]


async def test_sessions_that_have_begun_are_passed_over(container: Container, market: Market) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        session = await uow.session.get_one(TrainingSession, market.sessions["zsar-cdg"])
        session.starts_at = uow.clock.now() - timedelta(days=1)
        session.ends_at = uow.clock.now() + timedelta(days=1)
    card = (await search_courses(CourseFilters(text="zsar"))).items[0]
    assert card.next_session is not None
    assert card.next_session.id == market.sessions["zsar-lyon"]
    assert await slugs(place="Paris") == ["t10"]


async def test_facets_count_what_each_choice_would_leave(market: Market) -> None:
    facets = await search_facets(CourseFilters(category=Category.SECURITY))
    assert {facet.value: facet.count for facet in facets.categories}["DGR"] == 2
    assert {facet.value: facet.count for facet in facets.places} == {"Lyon": 1, "Paris CDG": 2}
    assert {facet.value: facet.count for facet in facets.modalities} == {"PRESENTIEL": 3}
    text = await search_facets(CourseFilters(text="sûreté", place="Lyon"))
    assert {facet.value: facet.count for facet in text.places} == {"Lyon": 1, "Paris CDG": 2}
    assert [facet.value for facet in text.categories] == ["SECURITY"]


async def test_an_empty_result_suggests_the_nearest(market: Market) -> None:
    dropped = await suggest(CourseFilters(text="lithium", place="Lyon"))
    assert dropped.drop == "place"
    assert [card.slug for card in dropped.courses] == ["li-course"]
    nearest = await suggest(CourseFilters(text="lithiophorite"))
    assert nearest.drop is None
    assert nearest.courses[0].slug == "li-course"


@asynccontextmanager
async def counted(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[str]]:
    """Collect the statements that psycopg connections execute."""
    seen: list[str] = []
    execute = psycopg.AsyncConnection.execute

    async def counting(self: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        seen.append(str(query))
        return await execute(self, query, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(psycopg.AsyncConnection, "execute", counting)
        yield seen


async def test_a_search_takes_three_statements_and_one_when_repeated(
    market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with counted(monkeypatch) as first:
        await slugs(text="lithium")
    async with counted(monkeypatch) as again:
        await slugs(text="lithium")
    assert (len(first), len(again)) == (3, 1)
