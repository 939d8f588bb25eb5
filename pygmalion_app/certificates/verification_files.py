"""Verifies a file that somebody presents: a certificate's PDF, its credential, or a picture of its QR code.

A document that we issued is known by its digest alone. Anything else is looked into, by a process of its own, for what
it claims to be: then the answer can say that it was altered, or whose it is, and not only that it is unknown.
"""

import asyncio
import base64
import hashlib
import json
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast
from weakref import WeakKeyDictionary

from pygmalion_app.certificates import verification_rows as rows
from pygmalion_app.certificates.errors import UnreadableFileError
from pygmalion_app.certificates.sealing import canonical
from pygmalion_app.certificates.verification import Presented, unknown, verify_row
from pygmalion_app.certificates.verification_references import Reference, read_code, read_credential
from pygmalion_app.certificates.verification_rows import Key, Row
from pygmalion_app.certificates.verification_types import Verification
from pygmalion_app.certificates.verification_view import Disclosure
from pygmalion_app.core.ids import token_hash
from pygmalion_app.core.unit_of_work import Container

_ROOT = Path(__file__).resolve().parents[2]
_SECONDS = 20
_AT_ONCE = 2
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class _Inside:
    codes: tuple[str, ...]
    attached: tuple[bytes, ...]


async def verify_presented(
    parts: Container, content: bytes, *, token: str | None = None, name: str = ""
) -> Verification:
    """Verify a file, against the certificate of a token where one is known.

    Raises UnreadableFileError for a file in which nothing names a certificate, TooManyRequestsError for too many names.
    """
    digest = hashlib.sha256(content).digest()
    given = Presented(name=name)
    if content.lstrip()[:1] == b"{":
        return await _verify_credential(parts, content, token, given)
    is_pdf = content.startswith(b"%PDF-")
    if is_pdf:
        row = await rows.look_up(parts, *((Key.TOKEN, token_hash(token[:64])) if token else (Key.DOCUMENT, digest)))
        if row is not None or token:
            return await verify_row(parts, row, replace(given, file_sha256=digest))
    try:
        inside = await _look_into(content)
    except UnreadableFileError:
        # A document so damaged that nothing is found in it is no document of ours, and that is an answer.
        if not is_pdf:
            raise
        inside = _Inside((), ())
    return await _verify_inside(parts, inside, replace(given, file_sha256=digest if is_pdf else None), is_pdf=is_pdf)


async def verify_code(parts: Container, text: str, *, name: str = "") -> Verification:
    """Verify what a scanned code says. Raises UnreadableFileError for a code that names no certificate."""
    reference = read_code(parts.settings, text)
    if reference is None:
        raise UnreadableFileError
    row = await _row_of(parts, reference)
    return await verify_row(parts, row, Presented(name=name, elsewhere=reference.elsewhere))


async def _verify_inside(parts: Container, inside: _Inside, given: Presented, *, is_pdf: bool) -> Verification:
    """Verify by what was found in a file, its code before its attachments: only the code's token is a secret."""
    references = [found for code in inside.codes if (found := read_code(parts.settings, code))]
    for reference in references:
        if (row := await _row_of(parts, reference)) is not None:
            return await verify_row(parts, row, replace(given, elsewhere=reference.elsewhere))
    attached = [found for one in inside.attached if (found := read_credential(parts.settings, one))]
    for reference in attached:
        if (row := await _row_of(parts, reference)) is not None:
            return await verify_row(parts, row, replace(given, disclosed=Disclosure.DIGEST))
    if not is_pdf and not references:
        raise UnreadableFileError
    return unknown(parts, next((one.elsewhere for one in (*attached, *references) if one.elsewhere), None))


async def _verify_credential(parts: Container, content: bytes, token: str | None, given: Presented) -> Verification:
    reference = read_credential(parts.settings, content)
    if reference is None:
        raise UnreadableFileError
    given = replace(given, credential_sha256=_spellings(content))
    if token:
        row = await rows.look_up(parts, Key.TOKEN, token_hash(token[:64]))
        return await verify_row(parts, row, given)
    row = await _row_of(parts, reference)
    if row is None:
        return unknown(parts, reference.elsewhere)
    # Its id is no secret: what it says is shown only to who has it word for word.
    known = row["credential_sha256"] in given.credential_sha256
    return await verify_row(parts, row, given if known else replace(given, disclosed=Disclosure.DIGEST))


async def _row_of(parts: Container, reference: Reference) -> Row | None:
    if reference.token is not None:
        return await rows.look_up(parts, Key.TOKEN, token_hash(reference.token))
    if reference.certificate_id is not None:
        return await rows.look_up(parts, Key.ID, reference.certificate_id)
    return None


def _spellings(content: bytes) -> tuple[bytes, ...]:
    """Return the digests under which a credential may be known: as it came, and in its one canonical spelling.

    Programs indent and reorder JSON when they save it, which changes nothing of what it says.
    """
    digests = [hashlib.sha256(content).digest()]
    try:
        said = json.loads(content)
        digests.append(hashlib.sha256(canonical(cast("dict[str, Any]", said))).digest())
    except (ValueError, RecursionError):
        pass
    return tuple(digests)


async def _look_into(content: bytes) -> _Inside:
    """Start the process that looks, hand it the file, and believe nothing but a whole answer."""
    async with _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(_AT_ONCE)):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "pygmalion_app.certificates.verification_child",
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            cwd=_ROOT, env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(_ROOT), "MALLOC_ARENA_MAX": "2"},
        )  # fmt: skip
        try:
            answer, _ = await asyncio.wait_for(process.communicate(content), _SECONDS)
        except TimeoutError:
            raise UnreadableFileError from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    # Killed by its own bounds, or broken by the file: a file that cannot be read.
    if process.returncode != 0 or not answer.endswith(b"\n"):
        raise UnreadableFileError
    said = json.loads(answer)
    return _Inside(tuple(said["codes"]), tuple(base64.b64decode(one) for one in said["attached"]))
