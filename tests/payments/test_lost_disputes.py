"""A refund that never left and the same money lost to a bank: one loss, booked once, and nothing left waiting."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx
import pytest

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.gateway import NotRefundableError, RefundRequest, TransferRefusedError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments import cancellation
from pygmalion_app.payments import payout_jobs, refunds
from pygmalion_app.payments.events import apply_event
from tests.cast import Cast, add_session
from tests.clock import MovableClock
from tests.enrollments.test_booking import bearer, order
from tests.ledger import imbalance_now
from tests.payments.test_disputes import accounts, event, paid, tell
from tests.payments.test_refunds import told

RunJobs = Callable[[], Awaitable[None]]
TOTAL = 228_000


async def rows(query: str, **values: object) -> list[dict[str, Any]]:
    """Return what the database holds."""
    async with unit_of_work(SYSTEM) as uow:
        return await uow.sql(query, **values)  # pyright: ignore[reportArgumentType]


async def state(booked: dict[str, Any]) -> tuple[str, int, list[tuple[str, int]]]:
    """Return an order's payment and refunds."""
    (payment,) = await rows("SELECT status, refunded_cents FROM payments WHERE id = %(id)s", id=booked["paymentId"])
    found = await rows(
        "SELECT status, amount_cents FROM refunds WHERE payment_id = %(id)s ORDER BY status", id=booked["paymentId"]
    )
    return payment["status"], payment["refunded_cents"], [(row["status"], row["amount_cents"]) for row in found]


async def at_school(booked: dict[str, Any]) -> int:
    """Return what the books leave on the school's account at the gateway."""
    (row,) = await rows(
        "SELECT coalesce(sum(l.amount_cents), 0)::bigint AS cents FROM ledger_lines l JOIN ledger_entries e"
        " ON e.id = l.entry_id WHERE e.payment_id = %(id)s AND l.account = 'GATEWAY' AND l.organization_id IS NOT NULL",
        id=booked["paymentId"],
    )
    return row["cents"]


