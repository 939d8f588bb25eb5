"""Courses of a training organisation: draft, change, publish, take off."""

import re
import unicodedata
from typing import Any
from uuid import UUID

from psycopg.errors import UniqueViolation
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from pygmalion_app.catalog import checks, policy, publishing
from pygmalion_app.catalog.checks import Item
from pygmalion_app.catalog.commands import CreateCourse, UpdateCourse
from pygmalion_app.catalog.errors import (
    CourseArchivedError,
    CourseHasSessionsError,
    CourseIncompleteError,
    CourseNotFoundError,
    CourseSuspendedError,
    CourseTitleTakenError,
    OrganizationNotFoundError,
)
from pygmalion_app.catalog.models import Course, CourseStatus
from pygmalion_app.catalog.schemas import OwnCourse
from pygmalion_app.core import audit
from pygmalion_app.core.ids import new_token
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.kyc.queries import require_verified
from pygmalion_app.organizations.models import Organization, OrganizationKind

_TITLE_CONSTRAINT = "uq_courses_organization_id_title"
_SLUG_LENGTH = 150

# The tables of higher features, by name: courses must not import them, and their foreign keys point here.
_USE = text("""
SELECT count(*) FILTER (WHERE e.id IS NOT NULL) AS enrollments,
  count(DISTINCT s.id) FILTER (WHERE e.status IN ('PENDING', 'CONFIRMED', 'IN_PROGRESS')
    AND s.status = 'scheduled') AS live_sessions
FROM sessions s LEFT JOIN enrollments e ON e.session_id = s.id WHERE s.course_id = :course_id
""")
_CLOSE_SESSIONS = text("UPDATE sessions SET status = 'cancelled' WHERE course_id = :course_id AND status = 'scheduled'")
_DELETE_SESSIONS = text("DELETE FROM sessions WHERE course_id = :course_id")
_DELETE_REVIEWS = text("DELETE FROM reviews WHERE course_id = :course_id")


async def create_course(uow: UnitOfWork, command: CreateCourse) -> UUID:
    """Write a draft and return its id.

    Raises OrganizationChoiceError, PermissionDeniedError, OrganizationNotFoundError, CourseTitleTakenError.
    """
    organization_id = policy.require_create(uow.actor, command.organization_id)
    organization = await uow.session.get(Organization, organization_id)
    if organization is None or organization.kind != OrganizationKind.TRAINING:
        raise OrganizationNotFoundError(organization=str(organization_id))
    columns: dict[str, Any] = command.model_dump(mode="json", exclude={"organization_id"}) | await _rule(uow, command)
    course = Course(
        **columns,
        organization_id=organization_id,
        slug=await _free_slug(uow, f"{command.title} {organization.name}"),
    )
    await _save(uow, course)
    return course.id


async def update_course(uow: UnitOfWork, course_id: UUID, command: UpdateCourse) -> UUID:
    """Change a course and return its id; of a published one, nothing may go that publishing asked for.

    Raises CourseNotFoundError, PermissionDeniedError, CourseArchivedError, CourseTitleTakenError,
    CourseIncompleteError.
    """
    course = await _course(uow, course_id, Permission.COURSE_UPDATE)
    if course.status == CourseStatus.ARCHIVED:
        raise CourseArchivedError
    before = await _faults(uow, course) if course.status == CourseStatus.PUBLISHED else None
    for name, value in (command.changes() | await _rule(uow, command)).items():
        setattr(course, name, value)
    if before is not None:
        _require_none([fault for fault in await _faults(uow, course) if fault not in before])
    course.updated_at = uow.clock.now()
    await _save(uow, course)
    return course.id


async def publish_course(uow: UnitOfWork, course_id: UUID) -> UUID:
    """Show a complete draft to everybody and return its id; nothing happens to a published one.

    Raises CourseIncompleteError (`missing` lists the faults, see `checks`), OrganizationNotVerifiedError,
    CourseSuspendedError, CourseArchivedError, CourseNotFoundError, PermissionDeniedError.
    """
    course = await _course(uow, course_id, Permission.COURSE_UPDATE)
    if course.status == CourseStatus.ARCHIVED:
        raise CourseArchivedError
    if course.status == CourseStatus.DRAFT:
        if course.suspended_at is not None:
            raise CourseSuspendedError
        _require_none(await _faults(uow, course))
        await require_verified(uow, course.organization_id)
        course.status = CourseStatus.PUBLISHED
        course.published_at = uow.clock.now()
        await uow.session.flush()
        await audit.record(uow, "course.published", subject_id=course.id, organization_id=course.organization_id)
    return course.id


