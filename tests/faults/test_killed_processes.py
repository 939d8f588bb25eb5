"""The process killed at each statement, commit and call of what it does with money, then started again.

What follows is what really follows: the buyer's browser asks again under its key, the gateway delivers its event again,
the job goes to another worker, the sweeps run. Nothing may be lost, nothing done twice.
"""

import asyncio
import os
import random
import signal
import time
from collections.abc import Iterator
from functools import partial
from uuid import UUID

import pytest

from pygmalion_app import bootstrap
from pygmalion_app.core.config import Settings
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments import gateway_events, service, withdrawal
from pygmalion_app.enrollments.cancellation import cancel, cancel_session
from pygmalion_app.enrollments.errors import SessionFullError
from pygmalion_app.enrollments.schemas import PlaceOrder
from pygmalion_app.enrollments.withdrawal import Withdraw
from tests.cast import seed
from tests.clock import MovableClock
from tests.enrollments.machine.world import BEGIN
from tests.faults.street import Street, open_database

pytestmark = [pytest.mark.timeout(240), pytest.mark.xdist_group("killed")]


@pytest.fixture
def street(settings: Settings) -> Iterator[Street]:
    clock = MovableClock(BEGIN)
    container = bootstrap.build(settings, clock=clock)
    with asyncio.Runner() as runner, open_database(settings) as database:
        running = bootstrap.running(container)
        runner.run(running.__aenter__())
        cast = runner.run(seed(container))
        yield Street(settings, clock, runner, container, cast, database)
        runner.run(running.__aexit__(None, None, None))


def test_a_checkout_that_is_asked_for_again_is_the_same(street: Street) -> None:
    fell = 0
    while True:
        street.begin()
        placed = street.order()
        killed = street.killed_at(fell, partial(service.enroll, street.cast.marc, *placed))
        view = street.enroll(placed)
        again = street.enroll(placed)
        assert (view.order_id, view.checkout_url) == (again.order_id, again.checkout_url)
        assert view.checkout_url
        street.pay(view)
        street.deliver(times=2)
        assert street.status(view.order_id) == ("CONFIRMED", "succeeded", 2)
        assert street.count("SELECT count(*) FROM orders WHERE session_id = %(id)s", id=street.session) == 1
        pages = "SELECT count(*) FROM testmode_checkouts WHERE idempotency_key = %(id)s"
        assert street.count(pages, id=str(view.payment_id)) == 1
        street.check()
        if not killed:
            break
        fell += 1
    assert fell >= 10


def test_a_checkout_whose_buyer_never_comes_back_frees_its_seats(street: Street) -> None:
    fell = 0
    while True:
        street.begin()
        placed = street.order()
        killed = street.killed_at(fell, partial(service.enroll, street.cast.marc, *placed))
        street.later(minutes=31)
        for row in street.rows("SELECT id FROM orders WHERE session_id = %(id)s", id=street.session):
            assert street.status(row["id"]) == ("EXPIRED", "expired", 0)
        street.check()
        other = street.enroll(street.order(3, 4))
        assert street.status(other.order_id)[2] == 2
        if not killed:
            break
        fell += 3
    assert fell >= 12


def test_a_payment_that_is_told_again_confirms_once(street: Street) -> None:
    fell = 0
    while True:
        street.begin()
        view = street.enroll(street.order())
        street.pay(view)
        event = next(event for event in street.events() if event["type"] == "checkout.session.completed")
        killed = street.killed_at(fell, partial(gateway_events.receive, event))
        street.deliver(times=2)
        street.work()
        assert street.status(view.order_id) == ("CONFIRMED", "succeeded", 2)
        assert _posted(street, view.order_id) == [("charge", 1), ("sale", 1)]
        assert street.count("SELECT count(*) FROM invoices WHERE order_id = %(id)s", id=view.order_id) == 1
        street.check()
        if not killed:
            break
        fell += 1
    assert fell >= 12


