"""Reads of attendance: to the session's trainer and its organisation's admin."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.accounts.models import User
from pygmalion_app.attendance.half_days import HalfDay, half_days
from pygmalion_app.attendance.models import AttendanceCountersignature, AttendanceMark, Presence
from pygmalion_app.attendance.schemas import (
    Attended,
    AttendeeView,
    CountersignatureView,
    HalfDayView,
    MarkView,
    SheetView,
)
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments import queries as enrollments
from pygmalion_app.enrollments.models import EnrollmentStatus
from pygmalion_app.enrollments.schemas import EnrollmentView
from pygmalion_app.enrollments.teaching import TaughtSession, taught_session

BEFORE: Final = timedelta(hours=1)
"""People sign on arriving."""
AFTER: Final = timedelta(hours=24)
"""What is signed later proves nothing; it may still be received later."""
LATE_SENDING: Final = timedelta(minutes=2)
EXPECTED: Final = (EnrollmentStatus.CONFIRMED, EnrollmentStatus.IN_PROGRESS, EnrollmentStatus.COMPLETED)

_COUNTED: LiteralString = """
SELECT e.id AS enrollment_id, count(m.id) FILTER (WHERE m.state <> 'absent') AS signed,
  count(m.id) FILTER (WHERE m.state = 'absent') AS absent,
  (SELECT count(*) FROM attendance_countersignatures c WHERE c.session_id = %(session)s) AS settled
FROM enrollments e LEFT JOIN attendance_marks m ON m.session_id = e.session_id AND m.user_id = e.user_id
WHERE e.session_id = %(session)s AND e.status <> 'CANCELLED' GROUP BY e.id
"""


async def sheet(uow: UnitOfWork, session_id: UUID) -> SheetView:
    """Return a session's attendance to its trainer and its organisation's admin; NotFoundError to anybody else."""
    session = await taught_session(uow, session_id)
    people = await expected(uow, session_id)
    seats = {one.participant.user_id: one.id for one in people}
    marks = await marks_of(uow, session_id)
    signatures = await countersignatures_of(uow, session_id)
    return SheetView(
        session_id=session_id,
        course_title=session.course_title,
        course_title_en=session.course_title_en,
        organization_name=session.organization_name,
        trainer_name=session.trainer_name,
        location=session.location,
        time_zone=session.time_zone,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        half_days=tuple(half_day_view(uow, one, cancelled=session.status == "cancelled") for one in days_of(session)),
        people=tuple(
            AttendeeView(
                enrollment_id=one.id, first_name=one.participant.first_name, last_name=one.participant.last_name
            )
            for one in people
        ),
        marks=tuple(mark_view(row, seats[row.user_id]) for row in marks if row.user_id in seats),
        countersignatures=tuple(
            CountersignatureView(
                day=row.day,
                part=row.part,
                name=name,
                signed_at=row.signed_at,
                received_at=row.received_at,
                sent_late=_sent_late(row.signed_at, row.received_at),
            )
            for row, name in signatures
        ),
    )


async def attended(uow: UnitOfWork, session_id: UUID) -> dict[UUID, Attended]:
    """Return how much of a session each participant signed for, by enrolment, in one statement.

    Raises NotFoundError unless the caller teaches or administers the session.
    """
    total = len(days_of(await taught_session(uow, session_id)))
    rows = await uow.sql(_COUNTED, session=session_id)
    return {
        row["enrollment_id"]: Attended(
            enrollment_id=row["enrollment_id"],
            signed=row["signed"],
            absent=row["absent"],
            total=total,
            settled=row["settled"] >= total,
        )
        for row in rows
    }


def days_of(session: TaughtSession) -> tuple[HalfDay, ...]:
    """Return a session's half-days."""
    return half_days(session.starts_at, session.ends_at, session.time_zone)


async def expected(uow: UnitOfWork, session_id: UUID) -> tuple[EnrollmentView, ...]:
    """Return who is to sign, by name."""
    return tuple(one for one in await enrollments.of_session(uow, session_id) if one.status in EXPECTED)


async def marks_of(uow: UnitOfWork, session_id: UUID) -> Sequence[AttendanceMark]:
    """Return everything that was noted, to a caller who was allowed to see the session's attendance."""
    query = select(AttendanceMark).where(col(AttendanceMark.session_id) == session_id)
    return (await uow.session.execute(query)).scalars().all()


async def countersignatures_of(uow: UnitOfWork, session_id: UUID) -> list[tuple[AttendanceCountersignature, str]]:
    """Return the trainer's signatures, with the name of who signed."""
    query = (
        select(AttendanceCountersignature, User)
        .join(User, col(User.id) == col(AttendanceCountersignature.user_id))
        .where(col(AttendanceCountersignature.session_id) == session_id)
        .order_by(col(AttendanceCountersignature.day), col(AttendanceCountersignature.part))
    )
    async with uow.elevated():
        rows = (await uow.session.execute(query)).all()
    return [(row, f"{user.first_name} {user.last_name}") for row, user in rows]


def half_day_view(uow: UnitOfWork, one: HalfDay, *, cancelled: bool = False) -> HalfDayView:
    """Return a half-day as shown now."""
    taken = one.starts_at - BEFORE <= uow.clock.now() <= one.ends_at + AFTER
    return HalfDayView(
        day=one.day,
        part=one.part,
        word=one.word,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        open=not cancelled and (taken or uow.settings.allows_early_validation),
    )


def mark_view(row: AttendanceMark, enrollment_id: UUID | None = None) -> MarkView:
    """Return a mark as shown, under the seat that its person has now."""
    return MarkView(
        enrollment_id=enrollment_id or row.enrollment_id,
        day=row.day,
        part=row.part,
        state=row.state,
        reason=row.reason,
        note=row.note,
        minutes_late=row.minutes_late if row.state == Presence.LATE else None,
        method=row.method,
        signed_at=row.signed_at,
        received_at=row.received_at,
        sent_late=_sent_late(row.signed_at, row.received_at),
    )


def _sent_late(signed_at: datetime, received_at: datetime) -> bool:
    return received_at - signed_at > LATE_SENDING
