"""Sales in the books, as reports read them."""

from datetime import timedelta
from uuid import UUID

from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import unit_of_work
from pygmalion_app.enrollments.models import Order, OrderStatus, Payer
from pygmalion_app.payments import accounting
from pygmalion_app.payments.models import Payment
from tests.cast import Cast
from tests.clock import day_in_france

CENTS = 114_000
COMMISSION = 9_500


async def sell(cast: Cast, *, session: UUID | None = None, paid: bool = True, back: int = 0) -> UUID:
    """Sell one seat to the company for 1,140.00 EUR, charge it, give some of it back; return the order."""
    assert cast.marc.user_id
    async with unit_of_work(SYSTEM) as uow:
        now = uow.clock.now()
        order = Order(
            id=new_id(),
            buyer_user_id=cast.marc.user_id,
            buyer_organization_id=cast.company,
            seller_organization_id=cast.school,
            session_id=session or cast.session,
            payer=Payer.COMPANY,
            quantity=1,
            unit_price_cents=95_000,
            net_cents=95_000,
            vat_cents=19_000,
            total_cents=CENTS,
            vat_regime="standard_20",
            status=OrderStatus.CONFIRMED,
            hold_expires_at=now,
            confirmed_at=now,
        )
        uow.session.add(order)
        payment = Payment(
            reference=order.id,
            payer_user_id=cast.marc.user_id,
            payer_organization_id=cast.company,
            payee_organization_id=cast.school,
            amount_cents=CENTS,
            commission_cents=COMMISSION,
            expires_at=now,
        )
        uow.session.add(payment)
        await uow.session.flush()
        await accounting.sold(uow, payment)
        if paid:
            await accounting.charged(uow, payment, CENTS, COMMISSION, f"pi_{payment.id}", accounting.CHECKOUT)
        if back:
            commission = accounting.share(COMMISSION, back, CENTS)
            await accounting.credited(uow, payment, back, commission, "seat")
            await accounting.refunded(uow, payment, back, commission, f"re_{payment.id}", str(payment.id))
    return order.id


async def stand(organization: UUID, *statuses: tuple[UUID | None, str, str]) -> None:
    """Write where people of an organisation stand: (person, requirement, status), as the recomputation would."""
    async with unit_of_work(SYSTEM) as uow:
        today = day_in_france(uow.clock.now())
        for user, key, status in statuses:
            await uow.sql(
                """INSERT INTO compliance_statuses (organization_id, user_id, requirement_key, status, until,
                decided_by_kind, computed_at) VALUES (%(org)s, %(user)s, %(key)s, %(status)s, %(until)s, '', now())""",
                org=organization,
                user=user,
                key=key,
                status=status,
                until=today + timedelta(days=20) if status == "expiring" else None,
            )
