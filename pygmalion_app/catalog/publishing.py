"""Whether a course may be shown to everybody: the facts that `checks` judges, gathered."""

from collections.abc import Mapping
from typing import Any, LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.catalog import policy
from pygmalion_app.catalog.checks import CheckView, CourseFacts, SchoolFacts, SessionFacts, TypeFacts, check
from pygmalion_app.catalog.errors import CourseNotFoundError
from pygmalion_app.catalog.models import Course, CourseType
from pygmalion_app.core.errors import InvalidInputError
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.kyc.queries import is_verified
from pygmalion_app.kyc.rules import today
from pygmalion_app.organizations.models import Organization

# The table of a higher feature, by name: courses must not import it.
_SESSIONS: LiteralString = """
SELECT count(*) AS count, count(*) FILTER (WHERE trainer_id IS NULL) AS without_trainer,
  (min(extract(epoch FROM ends_at - starts_at)) / 60)::int AS shortest_minutes
FROM sessions WHERE course_id = %(course)s AND status = 'scheduled' AND starts_at > %(now)s
"""
_TEXTS = (
    "title", "title_en", "description", "description_en", "prerequisites", "methods", "evaluation", "accessibility",
    "legal_basis", "nsf_code", "bpf_objective",
)  # fmt: skip
_USUAL = ("methods", "methods_en", "evaluation", "evaluation_en", "accessibility", "accessibility_en")
"""What a school says of most of its courses alike."""
_BLANK = {"slug": "", "title": "", "category": "", "modalities": list[str](), "duration_minutes": 0, "price_cents": 0}


async def course_checks(uow: UnitOfWork, course_id: UUID) -> tuple[CheckView, ...]:
    """Return how a course stands, to those who may change it; CourseNotFoundError, PermissionDeniedError."""
    return check(await facts(uow, await _own(uow, course_id)))


async def preview(uow: UnitOfWork, course_id: UUID | None, changes: Mapping[str, Any]) -> tuple[CheckView, ...]:
    """Return how a course would stand with what is being written; nothing is kept.

    Raises as `course_checks`; without a course, as `create_course` does of its organisation.
    """
    if course_id is None:
        written = Course(organization_id=policy.require_create(uow.actor, None), **changes)
    else:
        written = Course(**((await _own(uow, course_id)).model_dump() | dict(changes)))
    return check(await facts(uow, written))


async def own_course(uow: UnitOfWork, course_id: UUID | None) -> Course:
    """Return a course to whoever may change it; without an id a new one that says what the school says of all.

    Raises as `preview`.
    """
    if course_id is not None:
        return await _own(uow, course_id)
    school = policy.require_create(uow.actor, None)
    of_school = select(Course).where(col(Course.organization_id) == school).order_by(col(Course.created_at).desc())
    last = (await uow.session.execute(of_school.limit(1))).scalar_one_or_none()
    return Course(**_BLANK, organization_id=school, **({name: getattr(last, name) for name in _USUAL} if last else {}))


async def course_type(uow: UnitOfWork, code: str | None) -> CourseType | None:
    """Return a course type; InvalidInputError for a code that the profession does not know."""
    if not code:
        return None
    found = (await uow.session.execute(select(CourseType).where(col(CourseType.code) == code))).scalar_one_or_none()
    if found is None:
        raise InvalidInputError(field="typeCode")
    return found


async def course_types(uow: UnitOfWork) -> list[CourseType]:
    """Return every course type, by title."""
    uow.actor.require_user()
    return list((await uow.session.execute(select(CourseType).order_by(col(CourseType.title)))).scalars())


async def facts(uow: UnitOfWork, course: Course) -> CourseFacts:
    """Return what a course is judged by."""
    now = uow.clock.now()
    with uow.session.no_autoflush:
        kind = await course_type(uow, course.type_code)
        school = await uow.session.get_one(Organization, course.organization_id)
        verified = await is_verified(uow, course.organization_id)
    (sessions,) = await uow.sql(_SESSIONS, course=course.id, now=now)
    return CourseFacts(
        texts={name: getattr(course, name) for name in _TEXTS},
        objectives=tuple(course.objectives),
        category=course.category,
        modalities=tuple(course.modalities),
        duration_minutes=course.duration_minutes,
        price_cents=course.price_cents,
        language=course.language,
        validity_months=course.validity_months,
        kind=TypeFacts(kind.duration_minutes, kind.validity_months, kind.legal_basis) if kind else None,
        school=SchoolFacts(verified, school.nda or "", school.qualiopi_certifier or "", school.qualiopi_valid_until),
        sessions=SessionFacts(**sessions),
        today=today(now),
        suspended=course.suspended_at is not None,
    )


async def _own(uow: UnitOfWork, course_id: UUID) -> Course:
    uow.actor.require_user()
    course = await uow.session.get(Course, course_id)
    if course is None:
        raise CourseNotFoundError
    policy.require_write(uow.actor, course, Permission.COURSE_UPDATE)
    return course
