"""How often something may be done: rates as data, counted by account, by address or by whatever a caller names.

    await hit(Limit.SIGN_IN, email)        # raises TooManyRequestsError, which says when to try again
    await hit_from_here(Limit.SIGN_IN_FROM)

Counted are attempts, not failures: an attacker does not say which is which. Each rate can be changed by the setting
`RATE_LIMITS`, a JSON object such as `{"api": "1000/1m"}`. Keys are hashed under the installation's own secret, so that
the counters' store holds no e-mail addresses and no network addresses.
"""

import hashlib
import hmac
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from math import ceil
from typing import Any, Final

from pydantic import SecretStr

from pygmalion_app.core.caller import current_caller
from pygmalion_app.core.errors import TooManyRequestsError, UnavailableError
from pygmalion_app.core.ports import Hit
from pygmalion_app.core.unit_of_work import Container, container

log = logging.getLogger(__name__)

_RATE = re.compile(r"(?P<amount>[1-9]\d{0,8})/(?P<count>[1-9]\d{0,3})?(?P<unit>[smhd])")
_UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_MINUTES_FROM, _HOURS_FROM = 90, 5400
_NETWORK_BITS = 64


class Limit(StrEnum):
    """What is counted. The names are those of the setting `RATE_LIMITS`."""

    API = "api"
    """Calls of the API, by person."""
    READ = "read"
    """Anonymous reads of the API and of public pages, by address. Many people may share one."""
    VERIFICATION = "verification"
    """Public verification of certificates, by address: an inspector at a gate checks one every few seconds."""
    SIGN_IN = "sign_in"
    """Passwords tried for an account from one address; nobody else is locked out by it."""
    SIGN_IN_ACCOUNT = "sign_in_account"
    """Passwords tried for an account from everywhere."""
    SIGN_IN_FROM = "sign_in_from"
    """Sign-ins by address, whatever the account."""
    CODE = "code"
    """Codes tried (second factors, recovery), by account or attempt."""
    CODE_FROM = "code_from"
    """Codes tried, by address."""
    CODE_SENT = "code_sent"
    """Codes mailed to one account: nobody's mailbox is to be filled."""
    SSO_FROM = "sso_from"
    """Ways to organisations' identity providers looked up, begun and ended, by address: a company shares one."""
    TOKEN_FROM = "token_from"  # noqa: S105 - a name
    """Refresh tokens and sign-in tickets tried, by address."""
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a name
    """Links to a new password asked for one account."""
    PASSWORD_RESET_FROM = "password_reset_from"  # noqa: S105 - a name
    """Links to a new password, by address."""
    REAUTHENTICATION = "reauthentication"
    """Proofs of who one is before a sensitive change, by person."""
    REGISTRATION = "registration"
    """Accounts opened, by address."""
    INVITATION = "invitation"
    """Invitations sent, by person; a CSV of a thousand colleagues counts once."""
    UPLOAD = "upload"
    """Documents uploaded for identity checks, by person."""
    ORDER = "order"
    """Orders placed, by person."""
    DISCOUNT = "discount"
    """Discount codes tried, by person: nobody is to find one by guessing."""
    WAITING_LIST = "waiting_list"
    """Waiting lists joined, by person."""
    MESSAGE = "message"
    """Messages written, by person."""
    REPORT = "report"
    """Courses and reviews reported, by person."""
    HOLDER_NAME = "holder_name"
    """Names compared with the masked holder of one certificate, from everywhere."""
    EXPORT = "export"
    """Exports of everything held on a person, by person."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many in so many seconds."""

    amount: int
    seconds: int


def parse_rate(text: str) -> Rate:
    """Return the rate that `100/1m` spells (units s, m, h, d); ValueError for anything else."""
    found = _RATE.fullmatch(text)
    if not found:
        message = f"{text!r} is no rate: write 100/1m, 10/15m, 5/1h or 3/1d"
        raise ValueError(message)
    return Rate(int(found["amount"]), int(found["count"] or 1) * _UNIT_SECONDS[found["unit"]])


