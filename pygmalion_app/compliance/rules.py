"""Requirement sets: drafts are written, looked at for what they would do, and published from a day on.

A published version never changes: what was asked of people on a past day can always be told.
"""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlmodel import col

from pygmalion_app.catalog.models import CourseType
from pygmalion_app.compliance import policy, rule_queries, turns
from pygmalion_app.compliance.errors import (
    CourseTypeUnknownError,
    EffectiveDateError,
    JobRoleNotFoundError,
    NameTakenError,
    RequirementSetNotFoundError,
    SiteNotFoundError,
    VersionEmptyError,
    VersionPublishedError,
)
from pygmalion_app.compliance.facts import Facts, gather, local_day
from pygmalion_app.compliance.models import (
    JobRole,
    Requirement,
    RequirementSet,
    RequirementSetVersion,
    Site,
    Status,
)
from pygmalion_app.compliance.queries import rate
from pygmalion_app.compliance.rule_schemas import (
    CreateSet,
    Preview,
    RequirementInput,
    SetDetail,
    VersionView,
    WriteRequirements,
)
from pygmalion_app.core import audit
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import UnitOfWork

Version = RequirementSetVersion


async def create(uow: UnitOfWork, organization_id: UUID, command: CreateSet) -> SetDetail:
    """Add a set with an empty draft.

    Raises NotFoundError, PermissionDeniedError, NameTakenError, JobRoleNotFoundError, SiteNotFoundError.
    """
    policy.require_manage(uow.actor, organization_id)
    await _check_name(uow, organization_id, command.name)
    for table, wanted, error in (
        (JobRole, command.job_role_id, JobRoleNotFoundError),
        (Site, command.site_id, SiteNotFoundError),
    ):
        found = await uow.session.get(table, wanted) if wanted else None
        gone = found is None or found.organization_id != organization_id or found.archived_at is not None
        if wanted and gone:
            raise error
    made = RequirementSet(organization_id=organization_id, **command.model_dump())
    uow.session.add(made)
    await uow.session.flush()
    uow.session.add(Version(organization_id=organization_id, set_id=made.id, version=1))
    await uow.session.flush()
    return await rule_queries.one(uow, made.id)


async def rename(uow: UnitOfWork, set_id: UUID, name: str) -> SetDetail:
    """Give a set another name; errors as `create`."""
    found = await _set(uow, set_id)
    await _check_name(uow, found.organization_id, name, but=set_id)
    found.name = name
    await uow.session.flush()
    return await rule_queries.one(uow, set_id)


async def archive(uow: UnitOfWork, set_id: UUID, *, archived: bool = True) -> SetDetail:
    """Have a set ask for nothing any more, or again; errors as `create`."""
    found = await _set(uow, set_id)
    if (found.archived_at is not None) != archived:
        found.archived_at = uow.clock.now() if archived else None
        await uow.session.flush()
        action = "compliance.set_archived" if archived else "compliance.set_restored"
        await audit.record(uow, action, subject_id=set_id, organization_id=found.organization_id)
    return await rule_queries.one(uow, set_id)


async def start_draft(uow: UnitOfWork, set_id: UUID) -> VersionView:
    """Return a set's draft; where there is none, one that begins as the newest version says."""
    found = await _set(uow, set_id, lock=True)
    versions = (
        await uow.session.execute(
            select(Version).where(col(Version.set_id) == set_id).order_by(col(Version.version).desc())
        )
    ).scalars()
    newest = next(iter(versions), None)
    if newest is not None and newest.published_at is None:
        return await rule_queries.version(uow, newest.id)
    draft = Version(organization_id=found.organization_id, set_id=set_id, version=newest.version + 1 if newest else 1)
    uow.session.add(draft)
    await uow.session.flush()
    if newest is not None:
        await _copy(uow, newest.id, draft.id)
    return await rule_queries.version(uow, draft.id)


async def write(uow: UnitOfWork, version_id: UUID, command: WriteRequirements) -> VersionView:
    """Replace what a draft asks for.

    Raises RequirementSetNotFoundError, PermissionDeniedError, VersionPublishedError, CourseTypeUnknownError.
    """
    draft = await _draft(uow, version_id)
    titles = await _titles(uow, command.requirements)
    await uow.session.execute(delete(Requirement).where(col(Requirement.version_id) == version_id))
    rows = [_row(draft, one, titles[one.codes[0]], position) for position, one in enumerate(command.requirements)]
    if rows:
        await uow.session.execute(insert(Requirement), rows)
    return await rule_queries.version(uow, version_id)


async def discard(uow: UnitOfWork, version_id: UUID) -> None:
    """Throw a draft away; errors as `write`."""
    draft = await _draft(uow, version_id)
    await uow.session.delete(draft)
    await uow.session.flush()


async def publish(uow: UnitOfWork, version_id: UUID, effective_from: date | None = None) -> VersionView:
    """Have a draft apply from a day on, today unless said otherwise; statuses follow within moments.

    Raises RequirementSetNotFoundError, PermissionDeniedError, VersionPublishedError, VersionEmptyError,
    EffectiveDateError.
    """
    draft = await _draft(uow, version_id)
    day = await _first_day(uow, draft, effective_from)
    held = select(func.count()).where(col(Requirement.version_id) == version_id)
    if not (await uow.session.execute(held)).scalar_one():
        raise VersionEmptyError
    draft.effective_from, draft.published_at, draft.published_by = day, uow.clock.now(), uow.actor.user_id
    await uow.session.flush()
    await audit.record(
        uow,
        "compliance.version_published",
        subject_id=version_id,
        organization_id=draft.organization_id,
        facts={"version": draft.version, "from": day.isoformat()},
    )
    return await rule_queries.version(uow, version_id)


