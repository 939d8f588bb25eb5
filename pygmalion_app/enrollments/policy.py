"""Who may see, cancel and validate an enrolment."""

from uuid import UUID

from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import NotFoundError, PermissionDeniedError
from pygmalion_app.core.permissions import Permission
from pygmalion_app.enrollments.models import Enrollment, Order


def is_buyer(actor: Actor, order: Order) -> bool:
    """Tell whether the actor ordered, or manages the company that did."""
    return order.buyer_user_id == actor.user_id or order.buyer_organization_id in actor.organizations_with(
        Permission.ENROLLMENT_CREATE
    )


def require_view(actor: Actor, enrollment: Enrollment, order: Order) -> None:
    """The participant, the buyer, and the training organisation's staff; for others it does not exist."""
    user_id = actor.require_user()
    if not (
        enrollment.user_id == user_id
        or is_buyer(actor, order)
        or actor.can(Permission.SESSION_READ_ENROLLMENTS, order.seller_organization_id)
    ):
        raise NotFoundError(enrollment=str(enrollment.id))


def require_cancel(actor: Actor, enrollment: Enrollment, order: Order) -> None:
    """The buyer, or the training organisation's admin; who may only see it is told so."""
    require_view(actor, enrollment, order)
    if not (is_buyer(actor, order) or actor.can(Permission.SESSION_UPDATE, order.seller_organization_id)):
        raise PermissionDeniedError(permission="enrollment:cancel")


def require_validate(actor: Actor, enrollment: Enrollment, order: Order, trainer_id: UUID | None) -> None:
    """The session's own trainer, or its organisation's admin; another trainer of the house is not enough."""
    require_view(actor, enrollment, order)
    is_trainer = trainer_id == actor.user_id and actor.can(Permission.ENROLLMENT_VALIDATE, order.seller_organization_id)
    if not (is_trainer or actor.can(Permission.SESSION_UPDATE, order.seller_organization_id)):
        raise PermissionDeniedError(permission=Permission.ENROLLMENT_VALIDATE.value)
