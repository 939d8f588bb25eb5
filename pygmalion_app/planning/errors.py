"""What can go wrong with plans."""

from pygmalion_app.core.errors import ConflictError, InvalidInputError


class PlanUnderWayError(ConflictError):
    """A plan of the organisation is being made already (`plan`); it can be stopped."""

    code = "plan_under_way"


class PlanNotReadyError(ConflictError):
    """The plan is not in a state for this; `state` says in which it is."""

    code = "plan_not_ready"


class PlanEmptyError(ConflictError):
    """The plan proposes nothing, so there is nothing to book."""

    code = "plan_empty"


class PlanOutdatedError(ConflictError):
    """A session (`session`, `course`) is not what it was when the plan was made; nothing was booked. Plan again."""

    code = "plan_outdated"


class PlanTooLongError(InvalidInputError):
    """A plan reaches from tomorrow to at most a year ahead."""

    code = "plan_until"


class UnavailabilityError(InvalidInputError):
    """The last day lies before the first, or more than two years later."""

    code = "unavailability"
