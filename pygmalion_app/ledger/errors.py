"""What can go wrong with the books."""

from pygmalion_app.core.errors import ConflictError


class EntryConflictError(ConflictError):
    """The key of an entry tells of something else already: two events must not share a key."""

    code = "ledger_conflict"


class UnbalancedEntryError(ConflictError):
    """The lines of an entry do not add up to zero."""

    code = "ledger_unbalanced"
