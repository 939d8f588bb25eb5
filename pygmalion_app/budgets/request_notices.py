"""Who is told of a request: the managers who can answer it, and whoever asked."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.budgets.models import RequestState, TrainingRequest
from pygmalion_app.core.permissions import ROLE_PERMISSIONS, Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments.mails import Reader, facts_of
from pygmalion_app.notifications.telling import Link, notify
from pygmalion_app.organizations.models import OrganizationMember

_MANAGERS = [role for role, permissions in ROLE_PERMISSIONS.items() if Permission.BUDGET_MANAGE in permissions]


async def to_managers(uow: UnitOfWork, request: TrainingRequest) -> None:
    """Tell those who can answer: all the company's managers but the one whose word it has already."""
    kind = "request-second" if request.state == RequestState.SECONDED else "request-asked"
    facts = await facts_of(uow, request.session_id, request.requested_by)
    said = facts.facts() | {"count": len(request.user_ids)}
    private = {"asker": _name(facts.buyer), "reason": request.reason or "–"}
    for manager in await _managers(uow, request):
        await notify(uow, manager, kind, said, Link("team-budget"), private=private)


async def to_asker(uow: UnitOfWork, request: TrainingRequest, kind: str) -> None:
    """Tell whoever asked what became of it, unless it was their own doing."""
    if request.requested_by == uow.actor.user_id:
        return
    facts = await facts_of(uow, request.session_id, request.requested_by)
    link = Link("training") if kind == "request-approved" else facts.course_page
    await notify(uow, request.requested_by, kind, facts.facts(), link, private={"note": request.note or "–"})


async def _managers(uow: UnitOfWork, request: TrainingRequest) -> list[UUID]:
    own = {request.first_approved_by, request.requested_by}
    query = (
        select(col(OrganizationMember.user_id))
        .where(
            col(OrganizationMember.organization_id) == request.organization_id,
            col(OrganizationMember.role).in_(_MANAGERS),
        )
        .distinct()
        .order_by(col(OrganizationMember.user_id))
    )
    return [one for one in (await uow.session.execute(query)).scalars() if one not in own]


def _name(person: Reader) -> str:
    return f"{person.first_name} {person.last_name}"
