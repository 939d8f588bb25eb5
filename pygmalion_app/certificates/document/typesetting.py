"""The certificates' templates set: PDF/A-3a and PDF/UA-1, or a picture of a page, for screens."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pygmalion_app.core import typesetting

FOLDER = Path(__file__).parent


def typeset(template: str, data: Mapping[str, Any], attachment: bytes = b"", *, function: str = "") -> bytes:
    """Return a template's PDF, the same bytes for the same input. Blocking and CPU-bound: call it in a thread.

    What no font can show is a square on the page; the attached credential keeps it.
    """
    inputs = {"attachment": attachment.decode()}
    return typesetting.typeset(
        FOLDER / template, data, inputs, function=function, format="pdf", pdf_standards=["a-3a", "ua-1"]
    )


def picture(template: str, data: Mapping[str, Any], dots_an_inch: float, *, function: str = "") -> bytes:
    """Return a template's page as PNG. Blocking and CPU-bound: call it in a thread."""
    return typesetting.typeset(
        FOLDER / template, data, {"attachment": ""}, function=function, format="png", ppi=dots_an_inch
    )
