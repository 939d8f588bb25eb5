"""What instalments hold on people: when how much of their payment was taken. They go with the payment itself.

The gateway's names for the charge and the page go with an erasure, or 13 months after the charge, as the payment's do.
"""

from pygmalion_app.core.privacy import (
    Ground,
    Held,
    Holder,
    Period,
    Person,
    Rule,
    erase_rows,
    forgets,
    records,
    register,
)
from pygmalion_app.core.unit_of_work import UnitOfWork


async def _export(uow: UnitOfWork, person: Person) -> Held:
    instalments = await records(
        uow,
        "SELECT i.* FROM instalments i JOIN payments p ON p.id = i.payment_id"
        " WHERE p.payer_user_id = %(user)s ORDER BY i.due_at",
        person,
    )
    return Held({"instalments": instalments})


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    await erase_rows(
        uow,
        person,
        "UPDATE instalments i SET payment_intent = NULL, checkout_id = NULL, checkout_url = NULL"
        " FROM payments p WHERE p.id = i.payment_id AND p.payer_user_id = %(user)s",
    )


register(
    Holder(
        area="instalments",
        export=_export,
        erase=_erase,
        rules=(
            Rule(
                "instalment_details",
                Period(months=13),
                forgets(
                    "UPDATE instalments SET payment_intent = NULL, checkout_id = NULL, checkout_url = NULL"
                    " WHERE coalesce(paid_at, due_at) < %(before)s"
                    " AND num_nonnulls(payment_intent, checkout_id, checkout_url) > 0"
                ),
            ),
        ),
    )
)
