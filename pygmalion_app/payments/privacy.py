"""What payments hold on people: who paid what, and what the gateway said of it.

Amounts, dates and who paid are part of the accounts (Code de commerce L123-22: 10 years). What would let a card be
found again is not: it goes 13 months after the last debit, the longest a bank lets one be disputed, or with an erasure.
"""

from pygmalion_app.core.privacy import (
    Blocker,
    Ground,
    Held,
    Holder,
    Kept,
    Period,
    Person,
    Rule,
    erase_rows,
    forgets,
    records,
    register,
)
from pygmalion_app.core.unit_of_work import UnitOfWork

_TEN_YEARS = Period(years=10)
_EVENTS_OF = """
 FROM payments p WHERE p.payer_user_id = %(user)s AND (
   strpos(e.payload::text, p.id::text) > 0
   OR (p.payment_intent IS NOT NULL AND strpos(e.payload::text, p.payment_intent) > 0)
   OR (p.checkout_id IS NOT NULL AND strpos(e.payload::text, p.checkout_id) > 0))
"""


async def _export(uow: UnitOfWork, person: Person) -> Held:
    payments = await records(uow, "SELECT * FROM payments WHERE payer_user_id = %(user)s ORDER BY created_at", person)
    events = await records(
        uow,
        "SELECT * FROM webhook_events e WHERE EXISTS (SELECT" + _EVENTS_OF + ") ORDER BY received_at",  # noqa: S608
        person,
    )
    refunds = await records(
        uow,
        "SELECT r.* FROM refunds r JOIN payments p ON p.id = r.payment_id"
        " WHERE p.payer_user_id = %(user)s ORDER BY r.created_at",
        person,
    )
    return Held({"payments": payments, "refunds": refunds, "gateway_events": events})


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    await erase_rows(
        uow,
        person,
        "UPDATE webhook_events e SET payload = '{}' WHERE EXISTS (SELECT" + _EVENTS_OF + ")",  # noqa: S608
        "UPDATE refunds SET payment_intent = '', gateway_id = NULL, paid_reference = NULL"
        " WHERE payment_id IN (SELECT id FROM payments WHERE payer_user_id = %(user)s)",
        # An administrator's own doings, which the audit trail keeps under an id that leads nowhere.
        "UPDATE webhook_events SET replayed_by = NULL WHERE replayed_by = %(user)s",
        "UPDATE refunds SET settled_by = NULL WHERE settled_by = %(user)s",
        "UPDATE reconciliation_differences SET resolved_by = NULL WHERE resolved_by = %(user)s",
        "UPDATE payments SET checkout_id = NULL, checkout_url = NULL, payment_intent = NULL, card_fingerprint = NULL"
        " WHERE payer_user_id = %(user)s",
    )


async def _blockers(uow: UnitOfWork, person: Person) -> list[Blocker]:
    found = await uow.sql(
        "SELECT 1 FROM payments p WHERE p.payer_user_id = %(user)s"
        " AND (p.status IN ('pending', 'processing', 'refunding') OR EXISTS (SELECT FROM refunds r"
        " WHERE r.payment_id = p.id AND r.status NOT IN ('succeeded', 'covered', 'by_hand'))) LIMIT 1",
        user=person.id,
    )
    return [Blocker("payment")] if found else []


register(
    Holder(
        area="payments",
        export=_export,
        erase=_erase,
        blockers=_blockers,
        kept=(
            Kept(
                "payments", "SELECT max(created_at) AS since FROM payments WHERE payer_user_id = %(user)s", _TEN_YEARS
            ),
        ),
        rules=(
            Rule(
                "payment_events",
                Period(months=13),
                forgets("DELETE FROM webhook_events WHERE received_at < %(before)s"),
            ),
            Rule("payments", _TEN_YEARS, forgets("DELETE FROM payments WHERE created_at < %(before)s")),
        ),
    )
)
