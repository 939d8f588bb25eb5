"""The manager's dashboard: figures that plain SQL agrees with, read once for all who ask at the same moment."""

import asyncio
from typing import Any
from unittest.mock import patch

import httpx

from pygmalion_app.compliance import queries
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.cast import Cast, add_person
from tests.enrollments.test_booking import bearer
from tests.reports.world import sell, stand

PATH = "/api/v1/dashboard/manager"


async def seen(client: httpx.AsyncClient, headers: dict[str, str]) -> dict[str, Any]:
    answer = await client.get(PATH, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


async def test_figures_equal_plain_sql(client: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    await stand(
        cast.company,
        (cast.lea.user_id, "A", "expired"),
        (cast.lea.user_id, "B", "expiring"),
        (cast.marc.user_id, "A", "missing"),
        (cast.marc.user_id, "B", "compliant"),
    )
    await sell(cast)
    found = await seen(client, bearer(container, cast.marc))
    async with unit_of_work(SYSTEM, container) as uow:
        counts = await uow.sql(
            """SELECT status, count(*) AS number FROM compliance_statuses WHERE organization_id = %(id)s
            GROUP BY status""",
            id=cast.company,
        )
        team = await uow.sql("SELECT count(*) AS number FROM positions WHERE organization_id = %(id)s", id=cast.company)
        spent = await uow.sql(
            "SELECT sum(total_cents)::int AS cents FROM orders WHERE buyer_organization_id = %(id)s", id=cast.company
        )
    assert {name: number for name, number in found["counts"].items() if number} == {
        row["status"]: row["number"] for row in counts
    }
    assert (found["teamSize"], found["complianceRate"]) == (team[0]["number"], 0.5)
    assert found["organizationId"] == str(cast.company)
    budget = found["budget"]
    assert budget["committedCents"] + budget["spentCents"] == spent[0]["cents"]
    assert [(one["kind"], one["people"]) for one in found["alerts"]] == [
        *(("expired", 1), ("missing", 1), ("expiring_30", 1), ("without_role", 2))
    ]


async def test_who_asks_together_is_told_the_same_and_strangers_nothing(
    client: httpx.AsyncClient, container: Container, cast: Cast
) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        maya = await add_person(uow, "maya", (cast.company, Role.MANAGER))
    await stand(cast.company, (cast.lea.user_id, "A", "expired"))
    askers = [bearer(container, who) for who in (cast.marc, maya)] * 6
    denied = [(bearer(container, who), status) for who, status in ((cast.stranger, 404), (cast.lea, 403))]
    named = {"organizationId": str(cast.company)}
    with patch.object(queries, "_overview_of", side_effect=queries._overview_of) as reads:
        told, refused = await asyncio.gather(
            asyncio.gather(*(seen(client, one) for one in askers)),
            asyncio.gather(*(client.get(PATH, params=named, headers=one) for one, _ in denied)),
        )
    assert [one.status_code for one in refused] == [status for _, status in denied]
    assert all(one == told[0] for one in told)
    assert told[0]["counts"]["expired"] == 1
    assert 1 <= reads.call_count < len(askers)
