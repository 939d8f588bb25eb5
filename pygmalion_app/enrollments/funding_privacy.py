"""What is held on third parties' shares of orders: a file number at an OPCO or CPF may lead to whom it is about.

It is printed on the invoice, so it is kept as long, and goes with its order.
"""

from pygmalion_app.core.privacy import Held, Holder, Kept, Period, Person, records, register
from pygmalion_app.core.unit_of_work import UnitOfWork


async def _export(uow: UnitOfWork, person: Person) -> Held:
    shares = await records(
        uow, "SELECT * FROM order_funding WHERE buyer_user_id = %(user)s ORDER BY created_at", person
    )
    return Held({"third_party_shares": shares})


register(
    Holder(
        area="funding",
        export=_export,
        kept=(
            Kept(
                "funding",
                "SELECT max(created_at) AS since FROM order_funding WHERE buyer_user_id = %(user)s",
                Period(years=10),
            ),
        ),
    )
)
