"""Waiting lists and disputes, as the pages' states see them."""

from types import SimpleNamespace
from typing import Any

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments.cancellation import cancel
from pygmalion_app.enrollments.schemas import OrderView
from pygmalion_app.enrollments.waiting_list import join
from pygmalion_app.enrollments.waiting_schemas import JoinWaitingList
from pygmalion_app.payments.events import apply_event
from pygmalion_app.ui.disputes.own_section import OwnDisputes
from pygmalion_app.ui.disputes.state import DisputesState
from pygmalion_app.ui.enrollments import waiting_live
from pygmalion_app.ui.enrollments.state import EnrolState
from pygmalion_app.ui.enrollments.waiting_state import WaitingState
from pygmalion_app.ui.sessions.queue_section import QueueState
from tests.cast import Cast
from tests.enrollments.test_waiting_list import buy, offer, within
from tests.ui_private.conftest import Open

NAMED = {"email": "zoe@crew.example", "first_name": "Zoe", "last_name": "Crew"}


class Sockets:
    """What of Reflex's event namespace is used; keeps who is told what."""

    def __init__(self, *clients: str) -> None:
        self.token_to_sid = {client: f"sid-{client}" for client in clients}
        self.told: list[tuple[str, list[str]]] = []

    async def emit(self, _event: str, update: Any, to: list[str]) -> None:
        """Keep one sending."""
        self.told += [(client, [one.name for one in update.events]) for client in to]


async def _full(cast: Cast) -> OrderView:
    return await buy(cast.marc, cast.session, *"abcde")


async def test_joining_leaving_and_coming_back(open_as: Open[Any], cast: Cast) -> None:
    await _full(cast)
    state = await open_as(WaitingState, "/fr/training", cast.stranger)
    await WaitingState.load.fn(state)
    assert (state.rows, state.several) == ([], True)
    await WaitingState.join.fn(state, {"session_id": str(cast.session), "quantity": "many"})
    assert state.error
    await WaitingState.join.fn(state, {"session_id": str(cast.session), "quantity": "9"})
    assert "5" in state.error
    await WaitingState.join.fn(state, {"session_id": str(cast.session), "quantity": "2"})
    assert (state.error, state.places) == ("", {str(cast.session): "1er sur 1 en attente"})
    entry = state.rows[0].id
    lea = await open_as(WaitingState, "/en/training", cast.lea)
    await WaitingState.leave.fn(lea, entry)
    assert lea.left_id == ""
    state = await open_as(WaitingState, "/fr/training", cast.stranger)
    await WaitingState.load.fn(state)
    await WaitingState.leave.fn(state, entry)
    assert (state.rows, state.left_id) == ([], entry)
    await WaitingState.take_back.fn(state)
    assert (state.rows[0].position, state.left_id) == ("1er sur 1 en attente", "")


async def test_an_offer_opens_the_form_with_the_seats_and_the_people(
    open_as: Open[Any], cast: Cast, container: Container
) -> None:
    order = await _full(cast)
    people: Any = (NAMED,)
    command = JoinWaitingList(quantity=2, participants=people)
    await within(cast.stranger, lambda uow: join(uow, cast.session, command))
    for seat in order.enrollments[:2]:
        await within(cast.marc, lambda uow, seat=seat: cancel(uow, seat.id))
    await offer(cast.session)
    form = await open_as(EnrolState, f"/fr/enrol/{cast.session}", cast.stranger)
    await EnrolState.load.fn(form)
    assert (form.phase, form.seats_left, [row.email for row in form.people]) == ("form", 2, ["zoe@crew.example"])
    assert form.kept_until
    events = [event async for event in EnrolState.book.fn(form)]
    assert "/fr/orders/" in str(events[-1]), form.error
    async with unit_of_work(SYSTEM, container) as uow:
        (entry,) = await uow.sql("SELECT status, order_id FROM waiting_list_entries")
    assert entry["status"] == "accepted"
    passer = await open_as(EnrolState, f"/fr/enrol/{cast.session}", cast.lea)
    await EnrolState.load.fn(passer)
    assert passer.kept_until == ""


async def test_those_who_wait_are_told_to_look_again_and_nobody_else(open_as: Open[Any], cast: Cast) -> None:
    await _full(cast)
    await within(cast.lea, lambda uow: join(uow, cast.session, JoinWaitingList()))
    state = await open_as(WaitingState, "/fr/training", cast.lea)
    await WaitingState.load.fn(state)
    client = state.router.session.client_token
    sockets = Sockets(client, "elsewhere")
    try:
        await waiting_live.tell(SimpleNamespace(event_namespace=sockets), {cast.session})  # pyright: ignore[reportArgumentType]
        assert [(who, names[0].rsplit(".", 1)[-1]) for who, names in sockets.told] == [(f"sid-{client}", "refresh")]
        sockets.told.clear()
        await waiting_live.tell(SimpleNamespace(event_namespace=sockets), {cast.course})  # pyright: ignore[reportArgumentType]
        assert sockets.told == []
    finally:
        waiting_live.waiters.forget(client)
    queue = await open_as(QueueState, f"/fr/teach/{cast.session}", cast.tom)
    await QueueState.load.fn(queue)
    assert [(row.position, row.name) for row in queue.rows] == [(1, "Lea Test")]
    queue = await open_as(QueueState, f"/fr/teach/{cast.session}", cast.lea)
    await QueueState.load.fn(queue)
    assert queue.rows == []


async def test_an_administrator_looks_at_the_answer_completes_it_and_sends_it(
    open_as: Open[Any], cast: Cast, container: Container
) -> None:
    order = await _full(cast)
    async with unit_of_work(SYSTEM, container) as uow:
        await uow.sql("UPDATE payments SET payment_intent = 'pi_1', status = 'succeeded', paid_at = now()")
        body = {
            "id": "dp_1",
            "payment_intent": "pi_1",
            "amount": order.amount_cents,
            "currency": "eur",
            "reason": "fraudulent",
            "status": "needs_response",
            "evidence_details": {"due_by": int(container.clock.now().timestamp()) + 86_400},
        }
        await apply_event(uow, {"id": "evt_1", "type": "charge.dispute.created", "data": {"object": body}})
    state = await open_as(DisputesState, "/fr/admin/disputes", cast.ada)
    await DisputesState.load.fn(state)
    (row,) = state.rows
    assert (row.status, row.tone, row.open) == ("À répondre", "bad", True)
    await DisputesState.see.fn(state, row.id)
    assert any(str(order.order_id) in line for section in state.sections for line in section.lines)
    await DisputesState.preview.fn(state, {"note": "Everybody came.", "locale": "en"})
    assert state.sections[0].lines == ["Everybody came."]
    await DisputesState.submit.fn(state)
    assert (state.rows[0].evidence, state.chosen[0].open) == ("Réponse en cours d’envoi", False)
    own = await open_as(OwnDisputes, "/fr/organisation/payments", cast.olga)
    await OwnDisputes.load.fn(own)
    assert len(own.rows) == 1
    own = await open_as(OwnDisputes, "/fr/organisation/payments", cast.marc)
    await OwnDisputes.load.fn(own)
    assert own.rows == []
