"""What follows sales, in the demonstration: individuals' contracts and instalments, a dispute, people who wait.

Contracts, charges and the dispute go through the services, on what the test-mode gateway keeps; beside a real gateway
there is none of them. All chosen by key, so that they are the same on every machine.
"""

from datetime import datetime, timedelta
from typing import Any, Final, LiteralString

from psycopg.types.json import Jsonb

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.gateway import MovementKind
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from pygmalion_app.demo.ids import demo_id
from pygmalion_app.demo.people import Cast
from pygmalion_app.demo.sessions import SCHOOL
from pygmalion_app.enrollments import contracts, gateway_events, instalments
from pygmalion_app.enrollments.contract_models import Contract
from pygmalion_app.enrollments.contract_text import digest
from pygmalion_app.enrollments.models import Order
from pygmalion_app.payments import instalments as parts

CONTRACTS: Final = 8
CARD: Final = "4242424242424242"
DISPUTE_FEE: Final = 2000
ANSWER_WITHIN: Final = timedelta(days=9)
_COMPANY: Final = "escale-services-paris"

_INDIVIDUALS: LiteralString = """
SELECT o.id, p.id AS payment_id FROM orders o JOIN payments p ON p.reference = o.id
JOIN sessions s ON s.id = o.session_id
WHERE p.status = 'saved' AND o.total_cents > 0 AND s.starts_at > %(now)s
ORDER BY o.seller_organization_id <> %(school)s, o.created_at, o.id LIMIT %(most)s
"""
_SOLD: LiteralString = """
SELECT p.payment_intent, p.amount_cents, p.currency FROM payments p JOIN orders o ON o.id = p.reference
JOIN sessions s ON s.id = o.session_id
WHERE p.status = 'succeeded' AND p.mode = 'payment' AND o.payer = 'company' AND s.ends_at < %(now)s
  AND o.seller_organization_id = %(school)s AND o.buyer_organization_id <> %(company)s
ORDER BY s.ends_at DESC, o.id LIMIT 1
"""
_OBJECT: LiteralString = """
INSERT INTO testmode_objects (id, created_at, object_id, kind, parent, body, own)
VALUES (%(id)s, %(now)s, %(name)s, %(kind)s, %(parent)s, %(body)s, %(own)s) ON CONFLICT DO NOTHING RETURNING id
"""
_MOVEMENT: LiteralString = """
INSERT INTO testmode_movements
  (id, created_at, movement_id, account, kind, amount_cents, fee_cents, currency, source, moved_at)
VALUES (%(id)s, %(now)s, %(movement)s, '', %(kind)s, %(amount)s, %(fee)s, %(currency)s, %(source)s, %(now)s)
"""


async def follow(container: Container) -> None:
    """Let it all happen."""
    if container.settings.testmode_payments:
        await _agree(container)
        await _dispute(container)


async def _agree(container: Container) -> None:
    """Give some individuals the contract that they accepted, its instalments, and the charges that are due by now."""
    async with unit_of_work(SYSTEM, container) as uow:
        chosen = await uow.sql(
            _INDIVIDUALS, now=uow.clock.now(), school=demo_id("organization", SCHOOL), most=CONTRACTS
        )
        for row in chosen:
            await _agree_on(uow, await uow.session.get_one(Order, row["id"]), row["payment_id"])
    async with unit_of_work(SYSTEM, container) as uow:
        due = await parts.due(uow, CONTRACTS)
    for one in due:
        await instalments.charge(one)


async def _agree_on(uow: UnitOfWork, order: Order, payment_id: object) -> None:
    accepted = await contracts.agreed(uow, order)
    order.withdrawal_ends_at = accepted.plan.withdrawal_ends_at
    uow.session.add(
        Contract(
            id=demo_id("contract", order.id),
            created_at=order.created_at,
            order_id=order.id,
            buyer_user_id=order.buyer_user_id,
            seller_organization_id=order.seller_organization_id,
            content=accepted.content,
            content_sha256=digest(accepted.content),
            accepted_at=order.created_at,
        )
    )
    await uow.session.flush()
    await uow.defer(contracts.WRITE_CONTRACT_TASK, order_id=str(order.id))
    saved = f"seti_demo_{order.id.hex[:24]}"
    body = {
        "id": saved,
        "object": "setup_intent",
        "created": int(order.created_at.timestamp()),
        "customer": f"cus_demo_{order.id.hex[:24]}",
        "livemode": False,
        "metadata": {"payment_id": str(payment_id)},
        "payment_method": f"pm_demo_{order.id.hex[:24]}",
        "status": "succeeded",
        "usage": "off_session",
    }
    await _keep(uow, body, order.created_at, None, {"card": CARD})
    await uow.sql("UPDATE payments SET payment_intent = %(saved)s WHERE id = %(id)s", saved=saved, id=payment_id)
    await parts.schedule(uow, order.id, [(stage.due_at, stage.amount_cents) for stage in accepted.plan.stages])


