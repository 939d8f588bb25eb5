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


class DiscountRefusedError(InvalidInputError):
    """The code takes nothing off this order; `reason` is unknown, early, over, used or course."""

    code = "discount_refused"


class DiscountExistsError(ConflictError):
    """The organisation has a code of this name already."""

    code = "discount_exists"


class NotChangeableError(ConflictError):
    """The seat keeps its person and its session.

    `reason` is over, validated, started, late (with `days`), individual, unpaid, price or course.
    """

    code = "not_changeable"


class NotRefundableError(ConflictError):
    """Nothing, or less than was asked for, can be given back; `left` says how much in cents."""

    code = "not_refundable"


class SeatsAvailableError(ConflictError):
    """There is nothing to wait for: so many seats can be booked now."""

    code = "seats_available"


class AlreadyWaitingError(ConflictError):
    """The buyer has a place in this session's waiting list already."""

    code = "already_waiting"


class GroupTooLargeError(InvalidInputError):
    """The session will never have so many seats; `capacity` says how many it has."""

    code = "group_too_large"


class OfferOverError(ConflictError):
    """The offer has lapsed, was accepted or given up; or it is another session's or another buyer's."""

    code = "offer_over"


class OfferTooSmallError(ConflictError):
    """More participants than seats are offered (`offered`)."""

    code = "offer_too_small"


class WaitingOverError(ConflictError):
    """The place in the waiting list is given up or used, so there is nothing to leave or to take back."""

    code = "waiting_over"


class ContractRequiredError(InvalidInputError):
    """A self-funded individual orders by accepting the contract (`GET /enrollments/contract`)."""

    code = "contract_required"


class ContractChangedError(ConflictError):
    """Other words were accepted than would be agreed on now: the contract is to be read again."""

    code = "contract_changed"


class WithdrawalOverError(ConflictError):
    """The withdrawal period is over (`ended_at`); giving the seat up is still possible."""

    code = "withdrawal_over"


class WithdrawalChangedError(ConflictError):
    """Another statement was confirmed than the one to be made now."""

    code = "withdrawal_changed"


class InvoicePaymentRefusedError(ConflictError):
    """This buyer cannot pay this seller by invoice; `reason` is buyer (no company), siret or seller."""

    code = "invoice_payment_refused"


class FundingTooLargeError(InvalidInputError):
    """Third parties cannot take on more than the order's `total`."""

    code = "funding_too_large"


class FundingDecidedError(ConflictError):
    """The third party's word is recorded already; `status` says which."""

    code = "funding_decided"
