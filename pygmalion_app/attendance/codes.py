"""The code on the trainer's screen and what scanning it gives: both prove themselves, nothing is stored.

The code names a half-day and turns every 20 seconds; it is taken for five minutes, so that there is time to sign in.
Scanning it gives a ticket in its place: for this person and this half-day, worth its drawing also hours later, when a
phone has found its network again.
"""

import base64
import binascii
import hashlib
import hmac
import struct
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final, Literal
from uuid import UUID

from pydantic import SecretStr

from pygmalion_app.attendance.errors import AttendanceCodeError

TURNS_SECONDS: Final = 20
TAKEN_SECONDS: Final = 300
_MAC: Final = 16
_PLACE = struct.Struct(">16sIBQ")
"""Session, day, part and the milliseconds since 1970."""

_Kind = Literal["code", "ticket"]


@dataclass(frozen=True, slots=True)
class Place:
    """The half-day that a code or a ticket stands for, and when it was shown or scanned, UTC."""

    session_id: UUID
    day: date
    part: int
    at: datetime
    user_id: UUID | None = None


def code(secret: SecretStr, session_id: UUID, day: date, part: int, now: datetime) -> str:
    """Return the code to show now: the same until it turns."""
    turned = int(now.timestamp()) // TURNS_SECONDS * TURNS_SECONDS
    return _signed(secret, "code", _PLACE.pack(session_id.bytes, day.toordinal(), part, turned * 1000))


def read_code(secret: SecretStr, text: str, now: datetime) -> Place:
    """Return what a scanned code stands for. Raises AttendanceCodeError when it is forged or has turned."""
    found = _place(_opened(secret, "code", text, _PLACE.size))
    if not -TURNS_SECONDS <= (now - found.at).total_seconds() <= TAKEN_SECONDS:
        raise AttendanceCodeError
    return found


def ticket(secret: SecretStr, place: Place, user_id: UUID, now: datetime) -> str:
    """Return what a person signs by who has scanned a code now."""
    packed = _PLACE.pack(place.session_id.bytes, place.day.toordinal(), place.part, int(now.timestamp() * 1000))
    return _signed(secret, "ticket", packed + user_id.bytes)


def read_ticket(secret: SecretStr, text: str) -> Place:
    """Return what a ticket stands for. Raises AttendanceCodeError when it is forged."""
    packed = _opened(secret, "ticket", text, _PLACE.size + 16)
    return _place(packed[: _PLACE.size], UUID(bytes=packed[_PLACE.size :]))


def _place(packed: bytes, user_id: UUID | None = None) -> Place:
    session, ordinal, part, moment = _PLACE.unpack(packed)
    at = datetime.fromtimestamp(moment / 1000, UTC)
    return Place(UUID(bytes=session), date.fromordinal(ordinal), part, at, user_id)


def _mac(secret: SecretStr, kind: _Kind, packed: bytes) -> bytes:
    key = hashlib.sha256(f"attendance {kind}:{secret.get_secret_value()}".encode()).digest()
    return hmac.digest(key, packed, "sha256")[:_MAC]


def _signed(secret: SecretStr, kind: _Kind, packed: bytes) -> str:
    return base64.urlsafe_b64encode(packed + _mac(secret, kind, packed)).rstrip(b"=").decode()


def _opened(secret: SecretStr, kind: _Kind, text: str, size: int) -> bytes:
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise AttendanceCodeError from None
    packed, mac = raw[:size], raw[size:]
    if len(packed) != size or not hmac.compare_digest(mac, _mac(secret, kind, packed)):
        raise AttendanceCodeError
    return packed
