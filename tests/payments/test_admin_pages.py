"""The administrators' pages of money: events told again, totals, retries, differences and exports."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime

import httpx
import pytest

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.payments import events, refunds
from pygmalion_app.payments.errors import RefundDisputedError
from pygmalion_app.ui.administration.events_state import EventsState
from pygmalion_app.ui.administration.finance_state import FinanceState
from tests.cast import Cast
from tests.clock import MovableClock
from tests.enrollments.test_booking import play
from tests.payments.test_disputes import paid
from tests.payments.test_finance import sell
from tests.ui.conftest import _pages, visit  # noqa: F401 - fixtures
from tests.ui_private.conftest import Open, open_as  # noqa: F401 - a fixture

RunJobs = Callable[[], Awaitable[None]]
EVENT = {
    "id": "evt_1",
    "type": "checkout.session.completed",
    "created": 1,
    "data": {"object": {"client_reference_id": "nobody's", "customer_email": "lea@test.example"}},
}


async def test_an_administrator_looks_at_an_event_and_replays_it(
    container: Container,
    cast: Cast,
    open_as: Open[EventsState],  # noqa: F811
) -> None:
    async with unit_of_work(SYSTEM) as uow:
        await events.keep_failure(uow, EVENT, "busy")
    state = await open_as(EventsState, "/fr/admin/events", cast.ada)
    await EventsState.load.fn(state)
    (row,) = state.rows
    assert (row.kind, row.effect, row.tone, row.order) == ("checkout.session.completed", "En échec", "bad", "")
    await EventsState.choose_kind.fn(state, "refund.")
    assert (state.rows, state.count) == ([], "Aucun événement")
    await EventsState.choose_kind.fn(state, "checkout.session.")
    await EventsState.choose_effect.fn(state, "error")
    assert await EventsState.see.fn(state, "evt_1") is None
    assert "lea@test.example" not in state.payload
    assert ("Erreur", "busy") in state.facts
    await EventsState.replay.fn(state)
    assert ("Effet", "Sans effet") in state.facts
    assert state.rows == [], "it failed no more"
    for nonsense in ("", "0", "' OR 1=1", "x" * 5000):
        await EventsState.choose_kind.fn(state, nonsense)
        await EventsState.choose_effect.fn(state, nonsense)
        await EventsState.see.fn(state, nonsense)
    assert (state.kind, state.effect) == ("", "")


async def test_an_administrator_reads_the_books_and_has_them_exported(
    container: Container,
    cast: Cast,
    clock: MovableClock,
    open_as: Open[FinanceState],  # noqa: F811
    run_jobs: RunJobs,
) -> None:
    clock.set(datetime(2026, 12, 20, 12, tzinfo=UTC))
    await sell(cast)
    async with unit_of_work(SYSTEM) as uow:
        await uow.sql(
            "INSERT INTO reconciliation_differences"
            " (id, day, kind, subject, source, there_cents, currency, state, note)"
            " VALUES (gen_random_uuid(), '2026-12-19', 'missing_here', 'charge', 'pi_9', 700, 'EUR', 'open', '')"
        )
    state = await open_as(FinanceState, "/en/admin/finance", cast.ada)
    await FinanceState.load.fn(state)
    (totals,) = state.totals
    assert (state.since, state.until) == ("2026-12-01", "2026-12-20")
    assert (totals.balance, totals.tone) == ("The books balance: €0", "ok")
    assert [one.value for one in totals.period][:3] == ["€1,140", "€0", "€1,140"]
    await FinanceState.last_month.fn(state)
    assert (state.since, state.until, state.totals[0].period[0].value) == ("2026-11-01", "2026-11-30", "€0")
    for wrong in ({"since": "2026-12-02", "until": "2026-12-01"}, {"since": "soon"}, {}):
        await FinanceState.choose.fn(state, wrong)
        assert state.period_error
    await FinanceState.choose.fn(state, {"since": "2026-12-01", "until": "2026-12-31"})
    assert (state.period_error, state.totals[0].period[0].value) == ("", "€1,140")
    await FinanceState.export_fec.fn(state)
    assert (state.writing, [one.path for one in state.exports]) == (True, [""])
    await run_jobs()
    await FinanceState.refresh.fn(state)
    assert not state.writing
    assert state.exports[0].path.endswith("/download")
    (row,) = state.differences
    assert (row.what, row.here, row.there) == ("Charge · missing from our books", "–", "€7")
    FinanceState.ask_resolve.fn(state, row.id)
    await FinanceState.resolve.fn(state, {"note": " "})
    assert state.note_error
    await FinanceState.resolve.fn(state, {"note": "a test of the bank's"})
    assert state.differences == []
    for nonsense in ("", "0", "' OR 1=1"):
        assert await FinanceState.retry.fn(state, nonsense) is None


async def test_nothing_is_paid_by_hand_that_a_bank_has_taken_without_our_knowing_yet(
    api: httpx.AsyncClient,
    container: Container,
    cast: Cast,
) -> None:
    booked = await paid(api, container, cast)
    async with unit_of_work(SYSTEM) as uow:
        await refunds.request_refund(uow, booked["orderId"], 10_000, "gesture")
        (refund,) = await uow.sql("SELECT id FROM refunds")
        await refunds.refuse(uow, refund["id"], 1, "declined")
    await play(api, booked, "dispute", delivery="held")
    with pytest.raises(RefundDisputedError):
        async with unit_of_work(cast.ada) as uow:
            await refunds.pay_by_hand(uow, refund["id"], "VIR 7", date(2026, 1, 1))
    async with unit_of_work(SYSTEM) as uow:
        assert [row["status"] for row in await uow.sql("SELECT status FROM refunds")] == ["failed"]


async def test_an_administrator_records_a_refund_that_was_paid_by_hand(
    api: httpx.AsyncClient,
    container: Container,
    cast: Cast,
    open_as: Open[FinanceState],  # noqa: F811
) -> None:
    booked = await paid(api, container, cast)
    async with unit_of_work(SYSTEM) as uow:
        await refunds.request_refund(uow, booked["orderId"], 10_000, "gesture")
        (refund,) = await uow.sql("SELECT id FROM refunds")
        await refunds.refuse(uow, refund["id"], 1, "declined")
    state = await open_as(FinanceState, "/fr/admin/finance", cast.ada)
    await FinanceState.load.fn(state)
    (row,) = state.refunds
    FinanceState.ask_by_hand.fn(state, row.id)
    for form in ({"reference": "VIR 7", "paid_on": "2099-01-01"}, {"reference": "", "paid_on": state.today}, {}):
        await FinanceState.pay_by_hand.fn(state, form)
        assert state.reference_error or state.paid_on_error
        assert len(state.refunds) == 1
    await FinanceState.pay_by_hand.fn(state, {"reference": "VIR 7", "paid_on": state.today})
    assert state.refunds == []
