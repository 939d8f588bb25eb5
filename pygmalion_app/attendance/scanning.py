"""Signing on one's own screen: the trainer shows a code, the participant scans it and draws."""

from datetime import datetime
from typing import Final
from uuid import UUID

import segno
from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.accounts.models import User
from pygmalion_app.attendance import codes
from pygmalion_app.attendance.errors import AttendanceNotOpenError, NotParticipantError
from pygmalion_app.attendance.half_days import HalfDay
from pygmalion_app.attendance.models import AttendanceMark, Method, Presence, Reason
from pygmalion_app.attendance.queries import AFTER, EXPECTED, half_day_view
from pygmalion_app.attendance.schemas import CodeView, HalfDayKey, MarkView, SignByTicket, TicketView
from pygmalion_app.attendance.service import GRACE, half_of, keep, require_open, signed_at
from pygmalion_app.core.addresses import address
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.i18n import supported
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments.models import Enrollment
from pygmalion_app.enrollments.teaching import TaughtSession, known_session, taught_session

_SCANNED_BEFORE_SIGNED: Final = AFTER
"""How long a ticket may wait in a phone without a network."""


async def show_code(uow: UnitOfWork, session_id: UUID, half: HalfDayKey, locale: str) -> CodeView:
    """Return the code to show now for a half-day, to its trainer; it turns every few seconds.

    Raises NotFoundError, AttendanceNotOpenError.
    """
    session = await taught_session(uow, session_id)
    now = uow.clock.now()
    require_open(uow, session, half_of(session, half), now)
    shown = codes.code(uow.settings.session_secret, session_id, half.day, half.part, now)
    url = uow.settings.base_url + address("attend", supported(locale), token=shown)
    image = segno.make(url, error="m", micro=False).svg_data_uri(scale=6, border=3, dark="#0a1831", light="#ffffff")
    return CodeView(url=url, image=image, turns_seconds=codes.TURNS_SECONDS)


async def scan(uow: UnitOfWork, text: str) -> TicketView:
    """Return what a scanned code lets the caller sign, with the ticket to do it by.

    Raises NotAuthenticatedError, AttendanceCodeError, NotParticipantError, NotFoundError, AttendanceNotOpenError.
    """
    user_id, now = uow.actor.require_user(), uow.clock.now()
    place = codes.read_code(uow.settings.session_secret, text, now)
    session, seat, half = await _seat(uow, place)
    require_open(uow, session, half, now)
    signed = select(col(AttendanceMark.id)).where(
        col(AttendanceMark.session_id) == place.session_id,
        col(AttendanceMark.user_id) == user_id,
        col(AttendanceMark.day) == place.day,
        col(AttendanceMark.part) == place.part,
        col(AttendanceMark.state) != Presence.ABSENT,
    )
    person = await uow.session.get_one(User, seat.user_id)
    return TicketView(
        ticket=codes.ticket(uow.settings.session_secret, place, user_id, now),
        session_id=session.session_id,
        course_title=session.course_title,
        course_title_en=session.course_title_en,
        organization_name=session.organization_name,
        location=session.location,
        time_zone=session.time_zone,
        name=f"{person.first_name} {person.last_name}",
        half_day=half_day_view(uow, half),
        minutes_late=_minutes_late(half, now),
        signed=(await uow.session.execute(signed)).first() is not None,
    )


async def sign(uow: UnitOfWork, command: SignByTicket) -> MarkView:
    """Keep what a participant drew; sending it again changes nothing.

    How late they were is counted from when they scanned, which our own clock knows. Raises AttendanceCodeError,
    NotFoundError (somebody else's ticket), NotParticipantError, AttendanceNotOpenError, AttendanceClosedError.
    """
    user_id = uow.actor.require_user()
    place = codes.read_ticket(uow.settings.session_secret, command.ticket)
    if place.user_id != user_id:
        raise NotFoundError(session=str(place.session_id))
    session, seat, half = await _seat(uow, place)
    moment = max(signed_at(uow, command.signed_at), place.at)
    if moment - place.at > _SCANNED_BEFORE_SIGNED:
        raise AttendanceNotOpenError
    require_open(uow, session, half, moment)
    late = _minutes_late(half, place.at)
    row = AttendanceMark(
        session_id=place.session_id,
        organization_id=session.organization_id,
        enrollment_id=seat.id,
        user_id=user_id,
        day=place.day,
        part=place.part,
        client_id=command.client_id,
        state=Presence.LATE if late else Presence.PRESENT,
        reason=command.reason if late else Reason.NONE,
        note=command.note if late else "",
        minutes_late=late,
        method=Method.CODE,
        recorded_by=user_id,
        signed_at=moment,
        received_at=uow.clock.now(),
    )
    return await keep(uow, row, command.drawing)


async def _seat(uow: UnitOfWork, place: codes.Place) -> tuple[TaughtSession, Enrollment, HalfDay]:
    """Return the caller's own seat in the half-day's session."""
    query = select(Enrollment).where(
        col(Enrollment.session_id) == place.session_id,
        col(Enrollment.user_id) == uow.actor.require_user(),
        col(Enrollment.status).in_(EXPECTED),
    )
    seat = (await uow.session.execute(query)).scalar_one_or_none()
    if seat is None:
        raise NotParticipantError
    async with uow.elevated():
        session = await known_session(uow, place.session_id)
    return session, seat, half_of(session, place)


def _minutes_late(half: HalfDay, moment: datetime) -> int | None:
    """Return how late somebody is, None within the grace; the day's end bounds it."""
    if moment <= half.starts_at + GRACE:
        return None
    return min(round((min(moment, half.ends_at) - half.starts_at).total_seconds() / 60), 720)
