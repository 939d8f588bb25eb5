"""JSON-RPC to Ethereum nodes, with another endpoint tried when one does not answer."""

from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

import httpx

from pygmalion_app.core.errors import UnavailableError

# What nodes say when the contract itself refused; everything else is the node's own trouble.
_REVERTED = 3


class CallRevertedError(Exception):
    """The contract refused a call."""


class RefusedError(UnavailableError):
    """A node answered with an error of its own."""

    def __init__(self, code: int, message: str) -> None:
        """Keep the node's words for the log."""
        super().__init__(part="chain", reason=message[:200])
        self.rpc_code = code


class JsonRpc:
    """Calls the first endpoint that answers. `endpoints` is asked each time: an embedded node may have moved."""

    def __init__(self, endpoints: Callable[[], Sequence[str]], timeout: float = 10.0) -> None:
        """Take the endpoints and the seconds to wait for each."""
        self._endpoints = endpoints
        self._timeout = timeout
        self._ids = count(1)
        self._client: httpx.AsyncClient | None = None

    async def __call__(self, method: str, *params: Any, seconds: float | None = None) -> Any:
        """Return a call's result.

        Raises CallRevertedError when the contract refused, RefusedError when the node did, UnavailableError when no
        endpoint answered.
        """
        failure: Exception | None = None
        for url in self._endpoints():
            try:
                return await self._post(url, method, params, seconds)
            except (httpx.HTTPError, ValueError, KeyError) as error:
                failure = error
        raise UnavailableError(part="chain", reason=type(failure).__name__) from failure

    async def everywhere(self, method: str, *params: Any) -> None:
        """Send to all endpoints, whatever they answer; UnavailableError when none did."""
        reached = False
        for url in self._endpoints():
            try:
                await self._post(url, method, params, None)
                reached = True
            except RefusedError:
                reached = True
            except (httpx.HTTPError, ValueError, KeyError):
                continue
        if not reached:
            raise UnavailableError(part="chain", reason="no endpoint answered")

    async def aclose(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def _post(self, url: str, method: str, params: Sequence[Any], seconds: float | None) -> Any:
        if self._client is None:
            self._client = httpx.AsyncClient(timeout=self._timeout, trust_env=False)
        body = {"jsonrpc": "2.0", "id": next(self._ids), "method": method, "params": list(params)}
        answer = (await self._client.post(url, json=body, timeout=seconds or self._timeout)).json()
        if error := answer.get("error"):
            message = str(error.get("message", ""))
            if error.get("code") == _REVERTED or "revert" in message.lower():
                raise CallRevertedError(message)
            raise RefusedError(int(error.get("code", 0)), message)
        return answer["result"]
