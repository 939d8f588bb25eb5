"""Sets a template with its data: PDF/A-3, whatever people wrote into it."""

import json
import re
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import typst

FOLDER: Final = Path(__file__).parent
MAX_UNDISPLAYABLE: Final = 64
_ROOT = FOLDER.parent.parent
_FONTS = _ROOT / "certificates" / "document" / "fonts"
_WORDMARK = _ROOT.parent / "assets" / "brand" / "wordmark-light.svg"
_UNDISPLAYABLE = re.compile(r'the text `"(.+?)"` could not be displayed')
_lock = Lock()


def compiled(template: str, content: dict[str, Any], **inputs: str) -> bytes:
    """Return the PDF of a template in this folder; `content` reaches it as `data`, `inputs` as they are.

    Blocking and CPU-bound (some tens of milliseconds): call it in a thread.
    """
    data = json.dumps(content, ensure_ascii=False)
    for _ in range(MAX_UNDISPLAYABLE):
        try:
            with _lock:
                made = _compiler(template).compile(
                    format="pdf", sys_inputs={"data": data} | inputs, pdf_standards=["a-3a"]
                )
        except typst.TypstError as error:
            # PDF/A refuses text that no font can show: a square stands for it on the page, the XML keeps it.
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
def wordmark() -> str:
    """Return the platform's name as a drawing (SVG)."""
    return _WORDMARK.read_text(encoding="utf-8")


@cache
def _compiler(template: str) -> typst.Compiler:
    return typst.Compiler(FOLDER / template, root=FOLDER, font_paths=[_FONTS], ignore_system_fonts=True)
