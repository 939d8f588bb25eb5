"""What can go wrong with credentials."""

from pygmalion_app.core.errors import ConflictError


class CredentialUnavailableError(ConflictError):
    """The certificate is older than credentials are here, or its holder's data was erased."""

    code = "credential_unavailable"
