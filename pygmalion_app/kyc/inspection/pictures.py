"""Pictures: decoded and drawn anew, so that nothing but pixels is kept (no place, no maker notes, nothing appended)."""

import io
import struct

from PIL import Image, ImageFile, ImageOps

from pygmalion_app.kyc.inspection.signatures import is_something_else
from pygmalion_app.kyc.inspection.verdict import MAX_PIXELS, Clean, Fault, RefusedError

JPEG = b"\xff\xd8\xff"
PNG = b"\x89PNG\r\n\x1a\n"
MEDIA_TYPE = "image/jpeg"
_LONGEST_SIDE = 4096
"""Enough to read small print on a whole page."""
_LOGO_SIDE = 1000
"""Nine centimetres on paper at 280 dots an inch."""
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_SCAN, _END = 0xDA, 0xD9

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
ImageFile.LOAD_TRUNCATED_IMAGES = False


def inspect(content: bytes) -> Clean:
    """Return the picture redrawn as JPEG; RefusedError otherwise."""
    is_png = content.startswith(PNG)
    end = _png_end(content) if is_png else _jpeg_end(content)
    if is_something_else(content[end:]):
        raise RefusedError(Fault.DISGUISED)
    try:
        with Image.open(io.BytesIO(content[:end]), formats=("PNG" if is_png else "JPEG",)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise RefusedError(Fault.TOO_MANY_PIXELS)
            picture.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
            drawn = ImageOps.exif_transpose(picture)
            drawn.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
            return Clean(MEDIA_TYPE, 1, _encoded(drawn))
    except Image.DecompressionBombError:
        raise RefusedError(Fault.TOO_MANY_PIXELS) from None
    except (OSError, ValueError, SyntaxError, struct.error):
        raise RefusedError(Fault.DAMAGED) from None


def logo(content: bytes) -> Clean:
    """Return a logo redrawn as PNG, what is transparent left so; RefusedError otherwise."""
    is_png = content.startswith(PNG)
    end = _png_end(content) if is_png else _jpeg_end(content)
    if is_something_else(content[end:]):
        raise RefusedError(Fault.DISGUISED)
    try:
        with Image.open(io.BytesIO(content[:end]), formats=("PNG" if is_png else "JPEG",)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise RefusedError(Fault.TOO_MANY_PIXELS)
            drawn = ImageOps.exif_transpose(picture).convert("RGBA")
            drawn.thumbnail((_LOGO_SIDE, _LOGO_SIDE))
            bare = Image.new("RGBA", drawn.size)
            bare.paste(drawn)
            out = io.BytesIO()
            bare.save(out, "PNG", optimize=True)
            return Clean("image/png", 1, out.getvalue())
    except Image.DecompressionBombError:
        raise RefusedError(Fault.TOO_MANY_PIXELS) from None
    except (OSError, ValueError, SyntaxError, struct.error):
        raise RefusedError(Fault.DAMAGED) from None


def _encoded(drawn: Image.Image) -> bytes:
    if drawn.mode not in {"RGB", "L"}:
        with_alpha = drawn.convert("RGBA")
        # What is transparent is paper.
        drawn = Image.new("RGB", drawn.size, "white")
        drawn.paste(with_alpha, mask=with_alpha.getchannel("A"))
    # A new picture without the old one's information: encoders copy some of it.
    bare = Image.new(drawn.mode, drawn.size)
    bare.paste(drawn)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=90)
    return out.getvalue()


def _png_end(content: bytes) -> int:
    """Return where a PNG's last chunk ends; RefusedError(DAMAGED) when there is none."""
    at = len(PNG)
    while at + 12 <= len(content):
        length, kind = struct.unpack_from("!I4s", content, at)
        at += 12 + length
        if kind == b"IEND":
            if at <= len(content):
                return at
            break
    raise RefusedError(Fault.DAMAGED)


def _jpeg_end(content: bytes) -> int:
    """Return where a JPEG's end marker ends, walking its segments; RefusedError(DAMAGED) when there is none."""
    at = 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:  # noqa: PLR2004 - every marker begins so
            break
        marker = content[at + 1]
        if marker == 0xFF:  # noqa: PLR2004 - fill bytes
            at += 1
        elif marker in _STANDALONE:
            at += 2
        elif marker == _END:
            return at + 2
        else:
            at += 2 + struct.unpack_from("!H", content, at + 2)[0]
            at = _after_scan(content, at) if marker == _SCAN else at
    if content[at : at + 2] == b"\xff\xd9":
        return at + 2
    raise RefusedError(Fault.DAMAGED)


def _after_scan(content: bytes, at: int) -> int:
    """Return where the next marker after compressed data stands; 0xFF00 and restarts belong to the data."""
    while 0 <= (at := content.find(b"\xff", at)) < len(content) - 1:
        following = content[at + 1]
        if following and following not in _STANDALONE and following != 0xFF:  # noqa: PLR2004 - fill bytes
            return at
        at += 1 if following == 0xFF else 2  # noqa: PLR2004 - fill bytes
    raise RefusedError(Fault.DAMAGED)
