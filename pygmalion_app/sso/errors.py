"""What can go wrong with single sign-on. What the provider does wrong is `core.identity.IdentityProviderError`."""

from pygmalion_app.core.errors import ConflictError, InvalidInputError, NotAuthenticatedError, PermissionDeniedError


class SsoStaleError(NotAuthenticatedError):
    """The way back does not belong to a way out of this browser: unknown, used, late, or another's."""

    code = "sso_stale"


class SsoDeniedError(NotAuthenticatedError):
    """The person or the provider said no."""

    code = "sso_denied"


class SsoUnverifiedEmailError(PermissionDeniedError):
    """The provider gives no address, or has not checked it."""

    code = "sso_unverified_email"


class SsoForeignAddressError(PermissionDeniedError):
    """The address is at a domain for which this organisation does not answer."""

    code = "sso_foreign_address"


class SsoNotMemberError(PermissionDeniedError):
    """The person does not belong to the organisation, and it lets nobody join by signing in."""

    code = "sso_not_member"


class SsoAdministratorError(PermissionDeniedError):
    """The platform's administrators never sign in through an organisation."""

    code = "sso_administrator"


class SsoDemandedError(PermissionDeniedError):
    """The organisation lets its members in through its provider only."""

    code = "sso_demanded"


class SsoOffError(ConflictError):
    """The organisation has no working connection."""

    code = "sso_off"


class SsoNotTriedError(ConflictError):
    """Nobody has come in through this provider yet: demanding it could lock everybody out."""

    code = "sso_not_tried"


class SsoSecretNeededError(InvalidInputError):
    """A secret goes only to the provider it was given for: with another one it is typed again."""

    code = "sso_secret_needed"


class SsoNoLearnersError(InvalidInputError):
    """A training organisation has no learners, so nobody can join it as one."""

    code = "sso_no_learners"


class InvalidDomainError(InvalidInputError):
    """Not an e-mail domain."""

    code = "sso_invalid_domain"


class PublicDomainError(InvalidInputError):
    """Addresses at this domain are anybody's."""

    code = "sso_public_domain"


class DomainTakenError(ConflictError):
    """Another organisation has proven that it answers for this domain."""

    code = "sso_domain_taken"


class DomainKnownError(ConflictError):
    """The organisation claims this domain already."""

    code = "sso_domain_known"


class TooManyDomainsError(ConflictError):
    """As many domains as one organisation may claim."""

    code = "sso_too_many_domains"


class WrongDomainCodeError(InvalidInputError):
    """The code is wrong, late, or tried too often."""

    code = "sso_wrong_domain_code"
    keeps_changes = True
