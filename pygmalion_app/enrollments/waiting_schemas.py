"""What the waiting list takes and gives."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from pygmalion_app.accounts.schemas import Person
from pygmalion_app.core.schemas import Command, View
from pygmalion_app.enrollments.models import Payer
from pygmalion_app.enrollments.schemas import MAX_PARTICIPANTS, OrderTerms


class JoinWaitingList(Command):
    """Wait for so many seats together. Left out, the payer is the company that one may buy for, else oneself."""

    quantity: Annotated[int, Field(ge=1, le=MAX_PARTICIPANTS)] = 1
    payer: Payer | None = None
    organization_id: UUID | None = None
    participants: Annotated[tuple[Person, ...], Field(max_length=MAX_PARTICIPANTS)] = ()


class AcceptOffer(OrderTerms):
    """Enrol participants on the seats that are offered: all of them or none. Seats left over go to the next."""


class WaitingView(View):
    """A place in a waiting list, as its owner sees it. `position` counts from 1, and is 0 when it waits no more."""

    id: UUID
    session_id: UUID
    status: str
    quantity: int
    ticket: int
    position: int
    waiting: int
    """How many buyers wait for this session, oneself included."""
    organization_id: UUID | None
    buyer_name: str
    participants: tuple[Person, ...]
    course_slug: str
    course_title: str
    course_title_en: str
    organization_name: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    location: str
    joined_at: datetime
    offer_expires_at: datetime | None
    order_id: UUID | None


class QueueEntry(View):
    """A place in the queue of a session, as its training organisation sees it."""

    position: int
    name: str
    email: str
    company: str
    quantity: int
    status: str
    held_seats: int
    joined_at: datetime
    offer_expires_at: datetime | None


class Queue(View):
    """How many wait for a session: buyers, and the seats they would take."""

    session_id: UUID
    buyers: int
    seats: int
    tickets: tuple[int, ...]
