"""What can stand in the way of a signature."""

from pygmalion_app.core.errors import PygmalionError


class AttendanceClosedError(PygmalionError):
    """The trainer has signed this half-day: it changes no more unless it is opened again."""

    code = "attendance_closed"
    status = 409


class AttendanceIncompleteError(PygmalionError):
    """The trainer signs last: `missing` people are neither signed nor absent."""

    code = "attendance_incomplete"
    status = 409


class AttendanceNotOpenError(PygmalionError):
    """Signed before the half-day, or so long after it that it proves nothing."""

    code = "attendance_not_open"
    status = 409


class AttendanceCodeError(PygmalionError):
    """A QR code that has turned, or is none of ours."""

    code = "attendance_code"
    status = 410


class NotParticipantError(PygmalionError):
    """Whoever scanned has no seat in this session."""

    code = "attendance_not_participant"
    status = 403
