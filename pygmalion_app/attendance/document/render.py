"""Sets an attendance sheet as PDF (PDF/A-2a and PDF/UA-1): the same bytes for the same sheet."""

import json
import re
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import typst

FOLDER: Final = Path(__file__).parent
_FONTS = FOLDER.parent.parent / "certificates" / "document" / "fonts"
_WORDMARK = FOLDER.parent.parent.parent / "assets" / "brand" / "wordmark-light.svg"
_MAX_UNDISPLAYABLE = 64
_UNDISPLAYABLE = re.compile(r'the text `"(.+?)"` could not be displayed')
# One compiler keeps its fonts and layout cache warm.
_lock = Lock()


def render(words: dict[str, Any]) -> bytes:
    """Return the PDF of a sheet's words (see `sheet.typ`). Blocking and CPU-bound: call it in a thread."""
    data = json.dumps(words | {"wordmark": _WORDMARK.read_text(encoding="utf-8")}, ensure_ascii=False)
    for _ in range(_MAX_UNDISPLAYABLE):
        try:
            with _lock:
                made = _compiler().compile(format="pdf", sys_inputs={"data": data}, pdf_standards=["a-2a", "ua-1"])
        except typst.TypstError as error:
            # PDF/A refuses text that no font can show (a name in Chinese): a square stands for it.
            missing = _UNDISPLAYABLE.search(str(error))
            if missing is None:
                raise
            data = data.replace(missing[1], "□")
            continue
        if isinstance(made, bytes):
            return made
    message = "too many characters that no font can show"
    raise ValueError(message)


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(FOLDER / "sheet.typ", root=FOLDER, font_paths=[_FONTS], ignore_system_fonts=True)
