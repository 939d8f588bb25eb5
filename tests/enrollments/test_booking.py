"""Booking over the REST API: hold, pay, confirm, refuse; on a real port with signed events."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select, text
from sqlmodel import col

from pygmalion_app.accounts import tokens
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import PermissionDeniedError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments.cancellation import cancel_session
from pygmalion_app.enrollments.models import Enrollment
from pygmalion_app.payments.models import Payment
from pygmalion_app.sessions.models import TrainingSession
from tests.cast import Cast, add_session
from tests.clock import MovableClock
from tests.statements import counted_statements

RunJobs = Callable[[], Awaitable[None]]


def bearer(container: Container, actor: Actor) -> dict[str, str]:
    """Return the header that makes a call an actor's."""
    assert actor.user_id is not None
    return {
        "Authorization": "Bearer "
        + tokens.create_access_token(container.settings, actor.user_id, container.clock.now())
    }


def people(*names: str) -> list[dict[str, str]]:
    """Return participants."""
    return [{"email": f"{name}@crew.example", "firstName": name.title(), "lastName": "Crew"} for name in names]


def order(session: object, *names: str) -> dict[str, Any]:
    """Return the body of a company's order."""
    return {"sessionId": str(session), "payer": "company", "paymentMethod": "card", "participants": people(*names)}


async def seats_taken(session: object) -> int:
    """Return what the session's row says."""
    async with unit_of_work(SYSTEM) as uow:
        query = select(col(TrainingSession.seats_taken)).where(col(TrainingSession.id) == session)
        return (await uow.session.execute(query)).scalar_one()


async def play(api: httpx.AsyncClient, booked: dict[str, Any], outcome: str, **more: str) -> httpx.Response:
    """Play an outcome on an order's checkout."""
    checkout = booked["checkoutUrl"].rsplit("/", 1)[1]
    return await api.post(f"/dev/pay/{checkout}", json={"outcome": outcome, **more})


async def test_paid_order_confirms_both_and_tells_everybody(
    api: httpx.AsyncClient, container: Container, cast: Cast, run_jobs: RunJobs
) -> None:
    marc = bearer(container, cast.marc)
    answer = await api.post("/enrollments", json=order(cast.session, "ana", "bob"), headers=marc)
    assert answer.status_code == 201, answer.text
    booked = answer.json()["data"]
    assert booked["status"] == "PENDING"
    assert booked["amountCents"] == 2 * 95_000 * 120 // 100
    assert len(booked["enrollments"]) == 2
    assert await seats_taken(cast.session) == 2

    assert (await play(api, booked, "success")).status_code == 200
    for enrollment in booked["enrollments"]:
        seen = (await api.get(f"/enrollments/{enrollment['id']}", headers=marc)).json()["data"]
        assert seen["status"] == "CONFIRMED"
        assert seen["certificate"] is None
    payment = (await api.get(f"/payments/{booked['paymentId']}", headers=marc)).json()["data"]
    assert (payment["status"], payment["amountCents"], payment["currency"]) == ("succeeded", 228_000, "EUR")

    await run_jobs()
    for address in ("marc@test.example", "ana@crew.example", "bob@crew.example"):
        mails = (await api.get("/dev/mailbox", params={"to": address})).json()["data"]
        about = [mail for mail in mails if "Sûreté aéroportuaire" in mail["subject"]]
        invoices = [mail for mail in mails if "facture" in mail["subject"]]
        assert len(about) == 1, address
        # The buyer's invoice follows when it is printed.
        assert len(mails) - 1 == len(invoices) <= int(address == "marc@test.example"), address


