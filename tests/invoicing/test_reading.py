"""Who reads what: lists, PDF, statement, exports, and the pages' states."""

import csv
import io
from collections.abc import Awaitable, Callable

import httpx
import pypdfium2
import pytest

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.privacy import holders
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments import funding
from pygmalion_app.invoicing import queries, statements
from pygmalion_app.invoicing.issuing import issue
from pygmalion_app.invoicing.schemas import RecordTransfer
from pygmalion_app.organizations.errors import InvalidIbanError
from pygmalion_app.organizations.numbers import read_iban
from pygmalion_app.ui.invoicing.rows import cents_of
from tests.cast import Cast
from tests.clock import MovableClock, day_in_france
from tests.enrollments.test_booking import bearer
from tests.invoicing.conftest import buy
from tests.invoicing.facts import facts

RunJobs = Callable[[], Awaitable[None]]


async def test_buyer_and_seller_read_an_invoice_and_nobody_else(
    api: httpx.AsyncClient, container: Container, partners: Cast, run_jobs: RunJobs
) -> None:
    async with unit_of_work(SYSTEM) as uow:
        issued = await issue(uow, facts(partners))
    marc = bearer(container, partners.marc)
    early = await api.get(f"/invoices/{issued}/pdf", headers=marc)
    assert (early.status_code, early.json()["code"]) == (409, "invoice_not_ready")
    await run_jobs()
    for actor, status in (
        (partners.marc, 200),
        (partners.olga, 200),
        (partners.ada, 200),
        (partners.lea, 404),
        (partners.tom, 404),
        (partners.stranger, 404),
    ):
        headers = bearer(container, actor)
        assert (await api.get(f"/invoices/{issued}", headers=headers)).status_code == status
        assert (await api.get(f"/invoices/{issued}/pdf", headers=headers)).status_code == status
        listed = (await api.get("/invoices", headers=headers)).json()["data"]
        assert [row["id"] for row in listed] == ([str(issued)] if status == 200 else [])
    answer = await api.get(f"/invoices/{issued}/pdf", headers=marc)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'attachment; filename="PYG-2026-00001.pdf"'
    assert answer.headers["cache-control"] == "private, no-store"


async def test_lists_are_narrowed_by_side_month_and_state(
    api: httpx.AsyncClient, container: Container, partners: Cast, clock: MovableClock
) -> None:
    async with unit_of_work(SYSTEM) as uow:
        await issue(uow, facts(partners))
        await issue(uow, facts(partners, prepaid_cents=216_000))
        await issue(
            uow,
            facts(partners, kind="commission", issuer_organization_id=None, buyer_organization_id=partners.school),
        )
    month = f"{clock.now():%Y-%m}"

    async def found(**asked: str) -> list[str]:
        headers = bearer(container, partners.olga)
        answer = await api.get("/invoices", params={"organizationId": str(partners.school), **asked}, headers=headers)
        return sorted(row["state"] for row in answer.json()["data"])

    assert await found(side="issued") == ["due", "paid"]
    assert await found(side="received") == ["due"]
    assert await found(state="paid") == ["paid"]
    assert await found(month=month) == ["due", "due", "paid"]
    assert await found(month="2020-01") == []
    clock.move(days=31)
    assert await found(side="issued", state="overdue") == ["overdue"]


