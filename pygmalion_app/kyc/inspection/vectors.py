"""Drawings (SVG): taken apart and put together again from shapes, colours and gradients alone.

What is left out without a word: notes, metadata, layers' names. What is refused: anything that runs, fetches, repeats
itself or needs a font: a drawing that shows something else than its maker meant is worth nothing.
"""

import re
from typing import Final
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from pygmalion_app.kyc.inspection.verdict import Clean, Fault, RefusedError

MEDIA_TYPE: Final = "image/svg+xml"
_SVG: Final = "{http://www.w3.org/2000/svg}"
_SHAPES: Final = "svg g path rect circle ellipse line polyline polygon"
_COLOURS: Final = "defs linearGradient radialGradient stop clipPath style"
_DRAWN: Final = frozenset(f"{_SHAPES} {_COLOURS}".split())
_IGNORED: Final = frozenset({"title", "desc", "metadata"})
_MOST_PARTS, _DEEPEST = 5_000, 40
_XLINK_HREF: Final = "{http://www.w3.org/1999/xlink}href"
ET.register_namespace("", _SVG[1:-1])
_ACTIVE: Final = re.compile(r"@import|expression\s*\(|javascript:|data:|url\(\s*['\"]?(?!#)", re.IGNORECASE)


def inspect(content: bytes) -> Clean:
    """Return the drawing made anew; RefusedError otherwise."""
    # Entities could grow without end, and hide in an encoding of two bytes a letter; a drawing needs neither.
    if b"<!ENTITY" in content.upper() or b"\0" in content:
        raise RefusedError(Fault.ACTIVE_CONTENT)
    try:
        root = ET.fromstring(content)  # noqa: S314 - no entities, and a process of its own with bounds
    except (ET.ParseError, ValueError):
        raise RefusedError(Fault.DAMAGED) from None
    if root.tag != f"{_SVG}svg":
        raise RefusedError(Fault.UNKNOWN_TYPE)
    if sum(1 for _ in root.iter()) > _MOST_PARTS:
        raise RefusedError(Fault.TOO_MANY_PIXELS)
    drawn = _part(root, 0)
    if not (drawn.get("viewBox") or (drawn.get("width") and drawn.get("height"))):
        raise RefusedError(Fault.DAMAGED)
    return Clean(MEDIA_TYPE, 1, ET.tostring(drawn, encoding="utf-8"))


def _part(found: Element, depth: int) -> Element:
    if depth > _DEEPEST:
        raise RefusedError(Fault.TOO_MANY_PIXELS)
    made = Element(found.tag)
    for name, value in found.attrib.items():
        plain = "href" if name == _XLINK_HREF else name
        if "{" in plain or plain.startswith("on"):
            continue
        if _ACTIVE.search(value) or (plain == "href" and not value.startswith("#")):
            raise RefusedError(Fault.ACTIVE_CONTENT)
        made.set(plain, value)
    if found.tag == f"{_SVG}style":
        made.text = _sheet(found.text or "")
    for child in found:
        name = child.tag.removeprefix(_SVG)
        if name in _DRAWN:
            made.append(_part(child, depth + 1))
        elif name not in _IGNORED and not name.startswith("{"):
            raise RefusedError(Fault.ACTIVE_CONTENT)
    return made


def _sheet(text: str) -> str:
    if _ACTIVE.search(text):
        raise RefusedError(Fault.ACTIVE_CONTENT)
    return text
