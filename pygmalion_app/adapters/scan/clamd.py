"""ClamAV's daemon, spoken to by its INSTREAM command (clamd(8))."""

import asyncio
import struct
from contextlib import suppress
from urllib.parse import urlsplit

from pygmalion_app.core.errors import UnavailableError

TIMEOUT_SECONDS = 30.0
_CHUNK = 1 << 16
_PORT = 3310


class ClamdScanner:
    """Sends each file to a daemon at `tcp://host:3310` or `unix:/run/clamav/clamd.ctl`."""

    name = "clamd"

    def __init__(self, url: str) -> None:
        """Take the daemon's address; ValueError for a scheme that is none of the two."""
        self._address = urlsplit(url)
        if self._address.scheme not in {"tcp", "unix"}:
            message = "CLAMD_URL must begin with tcp:// or unix:"
            raise ValueError(message)

    async def scan(self, content: bytes) -> str | None:
        """Return what was found, None for a clean file; whatever is not a clear answer counts as unavailable."""
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                answer = await self._ask(content)
        except (OSError, TimeoutError) as error:
            raise UnavailableError(part="clamd") from error
        if answer == "stream: OK":
            return None
        if answer.startswith("stream: ") and answer.endswith(" FOUND"):
            return answer.removeprefix("stream: ").removesuffix(" FOUND")
        raise UnavailableError(part="clamd")

    async def _ask(self, content: bytes) -> str:
        reader, writer = await self._connect()
        try:
            writer.write(b"zINSTREAM\0")
            for start in range(0, len(content), _CHUNK):
                piece = content[start : start + _CHUNK]
                writer.write(struct.pack("!I", len(piece)) + piece)
                await writer.drain()
            writer.write(struct.pack("!I", 0))
            await writer.drain()
            return (await reader.read(4096)).rstrip(b"\0\n").decode(errors="replace")
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._address.scheme == "unix":
            return await asyncio.open_unix_connection(self._address.path)
        return await asyncio.open_connection(self._address.hostname, self._address.port or _PORT)
