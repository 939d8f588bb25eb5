"""The index must say exactly what SQL says."""

import random
import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from pygmalion_app.catalog.facets import search_facets
from pygmalion_app.catalog.index import KEEPER
from pygmalion_app.catalog.kept import KEPT_SECONDS
from pygmalion_app.catalog.models import Category, Course, CourseStatus, Modality
from pygmalion_app.catalog.queries import search_courses
from pygmalion_app.catalog.schemas import CourseFilters, Facets, Sort
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.catalog.market import Market, plan

PLACES = ("Paris CDG", "Paris Orly", "Lyon", "Lyon-Saint-Exupéry", "Saint-Étienne", "Nice", "")
WORDS = ("sûreté", "fret", "lithium", "recyclage", "initial", "facteurs humains", "imagerie", "pratique", "sur la")

Answer = tuple[list[str], int, dict[str, list[tuple[str, int]]]]


async def _fill(container: Container, market: Market) -> None:
    """Add 60 courses of every kind with up to 6 sessions each."""
    chance = random.Random(7)
    async with unit_of_work(SYSTEM, container) as uow:
        for number in range(60):
            title = " ".join(chance.sample(WORDS[:-1], 3))
            course = Course(
                organization_id=chance.choice((market.school, market.rival)),
                slug=f"more-{number}",
                title=f"{title} {number}",
                title_en=f"Course {number}",
                description="Sûreté et pratique.",
                category=chance.choice(list(Category)),
                modalities=chance.sample(list(Modality), chance.randint(1, 2)),
                duration_minutes=60,
                price_cents=100 * chance.choice((90, 150, 150, 450, 1100)),
                language=chance.choice(("fr", "en")),
                rating_sum=chance.randint(0, 40),
                rating_count=8,
                status=CourseStatus.PUBLISHED,
                published_at=uow.clock.now(),
            )
            uow.session.add(course)
            await uow.session.flush()
            market.courses[str(number)] = course.id
            for _ in range(chance.randint(0, 6)):
                starts_at = uow.clock.now() + timedelta(days=chance.randint(1, 80), hours=chance.randint(0, 3))
                taken = chance.randint(0, 8)
                await plan(uow, market, str(number), chance.choice(PLACES), starts_at, taken=taken)


def _questions(container: Container) -> list[tuple[CourseFilters, Sort, PageRequest]]:
    chance = random.Random(11)
    now = container.clock.now()
    months = [f"{now + timedelta(days=days):%Y-%m}" for days in (0, 31, 62)]
    choices: dict[str, tuple[Any, ...]] = {
        "text": WORDS,
        "category": tuple(Category),
        "modality": tuple(Modality),
        "place": ("Paris", "paris cdg", "Saint", "lyon", "etienne", "%"),
        "month": tuple(months),
        "max_price_cents": (0, 9_000, 15_000, 45_000, 1_000_000),
        "language": ("fr", "en", "de"),
        "seats": (1, 4, 9),
    }
    return [
        (
            CourseFilters(**{name: chance.choice(some) for name, some in choices.items() if chance.random() < 0.3}),
            chance.choice(list(Sort)),
            PageRequest(chance.choice((1, 1, 2)), 20),
        )
        for _ in range(250)
    ]


def _counts(facets: Facets) -> dict[str, list[tuple[str, int]]]:
    names = ("categories", "modalities", "languages", "places", "months")
    return {name: [(one.value, one.count) for one in getattr(facets, name)] for name in names}


async def _answers(asked: list[tuple[CourseFilters, Sort, PageRequest]]) -> list[Answer]:
    answers: list[Answer] = []
    for filters, sort, request in asked:
        page = await search_courses(filters, sort, request)
        answers.append(([card.slug for card in page.items], page.total, _counts(await search_facets(filters))))
    return answers


async def test_the_index_and_sql_give_the_same_courses_order_and_counts(
    market: Market, container: Container, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _fill(container, market)
    asked = _questions(container)
    with monkeypatch.context() as without_index:
        without_index.setattr(KEEPER, "miss", lambda: None)
        assert KEEPER.find() is None
        by_sql = await _answers(asked)
    # A change that touches nothing that is asked for makes all that was kept old.
    await _raise_version(container, market)
    await KEEPER.build()
    indexed = await _answers(asked)
    for question, one, other in zip(asked, by_sql, indexed, strict=True):
        assert one == other, question


async def test_a_change_is_seen_by_the_very_next_search(market: Market, container: Container) -> None:
    await KEEPER.build()
    cheap = CourseFilters(max_price_cents=1_000)
    assert (await search_courses(cheap)).total == 0
    async with unit_of_work(SYSTEM, container) as uow:
        (await uow.session.get_one(Course, market.courses["LI"])).price_cents = 900
    assert [card.slug for card in (await search_courses(cheap)).items] == ["li-course"]
    assert [facet.value for facet in (await search_facets(cheap)).categories] == ["DGR"]


async def test_a_course_that_has_just_sold_its_seats_is_not_shown(market: Market, container: Container) -> None:
    await KEEPER.build()
    wanted = CourseFilters(seats=2)
    before = [card.slug for card in (await search_courses(wanted)).items]
    async with unit_of_work(SYSTEM, container) as uow:
        course = (await uow.sql("SELECT id FROM courses WHERE slug = %(slug)s", slug=before[0]))[0]["id"]
        await uow.sql("UPDATE sessions SET seats_taken = capacity - 1 WHERE course_id = %(id)s", id=course)
    assert [card.slug for card in (await search_courses(wanted)).items] == before[1:]


async def test_an_old_index_serves_until_a_session_of_it_has_begun(market: Market, container: Container) -> None:
    await KEEPER.build()
    index = KEEPER.find()
    assert index is not None
    long_ago = time.monotonic() - 10 * KEPT_SECONDS
    KEEPER._index = replace(index, read_at=long_ago, next_start=index.opened_after + timedelta(hours=1))  # pyright: ignore[reportPrivateUsage]
    assert KEEPER.find() is not None
    begun = replace(index, read_at=long_ago, next_start=index.opened_after)
    KEEPER._index = begun  # pyright: ignore[reportPrivateUsage]
    assert KEEPER.find() is None


async def _raise_version(container: Container, market: Market) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        (await uow.session.get_one(Course, market.courses["SST"])).title_en = "Workplace first help"
