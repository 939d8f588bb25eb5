"""Seats that change hands or move to another session: who may, until when, and what the others are told."""

import asyncio
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select, text
from sqlmodel import col

from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments.cancellation import cancel_session
from pygmalion_app.enrollments.change_models import EnrollmentChange
from pygmalion_app.enrollments.models import Enrollment
from pygmalion_app.payments.models import Payment
from tests.cast import Cast, add_course, add_session
from tests.clock import MovableClock
from tests.enrollments.test_booking import RunJobs, bearer, order, people, play, seats_taken


@dataclass
class Paid:
    """A paid order and what its seats are called."""

    order_id: str
    payment_id: str
    seats: list[str]


async def paid(
    api: httpx.AsyncClient, container: Container, cast: Cast, *names: str, session: UUID | None = None
) -> Paid:
    """Order and pay seats for a company."""
    answer = await api.post(
        "/enrollments", json=order(session or cast.session, *names), headers=bearer(container, cast.marc)
    )
    booked = answer.json()["data"]
    assert (await play(api, booked, "success")).status_code == 200
    return Paid(booked["orderId"], booked["paymentId"], [seat["id"] for seat in booked["enrollments"]])


async def another_session(cast: Cast, **facts: Any) -> UUID:
    """Add a session of the same course."""
    async with unit_of_work(SYSTEM) as uow:
        return await add_session(uow, cast.course, cast.school, None, **facts)


async def mails(api: httpx.AsyncClient, name: str) -> list[str]:
    """Return the subjects that somebody got, the newest first."""
    found = (await api.get("/dev/mailbox", params={"to": name})).json()["data"]
    return [mail["subject"] for mail in found]


async def replace(api: httpx.AsyncClient, container: Container, actor: Actor, seat: str, name: str) -> httpx.Response:
    """Give a seat to somebody."""
    body = {"participant": people(name)[0]}
    return await api.put(f"/enrollments/{seat}/participant", json=body, headers=bearer(container, actor))


async def move(api: httpx.AsyncClient, container: Container, actor: Actor, seat: str, to: UUID) -> httpx.Response:
    """Move a seat to a session."""
    body = {"sessionId": str(to)}
    return await api.put(f"/enrollments/{seat}/session", json=body, headers=bearer(container, actor))


async def test_a_colleague_takes_the_seat_and_both_are_told(
    api: httpx.AsyncClient, container: Container, cast: Cast, run_jobs: RunJobs
) -> None:
    bought = await paid(api, container, cast, "ana", "bob")
    ana = bought.seats[0]
    for actor, status in ((cast.stranger, 404), (cast.lea, 404), (cast.tom, 403)):
        assert (await replace(api, container, actor, ana, "cid")).status_code == status
    answer = await replace(api, container, cast.marc, ana, "cid")
    assert answer.json()["data"]["participant"]["email"] == "cid@crew.example"
    assert (await replace(api, container, cast.marc, ana, "cid")).status_code == 200  # again: nothing more
    taken = await replace(api, container, cast.marc, ana, "bob")
    assert (taken.status_code, taken.json()["code"]) == (409, "already_enrolled")
    await run_jobs()
    assert len(await mails(api, "cid@crew.example")) == 1
    assert "collègue" in (await mails(api, "ana@crew.example"))[0]
    assert await seats_taken(cast.session) == 2
    async with unit_of_work(SYSTEM) as uow:
        (change,) = (await uow.session.execute(select(EnrollmentChange))).scalars()
        seat = await uow.session.get_one(Enrollment, UUID(ana))
        trail = (await uow.session.execute(text("SELECT action FROM audit_events"))).scalars().all()
    assert (change.to_user_id, change.changed_by) == (seat.user_id, cast.marc.user_id)
    assert change.from_user_id != change.to_user_id
    assert "enrollment.participant_replaced" in trail


async def test_the_buyer_changes_until_the_lock_date_and_the_school_until_the_start(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock
) -> None:
    bought = await paid(api, container, cast, "ana")
    async with unit_of_work(SYSTEM) as uow:  # what counts is what was promised when it was bought
        await uow.session.execute(text("UPDATE organizations SET changes_until_days = 20"))
    clock.move(days=27, hours=23)
    assert (await replace(api, container, cast.marc, bought.seats[0], "bob")).status_code == 200
    clock.move(hours=2)
    late = await replace(api, container, cast.marc, bought.seats[0], "cid")
    assert (late.status_code, late.json()["reason"], late.json()["days"]) == (409, "late", 2)
    assert (await replace(api, container, cast.olga, bought.seats[0], "cid")).status_code == 200
    clock.move(days=2)
    begun = await replace(api, container, cast.olga, bought.seats[0], "dan")
    assert begun.json()["reason"] == "started"


