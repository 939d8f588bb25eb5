"""What can go wrong with payments."""

from pygmalion_app.core.errors import ConflictError


class PaymentClosedError(ConflictError):
    """The payment is over (paid, expired or given back): there is nothing left to pay."""

    code = "payment_closed"
