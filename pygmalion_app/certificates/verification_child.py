"""The process that looks into a presented file: `python -m pygmalion_app.certificates.verification_child`.

Reads the file from standard input and answers one line of JSON: what the QR codes in it say (`codes`), and the JSON
files attached to it (`attached`, base64). Whatever a hostile file does to the parsers happens here: bounded in memory
and time, without keys, unable to write a file.
"""

import base64
import io
import json
import resource
import sys
from contextlib import closing
from typing import Any

_MEMORY_BYTES = 1_200_000_000
_CPU_SECONDS = 10
_MAX_PIXELS = 60_000_000
_MAX_SIDE = 3000
_PAGES = 2
_PAGE_WIDTH = 1600
_LARGEST_ATTACHED = 1_000_000
_MOST_ATTACHED = 4
_MOST_CODES = 8


def main() -> int:
    """Look into the file."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    content = sys.stdin.buffer.read()
    attached: list[bytes] = []
    if content.startswith(b"%PDF-"):
        attached = _attached(content)
        pictures = _pages(content)
    else:
        pictures = [_picture(content)]
    codes = [code for picture in pictures for code in _codes(picture)]
    found = {"codes": codes[:_MOST_CODES], "attached": [base64.b64encode(one).decode() for one in attached]}
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


def _attached(content: bytes) -> list[bytes]:
    import pikepdf

    found: list[bytes] = []
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as document:
            for name in list(document.attachments)[: 4 * _MOST_ATTACHED]:
                body = document.attachments[name].get_file().read_bytes()
                if len(body) <= _LARGEST_ATTACHED and body.lstrip()[:1] == b"{":
                    found.append(body)
    except (pikepdf.PdfError, KeyError, ValueError):
        # The page may still show the code.
        return found[:_MOST_ATTACHED]
    return found[:_MOST_ATTACHED]


def _pages(content: bytes) -> list[Any]:
    import pypdfium2  # pyright: ignore[reportMissingTypeStubs]

    pictures: list[Any] = []
    try:
        with closing(pypdfium2.PdfDocument(content)) as document:
            for number in range(min(_PAGES, len(document))):
                page: Any = document[number]
                width, height = page.get_size()
                scale = min(_PAGE_WIDTH / max(width, 1), 2 * _PAGE_WIDTH / max(height, 1), 4)
                pictures.append(page.render(scale=scale).to_pil().convert("L"))
    except pypdfium2.PdfiumError:
        # What is attached may still say what it is.
        return pictures
    return pictures


def _picture(content: bytes) -> Any:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
    picture = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP", "GIF"))
    # A phone's photograph is read at an eighth of its pixels: faster, and no code is lost by it.
    picture.draft("L", (_MAX_SIDE, _MAX_SIDE))
    if picture.mode in ("RGBA", "LA", "P"):
        picture = picture.convert("RGBA")
        # A transparent ground is white paper to who looks at it.
        ground = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(ground, picture)
    picture.thumbnail((_MAX_SIDE, _MAX_SIDE))
    return picture.convert("L")


def _codes(picture: Any) -> list[str]:
    import zxingcpp

    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)  # pyright: ignore[reportArgumentType]
    return [code.text for code in found if code.text]


if __name__ == "__main__":
    sys.exit(main())
