"""Reads a printed certificate's QR code as a phone's camera does: from the picture."""

from contextlib import closing

import pypdfium2
import zxingcpp
from PIL.Image import Image


def picture(pdf: bytes, scale: int = 2) -> Image:
    """Return the first page as a picture; scale 1 = 72 dots an inch."""
    with closing(pypdfium2.PdfDocument(pdf)) as document, closing(document[0]) as page:
        return page.render(scale=scale).to_pil()


def scan(image: Image) -> list[str]:
    """Return what the codes in a picture say."""
    return [code.text for code in zxingcpp.read_barcodes(image)]
