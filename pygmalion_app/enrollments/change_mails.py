"""The mails of a seat that changes hands or moves to another session."""

from typing import Any
from uuid import UUID

from pygmalion_app.accounts.models import User
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments.mails import MailFacts, facts_of
from pygmalion_app.enrollments.models import Enrollment, Order
from pygmalion_app.notifications.service import queue_email


async def participant_replaced(uow: UnitOfWork, session_id: UUID, before: UUID, newcomer: UUID) -> None:
    """Call the new participant up, and tell the one before that they are expected no more."""
    facts = await facts_of(uow, session_id, before)
    await _to(uow, facts, "participant-replaced", facts.buyer)
    await _to(uow, facts, "convocation", await uow.session.get_one(User, newcomer))


async def seat_moved(uow: UnitOfWork, order: Order, seat: Enrollment) -> None:
    """Tell the participant, and the buyer if that is somebody else, the new dates."""
    facts = await facts_of(uow, seat.session_id, order.buyer_user_id)
    person = await uow.session.get_one(User, seat.user_id)
    await _to(uow, facts, "seat-moved", person)
    if person.id == facts.buyer.id:
        return
    locale = facts.buyer.locale
    words: dict[str, Any] = facts.words(locale) | {
        "first_name": facts.buyer.first_name,
        "participant": f"{person.first_name} {person.last_name}",
    }
    path = f"/{locale}/orders/{order.id}"
    await queue_email(uow, facts.buyer.email, "seat-moved-buyer", locale, path=path, **words)


async def _to(uow: UnitOfWork, facts: MailFacts, template: str, person: User) -> None:
    words: dict[str, Any] = facts.words(person.locale) | {"first_name": person.first_name}
    await queue_email(uow, person.email, template, person.locale, path=f"/{person.locale}/training", **words)
