"""A browser that was subscribed, and its push service on this machine."""

import asyncio
import os
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import http_ece  # pyright: ignore[reportMissingTypeStubs]
import orjson
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from pygmalion_app.core.ports import PushDevice
from pygmalion_app.notifications.schemas import PushKeys, Subscribe


def text_of(value: bytes) -> str:
    """Return bytes as browsers write them."""
    return urlsafe_b64encode(value).rstrip(b"=").decode()


@dataclass
class Browser:
    """Its service answers with `status` and these headers; `calls` are the headers and bodies that came."""

    endpoint: str = ""
    status: int = 201
    headers: str = ""
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list[tuple[dict[str, str], bytes]])
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def point(self) -> bytes:
        """Its public key."""
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def device(self) -> PushDevice:
        """What the port is given."""
        return PushDevice(self.endpoint, self.point, self.secret)

    def subscription(self, **changes: Any) -> Subscribe:
        """Return what the page hands over."""
        keys = PushKeys(p256dh=text_of(self.point), auth=text_of(self.secret))
        return Subscribe(**{"endpoint": self.endpoint, "keys": keys} | changes)

    def read(self, body: bytes) -> Any:
        """Decrypt a message, by somebody else's hand."""
        return orjson.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one call."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[1:-2]
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in head)}
        self.calls.append((headers, await reader.readexactly(int(headers["content-length"]))))
        writer.write(
            f"HTTP/1.1 {self.status} X\r\n{self.headers}Content-Length: 0\r\nConnection: close\r\n\r\n".encode()
        )
        await writer.drain()
        writer.close()
        await writer.wait_closed()


@asynccontextmanager
async def browsing(name: str = "one") -> AsyncIterator[Browser]:
    """Run a browser's push service."""
    browser = Browser()
    server = await asyncio.start_server(browser.serve, "127.0.0.1", 0)
    async with server:
        browser.endpoint = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/push/{name}"
        yield browser
