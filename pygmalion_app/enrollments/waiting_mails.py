"""The mails of the waiting list: joined, seats offered, offer lapsed, list closed."""

from typing import Any

from pygmalion_app.core.addresses import address
from pygmalion_app.core.i18n import format_moment
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments import mails
from pygmalion_app.enrollments.waiting_models import WaitingEntry
from pygmalion_app.notifications.service import queue_email


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


async def _tell(uow: UnitOfWork, entry: WaitingEntry, template: str, position: int = 0) -> None:
    facts = await mails.facts_of(uow, entry.session_id, entry.user_id)
    locale = facts.buyer.locale
    deadline = entry.offer_expires_at
    words: dict[str, Any] = facts.words(locale) | {
        "first_name": facts.buyer.first_name,
        "quantity": entry.quantity,
        "position": position,
        "deadline": format_moment(locale, deadline, facts.session.time_zone) if deadline else "",
        "called_off": "yes" if facts.session.status == "cancelled" else "no",
    }
    paths = {
        "waiting-joined": address("training", locale),
        "waiting-offered": address("enrol", locale, session_id=entry.session_id),
    }
    path = paths.get(template) or facts.course_path(locale)
    await queue_email(uow, facts.buyer.email, template, locale, path=path, **words)