async def test_a_seat_whose_presence_is_recorded_or_that_is_an_individuals_stays(
    api: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    bought = await paid(api, container, cast, "ana", "bob")
    other = await another_session(cast)
    tom = bearer(container, cast.tom)
    for seat, seen in zip(bought.seats, ({"present": False}, {"present": True}), strict=True):
        assert (await api.post(f"/enrollments/{seat}/complete", json=seen, headers=tom)).status_code == 200
        for answer in (
            await replace(api, container, cast.olga, seat, "cid"),
            await move(api, container, cast.olga, seat, other),
        ):
            assert (answer.status_code, answer.json()["reason"]) == (409, "validated")
    own = await paid(api, container, cast, "dan", session=other)
    async with unit_of_work(SYSTEM) as uow:
        await uow.session.execute(text("UPDATE orders SET payer = 'individual' WHERE id = :id"), {"id": own.order_id})
    for actor in (cast.marc, cast.olga):
        answer = await replace(api, container, actor, own.seats[0], "cid")
        assert answer.json()["reason"] == "individual"


async def test_a_seat_moves_with_its_dates_and_only_where_the_price_is_the_same(
    api: httpx.AsyncClient, container: Container, cast: Cast, run_jobs: RunJobs
) -> None:
    bought = await paid(api, container, cast, "ana", "bob")
    there, dearer = await another_session(cast, in_days=40, capacity=1), await another_session(cast, in_days=50)
    async with unit_of_work(SYSTEM) as uow:
        await uow.session.execute(text("UPDATE sessions SET price_cents = 99000 WHERE id = :id"), {"id": dearer})
        foreign = await add_session(uow, await add_course(uow, cast.school, "Autre"), cast.school, None)
    ana, bob = bought.seats
    marc = bearer(container, cast.marc)
    offered = (await api.get(f"/enrollments/{ana}/sessions", headers=marc)).json()["data"]
    assert [one["sessionId"] for one in offered] == [str(there)]
    assert (await move(api, container, cast.marc, ana, dearer)).json()["reason"] == "price"
    assert (await move(api, container, cast.marc, ana, foreign)).json()["reason"] == "course"
    answer = await move(api, container, cast.marc, ana, there)
    assert answer.json()["data"]["sessionId"] == str(there)
    assert (await move(api, container, cast.marc, bob, there)).json()["code"] == "session_full"
    assert (await move(api, container, cast.olga, bob, dearer)).status_code == 200
    assert [await seats_taken(one) for one in (cast.session, there, dearer)] == [0, 1, 1]
    await run_jobs()
    assert "Nouvelles dates" in (await mails(api, "ana@crew.example"))[0]
    async with unit_of_work(SYSTEM) as uow:
        payment = (await uow.session.execute(select(Payment))).scalar_one()
    assert (payment.status, payment.refunded_cents) == ("succeeded", 0)
    # Called off, a session gives back the seats that are in it now, not those that were ordered for it.
    async with unit_of_work(cast.olga) as uow:
        await cancel_session(uow, cast.session)
        await cancel_session(uow, there)
    await run_jobs()
    states = {
        seat: (await api.get(f"/enrollments/{seat}", headers=marc)).json()["data"]["status"] for seat in (ana, bob)
    }
    assert states == {ana: "CANCELLED", bob: "CONFIRMED"}
    async with unit_of_work(SYSTEM) as uow:
        payment = (await uow.session.execute(select(Payment))).scalar_one()
    assert payment.refunded_cents == 114_000


async def test_opposite_moves_neither_lock_each_other_out_nor_oversell(
    api: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    there = await another_session(cast, capacity=5)
    here = [(await paid(api, container, cast, f"a{number}")).seats[0] for number in range(4)]
    away = [(await paid(api, container, cast, f"b{number}", session=there)).seats[0] for number in range(4)]
    moves = [move(api, container, cast.marc, seat, there) for seat in here]
    moves += [move(api, container, cast.marc, seat, cast.session) for seat in away]
    answers = await asyncio.gather(*moves)
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {"session_full"}
    assert any(answer.status_code == 200 for answer in answers)
    taken = [await seats_taken(one) for one in (cast.session, there)]
    assert sum(taken) == 8
    assert max(taken) <= 5
    async with unit_of_work(SYSTEM) as uow:
        counted = select(col(Enrollment.session_id)).where(col(Enrollment.status) == "CONFIRMED")
        sessions = (await uow.session.execute(counted)).scalars().all()
    assert [sessions.count(cast.session), sessions.count(there)] == taken


@pytest.mark.parametrize("rival", ["replace", "move"])
async def test_a_change_and_a_cancellation_at_once_leave_one_truth(
    api: httpx.AsyncClient, container: Container, cast: Cast, rival: str
) -> None:
    there = await another_session(cast)
    bought = await paid(api, container, cast, *"abcd")
    marc = bearer(container, cast.marc)

    async def change(seat: str, number: int) -> httpx.Response:
        if rival == "move":
            return await move(api, container, cast.marc, seat, there)
        return await replace(api, container, cast.marc, seat, f"new{number}")

    calls = [change(seat, number) for number, seat in enumerate(bought.seats)]
    calls += [api.put(f"/enrollments/{seat}/cancel", headers=marc) for seat in bought.seats]
    answers = await asyncio.gather(*calls)
    assert {answer.status_code for answer in answers[4:]} == {200}
    assert {answer.status_code for answer in answers[:4]} <= {200, 409}
    async with unit_of_work(SYSTEM) as uow:
        payment = (await uow.session.execute(select(Payment))).scalar_one()
    assert payment.refunded_cents == payment.amount_cents
    assert [await seats_taken(one) for one in (cast.session, there)] == [0, 0]
