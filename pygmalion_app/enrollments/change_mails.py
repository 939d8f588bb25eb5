"""The mails of a seat that changes hands or moves to another session."""

from uuid import UUID

from pygmalion_app.accounts.models import User
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments.mails import CALENDAR, called_up, facts_of
from pygmalion_app.enrollments.models import Enrollment, Order
from pygmalion_app.notifications.attachments import Attached
from pygmalion_app.notifications.telling import Link, notify


async def participant_replaced(uow: UnitOfWork, seat: Enrollment, before: UUID) -> None:
    """Call the new participant up, and tell the one before that they are expected no more."""
    facts = await facts_of(uow, seat.session_id, before)
    await notify(uow, before, "participant-replaced", facts.facts(), Link("training"))
    await called_up(uow, seat.user_id, seat.id, facts)


async def seat_moved(uow: UnitOfWork, order: Order, seat: Enrollment) -> None:
    """Tell the participant, and the buyer if that is somebody else, the new dates."""
    facts = await facts_of(uow, seat.session_id, order.buyer_user_id)
    person = await uow.session.get_one(User, seat.user_id)
    entry = Attached(CALENDAR, seat.id)
    await notify(uow, person.id, "seat-moved", facts.facts(), Link("training"), attached=entry)
    if person.id == facts.buyer.id:
        return
    private = {"participant": f"{person.first_name} {person.last_name}"}
    link = Link("order", {"order_id": order.id})
    await notify(uow, facts.buyer.id, "seat-moved-buyer", facts.facts(), link, private=private)
