"""Stripe tells the card's name of a charge, not of a checkout."""

import httpx

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.payments.events import apply_event
from tests.cast import Cast
from tests.enrollments.test_booking import bearer, order


async def test_a_charge_names_the_card_of_its_payment(api: httpx.AsyncClient, container: Container, cast: Cast) -> None:
    answer = await api.post("/enrollments", json=order(cast.session, "ana"), headers=bearer(container, cast.marc))
    payment = answer.json()["data"]["paymentId"]
    for number, (named, fingerprint) in enumerate([("nobody", "x"), (payment, "card-1"), (payment, "card-2")]):
        charge = {
            "id": "ch_1",
            "metadata": {"payment_id": named},
            "payment_method_details": {"type": "card", "card": {"fingerprint": fingerprint}},
        }
        event = {"id": f"evt_{number}", "type": "charge.succeeded", "data": {"object": charge}}
        async with unit_of_work(SYSTEM) as uow:
            await apply_event(uow, event)
    async with unit_of_work(SYSTEM) as uow:
        rows = await uow.sql("SELECT card_fingerprint FROM payments")
    assert rows == [{"card_fingerprint": "card-1"}]
