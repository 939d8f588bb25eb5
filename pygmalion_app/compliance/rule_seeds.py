"""Starting from the profession's matrix: the job roles of one kind of company, with what each must hold."""

from collections.abc import Iterable
from typing import Any, LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.catalog.models import CourseType, ValidityAnchor
from pygmalion_app.compliance import policy, rule_queries
from pygmalion_app.compliance.facts import local_day
from pygmalion_app.compliance.models import Anchor, Requirement, RequirementSet, RequirementSetVersion
from pygmalion_app.compliance.professions import matrix
from pygmalion_app.compliance.rule_schemas import SetView
from pygmalion_app.core import audit
from pygmalion_app.core.errors import InvalidInputError
from pygmalion_app.core.unit_of_work import UnitOfWork

_ANCHORS = {
    ValidityAnchor.MONTH: Anchor.MONTH_END,
    ValidityAnchor.MONTH_END: Anchor.MONTH_END,
    ValidityAnchor.SEASON: Anchor.MONTH_END,
    ValidityAnchor.SEMESTER: Anchor.SEMESTER,
}
# A role that was archived comes back.
_ROLE: LiteralString = """
INSERT INTO job_roles (id, organization_id, name) VALUES (gen_random_uuid(), %(organization)s, %(name)s)
ON CONFLICT (organization_id, lower(name)) DO UPDATE SET archived_at = NULL RETURNING id
"""


async def from_profession(uow: UnitOfWork, organization_id: UUID, profession: str) -> list[SetView]:
    """Copy the job roles and rules of one kind of company (`professions.PROFESSIONS`), in force from today.

    What the organisation has already under the same name is left as it is. Raises NotFoundError,
    PermissionDeniedError, InvalidInputError.
    """
    policy.require_manage(uow.actor, organization_id)
    wanted = matrix().get(profession)
    if not wanted:
        raise InvalidInputError(field="profession")
    kinds = await _kinds(uow, {code for required in wanted.values() for codes in required for code in codes})
    query = select(col(RequirementSet.name)).where(col(RequirementSet.organization_id) == organization_id)
    known = set((await uow.session.execute(query)).scalars())
    today, now = local_day(uow.clock.now()), uow.clock.now()
    for name, required in wanted.items():
        if name in known:
            continue
        role = (await uow.sql(_ROLE, organization=organization_id, name=name))[0]["id"]
        made = RequirementSet(organization_id=organization_id, name=name, job_role_id=role)
        uow.session.add(made)
        await uow.session.flush()
        version = RequirementSetVersion(
            organization_id=organization_id,
            set_id=made.id,
            version=1,
            effective_from=today,
            published_at=now,
            published_by=uow.actor.user_id,
        )
        uow.session.add(version)
        await uow.session.flush()
        uow.session.add_all(requirements(version, required, kinds))
    await uow.session.flush()
    await audit.record(
        uow, "compliance.profession_copied", organization_id=organization_id, facts={"profession": profession}
    )
    return await rule_queries.sets(uow, organization_id)


def requirements(
    version: RequirementSetVersion, required: Iterable[tuple[str, ...]], kinds: dict[str, CourseType]
) -> list[Requirement]:
    """Return a version's requirements as the profession sets them; course types that are not here are left out."""
    made: list[Requirement] = []
    for position, codes in enumerate(required):
        known = [code for code in codes if code in kinds]
        if known:
            # The validity of alternatives is that of the last one: the refresher, which is what recurs.
            kind, title = kinds[known[-1]], kinds[known[0]]
            made.append(
                Requirement(
                    organization_id=version.organization_id,
                    version_id=version.id,
                    key="/".join(codes),
                    title=title.title,
                    title_en=title.title_en,
                    codes=known,
                    position=position,
                    **validity(kind),
                )
            )
    return made


def validity(kind: CourseType) -> dict[str, Any]:
    """Return a course type's validity as a requirement's rule."""
    return {
        "months": kind.validity_months if kind.validity_anchor != ValidityAnchor.NONE else None,
        "anchor": _ANCHORS.get(ValidityAnchor(kind.validity_anchor), Anchor.DATE),
        "window_months": min(kind.window_months, 24),
        "recency_months": kind.recency_months,
    }


async def _kinds(uow: UnitOfWork, codes: set[str]) -> dict[str, CourseType]:
    rows = await uow.session.execute(select(CourseType).where(col(CourseType.code).in_(codes)))
    return {row.code: row for row in rows.scalars()}
