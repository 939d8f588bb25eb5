"""What can go wrong with budgets, bookings for a team and requests."""

from pygmalion_app.core.errors import ConflictError, InvalidInputError


class CostCenterExistsError(ConflictError):
    """The company has a cost centre of this code for the year already."""

    code = "cost_center_exists"


class CostCenterInUseError(ConflictError):
    """Orders are charged to it, or requests wait for it; so many (`orders`)."""

    code = "cost_center_in_use"


class BudgetExceededError(ConflictError):
    """A cost centre has fewer cents left (`left`) than are wanted (`wanted`)."""

    code = "budget_exceeded"


class BelowUsedError(InvalidInputError):
    """Less would be allocated than is used already (`used`, in cents)."""

    code = "budget_below_used"


class OrderNotChargeableError(ConflictError):
    """The order is no company's, or has come to nothing."""

    code = "order_not_chargeable"


class SecondApprovalNeededError(ConflictError):
    """An order above the cost centre's limit (`limit`, in cents) needs another manager's approval."""

    code = "second_approval_needed"


class OtherManagerNeededError(ConflictError):
    """Whoever gave the first approval, or asked, cannot give the second."""

    code = "other_manager_needed"


class NotInTeamError(InvalidInputError):
    """Somebody among the chosen does not belong to the company."""

    code = "not_in_team"


class AlreadyAskedError(ConflictError):
    """The same person has asked for this session already, and waits for an answer."""

    code = "already_asked"


class RequestOverError(ConflictError):
    """The request was decided, withdrawn, or its session has begun; `state` says which."""

    code = "request_over"