@pytest.fixture
def refusing(container: Container, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let the gateway refuse refunds until it is undone."""

    async def refuse(request: RefundRequest, *, idempotency_key: str) -> str:
        raise NotRefundableError(payment_intent=request.payment_intent, key=idempotency_key)

    monkeypatch.setattr(container.ports.payments, "refund", refuse)
    return monkeypatch


@pytest.fixture
async def six(container: Container, cast: Cast) -> UUID:
    """Return a session of six seats, each 1,140 EUR with 95 EUR of commission."""
    async with unit_of_work(SYSTEM) as uow:
        return await add_session(uow, cast.course, cast.school, None, capacity=6)


async def lose(booked: dict[str, Any], amount: int, clock: MovableClock) -> None:
    """Let a bank take money and keep it."""
    opened = event(1, "created", "needs_response", booked["intent"], amount, clock)
    decided = event(2, "closed", "lost", booked["intent"], amount, clock)
    assert (await tell(opened, decided, decided))[1:] == ["dispute_lost", "none"]


async def test_a_refused_refund_and_a_lost_dispute_are_the_same_money(
    api: httpx.AsyncClient,
    container: Container,
    cast: Cast,
    clock: MovableClock,
    run_jobs: RunJobs,
    six: UUID,
    refusing: pytest.MonkeyPatch,
) -> None:
    whole, part = await paid(api, container, cast, six, "p1", "p2"), await paid(api, container, cast, six, "p3", "p4")
    async with unit_of_work(cast.marc, elevated=True) as uow:
        assert await cancellation.cancel_seats(uow, UUID(whole["orderId"])) == TOTAL
        await refunds.request_refund(uow, UUID(part["orderId"]), 50_001, "gesture")
    await run_jobs()
    assert (await state(whole), await state(part)) == (
        ("refunding", TOTAL, [("failed", TOTAL)]),
        ("refunding", 50_001, [("failed", 50_001)]),
    )
    assert (await accounts(whole["paymentId"]))["BUYER"] == -TOTAL
    for booked in (whole, part):
        await lose(booked, TOTAL, clock)
    assert (await state(whole), await state(part)) == (
        ("refunded", TOTAL, [("covered", TOTAL)]),
        ("succeeded", 50_001, [("covered", 50_001)]),
    )
    # The buyer has their money, the sale is given up with its commission, and nobody is charged twice.
    assert await accounts(whole["paymentId"]) == await accounts(part["paymentId"]) == {}
    await run_jobs()
    assert [await at_school(whole), await at_school(part)] == [0, 0]
    notes = await rows("SELECT order_id, total_cents FROM invoices WHERE kind = 'credit_note' ORDER BY total_cents")
    assert [(str(note["order_id"]), note["total_cents"]) for note in notes] == [
        (part["orderId"], 50_001),
        (whole["orderId"], TOTAL),
    ]
    assert await imbalance_now(container) == []


async def test_only_what_the_charge_cannot_hold_twice_is_covered(
    api: httpx.AsyncClient,
    container: Container,
    cast: Cast,
    clock: MovableClock,
    run_jobs: RunJobs,
    six: UUID,
    refusing: pytest.MonkeyPatch,
) -> None:
    less, sent = await paid(api, container, cast, six, "p1", "p2"), await paid(api, container, cast, six, "p3", "p4")
    async with unit_of_work(SYSTEM) as uow:
        await refunds.request_refund(uow, UUID(less["orderId"]), TOTAL, "all")
    await run_jobs()
    await lose(less, 100_000, clock)
    assert await state(less) == ("refunding", TOTAL, [("covered", 100_000), ("failed", TOTAL - 100_000)])
    assert (await accounts(less["paymentId"]))["BUYER"] == 100_000 - TOTAL, "the rest is owed still"
    # This one went, and its answer is not known here yet: the bank took what was left.
    async with unit_of_work(SYSTEM) as uow:
        await refunds.request_refund(uow, UUID(sent["orderId"]), 50_000, "part")
    await lose(sent, TOTAL - 50_000, clock)
    assert await state(sent) == ("refunding", 50_000, [("requested", 50_000)])
    async with unit_of_work(SYSTEM) as uow:
        (row,) = await uow.sql("SELECT id FROM refunds WHERE status = 'requested'")
        await refunds.accept(uow, row["id"], 1, "re_1")
    assert (await state(sent))[0] == "succeeded"
    assert await accounts(sent["paymentId"]) == {}
    assert await imbalance_now(container) == []


async def test_money_that_bought_nothing_is_no_loss_of_the_schools(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, six: UUID
) -> None:
    """A bank gives back what was paid for a session called off, before the news of the payment were here."""
    answer = await api.post("/enrollments", json=order(six, "p1", "p2"), headers=bearer(container, cast.marc))
    booked = answer.json()["data"] | {"intent": "pi_early"}
    async with unit_of_work(SYSTEM) as uow:
        await uow.sql(
            "UPDATE payments SET status = 'succeeded', payment_intent = 'pi_early', paid_at = now() WHERE id = %(id)s",
            id=booked["paymentId"],
        )
        await uow.sql("UPDATE orders SET status = 'CANCELLED' WHERE id = %(id)s", id=booked["orderId"])
        await uow.sql("UPDATE enrollments SET status = 'CANCELLED' WHERE order_id = %(id)s", id=booked["orderId"])
        payment = await uow.session.get_one(refunds.Payment, UUID(booked["paymentId"]))
        await refunds.accounting.charged(uow, payment, TOTAL, 19_000, "pi_early", "checkout")
    await lose(booked, TOTAL, clock)
    assert await state(booked) == ("refunded", TOTAL, [("covered", TOTAL)])
    assert await accounts(booked["paymentId"]) == {}
    (back,) = await rows("SELECT status, amount_cents FROM transfers_back")
    assert back == {"status": "requested", "amount_cents": TOTAL - 19_000}


async def test_an_administrator_pays_by_hand_what_the_gateway_will_not(
    api: httpx.AsyncClient,
    container: Container,
    cast: Cast,
    clock: MovableClock,
    run_jobs: RunJobs,
    refusing: pytest.MonkeyPatch,
) -> None:
    booked, ada = await paid(api, container, cast), bearer(container, cast.ada)
    async with unit_of_work(SYSTEM) as uow:
        await refunds.request_refund(uow, UUID(booked["orderId"]), 57_000, "gesture")
    await run_jobs()
    (failed,) = (await api.get("/finance/refunds/failed", headers=ada)).json()["data"]
    address, today = f"/finance/refunds/{failed['id']}/paid-by-hand", clock.now().date()
    body = {"reference": " VIR-0007 ", "paidOn": today.isoformat()}
    disputed = event(1, "created", "needs_response", booked["intent"], TOTAL, clock)
    await tell(disputed)
    answer = await api.post(address, json=body, headers=ada)
    assert (answer.status_code, answer.json()["code"]) == (409, "refund_disputed")
    refusing.undo()
    await tell(event(2, "closed", "won", booked["intent"], TOTAL, clock))
    async with unit_of_work(SYSTEM) as uow:
        await refunds.refuse(uow, UUID(failed["id"]), 2, "expired_or_canceled_card")
    assert (await api.post(address, json=body | {"paidOn": "2999-01-01"}, headers=ada)).status_code == 422
    assert (await api.post(address, json=body, headers=bearer(container, cast.olga))).status_code == 403
    assert (await api.post(address, json=body, headers=ada)).status_code == 200
    again = await api.post(address, json=body, headers=ada)
    assert (again.status_code, again.json()["code"]) == (409, "refund_not_failed")
    assert await state(booked) == ("succeeded", 57_000, [("by_hand", 57_000)])
    before = await at_school(booked)
    await run_jobs()
    assert before - await at_school(booked) == 57_000 - 4_750
    books = await accounts(booked["paymentId"])
    assert (books.get("BUYER"), books["BANK"], books["GATEWAY"]) == (None, -57_000, TOTAL)
    mails = (await api.get("/dev/mailbox", params={"to": "marc@test.example"})).json()["data"]
    (mail,) = [mail for mail in mails if mail["subject"].startswith("Remboursement par virement")]
    assert mail is not None
    (note,) = await rows("SELECT total_cents FROM invoices WHERE kind = 'credit_note'")
    assert note["total_cents"] == 57_000
    # The gateway's word on the attempt before, however late, changes nothing.
    (row,) = await rows("SELECT id FROM refunds")
    async with unit_of_work(SYSTEM) as uow:
        found = await uow.session.get_one(refunds.Refund, row["id"])
        await apply_event(uow, told(found, "succeeded", "evt_late"))
    assert (await state(booked))[2] == [("by_hand", 57_000)]
    assert await imbalance_now(container) == []


async def test_an_account_that_holds_too_little_is_asked_again_the_next_day(
    api: httpx.AsyncClient,
    container: Container,
    cast: Cast,
    clock: MovableClock,
    run_jobs: RunJobs,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    booked = await paid(api, container, cast)
    keys: list[str] = []

    async def poor(payment_intent: str, amount_cents: int, *, idempotency_key: str) -> str | None:
        keys.append(idempotency_key)
        if len(keys) == 1:
            raise TransferRefusedError(payment_intent=payment_intent, reason="balance_insufficient")
        assert amount_cents == TOTAL - 19_000
        return "trr_1"

    monkeypatch.setattr(container.ports.merchants, "take_back", poor)
    await lose(booked, TOTAL, clock)
    await run_jobs()
    (row,) = await rows("SELECT id, status, failure FROM transfers_back")
    assert (row["status"], row["failure"], await at_school(booked)) == (
        "failed",
        "balance_insufficient",
        TOTAL - 19_000,
    )
    await payout_jobs.sweep_transfers_back.func(0)
    await run_jobs()
    assert len(keys) == 1
    clock.move(days=1)
    await payout_jobs.sweep_transfers_back.func(0)
    await run_jobs()
    await payout_jobs.take_back.func(str(row["id"]), 2)
    assert keys == [f"take-back:{row['id']}:1", f"take-back:{row['id']}:2"]
    (row,) = await rows("SELECT status, gateway_id FROM transfers_back")
    assert (row["status"], row["gateway_id"], await at_school(booked)) == ("done", "trr_1", 0)
    assert await imbalance_now(container) == []
