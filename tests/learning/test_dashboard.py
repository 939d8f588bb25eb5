"""The learner's dashboard: over all organisations, equal to what plain SQL counts, in few statements."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import update
from sqlmodel import col

from pygmalion_app.catalog.models import Course
from pygmalion_app.compliance.models import Requirement, RequirementSet, RequirementSetVersion
from pygmalion_app.compliance.recompute import recompute
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from pygmalion_app.organizations.models import OrganizationKind, OrganizationMember
from tests.cast import Cast, add_organization, add_person
from tests.learning.booking import book
from tests.life.conftest import bearer

TYPES = ("SUR-1126", "DGR-75")


async def _types(uow: UnitOfWork) -> None:
    for code in TYPES:
        await uow.sql(
            "INSERT INTO course_types (id, code, title, title_en, category, modalities, duration_minutes,"
            " validity_anchor, window_months, legal_basis, provenance)"
            " VALUES (gen_random_uuid(), %(code)s, %(code)s, %(code)s, 'SECURITY', '{PRESENTIEL}', 210, 'date', 0, '',"
            " '')",
            code=code,
        )


async def _require(uow: UnitOfWork, organization: UUID, *codes: str) -> None:
    demanded = RequirementSet(organization_id=organization, name="Everybody")
    uow.session.add(demanded)
    await uow.session.flush()
    version = RequirementSetVersion(
        organization_id=organization,
        set_id=demanded.id,
        version=1,
        effective_from=date(2020, 1, 1),
        published_at=uow.clock.now(),
    )
    uow.session.add(version)
    await uow.session.flush()
    for code in codes:
        uow.session.add(
            Requirement(
                organization_id=organization,
                version_id=version.id,
                key=code,
                title=f"Titre {code}",
                codes=[code],
                months=36,
            )
        )
    await uow.session.flush()


async def test_what_two_organisations_ask_of_one_person_stands_on_one_page(
    container: Container, cast: Cast, client: httpx.AsyncClient
) -> None:
    lea = cast.lea.require_user()
    async with unit_of_work(SYSTEM, container) as uow:
        await _types(uow)
        course = await uow.session.get_one(Course, cast.course)
        course.type_code = "SUR-1126"
        other = await add_organization(uow, "Deuxieme", OrganizationKind.COMPANY)
        uow.session.add(OrganizationMember(user_id=lea, organization_id=other, role=Role.LEARNER))
        await uow.session.flush()
        await _require(uow, cast.company, "SUR-1126")
        await _require(uow, other, "SUR-1126", "DGR-75")
        await uow.sql(
            "INSERT INTO external_certificates (id, user_id, type_code, title, issuer, obtained_on, valid_until,"
            " file_name, media_type, size_bytes, pages, key_id, wrapped_key, state, note, decided_at)"
            " VALUES (gen_random_uuid(), %(user)s, 'DGR-75', 'DGR', 'X', %(day)s, %(until)s, 'x', 'x', 1, 1, 'k', '',"
            " 'accepted', '', now())",
            user=lea,
            day=uow.clock.now().date() - timedelta(days=300),
            until=uow.clock.now().date() + timedelta(days=40),
        )
        for organization in (cast.company, other):
            await recompute(uow, organization)
    answer = await client.get("/api/v1/dashboard/learner", headers=bearer(cast.lea, container))
    found = answer.json()["data"]
    async with unit_of_work(SYSTEM, container) as uow:
        (counted,) = await uow.sql(
            "SELECT count(*) AS required, count(*) FILTER (WHERE status IN ('compliant', 'expiring', 'exempt')) AS held"
            " FROM compliance_statuses WHERE user_id = %(user)s",
            user=lea,
        )
    assert (found["progress"]["required"], found["progress"]["satisfied"]) == (counted["required"], counted["held"])
    assert found["progress"]["required"] == 3
    assert {(one["organizationName"], one["requirementKey"], one["status"]) for one in found["due"]} >= {
        ("Aeroport Services", "SUR-1126", "missing"),
        ("Deuxieme", "SUR-1126", "missing"),
    }
    first = found["recommendations"][0]
    assert (first["code"], [reason["organizationName"] for reason in first["reasons"]]) == (
        "SUR-1126",
        ["Aeroport Services", "Deuxieme"],
    )
    assert first["session"]["sessionId"] == str(cast.session)
    assert [one["title"] for one in found["certificates"]] == ["DGR"]


async def test_three_colleagues_make_a_habit_and_two_do_not(
    container: Container, cast: Cast, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        await _types(uow)
        course = await uow.session.get_one(Course, cast.course)
        course.type_code = "DGR-75"
        colleagues = [await add_person(uow, name, (cast.company, Role.LEARNER)) for name in ("ana", "ben", "cyr")]
        members = update(OrganizationMember).where(col(OrganizationMember.organization_id) == cast.company)
        await uow.session.execute(members.values(job_role="Agent de piste"))
    await book(container, cast, *colleagues[:2])
    signed = bearer(cast.lea, container)
    answer = await client.get("/api/v1/dashboard/learner", headers=signed)
    assert answer.json()["data"]["recommendations"] == []
    await book(container, cast, colleagues[2])
    asked: list[str] = []
    plain = UnitOfWork.sql

    async def counting(self: UnitOfWork, query: Any, **values: object) -> list[dict[str, Any]]:
        asked.append(query)
        return await plain(self, query, **values)

    monkeypatch.setattr(UnitOfWork, "sql", counting)
    answer = await client.get("/api/v1/dashboard/learner", headers=signed)
    (only,) = answer.json()["data"]["recommendations"]
    assert (only["code"], only["reasons"][0]["why"], only["reasons"][0]["people"]) == ("DGR-75", "colleagues", 3)
    assert only["reasons"][0]["jobRole"] == "Agent de piste"
    # Whatever there is to say: six statements, and the two that change the reach.
    assert len(asked) <= 8
