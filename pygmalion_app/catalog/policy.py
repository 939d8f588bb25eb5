"""Who may write courses. Everybody reads published ones; drafts are seen by those who may edit them."""

from uuid import UUID

from pygmalion_app.catalog.errors import CourseNotFoundError, OrganizationChoiceError
from pygmalion_app.catalog.models import Course, CourseStatus
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.permissions import Permission


def sees_drafts(actor: Actor, organization_id: UUID) -> bool:
    """Tell whether this person may see the organisation's drafts and archives."""
    return actor.can(Permission.COURSE_UPDATE, organization_id)


def require_create(actor: Actor, organization_id: UUID | None) -> UUID:
    """Return the organisation in which a new course goes: the given one, else the active or only one to write in.

    Raises NotAuthenticatedError, PermissionDeniedError, or OrganizationChoiceError when there are several.
    """
    if organization_id is not None:
        actor.require(Permission.COURSE_CREATE, organization_id)
        return organization_id
    own = actor.organizations_with(Permission.COURSE_CREATE)
    if len(own) == 1 or (own and own[0] == actor.active_organization_id):
        return own[0]
    if not own and not actor.is_platform_admin:
        actor.require(Permission.COURSE_CREATE, None)
    raise OrganizationChoiceError(field="organizationId")


def require_write(actor: Actor, course: Course, permission: Permission) -> None:
    """Require a permission on a course; to those who may not know of a draft it does not exist."""
    if course.status != CourseStatus.PUBLISHED and not sees_drafts(actor, course.organization_id):
        actor.require_user()
        raise CourseNotFoundError
    actor.require(permission, course.organization_id)
