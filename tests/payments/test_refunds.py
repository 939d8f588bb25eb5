"""Refunds: asked for once, sent once whatever is killed, followed in any order, tried again by an administrator."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import psycopg
import pytest
from sqlalchemy import make_url, select
from sqlmodel import col

from pygmalion_app.adapters.payments.testmode import money
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import ConflictError, UnavailableError
from pygmalion_app.core.gateway import RefundRequest
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments import gateway_events
from pygmalion_app.ledger import service as ledger
from pygmalion_app.payments import jobs, refunds
from pygmalion_app.payments.models import Payment
from pygmalion_app.payments.refund_models import Refund
from tests.cast import Cast
from tests.enrollments.test_booking import bearer, order, play
from tests.ledger import imbalance, imbalance_now

RunJobs = Callable[[], Awaitable[None]]
Booked = dict[str, Any]


@pytest.fixture
async def paid(api: httpx.AsyncClient, container: Container, cast: Cast) -> Booked:
    """Return a company's paid order of two seats, 2280.00 EUR with a commission of 190.00."""
    answer = await api.post(
        "/enrollments", json=order(cast.session, "ana", "bob"), headers=bearer(container, cast.marc)
    )
    booked = answer.json()["data"]
    assert (await play(api, booked, "success")).status_code == 200
    return booked


async def ask(booked: Booked, cents: int, key: str) -> int:
    """Ask for a refund."""
    async with unit_of_work(SYSTEM) as uow:
        return await refunds.request_refund(uow, booked["orderId"], cents, key)


async def row() -> Refund:
    """Return the only refund."""
    async with unit_of_work(SYSTEM) as uow:
        return (await uow.session.execute(select(Refund))).scalar_one()


async def payment_of(booked: Booked) -> Payment:
    """Return an order's payment."""
    async with unit_of_work(SYSTEM) as uow:
        query = select(Payment).where(col(Payment.reference) == booked["orderId"])
        return (await uow.session.execute(query)).scalar_one()


async def standing(booked: Booked) -> dict[str, int]:
    """Return what stands on the order's accounts, without zeros."""
    async with unit_of_work(SYSTEM) as uow:
        found = await ledger.order_balances(uow, booked["orderId"])
    return {account.value: cents for account, cents in found.items() if cents}


def told(refund: Refund, status: str, event: str = "evt_1", **more: object) -> dict[str, Any]:
    """Return an event about a refund."""
    about = {
        "id": refund.gateway_id or "re_1",
        "object": "refund",
        "amount": refund.amount_cents,
        "currency": "eur",
        "metadata": refunds.metadata_of(refund),
        "status": status,
        "failure_reason": None,
        **more,
    }
    return {"id": event, "type": "refund.updated", "created": 1, "data": {"object": about}}


async def test_parts_go_back_with_their_commission_and_the_books_follow(
    container: Container, paid: Booked, run_jobs: RunJobs
) -> None:
    assert await standing(paid) == {
        "SELLER": -209_000,
        "COMMISSION": -15_833,
        "COMMISSION_VAT": -3_167,
        "GATEWAY": 228_000,
    }
    assert await ask(paid, 70_001, "one") == 70_001
    assert await ask(paid, 70_001, "one") == 0
    assert (await payment_of(paid)).status == "refunding"
    await run_jobs()
    payment = await payment_of(paid)
    assert (payment.status, payment.refunded_cents) == ("succeeded", 70_001)
    assert await ask(paid, 1_000_000, "rest") == 228_000 - 70_001
    await run_jobs()
    await run_jobs()  # the gateway's events
    payment = await payment_of(paid)
    assert (payment.status, payment.refunded_cents) == ("refunded", 228_000)
    async with unit_of_work(SYSTEM) as uow:
        rows = (await uow.session.execute(select(Refund))).scalars().all()
    assert sum(refund.commission_cents for refund in rows) == 19_000
    assert {refund.status for refund in rows} == {"succeeded"}
    assert await standing(paid) == {}
    assert await imbalance_now(container) == []
    async with unit_of_work(SYSTEM) as uow:
        mails = await uow.sql("SELECT subject FROM outgoing_emails WHERE subject LIKE 'Remboursement effectué%%'")
    assert len(mails) == 2


