"""The built front end, read into memory once (a few megabytes) and served with the right headers."""

import base64
import gzip
import hashlib
import mimetypes
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

# Vite puts a hash of the content in these names: the same name never has other content.
_HASHED_NAME = re.compile(r"^/assets/.+-[\w-]{8}\.(?:js|css|woff2?|svg|png|jpg|webp|avif)$")
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
_OK, _NOT_FOUND = 200, 404
# Browsers take compressed files; the few who do not wait for one to be unpacked rather than all be kept twice (10 MB).
_PACKED_ONLY_FROM_BYTES = 65_536
_INLINE_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL | re.IGNORECASE)
_COMPRESSIBLE = ("text/", "application/javascript", "application/json", "image/svg", "application/manifest")


@dataclass(frozen=True, slots=True)
class _Variant:
    headers: list[tuple[bytes, bytes]]
    packed: bytes
    is_to_unpack: bool = False

    def body(self) -> bytes:
        """Return what is sent."""
        return gzip.decompress(self.packed) if self.is_to_unpack else self.packed


@dataclass(frozen=True, slots=True)
class _File:
    etag: bytes
    plain: _Variant
    encoded: Mapping[str, _Variant]


def script_hashes(html: str) -> tuple[str, ...]:
    """Return the Content-Security-Policy sources (`'sha256-...'`) of the inline scripts of a page."""
    sources: dict[str, None] = {}
    for script in _INLINE_SCRIPT.finditer(html):
        attributes = script["attributes"].lower()
        if "src=" in attributes or "ld+json" in attributes:
            continue
        digest = hashlib.sha256(script["code"].encode()).digest()
        sources[f"'sha256-{base64.b64encode(digest).decode()}'"] = None
    return tuple(sources)


class StaticFiles:
    """Serves the files of one folder.

    A page is found by its address without a trailing slash (`/fr/verify` is `fr/verify/index.html` or
    `fr/verify.html`). `is_page` says which other addresses belong to a page with parameters: these get the empty
    shell with status 200, everything else gets it with 404, and the page itself says "not found".
    """

    def __init__(self, folder: Path, is_page: Callable[[str], bool], policy: Callable[[tuple[str, ...]], str]) -> None:
        self._is_page = is_page
        self._policy = policy
        self._files: dict[str, _File] = {}
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix not in {".br", ".gz"}:
                name = "/" + path.relative_to(folder).as_posix()
                for address in _addresses(name):
                    self._files.setdefault(address, self._read(name, path))
        self._shell = self._files["/404.html"]

    def _read(self, name: str, path: Path) -> _File:
        body = path.read_bytes()
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'.encode()
        cache = b"public, max-age=31536000, immutable" if _HASHED_NAME.match(name) else b"no-cache"
        charset = "; charset=utf-8" if kind.startswith(_COMPRESSIBLE) else ""
        headers = [(b"content-type", (kind + charset).encode()), (b"cache-control", cache), (b"etag", etag)]
        if kind == "text/html":
            headers.append((b"content-security-policy", self._policy(script_hashes(body.decode())).encode()))
        encoded: dict[str, _Variant] = {}
        for encoding, suffix in _ENCODINGS:
            compressed = path.with_name(path.name + suffix)
            if compressed.exists():
                encoded[encoding] = _variant([*headers, (b"content-encoding", encoding.encode())], compressed)
        if encoded:
            headers = [*headers, (b"vary", b"accept-encoding")]
        headers = [*headers, (b"content-length", str(len(body)).encode())]
        if "gzip" in encoded and len(body) >= _PACKED_ONLY_FROM_BYTES:
            return _File(etag, _Variant(headers, encoded["gzip"].packed, is_to_unpack=True), encoded)
        return _File(etag, _Variant(headers, body), encoded)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer a GET or HEAD request."""
        del receive
        path: str = scope["path"]
        file = self._files.get(path) or (self._files.get(path.rstrip("/")) if path.endswith("/") else None)
        status = _OK
        if file is None:
            file, status = self._shell, _OK if self._is_page(path) else _NOT_FOUND
        requested = {name: value for name, value in scope["headers"] if name in (b"accept-encoding", b"if-none-match")}
        if status == _OK and requested.get(b"if-none-match") in (file.etag, b"W/" + file.etag):
            await send({"type": "http.response.start", "status": 304, "headers": [(b"etag", file.etag)]})
            await send({"type": "http.response.body", "body": b""})
            return
        accepted = requested.get(b"accept-encoding", b"").decode("latin-1")
        chosen = next((variant for name, variant in file.encoded.items() if name in accepted), file.plain)
        body = b"" if scope["method"] == "HEAD" else chosen.body()
        await send({"type": "http.response.start", "status": status, "headers": list(chosen.headers)})
        await send({"type": "http.response.body", "body": body})


def _variant(headers: list[tuple[bytes, bytes]], path: Path) -> _Variant:
    body = path.read_bytes()
    return _Variant([*headers, (b"vary", b"accept-encoding"), (b"content-length", str(len(body)).encode())], body)


def _addresses(name: str) -> tuple[str, ...]:
    """Return the addresses under which a file is served."""
    if name == "/index.html":
        return (name, "/")
    if name.endswith("/index.html"):
        return (name, name.removesuffix("/index.html"))
    if name.endswith(".html"):
        return (name, name.removesuffix(".html"))
    return (name,)
