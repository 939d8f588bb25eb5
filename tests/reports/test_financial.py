"""The financial report: what the books say, to the organisation whose books they are, and to nobody else."""

import csv
import io
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pikepdf
import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]
from sqlalchemy import text

from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.reports import financial
from tests.cast import Cast, add_course, add_session
from tests.clock import MovableClock
from tests.enrollments.test_booking import bearer
from tests.reports.world import sell

RunJobs = Callable[[], Awaitable[None]]


async def report(client: httpx.AsyncClient, container: Container, actor: Actor, **query: Any) -> dict[str, Any]:
    answer = await client.get("/api/v1/reports/financial", params=query, headers=bearer(container, actor))
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


@pytest.fixture
async def year(cast: Cast, clock: MovableClock) -> Cast:
    """Return the cast after a year's sales: November (Paris), two in December, one of them half given back."""
    async with unit_of_work(SYSTEM) as uow:
        course = await add_course(uow, cast.school, "=HYPERLINK(evil)")
        other = await add_session(uow, course, cast.school, None)
    clock.set(datetime(2026, 11, 30, 22, 30, tzinfo=UTC))
    await sell(cast)
    clock.set(datetime(2026, 11, 30, 23, 30, tzinfo=UTC))  # in Paris it is December already
    await sell(cast, session=other, back=57_000)
    await sell(cast, paid=False)
    clock.set(datetime(2026, 12, 20, 12, tzinfo=UTC))
    return cast


async def test_a_buyer_reads_what_was_ordered_paid_and_refunded(
    client: httpx.AsyncClient, container: Container, year: Cast
) -> None:
    found = await report(client, container, year.marc)
    assert found["side"] == "buyer"
    months = {row["key"]: (row["orders"], row["orderedCents"], row["paidCents"]) for row in found["rows"]}
    assert months == {"2026-11": (1, 114_000, 114_000), "2026-12": (2, 228_000, 114_000)}
    (total,) = found["totals"]
    assert (total["refundedCents"], total["cancelledCents"]) == (57_000, 57_000)
    # What the platform keeps of it is the school's matter.
    assert total["commissionCents"] is total["netCents"] is total["revenueCents"] is None


async def test_figures_equal_plain_sql(client: httpx.AsyncClient, container: Container, year: Cast) -> None:
    async with unit_of_work(SYSTEM) as uow:
        (bought,) = await uow.sql(
            """SELECT (SELECT count(*) FROM orders) AS orders, (SELECT sum(total_cents) FROM orders) AS ordered,
            (SELECT -sum(amount_cents) FROM ledger_lines WHERE account = 'SELLER') AS net,
            (SELECT -sum(amount_cents) FROM ledger_lines WHERE account IN ('COMMISSION', 'COMMISSION_VAT')) AS ours"""
        )
    for by in ("month", "course"):
        found = await report(client, container, year.olga, by=by)
        (total,) = found["totals"]
        assert (total["orders"], total["orderedCents"]) == (bought["orders"], bought["ordered"])
        assert (total["netCents"], total["commissionCents"]) == (bought["net"], bought["ours"])
        assert total["revenueCents"] == bought["ordered"] - 57_000 == total["netCents"] + total["commissionCents"]
        assert sum(row["netCents"] for row in found["rows"]) == total["netCents"]


async def test_orders_count_for_the_cost_centre_they_are_charged_to(
    client: httpx.AsyncClient, container: Container, year: Cast
) -> None:
    async with unit_of_work(SYSTEM) as uow:
        await uow.session.execute(
            text(
                """INSERT INTO cost_centers (id, organization_id, code, name, year, allocated_cents)
                VALUES (gen_random_uuid(), :company, 'RAMP', 'Ramp', 2026, 1000000)"""
            ),
            {"company": year.company},
        )
        await uow.session.execute(
            text(
                """INSERT INTO budget_charges (id, order_id, cost_center_id, organization_id, charged_by, charged_at)
                SELECT gen_random_uuid(), o.id, c.id, c.organization_id, o.buyer_user_id, now()
                FROM cost_centers c, (SELECT * FROM orders ORDER BY id LIMIT 2) AS o"""
            )
        )
    found = await report(client, container, year.marc, by="cost_center")
    assert {row["key"]: row["orders"] for row in found["rows"]} == {"RAMP": 2, "": 1}


