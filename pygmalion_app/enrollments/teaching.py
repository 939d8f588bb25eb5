"""What the screens of those who teach show: their sessions, how full they are, what is to be validated."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, false, func, or_, select, true
from sqlmodel import col

from pygmalion_app.accounts.models import User
from pygmalion_app.catalog.models import Course
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.schemas import View
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments.models import Enrollment, EnrollmentStatus
from pygmalion_app.organizations.models import Organization
from pygmalion_app.sessions.models import TrainingSession

_MOST = 200


class TaughtSession(View):
    """A session with its seats: `to_validate` are confirmed and without the trainer's word, `completed` have passed."""

    session_id: UUID
    organization_id: UUID
    trainer_id: UUID | None
    course_slug: str
    course_title: str
    course_title_en: str
    organization_name: str
    trainer_name: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    location: str
    address: str
    modality: str
    capacity: int
    min_participants: int
    seats_taken: int
    confirmed: int
    to_validate: int
    completed: int
    status: str


async def taught_sessions(uow: UnitOfWork) -> tuple[TaughtSession, ...]:
    """Return the sessions that the caller teaches, and those of the organisations they administer, by date.

    The platform's administrator sees everybody's.
    """
    user_id = uow.actor.require_user()
    mine = or_(
        true() if uow.actor.is_platform_admin else false(),
        col(TrainingSession.trainer_id) == user_id,
        col(TrainingSession.organization_id).in_(uow.actor.organizations_with(Permission.SESSION_UPDATE)),
    )
    rows = await uow.session.execute(_base().where(mine).order_by(col(TrainingSession.starts_at)).limit(_MOST))
    return tuple(_view(*row) for row in rows)


async def taught_session(uow: UnitOfWork, session_id: UUID) -> TaughtSession:
    """Return one session to its trainer and its organisation's admin; NotFoundError to anybody else."""
    user_id = uow.actor.require_user()
    session = await known_session(uow, session_id)
    own = session.trainer_id == user_id and uow.actor.can(Permission.SESSION_READ_ENROLLMENTS, session.organization_id)
    if not (own or uow.actor.can(Permission.SESSION_UPDATE, session.organization_id)):
        raise NotFoundError(session=str(session_id))
    return session


async def known_session(uow: UnitOfWork, session_id: UUID) -> TaughtSession:
    """Return one session to a service that has checked its caller itself; NotFoundError when there is none."""
    row = (await uow.session.execute(_base().where(col(TrainingSession.id) == session_id))).one_or_none()
    if row is None:
        raise NotFoundError(session=str(session_id))
    return _view(*row)


def _base() -> Select[TrainingSession, Course, str, str, Any, Any, Any]:
    settled = (EnrollmentStatus.CONFIRMED, EnrollmentStatus.IN_PROGRESS, EnrollmentStatus.COMPLETED)
    seats = (
        select(
            func.count().filter(col(Enrollment.status).in_(settled)).label("confirmed"),
            func.count().filter(col(Enrollment.status) == EnrollmentStatus.CONFIRMED).label("to_validate"),
            func.count().filter(col(Enrollment.status) == EnrollmentStatus.COMPLETED).label("completed"),
        )
        # The index of live seats has these only.
        .where(col(Enrollment.session_id) == col(TrainingSession.id), col(Enrollment.status) != "CANCELLED")
        .lateral("seats")
    )
    return (
        select(
            TrainingSession,
            Course,
            col(Organization.name),
            func.concat(col(User.first_name), " ", col(User.last_name)),
            seats.c.confirmed,
            seats.c.to_validate,
            seats.c.completed,
        )
        .join(Course, col(Course.id) == col(TrainingSession.course_id))
        .join(Organization, col(Organization.id) == col(TrainingSession.organization_id))
        .outerjoin(User, col(User.id) == col(TrainingSession.trainer_id))
        .join(seats, onclause=col(TrainingSession.id).is_not(None))
    )


def _view(
    session: TrainingSession,
    course: Course,
    organization: str,
    trainer: str,
    confirmed: int,
    to_validate: int,
    completed: int,
) -> TaughtSession:
    return TaughtSession(
        session_id=session.id,
        organization_id=session.organization_id,
        trainer_id=session.trainer_id,
        course_slug=course.slug,
        course_title=course.title,
        course_title_en=course.title_en or course.title,
        organization_name=organization,
        trainer_name=trainer.strip(),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        time_zone=session.time_zone,
        location=session.location,
        address=session.address,
        modality=session.modality,
        capacity=session.capacity,
        min_participants=session.min_participants,
        seats_taken=session.seats_taken,
        confirmed=confirmed,
        to_validate=to_validate,
        completed=completed,
        status=session.status,
    )
