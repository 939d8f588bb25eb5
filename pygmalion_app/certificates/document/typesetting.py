"""The typesetter: templates in, PDF/A-3a and PDF/UA-1 out (or a picture of a page, for screens)."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

FOLDER = Path(__file__).parent
MAX_UNDISPLAYABLE = 64
_UNDISPLAYABLE = re.compile(r'the text `"(.+?)"` could not be displayed')
# One compiler a template keeps its fonts and layout cache warm: 3 ms a document instead of 250.
_lock = Lock()


class TypesettingError(ValueError):
    """A document cannot be set: what it is to show is not what its template expects."""


def typeset(template: str, data: Mapping[str, Any], attachment: bytes = b"") -> bytes:
    """Return a template's PDF, the same bytes for the same input. Blocking and CPU-bound: call it in a thread."""
    return _made(template, data, attachment, format="pdf", pdf_standards=["a-3a", "ua-1"])


def picture(template: str, data: Mapping[str, Any], dots_an_inch: float) -> bytes:
    """Return a template's page as PNG. Blocking and CPU-bound: call it in a thread."""
    return _made(template, data, b"", format="png", ppi=dots_an_inch)


def _made(template: str, data: Mapping[str, Any], attachment: bytes, **options: Any) -> bytes:
    said = json.dumps(data, ensure_ascii=False)
    for _ in range(MAX_UNDISPLAYABLE):
        try:
            with _lock:
                inputs = {"data": said, "attachment": attachment.decode()}
                made = _compiler(template).compile(sys_inputs=inputs, **options)
        except typst.TypstError as error:
            # PDF/A refuses text that no font can show (a name in Chinese): a square stands for it on the page, and
            # the attached credential keeps it.
            missing = _UNDISPLAYABLE.search(str(error))
            if missing is None:
                raise TypesettingError(str(error)) from error
            said = said.replace(missing[1], "□")
            continue
        if isinstance(made, bytes):
            return made
        break
    message = "too many characters that no font can show, or more than one page where one was asked for"
    raise TypesettingError(message)


@cache
def _compiler(template: str) -> typst.Compiler:
    return typst.Compiler(FOLDER / template, root=FOLDER, font_paths=[FOLDER / "fonts"], ignore_system_fonts=True)
