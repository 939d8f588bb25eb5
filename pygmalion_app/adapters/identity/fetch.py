"""Calls to addresses that organisations give us: bounded, pinned to a public address, and never redirected.

An address that is only looked at before the call could point elsewhere at the call (DNS rebinding), so the name is
resolved once, its addresses are checked, and the connection goes to the checked one.
"""

import asyncio
import socket
from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

import httpx
import orjson

from pygmalion_app.adapters.tls import trusted
from pygmalion_app.core.identity import IdentityProviderError, ProviderFault

TIMEOUT_SECONDS = 5
MAX_BYTES = 256_000
_MAX_ADDRESS = 500
_SERVER_ERRORS_FROM = 500
_HIDING = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
"""IPv6 networks whose addresses carry an IPv4 address that a gateway translates to (NAT64)."""


def check_address(url: str, *, allow_loopback: bool) -> str:
    """Return an address that may be called; IdentityProviderError (ADDRESS) for anything else.

    https, a host, no credentials, no fragment; http only to this machine and only where `allow_loopback`.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise IdentityProviderError(ProviderFault.ADDRESS, "not an address") from error
    plain = parts.scheme == "http" and allow_loopback and _is_loopback_name(parts.hostname or "")
    acceptable = (
        (parts.scheme == "https" or plain)
        and bool(parts.hostname)
        and parts.username is None
        and not parts.fragment
        and port != 0
        and len(url) <= _MAX_ADDRESS
        and url.isascii()
        and url.isprintable()
        and not set(url) & set(' "<>\\^`{|}')
    )
    if not acceptable:
        raise IdentityProviderError(ProviderFault.ADDRESS, "scheme, host or form")
    return url


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


class _PinnedTransport(httpx.AsyncBaseTransport):
    """Resolves the name itself and connects to an address it has checked; TLS still checks the name."""

    def __init__(self, *, allow_loopback: bool) -> None:
        self._allow_loopback = allow_loopback
        self._inner = httpx.AsyncHTTPTransport(retries=0, verify=trusted())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        address = await self._resolve(host, request.url.port or (443 if request.url.scheme == "https" else 80))
        request.extensions = {**request.extensions, "sni_hostname": host}
        # The Host header was written from the name and stays.
        request.url = request.url.copy_with(host=address)
        return await self._inner.handle_async_request(request)

    async def _resolve(self, host: str, port: int) -> str:
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise IdentityProviderError(ProviderFault.UNREACHABLE, "name not known") from error
        addresses = [str(entry[4][0]).split("%", 1)[0] for entry in found]
        # One inner address among public ones is enough to refuse: nobody honest publishes that.
        if not addresses or not all(may_connect(one, allow_loopback=self._allow_loopback) for one in addresses):
            raise IdentityProviderError(ProviderFault.ADDRESS, "not a public address")
        return addresses[0]

    async def aclose(self) -> None:
        await self._inner.aclose()


class Fetcher:
    """Gets JSON from providers."""

    def __init__(self, *, allow_loopback: bool) -> None:
        """Say whether providers may be on this machine."""
        self._allow_loopback = allow_loopback

    def check(self, url: str) -> str:
        """Return an address that may be called. Raises IdentityProviderError (ADDRESS)."""
        return check_address(url, allow_loopback=self._allow_loopback)

    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> tuple[int, dict[str, Any]]:
        """Return the status and the JSON object of an address. Raises IdentityProviderError."""
        return await self._call("GET", url, headers or {}, None)

    async def post(
        self, url: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> tuple[int, dict[str, Any]]:
        """Return the status and the JSON object that answer a form. Raises IdentityProviderError."""
        return await self._call("POST", url, headers or {}, form)

    async def _call(
        self, method: str, url: str, headers: Mapping[str, str], form: Mapping[str, str] | None
    ) -> tuple[int, dict[str, Any]]:
        self.check(url)
        asked = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "Pygmalion", **headers}
        try:
            # One bound for everything: a provider that sends a byte a second is down, too.
            async with (
                asyncio.timeout(TIMEOUT_SECONDS),
                httpx.AsyncClient(
                    transport=_PinnedTransport(allow_loopback=self._allow_loopback),
                    trust_env=False,
                    follow_redirects=False,
                    timeout=TIMEOUT_SECONDS,
                ) as client,
                client.stream(method, url, headers=asked, data=form) as response,
            ):
                body = await _read(response)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as error:
            raise IdentityProviderError(ProviderFault.UNREACHABLE, type(error).__name__) from error
        if response.status_code >= _SERVER_ERRORS_FROM:
            raise IdentityProviderError(ProviderFault.UNREACHABLE, f"status {response.status_code}")
        return response.status_code, _object(body)


async def _read(response: httpx.Response) -> bytes:
    # Raw, because a small compressed answer may be a large one: compression was not asked for.
    if response.headers.get("content-encoding", "identity") != "identity":
        raise IdentityProviderError(ProviderFault.NOT_A_PROVIDER, "compressed")
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > MAX_BYTES:
            raise IdentityProviderError(ProviderFault.NOT_A_PROVIDER, "too large")
    return bytes(body)


def _object(body: bytes) -> dict[str, Any]:
    """Return a JSON object, empty for anything else: the status tells the rest."""
    try:
        # Unlike the standard library's parser, this one bounds the depth by itself: a deep answer can exhaust no stack.
        found: Any = orjson.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}  # pyright: ignore[reportUnknownVariableType]
