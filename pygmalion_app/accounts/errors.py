"""What can go wrong with accounts and sign-in."""

from pygmalion_app.core.errors import InvalidInputError, NotAuthenticatedError, PermissionDeniedError


class InvalidCredentialsError(NotAuthenticatedError):
    """The address and password do not go together; which of them is wrong is not told."""

    code = "invalid_credentials"


class InvalidCodeError(NotAuthenticatedError):
    """The code is wrong, used, late, or tried too often."""

    code = "invalid_code"
    keeps_changes = True


class InvalidTokenError(NotAuthenticatedError):
    """The token is not ours, not for this use, or no longer good."""

    code = "invalid_token"
    keeps_changes = True


class WeakPasswordError(InvalidInputError):
    """The password is too short, or among those that attackers try first."""

    code = "weak_password"


class ReauthenticationRequiredError(PermissionDeniedError):
    """The session is good, but this change asks who it is once more."""

    code = "reauthentication_required"
