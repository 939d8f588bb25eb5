"""The organisation's screens, by their states."""

from typing import Any

import httpx
import pytest
from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.accounts.authentication import SESSION_COOKIE
from pygmalion_app.accounts.sessions import open_browser_session
from pygmalion_app.core.actor import ANONYMOUS, SYSTEM, Actor
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.organizations.models import Invitation
from pygmalion_app.sso.models import ProvenBy, SsoDomain
from pygmalion_app.ui import actor as actors
from pygmalion_app.ui.organizations.admin_state import AdminOrganizationsState
from pygmalion_app.ui.organizations.import_state import ImportState
from pygmalion_app.ui.organizations.invitation_state import InvitationState
from pygmalion_app.ui.organizations.members_state import MembersState
from pygmalion_app.ui.organizations.settings_state import NewOrganizationState, SettingsState
from pygmalion_app.ui.organizations.state import TeamState
from pygmalion_app.ui.sso.waiting_domains import WaitingDomainsState
from pygmalion_app.ui.viewer import Viewer
from tests.cast import Cast
from tests.clock import MovableClock
from tests.organizations.conftest import Letters, Newcomer, token_in
from tests.organizations.test_organizations_api import SIRET
from tests.ui.conftest import _pages, visit  # noqa: F401 - the screens' fixtures serve here too
from tests.ui_private.conftest import Open, open_as  # noqa: F401


async def act(state: Any, handler: str, *arguments: object) -> Any:
    """Run one handler as the middleware would, the session looked up anew; return what it answers last."""
    actors.forget()
    answer = getattr(type(state), handler).fn(state, *arguments)
    if hasattr(answer, "__aiter__"):
        found = [event async for event in answer]
        return found[-1] if found else None
    return await answer if hasattr(answer, "__await__") else answer


async def test_settings_show_what_is_stored_and_say_what_is_wrong(cast: Cast, open_as: Open[Any]) -> None:  # noqa: F811
    state = await open_as(SettingsState, "/en/organisation", cast.marc)
    await act(state, "load")
    assert (state.facts["name"], state.facts["kind"]) == ("Aeroport Services", "company")
    form = {"name": "Aéroport Services", "siret": SIRET[:13], "postal_code": "95700", "country": "FR", "website": ""}
    await act(state, "save", form)
    assert state.errors == {"siret": "A SIRET has 14 digits; this one has 13."}
    assert state.facts["name"] == "Aeroport Services"
    await act(state, "save", form | {"siret": SIRET, "vat_number": "FR44 732829320"})
    assert state.errors == {}
    assert (state.facts["name"], state.siren, state.facts["vat_number"]) == (
        "Aéroport Services", SIRET[:9], "FR44732829320",
    )  # fmt: skip
    await act(state, "save", {"name": "x", "contact_email": "nobody", "website": "javascript:alert(1)"})
    assert state.errors.keys() == {"name", "contact_email", "website"}
    # Demanding a second factor that one has not oneself would lock one out.
    await act(state, "demand_strong_factor", True)
    assert state.strong_factor is False


async def test_another_bank_account_needs_a_fresh_proof(
    cast: Cast, clock: MovableClock, open_as: Open[Any]  # noqa: F811
) -> None:  # fmt: skip
    state = await open_as(SettingsState, "/fr/organisation", cast.olga)
    await act(state, "load")
    form = {"name": "Airside School", "iban": "FR76 3000 6000 0112 3456 7890 189"}
    await act(state, "save", form)
    assert state.facts["iban"] == "FR7630006000011234567890189"
    clock.move(minutes=11)
    await act(state, "save", form | {"city": "Lyon"})
    assert (state.facts["city"], state.errors, state.form_error) == ("Lyon", {}, "")
    answer = await act(state, "save", form | {"iban": "FR14 2004 1010 0505 0001 3M02 606"})
    assert "reauthenticate-dialog" in str(answer)
    assert state.facts["iban"] == "FR7630006000011234567890189"


async def test_who_runs_nothing_is_offered_to_register(cast: Cast, open_as: Open[Any]) -> None:  # noqa: F811
    state = await open_as(SettingsState, "/fr/organisation", cast.lea)
    await act(state, "load")
    assert (state.loaded, state.organization, state.facts) == (True, "", {})


async def test_registering_and_asking_for_what_is_registered(
    cast: Cast, open_as: Open[Any], letters: Letters  # noqa: F811
) -> None:  # fmt: skip
    state = await open_as(NewOrganizationState, "/en/organisation/new", cast.lea)
    await act(state, "load")
    await act(state, "create", {"name": "Lea SARL"})
    assert state.errors == {"siret": "A French organisation needs its SIRET: the 14 digits of the establishment."}
    assert await act(state, "create", {"name": "Lea SARL", "siret": SIRET}) is not None
    other = await open_as(NewOrganizationState, "/en/organisation/new", cast.stranger)
    await act(other, "load")
    await act(other, "create", {"name": "Mine", "siret": SIRET})
    assert other.taken == SIRET
    await act(other, "ask")
    assert other.asked is True
    assert len(await letters("lea@test.example")) == 1


