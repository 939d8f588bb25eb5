"""Planning sessions. Calling one off gives orders back, so that is the enrolments' (`cancellation.cancel_session`)."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import select, text
from sqlmodel import col

from pygmalion_app.catalog.errors import CourseArchivedError, CourseNotFoundError
from pygmalion_app.catalog.models import Course, CourseStatus, Modality
from pygmalion_app.core.permissions import Role
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.organizations.models import OrganizationMember
from pygmalion_app.sessions import policy, wishes
from pygmalion_app.sessions.commands import CreateSession, UpdateSession
from pygmalion_app.sessions.errors import (
    CapacityBelowSeatsError,
    SessionClosedError,
    SessionDatesError,
    SessionHasParticipantsError,
    SessionNotFoundError,
    TrainerUnknownError,
    UnknownTimeZoneError,
)
from pygmalion_app.sessions.models import SessionStatus, TrainingSession

LONGEST: Final = timedelta(days=366)
_FARTHEST: Final = timedelta(days=3 * 366)
# A command's field -> the column that takes it as it is.
_COLUMNS: Final = {
    "location": "location",
    "address": "address",
    "modality": "modality",
    "language": "language",
    "min_participants": "min_participants",
    "price_cents": "price_cents",
}
_NOTIFY_SEATS = text("SELECT pg_notify('seats', :id)")
_OFFER_TASK = "enrollments.offer_seats"


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


async def create_session(uow: UnitOfWork, course_id: UUID, command: CreateSession) -> UUID:
    """Plan a session and return its id.

    Raises CourseNotFoundError, PermissionDeniedError, CourseArchivedError, SessionDatesError, UnknownTimeZoneError,
    TrainerUnknownError.
    """
    uow.actor.require_user()
    course = await uow.session.get(Course, course_id)
    if course is None:
        raise CourseNotFoundError
    policy.require_create(uow.actor, course)
    if course.status == CourseStatus.ARCHIVED:
        raise CourseArchivedError
    await _require_trainer(uow, course.organization_id, command.trainer_id)
    starts_at, ends_at = _period(command.start_date, command.end_date, command.time_zone, uow.clock.now())
    session = TrainingSession(
        course_id=course.id,
        organization_id=course.organization_id,
        trainer_id=command.trainer_id,
        starts_at=starts_at,
        ends_at=ends_at,
        time_zone=command.time_zone,
        location=command.location,
        airport_code=command.airport_code,
        address=command.address,
        modality=command.modality or next(iter(course.modalities), Modality.PRESENTIEL),
        language=command.language or course.language,
        capacity=command.max_places,
        min_participants=min(command.min_participants, command.max_places),
        price_cents=course.price_cents if command.price_cents is None else command.price_cents,
        currency=course.currency,
        changes_until_days=command.changes_until_days,
    )
    uow.session.add(session)
    await uow.session.flush()
    await wishes.planned(uow, course.id)
    return session.id


async def update_session(uow: UnitOfWork, session_id: UUID, command: UpdateSession) -> UUID:
    """Change a session that is still to be held and return its id. Orders keep the price they were made at.

    Raises SessionNotFoundError, PermissionDeniedError, SessionClosedError, CapacityBelowSeatsError,
    SessionHasParticipantsError (other dates than people booked), SessionDatesError, UnknownTimeZoneError,
    TrainerUnknownError.
    """
    uow.actor.require_user()
    found = await uow.session.execute(
        select(TrainingSession, col(Course.status))
        .join(Course, col(Course.id) == TrainingSession.course_id)
        .where(col(TrainingSession.id) == session_id)
    )
    row = found.one_or_none()
    if row is None:
        raise SessionNotFoundError
    policy.require_update(uow.actor, row[0], row[1])
    # The lock of every sale: seats cannot change between the comparison with the capacity and the write.
    session = await uow.session.get(TrainingSession, session_id, with_for_update=True, populate_existing=True)
    if session is None:
        raise SessionNotFoundError
    if session.status != SessionStatus.SCHEDULED or session.ends_at <= uow.clock.now():
        raise SessionClosedError
    sent = command.model_fields_set
    more = command.max_places is not None and command.max_places > session.capacity
    _set_capacity(session, command.max_places)
    _set_period(session, command, uow.clock.now())
    if "trainer_id" in sent:
        await _require_trainer(uow, session.organization_id, command.trainer_id)
        session.trainer_id = command.trainer_id
    if "airport_code" in sent:
        session.airport_code = command.airport_code
    if "changes_until_days" in sent:
        session.changes_until_days = command.changes_until_days
    for field in sent & _COLUMNS.keys():
        value: Any = getattr(command, field)
        if value is not None:
            setattr(session, _COLUMNS[field], value)
    await uow.session.flush()
    await uow.session.execute(_NOTIFY_SEATS, {"id": str(session.id)})
    if more:
        # Who waits for seats is asked first.
        await uow.defer(_OFFER_TASK, queueing_lock=f"{_OFFER_TASK}:{session.id}", session_id=str(session.id))
    return session.id


def _set_capacity(session: TrainingSession, capacity: int | None) -> None:
    if capacity is None:
        return
    if capacity < session.seats_taken:
        raise CapacityBelowSeatsError(field="maxPlaces", taken=session.seats_taken)
    session.capacity = capacity


def _set_period(session: TrainingSession, command: UpdateSession, now: datetime) -> None:
    zone = command.time_zone or session.time_zone
    start, end = command.start_date or session.starts_at, command.end_date or session.ends_at
    if (start, end, zone) == (session.starts_at, session.ends_at, session.time_zone):
        return
    starts_at, ends_at = _period(start, end, zone, now)
    if session.seats_taken and (starts_at, ends_at) != (session.starts_at, session.ends_at):
        raise SessionHasParticipantsError(field="startDate", participants=session.seats_taken)
    session.starts_at, session.ends_at, session.time_zone = starts_at, ends_at, zone


def _period(start: datetime, end: datetime, zone: str, now: datetime) -> tuple[datetime, datetime]:
    """Return the period in UTC; SessionDatesError unless it is in the next years, forwards, and a year at most."""
    if zone not in _zones():
        raise UnknownTimeZoneError(field="timeZone", zone=zone)
    starts_at, ends_at = _utc(start, zone, "startDate"), _utc(end, zone, "endDate")
    if starts_at <= now or starts_at > now + _FARTHEST:
        raise SessionDatesError(field="startDate")
    if not starts_at < ends_at <= starts_at + LONGEST:
        raise SessionDatesError(field="endDate")
    return starts_at, ends_at


def _utc(moment: datetime, zone: str, field: str) -> datetime:
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    except OverflowError:
        raise SessionDatesError(field=field) from None


async def _require_trainer(uow: UnitOfWork, organization_id: UUID, trainer_id: UUID | None) -> None:
    if trainer_id is None:
        return
    member = await uow.session.execute(
        select(col(OrganizationMember.id)).where(
            col(OrganizationMember.user_id) == trainer_id,
            col(OrganizationMember.organization_id) == organization_id,
            col(OrganizationMember.role).in_((Role.TRAINER, Role.TRAINING_ADMIN)),
        )
    )
    if member.first() is None:
        raise TrainerUnknownError(field="trainerId")
