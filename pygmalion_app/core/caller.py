"""From where a call comes: the network address and the browser, for limits, devices and risk signals."""

from contextvars import ContextVar
from dataclasses import dataclass

_LONGEST_AGENT = 300


@dataclass(frozen=True, slots=True)
class Caller:
    """What a request says of itself. `address` is the connection's own, never a header that anybody can write."""

    address: str = ""
    user_agent: str = ""


_current: ContextVar[Caller] = ContextVar("caller", default=Caller())  # noqa: B039 - frozen


def current_caller() -> Caller:
    """Return who is calling in this task; empty in jobs."""
    return _current.get()


def set_caller(address: str, user_agent: str) -> None:
    """Keep where the call at hand comes from; the shells do this before anything else."""
    _current.set(Caller(address, user_agent[:_LONGEST_AGENT]))
