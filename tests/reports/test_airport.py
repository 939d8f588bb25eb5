"""The airport's dashboard: figures that plain SQL agrees with, of companies that consented, and names where they do."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

import httpx
import pytest

from pygmalion_app.catalog.models import CourseType
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from pygmalion_app.organizations.models import OrganizationKind
from pygmalion_app.reports import airport
from tests.cast import Cast, add_organization, add_person, add_session
from tests.enrollments.test_booking import bearer
from tests.reports.world import stand


@dataclass(frozen=True)
class Ground:
    """An airport, who manages it, and three companies: two share (one with names), the third shares no more."""

    airport: UUID
    pia: Actor
    named: UUID
    nameless: UUID
    withdrawn: UUID


async def require(uow: UnitOfWork, organization: UUID, key: str, *codes: str) -> None:
    """Have an organisation ask everybody for something."""
    await uow.sql(
        """WITH s AS (INSERT INTO requirement_sets (id, organization_id, name)
            VALUES (gen_random_uuid(), %(org)s, %(key)s) RETURNING id),
          v AS (INSERT INTO requirement_set_versions
            (id, organization_id, set_id, version, effective_from, published_at)
            SELECT gen_random_uuid(), %(org)s, id, 1, '2026-01-01', '2026-01-01' FROM s RETURNING id)
        INSERT INTO requirements (id, organization_id, version_id, key, title, title_en, codes, anchor, window_months,
          position) SELECT gen_random_uuid(), %(org)s, id, %(key)s, %(key)s, '', %(codes)s, 'date', 0, 0 FROM v""",
        org=organization,
        key=key,
        codes=list(codes),
    )


async def share(uow: UnitOfWork, airport: UUID, tenant: UUID, *, names: bool = False, gone: bool = False) -> None:
    """Have a company share its statuses with an airport."""
    now = uow.clock.now()
    await uow.sql(
        """INSERT INTO tenant_sharings (id, airport_organization_id, tenant_organization_id, consented_at, with_names,
        withdrawn_at) VALUES (gen_random_uuid(), %(airport)s, %(tenant)s, %(now)s, %(names)s, %(gone)s)""",
        airport=airport,
        tenant=tenant,
        now=now,
        names=names,
        gone=now if gone else None,
    )


@pytest.fixture
async def ground(cast: Cast, container: Container) -> Ground:
    """Return an airport with its companies: five people, one requirement for the badge, one for dangerous goods."""
    async with unit_of_work(SYSTEM, container) as uow:
        airport = await add_organization(uow, "Aeroport du Val", OrganizationKind.AIRPORT)
        pia = await add_person(uow, "pia", (airport, Role.AIRPORT_MANAGER))
        made = [await add_organization(uow, name, OrganizationKind.COMPANY) for name in ("Named", "Nameless", "Gone")]
        people = [[await add_person(uow, f"{n}-{i}", (org, Role.LEARNER)) for i in "ab"] for n, org in enumerate(made)]
        for org, names, gone in zip(made, (True, False, False), (False, False, True), strict=True):
            await require(uow, org, "BADGE", "SUR-1126")
            await require(uow, org, "DGR", "DGR-77")
            await share(uow, airport, org, names=names, gone=gone)
        uow.session.add(
            CourseType(code="DGR-77", title="DGR", title_en="DGR", category="DGR", modalities=[], duration_minutes=420)
        )
        await uow.session.flush()
        await uow.sql("UPDATE courses SET type_code = 'DGR-77' WHERE id = %(id)s", id=cast.course)
        await uow.sql(
            "UPDATE positions SET contractor_type = 'interim' WHERE user_id = %(id)s", id=people[1][1].user_id
        )
        await add_session(uow, cast.course, cast.school, None, capacity=3, in_days=40)
    for org, (a, b) in zip(made, people, strict=True):
        await stand(
            org,
            (a.user_id, "BADGE", "expiring"),
            (b.user_id, "BADGE", "missing"),
            (a.user_id, "DGR", "expired"),
            (b.user_id, "DGR", "compliant"),
        )
    return Ground(airport, pia, *made)


async def seen(client: httpx.AsyncClient, container: Container, ground: Ground, **query: Any) -> dict[str, Any]:
    answer = await client.get("/api/v1/dashboard/airport", params=query, headers=bearer(container, ground.pia))
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


async def test_figures_of_those_who_share(client: httpx.AsyncClient, container: Container, ground: Ground) -> None:
    found = await seen(client, container, ground)
    assert {tenant["name"]: tenant["rate"] for tenant in found["tenants"]} == {"Named": 0.5, "Nameless": 0.5}
    assert {(tenant["people"], tenant["losing"], tenant["without"]) for tenant in found["tenants"]} == {(2, 1, 1)}
    async with unit_of_work(SYSTEM) as uow:
        counts = await uow.sql(
            """SELECT status, count(*) AS number FROM compliance_statuses c JOIN tenant_sharings t
            ON t.tenant_organization_id = c.organization_id WHERE t.withdrawn_at IS NULL GROUP BY status"""
        )
    assert {name: number for name, number in found["counts"].items() if number} == {
        row["status"]: row["number"] for row in counts
    }
    assert {one["contractorType"]: (one["people"], one["rate"]) for one in found["contractors"]} == {
        "": (3, 0.5),
        "interim": (1, 0.5),
    }


async def test_names_only_where_a_company_shares_them(
    client: httpx.AsyncClient, container: Container, ground: Ground
) -> None:
    found = await seen(client, container, ground)
    assert [(one["organizationName"], one["name"], one["days"]) for one in found["losing"]] == [
        ("Named", "0-A Test", 20),
        ("Nameless", None, 20),
    ]
    assert found["losingTotal"] == 2
    assert (await seen(client, container, ground, withinDays=19))["losing"] == []


async def test_seats_against_need(client: httpx.AsyncClient, container: Container, ground: Ground) -> None:
    found = await seen(client, container, ground)
    need = {tuple(one["codes"]): (one["need"], one["seats"], one["gap"]) for one in found["courses"]}
    # The badge: one ends, one is missing, in each company. Dangerous goods: the expired ones; 5 and 3 seats are open.
    assert need == {("SUR-1126",): (4, 0, 4), ("DGR-77",): (2, 8, 0)}
    assert sum(month["need"] for month in found["months"]) == 6
    assert sum(month["seats"] for month in found["months"]) == 8
    assert found["months"][0]["overdue"] == 4
    assert found["places"] == ["Paris CDG"]
    assert found["place"] == ""
    elsewhere = await seen(client, container, ground, place="Lyon")
    assert sum(month["seats"] for month in elsewhere["months"]) == 0


async def test_who_is_no_airport_sees_none(
    client: httpx.AsyncClient, container: Container, cast: Cast, ground: Ground
) -> None:
    path = "/api/v1/dashboard/airport"
    for who, status in ((cast.marc, 404), (cast.lea, 403), (cast.olga, 403), (cast.stranger, 404)):
        assert (await client.get(path, headers=bearer(container, who))).status_code == status
        named = await client.get(path, params={"organizationId": str(ground.airport)}, headers=bearer(container, who))
        assert named.status_code == 404


async def test_a_planned_renewal_needs_no_further_seat(
    client: httpx.AsyncClient, container: Container, ground: Ground
) -> None:
    async with unit_of_work(SYSTEM) as uow:
        await uow.sql(
            "UPDATE compliance_statuses SET planned_on = %(day)s WHERE status = 'expiring'",
            day=uow.clock.now().date() + timedelta(days=5),
        )
    found = await seen(client, container, ground)
    assert sum(month["need"] for month in found["months"]) == 4
    assert {one["plannedOn"] is not None for one in found["losing"]} == {True}


async def test_tenants_cost_no_further_statements(container: Container, ground: Ground) -> None:
    async def statements() -> int:
        with patch.object(UnitOfWork, "sql", autospec=True, side_effect=UnitOfWork.sql) as counted:
            async with unit_of_work(ground.pia, container) as uow:
                await airport.dashboard(uow, ground.airport)
        return counted.call_count

    before = await statements()
    async with unit_of_work(SYSTEM, container) as uow:
        for number in range(5):
            await share(uow, ground.airport, await add_organization(uow, f"More {number}", OrganizationKind.COMPANY))
    assert await statements() == before


async def test_only_an_airport_is_found_by_its_number(container: Container, cast: Cast, ground: Ground) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        for organization, siret in ((ground.airport, "73282932000074"), (cast.company, "55210055400013")):
            await uow.sql("UPDATE organizations SET siret = %(siret)s WHERE id = %(id)s", siret=siret, id=organization)
    async with unit_of_work(cast.marc, container) as uow:
        assert await airport.by_siret(uow, "73282932000074") == ground.airport
        with pytest.raises(airport.AirportUnknownError):
            await airport.by_siret(uow, "55210055400013")
