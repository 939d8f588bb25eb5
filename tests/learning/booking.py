"""Seats that a company bought."""

from uuid import UUID

from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from pygmalion_app.enrollments.models import Enrollment, EnrollmentStatus, Order, OrderStatus, Payer
from tests.cast import Cast


async def book(
    container: Container, cast: Cast, *people: Actor, status: EnrollmentStatus = EnrollmentStatus.CONFIRMED
) -> list[UUID]:
    """Have Marc's company buy people seats in the session; returns the seats."""
    async with unit_of_work(SYSTEM, container) as uow:
        order = Order(
            buyer_user_id=cast.marc.require_user(),
            buyer_organization_id=cast.company,
            seller_organization_id=cast.school,
            session_id=cast.session,
            payer=Payer.COMPANY,
            quantity=len(people),
            unit_price_cents=1,
            net_cents=len(people),
            vat_cents=0,
            total_cents=len(people),
            vat_regime="exempt_261_4_4",
            status=OrderStatus.CONFIRMED,
            hold_expires_at=uow.clock.now(),
        )
        uow.session.add(order)
        await uow.session.flush()
        seats = [
            Enrollment(
                order_id=order.id,
                session_id=cast.session,
                course_id=cast.course,
                user_id=person.require_user(),
                status=status,
            )
            for person in people
        ]
        uow.session.add_all(seats)
        await uow.session.flush()
        return [seat.id for seat in seats]
