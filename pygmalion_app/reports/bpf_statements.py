"""What a school states for its yearly training report where its data tell nothing."""

from uuid import UUID

from pygmalion_app.core import audit
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments.models import TraineeKind


async def say_trainee(uow: UnitOfWork, organization_id: UUID, enrollment_id: UUID, kind: TraineeKind) -> None:
    """State who a participant was. Raises NotFoundError, PermissionDeniedError."""
    uow.actor.require(Permission.SESSION_UPDATE, organization_id)
    async with uow.elevated():
        changed = await uow.sql(
            "UPDATE enrollments SET trainee_kind = %(kind)s WHERE id = %(id)s"
            " AND seller_organization_id = %(organization)s RETURNING id",
            kind=kind.value,
            id=enrollment_id,
            organization=organization_id,
        )
    if not changed:
        raise NotFoundError(enrollment=str(enrollment_id))
    facts = {"kind": kind.value}
    await audit.record(
        uow, "enrollment.trainee_stated", organization_id=organization_id, subject_id=enrollment_id, facts=facts
    )


async def say_trainer(uow: UnitOfWork, organization_id: UUID, user_id: UUID, *, external: bool) -> None:
    """State whether a trainer is a subcontractor. Raises NotFoundError, PermissionDeniedError."""
    uow.actor.require(Permission.SESSION_UPDATE, organization_id)
    async with uow.elevated():
        changed = await uow.sql(
            "UPDATE organization_members SET external = %(external)s WHERE user_id = %(user)s"
            " AND organization_id = %(organization)s AND role IN ('trainer', 'training_admin') RETURNING id",
            external=external,
            user=user_id,
            organization=organization_id,
        )
    if not changed:
        raise NotFoundError(user=str(user_id))
    facts = {"external": external}
    await audit.record(
        uow, "organization.trainer_stated", organization_id=organization_id, subject_id=user_id, facts=facts
    )
