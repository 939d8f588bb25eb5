"""Standings say in one row what a person's statuses say in many, whatever writes those and whoever else writes too."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from pygmalion_app.compliance import standings
from pygmalion_app.compliance.models import Status
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import UnitOfWork, unit_of_work
from tests.compliance.conftest import Company

KEYS = ("SUR-1126", "SST", 'P145 "HFI"/é', "DGR-75")
Written = tuple[str, date | None]
Write = Callable[[UnitOfWork, Company, UUID], Awaitable[None]]


async def _put(uow: UnitOfWork, company: Company, rows: dict[tuple[UUID, str], Written]) -> None:
    """Write statuses by one statement that adds some and changes others, as the recomputation does."""
    fresh = [
        {"u": str(user), "k": key, "s": status, "p": day.isoformat() if day else None}
        for (user, key), (status, day) in rows.items()
    ]
    await uow.sql(
        """INSERT INTO compliance_statuses (organization_id, user_id, requirement_key, status, decided_by_kind,
          planned_on, computed_at) SELECT %(org)s, u, k, s, '', p, now()
        FROM json_to_recordset(%(fresh)s::json) AS f (u uuid, k text, s text, p date)
        ON CONFLICT (organization_id, user_id, requirement_key)
        DO UPDATE SET status = EXCLUDED.status, planned_on = EXCLUDED.planned_on""",
        org=company.id,
        fresh=json.dumps(fresh),
    )


async def _read(company: Company) -> tuple[dict[UUID, dict[str, Written]], list[dict[str, Any]]]:
    """Return each person's statuses, and the standings."""
    async with unit_of_work(SYSTEM, company.container) as uow:
        rows = await uow.sql(
            """SELECT user_id, requirement_key, status, planned_on FROM compliance_statuses
            WHERE organization_id = %(id)s""",
            id=company.id,
        )
        told = await uow.sql(
            "SELECT user_id, keys, marks FROM compliance_standings WHERE organization_id = %(id)s", id=company.id
        )
    plain: dict[UUID, dict[str, Written]] = {}
    for row in rows:
        plain.setdefault(row["user_id"], {})[row["requirement_key"]] = (row["status"], row["planned_on"])
    return plain, told


async def _agree(company: Company) -> None:
    """Compare what standings count with the same counted from the statuses, one by one."""
    plain, told = await _read(company)
    assert {row["user_id"] for row in told} == set(plain)
    cells = [(user, key, *written) for user, keys in plain.items() for key, written in keys.items()]
    groups = [(row["keys"], row["marks"]) for row in told]
    assert standings.counts("".join(marks for _, marks in groups)) == {
        status: sum(one[2] == status for one in cells) for status in Status
    }
    for row in told:
        group, keys = (row["keys"], row["marks"]), plain[row["user_id"]]
        assert standings.counts_by_key([group]) == {key: {status: 1} for key, (status, _) in keys.items()}
    assert standings.counts_by_key(groups) == {
        key: dict(Counter(one[2] for one in cells if one[1] == key)) for key in {one[1] for one in cells}
    }
    lacking = (Status.EXPIRED, Status.MISSING)
    unbooked = Counter(one[1] for one in cells if one[2] in lacking and one[3] is None)
    assert Counter(standings.unbooked_by_key(groups, *lacking)) == unbooked
    some = frozenset(KEYS[1:3])
    assert sum(standings.people_who_stand(group, some, *lacking) for group in groups) == len(
        {one[0] for one in cells if one[1] in some and one[2] in lacking}
    )
    async with unit_of_work(SYSTEM, company.container) as uow:
        found = await uow.sql(
            "SELECT user_id FROM compliance_standings WHERE organization_id = %(id)s AND marks ~* %(pattern)s",
            id=company.id,
            pattern=standings.pattern(*lacking),
        )
    assert {row["user_id"] for row in found} == {one[0] for one in cells if one[2] in lacking}


async def test_standings_follow_whatever_is_written(company: Company) -> None:
    luck = random.Random(7)
    people = [await company.person(f"p{number}") for number in range(4)]
    everything = [(user, key) for user in people for key in KEYS]
    for _ in range(12):
        async with unit_of_work(SYSTEM, company.container) as uow:
            chosen = luck.sample(everything, luck.randint(1, len(everything)))
            days = (None, company.today)
            await _put(uow, company, {one: (luck.choice(list(Status)).value, luck.choice(days)) for one in chosen})
            for user, key in luck.sample(everything, luck.randint(0, len(everything) // 2)):
                await uow.sql(
                    "DELETE FROM compliance_statuses WHERE user_id = %(user)s AND requirement_key = %(key)s",
                    user=user,
                    key=key,
                )
        await _agree(company)
    async with unit_of_work(SYSTEM, company.container) as uow:
        await uow.sql("DELETE FROM organization_members WHERE user_id = %(user)s", user=people[0])
        await uow.sql("DELETE FROM positions WHERE user_id = %(user)s", user=people[0])
        await uow.sql("DELETE FROM compliance_statuses WHERE user_id = %(user)s", user=people[1])
    await _agree(company)
    told = {row["user_id"] for row in (await _read(company))[1]}
    assert told.isdisjoint(people[:2])
    assert set(people[2:]) <= told


async def _add(uow: UnitOfWork, company: Company, person: UUID) -> None:
    await _put(uow, company, {(person, "ZZZ"): ("expired", None)})


async def _take_back(uow: UnitOfWork, company: Company, person: UUID) -> None:
    """Delete all that there is, to one who does not see the other's."""
    await uow.sql(
        "DELETE FROM compliance_statuses WHERE organization_id = %(id)s AND user_id = %(user)s",
        id=company.id,
        user=person,
    )


@pytest.mark.parametrize(("known", "second"), [(False, _add), (True, _add), (True, _take_back)])
async def test_two_who_write_at_once_are_both_told(company: Company, known: bool, second: Write) -> None:
    """The second waits for the first and counts what it wrote, also where no standing was there before."""
    person = await company.person("zoe")
    if known:
        await company.recompute()

    async def write() -> None:
        async with unit_of_work(SYSTEM, company.container) as uow:
            await second(uow, company, person)

    async with unit_of_work(SYSTEM, company.container) as uow:
        await _put(uow, company, {(person, "AAA"): ("missing", None)})
        waiting = asyncio.create_task(write())
        done, _ = await asyncio.wait([waiting], timeout=0.2)
        assert not done
    await waiting
    await _agree(company)
    assert "AAA" in (await _read(company))[0][person]
