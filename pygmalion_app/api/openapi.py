"""The API's own description as a file: making it takes four seconds of a core, so a process that serves seldom does."""

import asyncio
import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

_HASH_CHARACTERS = 24


@dataclass(frozen=True, slots=True)
class _Document:
    compressed: bytes
    etag: str


class OpenApiDocument:
    """Answers with the document that was made beforehand, else makes it once, beside the requests of others."""

    def __init__(self, app: FastAPI, kept: Path | None) -> None:
        """Take the application, and where `write` leaves the document of this very code, now or later."""
        self._app = app
        self._kept = kept
        self._document: _Document | None = None
        self._making = asyncio.Lock()

    async def answer(self, request: Request) -> Response:
        """Return the document, or that what the caller has is still it."""
        document = self._document or await self._read()
        headers = {"etag": document.etag, "cache-control": "no-cache", "vary": "accept-encoding"}
        if request.headers.get("if-none-match", "").removeprefix("W/") == document.etag:
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["content-encoding"] = "gzip"
            return Response(document.compressed, headers=headers, media_type="application/json")
        return Response(gzip.decompress(document.compressed), headers=headers, media_type="application/json")

    async def _read(self) -> _Document:
        async with self._making:
            if self._document is None:
                compressed = await asyncio.to_thread(self._kept_or_made)
                etag = f'"{hashlib.sha256(compressed).hexdigest()[:_HASH_CHARACTERS]}"'
                self._document = _Document(compressed, etag)
        return self._document

    def _kept_or_made(self) -> bytes:
        if self._kept is not None:
            try:
                return self._kept.read_bytes()
            except FileNotFoundError:
                pass
        return _compressed(self._app)


def write(app: FastAPI, path: Path) -> None:
    """Make an application's document and leave it in a file."""
    path.write_bytes(_compressed(app))


def _compressed(app: FastAPI) -> bytes:
    text = json.dumps(app.openapi(), ensure_ascii=False, separators=(",", ":"))
    # Without a time, so that the same document is the same file.
    return gzip.compress(text.encode(), mtime=0)
