"""The figures that people see equal those of plain SQL over certificates; the reads are few, however many people."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from pygmalion_app.compliance import queries, workplace
from pygmalion_app.compliance.matrix import matrix
from pygmalion_app.compliance.models import CourseEquivalence
from pygmalion_app.compliance.person import person
from pygmalion_app.compliance.rule_schemas import RequirementInput
from pygmalion_app.compliance.schemas import MatrixFilters
from pygmalion_app.compliance.workplace_schemas import ChangePositions, SiteInput
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.errors import NotFoundError, PermissionDeniedError
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.reports.compliance import compliance
from tests.compliance.conftest import Company
from tests.statements import counted_statements

# Nothing of the product: what is asked of everybody here, and the last certificate of each.
PLAIN = """
WITH asked AS (SELECT unnest(ARRAY['SUR-1126', 'SST']) AS key),
held AS (
  SELECT x.user_id, x.type_code AS key, max(least(coalesce(x.valid_until, 'infinity'), 'infinity')) AS until
  FROM external_certificates x WHERE x.state = 'accepted' GROUP BY 1, 2)
SELECT CASE WHEN h.until IS NULL THEN 'missing' WHEN h.until < %(today)s THEN 'expired'
  WHEN h.until <= %(today)s::date + 90 THEN 'expiring' ELSE 'compliant' END AS status, count(*) AS number
