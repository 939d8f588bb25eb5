"""A keep-alive HTTP/1.1 client as small as can be: the load generator must not cost more than what it measures."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any, cast


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and undecoded body."""

    status: int
    body: bytes

    def json(self) -> Any:
        """Return the body read as JSON."""
        return json.loads(self.body)


def request_bytes(method: str, path: str, body: Any = None, **headers: str) -> bytes:
    """Return a whole request; `Idempotency_Key` becomes `Idempotency-Key`."""
    content = b"" if body is None else json.dumps(body).encode()
    if content:
        headers |= {"Content_Type": "application/json", "Content_Length": str(len(content))}
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        *(f"{k.replace('_', '-')}: {v}" for k, v in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + content


class Connection(asyncio.Protocol):
    """One connection, one request at a time. Answers must carry a Content-Length."""

    def __init__(self) -> None:
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self._waiting: asyncio.Future[Answer] | None = None

    @classmethod
    async def open(cls, port: int) -> "Connection":
        """Connect to a server of this machine."""
        _, connection = await asyncio.get_running_loop().create_connection(cls, "127.0.0.1", port)
        return connection

    def close(self) -> None:
        """Hang up."""
        if self._transport:
            self._transport.close()

    async def send(self, request: bytes) -> Answer:
        """Send one request and wait for its answer. Raises ConnectionError when the server hangs up."""
        if self._transport is None or self._transport.is_closing():
            raise ConnectionError("the connection is closed")
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._waiting

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        # uvloop's transports are not subclasses of asyncio's.
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell who waits."""
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(ConnectionError(str(exc)))

    def data_received(self, data: bytes) -> None:
        """Gather until the answer is whole."""
        self._buffer += data
        head_end = self._buffer.find(b"\r\n\r\n")
        if head_end < 0:
            return
        head = self._buffer[:head_end].lower()
        at = head.find(b"\r\ncontent-length:")
        length = int(head[at + 17 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        whole = head_end + 4 + length
        if len(self._buffer) < whole:
            return
        answer = Answer(int(head[9:12]), self._buffer[head_end + 4 : whole])
        self._buffer = self._buffer[whole:]
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(answer)
