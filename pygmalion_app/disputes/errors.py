"""What can go wrong with answering a dispute."""

from pygmalion_app.core.errors import ConflictError


class DisputeOverError(ConflictError):
    """The dispute is decided, or the time to answer is over."""

    code = "dispute_over"


class EvidenceSentError(ConflictError):
    """The evidence is on its way or was sent already: a bank takes one answer."""

    code = "evidence_sent"


class DisputeUnlinkedError(ConflictError):
    """The payment that is disputed is not known yet: there is nothing to put together."""

    code = "dispute_unlinked"
