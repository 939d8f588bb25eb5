"""Taking signatures: on the trainer's screen, on one's own after scanning, and the trainer's own under them all.

All writes to a session's attendance stand in line behind one advisory lock, so that nobody is noted behind the
trainer's signature, and two devices that send the same half-day leave one mark.
"""

from datetime import datetime, timedelta
from typing import Final, LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.attendance import codes, drawing
from pygmalion_app.attendance.errors import (
    AttendanceClosedError,
    AttendanceIncompleteError,
    AttendanceNotOpenError,
)
from pygmalion_app.attendance.half_days import HalfDay
from pygmalion_app.attendance.models import AttendanceCountersignature, AttendanceMark, Method, Presence, Reason
from pygmalion_app.attendance.queries import AFTER, BEFORE, days_of, expected, mark_view
from pygmalion_app.attendance.schemas import Countersign, HalfDayKey, Mark, MarkView
from pygmalion_app.core import audit
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments.teaching import TaughtSession, taught_session
from pygmalion_app.sessions.models import SessionStatus

_LOCK: LiteralString = "SELECT pg_advisory_xact_lock(hashtextextended('attendance:' || %(session)s::text, 0))"
_SKEW: Final = timedelta(minutes=5)
"""How far a device's clock may run ahead before ours is believed instead."""
_SAID: Final = (
    *("enrollment_id", "client_id", "state", "reason", "note", "minutes_late"),
    *("method", "recorded_by", "signed_at", "received_at"),
)
"""What a later mark says anew."""
GRACE: Final = timedelta(minutes=15)
"""Who scans later than this into a half-day is late."""


async def mark(uow: UnitOfWork, session_id: UUID, command: Mark) -> MarkView:
    """Note a participant's half-day from the trainer's screen; sending the same again changes nothing.

    Raises NotFoundError (session, half-day or participant), AttendanceNotOpenError, AttendanceClosedError.
    """
    session = await taught_session(uow, session_id)
    half = half_of(session, command)
    moment = signed_at(uow, command.signed_at)
    require_open(uow, session, half, moment)
    person = next((one for one in await expected(uow, session_id) if one.id == command.enrollment_id), None)
    if person is None:
        raise NotFoundError(enrollment=str(command.enrollment_id))
    row = AttendanceMark(
        session_id=session_id,
        organization_id=session.organization_id,
        enrollment_id=command.enrollment_id,
        user_id=person.participant.user_id,
        day=command.day,
        part=command.part,
        client_id=command.client_id,
        state=command.state,
        reason=Reason.NONE if command.state is Presence.PRESENT else command.reason,
        note="" if command.state is Presence.PRESENT else command.note,
        minutes_late=command.minutes_late if command.state is Presence.LATE else None,
        method=Method.HANDED if command.drawing else Method.STATED,
        recorded_by=uow.actor.user_id,
        signed_at=moment,
        received_at=uow.clock.now(),
    )
    return await keep(uow, row, command.drawing)


