"""What can go wrong with orders and enrolments."""

from pygmalion_app.core.errors import ConflictError, InvalidInputError, PermissionDeniedError


class SessionFullError(ConflictError):
    """Fewer seats are left than are wanted."""

    code = "session_full"


class SessionPastError(ConflictError):
    """The session has begun or was called off: it cannot be booked."""

    code = "session_past"


class SalesStoppedError(ConflictError):
    """The organisation's verification was refused or withdrawn: nothing of it is sold."""

    code = "sales_stopped"


class AlreadyEnrolledError(ConflictError):
    """One of the participants has a seat in this session already."""

    code = "already_enrolled"


class DuplicateParticipantError(InvalidInputError):
    """The same person stands twice among the participants."""

    code = "duplicate_participant"


class IdempotencyConflictError(ConflictError):
    """The idempotency key was used for another request."""

    code = "idempotency_conflict"


class OnlyOneselfError(PermissionDeniedError):
    """A self-funded individual enrols themself and nobody else."""

    code = "only_oneself"


class NotConfirmedError(ConflictError):
    """The enrolment is not confirmed (unpaid or cancelled), so it cannot be validated."""

    code = "not_confirmed"


class NotStartedError(ConflictError):
    """The session has not begun: nobody can have been present."""

    code = "not_started"


class NotCancellableError(ConflictError):
    """The enrolment is over or cancelled already."""

    code = "not_cancellable"
