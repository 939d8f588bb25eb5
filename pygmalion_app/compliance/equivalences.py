"""Courses that stand for others: the profession's for all, and what an organisation accepts besides."""

from collections.abc import Iterable
from typing import LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.catalog.models import CourseType
from pygmalion_app.compliance import policy, turns
from pygmalion_app.compliance.errors import CourseTypeUnknownError, EquivalenceExistsError
from pygmalion_app.compliance.exception_schemas import EquivalenceInput, EquivalencePreview, EquivalenceView
from pygmalion_app.compliance.facts import gather
from pygmalion_app.compliance.models import CourseEquivalence
from pygmalion_app.core import audit
from pygmalion_app.core.errors import InvalidInputError, NotFoundError
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork

_LIST: LiteralString = """
SELECT e.id, e.organization_id, e.code, coalesce(a.title, e.code) AS title, coalesce(a.title_en, '') AS title_en,
  e.satisfies_code, coalesce(b.title, e.satisfies_code) AS satisfies_title,
  coalesce(b.title_en, '') AS satisfies_title_en, e.created_at AS since
FROM course_equivalences e LEFT JOIN course_types a ON a.code = e.code
LEFT JOIN course_types b ON b.code = e.satisfies_code
WHERE e.organization_id IS NULL OR e.organization_id = %(organization)s
ORDER BY e.organization_id IS NULL, e.satisfies_code, e.code, e.id
"""
Pair = tuple[str, str]


async def listing(uow: UnitOfWork, organization_id: UUID) -> list[EquivalenceView]:
    """Return an organisation's equivalences, then the profession's. Raises NotFoundError, PermissionDeniedError."""
    policy.require_read(uow.actor, organization_id)
    await uow.session.flush()
    return [EquivalenceView(**row) for row in await uow.sql(_LIST, organization=organization_id)]


async def preview(uow: UnitOfWork, organization_id: UUID, command: EquivalenceInput) -> EquivalencePreview:
    """Return whom an equivalence would change today; errors as `add`."""
    await _check(uow, organization_id, command)
    known = await listing(uow, organization_id)
    pair = (command.code, command.satisfies_code)
    return await _changes(uow, organization_id, [*map(_pair, known), pair])


async def preview_removal(uow: UnitOfWork, equivalence_id: UUID) -> EquivalencePreview:
    """Return whom it would change today if an equivalence ended; errors as `remove`."""
    row = await _own(uow, equivalence_id)
    if row.organization_id is None:
        raise NotFoundError
    known = await listing(uow, row.organization_id)
    return await _changes(uow, row.organization_id, [_pair(one) for one in known if one.id != equivalence_id])


async def add(uow: UnitOfWork, organization_id: UUID, command: EquivalenceInput) -> EquivalenceView:
    """Let one course stand for another in an organisation, from now on; statuses follow within moments.

    Raises CourseTypeUnknownError, EquivalenceExistsError, InvalidInputError for a course that would stand for itself,
    NotFoundError, PermissionDeniedError.
    """
    await _check(uow, organization_id, command)
    row = CourseEquivalence(organization_id=organization_id, **command.model_dump())
    uow.session.add(row)
    await uow.session.flush()
    await _note(uow, "compliance.equivalence_added", row)
    return next(one for one in await listing(uow, organization_id) if one.id == row.id)


async def remove(uow: UnitOfWork, equivalence_id: UUID) -> None:
    """Let one course stand for another no more. Raises NotAuthenticatedError, NotFoundError."""
    row = await _own(uow, equivalence_id)
    await uow.session.delete(row)
    await uow.session.flush()
    await _note(uow, "compliance.equivalence_removed", row)


async def _check(uow: UnitOfWork, organization_id: UUID, command: EquivalenceInput) -> None:
    policy.require_manage(uow.actor, organization_id)
    wanted = {command.code, command.satisfies_code}
    if len(wanted) == 1:
        raise InvalidInputError(field="satisfiesCode")
    query = select(col(CourseType.code)).where(col(CourseType.code).in_(wanted))
    if unknown := sorted(wanted - set((await uow.session.execute(query)).scalars())):
        raise CourseTypeUnknownError(field="codes", codes=", ".join(unknown))
    if (command.code, command.satisfies_code) in map(_pair, await listing(uow, organization_id)):
        raise EquivalenceExistsError(field="code", code=command.code, satisfies=command.satisfies_code)


async def _own(uow: UnitOfWork, equivalence_id: UUID) -> CourseEquivalence:
    """Return one that the actor may change: their organisation's; the profession's are the administrators'."""
    row = await uow.session.get(CourseEquivalence, equivalence_id)
    if row is None or not uow.actor.can(Permission.COMPLIANCE_MANAGE, row.organization_id):
        uow.actor.require_user()
        raise NotFoundError
    return row


async def _changes(uow: UnitOfWork, organization_id: UUID, pairs: Iterable[Pair]) -> EquivalencePreview:
    before = await gather(uow, organization_id)
    after = await gather(uow, organization_id, equivalences=list(pairs))
    met, lost = turns.met(before, after), turns.met(after, before)
    return EquivalencePreview(
        met=await turns.named(uow, met),
        lost=await turns.named(uow, lost),
        met_people=len(met),
        lost_people=len(lost),
    )


def _pair(one: EquivalenceView) -> Pair:
    return one.code, one.satisfies_code


async def _note(uow: UnitOfWork, action: str, row: CourseEquivalence) -> None:
    facts = {"code": row.code, "satisfies": row.satisfies_code}
    await audit.record(uow, action, subject_id=row.id, organization_id=row.organization_id, facts=facts)