async def keep(uow: UnitOfWork, row: AttendanceMark, strokes: str | None) -> MarkView:
    """Write a mark, or return the one that stays; the caller has been allowed to and checked the half-day.

    The same `client_id` again returns what it left. A later mark takes the place of an earlier one; an earlier one that
    comes late does not, unless it is a signature against an absence. Raises AttendanceClosedError.
    """
    async with uow.elevated():
        await uow.sql(_LOCK, session=row.session_id)
        query = select(AttendanceMark).where(
            col(AttendanceMark.session_id) == row.session_id,
            col(AttendanceMark.user_id) == row.user_id,
            col(AttendanceMark.day) == row.day,
            col(AttendanceMark.part) == row.part,
        )
        there = (await uow.session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
        if there is not None and there.client_id == row.client_id:
            return mark_view(there)
        if await _countersignature(uow, row.session_id, row.day, row.part) is not None:
            raise AttendanceClosedError
        if there is not None and _stays(there, row):
            return mark_view(there)
        if there is not None:
            for name in _SAID:
                setattr(there, name, getattr(row, name))
            row = there
        else:
            uow.session.add(row)
        drawing.seal(uow.settings.file_key_ring, row, strokes)
        await uow.session.flush()
    return mark_view(row)


async def countersign(uow: UnitOfWork, session_id: UUID, command: Countersign) -> None:
    """Sign a half-day as its trainer; sending the same again changes nothing.

    Raises NotFoundError, AttendanceNotOpenError, AttendanceIncompleteError (with how many are missing),
    AttendanceClosedError when somebody else has signed it.
    """
    session = await taught_session(uow, session_id)
    half = half_of(session, command)
    moment = signed_at(uow, command.signed_at)
    if session.status == SessionStatus.CANCELLED or not (
        half.starts_at <= moment or uow.settings.allows_early_validation
    ):
        raise AttendanceNotOpenError
    people = {one.participant.user_id for one in await expected(uow, session_id)}
    async with uow.elevated():
        await uow.sql(_LOCK, session=session_id)
        there = await _countersignature(uow, session_id, command.day, command.part)
        if there is not None:
            if there.client_id == command.client_id:
                return
            raise AttendanceClosedError
        noted = select(col(AttendanceMark.user_id)).where(
            col(AttendanceMark.session_id) == session_id,
            col(AttendanceMark.day) == command.day,
            col(AttendanceMark.part) == command.part,
        )
        missing = people - set((await uow.session.execute(noted)).scalars())
        if missing:
            raise AttendanceIncompleteError(missing=len(missing))
        row = AttendanceCountersignature(
            session_id=session_id,
            organization_id=session.organization_id,
            user_id=uow.actor.require_user(),
            day=command.day,
            part=command.part,
            client_id=command.client_id,
            signed_at=moment,
            received_at=uow.clock.now(),
        )
        drawing.seal(uow.settings.file_key_ring, row, command.drawing)
        uow.session.add(row)
        await uow.session.flush()
    await audit.record(
        uow, "attendance.countersigned", subject_id=session_id, organization_id=row.organization_id,
        facts={"day": command.day.isoformat(), "part": command.part},
    )  # fmt: skip


async def reopen(uow: UnitOfWork, session_id: UUID, command: HalfDayKey) -> None:
    """Take the trainer's signature back, so that a mistake can be put right; the audit trail keeps that it was done.

    Opening what is open changes nothing. Raises NotFoundError.
    """
    half_of(await taught_session(uow, session_id), command)
    async with uow.elevated():
        await uow.sql(_LOCK, session=session_id)
        there = await _countersignature(uow, session_id, command.day, command.part)
        if there is None:
            return
        await uow.session.delete(there)
        await uow.session.flush()
    await audit.record(
        uow, "attendance.reopened", subject_id=session_id, organization_id=there.organization_id,
        facts={"day": command.day.isoformat(), "part": command.part},
    )  # fmt: skip


def half_of(session: TaughtSession, named: Mark | Countersign | HalfDayKey | codes.Place) -> HalfDay:
    """Return the half-day that is named; NotFoundError when the session has none such (it was moved)."""
    found = next((one for one in days_of(session) if one.key == (named.day, named.part)), None)
    if found is None:
        raise NotFoundError(session=str(session.session_id), day=named.day.isoformat())
    return found


def require_open(uow: UnitOfWork, session: TaughtSession, half: HalfDay, moment: datetime) -> None:
    """Raise AttendanceNotOpenError unless a signature made at a moment can count for a half-day."""
    taken = half.starts_at - BEFORE <= moment <= half.ends_at + AFTER
    if session.status == SessionStatus.CANCELLED or not (taken or uow.settings.allows_early_validation):
        raise AttendanceNotOpenError


def signed_at(uow: UnitOfWork, told: datetime) -> datetime:
    """Return when something was signed, by the device's clock unless that one runs ahead of ours."""
    now = uow.clock.now()
    return now if told > now + _SKEW else told


def _stays(there: AttendanceMark, coming: AttendanceMark) -> bool:
    """Tell whether what is there outlives a mark that is coming in."""
    against_absence = there.state == Presence.ABSENT and coming.state != Presence.ABSENT
    return coming.signed_at < there.signed_at and not against_absence


async def _countersignature(
    uow: UnitOfWork, session_id: UUID, day: object, part: int
) -> AttendanceCountersignature | None:
    query = select(AttendanceCountersignature).where(
        col(AttendanceCountersignature.session_id) == session_id,
        col(AttendanceCountersignature.day) == day,
        col(AttendanceCountersignature.part) == part,
    )
    return (await uow.session.execute(query)).scalar_one_or_none()
