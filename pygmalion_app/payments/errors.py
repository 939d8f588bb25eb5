"""What can go wrong with payments."""

from pygmalion_app.core.errors import ConflictError, PygmalionError


class PaymentClosedError(ConflictError):
    """The payment is over (paid, expired or given back): there is nothing left to pay."""

    code = "payment_closed"


class SellerNotReadyError(ConflictError):
    """The training organisation has no complete account at the gateway: it cannot be paid, so nothing is charged."""

    code = "seller_not_ready"


class RefundNotFailedError(ConflictError):
    """Only a refund that failed is asked for again; this one is on its way, or has arrived."""

    code = "refund_not_failed"


class RefundDisputedError(ConflictError):
    """A bank disputes the same money: it decides whether the refund is still owed."""

    code = "refund_disputed"


class InstalmentClosedError(ConflictError):
    """The part of the payment was taken, is being taken, or is not to be taken any more."""

    code = "instalment_closed"


class EventChangedError(ConflictError):
    """Another event came under the id of one that is known: neither is applied on its word."""

    code = "event_changed"


class EventForgottenError(ConflictError):
    """What the event said was erased: it can no longer be applied."""

    code = "event_forgotten"


class EventFailedError(PygmalionError):
    """The event is kept and had no effect; the gateway delivers it again."""

    code = "event_failed"
    status = 500


class DifferenceClosedError(ConflictError):
    """The difference was resolved, or cleared by itself, meanwhile."""

    code = "difference_closed"
