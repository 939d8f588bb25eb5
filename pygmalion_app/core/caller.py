"""From where a call comes: the network address and the browser, for limits, devices and risk signals."""

from contextvars import ContextVar
from dataclasses import dataclass

_LONGEST_AGENT = 300
_COUNTRY_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Caller:
    """What a request says of itself.

    `address` is the connection's own, or what our own proxies say of it; never a header that anybody can write.
    """

    address: str = ""
    user_agent: str = ""
    country: str = ""
    """Two letters, where a proxy of ours tells (`COUNTRY_HEADER`); empty otherwise."""


_current: ContextVar[Caller] = ContextVar("caller", default=Caller())  # noqa: B039 - frozen


def current_caller() -> Caller:
    """Return who is calling in this task; empty in jobs."""
    return _current.get()


def set_caller(address: str, user_agent: str, country: str = "") -> None:
    """Keep where the call at hand comes from; the shells do this before anything else."""
    known = country.upper() if len(country) == _COUNTRY_LETTERS and country.isascii() and country.isalpha() else ""
    _current.set(Caller(address, user_agent[:_LONGEST_AGENT], known))


def behind_proxies(connection: str, forwarded_for: str, hops: int) -> str:
    """Return the address that calls through `hops` proxies of our own (`TRUSTED_PROXY_HOPS`).

    Each proxy appends to `X-Forwarded-For` whom it was called by, so the last `hops` entries are ours and everything
    before them anybody's to write. Too few entries: the call went past a proxy, and the connection's own counts.
    """
    if not hops:
        return connection
    entries = [entry.strip() for entry in forwarded_for.split(",")]
    return entries[-hops] if len(entries) >= hops and entries[-hops] else connection
