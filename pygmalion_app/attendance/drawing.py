"""A signature as it was drawn: strokes on a field of 600 by 200, and nothing else an SVG could hold."""

import logging
from typing import Final, cast
from uuid import UUID

from pygmalion_app.attendance.models import AttendanceCountersignature, AttendanceMark
from pygmalion_app.core.envelope import KeyRing, TamperedError, UnknownKeyError, WrappedKey

log = logging.getLogger(__name__)

WIDTH: Final = 600
HEIGHT: Final = 200
PATTERN: Final = r"^(M\d{1,3} \d{1,3}( L\d{1,3} \d{1,3})* ?)+$"
SHORTEST: Final = 40
"""Characters: less is a dot or a tap, and no signature."""
LONGEST: Final = 15_000

Signed = AttendanceMark | AttendanceCountersignature


def seal(ring: KeyRing, row: Signed, strokes: str | None) -> None:
    """Keep a drawing with its row, encrypted; none takes away what was there."""
    if strokes is None:
        row.sealed = row.key_id = row.wrapped_key = None
        return
    row.sealed, wrapped = ring.seal(strokes.encode(), _bound(row.id))
    row.key_id, row.wrapped_key = wrapped.key_id, wrapped.value


def opened(ring: KeyRing, row: Signed) -> str | None:
    """Return a drawing; None when there is none, or what is kept cannot be opened.

    The rest of a sheet, or of all that is held on somebody, does not wait for it.
    """
    if row.sealed is None or row.key_id is None or row.wrapped_key is None:
        return None
    try:
        return ring.open(row.sealed, WrappedKey(row.key_id, row.wrapped_key), _bound(row.id)).decode()
    except (TamperedError, UnknownKeyError):
        log.exception("the drawing of %s cannot be opened", row.id)
        return None


def rewrap(ring: KeyRing, row: Signed) -> None:
    """Wrap a drawing's key under the current key-encryption key."""
    wrapped = ring.rewrap(WrappedKey(cast("str", row.key_id), cast("bytes", row.wrapped_key)), _bound(row.id))
    row.key_id, row.wrapped_key = wrapped.key_id, wrapped.value


def svg(strokes: str) -> str:
    """Return a drawing as a picture of its own."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f'<path d="{strokes}" fill="none" stroke="#0b1a33" stroke-width="4" stroke-linecap="round"'
        ' stroke-linejoin="round"/></svg>'
    )


def _bound(row_id: UUID) -> bytes:
    return b"attendance:" + row_id.bytes
