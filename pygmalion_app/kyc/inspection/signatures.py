"""Traces of something else in a file: what makes one file two (a polyglot)."""

import re

ZIP_END = b"PK\x05\x06"
_ZIP_TAIL = 65_557
"""How far from its end a reader looks for an archive's directory: a comment of 65,535 bytes and the record itself."""
_APPENDED = (
    b"PK\x03\x04",
    ZIP_END,
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b\x08",
    b"%PDF-",
    b"\x7fELF",
    b"#!/",
)
_MARKUP = re.compile(
    rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|meta|\?php)|<\?php", re.IGNORECASE
)


def ends_as_archive(content: bytes) -> bool:
    """Tell whether archive programs would open this file, which they read from its end."""
    return ZIP_END in content[-_ZIP_TAIL:]


def has_markup(part: bytes) -> bool:
    """Tell whether a browser could take this part for a page."""
    return _MARKUP.search(part) is not None


def is_something_else(appended: bytes) -> bool:
    """Tell whether what stands after a file's end is a file of its own (a camera's maker notes are not)."""
    return appended[:2] == b"MZ" or any(mark in appended for mark in _APPENDED) or has_markup(appended)
