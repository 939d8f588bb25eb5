"""Errors are facts: a stable code, an HTTP status, and the values that explain what happened."""

from typing import ClassVar


class PygmalionError(Exception):
    """Base of every expected error.

    `code` is stable and public; the text people read is the message `error-<code>` of the translation catalogue,
    filled with `facts`. `field` names the form field at fault, if any.
    """

    code: ClassVar[str] = "internal"
    status: ClassVar[int] = 500
    keeps_changes: ClassVar[bool] = False
    """Whether the unit of work commits although this is raised: a wrong code must count as an attempt."""

    def __init__(self, *, field: str | None = None, **facts: object) -> None:
        """Keep the facts; they are shown to people, so never pass a secret."""
        super().__init__(self.code)
        self.field = field
        self.facts = facts


class NotFoundError(PygmalionError):
    """There is no such thing, or the actor may not know that there is."""

    code = "not_found"
    status = 404


class NotAuthenticatedError(PygmalionError):
    """The call needs a signed-in person."""

    code = "not_authenticated"
    status = 401


class PermissionDeniedError(PygmalionError):
    """The actor is known and may not do this."""

    code = "permission_denied"
    status = 403


class StrongFactorRequiredError(PermissionDeniedError):
    """The role is there, and waits until its holder has an authenticator application or a passkey."""

    code = "strong_factor_required"


class InvalidInputError(PygmalionError):
    """A value is not acceptable; `field` says which."""

    code = "invalid_input"
    status = 422


class ConflictError(PygmalionError):
    """The state of things does not allow this now."""

    code = "conflict"
    status = 409


class TooManyRequestsError(PygmalionError):
    """Too often in too short a time; `retry_after` says in seconds when to try again (`core.limits`)."""

    code = "too_many_requests"
    status = 429


class BusyError(PygmalionError):
    """A lock could not be had in time; trying again helps."""

    code = "busy"
    status = 503


class UnavailableError(PygmalionError):
    """An outside part did not answer; nothing was lost, trying again helps."""

    code = "unavailable"
    status = 503
