"""Asks the process that looks."""

import asyncio
import json
import os
import sys
from pathlib import Path
from weakref import WeakKeyDictionary

from pygmalion_app.kyc.inspection.verdict import MAX_BYTES, MAX_LOGO_BYTES, Clean, Fault, RefusedError

_ROOT = Path(__file__).resolve().parents[3]
_SECONDS = 40
_AT_ONCE = 2
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


async def inspect(content: bytes) -> Clean:
    """Return a document as it is kept. Raises RefusedError that says why it is not accepted."""
    if not content:
        raise RefusedError(Fault.EMPTY)
    if len(content) > MAX_BYTES:
        raise RefusedError(Fault.TOO_LARGE)
    return await _look(content, "inspect")


async def logo(content: bytes) -> Clean:
    """Return a logo (PNG, JPEG, SVG) as PNG, or as SVG of shapes alone. Raises RefusedError."""
    if not content:
        raise RefusedError(Fault.EMPTY)
    if len(content) > MAX_LOGO_BYTES:
        raise RefusedError(Fault.TOO_LARGE)
    return await _look(content, "logo")


async def page_picture(content: bytes, page: int) -> bytes:
    """Return a page (counted from 1) of a PDF as a JPEG picture. Raises RefusedError when there is none."""
    return (await _look(content, "render", str(page))).content


async def _look(content: bytes, *arguments: str) -> Clean:
    """Start the process, hand it the file, and believe nothing but a whole answer."""
    async with _turn():
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "pygmalion_app.kyc.inspection.child", *arguments,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            cwd=_ROOT, env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(_ROOT), "MALLOC_ARENA_MAX": "2"},
        )  # fmt: skip
        try:
            answer, _ = await asyncio.wait_for(process.communicate(content), _SECONDS)
        except TimeoutError:
            raise RefusedError(Fault.DAMAGED) from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    head, newline, rest = answer.partition(b"\n")
    # Killed by its own bounds, or broken by the file: a file that cannot be read is damaged to us.
    if process.returncode != 0 or not newline:
        raise RefusedError(Fault.DAMAGED)
    said = json.loads(head)
    if "fault" in said:
        raise RefusedError(Fault(said["fault"]))
    return Clean(said["media_type"], said["pages"], rest)


def _turn() -> asyncio.Semaphore:
    """Return what lets a few processes run at once, one for each event loop."""
    return _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(_AT_ONCE))