@pytest.mark.parametrize("who", ["lea", "tom", "stranger"])
async def test_others_are_told_nothing(client: httpx.AsyncClient, container: Container, year: Cast, who: str) -> None:
    headers = bearer(container, getattr(year, who))
    for organization in (year.company, year.school):
        answer = await client.get(f"/api/v1/reports/financial?organizationId={organization}", headers=headers)
        assert answer.status_code in {403, 404}
    if who == "stranger":
        assert (await report(client, container, year.stranger))["rows"] == []


async def _file(
    client: httpx.AsyncClient, container: Container, run_jobs: RunJobs, actor: Actor, kind: str
) -> httpx.Response:
    headers = bearer(container, actor)
    wanted = {"report": "financial", "format": kind, "filters": {"by": "course"}, "locale": "en"}
    asked = await client.post("/api/v1/reports/exports", json=wanted, headers=headers)
    assert asked.status_code == 202, asked.text
    path = f"/api/v1/reports/exports/{asked.json()['data']['id']}"
    assert (await client.get(f"{path}/download", headers=headers)).status_code == 409
    await run_jobs()
    state = (await client.get(path, headers=headers)).json()["data"]
    assert (state["status"], state["done"]) == ("ready", state["total"])
    return await client.get(f"{path}/download", headers=headers)


async def test_files_say_what_the_screen_says(
    client: httpx.AsyncClient, container: Container, year: Cast, run_jobs: RunJobs
) -> None:
    answer = await _file(client, container, run_jobs, year.olga, "csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="finance-20260101-20261220.csv"'
    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert rows[0][:3] == ["Course", "Orders", "Ordered (EUR)"]
    assert rows[1][:3] == ["Airport security", "2", "2280.00"]
    assert rows[-1][:3] == ["Total", "3", "3420.00"]

    workbook = load_workbook(io.BytesIO((await _file(client, container, run_jobs, year.olga, "xlsx")).content))
    sheet = workbook.worksheets[0]
    assert sheet.cell(sheet.max_row, 3).value == 3420
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}

    content = (await _file(client, container, run_jobs, year.olga, "pdf")).content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 1


async def test_no_cell_is_a_formula(
    client: httpx.AsyncClient, container: Container, year: Cast, run_jobs: RunJobs
) -> None:
    async with unit_of_work(SYSTEM) as uow:
        await uow.session.execute(text("UPDATE courses SET title_en = '=HYPERLINK(evil)' WHERE title LIKE '=%'"))
    rows = list(csv.reader(io.StringIO((await _file(client, container, run_jobs, year.olga, "csv")).text)))
    assert "'=HYPERLINK(evil)" in {row[0] for row in rows}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "@", "+"))]


async def test_a_file_is_its_readers_alone(
    client: httpx.AsyncClient, container: Container, year: Cast, run_jobs: RunJobs, clock: MovableClock
) -> None:
    headers = bearer(container, year.marc)
    body = {"report": "financial", "format": "csv"}
    asked = (await client.post("/api/v1/reports/exports", json=body, headers=headers)).json()["data"]
    await run_jobs()
    path = f"/api/v1/reports/exports/{asked['id']}/download"
    for other in (year.olga, year.ada, year.stranger):
        assert (await client.get(path, headers=bearer(container, other))).status_code == 404
    assert (await client.get(path, headers=headers)).status_code == 200
    clock.move(days=1, minutes=1)
    assert (await client.get(path, headers=bearer(container, year.marc))).status_code == 404


@pytest.mark.parametrize(
    ("day", "weekly", "since", "until"),
    [
        (date(2028, 3, 1), False, date(2028, 2, 1), date(2028, 2, 29)),
        (date(2027, 1, 1), False, date(2026, 12, 1), date(2026, 12, 31)),
        (date(2026, 11, 23), True, date(2026, 11, 16), date(2026, 11, 22)),
    ],
)
def test_the_last_week_and_month(day: date, weekly: bool, since: date, until: date) -> None:
    assert financial.last_period(day, weekly=weekly) == (since, until)
