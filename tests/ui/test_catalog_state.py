"""The states of the public pages, without a browser."""

import pytest
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from pygmalion_app.ui.catalog.course_state import CourseState
from pygmalion_app.ui.catalog.home_state import HomeState
from pygmalion_app.ui.catalog.state import CatalogState, page_numbers
from pygmalion_app.ui.live import watchers
from tests.cast import Cast
from tests.ui.conftest import Visit


async def _catalog(visit: Visit, address: str) -> CatalogState:
    state = await visit(address).get_state(CatalogState)
    await CatalogState.load.fn(state)
    return state


async def test_the_address_decides_what_the_catalogue_shows(visit: Visit, cast: Cast) -> None:
    state = await _catalog(visit, "/fr/formations?q=surete&seats=4")
    assert [row.title for row in state.rows] == ["Sûreté aéroportuaire"]
    assert (state.q, state.seats, state.active) == ("surete", "4", 1)
    assert state.rows[0].price == "950\xa0€"
    assert state.summary == "1 formation"


async def test_a_sale_between_two_searches_shows_in_the_later_one_only(
    visit: Visit, session: AsyncSession, cast: Cast
) -> None:
    shown = [(await _catalog(visit, "/fr/formations")).rows for _ in range(2)]
    await session.execute(text("UPDATE sessions SET seats_taken = 3 WHERE id = :id"), {"id": cast.session})
    await session.commit()
    shown += [(await _catalog(visit, "/fr/formations")).rows for _ in range(2)]
    assert [rows[0].seats for rows in shown] == [5, 5, 2, 2]


async def test_what_one_may_choose_follows_the_language_and_the_catalogue(
    visit: Visit, session: AsyncSession, cast: Cast
) -> None:
    assert (await _catalog(visit, "/fr/formations")).categories == {"SECURITY": "Sûreté (1)"}
    assert (await _catalog(visit, "/en/courses")).categories == {"SECURITY": "Security (1)"}
    await session.execute(text("UPDATE sessions SET status = 'cancelled' WHERE id = :id"), {"id": cast.session})
    await session.commit()
    assert (await _catalog(visit, "/fr/formations")).places == {}


async def test_each_language_speaks_its_own(visit: Visit, cast: Cast) -> None:
    state = await _catalog(visit, "/en/courses")
    assert state.rows[0].title == "Airport security"
    assert state.rows[0].href == "/en/courses/surete-aeroportuaire"
    assert state.rows[0].price == "€950"


async def test_an_empty_result_says_what_to_drop(visit: Visit, cast: Cast) -> None:
    state = await _catalog(visit, "/fr/formations?q=surete&place=Nulle-Part")
    assert state.rows == []
    assert "Lieu" in state.advice
    assert state.advice_href == "/fr/formations?q=surete"


@pytest.mark.parametrize("query", ["maxPrice=-5", "month=2026-13", "category=NOPE", "seats=0", "q=%00"])
async def test_a_senseless_filter_is_named_and_nothing_breaks(visit: Visit, cast: Cast, query: str) -> None:
    state = await _catalog(visit, f"/fr/formations?{query}")
    assert state.loaded
    assert state.error


async def test_choosing_a_filter_moves_the_address_and_shows_the_result_at_once(visit: Visit, cast: Cast) -> None:
    state = await _catalog(visit, "/fr/formations")
    event = await CatalogState.choose.fn(state, "category", "CREW")
    assert "/fr/formations?category=CREW" in str(event)
    assert state.rows == []


async def test_a_filter_that_does_not_exist_changes_nothing(visit: Visit, cast: Cast) -> None:
    state = await _catalog(visit, "/fr/formations")
    assert await CatalogState.choose.fn(state, "_answered", "x") is None
    assert state._answered == ""


async def test_ten_megabytes_of_text_are_cut(visit: Visit, cast: Cast) -> None:
    state = await _catalog(visit, "/fr/formations")
    await CatalogState.search.fn(state, "x" * 10_000_000)
    assert len(state.q) == 200
    assert state.loaded


@pytest.mark.parametrize(
    ("page", "pages", "offered"),
    [(1, 1, [1]), (1, 3, [1, 2, 3]), (5, 9, [1, 2, 0, 4, 5, 6, 0, 9]), (9, 9, [1, 2, 0, 8, 9])],
)
def test_pages_to_offer(page: int, pages: int, offered: list[int]) -> None:
    assert page_numbers(page, pages) == offered


async def test_a_course_page_chooses_the_first_session_with_a_seat(visit: Visit, cast: Cast) -> None:
    state = await visit("/fr/formations/surete-aeroportuaire").get_state(CourseState)
    await CourseState.load.fn(state)
    assert state.chosen.id == str(cast.session)
    assert state.chosen.enrol == f"/fr/enrol/{cast.session}"
    assert state.validity == "3 ans"
    assert state.refunds[0].startswith("Jusqu’à 14 jours")


async def test_a_session_of_another_course_cannot_be_chosen(visit: Visit, cast: Cast) -> None:
    state = await visit("/fr/formations/surete-aeroportuaire").get_state(CourseState)
    await CourseState.load.fn(state)
    CourseState.choose.fn(state, "00000000-0000-7000-8000-000000000000")
    assert state.chosen.id == str(cast.session)


async def test_an_unknown_course_is_missing(visit: Visit, cast: Cast) -> None:
    state = await visit("/fr/formations/nope").get_state(CourseState)
    await CourseState.load.fn(state)
    assert state.missing
    assert state.loaded


async def test_the_home_page_shows_the_next_session_and_watches_it(visit: Visit, cast: Cast) -> None:
    root = visit("/fr")
    state = await root.get_state(HomeState)
    await HomeState.load.fn(state)
    assert [row.id for row in state.board] == [str(cast.session)]
    assert [row.seats for row in state.board] == [5]
    client = root.rx_router_session.client_token
    assert cast.session in watchers.by_client[client]
    watchers.forget(client)
