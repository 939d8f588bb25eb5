"""What can go wrong with certificates."""

from pygmalion_app.core.errors import ConflictError


class DocumentNotReadyError(ConflictError):
    """The document is being made; it takes seconds."""

    code = "certificate_not_ready"


class AlreadyRevokedError(ConflictError):
    """The certificate was taken back before."""

    code = "certificate_already_revoked"