@pytest.mark.parametrize("killed", ["before", "after"])
async def test_a_job_killed_between_two_steps_gives_back_once(
    container: Container, paid: Booked, killed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ask(paid, 50_000, "one")
    refund = await row()
    gateway = container.ports.payments
    real, keys = gateway.refund, list[str]()

    async def dying(request: RefundRequest, *, idempotency_key: str) -> str:
        keys.append(idempotency_key)
        if killed == "after":
            await real(request, idempotency_key=idempotency_key)
        raise UnavailableError(part="payments")

    with monkeypatch.context() as patch:
        patch.setattr(gateway, "refund", dying)
        with pytest.raises(UnavailableError):
            await jobs.refund.func(str(refund.id), 1)
    await jobs.refund.func(str(refund.id), 1)
    await jobs.refund.func(str(refund.id), 1)
    async with unit_of_work(SYSTEM) as uow:
        kept = await uow.sql("SELECT body -> 'amount' AS cents FROM testmode_objects WHERE kind = 'refund'")
    assert [one["cents"] for one in kept] == [50_000]
    assert keys == [f"refund:{refund.id}:1"]
    assert (await payment_of(paid)).status == "succeeded"
    assert await imbalance_now(container) == []


async def test_events_before_the_answer_and_in_any_order(container: Container, paid: Booked) -> None:
    await ask(paid, 50_000, "one")
    refund = await row()
    await gateway_events.receive(told(refund, "succeeded", "evt_a"))
    assert (await row()).status == "succeeded"
    await gateway_events.receive(told(refund, "pending", "evt_b"))
    async with unit_of_work(SYSTEM) as uow:
        await refunds.accept(uow, refund.id, 1, "re_1")
    found = await row()
    assert (found.status, found.gateway_id) == ("succeeded", "re_1")
    assert await imbalance_now(container) == []
    # Even what had arrived can come back.
    await gateway_events.receive(told(refund, "failed", "evt_c", failure_reason="lost_or_stolen_card"))
    found = await row()
    assert (found.status, found.failure) == ("failed", "lost_or_stolen_card")
    await gateway_events.receive(told(refund, "succeeded", "evt_d"))
    assert (await row()).status == "failed"
    assert (await standing(paid))["BUYER"] == -50_000, "the buyer is to get it still"
    assert await imbalance_now(container) == []


async def test_events_that_lie_or_are_not_ours_change_nothing(paid: Booked) -> None:
    await ask(paid, 50_000, "one")
    refund = await row()
    await gateway_events.receive(told(refund, "succeeded", "evt_a", amount=49_999))
    await gateway_events.receive(told(refund, "succeeded", "evt_b", currency="usd"))
    await gateway_events.receive(told(refund, "succeeded", "evt_c", metadata={"refund_id": "x", "attempt": "1"}))
    await gateway_events.receive(
        told(refund, "succeeded", "evt_d", metadata=refunds.metadata_of(refund) | {"attempt": "9" * 30})
    )
    await gateway_events.receive(told(refund, "succeeded", "evt_e", metadata=["refund_id"]))
    assert (await row()).status == "requested"


async def test_a_failed_refund_is_told_to_administrators_and_tried_again(
    api: httpx.AsyncClient, container: Container, cast: Cast, paid: Booked, run_jobs: RunJobs
) -> None:
    await ask(paid, 50_000, "one")
    await run_jobs()
    refund = await row()
    await gateway_events.receive(told(refund, "failed", "evt_a", failure_reason="expired_or_canceled_card"))
    assert (await payment_of(paid)).status == "refunding"
    async with unit_of_work(SYSTEM) as uow:
        mails = await uow.sql("SELECT to_address FROM outgoing_emails WHERE subject LIKE 'Remboursement en échec%%'")
    assert [mail["to_address"] for mail in mails] == ["ada@test.example"]
    ada, olga = bearer(container, cast.ada), bearer(container, cast.olga)
    listed = (await api.get("/finance/refunds/failed", headers=ada)).json()["data"]
    assert [(one["amountCents"], one["failure"]) for one in listed] == [(50_000, "expired_or_canceled_card")]
    assert (await api.post(f"/finance/refunds/{refund.id}/retry", headers=olga)).status_code == 403
    assert (await api.post(f"/finance/refunds/{refund.id}/retry", headers=ada)).status_code == 202
    again = await api.post(f"/finance/refunds/{refund.id}/retry", headers=ada)
    assert (again.status_code, again.json()["code"]) == (409, "refund_not_failed")
    await run_jobs()
    await run_jobs()  # the gateway's events
    found = await row()
    assert (found.attempt, found.status) == (2, "succeeded")
    # The first attempt's events are late by now.
    await gateway_events.receive(told(refund, "failed", "evt_late"))
    assert (await row()).status == "succeeded"
    assert (await payment_of(paid)).status == "succeeded"
    assert "BUYER" not in await standing(paid)
    assert await imbalance_now(container) == []


async def test_what_the_gateway_refuses_for_good_waits_for_a_person(
    container: Container, paid: Booked, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ask(paid, 50_000, "one")
    refund = await row()

    async def refusing(request: RefundRequest, *, idempotency_key: str) -> str:
        raise money.NotRefundableError(payment_intent=request.payment_intent, key=idempotency_key)

    assert issubclass(money.NotRefundableError, ConflictError)
    monkeypatch.setattr(container.ports.payments, "refund", refusing)
    await jobs.refund.func(str(refund.id), 1)
    found = await row()
    assert (found.status, found.failure) == ("failed", "not_refundable")
    assert (await standing(paid))["BUYER"] == -50_000


async def test_money_that_comes_too_late_nets_to_nothing(
    api: httpx.AsyncClient, container: Container, cast: Cast, run_jobs: RunJobs
) -> None:
    answer = await api.post("/enrollments", json=order(cast.session, "ana"), headers=bearer(container, cast.marc))
    booked = answer.json()["data"]
    async with unit_of_work(SYSTEM) as uow:  # the organisation calls it off while the buyer pays
        await uow.sql("UPDATE sessions SET status = 'cancelled' WHERE id = %(id)s", id=cast.session)
    assert (await play(api, booked, "success")).status_code == 200
    await run_jobs()
    assert (await payment_of(booked)).status == "refunded"
    assert await standing(booked) == {}
    async with unit_of_work(SYSTEM) as uow:
        kinds = await uow.sql("SELECT kind FROM ledger_entries ORDER BY id")
    assert [one["kind"] for one in kinds] == ["charge", "refund"]
    assert await imbalance_now(container) == []


async def test_the_books_own_check_sees_what_they_do_not_tell(container: Container, paid: Booked) -> None:
    url = make_url(container.settings.database_url.get_secret_value()).set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False)) as connection:
        assert imbalance(connection) == []
        async with unit_of_work(SYSTEM) as uow:
            await uow.sql("UPDATE payments SET paid_at = NULL WHERE id = %(id)s", id=paid["paymentId"])
        (wrong,) = imbalance(connection)
    assert wrong.startswith("the books tell another story")
    assert paid["orderId"] in wrong
