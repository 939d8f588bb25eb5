"""The books as administrators read them: totals of a period, exports for the tax administration and spreadsheets."""

import csv
import io
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.ledger import exports, formats
from pygmalion_app.ledger.formats import BookLine
from pygmalion_app.ledger.models import Account, Kind
from pygmalion_app.payments import accounting
from tests.cast import Cast
from tests.clock import MovableClock
from tests.enrollments.test_booking import bearer
from tests.payments.test_ledger import payment_of

RunJobs = Callable[[], Awaitable[None]]
LINE = BookLine(
    number=7,
    kind=Kind.SALE,
    key="sale:1",
    order_id=new_id(),
    payment_id=None,
    source=None,
    currency="EUR",
    occurred_at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC),
    account=Account.BUYER,
    amount_cents=114_005,
    organization_id=None,
    organization=None,
)


async def sell(cast: Cast, *, back: int = 0) -> None:
    """Sell, charge, and give some of it back."""
    payment = payment_of(cast)
    async with unit_of_work(SYSTEM) as uow:
        await accounting.sold(uow, payment)
        await accounting.charged(uow, payment, 114_000, 9_500, "pi_1", accounting.CHECKOUT)
        await accounting.fee(uow, 1_735, "EUR", "pi_1", f"txn_{payment.id}", payment)
        if back:
            commission = accounting.share(9_500, back, 114_000)
            await accounting.credited(uow, payment, back, commission, "seat")
            await accounting.refunded(uow, payment, back, commission, "re_1", str(payment.id))


async def test_totals_of_a_period_and_what_stands_now(
    client: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock
) -> None:
    clock.set(datetime(2026, 11, 30, 23, 30, tzinfo=UTC))  # in Paris it is December already
    await sell(cast)
    clock.set(datetime(2026, 12, 20, 12, tzinfo=UTC))
    await sell(cast, back=57_000)
    ada = bearer(container, cast.ada)

    async def totals(query: str) -> dict[str, Any]:
        answer = await client.get(f"/api/v1/finance/summary{query}", headers=ada)
        return answer.json()["data"]["totals"][0]

    november = await totals("?since=2026-11-01&until=2026-11-30")
    assert (november["soldCents"], november["entries"]) == (0, 0)
    december = await totals("")
    assert {name: december[f"{name}Cents"] for name in ("sold", "credited", "collected", "refunded", "fees")} == {
        "sold": 228_000,
        "credited": 57_000,
        "collected": 228_000,
        "refunded": 57_000,
        "fees": 3_470,
    }
    assert (december["commissionCents"], december["commissionVatCents"]) == (11_876, 2_374)
    assert december["owedToOrganizationsCents"] == november["owedToOrganizationsCents"] == 156_750
    assert december["imbalanceCents"] == 0
    wrong = await client.get("/api/v1/finance/summary?since=2026-12-02&until=2026-12-01", headers=ada)
    assert wrong.status_code == 422


async def test_exports_run_as_a_job_and_can_be_downloaded(
    client: httpx.AsyncClient, container: Container, cast: Cast, clock: MovableClock, run_jobs: RunJobs
) -> None:
    clock.set(datetime(2026, 12, 20, 12, tzinfo=UTC))
    for _ in range(3):
        await sell(cast, back=57_000)
    ada, olga = bearer(container, cast.ada), bearer(container, cast.olga)
    body = {"since": "2026-12-01", "until": "2026-12-31"}
    asked = [
        (await client.post("/api/v1/finance/exports", json=body | {"format": kind}, headers=ada)).json()["data"]
        for kind in ("fec", "csv")
    ]
    fec, sheet = (f"/api/v1/finance/exports/{one['id']}" for one in asked)
    early = await client.get(f"{fec}/download", headers=ada)
    assert (early.status_code, early.json()["code"]) == (409, "ledger_export_not_ready")
    await run_jobs()
    await exports.write(asked[0]["id"])  # a repetition after a kill changes nothing
    shown = (await client.get(fec, headers=ada)).json()["data"]
    assert (shown["status"], shown["done"], shown["total"]) == ("ready", shown["total"], 3 * (4 + 3 + 2 + 4 + 3))
    assert shown["fileName"] == "000000000FEC20261231.txt"
    assert (await client.get(f"{fec}/download", headers=olga)).status_code == 403
    text = (await client.get(f"{fec}/download", headers=ada)).text
    rows = list(csv.DictReader(io.StringIO(text), delimiter="\t"))
    assert tuple(rows[0]) == formats.FEC_COLUMNS
    assert len(rows) == shown["total"]
    assert {row["EcritureNum"] for row in rows} == {str(number) for number in range(1, 16)}
    assert {row["EcritureDate"] for row in rows} == {"20261220"}
    assert all(re.fullmatch(r"\d+,\d\d", row[side]) for row in rows for side in ("Debit", "Credit"))
    sums = [sum(int(row[side].replace(",", "")) for row in rows) for side in ("Debit", "Credit")]
    assert sums[0] == sums[1] > 0
    table = (await client.get(f"{sheet}/download", headers=ada)).content.decode()
    assert table.startswith("\ufeffDate;")
    clock.move(days=8)
    ada = bearer(container, cast.ada)
    assert (await client.get(fec, headers=ada)).status_code == 404
    async with unit_of_work(SYSTEM) as uow:
        assert await exports.forget(uow) == 2
    assert not [path for path in (container.settings.pygmalion_home / "files").rglob("*") if path.is_file()]


def test_the_books_count_in_paris_and_name_no_private_buyer() -> None:
    (line,) = formats.fec_lines([LINE]).splitlines()
    cells = dict(zip(formats.FEC_COLUMNS, line.split("\t"), strict=True))
    assert (cells["EcritureDate"], cells["PieceDate"], cells["ValidDate"]) == ("20270101",) * 3
    assert (cells["Debit"], cells["Credit"]) == ("1140,05", "0,00")
    assert (cells["JournalCode"], cells["CompteNum"]) == ("VE", "411000")
    assert (cells["CompAuxNum"], cells["CompAuxLib"]) == (str(LINE.order_id), "Particulier")


@settings(deadline=None)
@given(name=st.text(max_size=30) | st.sampled_from(["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", " =cmd|' /C calc'!A0"]))
def test_no_name_breaks_a_line_or_becomes_a_formula(name: str) -> None:
    line = replace(LINE, organization=name, organization_id=LINE.order_id)
    written = formats.fec_lines([line])
    assert written.count("\r\n") == 1
    assert len(written.rstrip("\r\n").split("\t")) == 18
    for locale in ("fr", "en"):
        (cells,) = csv.reader(
            io.StringIO(formats.csv_lines(locale, [line]), newline=""), delimiter=";" if locale == "fr" else ","
        )
        assert len(cells) == 12
        assert not re.match(r"\s*[=+\-@]", cells[4])
