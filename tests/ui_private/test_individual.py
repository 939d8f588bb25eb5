"""An individual's payments and withdrawal, as the pages' states see them."""

from typing import Any

import httpx

from pygmalion_app.adapters.payments.testmode import money
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.unit_of_work import Container
from pygmalion_app.ui.enrollments.instalment_state import InstalmentState
from pygmalion_app.ui.enrollments.withdrawal_state import WithdrawalState
from pygmalion_app.ui.viewer import Viewer
from tests.cast import Cast
from tests.clock import MovableClock
from tests.enrollments.individual import saved
from tests.enrollments.test_booking import bearer
from tests.enrollments.test_instalments import parts, tick
from tests.ui_private.conftest import Open, RunJobs


async def _withdrawal(open_as: Open[Any], order_id: str, actor: Actor) -> WithdrawalState:
    state = await open_as(WithdrawalState, f"/fr/withdrawal/{order_id}", actor)
    await WithdrawalState.load.fn(state)
    return state


async def test_the_way_out_is_on_every_page_while_it_is_open(
    open_as: Open[Any], container: Container, cast: Cast, clock: MovableClock, api: httpx.AsyncClient
) -> None:
    booked = await saved(api, bearer(container, cast.lea), cast.session)
    viewer = await open_as(Viewer, "/fr/training", cast.lea)
    await Viewer.load.fn(viewer)
    assert viewer.withdrawable == booked["orderId"]
    for actor in (cast.marc, cast.olga):
        other = await open_as(Viewer, "/fr/training", actor)
        await Viewer.load.fn(other)
        assert other.withdrawable == ""
    clock.move(days=25)
    viewer = await open_as(Viewer, "/fr/training", cast.lea)
    await Viewer.load.fn(viewer)
    assert viewer.withdrawable == ""
    late = await _withdrawal(open_as, booked["orderId"], cast.lea)
    assert (late.phase, bool(late.until)) == ("over", True)


async def test_two_steps_and_no_shortcut(
    open_as: Open[Any], container: Container, cast: Cast, api: httpx.AsyncClient
) -> None:
    booked = await saved(api, bearer(container, cast.lea), cast.session)
    for actor in (cast.marc, cast.olga, cast.stranger):
        state = await _withdrawal(open_as, booked["orderId"], actor)
        assert (state.phase, state.statement, state.email) == ("none", "", "")
    state = await _withdrawal(open_as, booked["orderId"], cast.lea)
    assert (state.phase, state.email) == ("statement", "lea@test.example")
    assert [None async for _ in WithdrawalState.confirm.fn(state)] == [], "the first step comes first"
    WithdrawalState.proceed.fn(state)
    WithdrawalState.back.fn(state)
    WithdrawalState.proceed.fn(state)
    async for _ in WithdrawalState.confirm.fn(state):
        assert state.busy
    assert (state.phase, bool(state.received), state.error) == ("done", True, "")
    again = await _withdrawal(open_as, booked["orderId"], cast.lea)
    assert (again.phase, again.received) == ("done", state.received)
    assert [part.status for part in await parts()] == ["cancelled", "cancelled"]


async def test_a_refused_payment_can_be_made_from_the_order(
    open_as: Open[Any],
    container: Container,
    cast: Cast,
    clock: MovableClock,
    api: httpx.AsyncClient,
    run_jobs: RunJobs,
) -> None:
    booked = await saved(api, bearer(container, cast.lea), cast.session, money.CHARGES_ARE_DECLINED)
    clock.set((await parts())[0].due_at)
    await tick(run_jobs)
    path = f"/fr/orders/{booked['orderId']}"
    state = await open_as(InstalmentState, path, cast.lea)
    await InstalmentState.load.fn(state)
    assert state.refused
    (refused,) = [moment for moment in state.schedule if moment.pay]
    assert (refused.status, refused.tone, refused.amount) == ("Refusé", "bad", "342\xa0€")
    assert "/testmode/checkout/" in str(await InstalmentState.pay.fn(state, refused.pay))
    for actor in (cast.marc, cast.stranger):
        other = await open_as(InstalmentState, path, actor)
        await InstalmentState.load.fn(other)
        assert (other.schedule, other.contract_url) == ([], "")
        assert "/testmode/checkout/" not in str(await InstalmentState.pay.fn(other, refused.pay))