# A password alone opens nothing, a code is one of a million and dies after five tries: these bounds are for people who
# mistype, and for an office whose hundred people sign in from one address at eight.
RATES: Final[Mapping[Limit, Rate]] = {
    Limit.API: Rate(100, 60),
    Limit.READ: Rate(1200, 60),
    Limit.VERIFICATION: Rate(60, 60),
    Limit.SIGN_IN: Rate(20, 900),
    Limit.SIGN_IN_ACCOUNT: Rate(100, 3600),
    Limit.SIGN_IN_FROM: Rate(200, 900),
    Limit.CODE: Rate(20, 900),
    Limit.CODE_FROM: Rate(200, 900),
    Limit.CODE_SENT: Rate(20, 3600),
    Limit.SSO_FROM: Rate(300, 900),
    Limit.TOKEN_FROM: Rate(300, 60),
    Limit.PASSWORD_RESET: Rate(5, 3600),
    Limit.PASSWORD_RESET_FROM: Rate(30, 3600),
    Limit.REAUTHENTICATION: Rate(10, 900),
    Limit.REGISTRATION: Rate(30, 3600),
    Limit.INVITATION: Rate(60, 3600),
    Limit.UPLOAD: Rate(30, 3600),
    Limit.ORDER: Rate(30, 60),
    Limit.DISCOUNT: Rate(30, 600),
    Limit.WAITING_LIST: Rate(30, 3600),
    Limit.MESSAGE: Rate(30, 600),
    Limit.REPORT: Rate(10, 3600),
    Limit.HOLDER_NAME: Rate(30, 3600),
    Limit.EXPORT: Rate(5, 3600),
}
FAIL_CLOSED: Final = frozenset(
    {
        Limit.SIGN_IN,
        Limit.SIGN_IN_ACCOUNT,
        Limit.SIGN_IN_FROM,
        Limit.CODE,
        Limit.CODE_FROM,
        Limit.CODE_SENT,
        Limit.TOKEN_FROM,
        Limit.PASSWORD_RESET,
        Limit.PASSWORD_RESET_FROM,
        Limit.REAUTHENTICATION,
    }
)
"""While the counters' store does not answer, these are refused: it could be an attacker who keeps it from answering."""


def check_rates(changed: Mapping[str, str]) -> None:
    """Raise ValueError when the setting `RATE_LIMITS` names no limit of ours or spells no rate."""
    for name, text in changed.items():
        if name not in RATES:
            message = f"RATE_LIMITS: {name!r} is none of {', '.join(RATES)}"
            raise ValueError(message)
        parse_rate(text)


async def hit(limit: Limit, *keys: object) -> Hit:
    """Count one attempt under a key (`hit(Limit.SIGN_IN, email, address)` counts the pair).

    Raises TooManyRequestsError when there were too many, and UnavailableError when the counters do not answer and the
    limit fails closed. Texts are compared without case, as e-mail addresses are.
    """
    found = await look(limit, *keys)
    if not found.allowed:
        raise too_many(limit, found)
    return found


async def hit_from_here(limit: Limit) -> None:
    """Count one attempt under the address that calls; jobs and the command line come from nowhere and pass."""
    if address := current_caller().address:
        await hit(limit, network_of(address))


async def look(limit: Limit, *keys: object) -> Hit:
    """Count one attempt and return how it stands, refused or not."""
    parts = container()
    rate = _rates(parts)[limit]
    try:
        return await parts.ports.limiter.hit(
            _key(parts.settings.session_secret, limit, keys), rate.amount, rate.seconds
        )
    except UnavailableError:
        if limit in FAIL_CLOSED:
            raise
        return Hit(allowed=True, limit=rate.amount, remaining=rate.amount, reset_seconds=0, window_seconds=rate.seconds)


def too_many(limit: Limit, refused: Hit) -> TooManyRequestsError:
    """Return the error of a refusal: how long to wait, in seconds and in words."""
    seconds = max(1, ceil(refused.reset_seconds))
    log.warning("limit %s reached", limit.value)
    if seconds < _MINUTES_FROM:
        return TooManyRequestsError(retry_after=seconds, unit="second", count=seconds)
    if seconds < _HOURS_FROM:
        return TooManyRequestsError(retry_after=seconds, unit="minute", count=ceil(seconds / 60))
    return TooManyRequestsError(retry_after=seconds, unit="hour", count=ceil(seconds / 3600))


@lru_cache(maxsize=4096)
def network_of(address: str) -> str:
    """Return under what an address is counted: an IPv6 customer owns a whole /64 and would never run out."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return f"{IPv6Address(int(found) >> _NETWORK_BITS << _NETWORK_BITS)}/{_NETWORK_BITS}"
    return str(found)


def _rates(parts: Container) -> Mapping[Limit, Rate]:
    changed = parts.settings.rate_limits
    # One process has one object of settings: by identity, since this is asked at each request.
    if _known[0] is not changed:
        _known[:] = [changed, {**RATES, **{Limit(name): parse_rate(text) for name, text in changed.items()}}]
    return _known[1]


_known: list[Any] = [None, RATES]


@lru_cache(maxsize=16_384)
def _key(session_secret: SecretStr, limit: Limit, keys: tuple[object, ...]) -> str:
    named = "\n".join((limit.value, *(str(key).strip().lower() for key in keys)))
    secret = hashlib.sha256(b"rate limits:" + session_secret.get_secret_value().encode()).digest()
    return hmac.digest(secret, named.encode(), "sha256").hex()[:32]
