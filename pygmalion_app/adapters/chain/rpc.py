"""JSON-RPC to Ethereum nodes: another one is tried when one does not answer, and several can be asked at once.

A node that did not answer rests for a while, so that its timeout is not paid at every call. A node on another chain
than the others (or than `chain_id`) is never asked anything else.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import count
from time import monotonic
from typing import Any, Protocol, TypeVar

import httpx

from pygmalion_app.adapters.tls import trusted
from pygmalion_app.core.errors import UnavailableError

# What nodes say when the contract itself refused; everything else is the node's own trouble.
_REVERTED = 3
_REST_SECONDS, _LONGEST_REST = 5.0, 60.0
# A node that is not there, is slow, or answers with something else than JSON-RPC.
_TROUBLES = (httpx.HTTPError, httpx.InvalidURL, TimeoutError, ValueError, KeyError, TypeError, AttributeError)
T = TypeVar("T")


class CallRevertedError(Exception):
    """The contract refused a call; `data` (hexadecimal) names its error where the node tells it."""

    def __init__(self, message: str, data: str = "0x") -> None:
        """Keep the node's words and the contract's."""
        super().__init__(message)
        self.data = data


class RefusedError(UnavailableError):
    """A node answered with an error of its own."""

    def __init__(self, code: int, message: str) -> None:
        """Keep the node's words for the log."""
        super().__init__(part="chain", reason=message[:200])
        self.rpc_code = code


