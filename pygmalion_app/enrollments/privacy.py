"""What enrolments and orders hold on people: who booked, who took part, who passed.

Enrolments are the record of a training (7 years after the session), orders part of the accounts (10 years). Both hold
ids and facts, no names: once an account is erased, they lead to a name that means nothing.
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

_SEVEN_YEARS, _TEN_YEARS = Period(years=7), Period(years=10)


async def _export(uow: UnitOfWork, person: Person) -> Held:
    enrollments = await records(
        uow,
        "SELECT e.*, c.title AS course, s.starts_at, s.ends_at, s.location FROM enrollments e"
        " JOIN sessions s ON s.id = e.session_id JOIN courses c ON c.id = e.course_id"
        " WHERE e.user_id = %(user)s ORDER BY e.created_at",
        person,
        hide=("validated_by",),
    )
    orders = await records(
        uow, "SELECT * FROM orders WHERE buyer_user_id = %(user)s ORDER BY created_at", person, hide=("request_hash",)
    )
    validated = await records(
        uow,
        "SELECT id AS enrollment, session_id, present, passed, completed_at FROM enrollments"
        " WHERE validated_by = %(user)s ORDER BY completed_at",
        person,
    )
    # Whether one came onto a seat, left it, or changed it for others.
    changes = await records(
        uow,
        "SELECT * FROM enrollment_changes WHERE %(user)s IN (from_user_id, to_user_id, changed_by) ORDER BY created_at",
        person,
        hide=("from_user_id", "to_user_id", "changed_by"),
    )
    return Held({"enrollments": enrollments, "orders": orders, "validations": validated, "seat_changes": changes})


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    await erase_rows(
        uow,
        person,
        # The key is the caller's own text.
        "UPDATE orders SET idempotency_key = NULL, request_hash = NULL WHERE buyer_user_id = %(user)s",
    )


async def _blockers(uow: UnitOfWork, person: Person) -> list[Blocker]:
    """Seats to come, one's own or bought for others: each may still be paid or given back."""
    (found,) = await uow.sql(
        "SELECT count(*) AS seats FROM enrollments e JOIN orders o ON o.id = e.order_id"
        " JOIN sessions s ON s.id = e.session_id WHERE %(user)s IN (e.user_id, o.buyer_user_id)"
        " AND e.status IN ('PENDING', 'CONFIRMED', 'IN_PROGRESS') AND s.ends_at > %(now)s",
        user=person.id,
        now=uow.clock.now(),
    )
    return [Blocker("seats", {"count": str(found["seats"])})] if found["seats"] else []


register(
    Holder(
        area="enrollments",
        export=_export,
        erase=_erase,
        blockers=_blockers,
        kept=(
            Kept(
                "enrollments",
                "SELECT max(s.ends_at) AS since FROM enrollments e JOIN sessions s ON s.id = e.session_id"
                " WHERE %(user)s IN (e.user_id, e.validated_by)",
                _SEVEN_YEARS,
            ),
            Kept("orders", "SELECT max(created_at) AS since FROM orders WHERE buyer_user_id = %(user)s", _TEN_YEARS),
        ),
        rules=(
            # A refund needs these details as long as the session is to come.
            Rule(
                "payment_details",
                Period(months=13),
                forgets(
                    "UPDATE payments p SET checkout_id = NULL, checkout_url = NULL, payment_intent = NULL"
                    " FROM orders o JOIN sessions s ON s.id = o.session_id WHERE o.id = p.reference"
                    " AND greatest(p.created_at, p.paid_at, s.ends_at) < %(before)s"
                    " AND num_nonnulls(p.checkout_id, p.checkout_url, p.payment_intent) > 0"
                ),
            ),
            Rule(
                "enrollments",
                _SEVEN_YEARS,
                forgets(
                    "DELETE FROM enrollments e USING sessions s WHERE s.id = e.session_id AND s.ends_at < %(before)s"
                ),
            ),
            Rule(
                "orders",
                _TEN_YEARS,
                forgets(
                    "DELETE FROM orders o WHERE o.created_at < %(before)s"
                    " AND NOT EXISTS (SELECT FROM enrollments e WHERE e.order_id = o.id)"
                ),
            ),
        ),
    )
)
