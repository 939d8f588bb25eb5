"""Calls to the providers that organisations name: bounded, and to public addresses only (`adapters.outgoing`)."""

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx
import orjson

from pygmalion_app.adapters.outgoing import PinnedTransport, RefusedAddressError, may_call
from pygmalion_app.core.identity import IdentityProviderError, ProviderFault

TIMEOUT_SECONDS = 5
MAX_BYTES = 256_000
_MAX_ADDRESS = 500
_SERVER_ERRORS_FROM = 500


def check_address(url: str, *, allow_loopback: bool) -> str:
    """Return an address that may be called; IdentityProviderError (ADDRESS) for anything else."""
    if not may_call(url, allow_loopback=allow_loopback, longest=_MAX_ADDRESS):
        raise IdentityProviderError(ProviderFault.ADDRESS, "scheme, host or form")
    return url


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
                    transport=PinnedTransport(allow_loopback=self._allow_loopback),
                    trust_env=False,
                    follow_redirects=False,
                    timeout=TIMEOUT_SECONDS,
                ) as client,
                client.stream(method, url, headers=asked, data=form) as response,
            ):
                body = await _read(response)
        except RefusedAddressError as error:
            raise IdentityProviderError(ProviderFault.ADDRESS, "not a public address") from error
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
