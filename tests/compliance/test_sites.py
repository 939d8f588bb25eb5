"""A place of work that closes: nobody and nothing is lost with it unasked."""

import httpx
import pytest

from pygmalion_app.compliance import rule_queries, rules, sites, workplace
from pygmalion_app.compliance.errors import SiteInUseError, SiteNotFoundError
from pygmalion_app.compliance.rule_schemas import CreateSet, RequirementInput, WriteRequirements
from pygmalion_app.compliance.workplace_schemas import ChangePositions, SiteInput, SiteView, Workplace
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.compliance.conftest import Company
from tests.compliance.test_upkeep import RunJobs
from tests.enrollments.test_booking import bearer


async def _two_sites(company: Company) -> tuple[SiteView, SiteView]:
    """Lea works in Lyon, where DGR-75 is asked; nobody works in Nice."""
    async with unit_of_work(company.marc, company.container) as uow:
        lyon = await workplace.add_site(uow, company.id, SiteInput(name="Lyon"))
        nice = await workplace.add_site(uow, company.id, SiteInput(name="Nice"))
        await workplace.change_positions(uow, company.id, ChangePositions(user_ids=[company.lea], site_id=lyon.id))
        made = await rules.create(uow, company.id, CreateSet(name="Lyon", site_id=lyon.id))
        wanted = WriteRequirements(requirements=[RequirementInput(codes=["DGR-75"])])
        await rules.write(uow, made.versions[0].id, wanted)
        await rules.publish(uow, made.versions[0].id)
    return lyon, nice


async def _work(company: Company) -> Workplace:
    async with unit_of_work(company.marc, company.container) as uow:
        return await workplace.workplace(uow, company.id)


async def test_people_and_requirements_go_where_it_is_said(company: Company, run_jobs: RunJobs) -> None:
    lyon, nice = await _two_sites(company)
    await run_jobs()
    everything = {"SUR-1126", "SST", "DGR-75"}
    assert set(await company.statuses(company.lea)) == everything
    async with unit_of_work(company.marc, company.container) as uow:
        with pytest.raises(SiteInUseError) as refused:
            await sites.close(uow, lyon.id)
        assert (refused.value.facts["people"], refused.value.facts["sets"]) == (1, 1)
        for elsewhere in (lyon.id, company.set_id):
            with pytest.raises(SiteNotFoundError):
                await sites.close(uow, lyon.id, elsewhere)
    async with unit_of_work(company.marc, company.container) as uow:
        await sites.close(uow, lyon.id, nice.id)
    await run_jobs()
    assert set(await company.statuses(company.lea)) == everything
    assert [(it.name, it.people) for it in (await _work(company)).sites] == [("Nice", 1)]
    async with unit_of_work(company.marc, company.container) as uow:
        # Closed is closed, and its name is free again.
        with pytest.raises(SiteNotFoundError):
            await sites.close(uow, lyon.id)
        with pytest.raises(SiteNotFoundError):
            await workplace.change_positions(uow, company.id, ChangePositions(user_ids=[company.lea], site_id=lyon.id))
        assert (await workplace.add_site(uow, company.id, SiteInput(name="Lyon"))).people == 0
        # Left without a site, nobody is asked what the site alone asked for.
        await sites.close(uow, nice.id, leave=True)
    await run_jobs()
    assert set(await company.statuses(company.lea)) == everything - {"DGR-75"}
    async with unit_of_work(company.marc, company.container) as uow:
        kept = next(one for one in await rule_queries.sets(uow, company.id) if one.name == "Lyon")
    assert kept.archived_at is not None
    async with unit_of_work(company.cast.stranger, company.container) as uow:
        with pytest.raises(NotFoundError):
            await sites.close(uow, (await _work(company)).sites[0].id)


async def test_closing_and_retiring_by_the_api(
    client: httpx.AsyncClient, container: Container, company: Company
) -> None:
    lyon, nice = await _two_sites(company)
    zoe = await company.person("zoe", "Agent de piste")
    roles = (await _work(company)).job_roles
    async with unit_of_work(company.marc, company.container) as uow:
        chief = await workplace.add_role(uow, company.id, "Chef d'escale")
    marc, base = bearer(container, company.marc), "/api/v1/compliance"
    answer = await client.delete(f"{base}/sites/{lyon.id}", headers=marc)
    assert (answer.status_code, answer.json()["code"]) == (409, "site_in_use")
    answer = await client.delete(f"{base}/sites/{lyon.id}", params={"moveTo": str(nice.id)}, headers=marc)
    assert answer.json()["data"] == {"people": 1, "sets": 1}
    address = f"{base}/job-roles/{roles[0].id}"
    answer = await client.delete(address, params={"moveTo": str(roles[0].id)}, headers=marc)
    assert answer.status_code == 404
    answer = await client.delete(address, params={"moveTo": str(chief.id)}, headers=marc)
    assert answer.status_code == 200
    people = (await client.get(f"{base}/matrix", params={"jobRoleId": str(chief.id)}, headers=marc)).json()["data"]
    assert [one["userId"] for one in people["people"]] == [str(zoe)]
