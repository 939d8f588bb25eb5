"""What people present to have a certificate verified: a digest, a file, a scanned code, a typed name.

Files are read in memory only, never more of them than is accepted, and few at once: they are not kept, and anybody may
send them.
"""

import asyncio
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic import Field, ValidationError
from starlette.datastructures import UploadFile
from starlette.formparsers import FormParser, MultiPartException

from pygmalion_app.api.uploads import InMemoryParser, TooLongError
from pygmalion_app.core.errors import BusyError, InvalidInputError
from pygmalion_app.core.schemas import Command

LONGEST_NAME = 200
_LONGEST_FIELD = 4000
_SECONDS = 60
_AT_ONCE = 8
_reading: set[int] = set()
"""The requests that are being read in this process."""

Sha256 = Annotated[str, Field(pattern=r"^(0x)?[0-9a-fA-F]{64}$", description="SHA-256 of the document, hexadecimal")]


class Shown(Command):
    """A dropped file is best named by its digest alone: then it never leaves the reader's machine."""

    sha256: Sha256 | None = None
    name: str = Field(default="", max_length=LONGEST_NAME, description="A name to compare with the holder's")
    code: str = Field(default="", max_length=2000, description="What a scanned QR code says")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a request presents; `content` is a whole file."""

    sha256: bytes | None = None
    content: bytes = b""
    name: str = ""
    code: str = ""
    mistyped: bool = False
    """Whether a digest was sent that is none."""


FORMS: dict[str, Any] = {
    "requestBody": {
        "description": "A document's SHA-256, or the file itself: a certificate's PDF, its credential (JSON), or a "
        "picture of its QR code (JPEG, PNG, WebP); at most 10 MB. With `name`, that it is the holder's is checked too.",
        "content": {
            "application/json": {"schema": Shown.model_json_schema()},
            "application/pdf": {"schema": {"type": "string", "format": "binary"}},
            "image/*": {"schema": {"type": "string", "format": "binary"}},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "sha256": {"type": "string"},
                        "name": {"type": "string"},
                        "code": {"type": "string"},
                    },
                }
            },
        },
    }
}


async def read_sent(request: Request) -> Sent:
    """Return what a request presents. Raises InvalidInputError, BusyError, TooLongError."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if len(_reading) >= _AT_ONCE:
        raise BusyError
    _reading.add(id(request))
    try:
        async with asyncio.timeout(_SECONDS):
            if kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
                return await _read_form(request, kind)
            body = await request.body()
    except TimeoutError as error:
        raise TooLongError from error
    finally:
        _reading.discard(id(request))
    if not body:
        return Sent()
    return _read_json(body) if kind == "application/json" else Sent(content=body)


Presented = Annotated[Sent, Depends(read_sent)]


def parse_digest(text: str) -> bytes | None:
    """Return the SHA-256 that somebody typed, None for anything else."""
    spelled = text.strip().removeprefix("0x")
    try:
        found = bytes.fromhex(spelled)
    except ValueError:
        return None
    return found if len(found) == 32 and len(spelled) == 64 else None  # noqa: PLR2004 - a SHA-256


def _read_json(body: bytes) -> Sent:
    try:
        shown = Shown.model_validate_json(body)
    except ValidationError as error:
        where = error.errors()[0]["loc"]
        raise InvalidInputError(field=str(where[0]) if where else "body") from error
    digest = parse_digest(shown.sha256) if shown.sha256 else None
    return Sent(digest, name=shown.name, code=shown.code)


async def _read_form(request: Request, kind: str) -> Sent:
    try:
        if kind == "multipart/form-data":
            parser = InMemoryParser(
                request.headers, request.stream(), max_files=1, max_fields=4, max_part_size=_LONGEST_FIELD
            )
            form = await parser.parse()
        else:
            form = await FormParser(request.headers, request.stream()).parse()
    except (MultiPartException, ValueError) as error:
        raise InvalidInputError(field="file") from error
    try:
        file = form.get("file")
        said = {name: value.strip()[:_LONGEST_FIELD] for name, value in form.items() if isinstance(value, str)}
        typed = said.get("sha256", "")
        digest = parse_digest(typed)
        return Sent(
            sha256=digest,
            content=await file.read() if isinstance(file, UploadFile) else b"",
            name=said.get("name", "").replace("\x00", "")[:LONGEST_NAME],
            code=said.get("code", ""),
            mistyped=bool(typed) and digest is None,
        )
    finally:
        await form.close()
