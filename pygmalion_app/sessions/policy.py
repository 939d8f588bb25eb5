"""Who may plan sessions: those who may for the course's organisation. Sessions of a foreign draft do not exist."""

from pygmalion_app.catalog.models import Course, CourseStatus
from pygmalion_app.catalog.policy import require_write, sees_drafts
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.permissions import Permission
from pygmalion_app.sessions.errors import SessionNotFoundError
from pygmalion_app.sessions.models import TrainingSession


def require_create(actor: Actor, course: Course) -> None:
    """Require the right to add a session; CourseNotFoundError for a foreign draft."""
    require_write(actor, course, Permission.SESSION_CREATE)


def require_update(actor: Actor, session: TrainingSession, course_status: str) -> None:
    """Require the right to change a session; SessionNotFoundError for one of a foreign draft."""
    actor.require_user()
    if course_status == CourseStatus.DRAFT and not sees_drafts(actor, session.organization_id):
        raise SessionNotFoundError
    actor.require(Permission.SESSION_UPDATE, session.organization_id)