async def _dispute(container: Container) -> None:
    """Let a company's bank dispute its payment of the school's last session: it waits for an answer."""
    async with unit_of_work(SYSTEM, container) as uow:
        now = uow.clock.now()
        school, company = demo_id("organization", SCHOOL), demo_id("organization", _COMPANY)
        found = await uow.sql(_SOLD, now=now, school=school, company=company)
        if not found:
            return
        intent, amount, currency = found[0]["payment_intent"], found[0]["amount_cents"], found[0]["currency"]
        body = _dispute_body(intent, amount, currency, now)
        if not await _keep(uow, body, now, intent, {}):
            return
        await uow.sql(
            _MOVEMENT,
            id=demo_id("testmode_movement", body["id"]),
            now=now,
            movement=f"txn_{body['id']}",
            kind=MovementKind.DISPUTE.value,
            amount=-amount,
            fee=DISPUTE_FEE,
            currency=currency,
            source=body["id"],
        )
    await gateway_events.receive(
        {
            "id": f"evt_{body['id']}",
            "object": "event",
            "created": int(now.timestamp()),
            "livemode": False,
            "type": "charge.dispute.created",
            "data": {"object": body},
        }
    )


def _dispute_body(intent: str, amount: int, currency: str, now: datetime) -> dict[str, Any]:
    details = {"due_by": int((now + ANSWER_WITHIN).timestamp()), "has_evidence": False, "past_due": False}
    return {
        "id": f"dp_demo_{intent.removeprefix('pi_demo_')}",
        "object": "dispute",
        "amount": amount,
        "balance_transactions": [],
        "charge": f"ch_{intent.removeprefix('pi_')}",
        "created": int(now.timestamp()),
        "currency": currency.lower(),
        "evidence": {},
        "evidence_details": details | {"submission_count": 0},
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": intent,
        "reason": "product_not_received",
        "status": "needs_response",
    }


async def _keep(uow: UnitOfWork, body: dict[str, Any], at: datetime, parent: str | None, own: dict[str, Any]) -> bool:
    made = await uow.sql(
        _OBJECT,
        id=demo_id("testmode_object", body["id"]),
        now=at,
        name=body["id"],
        kind=body["object"],
        parent=parent,
        body=Jsonb(body),
        own=Jsonb(own),
    )
    return bool(made)


def waiting_rows(cast: Cast, now: datetime) -> list[dict[str, Any]]:
    """Return who waits for seats: in three full sessions to come, a company's group and somebody alone."""
    school = demo_id("organization", SCHOOL)
    full = [row for row in cast.rows["sessions"] if row["starts_at"] > now and row["seats_taken"] == row["capacity"]]
    full.sort(key=lambda row: (row["organization_id"] != school, row["starts_at"], row["id"]))
    seated = {(row["session_id"], row["user_id"]) for row in cast.rows["enrollments"]}
    rows: list[dict[str, Any]] = []
    for session in full[:3]:
        alone = next(one.id for one in cast.people if not one.company and (session["id"], one.id) not in seated)
        buyers = ((cast.managers[_COMPANY], demo_id("organization", _COMPANY), 2), (alone, None, 1))
        for ticket, (user, organization, quantity) in enumerate(buyers, start=1):
            joined = now - timedelta(days=4 - ticket, minutes=37 * ticket)
            rows.append(
                {
                    "id": demo_id("waiting", session["id"], ticket),
                    "created_at": joined,
                    "session_id": session["id"],
                    "user_id": user,
                    "organization_id": organization,
                    "seller_organization_id": session["organization_id"],
                    "ticket": ticket,
                    "quantity": quantity,
                    "participants": [],
                    "status": "waiting",
                    "held_seats": 0,
                    "skips": 0,
                    "joined_at": joined,
                }
            )
    return rows
