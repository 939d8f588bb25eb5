"""Disputes: their events in any order, the books, the answer that puts itself together, and who sees what."""

import io
import itertools
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx
import pikepdf
import pytest

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.disputes import service
from pygmalion_app.disputes.schemas import SubmitEvidence
from pygmalion_app.enrollments.settlement import settle
from pygmalion_app.payments.dispute_events import match_disputes
from pygmalion_app.payments.events import apply_event
from pygmalion_app.payments.service import request_refund
from tests.cast import Cast, add_session
from tests.clock import MovableClock
from tests.enrollments.test_booking import bearer, order, play

RunJobs = Callable[[], Awaitable[None]]
DISPUTE = {"object": "dispute", "currency": "eur", "reason": "product_not_received", "charge": "ch_1", "metadata": {}}


async def paid(
    api: httpx.AsyncClient, container: Container, cast: Cast, session: UUID | None = None, *names: str
) -> dict[str, Any]:
    """Have a company buy seats and pay."""
    body = order(session or cast.session, *(names or ("ana", "bob")))
    booked = (await api.post("/enrollments", json=body, headers=bearer(container, cast.marc))).json()["data"]
    assert (await play(api, booked, "success")).status_code == 200
    async with unit_of_work(SYSTEM) as uow:
        (row,) = await uow.sql("SELECT payment_intent FROM payments WHERE id = %(id)s", id=booked["paymentId"])
    return booked | {"intent": row["payment_intent"]}


def event(number: int, kind: str, status: str, intent: str, amount: int, clock: MovableClock) -> dict[str, Any]:
    """Return an event as the gateway sends it."""
    due = int(clock.now().timestamp()) + 9 * 86_400
    body = DISPUTE | {
        "id": f"dp_{intent}",
        "payment_intent": intent,
        "amount": amount,
        "status": status,
        "created": int(clock.now().timestamp()),
        "evidence_details": {"due_by": due},
    }
    return {"id": f"evt_{intent}_{number}", "type": f"charge.dispute.{kind}", "data": {"object": body}}


async def tell(*events: dict[str, Any]) -> list[str]:
    """Apply events as the webhook does, and return what they changed."""
    changes: list[str] = []
    for one in events:
        async with unit_of_work(SYSTEM) as uow:
            outcome = await apply_event(uow, one)
            await settle(uow, outcome)
            changes.append(outcome.change)
    return changes


async def accounts(payment: str) -> dict[str, int]:
    """Return what stands in each account for a payment; accounts at zero are left out."""
    async with unit_of_work(SYSTEM) as uow:
        rows = await uow.sql(
            "SELECT l.account, sum(l.amount_cents)::bigint AS cents FROM ledger_lines l"
            " JOIN ledger_entries e ON e.id = l.entry_id WHERE e.payment_id = %(payment)s GROUP BY l.account",
            payment=payment,
        )
    return {row["account"]: row["cents"] for row in rows if row["cents"]}


@pytest.mark.parametrize("end", ["won", "lost"])
async def test_events_in_any_order_lead_to_the_same_state_and_books(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, end: str
) -> None:
    async with unit_of_work(SYSTEM) as uow:
        session = await add_session(uow, cast.course, cast.school, None, capacity=6)
    kinds = [("created", "needs_response"), ("funds_withdrawn", "needs_response"), ("closed", end)]
    for turn, sequence in enumerate(itertools.permutations(kinds)):
        booked = await paid(api, container, cast, session, f"p{turn}")
        before, total = await accounts(booked["paymentId"]), booked["amountCents"]
        events = [event(n, kind, state, booked["intent"], total, clock) for n, (kind, state) in enumerate(sequence)]
        changes = await tell(*events, *events)
        assert changes.count(f"dispute_{end}") == 1, changes
        async with unit_of_work(SYSTEM) as uow:
            (row,) = await uow.sql(
                "SELECT status, closed_at FROM disputes WHERE payment_id = %(id)s", id=booked["paymentId"]
            )
            assert row["status"] == end
            assert row["closed_at"] is not None
        # Lost, the sale is given up with its commission, and the money has left the gateway.
        assert await accounts(booked["paymentId"]) == (before if end == "won" else {})
        async with unit_of_work(SYSTEM) as uow:
            back = await request_refund(uow, UUID(booked["orderId"]), total, "afterwards")
            assert back == (total if end == "won" else 0)


