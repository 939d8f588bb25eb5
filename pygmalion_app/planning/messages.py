"""What a job and the process that solves say to each other, as lines of JSON."""

import msgspec

from pygmalion_app.planning.explain import Reason
from pygmalion_app.planning.problem import Booking, Problem


class Ask(msgspec.Struct, frozen=True):
    """Solve this."""

    problem: Problem
    hint: list[Booking]
    seconds: float
    workers: int


class Better(msgspec.Struct, frozen=True, tag=True):
    """A better plan; the first one is the plan by hand."""

    bookings: list[Booking]
    objective: int
    bound: int
    gap: float
    seconds: float
    unmet: int


class Bound(msgspec.Struct, frozen=True, tag=True):
    """No better plan, but it is known to be closer to the best."""

    bound: int
    gap: float
    seconds: float


class Done(msgspec.Struct, frozen=True, tag=True):
    """The end: the best plan, the needs that it leaves out, and why."""

    bookings: list[Booking]
    objective: int
    bound: int
    gap: float
    seconds: float
    unmet: list[int]
    reasons: list[Reason]


Message = Better | Bound | Done
