"""What can stand in the way on the privacy page."""

from pygmalion_app.core.errors import ConflictError, NotFoundError


class ErasureBlockedError(ConflictError):
    """Something is still open; `blockers` names what, and each name has its words."""

    code = "erasure_blocked"


class ErasureWaitingError(ConflictError):
    """The account waits for its erasure already."""

    code = "erasure_waiting"


class NoErasureError(NotFoundError):
    """There is no request to withdraw."""

    code = "no_erasure"


class ExportNotReadyError(ConflictError):
    """The archive is still being made."""

    code = "export_not_ready"


class ExportExpiredError(NotFoundError):
    """The archive is gone; a new one can be asked for."""

    code = "export_expired"
