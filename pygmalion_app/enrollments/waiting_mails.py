"""The mails of the waiting list: joined, seats offered, offer lapsed, list closed."""

from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments import mails
from pygmalion_app.enrollments.waiting_models import WaitingEntry
from pygmalion_app.notifications.facts import moment
from pygmalion_app.notifications.telling import Link, notify


async def joined(uow: UnitOfWork, entry: WaitingEntry, position: int) -> None:
    """Confirm the place in the queue."""
    await _tell(uow, entry, "waiting-joined", position=position)


async def offered(uow: UnitOfWork, entry: WaitingEntry) -> None:
    """Offer the seats, with the deadline and the way to them."""
    await _tell(uow, entry, "waiting-offered")


async def lapsed(uow: UnitOfWork, entry: WaitingEntry) -> None:
    """Tell that the offer is over and the seats go to the next."""
    await _tell(uow, entry, "waiting-lapsed")


async def closed(uow: UnitOfWork, entry: WaitingEntry) -> None:
    """Tell that nothing came free before the session began or was called off."""
    await _tell(uow, entry, "waiting-closed")


async def _tell(uow: UnitOfWork, entry: WaitingEntry, kind: str, position: int = 0) -> None:
    facts = await mails.facts_of(uow, entry.session_id, entry.user_id)
    deadline = entry.offer_expires_at
    said = facts.facts() | {
        "quantity": entry.quantity,
        "position": position,
        "deadline": moment(deadline, facts.session.time_zone) if deadline else "",
        "called_off": "yes" if facts.session.status == "cancelled" else "no",
    }
    links = {
        "waiting-joined": Link("training"),
        "waiting-offered": Link("enrol", {"session_id": entry.session_id}),
    }
    await notify(uow, entry.user_id, kind, said, links.get(kind) or facts.course_page)