FROM (SELECT DISTINCT user_id FROM organization_members WHERE organization_id = %(organization)s) m CROSS JOIN asked a
LEFT JOIN held h ON h.user_id = m.user_id AND h.key = a.key GROUP BY 1
"""


async def _fill(company: Company) -> list[UUID]:
    people = [await company.person(f"p{number}", "Agent") for number in range(4)]
    for number, days in enumerate((400, 40, 5, -3)):
        await company.hold(people[number], "SUR-1126", company.today + timedelta(days=days))
    await company.hold(people[0], "SST", None)
    await company.hold(people[1], "SST", company.today + timedelta(days=90))
    await company.hold(people[1], "SST", company.today - timedelta(days=1), company.today - timedelta(days=400))
    await company.recompute()
    return people


async def test_figures_equal_plain_sql(company: Company) -> None:
    await _fill(company)
    async with unit_of_work(SYSTEM, company.container) as uow:
        rows = await uow.sql(PLAIN, organization=company.id, today=company.today)
    plain = {row["status"]: row["number"] for row in rows}
    async with unit_of_work(company.marc, company.container) as uow:
        today = await queries.overview(uow, company.id)
        found = await matrix(uow, company.id)
        computed = await queries.overview(uow, company.id, company.today + timedelta(days=1))
    assert {status: number for status, number in today.counts.items() if number} == plain
    assert today.rate == pytest.approx((plain["compliant"] + plain["expiring"]) / sum(plain.values()))
    assert (today.team_size, today.without_role) == (6, 2)
    alerts = {alert.kind: (alert.people, alert.statuses) for alert in today.alerts}
    # Lea and Marc hold nothing; two others lack one thing each.
    assert alerts == {
        "expired": (1, 1), "missing": (4, 6), "expiring_7": (1, 1), "expiring_30": (1, 1), "without_role": (2, 0)
    }  # fmt: skip
    in_matrix: dict[str, int] = {}
    for column in found.columns:
        for status, number in column.counts.items():
            in_matrix[status] = in_matrix.get(status, 0) + number
    assert in_matrix == plain
    assert [column.key for column in found.columns] == ["SUR-1126", "SST"]
    # Nothing turns from one day to the next here.
    assert computed.counts == today.counts


async def test_another_day_is_computed_as_it_will_be(company: Company) -> None:
    people = await _fill(company)
    later = company.today + timedelta(days=41)
    async with unit_of_work(company.marc, company.container) as uow:
        found = await matrix(uow, company.id, MatrixFilters(on=later))
        overview = await queries.overview(uow, company.id, later)
    cells = {one.user_id: one.cells for one in found.people}
    assert cells[people[1]]["SUR-1126"].status == "expired"
    assert cells[people[0]]["SUR-1126"].status == "compliant"
    assert overview.counts["expired"] == 3
    # When the day has come, what is written says the same.
    company.container.clock.move(days=41)  # pyright: ignore[reportAttributeAccessIssue]
    await company.recompute()
    async with unit_of_work(company.marc, company.container) as uow:
        assert (await queries.overview(uow, company.id)).counts == overview.counts


async def test_columns_stand_in_one_order_on_any_day(company: Company) -> None:
    """Whatever sets name a requirement, and at which places: today's matrix, another day's and the report agree."""
    for name, codes in (("Piste", ("SST", "DGR-75", "SUR-1126")), ("Fret", ("DGR-75", "SUR-1126"))):
        await company.publish(*(RequirementInput(codes=[code]) for code in codes), name=name)
    async with unit_of_work(SYSTEM, company.container) as uow:
        uow.session.add(CourseEquivalence(organization_id=company.id, code="DGR-75", satisfies_code="SST"))
    await company.recompute()
    async with unit_of_work(company.marc, company.container) as uow:
        now = (await matrix(uow, company.id)).columns
        later = (await matrix(uow, company.id, MatrixFilters(on=company.today + timedelta(days=1)))).columns
        report = await compliance(uow, company.id)
    assert len(now) == 3
    assert [(one.key, one.title, one.codes) for one in later] == [(one.key, one.title, one.codes) for one in now]
    assert list(dict.fromkeys(row.key for row in report.rows)) == [one.key for one in now]


async def test_filters_and_pages(company: Company) -> None:
    people = await _fill(company)

    async def ids(**filters: Any) -> list[UUID]:
        async with unit_of_work(company.marc, company.container) as uow:
            today = await matrix(uow, company.id, MatrixFilters(**filters))
            same = await matrix(uow, company.id, MatrixFilters(**filters, on=company.today + timedelta(days=1)))
        assert [one.user_id for one in today.people] == [one.user_id for one in same.people]
        assert today.total == same.total
        return [one.user_id for one in today.people]

    assert await ids(q="P2") == [people[2]]
    assert await ids(status="expired") == [people[3]]
    assert await ids(status="expiring", key="SST") == [people[1]]
    assert set(await ids(without_role=True)) == {company.lea, company.marc.user_id}
    assert len(await ids(limit=2, offset=5)) == 1


async def test_reads_do_not_grow_with_people(company: Company) -> None:
    await _fill(company)

    async with unit_of_work(company.marc, company.container) as uow:
        with counted_statements() as sent:
            await matrix(uow, company.id)
            await queries.overview(uow, company.id)
            await queries.losing(uow, company.id, 60)
            await queries.upcoming(uow, company.id)
    # People, columns and the reach; then those of the overview, with whether it can be shared; two, one.
    assert len([query for query in sent if "set_config" not in query]) == 9, sent


async def test_a_person_sees_why_and_colleagues_do_not(company: Company) -> None:
    people = await _fill(company)
    async with unit_of_work(company.marc, company.container) as uow:
        shown = await person(uow, company.id, people[1])
    first, second = shown.requirements
    assert (first.key, first.status, first.title) == ("SUR-1126", "expiring", "Titre SUR-1126")
    assert [(proof.decides, proof.until) for proof in second.history] == [
        (True, company.today + timedelta(days=90)),
        (False, company.today - timedelta(days=1)),
    ]
    async with unit_of_work(Actor(people[1], company.cast.lea.memberships), company.container) as uow:
        assert (await person(uow, company.id, people[1])).requirements == shown.requirements
        with pytest.raises(PermissionDeniedError):
            await person(uow, company.id, people[0])
    async with unit_of_work(company.cast.stranger, company.container) as uow:
        with pytest.raises(NotFoundError):
            await person(uow, company.id, people[0])
        with pytest.raises(NotFoundError):
            await matrix(uow, company.id)


async def test_the_day_is_that_of_the_site(company: Company) -> None:
    """At 21:30 in Paris, it is tomorrow in La Réunion."""
    zoe, ann = await company.person("zoe"), await company.person("ann")
    clock: Any = company.container.clock
    clock.set(clock.now().replace(hour=20, minute=30) + timedelta(days=1))
    for user in (zoe, ann):
        await company.hold(user, "SST", company.today, company.today - timedelta(days=9))
    async with unit_of_work(company.marc, company.container) as uow:
        site = await workplace.add_site(uow, company.id, SiteInput(name="Gillot", time_zone="Indian/Reunion"))
        assert await workplace.change_positions(uow, company.id, ChangePositions(user_ids=[zoe], site_id=site.id)) == 1
    await company.recompute()
    assert (await company.statuses(zoe))["SST"] == "expired"
    assert (await company.statuses(ann))["SST"] == "expiring"