async def preview(uow: UnitOfWork, version_id: UUID, effective_from: date | None = None) -> Preview:
    """Return what a draft would do on its first day; errors as `publish`, and an empty draft asks for nothing."""
    draft = await _draft(uow, version_id)
    day = await _first_day(uow, draft, effective_from)
    with_draft = await gather(uow, draft.organization_id, on=day, draft=(version_id, day))
    without = replace(with_draft, versions=[it for it in with_draft.versions if it.id != version_id])
    about = await _set(uow, draft.set_id)
    if not any(it.id == version_id for it in with_draft.versions):
        # A version without requirements is no row of the facts: it takes the place of the one in force.
        with_draft = replace(with_draft, versions=[it for it in without.versions if it.set_id != about.id])
    before, after = turns.lacking(without), turns.lacking(with_draft)
    worse = {user: keys - before[user] for user, keys in after.items() if keys and not before[user]}
    better = {user: keys - after[user] for user, keys in before.items() if keys and not after[user]}
    counts_before, counts_after = _counts(without), _counts(with_draft)
    return Preview(
        version_id=version_id,
        effective_from=day,
        people=sum(_is_about(about, person) for person in with_draft.people if person.active),
        non_compliant=len(worse),
        compliant=len(better),
        worse=await turns.named(uow, worse),
        better=await turns.named(uow, better),
        before={status.value: number for status, number in counts_before.items()},
        after={status.value: number for status, number in counts_after.items()},
        rate_before=rate(counts_before),
        rate_after=rate(counts_after),
    )


def _is_about(about: RequirementSet, person: Any) -> bool:
    wanted = (about.job_role_id, about.site_id, about.contractor_type)
    has = (person.job_role_id, person.site_id, person.contractor_type)
    return all(one is None or one == other for one, other in zip(wanted, has, strict=True))


def _counts(facts: Facts) -> dict[Status, int]:
    counts = dict.fromkeys(Status, 0)
    for person in facts.people:
        for _, judged in facts.judgements(person):
            counts[judged.status] += 1
    return counts


async def _set(uow: UnitOfWork, set_id: UUID, *, lock: bool = False) -> RequirementSet:
    found = await uow.session.get(RequirementSet, set_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        uow.actor.require_user()
        raise RequirementSetNotFoundError
    policy.require_manage(uow.actor, found.organization_id)
    return found


async def _draft(uow: UnitOfWork, version_id: UUID) -> Version:
    found = await uow.session.get(Version, version_id, with_for_update=True, populate_existing=True)
    if found is None:
        uow.actor.require_user()
        raise RequirementSetNotFoundError
    policy.require_manage(uow.actor, found.organization_id)
    if found.published_at is not None:
        raise VersionPublishedError
    return found


async def _check_name(uow: UnitOfWork, organization_id: UUID, name: str, but: UUID | None = None) -> None:
    query = select(col(RequirementSet.id)).where(
        col(RequirementSet.organization_id) == organization_id, col(RequirementSet.name) == name
    )
    other = (await uow.session.execute(query)).scalar_one_or_none()
    if other is not None and other != but:
        raise NameTakenError(field="name", name=name)


async def _first_day(uow: UnitOfWork, draft: Version, wanted: date | None) -> date:
    """Return the day from which a draft may apply: never a past one, nor before the version that it follows."""
    latest = select(func.max(col(Version.effective_from))).where(
        col(Version.set_id) == draft.set_id, col(Version.published_at).is_not(None)
    )
    today = local_day(uow.clock.now())
    earliest = max(today, (await uow.session.execute(latest)).scalar_one() or today)
    if wanted is not None and wanted < earliest:
        raise EffectiveDateError(field="effectiveFrom", earliest=earliest.isoformat())
    return wanted or earliest


async def _titles(uow: UnitOfWork, wanted: list[RequirementInput]) -> dict[str, CourseType]:
    codes = {code for one in wanted for code in one.codes}
    query = select(CourseType).where(col(CourseType.code).in_(codes))
    found = {row.code: row for row in (await uow.session.execute(query)).scalars()}
    if unknown := sorted(codes - set(found)):
        raise CourseTypeUnknownError(field="codes", codes=", ".join(unknown))
    return found


def _row(draft: Version, one: RequirementInput, kind: CourseType, position: int) -> dict[str, Any]:
    return one.model_dump() | {
        "id": new_id(),
        "organization_id": draft.organization_id,
        "version_id": draft.id,
        "key": one.key or "/".join(one.codes),
        "title": one.title or kind.title,
        "title_en": one.title_en or ("" if one.title else kind.title_en),
        "position": position,
    }


async def _copy(uow: UnitOfWork, source: UUID, target: UUID) -> None:
    rows = (await uow.session.execute(select(Requirement).where(col(Requirement.version_id) == source))).scalars()
    copies = [row.model_dump(exclude={"id", "created_at"}) | {"id": new_id(), "version_id": target} for row in rows]
    if copies:
        await uow.session.execute(insert(Requirement), copies)
