"""The compliance report: one row for each person and requirement, and rates that plain SQL agrees with."""

import csv
import io
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pikepdf
import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.reports.compliance import rate_of
from tests.cast import Cast
from tests.enrollments.test_booking import bearer
from tests.reports.world import stand

RunJobs = Callable[[], Awaitable[None]]


@pytest.fixture
async def team(cast: Cast) -> Cast:
    """Return the cast: Lea and Marc, one person and requirement in each of the six statuses, and one twice."""
    lea, marc = cast.lea.user_id, cast.marc.user_id
    statuses = [(lea, "A", "compliant"), (lea, "B", "expiring"), (lea, "C", "expired"), (lea, "D", "missing")]
    await stand(cast.company, *statuses, (marc, "A", "exempt"), (marc, "B", "planned"), (marc, "C", "missing"))
    async with unit_of_work(SYSTEM) as uow:
        await uow.sql("UPDATE users SET last_name = '=1+1' WHERE id = %(lea)s", lea=lea)
        await uow.sql("UPDATE positions SET cost_center = 'RAMP' WHERE user_id = %(lea)s", lea=lea)
    return cast


async def report(client: httpx.AsyncClient, container: Container, cast: Cast, **query: Any) -> dict[str, Any]:
    answer = await client.get("/api/v1/reports/compliance", params=query, headers=bearer(container, cast.marc))
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


async def test_one_row_a_person_and_requirement(client: httpx.AsyncClient, container: Container, team: Cast) -> None:
    found = await report(client, container, team)
    async with unit_of_work(SYSTEM) as uow:
        rows = await uow.sql("SELECT user_id::text, requirement_key, status FROM compliance_statuses")
        (rate,) = await uow.sql(
            """SELECT avg((status IN ('compliant', 'expiring', 'exempt'))::int)::float AS rate
            FROM compliance_statuses"""
        )
    assert {(row["userId"], row["key"], row["status"]) for row in found["rows"]} == {
        tuple(row.values()) for row in rows
    }
    assert found["total"] == len(rows) == sum(found["counts"].values()) == 7
    assert found["rate"] == pytest.approx(rate["rate"]) == pytest.approx(3 / 7)
    assert {group["key"]: group["rate"] for group in found["byRequirement"]} == {"A": 1, "B": 0.5, "C": 0, "D": 0}
    assert {group["key"]: group["rate"] for group in found["byCostCenter"]} == {"": 1 / 3, "RAMP": 0.5}


async def test_filters_and_pages(client: httpx.AsyncClient, container: Container, team: Cast) -> None:
    missing = await report(client, container, team, status="missing")
    assert {(row["name"], row["key"]) for row in missing["rows"]} == {("Lea =1+1", "D"), ("Marc Test", "C")}
    assert missing["total"] == 2
    ramp = await report(client, container, team, costCenter="RAMP")
    assert (len(ramp["rows"]), ramp["rate"]) == (4, 0.5)
    pages = [(await report(client, container, team, limit=4, page=page))["rows"] for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [4, 3, 0]
    assert len({(row["userId"], row["key"]) for page in pages for row in page}) == 7


async def test_somebody_who_left_is_not_counted(client: httpx.AsyncClient, container: Container, team: Cast) -> None:
    async with unit_of_work(SYSTEM) as uow:
        await uow.sql(
            "UPDATE positions SET active_until = '2026-01-01' WHERE user_id = %(marc)s", marc=team.marc.user_id
        )
    assert (await report(client, container, team))["total"] == 4


async def test_others_learn_nothing(client: httpx.AsyncClient, container: Container, team: Cast) -> None:
    for who, status in ((team.lea, 403), (team.olga, 404), (team.tom, 404), (team.stranger, 404)):
        answer = await client.get(
            "/api/v1/reports/compliance", params={"organizationId": str(team.company)}, headers=bearer(container, who)
        )
        assert answer.status_code == status
    # A school reads reports, and has no people whose compliance they could be about.
    answer = await client.get("/api/v1/reports/compliance", headers=bearer(container, team.olga))
    assert answer.status_code == 403


async def test_files_keep_the_shape_of_the_matrix(
    client: httpx.AsyncClient, container: Container, team: Cast, run_jobs: RunJobs
) -> None:
    headers = bearer(container, team.marc)
    files: dict[str, bytes] = {}
    for kind in ("csv", "xlsx", "pdf"):
        wanted = {"report": "compliance", "format": kind, "locale": "en"}
        asked = await client.post("/api/v1/reports/exports", json=wanted, headers=headers)
        await run_jobs()
        path = f"/api/v1/reports/exports/{asked.json()['data']['id']}/download"
        files[kind] = (await client.get(path, headers=headers)).content
    rows = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig"))))
    assert [title.split(" · ")[0] for title in rows[0]] == ["Person", "Cost centre", *"ABCD"]
    assert [row[0] for row in rows[1:]] == ["Lea =1+1", "Marc Test"]
    assert rows[2][2:] == ["Exempt", "Planned", "Missing", ""]
    book = load_workbook(io.BytesIO(files["xlsx"]))
    assert [sheet.title for sheet in book.worksheets] == ["1 People and requirements", "2 By requirement"]
    assert {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    with pikepdf.open(io.BytesIO(files["pdf"])) as pdf:
        assert len(pdf.pages) == 2


def test_the_rate_of_nothing_is_whole() -> None:
    assert rate_of({}) == 1
