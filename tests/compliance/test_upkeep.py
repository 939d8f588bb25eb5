"""Statuses follow what happens to people, in their organisation, within one run of the jobs."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from pygmalion_app.certificates.life_models import ExternalCertificate
from pygmalion_app.compliance import workplace
from pygmalion_app.compliance.exemptions import exempt, withdraw
from pygmalion_app.compliance.rule_schemas import RequirementInput
from pygmalion_app.compliance.workplace_schemas import ChangePositions, ExemptInput
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import unit_of_work
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
