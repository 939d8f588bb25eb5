"""Sets an attendance sheet as PDF: the same bytes for the same sheet."""

from pathlib import Path
from typing import Any, Final

from pygmalion_app.core import typesetting

FOLDER: Final = Path(__file__).parent


def render(words: dict[str, Any]) -> bytes:
    """Return the PDF of a sheet's words (see `sheet.typ`). Blocking and CPU-bound: call it in a thread."""
    return typesetting.pdf(FOLDER / "sheet.typ", words | {"wordmark": typesetting.wordmark()})
