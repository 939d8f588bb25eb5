"""Documents on their way in: a form with one file, read as a stream, never more of it in memory than is accepted.

Nothing is written to disk on the way: these are identity documents, and the store alone keeps them, encrypted.
"""

import asyncio
from typing import Any, TypeVar
from urllib.parse import urlsplit

from fastapi import Request
from pydantic import ValidationError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from pygmalion_app.accounts.authentication import SESSION_COOKIE, authenticate_session
from pygmalion_app.api.limits import MAX_UPLOAD_BYTES
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import BusyError, InvalidInputError, PermissionDeniedError, PygmalionError
from pygmalion_app.core.schemas import Command
from pygmalion_app.kyc.schemas import UploadDocument

PAGE_HEADER = "x-pygmalion-page"
_SECONDS = 180
_AT_ONCE = 16
Said = TypeVar("Said", bound=Command)
"""What a form says of its file; the command has a `file_name`."""
_reading: set[int] = set()
"""The requests whose documents are being read in this process; each may hold the size of two documents in memory."""

FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["kind", "file"],
                    "properties": {
                        "kind": {"type": "string"},
                        "validUntil": {"type": "string", "format": "date", "description": "Last day of validity"},
                        "file": {"type": "string", "format": "binary", "description": "PDF, JPEG or PNG, 10 MB"},
                    },
                }
            }
        },
    }
}


class TooLongError(PygmalionError):
    """The sender took too long; the connection is worth more to others."""

    code = "upload_too_slow"
    status = 408


class InMemoryParser(MultiPartParser):
    """Starlette's parser without its temporary files."""

    spool_max_size = MAX_UPLOAD_BYTES + 1


async def page_actor(request: Request) -> Actor:
    """Return the person whose browser sends a form from one of our pages.

    The session cookie counts here although this writes, so another site's form must not get here: the browser names
    the page's origin, and our script adds a header that no form can and no other origin may. Raises
    PermissionDeniedError, NotAuthenticatedError.
    """
    origin = request.headers.get("origin")
    own = origin is not None and urlsplit(origin).netloc == request.headers.get("host")
    elsewhere = request.headers.get("sec-fetch-site", "same-origin") != "same-origin"
    if not own or elsewhere or request.headers.get(PAGE_HEADER) != "1":
        raise PermissionDeniedError(permission="origin")
    actor = await authenticate_session(request.cookies.get(SESSION_COOKIE))
    actor.require_user()
    return actor


async def read_document(request: Request) -> tuple[UploadDocument, bytes]:
    """Return what a form says of an identity document, and the document; errors as `read_form`."""
    return await read_form(request, UploadDocument)


async def read_form(request: Request, kind: type[Said]) -> tuple[Said, bytes]:
    """Return what a form says of its file, as a command of some kind, and the file; `BodyLimit` stops what is too long.

    Raises InvalidInputError, BusyError (many are sending at this moment), TooLongError.
    """
    if len(_reading) >= _AT_ONCE:
        raise BusyError
    _reading.add(id(request))
    try:
        async with asyncio.timeout(_SECONDS):
            return await _read(request, kind)
    except TimeoutError as error:
        raise TooLongError from error
    finally:
        _reading.discard(id(request))


async def _read(request: Request, kind: type[Said]) -> tuple[Said, bytes]:
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise InvalidInputError(field="file")
    parser = InMemoryParser(request.headers, request.stream(), max_files=1, max_fields=6, max_part_size=1000)
    try:
        form = await parser.parse()
    except (MultiPartException, ValueError) as error:
        raise InvalidInputError(field="file") from error
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise InvalidInputError(field="file")
        said = {name: value for name, value in form.items() if isinstance(value, str) and value}
        command = kind.model_validate(said | {"file_name": (file.filename or "")[-200:]})
        return command, await file.read()
    except ValidationError as error:
        where = error.errors()[0]["loc"]
        raise InvalidInputError(field=str(where[0]) if where else "validUntil") from error
    finally:
        await form.close()
