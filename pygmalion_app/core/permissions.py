"""Roles and what each may do: the matrix of specification 7.1, completed (the airport manager is missing there).

Everybody, signed in or not, reads published courses and open sessions and verifies certificates. Every signed-in
person, whatever their roles, manages their own account, enrols themselves and sees their own enrolments, payments and
certificates; the rest is granted per organisation:

| in one's own organisation  | learner | trainer          | training admin | manager | airport manager |
|----------------------------|---------|------------------|----------------|---------|-----------------|
| write courses and sessions |         |                  | yes            |         |                 |
| read sessions' enrolments  |         | own sessions     | yes            |         |                 |
| validate, issue            |         | own sessions     | yes            |         |                 |
| revoke certificates        |         |                  | yes            |         |                 |
| read payments              |         |                  | yes            | yes     | yes             |
| payouts and their account  |         |                  | yes            |         |                 |
| enrol others, read team    |         |                  |                | yes     | yes             |
| settings, members, SSO     |         |                  | yes            | yes     | yes             |
| submit verification (KYB)  |         |                  | yes            | yes     | yes             |
| compliance, budgets, plans |         |                  |                | yes     | yes             |
| reports                    |         |                  | yes            | yes     | yes             |
| attendance                 |         | own sessions     | yes            |         |                 |

An airport manager is to an airport operator what a manager is to a company. The platform administrator may do all of
this everywhere, and alone reviews identities (never their own), reads the audit and the risk queue.
"""

from enum import StrEnum


class Role(StrEnum):
    """A person's role in one organisation; the platform administrator stands beside these."""

    LEARNER = "learner"
    TRAINER = "trainer"
    TRAINING_ADMIN = "training_admin"
    MANAGER = "manager"
    AIRPORT_MANAGER = "airport_manager"


STRONG_FACTOR_ROLES = (Role.TRAINING_ADMIN, Role.MANAGER, Role.AIRPORT_MANAGER)
"""Roles for which an organisation may demand an authenticator application or a passkey."""


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
    PAYOUT_MANAGE = "payout:manage"
    """See what the organisation is paid, and set up the account that it is paid to."""
    ORGANIZATION_UPDATE = "organization:update"
    MEMBER_READ = "member:read"
    MEMBER_MANAGE = "member:manage"
    """Invite, import, change the roles of and remove members."""
    SSO_MANAGE = "sso:manage"
    KYB_SUBMIT = "kyb:submit"
    COMPLIANCE_READ = "compliance:read"
    """See what the organisation's people must hold, and whether they do."""
    COMPLIANCE_MANAGE = "compliance:manage"
    """Change the requirement sets, job roles, sites, exemptions, and what an airport may see."""
    BUDGET_MANAGE = "budget:manage"
    PLAN_MANAGE = "plan:manage"
    REPORT_READ = "report:read"
    ATTENDANCE_MANAGE = "attendance:manage"


_ORGANIZATION = frozenset(
    {
        Permission.ORGANIZATION_UPDATE,
        Permission.MEMBER_READ,
        Permission.MEMBER_MANAGE,
        Permission.SSO_MANAGE,
        Permission.KYB_SUBMIT,
        Permission.PAYMENT_READ,
    }
)
"""What whoever runs an organisation may do in it, whatever its kind."""
_BUYER = frozenset(
    {
        Permission.ENROLLMENT_CREATE,
        Permission.TEAM_READ,
        Permission.COMPLIANCE_READ,
        Permission.COMPLIANCE_MANAGE,
        Permission.BUDGET_MANAGE,
        Permission.PLAN_MANAGE,
        Permission.REPORT_READ,
    }
)
_TEACHER = frozenset(
    {
        Permission.SESSION_READ_ENROLLMENTS,
        Permission.ENROLLMENT_VALIDATE,
        Permission.CERTIFICATE_ISSUE,
        Permission.ATTENDANCE_MANAGE,
    }
)
_SCHOOL = frozenset(
    {
        Permission.COURSE_CREATE,
        Permission.COURSE_UPDATE,
        Permission.COURSE_DELETE,
        Permission.SESSION_CREATE,
        Permission.SESSION_UPDATE,
        Permission.CERTIFICATE_REVOKE,
        Permission.PAYOUT_MANAGE,
        Permission.REPORT_READ,
    }
)

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.LEARNER: frozenset(),
    Role.TRAINER: _TEACHER,
    Role.TRAINING_ADMIN: _TEACHER | _SCHOOL | _ORGANIZATION,
    Role.MANAGER: _BUYER | _ORGANIZATION,
    Role.AIRPORT_MANAGER: _BUYER | _ORGANIZATION,
}
