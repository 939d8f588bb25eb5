"""The manager's screens of compliance, by their states."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from reflex.state import StateUpdate

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.ui.compliance import feed
from pygmalion_app.ui.compliance.cell_state import CellState
from pygmalion_app.ui.compliance.manager_state import ManagerState
from pygmalion_app.ui.compliance.matrix_state import WINDOW, MatrixState
from pygmalion_app.ui.compliance.rules_state import RulesState
from pygmalion_app.ui.compliance.set_state import SetState
from pygmalion_app.ui.compliance.workplace_state import WorkplaceState
from pygmalion_app.ui.dashboard.state import DashboardState
from tests.cast import Cast
from tests.compliance.conftest import Company
from tests.organizations.test_screens import act
from tests.ui.conftest import _pages, visit  # noqa: F401 - the screens' fixtures serve here too
from tests.ui_private.conftest import Open, open_as  # noqa: F401


def _cells(state: MatrixState, name: str) -> list[str]:
    return next(list(row.cells) for row in state.rows if row.name.startswith(name))


async def _crowd(company: Company, container: Container, count: int) -> None:
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.sql(
            """WITH made AS (INSERT INTO users (id, email, password_hash, first_name, last_name, status, locale,
                is_platform_admin)
              SELECT gen_random_uuid(), 'p' || n || '@crowd.example', '', 'Person', lpad(n::text, 4, '0'), 'active',
                'fr', false
              FROM generate_series(1, %(count)s) n RETURNING id)
            INSERT INTO organization_members (id, user_id, organization_id, role)
              SELECT gen_random_uuid(), id, %(organization)s, 'learner' FROM made""",
            count=count,
            organization=company.id,
        )
    await company.recompute()


async def test_a_window_of_rows_follows_the_place_scrolled_to(
    company: Company,
    container: Container,
    open_as: Open[Any],  # noqa: F811
) -> None:
    await _crowd(company, container, 150)
    state = await open_as(MatrixState, "/fr/team/matrix", company.marc)
    await act(state, "load")
    everybody = state.total
    assert (everybody, len(state.rows), state.first) == (152, WINDOW, 0)
    assert state.below == everybody - WINDOW
    assert state.keys == ["SUR-1126", "SST"]
    assert [row.number for row in state.rows] == list(range(WINDOW))
    await act(state, "look", 70)
    assert (state.first, state.rows[0].number, state.below) == (70, 70, everybody - 70 - WINDOW)
    for nonsense in (-1, 10**9, "70", None):
        await act(state, "look", nonsense)
        assert state.first == 70
    # On a phone: counts instead of cells, page by page.
    await act(state, "fit", True)
    assert (state.pages, state.rows[0].cells) == (4, [])
    assert [(row.code, row.text) for row in state.rows[0].tallies] == [("m", "2 manquants")]
    await act(state, "turn", 4)
    assert (state.first, len(state.rows)) == (120, 32)


async def test_filters_stand_in_the_address_and_nonsense_is_left_out(
    company: Company,
    open_as: Open[Any],  # noqa: F811
) -> None:
    nora = await company.person("nora", "Agent de piste")
    ends = company.today + timedelta(days=20)
    await company.hold(nora, "SST", ends)
    await company.recompute()
    state = await open_as(MatrixState, "/en/team/matrix?status=expiring&role=x&before=2026-02-30&on=soon", company.marc)
    await act(state, "load")
    assert (state.status, state.role, state.before, state.on) == ("expiring", "", "", "")
    assert [row.name for row in state.rows] == ["Nora Test"]
    assert _cells(state, "Nora") == ["m|", f"g|{ends:%d/%m/%y}"]
    assert state.summary == "1 person of 3"
    # What one chooses again is taken back.
    events = await act(state, "choose", "status", "expiring")
    assert (state.status, state.total) == ("", 3)
    assert "history.replaceState" in str(events[0])
    await act(state, "choose", "before", str(ends))
    assert state.total == 1
    await act(state, "choose", "before", str(ends - timedelta(days=1)))
    assert state.total == 0
    await act(state, "clear")
    await act(state, "choose", "on", str(ends + timedelta(days=1)))
    assert _cells(state, "Nora") == ["m|", f"x|{ends:%d/%m/%y}"]
    assert "0% compliance, 3 people out" in state.what_if
    await act(state, "choose", "on", "")
    await act(state, "choose", "role", "none")
    assert sorted(row.name for row in state.rows) == ["Lea Test", "Marc Test"]


async def test_a_cell_opens_its_proof_and_takes_an_exemption(
    company: Company,
    open_as: Open[Any],  # noqa: F811
) -> None:
    await company.hold(company.lea, "SST", None)
    await company.recompute()
    matrix = await open_as(MatrixState, "/fr/team/matrix", company.marc)
    await act(matrix, "load")
    cell = await matrix.get_state(CellState)
    await act(cell, "open", str(company.lea), "")
    assert [(row.key, row.code) for row in cell.demands] == [("SUR-1126", "m"), ("SST", "c")]
    await act(cell, "open", str(company.lea), "SST")
    assert (cell.tone, cell.proof, cell.explained) == ("ok", "SST", "Valable sans limite de durée.")
    assert "Ailleurs" in cell.proof_note
    await act(cell, "open", str(company.lea), "SUR-1126")
    assert (cell.tone, cell.proof, cell.book_href) == ("bad", "", "/fr/formations?q=SUR-1126")
    await act(cell, "exempt", {"reason": "  "})
    assert cell.reason_error
    await act(cell, "exempt", {"reason": "Personnel au sol", "until": ""})
    assert (cell.exemption, cell.word) == ("Personnel au sol", "Dispensé")
    await company.recompute()
    await act(matrix, "refresh")
    assert _cells(matrix, "Lea") == ["e|", "c|"]
    await act(cell, "end_exemption")
    assert (cell.exemption, cell.word) == ("", "Manquant")


async def test_a_company_does_not_see_anothers_people(cast: Cast, company: Company, open_as: Open[Any]) -> None:  # noqa: F811
    matrix = await open_as(MatrixState, f"/fr/team/matrix?id={company.id}", cast.stranger)
    await act(matrix, "load")
    assert [row.name for row in matrix.rows] == ["Stan Test"]
    cell = await matrix.get_state(CellState)
    await act(cell, "open", str(company.lea), "SST")
    assert cell.person == ""
    rules = await open_as(SetState, f"/fr/team/rules?set={company.set_id}", cast.stranger)
    await act(rules, "load")
    assert (rules.loaded, rules.requirements) == (False, [])


async def test_a_draft_says_whom_it_turns_before_it_is_published(
    company: Company,
    open_as: Open[Any],  # noqa: F811
) -> None:
    for code in ("SUR-1126", "SST"):
        await company.hold(company.lea, code, None)
    await company.recompute()
    state = await open_as(SetState, f"/fr/team/rules?set={company.set_id}", company.marc)
    await act(state, "load")
    assert (state.drafting, [row.key for row in state.requirements]) == (False, ["SUR-1126", "SST"])
    await act(state, "edit")
    assert (state.drafting, state.losing) == (True, 0)
    await act(state, "begin", "")
    await act(state, "save", {"code": "DGR-75", "months": "24", "anchor": "month_end", "window_months": "3"})
    assert (state.errors, state.form_error) == ({}, "")
    assert state.loses == "Ce changement rend 1 personne non conforme."
    assert [(row.name, row.why) for row in state.worse] == [("Lea Test", "Titre DGR-75")]
    await act(state, "begin", "DGR-75")
    assert (state.form["code"], state.form["months"], state.form["anchor"]) == ("DGR-75", "24", "month_end")
    await act(state, "save", {"code": "", "months": "24"})
    assert "code" in state.errors
    await act(state, "publish")
    assert (state.drafting, len(state.requirements)) == (False, 3)
    await company.recompute()
    assert (await company.statuses(company.lea))["DGR-75"] == "missing"


async def test_a_role_that_goes_hands_its_people_over(company: Company, open_as: Open[Any]) -> None:  # noqa: F811
    nora = await company.person("nora", "Agent de piste")
    state = await open_as(WorkplaceState, "/fr/team/rules?tab=roles", company.marc)
    await act(state, "load")
    await act(state, "begin_role", "")
    await act(state, "save_role", {"role_name": "Chef d’escale"})
    ramp, chief = (next(row for row in state.roles if row.name.startswith(name)) for name in ("Agent", "Chef"))
    await act(state, "begin_archive", ramp.id)
    assert state.warning.startswith("1 personne l’exerce")
    await act(state, "archive", {"other": chief.id})
    assert [(row.name, row.people) for row in state.roles] == [("Chef d’escale", "1 personne")]
    assert nora not in {row.id for row in state.people}
    lost = state.people[0]
    await act(state, "give", lost.id, chief.id)
    assert lost.id not in {row.id for row in state.people}
    await act(state, "begin_site", "")
    await act(state, "save_site", {"site_name": "Saint-Denis", "time_zone": "Indian/Nowhere"})
    assert state.form_error
    await act(state, "save_site", {"site_name": "Saint-Denis", "time_zone": "Indian/Reunion"})
    assert [(row.name, row.zone) for row in state.sites] == [("Saint-Denis", "Indian/Reunion")]
    await act(state, "begin_close", state.sites[0].id)
    assert state.warning == "Personne n’y travaille."
    await act(state, "close_site", {})
    assert state.sites == []


async def test_a_set_begins_from_the_profession(company: Company, open_as: Open[Any]) -> None:  # noqa: F811
    state = await open_as(RulesState, "/fr/team/rules", company.marc)
    await act(state, "load")
    assert [row.name for row in state.sets] == ["Tous"]
    await act(state, "start", {"profession": "shops"})
    assert [row.name for row in state.sets] == ["Tous", "Vendeur ZSAR"]
    events = await act(state, "create", {"set_name": "Tous"})
    assert events is None
    assert state.errors["name"]


async def test_the_dashboard_shows_the_numbers_of_the_rows(company: Company, open_as: Open[Any]) -> None:  # noqa: F811
    ends = company.today + timedelta(days=20)
    await company.hold(company.lea, "SST", ends)
    await company.hold(company.lea, "SUR-1126", None)
    await company.recompute()
    door = await open_as(DashboardState, "/en/dashboard", company.marc)
    await act(door, "load")
    assert door.view == "manager"
    state = await door.get_state(ManagerState)
    await act(state, "load")
    assert (state.people, state.rate, state.clear_text) == ("2", 50, "1 has everything in order")
    assert {part.code: part.count for part in state.parts} == {"m": "2", "g": "1", "c": "1"}
    assert sum(month.count for month in state.months) == 1
    assert len(state.months) == 12
    kinds = [(row.code, row.count) for row in state.alerts]
    assert kinds == [("m", "2"), ("g", "1"), ("g", "2")]
    assert f"before={company.today + timedelta(days=30)}" in state.alerts[1].href


class Sockets:
    """What of Reflex's event namespace the feed uses."""

    def __init__(self, *clients: str) -> None:
        self.token_to_sid = {client: f"sid-{client}" for client in clients}
        self.told: list[tuple[str, str]] = []

    async def emit(self, event: str, update: StateUpdate, to: list[str]) -> None:
        """Keep who is told to run which handler."""
        assert event == "event"
        self.told += [(client, update.events[0].name.rpartition(".")[2]) for client in to]


async def test_open_pages_of_a_changed_organisation_read_again(cast: Cast) -> None:
    sockets = Sockets("matrix", "board", "rival")
    pages: Any = SimpleNamespace(event_namespace=sockets)
    try:
        for client, name, organization in (
            ("matrix", "matrix", cast.company),
            ("board", "manager", cast.company),
            ("gone", "matrix", cast.company),
            ("rival", "matrix", cast.school),
        ):
            looked_at = SimpleNamespace(router=SimpleNamespace(session=SimpleNamespace(client_token=client)))
            feed.follow(name, looked_at, [organization])  # pyright: ignore[reportArgumentType]
        await feed.tell(pages, {str(cast.company), "nonsense"})
        assert sorted(sockets.told) == [("sid-board", "load"), ("sid-matrix", "refresh")]
        assert "gone" not in feed.followers["matrix"].by_client
        sockets.told.clear()
        await feed.tell(pages, set())
        assert len(sockets.told) == 3
    finally:
        for watchers in feed.followers.values():
            watchers.by_client.clear()
            watchers.by_session.clear()