async def test_200_buyers_for_the_last_five_seats_sell_five(
    api: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    marc = bearer(container, cast.marc)

    async def buy(number: int) -> int:
        answer = await api.post("/enrollments", json=order(cast.session, f"p{number}"), headers=marc, timeout=60)
        if answer.status_code != 201:
            assert answer.json()["code"] in {"session_full", "busy"}
        return answer.status_code

    results = await asyncio.gather(*(buy(number) for number in range(200)))
    assert results.count(201) == 5
    assert set(results) <= {201, 409, 503}
    assert await seats_taken(cast.session) == 5


async def test_all_seats_or_none(api: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    marc = bearer(container, cast.marc)
    answer = await api.post("/enrollments", json=order(cast.session, *"abcdef"), headers=marc)
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "session_full"
    assert answer.json()["left"] == 5
    assert await seats_taken(cast.session) == 0


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"participants": people("ana", "ana")}, 422, "duplicate_participant"),
        ({"participants": []}, 422, "invalid_input"),
        ({"participants": [{"email": "no address", "firstName": "A", "lastName": "B"}]}, 422, "invalid_input"),
        ({"participants": [{"email": "a@b.example", "firstName": "A\nBcc: x", "lastName": "B"}]}, 422, "invalid_input"),
        ({"sessionId": str(uuid4())}, 404, "not_found"),
        ({"payer": "individual"}, 403, "only_oneself"),
        ({"organizationId": str(uuid4())}, 403, "permission_denied"),
        ({"price": 1}, 422, "invalid_input"),
    ],
)
async def test_bad_orders_are_refused_whole(
    api: httpx.AsyncClient, container: Container, cast: Cast, change: dict[str, Any], status: int, code: str
) -> None:
    body = order(cast.session, "ana") | change
    answer = await api.post("/enrollments", json=body, headers=bearer(container, cast.marc))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await seats_taken(cast.session) == 0