async def test_a_statement_adds_up_across_months(
    api: httpx.AsyncClient, container: Container, partners: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    booked = (await buy(api, container, partners, "ana", "bob")).json()["data"]
    await run_jobs()
    first = day_in_france(clock.now()).replace(day=1)
    async with unit_of_work(SYSTEM) as uow:
        await issue(uow, facts(partners, prepaid_cents=216_000))
    clock.move(days=31)
    async with unit_of_work(partners.olga) as uow:
        await funding.record_transfer_of_payment(
            uow, booked["paymentId"], RecordTransfer(amount_cents=114_000, received_on=day_in_france(clock.now()))
        )
    async with unit_of_work(partners.marc) as uow:
        before = await statements.statement(uow, partners.company, first)
        after = await statements.statement(uow, partners.company, day_in_france(clock.now()))
    assert [(entry.kind, entry.debit_cents, entry.credit_cents) for entry in before.entries] == [
        ("invoice", 228_000, 0),
        ("invoice", 216_000, 0),
        ("payment", 0, 216_000),
    ]
    assert (before.opening_cents, before.closing_cents) == (0, 228_000)
    assert (after.opening_cents, after.closing_cents) == (228_000, 114_000)
    answer = await api.get(
        f"/organizations/{partners.company}/statement.csv",
        params={"month": f"{first:%Y-%m}"},
        headers=bearer(container, partners.marc),
    )
    lines = list(csv.DictReader(io.StringIO(answer.text)))
    assert [line["balance"] for line in lines] == ["0.00", "2280.00", "4440.00", "2280.00", "2280.00"]
    answer = await api.get(
        f"/organizations/{partners.company}/statement.pdf",
        params={"month": f"{first:%Y-%m}", "locale": "en"},
        headers=bearer(container, partners.marc),
    )
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    said = pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_bounded()
    for text in ("Statement", "€4,440.00", f"PYG-{first.year}-00001", "€2,280.00"):
        assert text in said, said


async def test_exports_hold_every_invoice_and_no_formula(
    api: httpx.AsyncClient, container: Container, partners: Cast
) -> None:
    async with unit_of_work(SYSTEM) as uow:
        evil = facts(partners)
        await issue(uow, evil.model_copy(update={"buyer": evil.buyer.model_copy(update={"name": "=1+1"})}))
    answer = await api.get("/invoices.csv", headers=bearer(container, partners.olga))
    (line,) = csv.DictReader(io.StringIO(answer.text))
    assert (line["total"], line["open"], line["buyer"]) == ("2160.00", "2160.00", "'=1+1")


async def test_own_payments_are_not_the_companys(container: Container, partners: Cast) -> None:
    async with unit_of_work(SYSTEM) as uow:
        await issue(uow, facts(partners))
    async with unit_of_work(partners.marc) as uow:
        assert (await queries.own_payments(uow, queries.PageRequest())).items == ()


def test_amounts_as_people_type_them() -> None:
    typed = {"1 140,50": 114_050, "1140.5": 114_050, "12 €": 1_200, "-3": -300, "1.234": None, "": None, "abc": None}
    assert {text: cents_of(text) for text in typed} == typed


async def test_invoices_go_after_ten_years_and_not_before(
    container: Container, partners: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    async with unit_of_work(SYSTEM) as uow:
        original = await issue(uow, facts(partners))
        await issue(
            uow,
            facts(
                partners,
                kind="credit_note",
                original_id=original,
                original_number="PYG-2026-00001",
                original_issued_on=day_in_france(clock.now()),
            ),
        )
        await uow.sql(
            "INSERT INTO invoice_transfers (id, invoice_id, amount_cents, received_on, reference, recorded_by)"
            " VALUES (gen_random_uuid(), %(id)s, 1, now(), '', %(user)s)",
            id=original,
            user=partners.olga.user_id,
        )
    await run_jobs()
    (holder,) = [one for one in holders() if one.area == "invoicing"]
    (rule,) = holder.rules
    for days, gone in ((3_600, 0), (60, 2)):
        clock.move(days=days)
        async with unit_of_work(SYSTEM) as uow:
            assert await rule.run(uow, rule.period.before(clock.now())) == gone
    await run_jobs()
    assert not list((container.settings.pygmalion_home / "files").rglob("*.pdf"))


@pytest.mark.parametrize("number", ["FR76 3000 6000 0112 3456 7890 189", "DE89370400440532013000"])
def test_ibans_are_read(number: str) -> None:
    assert read_iban(number) == number.replace(" ", "")


@pytest.mark.parametrize("number", ["FR7630006000011234567890188", "FR76", "12345", "XX00"])
def test_what_is_no_iban_is_refused(number: str) -> None:
    with pytest.raises(InvalidIbanError):
        read_iban(number)
