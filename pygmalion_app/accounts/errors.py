"""What can go wrong with accounts and sign-in."""

from pygmalion_app.core.errors import ConflictError, InvalidInputError, NotAuthenticatedError, PermissionDeniedError


class InvalidCredentialsError(NotAuthenticatedError):
    """The address and password do not go together; which of them is wrong is not told."""

    code = "invalid_credentials"
    keeps_changes = True


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


class InvalidPasskeyError(NotAuthenticatedError):
    """The passkey's answer does not fit: another key, origin or challenge, one used before, or a copied key."""

    code = "invalid_passkey"
    keeps_changes = True


class PasskeyKnownError(ConflictError):
    """This passkey is kept already."""

    code = "passkey_known"


class PasskeysUnavailableError(ConflictError):
    """This installation's address cannot have passkeys: they need a name, and TLS."""

    code = "passkeys_unavailable"


class StrongFactorDemandedError(ConflictError):
    """The last strong factor cannot go: an organisation demands one; `organization` names it."""

    code = "strong_factor_demanded"


class WrongPasswordError(PermissionDeniedError):
    """The password is not the signed-in person's own."""

    code = "wrong_password"


class InvalidLinkError(InvalidInputError):
    """The mailed link is not ours, was used, or is late."""

    code = "invalid_link"


class EmailTakenError(ConflictError):
    """The address belongs to another account by now."""

    code = "email_taken"
