"""Statuses follow what happens to people, in their organisation, within one run of the jobs."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any, LiteralString

from pygmalion_app.certificates.life_models import ExternalCertificate
from pygmalion_app.compliance import rules, workplace
from pygmalion_app.compliance.exemptions import exempt, withdraw
from pygmalion_app.compliance.rule_schemas import CreateSet, RequirementInput, WriteRequirements
from pygmalion_app.compliance.workplace_schemas import ChangePositions, ExemptInput
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.organizations.models import OrganizationMember
from tests.clock import day_in_france
from tests.compliance.conftest import Company

RunJobs = Callable[[], Awaitable[None]]


async def test_what_is_accepted_and_taken_back_shows(company: Company, run_jobs: RunJobs) -> None:
    assert await company.statuses(company.lea) == {"SUR-1126": "missing", "SST": "missing"}
    held = await company.hold(company.lea, "SUR-1126", company.today + timedelta(days=500))
    await company.hold(company.lea, "SST", company.today + timedelta(days=20))
    await run_jobs()
    assert await company.statuses(company.lea) == {"SUR-1126": "compliant", "SST": "expiring"}
    async with unit_of_work(SYSTEM, company.container) as uow:
        await uow.session.delete(await uow.session.get_one(ExternalCertificate, held))
    await run_jobs()
    assert await company.statuses(company.lea) == {"SUR-1126": "missing", "SST": "expiring"}


async def test_an_exemption_counts_until_it_is_taken_back(company: Company, run_jobs: RunJobs) -> None:
    async with unit_of_work(company.marc, company.container) as uow:
        wanted = ExemptInput(user_id=company.lea, requirement_key="SST", reason="Infirmière de métier")
        made = await exempt(uow, company.id, wanted)
    await run_jobs()
    assert (await company.statuses(company.lea))["SST"] == "exempt"
    async with unit_of_work(company.marc, company.container) as uow:
        await withdraw(uow, made.id)
    await run_jobs()
    assert (await company.statuses(company.lea))["SST"] == "missing"


async def test_a_role_renamed_keeps_its_people_and_a_retired_one_lets_them_go(
    company: Company, run_jobs: RunJobs
) -> None:
    zoe = await company.person("zoe", "Agent de piste")
    async with unit_of_work(company.marc, company.container) as uow:
        role = (await workplace.workplace(uow, company.id)).job_roles[0]
    assert (role.name, role.people) == ("Agent de piste", 1)
    await company.publish(RequirementInput(codes=["DGR-75"]), name="Piste", role=role)
    await run_jobs()
    assert set(await company.statuses(zoe)) == {"SUR-1126", "SST", "DGR-75"}
    async with unit_of_work(company.marc, company.container) as uow:
        renamed = await workplace.rename_role(uow, role.id, "Agente de piste")
        assert renamed.people == 1
    # An import that still says the old name makes a role of that name; nobody else moves.
    await company.person("max", "agente de PISTE")
    async with unit_of_work(company.marc, company.container) as uow:
        assert [(it.name, it.people) for it in (await workplace.workplace(uow, company.id)).job_roles] == [
            ("Agente de piste", 2)
        ]
        retired = await workplace.archive_role(uow, role.id)
        assert retired.people == 0
    await run_jobs()
    assert set(await company.statuses(zoe)) == {"SUR-1126", "SST"}
    async with unit_of_work(company.marc, company.container) as uow:
        await workplace.add_role(uow, company.id, "Agent de piste")
        back = (await workplace.workplace(uow, company.id)).job_roles[0]
        await workplace.change_positions(uow, company.id, ChangePositions(user_ids=[zoe], job_role_id=back.id))
    await run_jobs()
    # Retired under the name "Agente de piste", so this is another role, which no set is about.
    assert set(await company.statuses(zoe)) == {"SUR-1126", "SST"}


async def test_whoever_leaves_has_no_status_and_comes_back_with_one(company: Company, run_jobs: RunJobs) -> None:
    zoe = await company.person("zoe")
    await run_jobs()
    assert len(await company.statuses(zoe)) == 2
    async with unit_of_work(SYSTEM, company.container) as uow:
        await uow.sql("DELETE FROM organization_members WHERE user_id = %(user)s", user=zoe)
    await run_jobs()
    assert await company.statuses(zoe) == {}
    async with unit_of_work(SYSTEM, company.container) as uow:
        await uow.sql(
            """INSERT INTO organization_members (id, user_id, organization_id, role)
            VALUES (gen_random_uuid(), %(user)s, %(organization)s, 'learner')""",
            user=zoe,
            organization=company.id,
        )
    await run_jobs()
    assert len(await company.statuses(zoe)) == 2


async def _run(company: Company, query: LiteralString, **parameters: object) -> list[dict[str, Any]]:
    async with unit_of_work(SYSTEM, company.container) as uow:
        return await uow.sql(query, **parameters)


async def test_a_booking_is_followed_through_its_changes(company: Company, run_jobs: RunJobs) -> None:
    async def planned() -> list[tuple[str, date | None]]:
        await run_jobs()
        rows = await _run(
            company,
            """SELECT status, planned_on FROM compliance_statuses
            WHERE user_id = %(user)s AND requirement_key = 'SUR-1126' ORDER BY organization_id""",
            user=company.lea,
        )
        return [(row["status"], row["planned_on"]) for row in rows]

    cast, order = company.cast, new_id()
    starts_at = (await _run(company, "SELECT starts_at FROM sessions WHERE id = %(id)s", id=cast.session))[0][
        "starts_at"
    ]
    await _run(
        company,
        """WITH o AS (INSERT INTO orders (id, buyer_user_id, buyer_organization_id, seller_organization_id, session_id,
          payer, payment_method, quantity, unit_price_cents, net_cents, vat_cents, total_cents, currency, vat_regime,
          refund_tiers, status, hold_expires_at)
        VALUES (%(order)s, %(buyer)s, %(bought_for)s, %(school)s, %(session)s, 'company', 'card', 1, 0, 0, 0, 0, 'EUR',
          'standard_20', '[]', 'PENDING', now()))
        SELECT 1""",
        order=order,
        buyer=cast.marc.user_id,
        bought_for=cast.company,
        school=cast.school,
        session=cast.session,
    )
    await _run(
        company,
        """INSERT INTO enrollments (id, order_id, session_id, course_id, user_id, status)
        VALUES (gen_random_uuid(), %(order)s, %(session)s, %(course)s, %(user)s, 'PENDING')""",
        order=order,
        session=cast.session,
        course=cast.course,
        user=company.lea,
    )
    assert await planned() == [("missing", None)]
    await _run(company, "UPDATE enrollments SET status = 'CONFIRMED' WHERE order_id = %(order)s", order=order)
    day = day_in_france(starts_at)
    assert await planned() == [("planned", day)]
    await _run(
        company,
        """UPDATE sessions SET starts_at = starts_at + interval '9 days', ends_at = ends_at + interval '9 days'
        WHERE id = %(id)s""",
        id=cast.session,
    )
    assert await planned() == [("planned", day + timedelta(days=9))]
    await _run(company, "UPDATE enrollments SET status = 'CANCELLED' WHERE order_id = %(order)s", order=order)
    assert await planned() == [("missing", None)]


async def test_who_works_twice_stands_in_both_places(company: Company, run_jobs: RunJobs) -> None:
    """What counts is the person's; what is asked is each organisation's."""
    async with unit_of_work(SYSTEM, company.container) as uow:
        other = company.cast.stranger.memberships[0].organization_id
        uow.session.add(OrganizationMember(user_id=company.lea, organization_id=other, role=Role.LEARNER))
    async with unit_of_work(company.cast.stranger, company.container) as uow:
        made = await rules.create(uow, other, CreateSet(name="Tous"))
        wanted = WriteRequirements(requirements=[RequirementInput(codes=["SST"], months=12)])
        await rules.write(uow, made.versions[0].id, wanted)
        await rules.publish(uow, made.versions[0].id)
    await company.hold(company.lea, "SST", company.today + timedelta(days=300), company.today - timedelta(days=400))
    await run_jobs()
    assert (await company.statuses(company.lea))["SST"] == "compliant"
    rows = await _run(
        company,
        "SELECT status FROM compliance_statuses WHERE organization_id = %(id)s AND user_id = %(user)s",
        id=other,
        user=company.lea,
    )
    assert [row["status"] for row in rows] == ["expired"]