async def delete_course(uow: UnitOfWork, course_id: UUID) -> CourseStatus | None:
    """Delete a course, or archive one that people were enrolled in; returns ARCHIVED, or None when it is gone.

    Raises CourseHasSessionsError while participants wait for a session, CourseNotFoundError, PermissionDeniedError.
    """
    course = await _course(uow, course_id, Permission.COURSE_DELETE)
    key = {"course_id": course_id}
    # Every sale locks its session: locking them all keeps a seat from being sold meanwhile.
    await uow.session.execute(text("SELECT id FROM sessions WHERE course_id = :course_id ORDER BY id FOR UPDATE"), key)
    enrollments, live_sessions = (await uow.session.execute(_USE, key)).one()
    if live_sessions:
        raise CourseHasSessionsError(sessions=live_sessions)
    if enrollments:
        await uow.session.execute(_CLOSE_SESSIONS, key)
        course.status = CourseStatus.ARCHIVED
        course.updated_at = uow.clock.now()
        await uow.session.flush()
        return CourseStatus.ARCHIVED
    await uow.session.execute(_DELETE_SESSIONS, key)
    async with uow.elevated():
        await uow.session.execute(_DELETE_REVIEWS, key)
    await uow.session.delete(course)
    await uow.session.flush()
    return None


async def own_courses(uow: UnitOfWork, paging: PageRequest) -> Page[OwnCourse]:
    """Return the courses of the actor's training organisations, drafts and archives too, newest first."""
    uow.actor.require_user()
    mine = col(Course.organization_id).in_(uow.actor.organizations_with(Permission.COURSE_UPDATE))
    total = (await uow.session.execute(select(func.count()).select_from(Course).where(mine))).scalar_one()
    rows = await uow.session.execute(
        select(Course)
        .where(mine)
        .order_by(col(Course.created_at).desc(), col(Course.id))
        .limit(paging.limit)
        .offset(paging.offset)
    )
    return Page(tuple(OwnCourse.of(course) for course in rows.scalars()), total, paging)


async def _course(uow: UnitOfWork, course_id: UUID, permission: Permission) -> Course:
    uow.actor.require_user()
    course = await uow.session.get(Course, course_id)
    if course is None:
        raise CourseNotFoundError
    policy.require_write(uow.actor, course, permission)
    # To those who may not write, the row cannot be locked: it would seem not to exist.
    locked = await uow.session.get(Course, course_id, with_for_update=True, populate_existing=True)
    if locked is None:
        raise CourseNotFoundError
    return locked


async def _faults(uow: UnitOfWork, course: Course) -> list[str]:
    """Return the course's own faults, in JSON's spelling; what its school or we must settle is told apart."""
    with uow.session.no_autoflush:
        found = checks.check(await publishing.facts(uow, course))
    return [fault for fault in checks.faults(found) if fault not in {Item.VERIFICATION, Item.SUSPENSION}]


def _require_none(faults: list[str]) -> None:
    if faults:
        raise CourseIncompleteError(field=faults[0], missing=", ".join(faults))


async def _rule(uow: UnitOfWork, command: CreateCourse | UpdateCourse) -> dict[str, Any]:
    """Return what follows from a type that was chosen: its rule, as far as nothing else was said."""
    if "type_code" not in command.model_fields_set:
        return {}
    kind = await publishing.course_type(uow, command.type_code)
    if kind is None:
        return {"type_code": None, "window_months": 0}
    known: dict[str, Any] = {"validity_months": kind.validity_months, "validity_anchor": kind.validity_anchor}
    told = {name: value for name, value in known.items() if name not in command.model_fields_set}
    if isinstance(command, CreateCourse) and "legal_basis" not in command.model_fields_set:
        told["legal_basis"] = kind.legal_basis
    return told | {"type_code": kind.code, "window_months": kind.window_months}


async def _save(uow: UnitOfWork, course: Course) -> None:
    title = course.title
    uow.session.add(course)
    try:
        await uow.session.flush()
    except IntegrityError as error:
        violation = error.orig
        if isinstance(violation, UniqueViolation) and violation.diag.constraint_name == _TITLE_CONSTRAINT:
            raise CourseTitleTakenError(field="title", title=title) from error
        raise


async def _free_slug(uow: UnitOfWork, name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_SLUG_LENGTH].strip("-") or "formation"
    # Others' drafts have their addresses too.
    async with uow.elevated():
        taken = (await uow.session.execute(select(col(Course.id)).where(col(Course.slug) == slug))).first()
    return f"{slug}-{re.sub('[^a-z0-9]', '', new_token(6).lower())}" if taken else slug
