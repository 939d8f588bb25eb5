"""Roles and what each may do (specification 7.1; the airport manager, missing there, is added)."""

from enum import StrEnum


class Role(StrEnum):
    """A person's role in one organisation; the platform administrator stands beside these."""

    LEARNER = "learner"
    TRAINER = "trainer"
    TRAINING_ADMIN = "training_admin"
    MANAGER = "manager"
    AIRPORT_MANAGER = "airport_manager"


class Permission(StrEnum):
    """One thing that a policy can allow."""

    COURSE_CREATE = "course:create"
    COURSE_UPDATE = "course:update"
    COURSE_DELETE = "course:delete"
    SESSION_CREATE = "session:create"
    SESSION_UPDATE = "session:update"
    SESSION_READ_ENROLLMENTS = "session:read_enrollments"
    ENROLLMENT_CREATE = "enrollment:create"
    ENROLLMENT_VALIDATE = "enrollment:validate"
    CERTIFICATE_ISSUE = "certificate:issue"
    CERTIFICATE_REVOKE = "certificate:revoke"
    TEAM_READ = "team:read"
    PAYMENT_READ = "payment:read"


ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.LEARNER: frozenset(),
    Role.TRAINER: frozenset(
        {Permission.SESSION_READ_ENROLLMENTS, Permission.ENROLLMENT_VALIDATE, Permission.CERTIFICATE_ISSUE}
    ),
    Role.TRAINING_ADMIN: frozenset(
        {
            Permission.COURSE_CREATE,
            Permission.COURSE_UPDATE,
            Permission.COURSE_DELETE,
            Permission.SESSION_CREATE,
            Permission.SESSION_UPDATE,
            Permission.SESSION_READ_ENROLLMENTS,
            Permission.ENROLLMENT_VALIDATE,
            Permission.CERTIFICATE_ISSUE,
            Permission.CERTIFICATE_REVOKE,
            Permission.PAYMENT_READ,
        }
    ),
    Role.MANAGER: frozenset({Permission.ENROLLMENT_CREATE, Permission.TEAM_READ, Permission.PAYMENT_READ}),
    Role.AIRPORT_MANAGER: frozenset({Permission.ENROLLMENT_CREATE, Permission.TEAM_READ, Permission.PAYMENT_READ}),
}
