"""What can go wrong in compliance."""

from pygmalion_app.core.errors import ConflictError, InvalidInputError, NotFoundError


class RequirementSetNotFoundError(NotFoundError):
    """There is no such requirement set or version, or it is another organisation's."""

    code = "requirement_set_not_found"


class JobRoleNotFoundError(NotFoundError):
    """There is no such job role, or it is another organisation's."""

    code = "job_role_not_found"


class SiteNotFoundError(NotFoundError):
    """There is no such site, or it is another organisation's."""

    code = "site_not_found"


class SiteInUseError(ConflictError):
    """People work there, or requirements are about it: say what becomes of them (`people`, `sets`)."""

    code = "site_in_use"


class PositionNotFoundError(NotFoundError):
    """Nobody of this id works in the organisation."""

    code = "position_not_found"


class NameTakenError(ConflictError):
    """The organisation has something of this name already; the fact `name` says which."""

    code = "compliance_name_taken"


class VersionPublishedError(ConflictError):
    """A published version changes no more: start a draft."""

    code = "requirement_version_published"


class VersionEmptyError(ConflictError):
    """A version without requirements is not published: archive the set instead."""

    code = "requirement_version_empty"


class CourseTypeUnknownError(InvalidInputError):
    """A requirement names a course type that the profession does not know; `codes` lists them."""

    code = "course_type_unknown"


class EffectiveDateError(InvalidInputError):
    """A version would apply from a day that is past, or before the version that it follows."""

    code = "requirement_version_date"


class EquivalenceExistsError(ConflictError):
    """One course stands for the other already: in the organisation, or for the whole profession."""

    code = "equivalence_exists"


class TimeZoneUnknownError(InvalidInputError):
    """There is no such time zone."""

    code = "time_zone_unknown"


class OrganizationNotGivenError(InvalidInputError):
    """The caller works for no organisation of their own: `organizationId` must say which."""

    code = "compliance_organization_missing"