async def test_inviting_changing_removing_and_undoing(
    cast: Cast, open_as: Open[Any], letters: Letters, newcomer: Newcomer  # noqa: F811
) -> None:  # fmt: skip
    state = await open_as(MembersState, "/en/organisation/members", cast.marc)
    await act(state, "load")
    assert [row.name for row in state.rows] == ["Lea Test", "Marc Test"]
    await act(state, "invite", {"email": "zoe", "role": "learner"})
    assert state.errors.keys() == {"email"}
    await act(state, "invite", {"email": "zoe@test.example", "role": "training_admin"})
    assert state.errors == {"role": "This kind of organisation does not have that role."}
    await act(state, "invite", {"email": "zoe@test.example", "role": "learner"})
    assert (state.errors, [row.email for row in state.waiting]) == ({}, ["zoe@test.example"])
    assert len(await letters("zoe@test.example")) == 1
    await act(state, "withdraw", state.waiting[0].id)
    assert state.waiting == []

    lea = next(row.id for row in state.rows if row.name == "Lea Test")
    await act(state, "begin_roles", lea)
    await act(state, "set_roles", {})
    assert state.form_error
    await act(state, "set_roles", {"role-learner": "1", "role-manager": "1", "job_role": "Agent"})
    assert [row.roles for row in state.rows if row.id == lea] == ["Learner, Team manager"]
    await act(state, "begin_remove", lea)
    await act(state, "remove")
    assert [row.name for row in state.rows] == ["Marc Test"]
    await act(state, "undo")
    assert [row.roles for row in state.rows if row.id == lea] == ["Learner, Team manager"]
    await act(state, "search", "lea")
    assert [row.name for row in state.rows] == ["Lea Test"]


async def test_dialogs_are_about_members_on_the_page_only(cast: Cast, open_as: Open[Any]) -> None:  # noqa: F811
    state = await open_as(MembersState, "/fr/organisation/members", cast.marc)
    await act(state, "load")
    for whom in (str(cast.olga.user_id), "nobody", ""):
        assert await act(state, "begin_remove", whom) is None
        assert await act(state, "remove") is None
    foreign = await open_as(MembersState, f"/fr/organisation/members?id={cast.school}", cast.marc)
    await act(foreign, "load")
    assert foreign.organization == str(cast.company)
    assert await act(state, "resend", "x") is None


@pytest.mark.parametrize("who", ["lea", "stranger", "olga"])
async def test_an_invitation_shows_each_reader_what_they_can_do(
    cast: Cast, open_as: Open[Any], letters: Letters, newcomer: Newcomer, container: Container, who: str  # noqa: F811
) -> None:  # fmt: skip
    members = await open_as(MembersState, "/fr/organisation/members", cast.marc)
    await act(members, "load")
    await act(members, "invite", {"email": "zoe@test.example", "role": "manager"})
    token = token_in((await letters("zoe@test.example"))[0])
    address = f"/fr/invitations/{token}"
    nobody = await open_as(InvitationState, address, ANONYMOUS)
    await act(nobody, "load")
    assert (nobody.phase, nobody.organization, nobody.query) == ("sign_in", "Aeroport Services", f"?next={address}")
    other = await open_as(InvitationState, address, getattr(cast, who))
    await act(other, "load")
    assert other.phase == "other_address"
    await act(other, "accept")
    zoe = await newcomer("zoe")
    hers = await open_as(InvitationState, address, zoe)
    await act(hers, "load")
    assert hers.phase == "open"
    assert "/fr/team" in str(await act(hers, "accept"))
    again = await open_as(InvitationState, address, zoe)
    await act(again, "load")
    assert (again.phase, "acceptée" in again.over_text) == ("over", True)
    lost = await open_as(InvitationState, "/fr/invitations/none", zoe)
    await act(lost, "load")
    assert lost.phase == "missing"


async def test_the_active_organisation_is_the_one_shown_first(
    cast: Cast, open_as: Open[Any], newcomer: Newcomer, container: Container  # noqa: F811
) -> None:  # fmt: skip
    async with unit_of_work(SYSTEM, container) as uow:
        from pygmalion_app.organizations.models import OrganizationKind
        from tests.cast import add_organization

        second = await add_organization(uow, "Zone Fret", OrganizationKind.COMPANY)
    nina = await newcomer("nina", (cast.company, Role.MANAGER), (second, Role.MANAGER))
    viewer = await open_as(Viewer, "/fr/team", nina)
    await act(viewer, "load")
    assert [row.name for row in viewer.organizations] == ["Aeroport Services", "Zone Fret"]
    assert viewer.active == str(cast.company)
    team = await viewer.get_state(TeamState)
    await act(team, "load")
    assert team.name == "Aeroport Services"

    await act(viewer, "choose_organization", str(second))
    await act(viewer, "load")
    assert viewer.active == str(second)
    await act(team, "load")
    assert team.name == "Zone Fret"
    settings = await viewer.get_state(SettingsState)
    await act(settings, "load")
    assert settings.facts["name"] == "Zone Fret"
    # Somebody else's organisation cannot be made active.
    await act(viewer, "choose_organization", str(cast.school))
    await act(viewer, "load")
    assert viewer.active == str(second)


