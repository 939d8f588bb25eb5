"""The pages: a team is chosen, checked and booked; figures lead to orders; requests are asked for and answered."""

# pyright: reportFunctionMemberAccess=false

from typing import Any

import pytest

from pygmalion_app.budgets.assignment import assign
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.ui.budgets.ask_state import AskState
from pygmalion_app.ui.budgets.assign_state import AssignState
from pygmalion_app.ui.budgets.budget_state import BudgetState
from pygmalion_app.ui.budgets.queue_state import QueueOfRequests
from tests.budgets.facts import SEAT, add_team, booking, summary, told
from tests.cast import Cast
from tests.invoicing.conftest import partners as partners  # noqa: PLC0414 - a fixture
from tests.ui_private.conftest import Open, open_as, visit  # noqa: F401 - fixtures


async def test_people_of_the_address_are_booked_after_the_check_and_only_once(
    container: Container,
    partners: Cast,
    open_as: Open[Any],  # noqa: F811
) -> None:
    team = await add_team(partners, seats=2)
    ana, bob, cleo = map(str, team.people)
    session = str(partners.session)
    state = await open_as(AssignState, f"/fr/team/assign?people={ana},{bob},nobody&q=", partners.marc)
    await AssignState.load.fn(state)
    assert (state.loaded, state.picked, [row.name for row in state.people if row.chosen]) == (
        True,
        2,
        ["Ana Test", "Bob Test"],
    )
    await AssignState.toggle_session.fn(state, session)
    await AssignState.choose_center.fn(state, str(team.center))
    await AssignState.toggle_person.fn(state, cleo)
    (check,) = state.checks
    assert (check.amount, state.bookable, state.fits) == ("3\u202f420\xa0€", False, False)
    assert "il manque 1\u202f140\xa0€" in state.effect
    await AssignState.leave_out.fn(state, session, bob)
    assert (state.bookable, state.checks[0].wanted) == (True, "2 places")
    assert [(one.name, one.left_out) for one in state.checks[0].people] == [
        ("Ana Test", False),
        ("Cleo Test", False),
        ("Bob Test", True),
    ]
    for _ in range(2):
        await AssignState.book.fn(state)
    (outcome,) = state.outcomes
    assert (outcome.course, outcome.tone, outcome.to_pay) == ("Sûreté aéroportuaire", "ok", False)
    assert outcome.order_id
    assert told(await summary(team)) == (2 * SEAT, 0, 0)


async def test_a_bookings_limit_leads_to_another_manager(
    container: Container,
    partners: Cast,
    open_as: Open[Any],  # noqa: F811
) -> None:
    team = await add_team(partners, limit=SEAT)
    state = await open_as(AssignState, f"/en/team/assign?people={team.people[0]},{team.people[1]}", partners.marc)
    await AssignState.load.fn(state)
    await AssignState.toggle_session.fn(state, str(partners.session))
    await AssignState.choose_center.fn(state, str(team.center))
    assert state.checks[0].needs_second
    await AssignState.book.fn(state)
    assert (state.outcomes[0].order_id, state.outcomes[0].can_ask) == ("", True)
    await AssignState.ask_second.fn(state, str(partners.session))
    assert not state.outcomes[0].can_ask
    queue = await open_as(QueueOfRequests, "/en/team/budget", team.second)
    await QueueOfRequests.load.fn(queue)
    (row,) = queue.waiting
    assert (row.people, row.first, row.amount) == ("Ana Test, Bob Test", "Marc Test", "€2,280")
    await QueueOfRequests.begin_approve.fn(queue, row.id)
    assert (queue.by_invoice, queue.method, queue.center) == (True, "invoice", str(team.center))
    await QueueOfRequests.approve.fn(queue, {"note": ""})
    assert (queue.error, queue.waiting, [one.state for one in queue.over]) == ("", [], ["Approved"])
    assert told(await summary(team)) == (2 * SEAT, 0, 0)


async def test_figures_lead_to_their_orders_and_a_cost_centre_is_kept_from_mistakes(
    container: Container,
    partners: Cast,
    open_as: Open[Any],  # noqa: F811
) -> None:
    team = await add_team(partners)
    async with unit_of_work(partners.marc) as uow:
        await assign(uow, booking(team, payment_method="invoice"))
    state = await open_as(BudgetState, "/fr/team/budget", partners.marc)
    await BudgetState.load.fn(state)
    (center,) = state.centers
    assert (center.committed, center.left, center.used) == (
        "3\u202f420\xa0€",
        "1\u202f140\xa0€",
        "75 % utilisé",
    )
    assert [bar.value for bar in state.chart.bars] == ["4\u202f560\xa0€"]
    for figure, count in (("committed", 1), ("spent", 0)):
        await BudgetState.show.fn(state, center.id, figure)
        assert (state.shown_name, len(state.rows)) == ("Piste", count)
    await BudgetState.show.fn(state, "none", "all")
    assert state.rows == []
    BudgetState.edit.fn(state, center.id)
    await BudgetState.save.fn(state, {"name": "Piste", "code": "PISTE", "allocated_cents": "100", "extra": 1})
    assert state.errors["allocated_cents"].startswith("3\u202f420\xa0€ sont déjà utilisés")
    await BudgetState.save.fn(state, {"name": "P", "code": "PI STE", "allocated_cents": "beaucoup"})
    assert set(state.errors) == {"name", "code", "allocated_cents"}
    await BudgetState.remove.fn(state)
    assert "(1)" in state.form_error
    await BudgetState.save.fn(state, {"name": "Piste nord", "code": "PISTE", "allocated_cents": "5 000,50 €"})
    assert (state.errors, state.centers[0].allocated) == ({}, "5\u202f000,50\xa0€")
    await BudgetState.show.fn(state, "", "all")
    await BudgetState.allot.fn(state, state.rows[0].id, "")
    assert (state.rest.committed, state.total.committed) == ("3\u202f420\xa0€", "3\u202f420\xa0€")


@pytest.mark.parametrize("who", ["lea", "tom"])
async def test_only_whoever_belongs_to_a_company_can_ask_it(
    container: Container,
    cast: Cast,
    who: str,
    open_as: Open[Any],  # noqa: F811
) -> None:
    state = await open_as(AskState, "/fr/formations/x", getattr(cast, who))
    await AskState.load.fn(state)
    assert state.can_ask == (who == "lea")
    AskState.begin.fn(state, str(cast.session))
    await AskState.ask.fn(state, {"reason": "Pour mon badge"})
    assert bool(state.asked) == (who == "lea")
    if who == "lea":
        await AskState.take_back.fn(state, str(cast.session))
        assert state.asked == {}
    else:
        assert state.error
    async with unit_of_work(SYSTEM) as uow:
        states = await uow.sql("SELECT state FROM training_requests")
    assert [row["state"] for row in states] == (["withdrawn"] if who == "lea" else [])
