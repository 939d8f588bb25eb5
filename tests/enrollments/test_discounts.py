"""Discount codes: what they take off, who may make them, and that they are used no more often than they may be."""

import asyncio
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.config import Settings
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments import discounts
from pygmalion_app.enrollments.models import Order
from pygmalion_app.enrollments.schemas import DiscountView, NewDiscount
from pygmalion_app.payments.models import Payment
from tests.cast import Cast, add_course, add_session
from tests.clock import MovableClock
from tests.enrollments.test_booking import RunJobs, bearer, order, play, seats_taken


async def add_code(cast: Cast, **facts: Any) -> DiscountView:
    """Add a code to the school's."""
    given = {"code": "SPRING-26"} | ({} if "amount_cents" in facts else {"percent": 10}) | facts
    async with unit_of_work(cast.olga) as uow:
        return await discounts.create(uow, cast.school, NewDiscount.model_validate(given))


async def view(cast: Cast) -> DiscountView:
    """Return the school's only code."""
    async with unit_of_work(cast.olga) as uow:
        (code,) = await discounts.codes(uow, cast.school)
        return code


async def test_the_price_told_is_the_price_ordered_and_stays_whatever_becomes_of_the_code(
    api: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    marc, code = bearer(container, cast.marc), await add_code(cast)
    asked = {"sessionId": str(cast.session), "quantity": 2, "discountCode": "spring-26"}
    told = (await api.post("/enrollments/quote", json=asked, headers=marc)).json()["data"]
    assert (told["listCents"], told["discountCents"], told["netCents"]) == (190_000, 19_000, 171_000)
    assert (told["vatCents"], told["amountCents"], told["discountPercent"]) == (34_200, 205_200, 10)
    body = order(cast.session, "ana", "bob") | {"discountCode": "spring-26"}
    booked = (await api.post("/enrollments", json=body, headers=marc)).json()["data"]
    assert (booked["amountCents"], booked["discountCents"]) == (told["amountCents"], told["discountCents"])
    async with unit_of_work(cast.olga) as uow:
        await discounts.deactivate(uow, cast.school, code.id)
    refused = await api.post("/enrollments/quote", json=asked, headers=marc)
    assert (refused.json()["code"], refused.json()["reason"]) == ("discount_refused", "over")
    await play(api, booked, "success")
    async with unit_of_work(SYSTEM) as uow:
        kept = (await uow.session.execute(select(Order))).scalar_one()
        payment = (await uow.session.execute(select(Payment))).scalar_one()
    assert (kept.status, kept.discount_code_id, kept.discount_cents) == ("CONFIRMED", code.id, 19_000)
    assert payment.amount_cents == 205_200
    assert payment.commission_cents == 17_100  # of what the school sells for
    assert (await view(cast)).given_cents == 19_000


async def test_an_order_of_nothing_is_confirmed_without_a_checkout(
    api: httpx.AsyncClient, container: Container, cast: Cast, run_jobs: RunJobs
) -> None:
    await add_code(cast, amount_cents=500_000)
    body = order(cast.session, "ana", "bob") | {"discountCode": "SPRING-26"}
    marc = bearer(container, cast.marc)
    booked = (await api.post("/enrollments", json=body, headers=marc)).json()["data"]
    assert (booked["status"], booked["amountCents"], booked["discountCents"]) == ("CONFIRMED", 0, 190_000)
    assert (booked["paymentId"], booked["checkoutUrl"]) == (None, None)
    assert {seat["status"] for seat in booked["enrollments"]} == {"CONFIRMED"}
    await run_jobs()
    assert len((await api.get("/dev/mailbox", params={"to": "ana@crew.example"})).json()["data"]) == 1
    seat = booked["enrollments"][0]["id"]
    assert (await api.put(f"/enrollments/{seat}/cancel", headers=marc)).json()["data"]["status"] == "CANCELLED"
    assert await seats_taken(cast.session) == 1


async def test_twenty_at_once_use_a_code_five_times(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    await add_code(cast, max_uses=5)
    async with unit_of_work(SYSTEM) as uow:
        rooms = [await add_session(uow, cast.course, cast.school, None, capacity=20) for _ in range(4)]
    marc = bearer(container, cast.marc)

    async def buy(number: int, key: str = "") -> httpx.Response:
        body = order(rooms[number % 4], f"p{number}") | {"discountCode": "SPRING-26"}
        headers = marc | {"Idempotency-Key": key or f"key-{number}"}
        return await api.post("/enrollments", json=body, headers=headers)

    answers = await asyncio.gather(*(buy(number) for number in range(20)))
    sold = [number for number, answer in enumerate(answers) if answer.status_code == 201]
    assert len(sold) == 5, [answer.text[:300] for answer in answers]
    assert {answer.json()["reason"] for answer in answers if answer.status_code != 201} == {"used"}
    assert (await view(cast)).uses == 5
    # The same order again is no other use, and one given up unpaid gives its own back.
    assert (await buy(sold[0])).status_code == 201
    seat = answers[sold[0]].json()["data"]["enrollments"][0]["id"]
    assert (await api.put(f"/enrollments/{seat}/cancel", headers=marc)).status_code == 200
    assert (await buy(20)).status_code == 201
    assert (await buy(21)).status_code == 422
    await play(api, answers[sold[1]].json()["data"], "success")
    clock.move(minutes=31)
    await run_jobs()
    assert (await view(cast)).uses == 1  # what is paid stays used, what lapsed does not
    marc = bearer(container, cast.marc)
    assert (await buy(22)).status_code == 201


@pytest.mark.parametrize(
    ("change", "code", "reason"),
    [
        ({}, "NO-SUCH", "unknown"),
        ({"valid_from": 3}, "SPRING-26", "early"),
        ({"valid_until": 1}, "SPRING-26", "over"),
        ({"course_id": True}, "SPRING-26", "course"),
    ],
)
async def test_what_a_code_is_refused_for_is_said(
    api: httpx.AsyncClient,
    container: Container,
    cast: Cast,
    clock: MovableClock,
    change: dict[str, Any],
    code: str,
    reason: str,
) -> None:
    from datetime import timedelta

    async with unit_of_work(SYSTEM) as uow:
        other = await add_course(uow, cast.school, "Autre formation")
    now = clock.now()
    facts: dict[str, Any] = {
        name: other if name == "course_id" else now + timedelta(days=value) for name, value in change.items()
    }
    await add_code(cast, **facts)
    clock.move(days=2)
    body = order(cast.session, "ana") | {"discountCode": code}
    answer = await api.post("/enrollments", json=body, headers=bearer(container, cast.marc))
    assert (answer.status_code, answer.json()["code"], answer.json()["reason"]) == (422, "discount_refused", reason)
    assert await seats_taken(cast.session) == 0


async def test_another_schools_code_is_worth_nothing_here_and_only_the_school_makes_codes(
    api: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    await add_code(cast)
    async with unit_of_work(SYSTEM) as uow:
        from pygmalion_app.organizations.models import OrganizationKind
        from tests.cast import add_organization

        other = await add_organization(uow, "Autre ecole", OrganizationKind.TRAINING)
        course = await add_course(uow, other, "Chez les autres")
        elsewhere: UUID = await add_session(uow, course, other, None)
    body = order(elsewhere, "ana") | {"discountCode": "SPRING-26"}
    answer = await api.post("/enrollments", json=body, headers=bearer(container, cast.marc))
    assert answer.json()["reason"] == "unknown"
    for actor in (cast.marc, cast.tom, cast.stranger):
        made = await api.post(
            f"/organizations/{cast.school}/discounts",
            json={"code": "MINE", "percent": 90},
            headers=bearer(container, actor),
        )
        assert made.status_code == 403
    olga = bearer(container, cast.olga)
    for body in ({"code": "BOTH", "percent": 5, "amountCents": 5}, {"code": "NONE"}, {"code": "MUCH", "percent": 101}):
        assert (await api.post(f"/organizations/{cast.school}/discounts", json=body, headers=olga)).status_code == 422
    twice = {"code": "spring-26", "percent": 20}
    again = await api.post(f"/organizations/{cast.school}/discounts", json=twice, headers=olga)
    assert (again.status_code, again.json()["code"]) == (409, "discount_exists")


async def test_a_course_that_nobody_ordered_takes_its_codes_along(
    api: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    async with unit_of_work(SYSTEM) as uow:
        unsold = await add_course(uow, cast.school, "Jamais vendue")
    await add_code(cast, course_id=unsold)
    deleted = await api.delete(f"/formations/{unsold}", headers=bearer(container, cast.olga))
    assert deleted.status_code == 200, deleted.text
    async with unit_of_work(cast.olga) as uow:
        assert list(await discounts.codes(uow, cast.school)) == []


async def test_nobody_finds_a_code_by_guessing(
    api: httpx.AsyncClient, container: Container, cast: Cast, settings: Settings
) -> None:
    marc = bearer(container, cast.marc)
    asked = {"sessionId": str(cast.session), "discountCode": "AAAA"}
    answers = [await api.post("/enrollments/quote", json=asked, headers=marc) for _ in range(30)]
    assert {answer.status_code for answer in answers} == {422}
    for path, body in (
        ("/enrollments/quote", asked),
        ("/enrollments", order(cast.session, "ana") | {"discountCode": "BBBB"}),
    ):
        assert (await api.post(path, json=body, headers=marc)).status_code == 429
    plain = await api.post("/enrollments", json=order(cast.session, "ana"), headers=marc)
    assert plain.status_code == 201
