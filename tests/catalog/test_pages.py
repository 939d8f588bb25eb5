"""The course page and the organisation page."""

from datetime import UTC, datetime, timedelta

import pytest

from pygmalion_app.catalog.errors import CourseNotFoundError, OrganizationNotFoundError
from pygmalion_app.catalog.models import Course, CourseStatus, Review
from pygmalion_app.catalog.pages import course_page, organisation_page, published_addresses
from pygmalion_app.core.actor import SYSTEM, Actor, Membership
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.organizations.models import Organization
from pygmalion_app.sessions.queries import seats_of, upcoming_sessions
from tests.cast import add_person
from tests.catalog.market import Market


async def test_a_course_page_tells_all(container: Container, market: Market) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        lea = await add_person(uow, "lea")
        assert lea.user_id is not None
        uow.session.add(Review(course_id=market.courses["ZSAR"], user_id=lea.user_id, rating=4, comment="Très bien."))
        course = await uow.session.get_one(Course, market.courses["ZSAR"])
        course.rating_sum, course.rating_count = 4, 1
        course.refund_tiers = [{"days_before": 14, "percent": 100}]
        school = await uow.session.get_one(Organization, market.school)
        school.qualiopi_valid_until = datetime.now(UTC).date() - timedelta(days=1)
    page = await course_page("zsar-course")
    assert page == await course_page(str(market.courses["ZSAR"]))
    assert [session.location for session in page.sessions] == ["Paris CDG", "Lyon"]
    assert page.sessions[0].available_places == 1
    assert page.sessions[0].start_date.tzinfo is not None
    assert (page.rating, page.review_count, page.rating_counts) == (4.0, 1, [0, 0, 0, 1, 0])
    assert page.reviews[0].author == "Lea T."
    assert page.refund_tiers[0].percent == 100
    assert page.organization.qualiopi is False


@pytest.mark.parametrize("address", ["nothing", "", "x" * 500, "a\x00b", "00000000-0000-0000-0000-000000000000", "'"])
async def test_unknown_addresses_are_not_found(market: Market, address: str) -> None:
    with pytest.raises(CourseNotFoundError):
        await course_page(address)
    with pytest.raises(OrganizationNotFoundError):
        await organisation_page(address)


async def test_a_draft_exists_for_its_own_organisation_only(container: Container, market: Market) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        (await uow.session.get_one(Course, market.courses["LI"])).status = CourseStatus.DRAFT
        olga = await add_person(uow, "olga", (market.school, Role.TRAINING_ADMIN))
        rival = await add_person(uow, "rita", (market.rival, Role.TRAINING_ADMIN))
    assert (await course_page("li-course", olga)).status == "draft"
    trainer = Actor(olga.user_id, (Membership(market.school, Role.TRAINER),))
    for actor in (Actor(), rival, trainer):
        with pytest.raises(CourseNotFoundError):
            await course_page("li-course", actor)
    assert ("course", "li-course") not in [address[:2] for address in await published_addresses()]


async def test_an_organisation_page_lists_its_own(market: Market) -> None:
    page = await organisation_page("rhône-aéro")
    assert [card.slug for card in page.courses] == ["sst-course"]
    assert page.rating is None


async def test_the_board_shows_what_can_still_be_booked(market: Market) -> None:
    board = await upcoming_sessions(10)
    assert [line.id for line in board] == [market.sessions[key] for key in ("zsar-cdg", "sst-lyon", "dgr", "zsar-lyon")]
    seats = await seats_of(list(market.sessions.values()))
    assert seats[market.sessions["t10-cdg"]] == 0
    assert seats[market.sessions["zsar-lyon"]] == 8
