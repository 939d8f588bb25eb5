"""Paying by invoice and transfer, third parties' shares, credit notes: the money in the books, the papers beside it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import NotFoundError, PermissionDeniedError
from pygmalion_app.core.paging import PageRequest
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments import funding
from pygmalion_app.enrollments.billing_jobs import sweep_bills
from pygmalion_app.enrollments.schemas import FundingDecision
from pygmalion_app.invoicing import commissions, jobs, queries
from pygmalion_app.invoicing.document.xml import factur_x
from pygmalion_app.invoicing.errors import TransferDateError, TransferTooLargeError
from pygmalion_app.invoicing.models import Invoice, InvoiceKind
from pygmalion_app.invoicing.schemas import RecordTransfer
from tests.cast import Cast
from tests.clock import MovableClock, day_in_france
from tests.enrollments.individual import saved
from tests.enrollments.test_booking import bearer, order, play, seats_taken
from tests.enrollments.test_instalments import parts, tick
from tests.invoicing.conftest import books, buy, rows
from tests.invoicing.facts import SELLER
from tests.invoicing.schematron import broken_rules

RunJobs = Callable[[], Awaitable[None]]
SEAT = 114_000
SHARE = {"kind": "opco", "name": "OPCO Mobilités", "dossier": "DOS-1", "amountCents": 100_000}


@pytest.fixture(autouse=True)
async def every_invoice_keeps_the_rules(container: Container) -> AsyncIterator[None]:
    """Hold whatever invoices a test has made against the rules of EN 16931."""
    yield
    async with unit_of_work(SYSTEM) as uow:
        made = (await uow.session.execute(select(Invoice))).scalars().all()
        for invoice in made:
            uow.session.expunge(invoice)
            if invoice.kind == InvoiceKind.COMMISSION:
                invoice.seller = SELLER.model_dump(mode="json")  # tests say nothing of who the platform is
            assert broken_rules(factur_x(invoice)) == [], invoice.key


async def _invoices(order_id: object) -> list[dict[str, Any]]:
    return await rows("SELECT * FROM invoices WHERE order_id = %(order)s ORDER BY sequence", order=order_id)


async def _pay(actor: Actor, invoice: UUID, cents: int, clock: MovableClock, days: int = 0) -> Any:
    async with unit_of_work(actor) as uow:
        day = day_in_france(clock.now()) + timedelta(days=days)
        return await funding.record_transfer(
            uow,
            invoice,
            RecordTransfer(amount_cents=cents, received_on=day),  # pyright: ignore[reportArgumentType]
        )


async def _status(order_id: object) -> tuple[str, str]:
    (row,) = await rows(
        "SELECT o.status, p.status AS payment FROM orders o JOIN payments p ON p.reference = o.id WHERE o.id = %(id)s",
        id=order_id,
    )
    return row["status"], row["payment"]


async def test_an_order_by_invoice_is_confirmed_invoiced_and_paid_in_parts(
    api: httpx.AsyncClient, container: Container, partners: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    booked = (await buy(api, container, partners, "ana", "bob")).json()["data"]
    assert (booked["status"], booked["checkoutUrl"]) == ("CONFIRMED", None)
    assert await seats_taken(partners.session) == 2
    await run_jobs()
    (invoice,) = await _invoices(booked["orderId"])
    assert (invoice["total_cents"], invoice["prepaid_cents"], invoice["payer"]) == (2 * SEAT, 0, "organization")
    assert (invoice["due_on"] - invoice["issued_on"]).days == 30
    assert invoice["details"]["purchase_order"] == "PO-77"
    assert await books(booked["orderId"]) == {
        "BUYER": 228_000,
        "SELLER": -209_000,
        "COMMISSION": -15_833,
        "COMMISSION_VAT": -3_167,
    }
    subjects = await rows("SELECT subject FROM outgoing_emails WHERE to_address = 'marc@test.example'")
    assert sum(invoice["number"] in row["subject"] for row in subjects) == 1

    # Nobody but the school says what its bank received; never more than is owed, never in the future.
    for actor, error in ((partners.marc, PermissionDeniedError), (partners.stranger, NotFoundError)):
        with pytest.raises(error):
            await _pay(actor, invoice["id"], 1, clock)
    with pytest.raises(TransferTooLargeError):
        await _pay(partners.olga, invoice["id"], 2 * SEAT + 1, clock)
    with pytest.raises(TransferDateError):
        await _pay(partners.olga, invoice["id"], SEAT, clock, days=1)
    seen = await _pay(partners.olga, invoice["id"], SEAT, clock)
    assert (seen.open_cents, seen.state) == (SEAT, "due")
    assert await _status(booked["orderId"]) == ("CONFIRMED", "pending")
    # The same rest twice at once is received once.
    twice = await asyncio.gather(
        *(_pay(partners.olga, invoice["id"], SEAT, clock) for _ in range(2)), return_exceptions=True
    )
    assert sum(isinstance(one, TransferTooLargeError) for one in twice) == 1
    assert await _status(booked["orderId"]) == ("CONFIRMED", "succeeded")
    # The school has the money, and owes the platform its commission.
    assert await books(booked["orderId"]) == {"SELLER": 19_000, "COMMISSION": -15_833, "COMMISSION_VAT": -3_167}


async def test_who_may_pay_by_invoice(api: httpx.AsyncClient, container: Container, partners: Cast) -> None:
    for reason, change, back in (
        ("siret", "siret = NULL WHERE kind = 'company'", "siret = '35600000000048' WHERE slug = 'aeroport-services'"),
        ("seller", "accepts_invoice_payment = false", "accepts_invoice_payment = true"),
        ("seller", "iban = NULL", "iban = NULL"),
    ):
        await rows(f"UPDATE organizations SET {change}")
        answer = await buy(api, container, partners, "ana")
        told = answer.json()
        assert (answer.status_code, told["code"], told["reason"]) == (409, "invoice_payment_refused", reason)
        await rows(f"UPDATE organizations SET {back}")
    assert await seats_taken(partners.session) == 0


async def test_seats_given_up_get_credit_notes_and_no_refund(
    api: httpx.AsyncClient, container: Container, partners: Cast, run_jobs: RunJobs
) -> None:
    booked = (await buy(api, container, partners, "ana", "bob")).json()["data"]
    marc = bearer(container, partners.marc)
    for seat in booked["enrollments"]:
        assert (await api.put(f"/enrollments/{seat['id']}/cancel", headers=marc)).status_code == 200
    await run_jobs()
    invoice, *notes = await _invoices(booked["orderId"])
    assert [(note["kind"], note["total_cents"], note["original_id"]) for note in notes] == [
        ("credit_note", SEAT, invoice["id"])
    ] * 2
    assert await books(booked["orderId"]) == {}
    assert await _status(booked["orderId"]) == ("CANCELLED", "cancelled")
    assert await rows("SELECT 1 FROM refunds") == []
    (seen,) = (await api.get("/invoices", params={"state": "credited"}, headers=marc)).json()["data"]
    assert (seen["id"], seen["openCents"]) == (str(invoice["id"]), 0)


async def test_a_card_order_gets_its_invoice_and_a_refund_its_credit_note(
    api: httpx.AsyncClient, container: Container, partners: Cast, run_jobs: RunJobs
) -> None:
    marc = bearer(container, partners.marc)
    booked = (await api.post("/enrollments", json=order(partners.session, "ana", "bob"), headers=marc)).json()["data"]
    await play(api, booked, "success")
    await run_jobs()
    await api.put(f"/enrollments/{booked['enrollments'][0]['id']}/cancel", headers=marc)
    for _ in range(3):
        await run_jobs()
    invoice, note = await _invoices(booked["orderId"])
    assert (invoice["total_cents"], invoice["prepaid_cents"]) == (2 * SEAT, 2 * SEAT)
    assert (note["kind"], note["total_cents"], note["prepaid_cents"]) == ("credit_note", SEAT, SEAT)
    (refund,) = await rows("SELECT id FROM refunds")
    assert note["refund_id"] == refund["id"]


async def test_a_third_party_that_agrees_is_invoiced_its_share(
    api: httpx.AsyncClient, container: Container, partners: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    booked = (await buy(api, container, partners, "ana", "bob", funding=[SHARE])).json()["data"]
    await run_jobs()
    (share,) = await rows("SELECT id FROM order_funding")
    assert [row["total_cents"] for row in await _invoices(booked["orderId"])] == [128_000]
    assert (await books(booked["orderId"]))["THIRD_PARTY"] == 100_000
    with pytest.raises(PermissionDeniedError):
        async with unit_of_work(partners.marc) as uow:
            await funding.decide(uow, share["id"], FundingDecision(agreed=True))
    async with unit_of_work(partners.olga) as uow:
        await funding.decide(uow, share["id"], FundingDecision(agreed=True))
    await run_jobs()
    mine, theirs = await _invoices(booked["orderId"])
    assert (theirs["payer"], theirs["buyer"]["name"], theirs["total_cents"]) == (
        "third_party",
        "OPCO Mobilités",
        100_000,
    )
    await _pay(partners.olga, theirs["id"], 100_000, clock)
    await _pay(partners.olga, mine["id"], 128_000, clock)
    assert await books(booked["orderId"]) == {"SELLER": 19_000, "COMMISSION": -15_833, "COMMISSION_VAT": -3_167}
    (paid,) = await rows("SELECT status FROM order_funding")
    assert paid["status"] == "paid"


async def test_a_refused_share_is_the_buyers_to_pay(
    api: httpx.AsyncClient, container: Container, partners: Cast, run_jobs: RunJobs
) -> None:
    """The buyer paid the rest by card; what the third party does not pay is invoiced to the buyer."""
    body = {"paymentMethod": "card", "funding": [SHARE]}
    booked = (await buy(api, container, partners, "ana", "bob", **body)).json()["data"]
    assert booked["status"] == "PENDING"
    await play(api, booked, "success")
    await run_jobs()
    (share,) = await rows("SELECT id FROM order_funding")
    async with unit_of_work(partners.olga) as uow:
        await funding.decide(uow, share["id"], FundingDecision(agreed=False))
    await run_jobs()
    first, balance = await _invoices(booked["orderId"])
    assert (first["total_cents"], first["prepaid_cents"]) == (128_000, 128_000)
    assert (balance["payer"], balance["total_cents"], balance["prepaid_cents"]) == ("organization", 100_000, 0)
    assert (await books(booked["orderId"]))["BUYER"] == 100_000
    assert "THIRD_PARTY" not in await books(booked["orderId"])


async def test_seats_given_up_take_their_part_off_every_share(
    api: httpx.AsyncClient, container: Container, partners: Cast, run_jobs: RunJobs
) -> None:
    booked = (await buy(api, container, partners, "ana", "bob", funding=[SHARE])).json()["data"]
    await run_jobs()
    (share,) = await rows("SELECT id FROM order_funding")
    async with unit_of_work(partners.olga) as uow:
        await funding.decide(uow, share["id"], FundingDecision(agreed=True))
    await run_jobs()
    for seat in booked["enrollments"]:
        await api.put(f"/enrollments/{seat['id']}/cancel", headers=bearer(container, partners.marc))
    await run_jobs()
    sums = await rows("SELECT kind, sum(total_cents)::bigint AS cents FROM invoices GROUP BY kind ORDER BY kind")
    assert [(row["kind"], row["cents"]) for row in sums] == [("credit_note", 228_000), ("invoice", 228_000)]
    assert await books(booked["orderId"]) == {}


async def test_shares_that_do_not_add_up_are_refused_by_the_database(
    api: httpx.AsyncClient, container: Container, partners: Cast
) -> None:
    too_much = [SHARE | {"amountCents": 114_001}]
    answer = await buy(api, container, partners, "ana", funding=too_much)
    assert (answer.status_code, answer.json()["code"]) == (422, "funding_too_large")
    await buy(api, container, partners, "ana", funding=[SHARE])
    with pytest.raises(DBAPIError, match="add up"):
        async with unit_of_work(SYSTEM) as uow:
            await uow.sql("UPDATE order_funding SET amount_cents = amount_cents - 1")


async def test_an_individual_gets_an_invoice_for_each_instalment_and_none_before(
    api: httpx.AsyncClient, container: Container, partners: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    lea = bearer(container, partners.lea)
    booked = await saved(api, lea, partners.session)
    await run_jobs()
    assert await _invoices(booked["orderId"]) == []
    for part in await parts():
        clock.set(part.due_at)
        await tick(run_jobs)
        await run_jobs()
    papers = await _invoices(booked["orderId"])
    assert [(row["total_cents"], row["prepaid_cents"], row["payer"]) for row in papers] == [
        (34_200, 34_200, "user"),
        (79_800, 79_800, "user"),
    ]
    assert all(row["net_cents"] + row["vat_cents"] == row["total_cents"] for row in papers)
    async with unit_of_work(partners.lea) as uow:
        (own,) = (await queries.own_payments(uow, PageRequest())).items
        assert (own.paid_cents, len(own.papers)) == (SEAT, 2)
        assert (await queries.document(uow, papers[0]["id"]))[1].startswith(b"%PDF")


async def test_reminders_come_on_the_day_and_twice_after_and_stop_when_paid(
    api: httpx.AsyncClient, container: Container, partners: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    booked = (await buy(api, container, partners, "ana")).json()["data"]
    await run_jobs()
    (invoice,) = await _invoices(booked["orderId"])

    async def reminded() -> int:
        for _ in range(2):
            await jobs.remind(0)
        return len(await rows("SELECT 1 FROM invoice_reminders"))

    counts = []
    for days in (29, 1, 6, 1, 8):
        clock.move(days=days)
        counts.append(await reminded())
    assert counts == [0, 1, 1, 2, 3]
    (seen,) = (
        await api.get("/invoices", params={"state": "overdue"}, headers=bearer(container, partners.olga))
    ).json()["data"]
    assert seen["number"] == invoice["number"]
    late = await rows("SELECT subject FROM outgoing_emails WHERE subject LIKE '%%retard%%'")
    assert len(late) == 2


async def test_the_platform_invoices_its_commission_once_a_month(
    api: httpx.AsyncClient, container: Container, partners: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    booked = (await buy(api, container, partners, "ana")).json()["data"]
    marc = bearer(container, partners.marc)
    carded = (await api.post("/enrollments", json=order(partners.session, "bob"), headers=marc)).json()["data"]
    await play(api, carded, "success")
    await run_jobs()
    assert booked["status"] == "CONFIRMED"
    clock.set((clock.now().replace(day=28) + timedelta(days=5)).replace(day=1, hour=6))
    for _ in range(2):
        await jobs.bill_commissions(0)
    (invoice,) = await rows("SELECT * FROM invoices WHERE kind = 'commission'")
    # 10 % of 950.00 is kept of each sale, VAT included: of the sale by card it is kept already.
    assert (invoice["total_cents"], invoice["prepaid_cents"], invoice["vat_cents"]) == (19_000, 9_500, 3_167)
    assert invoice["buyer_organization_id"] == partners.school
    assert invoice["number"].endswith("-00001")
    month = commissions.month_before(day_in_france(clock.now()))
    first, last = (date.fromisoformat(invoice["details"][name]) for name in ("starts_on", "ends_on"))
    assert (first, last + timedelta(days=1)) == (month, day_in_france(clock.now()))
    await run_jobs()
    sent = (await api.get("/dev/mailbox", params={"to": "olga@test.example"})).json()["data"]
    (mail,) = [mail for mail in sent if mail["subject"].startswith("Facture de commission")]
    assert "95\xa0€ à régler" in mail["text"]
    assert commissions.month_before(day_in_france(clock.now()).replace(month=1)).month == 12


async def test_what_lost_jobs_left_is_found(
    api: httpx.AsyncClient, container: Container, partners: Cast, clock: MovableClock
) -> None:
    booked = (await buy(api, container, partners, "ana")).json()["data"]
    await rows("DELETE FROM procrastinate_jobs")
    clock.move(seconds=600)
    for _ in range(2):
        await sweep_bills(0)
    assert len(await _invoices(booked["orderId"])) == 1
    await jobs.sweep(0)
    clock.move(seconds=600)
    await jobs.sweep(0)
    (invoice,) = await _invoices(booked["orderId"])
    assert invoice["file_key"] is not None
