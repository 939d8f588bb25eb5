"""What attendance takes and gives."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field, model_validator

from pygmalion_app.attendance.drawing import LONGEST, PATTERN, SHORTEST
from pygmalion_app.attendance.models import Presence, Reason
from pygmalion_app.core.schemas import Command, View

Strokes = Annotated[str, Field(min_length=SHORTEST, max_length=LONGEST, pattern=PATTERN)]
"""The path of a signature as SVG writes it: `M12 40 L13 44 …` on a field of 600 by 200."""
Part = Annotated[int, Field(ge=1, le=2)]


class Mark(Command):
    """What the trainer's screen takes of one participant: a signature, or an absence and why."""

    client_id: UUID
    enrollment_id: UUID
    day: date
    part: Part
    state: Presence
    reason: Reason = Reason.NONE
    note: Annotated[str, Field(max_length=200)] = ""
    minutes_late: Annotated[int, Field(ge=1, le=720)] | None = None
    signed_at: AwareDatetime
    drawing: Strokes | None = None

    @model_validator(mode="after")
    def _signed_or_absent(self) -> "Mark":
        if (self.state is Presence.ABSENT) != (self.drawing is None):
            message = "who is there signs, and who is absent does not"
            raise ValueError(message)
        if self.state is Presence.ABSENT and self.reason is Reason.NONE:
            message = "an absence has a reason, `unknown` among them"
            raise ValueError(message)
        return self


class Countersign(Command):
    """The trainer's signature under a half-day."""

    client_id: UUID
    day: date
    part: Part
    signed_at: AwareDatetime
    drawing: Strokes


class HalfDayKey(Command):
    """Names a half-day of a session."""

    day: date
    part: Part


class SignByTicket(Command):
    """What a participant draws on their own screen, by the ticket that scanning gave."""

    client_id: UUID
    ticket: Annotated[str, Field(max_length=200)]
    reason: Reason = Reason.NONE
    note: Annotated[str, Field(max_length=200)] = ""
    signed_at: AwareDatetime
    drawing: Strokes


class MarkView(View):
    """One participant's half-day. `sent_late` is true when it was received much later than it was signed."""

    enrollment_id: UUID
    day: date
    part: int
    state: str
    reason: str
    note: str
    minutes_late: int | None
    method: str
    signed_at: datetime
    received_at: datetime
    sent_late: bool


class CountersignatureView(View):
    """The trainer's signature under a half-day."""

    day: date
    part: int
    name: str
    signed_at: datetime
    received_at: datetime
    sent_late: bool


class HalfDayView(View):
    """A half-day to sign for, UTC. `open` says whether signatures are taken now."""

    day: date
    part: int
    word: str
    starts_at: datetime
    ends_at: datetime
    open: bool


class AttendeeView(View):
    """Somebody who is expected."""

    enrollment_id: UUID
    first_name: str
    last_name: str


class SheetView(View):
    """A session's whole attendance."""

    session_id: UUID
    course_title: str
    course_title_en: str
    organization_name: str
    trainer_name: str
    location: str
    time_zone: str
    starts_at: datetime
    ends_at: datetime
    half_days: tuple[HalfDayView, ...]
    people: tuple[AttendeeView, ...]
    marks: tuple[MarkView, ...]
    countersignatures: tuple[CountersignatureView, ...]


class CodeView(View):
    """What the trainer's screen shows to be scanned: the address, and its QR code as an image's address."""

    url: str
    image: str
    turns_seconds: int


class TicketView(View):
    """What scanning gave: for whom and what to sign, and the ticket to do it by."""

    ticket: str
    session_id: UUID
    course_title: str
    course_title_en: str
    organization_name: str
    location: str
    time_zone: str
    name: str
    half_day: HalfDayView
    minutes_late: int | None
    signed: bool
    """Whether this person's signature is already there."""


class Attended(View):
    """How many of a person's half-days were signed for, of those that are settled and of all."""

    enrollment_id: UUID
    signed: int
    absent: int
    total: int
    settled: bool
    """Whether the trainer has signed every half-day: the sheet says all there is to say."""