async def test_the_page_sends_its_file_and_shows_what_comes_back(
    cast: Cast, open_as: Open[Any], client: httpx.AsyncClient, container: Container  # noqa: F811
) -> None:  # fmt: skip
    state = await open_as(ImportState, "/en/organisation/members/import", cast.marc)
    await act(state, "load")
    assert f"/organisation/{cast.company}/import?confirm=false" in str(await act(state, "look"))
    bad = await send(client, container, cast.marc, cast, "email\nnobody\n=1\n")
    await act(state, "looked", {"status": 200, "name": "team.csv", "data": bad.json()["data"]})
    assert (state.phase, [(row.line, row.column) for row in state.faults]) == (
        "faults", [("2", "E-mail"), ("3", "E-mail")],
    )  # fmt: skip
    assert await act(state, "take") is None

    good = "email;role\nzoe@test.example;manager\nlea@test.example;\n"
    seen = await send(client, container, cast.marc, cast, good)
    await act(state, "looked", {"status": 200, "name": "team.csv", "data": seen.json()["data"]})
    assert (state.phase, state.to_invite, state.members) == ("ready", 1, 1)
    assert [(row.email, row.role) for row in state.sample] == [("zoe@test.example", "Team manager")]
    assert "confirm=true" in str(await act(state, "take"))
    taken = await send(client, container, cast.marc, cast, good, confirm="true")
    await act(state, "taken", {"status": 200, "name": "team.csv", "data": taken.json()["data"]})
    assert (state.phase, state.sent, state.total) == ("done", 0, 1)
    async with unit_of_work(SYSTEM, container) as uow:
        rows = await uow.session.execute(select(col(Invitation.email)))
        assert list(rows.scalars()) == ["zoe@test.example"]


async def send(
    client: httpx.AsyncClient, container: Container, actor: Actor, cast: Cast, text: str, confirm: str = "false"
) -> httpx.Response:
    """Send a file as the page does."""
    assert actor.user_id is not None
    async with unit_of_work(ANONYMOUS, container, elevated=True) as uow:
        cookie = await open_browser_session(uow, actor.user_id)
    answer = await client.post(
        f"/organisation/{cast.company}/import",
        params={"confirm": confirm},
        content=text,
        headers={
            "Cookie": f"{SESSION_COOKIE}={cookie}",
            "Origin": "http://test.pygmalion.example",
            "X-Pygmalion-Page": "1",
        },
    )
    assert answer.status_code == 200, answer.text
    return answer


@pytest.mark.parametrize(
    "answer",
    [
        None,
        "x",
        {},
        {"code": "none"},
        {"code": "network"},
        {"status": 413, "detail": "x" * 9000},
        {"status": 200, "data": {"faults": "x", "sample": [1, None, {}], "lines": -1, "faultCount": "many"}},
        {"status": 200, "data": {"faults": [{"line": 10**9, "column": "x", "code": "../"}], "faultCount": 1}},
    ],
)
async def test_nothing_that_a_browser_sends_back_breaks_the_page(
    cast: Cast, open_as: Open[Any], answer: object  # noqa: F811
) -> None:  # fmt: skip
    state = await open_as(ImportState, "/fr/organisation/members/import", cast.marc)
    await act(state, "load")
    await act(state, "looked", answer)
    await act(state, "taken", answer)
    assert state.phase in {"choose", "ready", "faults", "done"}


async def test_the_platform_sees_all_organisations(cast: Cast, open_as: Open[Any]) -> None:  # noqa: F811
    state = await open_as(AdminOrganizationsState, "/fr/admin/organizations", cast.ada)
    await act(state, "load")
    assert (state.total, [row.name for row in state.rows]) == (
        3, ["Aeroport Services", "Autre Escale", "Ecole du Ciel"],
    )  # fmt: skip
    await act(state, "choose_kind", "training")
    assert [row.name for row in state.rows] == ["Ecole du Ciel"]
    settings = await open_as(SettingsState, f"/fr/organisation?id={cast.school}", cast.ada)
    await act(settings, "load")
    assert settings.facts["name"] == "Ecole du Ciel"


async def test_the_platform_approves_a_domain_that_nothing_proves(
    cast: Cast, container: Container, open_as: Open[Any]  # noqa: F811
) -> None:  # fmt: skip
    async with unit_of_work(SYSTEM, container) as uow:
        claim = SsoDomain(organization_id=cast.company, domain="escale.example")
        uow.session.add(claim)
    state = await open_as(WaitingDomainsState, "/fr/admin/organizations", cast.ada)
    await act(state, "load")
    assert [(row.organization, row.domain) for row in state.rows] == [("Aeroport Services", "escale.example")]
    await act(state, "approve", str(cast.company), "escale.example")
    await act(state, "load")
    assert state.rows == []
    async with unit_of_work(SYSTEM, container) as uow:
        assert (await uow.session.get_one(SsoDomain, claim.id)).proven_by == ProvenBy.PLATFORM
