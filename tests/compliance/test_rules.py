"""Rules: drafts, what they would do, the day from which they apply, overlaps, equivalences, the profession's matrix."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from pygmalion_app.catalog.models import CourseType
from pygmalion_app.compliance import professions, rule_queries, rule_seeds, rules, tenants, workplace
from pygmalion_app.compliance.errors import (
    CourseTypeUnknownError,
    EffectiveDateError,
    NameTakenError,
    VersionEmptyError,
    VersionPublishedError,
)
from pygmalion_app.compliance.jobs import turn
from pygmalion_app.compliance.models import CourseEquivalence
from pygmalion_app.compliance.rule_schemas import CreateSet, RequirementInput, WriteRequirements
from pygmalion_app.compliance.tenant_schemas import AskTenant
from pygmalion_app.compliance.workplace_schemas import ChangePositions, SiteInput
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.organizations.models import Organization, OrganizationKind
from tests.cast import add_organization, add_person
from tests.compliance.conftest import Company

RunJobs = Callable[[], Awaitable[None]]


async def test_a_change_is_previewed_then_applies_from_its_day(company: Company, run_jobs: RunJobs) -> None:
    zoe = await company.person("zoe")
    for code in ("SUR-1126", "SST"):
        await company.hold(zoe, code, company.today + timedelta(days=400))
    await company.recompute()
    soon = company.today + timedelta(days=10)
    async with unit_of_work(company.marc, company.container) as uow:
        draft = await rules.start_draft(uow, company.set_id)
        assert (draft.version, [one.key for one in draft.requirements]) == (2, ["SUR-1126", "SST"])
        assert (await rules.start_draft(uow, company.set_id)).id == draft.id
        wanted = [RequirementInput(codes=["SUR-1126"]), RequirementInput(codes=["DGR-75"], months=24)]
        await rules.write(uow, draft.id, WriteRequirements(requirements=wanted))
        seen = await rules.preview(uow, draft.id, soon)
        assert (seen.non_compliant, seen.compliant, seen.people) == (1, 0, 3)
        assert [(one.name, one.keys) for one in seen.worse] == [("Zoe Test", ["DGR-75"])]
        assert seen.before["compliant"] == 2
        assert (seen.after["compliant"], seen.rate_after) == (1, pytest.approx(1 / 6))
        await rules.publish(uow, draft.id, soon)
        with pytest.raises(VersionPublishedError):
            await rules.write(uow, draft.id, WriteRequirements(requirements=[]))
        again = await rules.start_draft(uow, company.set_id)
        with pytest.raises(EffectiveDateError):
            await rules.publish(uow, again.id, company.today)
        shown = await rule_queries.one(uow, company.set_id)
        assert (shown.version, shown.next_from, shown.people) == (1, soon, 3)
        await rules.discard(uow, again.id)
    await run_jobs()
    assert set(await company.statuses(zoe)) == {"SUR-1126", "SST"}
    company.container.clock.move(days=10)  # pyright: ignore[reportAttributeAccessIssue]
    await turn(0)
    assert await company.statuses(zoe) == {"SUR-1126": "compliant", "DGR-75": "missing"}


async def test_the_strictest_of_overlapping_sets_counts(company: Company, run_jobs: RunJobs) -> None:
    held = company.today - timedelta(days=400)
    await company.hold(company.lea, "SST", company.today + timedelta(days=900), held)
    await company.publish(RequirementInput(codes=["SST"], months=12), name="Chaque année")
    await run_jobs()
    assert (await company.statuses(company.lea))["SST"] == "expired"
    async with unit_of_work(company.marc, company.container) as uow:
        yearly = next(one for one in await rule_queries.sets(uow, company.id) if one.name == "Chaque année")
        await rules.archive(uow, yearly.id)
    await run_jobs()
    assert (await company.statuses(company.lea))["SST"] == "compliant"


async def test_an_equivalence_lets_one_course_stand_for_another(company: Company, run_jobs: RunJobs) -> None:
    await company.hold(company.lea, "DGR-75", company.today + timedelta(days=900))
    async with unit_of_work(company.marc, company.container) as uow:
        uow.session.add(CourseEquivalence(organization_id=company.id, code="DGR-75", satisfies_code="SST"))
    await run_jobs()
    assert (await company.statuses(company.lea))["SST"] == "compliant"


async def test_what_cannot_be_is_refused(company: Company) -> None:
    async with unit_of_work(company.marc, company.container) as uow:
        with pytest.raises(NameTakenError):
            await rules.create(uow, company.id, CreateSet(name="Tous"))
        made = await rules.create(uow, company.id, CreateSet(name="Autres"))
        draft = made.versions[0].id
        with pytest.raises(VersionEmptyError):
            await rules.publish(uow, draft)
        wanted = WriteRequirements(requirements=[RequirementInput(codes=["NO-SUCH"])])
        with pytest.raises(CourseTypeUnknownError):
            await rules.write(uow, draft, wanted)
    async with unit_of_work(company.cast.stranger, company.container) as uow:
        with pytest.raises(NotFoundError):
            await rules.preview(uow, draft)
        with pytest.raises(NotFoundError):
            await rules.rename(uow, company.set_id, "Mine")


async def test_a_company_starts_from_its_profession(company: Company, run_jobs: RunJobs) -> None:
    codes = {code for jobs in professions.matrix().values() for one in jobs.values() for some in one for code in some}
    async with unit_of_work(SYSTEM, company.container) as uow:
        for code in codes - {"SUR-1126", "SST", "DGR-75"}:
            kind = {"title": code, "title_en": code, "category": "SECURITY", "modalities": ["VIRTUEL"]}
            uow.session.add(CourseType(code=code, duration_minutes=60, validity_anchor="semester", **kind))
    zoe = await company.person("zoe", "Chef d'escale")
    async with unit_of_work(company.marc, company.container) as uow:
        made = await rule_seeds.from_profession(uow, company.id, "handling")
        assert [(one.name, one.requirements) for one in made] == [
            ("Agent de passage", 2), ("Agent de piste", 5), ("Chef d'escale", 5), ("Tous", 2)
        ]  # fmt: skip
        # Once more changes nothing.
        assert await rule_seeds.from_profession(uow, company.id, "handling") == made
    await run_jobs()
    assert set(await company.statuses(zoe)) == {"SUR-1126", "SUR-1124", "DGR-75", "DGR-77", "ADR-SGS", "SST"}


async def test_an_airport_sees_figures_by_consent_and_names_only_so(company: Company, run_jobs: RunJobs) -> None:
    async with unit_of_work(SYSTEM, company.container) as uow:
        airport = await add_organization(uow, "Aeroport du Val", OrganizationKind.AIRPORT)
        boss = await add_person(uow, "boss", (airport, Role.AIRPORT_MANAGER))
        (await uow.session.get_one(Organization, company.id)).siret = "91534192900023"
    await company.hold(company.lea, "SST", company.today + timedelta(days=12))
    await run_jobs()
    async with unit_of_work(boss, company.container) as uow:
        await tenants.ask(uow, airport, AskTenant(siret="915 341 929 00023"))
        assert await tenants.tenants(uow, airport) == []
        with pytest.raises(NotFoundError):
            await tenants.consent(uow, company.id, airport)
    async with unit_of_work(company.marc, company.container) as uow:
        asked = await tenants.sharings(uow, company.id)
        assert [(one.airport, one.requested_at is not None, one.shared) for one in asked] == [
            ("Aeroport du Val", True, False)
        ]
        await tenants.consent(uow, company.id, airport)
    async with unit_of_work(boss, company.container) as uow:
        (tenant,) = await tenants.tenants(uow, airport)
        assert (tenant.team_size, tenant.losing_30, tenant.counts["expiring"], tenant.rate) == (2, 1, 1, 0.25)
        assert [(one.name, one.key, one.days) for one in await tenants.losing(uow, airport)] == [("", "SST", 12)]
        need = await tenants.need(uow, airport)
        assert sum(one.people for one in need) == 4
    async with unit_of_work(company.marc, company.container) as uow:
        await tenants.consent(uow, company.id, airport, with_names=True)
        here = SiteInput(name="Au Val", airport_organization_id=airport)
        site = await workplace.add_site(uow, company.id, here)
        await workplace.change_positions(uow, company.id, ChangePositions(user_ids=[company.lea], site_id=site.id))
    async with unit_of_work(boss, company.container) as uow:
        # Only who works on its ground, now that the company says who does.
        assert [one.team_size for one in await tenants.tenants(uow, airport)] == [1]
        assert [one.name for one in await tenants.losing(uow, airport)] == ["Lea Test"]
    async with unit_of_work(company.marc, company.container) as uow:
        await tenants.withdraw(uow, company.id, airport)
    async with unit_of_work(boss, company.container) as uow:
        assert await tenants.tenants(uow, airport) == []
        assert await tenants.losing(uow, airport) == []