async def test_past_session_and_same_person_again(api: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    marc = bearer(container, cast.marc)
    async with unit_of_work(SYSTEM) as uow:
        past = await add_session(uow, cast.course, cast.school, cast.tom.user_id, in_days=-1)
    refused = await api.post("/enrollments", json=order(past, "ana"), headers=marc)
    assert (refused.status_code, refused.json()["code"]) == (409, "session_past")

    assert (await api.post("/enrollments", json=order(cast.session, "ana"), headers=marc)).status_code == 201
    again = await api.post("/enrollments", json=order(cast.session, "bob", "ana"), headers=marc)
    assert (again.status_code, again.json()["code"]) == (409, "already_enrolled")
    assert await seats_taken(cast.session) == 1


async def test_strangers_and_learners_cannot_buy_for_others(
    api: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    body = order(cast.session, "ana")
    assert (await api.post("/enrollments", json=body)).status_code == 401
    assert (await api.post("/enrollments", json=body, headers=bearer(container, cast.lea))).status_code == 403
    assert (await api.post("/enrollments", json=body, headers={"Authorization": "Bearer x.y.z"})).status_code == 401


async def test_enrollment_is_invisible_to_others(api: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    booked = (
        await api.post("/enrollments", json=order(cast.session, "ana"), headers=bearer(container, cast.marc))
    ).json()
    enrollment = booked["data"]["enrollments"][0]["id"]
    for actor, status in ((cast.stranger, 404), (cast.lea, 404), (cast.olga, 200), (cast.tom, 200), (cast.marc, 200)):
        answer = await api.get(f"/enrollments/{enrollment}", headers=bearer(container, actor))
        assert answer.status_code == status
    assert (
        await api.put(f"/enrollments/{enrollment}/cancel", headers=bearer(container, cast.stranger))
    ).status_code == 404
    assert (
        await api.post(f"/enrollments/{enrollment}/complete", headers=bearer(container, cast.marc))
    ).status_code == 403
    payment = booked["data"]["paymentId"]
    assert (await api.get(f"/payments/{payment}", headers=bearer(container, cast.stranger))).status_code == 404
    order_id = booked["data"]["orderId"]
    assert (await api.get(f"/orders/{order_id}", headers=bearer(container, cast.stranger))).status_code == 404


async def test_idempotency_key_books_once(api: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    headers = bearer(container, cast.marc) | {"Idempotency-Key": "form-1"}
    calls = [api.post("/enrollments", json=order(cast.session, "ana"), headers=headers) for _ in range(6)]
    answers = await asyncio.gather(*calls)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["data"]["orderId"] for answer in answers}) == 1
    assert len({answer.json()["data"]["checkoutUrl"] for answer in answers}) == 1
    assert await seats_taken(cast.session) == 1
    other = await api.post("/enrollments", json=order(cast.session, "bob"), headers=headers)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_conflict")


async def test_decline_keeps_the_hold_and_a_retry_pays(
    api: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    marc = bearer(container, cast.marc)
    booked = (await api.post("/enrollments", json=order(cast.session, "ana"), headers=marc)).json()["data"]
    assert (await play(api, booked, "decline")).json()["data"]["status"] == "open"
    assert (await api.get(f"/orders/{booked['orderId']}", headers=marc)).json()["data"]["status"] == "PENDING"
    await play(api, booked, "success")
    assert (await api.get(f"/orders/{booked['orderId']}", headers=marc)).json()["data"]["status"] == "CONFIRMED"
    assert (await play(api, booked, "success")).status_code == 409


async def test_lapsed_hold_frees_the_seats(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    marc = bearer(container, cast.marc)
    booked = (await api.post("/enrollments", json=order(cast.session, *"abcde"), headers=marc)).json()["data"]
    clock.move(minutes=31)
    marc = bearer(container, cast.marc)
    # Nobody has cleaned up yet: the next buyer does, under the lock; the same person may be enrolled anew.
    answer = await api.post("/enrollments", json=order(cast.session, "a", "f"), headers=marc)
    assert answer.status_code == 201
    assert await seats_taken(cast.session) == 2
    assert (await api.get(f"/orders/{booked['orderId']}", headers=marc)).json()["data"]["status"] == "EXPIRED"


async def test_late_payment_is_reseated_or_given_back(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    from pygmalion_app.adapters.payments.testmode.delivery import signature
    from pygmalion_app.adapters.payments.testmode.outcomes import STEPS, Outcome, event_payload

    marc = bearer(container, cast.marc)
    first = (await api.post("/enrollments", json=order(cast.session, "ana"), headers=marc)).json()["data"]
    second = (await api.post("/enrollments", json=order(cast.session, "bob"), headers=marc)).json()["data"]
    clock.move(minutes=31)
    marc = bearer(container, cast.marc)
    assert (await api.post("/enrollments", json=order(cast.session, *"wxyz"), headers=marc)).status_code == 201

    async def pay_late(booked: dict[str, Any]) -> None:
        request = {
            "mode": "payment",
            "reference": booked["paymentId"],
            "metadata": {},
            "amount_cents": booked["amountCents"],
            "currency": "eur",
            "customer_email": "marc@test.example",
        }
        checkout = booked["checkoutUrl"].rsplit("/", 1)[1]
        _, payload = event_payload(
            "checkout.session.completed", checkout, f"pi_{checkout}", request, STEPS[Outcome.SUCCESS], clock.now()
        )
        secret = container.settings.stripe_webhook_secret.get_secret_value()
        headers = {"Stripe-Signature": signature(secret, payload, clock.now())}
        assert (await api.post("/payments/webhook", content=payload, headers=headers)).status_code == 200

    await pay_late(first)  # one seat is left: reseated
    await pay_late(second)  # none is left: given back
    statuses = [
        (await api.get(f"/orders/{booked['orderId']}", headers=marc)).json()["data"]["status"]
        for booked in (first, second)
    ]
    assert statuses == ["CONFIRMED", "CANCELLED"]
    assert await seats_taken(cast.session) == 5
    async with unit_of_work(SYSTEM) as uow:
        payment = (
            await uow.session.execute(select(Payment).where(col(Payment.reference) == second["orderId"]))
        ).scalar_one()
        assert (payment.status, payment.refunded_cents) == ("refunding", payment.amount_cents)


async def test_late_payment_finds_its_own_lapsed_seats_free(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock
) -> None:
    booked = (
        await api.post("/enrollments", json=order(cast.session, "ana", "bob"), headers=bearer(container, cast.marc))
    ).json()["data"]
    checkout = booked["checkoutUrl"].rsplit("/", 1)[1]
    async with unit_of_work(SYSTEM) as uow:  # the gateway's page stays open longer than our hold
        statement = text(
            "UPDATE testmode_checkouts SET expires_at = expires_at + interval '1 day' WHERE checkout_id = :id"
        )
        await uow.session.execute(statement, {"id": checkout})
    clock.move(minutes=31)
    assert (await play(api, booked, "success")).status_code == 200
    marc = bearer(container, cast.marc)
    found = (await api.get(f"/orders/{booked['orderId']}", headers=marc)).json()["data"]
    assert (found["status"], {seat["status"] for seat in found["enrollments"]}) == ("CONFIRMED", {"CONFIRMED"})
    assert await seats_taken(cast.session) == 2


async def test_slow_debit_holds_then_fails(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock
) -> None:
    marc = bearer(container, cast.marc)
    booked = (await api.post("/enrollments", json=order(cast.session, "ana"), headers=marc)).json()["data"]
    await play(api, booked, "sepa_pending")
    clock.move(minutes=40)
    marc = bearer(container, cast.marc)
    assert (await api.post("/enrollments", json=order(cast.session, *"abcde"), headers=marc)).status_code == 409
    clock.move(minutes=-40)
    await play(api, booked, "sepa_failure")
    assert await seats_taken(cast.session) == 0


async def test_cancelling_gives_back_by_the_frozen_tiers(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    marc = bearer(container, cast.marc)
    booked = (await api.post("/enrollments", json=order(cast.session, "ana", "bob"), headers=marc)).json()["data"]
    await play(api, booked, "success")
    clock.move(days=20)  # ten days before: 50 %
    marc, first = bearer(container, cast.marc), booked["enrollments"][0]["id"]
    async with unit_of_work(SYSTEM) as uow:  # the course's tiers change after the sale: the order's do not
        await uow.session.execute(text("UPDATE courses SET refund_tiers = '[]'"))
    cancelled = await api.put(f"/enrollments/{first}/cancel", headers=marc)
    assert cancelled.json()["data"]["status"] == "CANCELLED"
    assert (await api.put(f"/enrollments/{first}/cancel", headers=marc)).json()["code"] == "not_cancellable"
    async with unit_of_work(SYSTEM) as uow:
        payment = (await uow.session.execute(select(Payment))).scalar_one()
    assert payment.refunded_cents == 114_000 // 2
    assert await seats_taken(cast.session) == 1


async def test_an_order_takes_at_most_twelve_statements(
    api: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    marc = bearer(container, cast.marc)
    with counted_statements() as sent:
        answer = await api.post("/enrollments", json=order(cast.session, "ana", "bob"), headers=marc)
    assert answer.status_code == 201
    # A gateway elsewhere keeps its checkout itself; the embedded one does so in the same database, in two.
    (own,) = [place for place, query in enumerate(sent) if "testmode_checkouts" in query]
    product = [*sent[: own - 1], *sent[own + 1 :]]
    assert len(product) <= 12, product


async def test_only_the_trainer_or_the_school_validates(
    api: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    marc, tom = bearer(container, cast.marc), bearer(container, cast.tom)
    booked = (await api.post("/enrollments", json=order(cast.session, "ana", "bob"), headers=marc)).json()["data"]
    ana, bob = (enrollment["id"] for enrollment in booked["enrollments"])
    early = await api.post(f"/enrollments/{ana}/complete", headers=tom)
    assert early.json()["code"] == "not_confirmed"
    await play(api, booked, "success")
    assert (await api.post(f"/enrollments/{ana}/complete", headers=tom)).json()["data"]["status"] == "COMPLETED"
    failed = await api.post(f"/enrollments/{bob}/complete", json={"present": True, "passed": False}, headers=tom)
    assert failed.json()["data"]["status"] == "IN_PROGRESS"
    for actor in (cast.lea, cast.stranger):
        assert (
            await api.get(f"/sessions/{cast.session}/enrollments", headers=bearer(container, actor))
        ).status_code == 403
    listed = await api.get(f"/sessions/{cast.session}/enrollments", headers=tom)
    assert {item["status"] for item in listed.json()["data"]} == {"COMPLETED", "IN_PROGRESS"}
    async with unit_of_work(SYSTEM) as uow:
        query = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'certificates.issue'")
        assert (await uow.session.execute(query)).scalar_one() == 1
        assert (await uow.session.execute(select(col(Enrollment.validated_by)))).scalars().all() == [
            cast.tom.user_id
        ] * 2


async def test_a_session_called_off_gives_everything_back(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    marc = bearer(container, cast.marc)
    paid = (await api.post("/enrollments", json=order(cast.session, "ana", "bob"), headers=marc)).json()["data"]
    await play(api, paid, "success")
    waiting = (await api.post("/enrollments", json=order(cast.session, "cid"), headers=marc)).json()["data"]
    clock.move(days=29)  # the buyer's own cancellation would give nothing back now
    async with unit_of_work(cast.stranger) as uow:
        with pytest.raises(PermissionDeniedError):
            await cancel_session(uow, cast.session)
    async with unit_of_work(cast.olga) as uow:
        await cancel_session(uow, cast.session)
    await run_jobs()
    await run_jobs()
    marc = bearer(container, cast.marc)
    for booked in (paid, waiting):
        assert (await api.get(f"/orders/{booked['orderId']}", headers=marc)).json()["data"]["status"] in {
            "CANCELLED",
            "EXPIRED",
        }
    payment = (await api.get(f"/payments/{paid['paymentId']}", headers=marc)).json()["data"]
    assert (payment["status"], payment["refundedCents"]) == ("refunded", payment["amountCents"])
    refused = await api.post("/enrollments", json=order(cast.session, "dan"), headers=marc)
    assert refused.json()["code"] == "session_past"
    assert await seats_taken(cast.session) == 0
