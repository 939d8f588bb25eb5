"""Browsers without a screen: thousands of websockets that speak the event protocol as the pages' own script does."""

import asyncio
import gc
import json
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

ROOT = "reflex___state____state"
ANSWER_SECONDS = 30.0
OPENING_AT_ONCE = 40
_HYDRATION = '"is_hydrated'
_MESSAGE = "42/_event,"
_REDIRECT = re.compile(r'"_redirect".*?"path":\s*"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Page:
    """What clients look at: the address, the event that searches, and the mark of its answer."""

    port: int
    path: str
    search: str
    """Full name of the event handler; its one argument is `text`."""
    answer: str
    """What the search's answer contains and no other message does."""
    addressed: bool = False
    """Whether its address follows the search."""
    cookie: str = ""
    """What its browser sends with it."""


@dataclass(slots=True)
class Client:
    """One open page."""

    page: Page
    listener: Callable[[str, float], None] | None = None
    """Hears every update and when it came."""
    socket: ClientConnection | None = None
    loaded: asyncio.Event = field(default_factory=asyncio.Event)
    _path: str = ""
    """The address that the browser shows now."""
    _answered: asyncio.Future[float] | None = None
    _reader: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Connect, hydrate and load the page, as a browser does in one message."""
        port = self.page.port
        address = f"ws://127.0.0.1:{port}/_event/?token={uuid4()}&EIO=4&transport=websocket"
        self.socket = await connect(
            address,
            origin=Origin(f"http://127.0.0.1:{port}"),
            additional_headers={"Cookie": self.page.cookie} if self.page.cookie else None,
            compression=None,
            max_size=None,
            ping_interval=None,
            proxy=None,
        )
        await self.socket.recv()
        self._path = self.page.path
        boot = {"event": self._event(f"{ROOT}.hydrate_and_load", {})}
        await self.socket.send("40/_event," + json.dumps(boot))
        self._reader = asyncio.create_task(self._read(self.socket))
        await asyncio.wait_for(self.loaded.wait(), ANSWER_SECONDS)

    async def close(self) -> None:
        """Leave."""
        if self._reader:
            self._reader.cancel()
        if self.socket:
            await self.socket.close()

    async def search(self, text: str) -> float:
        """Type something; return the seconds until the results came. Raises TimeoutError, ConnectionClosed."""
        assert self.socket
        self._answered = asyncio.get_running_loop().create_future()
        if self.page.addressed:
            # The page's own script does.
            self._path = f"{self.page.path}?{urlencode({'q': text})}"
        sent = time.perf_counter()
        await self._send(self._event(self.page.search, {"text": text}))
        return await asyncio.wait_for(self._answered, ANSWER_SECONDS) - sent

    def _event(self, name: str, payload: dict[str, Any]) -> dict[str, Any]:
        pathname, _, query = self._path.partition("?")
        where: dict[str, Any] = {"pathname": pathname, "asPath": self._path}
        if query:
            where["query"] = dict(parse_qsl(query))
        return {"name": name, "payload": payload, "router_data": where}

    async def _send(self, event: dict[str, Any]) -> None:
        assert self.socket
        await self.socket.send(f'{_MESSAGE}["event",{json.dumps(event)}]')

    async def _read(self, socket: ClientConnection) -> None:
        with suppress(ConnectionClosed):
            async for message in socket:
                assert isinstance(message, str)
                if message == "2":
                    await socket.send("3")
                elif message.startswith(_MESSAGE):
                    await self._hear(message, time.perf_counter())

    async def _hear(self, message: str, now: float) -> None:
        if self.listener:
            self.listener(message, now)
        # The state's defaults, which come first, hold the same names.
        if self.page.answer in message and _HYDRATION not in message:
            self.loaded.set()
            if self._answered and not self._answered.done():
                self._answered.set_result(now)
        if "_redirect" in message and (found := _REDIRECT.search(message)):
            # The page follows: its own script then asks for the new address's load events.
            self._path = found[1]
            await self._send(self._event(f"{ROOT}.reflex___state____on_load_internal_state.on_load_internal", {}))


async def opened(page: Page, count: int, listener: Callable[[str, float], None] | None = None) -> list[Client]:
    """Return so many open pages."""
    gate = asyncio.Semaphore(OPENING_AT_ONCE)

    async def one() -> Client:
        client = Client(page, listener)
        async with gate:
            await client.open()
        return client

    clients = await asyncio.gather(*(one() for _ in range(count)))
    # Their own collector's pauses are not the server's.
    gc.collect()
    gc.freeze()
    return clients


async def each(clients: Sequence[Client], act: Callable[[Client, int], Awaitable[None]]) -> None:
    """Let all act at the same time."""
    await asyncio.gather(*(act(client, number) for number, client in enumerate(clients)))


async def closed(clients: Sequence[Client]) -> None:
    """Close all."""
    await asyncio.gather(*(client.close() for client in clients), return_exceptions=True)
