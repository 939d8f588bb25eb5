"""What the search's upkeep repairs."""

from sqlalchemy import text

from pygmalion_app.catalog.jobs import forget_words, refresh_documents
from pygmalion_app.catalog.queries import search_courses
from pygmalion_app.catalog.schemas import CourseFilters, Sort
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.catalog.market import Market


async def test_the_price_is_of_sessions_to_come(container: Container, market: Market) -> None:
    """A document written before its session began: dates are right at once, the price once the job has run."""
    cheap = CourseFilters(max_price_cents=100)
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.session.execute(
            text("""UPDATE course_documents SET next_starts_at = now() - interval '1 hour', price_from_cents = 100
            WHERE course_id = :course"""),
            {"course": market.courses["SST"]},
        )
    by_date = await search_courses(CourseFilters(), Sort.DATE)
    assert [card.slug for card in by_date.items[:2]] == ["zsar-course", "sst-course"]
    assert (await search_courses(cheap)).total == 1
    await refresh_documents(0)
    assert (await search_courses(cheap)).total == 0


async def test_words_of_gone_courses_no_longer_hide_typos(container: Container, market: Market) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.session.execute(text("INSERT INTO search_words VALUES ('litium')"))
    assert (await search_courses(CourseFilters(text="litium"))).total == 0
    await forget_words(0)
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.session.execute(text("UPDATE courses SET bring = 'Badge' WHERE slug = 'li-course'"))
    assert (await search_courses(CourseFilters(text="litium"))).total == 1