class NonsenseError(UnavailableError):
    """A node answered with what cannot be an answer."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(part="chain", reason="nonsense")


class Ask(Protocol):
    """Asks one node."""

    async def __call__(self, method: str, *params: Any) -> Any:
        """Return the answer; raises as `JsonRpc` does."""
        ...


@dataclass(slots=True)
class _Node:
    """What this process knows of one node."""

    url: str
    rest_until: float = 0.0
    rests: int = 0
    chain_id: int | None = None
    """The chain it said it is on; asked again after each silence, as something else may answer by then."""
    failure: str = ""
    """What kind of trouble its last silence was."""

    def failed(self, now: float, why: str) -> None:
        self.failure = why
        self.rest_until = now + min(_REST_SECONDS * 2**self.rests, _LONGEST_REST)
        self.rests = min(self.rests + 1, 8)
        self.chain_id = None

    def answered(self) -> None:
        self.rest_until, self.rests = 0.0, 0


class JsonRpc:
    """Calls nodes. `endpoints` is asked each time: an embedded node may have moved."""

    def __init__(
        self,
        endpoints: Callable[[], Sequence[str]],
        timeout: float = 10.0,
        *,
        chain_id: int = 0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Take the nodes' addresses and the seconds to wait for each.

        `chain_id` 0 means the chain that most of several nodes are on, and any where there is only one.
        """
        self._endpoints = endpoints
        self._timeout = timeout
        self._chain_id = chain_id
        self._transport = transport
        self._ids = count(1)
        self._client: httpx.AsyncClient | None = None
        self._nodes: dict[str, _Node] = {}

    @property
    def quorum(self) -> int:
        """How many nodes are more than half of those configured."""
        return len(self._endpoints()) // 2 + 1

    async def __call__(self, method: str, *params: Any, seconds: float | None = None) -> Any:
        """Return the answer of the first node that has one.

        Raises CallRevertedError when the contract refused, RefusedError when the nodes did, UnavailableError when no
        node answered.
        """
        failure: Exception | None = None
        for node in await self._usable(seconds):
            try:
                return await self._ask(node, method, params, seconds)
            except UnavailableError as error:
                failure = error
        if isinstance(failure, RefusedError):
            raise failure
        raise UnavailableError(part="chain", reason=_reason(failure)) from failure

    async def each(self, question: Callable[[Ask], Awaitable[T]], seconds: float | None = None) -> list[T]:
        """Put a question (one call or several) to every node at once and return the answers there were, in order.

        Raises UnavailableError when no node answered.
        """
        found = await asyncio.gather(*(self._put(node, question, seconds) for node in await self._usable(seconds)))
        answers = [answer for answer, failure in found if failure is None]
        if not answers:
            failure = next((failure for _answer, failure in found), None)
            raise UnavailableError(part="chain", reason=_reason(failure)) from failure
        return answers  # pyright: ignore[reportReturnType]

    async def everywhere(self, method: str, *params: Any) -> None:
        """Send to all nodes, whatever they answer; UnavailableError when none did."""

        async def send(ask: Ask) -> None:
            try:
                await ask(method, *params)
            except (RefusedError, CallRevertedError):
                return

        await self.each(send)

    async def probe(self, question: Callable[[Ask], Awaitable[T]], seconds: float) -> list[tuple[str, T | Exception]]:
        """Put a question to every configured node, resting or not, and return each address with what came of it."""
        nodes = self._known()
        found = await asyncio.gather(*(self._put(node, question, seconds) for node in nodes))
        return [
            (node.url, failure if failure is not None else answer)  # pyright: ignore[reportReturnType]
            for node, (answer, failure) in zip(nodes, found, strict=True)
        ]

    async def chain_id(self) -> int:
        """Return the chain that the nodes are on."""
        usable = await self._usable(None, checked=True)
        if usable[0].chain_id is None:
            raise UnavailableError(part="chain", reason="no endpoint answered")
        return usable[0].chain_id

    async def aclose(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def _put(
        self, node: _Node, question: Callable[[Ask], Awaitable[T]], seconds: float | None
    ) -> tuple[T | None, Exception | None]:
        async def ask(method: str, *params: Any) -> Any:
            return await self._ask(node, method, params, seconds)

        try:
            return await question(ask), None
        except (UnavailableError, CallRevertedError) as error:
            return None, error

    def _known(self) -> list[_Node]:
        return [self._nodes.setdefault(url, _Node(url)) for url in self._endpoints()]

    async def _usable(self, seconds: float | None, *, checked: bool = False) -> list[_Node]:
        """Return the nodes to ask: of our chain, those that rest last and only where no other is left."""
        nodes = self._known()
        awake = [node for node in nodes if node.rest_until <= monotonic()] or nodes
        # One node alone is believed: whoever configures another one means it.
        if checked or self._chain_id or len(nodes) > 1:
            await self._learn_chains(awake, seconds)
            if len(awake) < len(nodes) and not any(node.chain_id is not None for node in awake):
                awake = nodes
                await self._learn_chains(awake, seconds)
            awake = self._of_our_chain(awake, len(nodes))
        if not awake:
            why = next((node.failure for node in nodes if node.failure), "no endpoint answered")
            raise UnavailableError(part="chain", reason=why)
        return awake

    async def _learn_chains(self, nodes: list[_Node], seconds: float | None) -> None:
        async def learn(node: _Node) -> None:
            async def question(ask: Ask) -> int:
                return number(await ask("eth_chainId"))

            node.chain_id, _failure = await self._put(node, question, seconds)

        await asyncio.gather(*(learn(node) for node in nodes if node.chain_id is None))

    def _of_our_chain(self, nodes: list[_Node], configured: int) -> list[_Node]:
        told = Counter(node.chain_id for node in nodes if node.chain_id is not None)
        if not told:
            return []
        if not self._chain_id:
            chain_id, nodes_on_it = told.most_common(1)[0]
            if len(told) > 1 and nodes_on_it * 2 <= configured:
                raise UnavailableError(part="chain", reason="the endpoints are on different chains; set CHAIN_ID")
            if nodes_on_it * 2 <= configured:
                # Half of them at most have been heard: believed for now, and learnt again when more answer.
                return [node for node in nodes if node.chain_id == chain_id]
            self._chain_id = chain_id
        return [node for node in nodes if node.chain_id == self._chain_id]

    async def _ask(self, node: _Node, method: str, params: Sequence[Any], seconds: float | None) -> Any:
        try:
            result = await self._post(node.url, method, params, seconds)
        except (RefusedError, CallRevertedError):
            node.answered()
            raise
        except _TROUBLES as error:
            node.failed(monotonic(), type(error).__name__)
            raise UnavailableError(part="chain", reason=type(error).__name__) from error
        node.answered()
        return result

    async def _post(self, url: str, method: str, params: Sequence[Any], seconds: float | None) -> Any:
        if self._client is None:
            self._client = httpx.AsyncClient(
                verify=trusted(), timeout=self._timeout, trust_env=False, transport=self._transport
            )
        body = {"jsonrpc": "2.0", "id": next(self._ids), "method": method, "params": list(params)}
        # The client's own limit is for each read: a node that sends a byte now and then would be waited for for ever.
        async with asyncio.timeout(seconds or self._timeout):
            answer = (await self._client.post(url, json=body)).json()
        if error := answer.get("error"):
            message = str(error.get("message", ""))
            if error.get("code") == _REVERTED or "revert" in message.lower():
                raise CallRevertedError(message, str(error.get("data") or "0x"))
            raise RefusedError(int(error.get("code", 0)), message)
        return answer["result"]


def number(value: Any) -> int:
    """Return a hexadecimal quantity of an answer. Raises NonsenseError."""
    try:
        return int(value, 16)
    except (TypeError, ValueError) as error:
        raise NonsenseError from error


def octets(value: Any) -> bytes:
    """Return hexadecimal bytes of an answer. Raises NonsenseError."""
    try:
        return bytes.fromhex(value.removeprefix("0x"))
    except (AttributeError, TypeError, ValueError) as error:
        raise NonsenseError from error


def fields(value: Any) -> dict[str, Any]:
    """Return an answer that is an object. Raises NonsenseError."""
    if not isinstance(value, dict):
        raise NonsenseError
    return value  # pyright: ignore[reportUnknownVariableType]


def _reason(failure: Exception | None) -> str:
    if isinstance(failure, UnavailableError):
        return str(failure.facts.get("reason"))
    return "no endpoint answered" if failure is None else type(failure).__name__