async def test_an_inquiry_takes_no_money_and_a_late_opening_reopens_nothing(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    booked = await paid(api, container, cast)
    before = await accounts(booked["paymentId"])

    def told(number: int, kind: str, status: str) -> dict[str, Any]:
        return event(number, kind, status, booked["intent"], booked["amountCents"], clock)

    assert await tell(told(1, "created", "warning_needs_response")) == ["disputed"]
    assert await accounts(booked["paymentId"]) == before
    assert await tell(told(2, "funds_withdrawn", "needs_response")) == ["none"]
    assert (await accounts(booked["paymentId"]))["DISPUTE"] == booked["amountCents"]
    async with unit_of_work(SYSTEM) as uow:
        back = await request_refund(uow, UUID(booked["orderId"]), booked["amountCents"], "meanwhile")
    assert back == booked["amountCents"]
    await run_jobs()
    async with unit_of_work(SYSTEM) as uow:
        (waiting,) = await uow.sql("SELECT status, failure, gateway_id FROM refunds")
    assert waiting == {"status": "failed", "failure": "charge_disputed", "gateway_id": None}, "the bank has the money"
    assert await tell(told(3, "closed", "won")) == ["dispute_won"]
    assert await tell(told(4, "created", "needs_response")) == ["none"]
    await run_jobs()
    assert await accounts(booked["paymentId"]) == {}, "the refund that waited has gone"
    async with unit_of_work(SYSTEM) as uow:
        assert (await uow.sql("SELECT status FROM disputes"))[0]["status"] == "won"


async def test_a_dispute_that_overtakes_its_payment_is_linked_later(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    booked = await paid(api, container, cast)
    async with unit_of_work(SYSTEM) as uow:
        await uow.sql("UPDATE payments SET payment_intent = NULL")
    early = event(1, "created", "needs_response", booked["intent"], booked["amountCents"], clock)
    assert await tell(early) == ["none"]
    async with unit_of_work(SYSTEM) as uow:
        assert await match_disputes(uow) == 0
        await uow.sql("UPDATE payments SET payment_intent = %(intent)s", intent=booked["intent"])
        assert await match_disputes(uow) == 1
    assert (await accounts(booked["paymentId"]))["DISPUTE"] == booked["amountCents"]
    broken = event(2, "created", "needs_response", "pi_of_nobody", 100, clock)
    broken["data"]["object"]["amount"] = "much"
    assert await tell(broken) == ["none"]


async def test_the_answer_is_put_together_shown_and_sent_once(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    booked = await paid(api, container, cast)
    seat = booked["enrollments"][0]["id"]
    await api.post(f"/enrollments/{seat}/complete", headers=bearer(container, cast.tom))
    await run_jobs()
    await play(api, booked, "dispute")
    await run_jobs()
    ada = bearer(container, cast.ada)
    (listed,) = (await api.get("/payments/disputes", headers=ada)).json()["data"]
    assert (listed["status"], listed["amountCents"], listed["orderId"]) == (
        "needs_response",
        booked["amountCents"],
        booked["orderId"],
    )
    seen = (await api.get(f"/payments/disputes/{listed['id']}/evidence", headers=ada)).json()["data"]
    said = "\n".join(line for section in seen["sections"] for line in section["lines"])
    for fact in ("ana@crew.example", "validé par Tom Test", "Certificat PYG-", "100", "Convocation", booked["orderId"]):
        assert fact in said, fact
    assert {"product_description", "customer_email_address", "service_date", "access_activity_log"} <= seen[
        "texts"
    ].keys()
    pdf = await api.get(f"/payments/disputes/{listed['id']}/evidence.pdf?locale=en", headers=ada)
    with pikepdf.open(io.BytesIO(pdf.content)) as document:
        assert len(document.pages) >= 2, "the certificate follows"

    body = {"note": "Toutes les séances ont eu lieu.", "locale": "fr"}
    sent = await api.post(f"/payments/disputes/{listed['id']}/evidence", json=body, headers=ada)
    assert (sent.status_code, sent.json()["data"]["evidenceStatus"]) == (202, "sending")
    again = await api.post(f"/payments/disputes/{listed['id']}/evidence", json=body, headers=ada)
    assert (again.status_code, again.json()["code"]) == (409, "evidence_sent")
    await run_jobs()
    await service.send(UUID(listed["id"]), 1)
    async with unit_of_work(SYSTEM) as uow:
        (kept,) = await uow.sql("SELECT body FROM testmode_objects WHERE kind = 'dispute' OR object_id LIKE 'dp_%%'")
    assert kept["body"]["evidence_details"]["submission_count"] == 1
    assert kept["body"]["evidence"]["uncategorized_text"] == body["note"]
    assert kept["body"]["evidence"]["service_documentation"].startswith("file_")
    now = (await api.get(f"/payments/disputes/{listed['id']}", headers=ada)).json()["data"]
    assert (now["evidenceStatus"], now["status"]) == ("sent", "under_review")
    mails = (await api.get("/dev/mailbox", params={"to": "olga@test.example"})).json()["data"]
    assert any(mail["subject"].startswith("Paiement contesté") for mail in mails)


async def test_only_the_seller_and_the_platform_see_a_dispute_and_only_the_platform_answers(
    api: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    booked = await paid(api, container, cast)
    await tell(event(1, "created", "needs_response", booked["intent"], booked["amountCents"], clock))
    (own,) = (await api.get("/payments/disputes", headers=bearer(container, cast.olga))).json()["data"]
    for actor, status in ((cast.olga, 200), (cast.tom, 404), (cast.marc, 404), (cast.stranger, 404), (cast.lea, 404)):
        headers = bearer(container, actor)
        assert (await api.get(f"/payments/disputes/{own['id']}", headers=headers)).status_code == status
        assert (await api.post(f"/payments/disputes/{own['id']}/evidence", headers=headers)).status_code == 403
        assert len((await api.get("/payments/disputes", headers=headers)).json()["data"]) == (1 if status == 200 else 0)
    clock.move(days=10)
    async with unit_of_work(cast.ada) as uow:
        with pytest.raises(Exception, match="dispute_over"):
            await service.submit(uow, UUID(own["id"]), SubmitEvidence())
