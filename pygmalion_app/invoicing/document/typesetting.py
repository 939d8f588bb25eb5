"""Sets a template with its data: PDF/A-3, whatever people wrote into it."""

from pathlib import Path
from typing import Any, Final

from pygmalion_app.core import typesetting

FOLDER: Final = Path(__file__).parent


def compiled(template: str, content: dict[str, Any], **inputs: str) -> bytes:
    """Return the PDF of a template in this folder; `content` reaches it as `data`, `inputs` as they are.

    Blocking and CPU-bound (some tens of milliseconds): call it in a thread.
    """
    return typesetting.typeset(FOLDER / template, content, inputs, format="pdf", pdf_standards=["a-3a"])