def test_a_refund_goes_out_once(street: Street) -> None:
    fell = 0
    while True:
        street.begin()
        view = street.enroll(street.order())
        street.pay(view)
        street.deliver()
        street.do(partial(_cancel, street, view.enrollments[0].id))
        arguments = street.queued("payments.refund")
        killed = street.killed_at(fell, partial(street.job, "payments.refund", **arguments))
        if fell % 2:
            street.do(partial(street.job, "payments.refund", **arguments))  # another worker took it
            street.do(partial(street.job, "payments.refund", **arguments))
        street.later(hours=2)
        assert street.status(view.order_id) == ("CONFIRMED", "succeeded", 1)
        kept = "SELECT count(*) FROM testmode_objects WHERE kind = 'refund' AND body ->> 'payment_intent' = %(intent)s"
        (row,) = street.rows("SELECT payment_intent FROM payments WHERE reference = %(id)s", id=view.order_id)
        assert street.count(kept, intent=row["payment_intent"]) == 1
        (refund,) = street.rows(
            "SELECT status, amount_cents FROM refunds r WHERE id = %(id)s", id=arguments["refund_id"]
        )
        assert refund == {"status": "succeeded", "amount_cents": view.amount_cents // 2}
        street.check()
        if not killed:
            break
        fell += 1
    assert fell >= 10


def test_an_instalment_is_taken_once(street: Street) -> None:
    fell = 0
    while True:
        street.begin()
        view = street.enroll(street.signed(), street.cast.lea)
        street.pay(view)
        street.deliver()
        # The period of 14 days ends on a working day, however holidays fall.
        street.clock.move(days=20)
        (part,) = street.rows(
            "SELECT n.id FROM instalments n JOIN payments p ON p.id = n.payment_id"
            " WHERE p.reference = %(id)s AND n.number = 1",
            id=view.order_id,
        )
        arguments = {"instalment_id": str(part["id"])}
        killed = street.killed_at(fell, partial(street.job, "enrollments.charge_instalment", **arguments))
        if fell % 2:
            street.do(partial(street.job, "enrollments.charge_instalment", **arguments))
        street.later(minutes=16)
        street.later(minutes=16)
        charged = "SELECT count(*) FROM testmode_objects WHERE kind = 'payment_intent' AND idempotency_key LIKE %(key)s"
        assert street.count(charged, key=f"instalment:{part['id']}:%") == 1
        assert street.rows("SELECT status FROM instalments WHERE id = %(id)s", id=part["id"]) == [{"status": "paid"}]
        assert _posted(street, view.order_id) == [("charge", 1), ("sale", 1)]
        street.check()
        # Nobody's card waits when the next one begins.
        street.do(partial(_cancel, street, view.enrollments[0].id))
        street.later(hours=2)
        if not killed:
            break
        fell += 1
    assert fell >= 20


def test_a_withdrawal_happens_whole_or_not_at_all(street: Street) -> None:
    fell = 0
    while True:
        street.begin()
        view = street.enroll(street.signed(), street.cast.lea)
        street.pay(view)
        street.deliver()
        killed = street.killed_at(fell, partial(_withdraw, street, view.order_id))
        street.do(partial(_withdraw, street, view.order_id))
        street.work()
        assert street.status(view.order_id) == ("CANCELLED", "cancelled", 0)
        assert street.count("SELECT count(*) FROM withdrawals WHERE order_id = %(id)s", id=view.order_id) == 1
        street.check()
        if not killed:
            break
        fell += 4
    assert fell >= 20


def test_a_session_called_off_gives_everybody_everything_back(street: Street) -> None:
    fell = 0
    while True:
        street.begin()
        first, second = street.enroll(street.order(1)), street.enroll(street.order(2))
        street.pay(first)
        street.deliver()
        killed = street.killed_at(fell, partial(_call_off, street))
        street.do(partial(_call_off, street))
        street.later(hours=2)
        assert street.status(first.order_id) == ("CANCELLED", "refunded", 0)
        assert street.status(second.order_id)[0] in {"CANCELLED", "EXPIRED"}
        street.check()
        if not killed:
            break
        fell += 3
    assert fell >= 9


def test_kill_9_at_any_time_leaves_each_order_whole(street: Street) -> None:
    for _ in range(6):
        street.begin()
        orders = [street.order(person) for person in range(3, 7)]
        child = os.fork()
        if child == 0:
            try:
                asyncio.run(_place_all(street, orders))
            finally:
                os._exit(1)
        time.sleep(random.uniform(0.02, 0.25))  # any moment will do
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        street.check()
        confirmed = 0
        for placed in orders:
            try:
                view = street.enroll(placed)
            except SessionFullError:
                continue
            street.pay(view)
            street.deliver()
            confirmed += street.status(view.order_id)[0] == "CONFIRMED"
        assert confirmed == 2
        street.check()


async def _place_all(street: Street, orders: list[tuple[PlaceOrder, str]]) -> None:
    async with bootstrap.running(bootstrap.build(street.settings, clock=street.clock)):
        for placed in orders:
            try:
                await service.enroll(street.cast.marc, *placed)
            except SessionFullError:
                continue
        os._exit(0)


def _posted(street: Street, order: UUID) -> list[tuple[str, int]]:
    rows = street.rows(
        "SELECT kind, count(*) AS often FROM ledger_entries WHERE order_id = %(id)s GROUP BY kind ORDER BY kind",
        id=order,
    )
    return [(row["kind"], row["often"]) for row in rows]


async def _cancel(street: Street, seat: UUID) -> None:
    async with unit_of_work(street.cast.olga) as uow:
        await cancel(uow, seat)


async def _call_off(street: Street) -> None:
    async with unit_of_work(street.cast.olga) as uow:
        await cancel_session(uow, street.session)


async def _withdraw(street: Street, order: UUID) -> None:
    async with unit_of_work(street.cast.lea) as uow:
        shown = await withdrawal.look(uow, order, "fr")
    async with unit_of_work(street.cast.lea) as uow:
        await withdrawal.withdraw(uow, order, Withdraw(confirmation=shown.confirmation))
