"""Who may see a certificate and its document, and who may take it back."""

from sqlalchemy import ColumnElement, exists, false, or_, select, true
from sqlmodel import col

from pygmalion_app.certificates.models import Certificate
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.permissions import Permission
from pygmalion_app.enrollments.models import Enrollment, Order
from pygmalion_app.sessions.models import TrainingSession


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on certificates that this actor may see; nobody else's exist for them.

    The holder; the session's own trainer; the training organisation's admins; the managers of the company that paid.
    """
    if actor.is_system or actor.is_platform_admin:
        return true()
    if actor.user_id is None:
        return false()
    paid_by_theirs = exists(
        select(1)
        .select_from(Enrollment)
        .join(Order, col(Order.id) == col(Enrollment.order_id))
        .where(
            col(Enrollment.id) == col(Certificate.enrollment_id),
            col(Order.buyer_organization_id).in_(actor.organizations_with(Permission.TEAM_READ)),
        )
    )
    trained_by_them = exists(
        select(1).where(
            col(TrainingSession.id) == col(Certificate.session_id),
            col(TrainingSession.trainer_id) == actor.user_id,
            col(TrainingSession.organization_id).in_(actor.organizations_with(Permission.CERTIFICATE_ISSUE)),
        )
    )
    return or_(
        col(Certificate.user_id) == actor.user_id,
        col(Certificate.organization_id).in_(actor.organizations_with(Permission.CERTIFICATE_REVOKE)),
        trained_by_them,
        paid_by_theirs,
    )


def require_revoke(actor: Actor, certificate: Certificate) -> None:
    """The training organisation's admins only."""
    actor.require(Permission.CERTIFICATE_REVOKE, certificate.organization_id)
