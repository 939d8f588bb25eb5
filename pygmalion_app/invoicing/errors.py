"""What can go wrong with invoices."""

from pygmalion_app.core.errors import ConflictError, InvalidInputError


class InvoiceNotReadyError(ConflictError):
    """The document is being made: it is there within seconds."""

    code = "invoice_not_ready"


class TransferTooLargeError(InvalidInputError):
    """The transfer is more than what is owed (or, going back, more than what is overpaid)."""

    code = "transfer_too_large"


class TransferDateError(InvalidInputError):
    """A transfer cannot have been received in the future or before the invoice."""

    code = "transfer_date"
