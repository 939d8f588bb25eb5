"""Exemptions and equivalences: listed, added with a look at whom they change, ended, and live in what is shown."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from pygmalion_app.compliance import equivalences, exemptions
from pygmalion_app.compliance.errors import CourseTypeUnknownError, EquivalenceExistsError
from pygmalion_app.compliance.exception_schemas import EquivalenceInput
from pygmalion_app.compliance.models import CourseEquivalence
from pygmalion_app.compliance.workplace_schemas import ExemptInput
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import InvalidInputError, NotFoundError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.ui.compliance.exceptions_state import ExceptionsState
from tests.compliance.conftest import Company
from tests.enrollments.test_booking import bearer
from tests.organizations.test_screens import act
from tests.ui.conftest import _pages, visit  # noqa: F401 - the screens' fixtures serve here too
from tests.ui_private.conftest import Open, open_as  # noqa: F401

RunJobs = Callable[[], Awaitable[None]]


async def test_an_equivalence_is_looked_at_added_and_ended(company: Company, run_jobs: RunJobs) -> None:
    await company.hold(company.lea, "DGR-75", company.today + timedelta(days=900))
    zoe = await company.person("zoe")
    await run_jobs()
    wanted = EquivalenceInput(code="DGR-75", satisfies_code="SST")
    async with unit_of_work(company.marc, company.container) as uow:
        found = await equivalences.preview(uow, company.id, wanted)
        assert [(one.user_id, one.keys) for one in found.met] == [(company.lea, ["SST"])]
        assert (found.met_people, found.lost) == (1, [])
        assert await equivalences.listing(uow, company.id) == []
        made = await equivalences.add(uow, company.id, wanted)
        with pytest.raises(EquivalenceExistsError):
            await equivalences.add(uow, company.id, wanted)
        with pytest.raises(InvalidInputError):
            await equivalences.add(uow, company.id, EquivalenceInput(code="SST", satisfies_code="SST"))
        with pytest.raises(CourseTypeUnknownError):
            await equivalences.add(uow, company.id, EquivalenceInput(code="SST", satisfies_code="NO-SUCH"))
    await run_jobs()
    assert (await company.statuses(company.lea))["SST"] == "compliant"
    assert (await company.statuses(zoe))["SST"] == "missing"
    async with unit_of_work(company.cast.stranger, company.container) as uow:
        with pytest.raises(NotFoundError):
            await equivalences.preview_removal(uow, made.id)
        with pytest.raises(NotFoundError):
            await equivalences.remove(uow, made.id)
    async with unit_of_work(company.marc, company.container) as uow:
        assert [one.user_id for one in (await equivalences.preview_removal(uow, made.id)).lost] == [company.lea]
        await equivalences.remove(uow, made.id)
    await run_jobs()
    assert (await company.statuses(company.lea))["SST"] == "missing"
    async with unit_of_work(SYSTEM, company.container) as uow:
        noted = await uow.sql("SELECT action FROM audit_events WHERE action LIKE 'compliance.equi%%' ORDER BY sequence")
    assert [row["action"] for row in noted] == ["compliance.equivalence_added", "compliance.equivalence_removed"]


async def test_the_lists_of_the_api(client: httpx.AsyncClient, container: Container, company: Company) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        uow.session.add(CourseEquivalence(code="DGR-75", satisfies_code="SUR-1126"))
    async with unit_of_work(company.marc, container) as uow:
        for key, days in (("SST", -1), ("SUR-1126", 30)):
            wanted = ExemptInput(
                user_id=company.lea, requirement_key=key, reason="Médecin", until=company.today + timedelta(days=days)
            )
            await exemptions.exempt(uow, company.id, wanted)
    marc, base = bearer(container, company.marc), "/api/v1/compliance"
    rows = (await client.get(f"{base}/exemptions", headers=marc)).json()["data"]
    assert [(one["name"], one["requirementKey"], one["current"], one["grantedBy"]) for one in rows] == [
        ("Lea Test", "SUR-1126", True, "Marc Test"),
        ("Lea Test", "SST", False, "Marc Test"),
    ]
    body = {"code": "DGR-75", "satisfiesCode": "SST"}
    seen = (await client.post(f"{base}/equivalences/preview", json=body, headers=marc)).json()["data"]
    assert (seen["metPeople"], seen["lostPeople"]) == (0, 0)
    made = await client.post(f"{base}/equivalences", json=body, headers=marc)
    assert made.status_code == 201
    rows = (await client.get(f"{base}/equivalences", headers=marc)).json()["data"]
    assert [(one["satisfiesCode"], one["organizationId"] is None) for one in rows] == [
        ("SST", False),
        ("SUR-1126", True),
    ]
    # The profession's own is not a manager's to end.
    for one, status in ((rows[1], 404), (rows[0], 204)):
        assert (await client.delete(f"{base}/equivalences/{one['id']}", headers=marc)).status_code == status


async def test_both_lists_on_screen(company: Company, open_as: Open[Any]) -> None:  # noqa: F811
    await company.hold(company.lea, "DGR-75", company.today + timedelta(days=900))
    state = await open_as(ExceptionsState, "/fr/team/rules?tab=exceptions", company.marc)
    await act(state, "load")
    assert (state.exemptions, state.equivalences) == ([], [])
    assert list(state.requirements) == ["SUR-1126", "SST"]
    await act(state, "begin_exemption")
    await act(state, "find", "léa")
    assert [row.name for row in state.candidates] == ["Lea Test"]
    form = {"member": state.candidates[0].id, "requirement": "SST", "reason": ""}
    await act(state, "grant", form)
    assert list(state.errors) == ["reason"]
    await act(state, "grant", form | {"reason": "Médecin", "until": "2031-02-30"})
    assert list(state.errors) == ["until"]
    await act(state, "grant", form | {"reason": "Médecin"})
    (row,) = state.exemptions
    assert (row.name, row.title, row.until, row.current) == ("Lea Test", "Titre SST", "Sans limite de durée", True)
    await act(state, "begin_end_exemption", row.id)
    await act(state, "end")
    assert state.exemptions == []
    await act(state, "begin_equivalence")
    await act(state, "look", "code", "DGR-75")
    assert state.effect == ""
    await act(state, "look", "satisfies_code", "DGR-75")
    assert state.form_error
    await act(state, "look", "satisfies_code", "SUR-1126")
    assert (state.effect[:10], state.names, state.form_error) == ("1 personne", ["Lea Test"], "")
    await act(state, "add_equivalence", {"equal_code": "DGR-75", "equal_satisfies": "SUR-1126"})
    (equal,) = state.equivalences
    await company.recompute()
    assert (await company.statuses(company.lea))["SUR-1126"] == "compliant"
    await act(state, "begin_end_equivalence", equal.id)
    assert state.ending.startswith("1 personne ne satisferait plus")
    await act(state, "end")
    assert state.equivalences == []
