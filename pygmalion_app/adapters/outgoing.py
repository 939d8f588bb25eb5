"""Calls to addresses that others give us: pinned to a public address that was checked, never redirected.

An address that is only looked at before the call could point elsewhere at the call (DNS rebinding), so the name is
resolved once, its addresses are checked, and the connection goes to the checked one.
"""

import asyncio
import socket
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

import httpx

from pygmalion_app.adapters.tls import trusted

_HIDING = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
"""IPv6 networks whose addresses carry an IPv4 address that a gateway translates to (NAT64)."""


class RefusedAddressError(Exception):
    """The name leads to an address that is not called."""


def may_call(url: str, *, allow_loopback: bool, longest: int) -> bool:
    """Tell whether an address has the form of one that may be called.

    https, a host, no credentials, no fragment; http only to this machine and only where `allow_loopback`.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    plain = parts.scheme == "http" and allow_loopback and _is_loopback_name(parts.hostname or "")
    return (
        (parts.scheme == "https" or plain)
        and bool(parts.hostname)
        and parts.username is None
        and not parts.fragment
        and port != 0
        and len(url) <= longest
        and url.isascii()
        and url.isprintable()
        and not set(url) & set(' "<>\\^`{|}')
    )


def _is_loopback_name(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def may_connect(address: str, *, allow_loopback: bool) -> bool:
    """Tell whether a resolved address is public (or this machine's own, where allowed)."""
    found = ip_address(address)
    if isinstance(found, IPv6Address):
        # An IPv4 address in IPv6 clothes (mapped, 6to4, NAT64) leads where the IPv4 address leads.
        inner = found.ipv4_mapped or found.sixtofour
        if inner is not None:
            return may_connect(str(inner), allow_loopback=allow_loopback)
        if any(found in network for network in _HIDING):
            return False
    if found.is_loopback:
        return allow_loopback
    return found.is_global and not found.is_multicast and not found.is_reserved and not found.is_unspecified


class PinnedTransport(httpx.AsyncBaseTransport):
    """Resolves the name itself and connects to an address it has checked; TLS still checks the name.

    Raises RefusedAddressError, and OSError for a name that nobody knows.
    """

    def __init__(self, *, allow_loopback: bool) -> None:
        """Say whether this machine may be called."""
        self._allow_loopback = allow_loopback
        self._inner = httpx.AsyncHTTPTransport(retries=0, verify=trusted())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request to the checked address."""
        host = request.url.host
        address = await self._resolve(host, request.url.port or (443 if request.url.scheme == "https" else 80))
        request.extensions = {**request.extensions, "sni_hostname": host}
        # The Host header was written from the name and stays.
        request.url = request.url.copy_with(host=address)
        return await self._inner.handle_async_request(request)

    async def _resolve(self, host: str, port: int) -> str:
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except UnicodeError as error:
            # An empty or endless label (`a..b`): no name at all.
            raise RefusedAddressError(host) from error
        addresses = [str(entry[4][0]).split("%", 1)[0] for entry in found]
        # One inner address among public ones is enough to refuse: nobody honest publishes that.
        if not addresses or not all(may_connect(one, allow_loopback=self._allow_loopback) for one in addresses):
            raise RefusedAddressError(host)
        return addresses[0]

    async def aclose(self) -> None:
        """Let go of connections."""
        await self._inner.aclose()
