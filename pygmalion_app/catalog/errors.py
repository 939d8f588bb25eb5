"""What can go wrong in the catalogue."""

from pygmalion_app.core.errors import ConflictError, InvalidInputError, NotFoundError


class CourseNotFoundError(NotFoundError):
    """There is no such course, or it is a draft of somebody else."""

    code = "course_not_found"


class OrganizationNotFoundError(NotFoundError):
    """There is no training organisation at this address."""

    code = "organization_not_found"


class CourseTitleTakenError(ConflictError):
    """The organisation has a course of this title already."""

    code = "course_title_taken"


class CourseIncompleteError(ConflictError):
    """The course lacks what a published one needs; the fact `missing` lists the fields."""

    code = "course_incomplete"


class CourseArchivedError(ConflictError):
    """An archived course keeps its history and changes no more."""

    code = "course_archived"


class CourseHasSessionsError(ConflictError):
    """Sessions to come still have participants; `sessions` says how many."""

    code = "course_has_sessions"


class OrganizationChoiceError(InvalidInputError):
    """The person acts for several training organisations (or none was given); `organizationId` must say which."""

    code = "organization_choice"


class CourseSuspendedError(ConflictError):
    """An administrator has hidden the course after a report; only they put it back."""

    code = "course_suspended"


class AlreadyReportedError(ConflictError):
    """The person's earlier report of the same is still open."""

    code = "already_reported"


class NothingReportedError(NotFoundError):
    """Nobody reported this, or it is gone."""

    code = "nothing_reported"
