"""What can go wrong with sessions."""

from pygmalion_app.core.errors import ConflictError, InvalidInputError, NotFoundError


class SessionNotFoundError(NotFoundError):
    """There is no such session, or it is of a draft that the actor may not see."""

    code = "session_not_found"


class SessionDatesError(InvalidInputError):
    """The dates do not make a session: it ends before it starts, is in the past, or lasts over a year."""

    code = "session_dates"


class UnknownTimeZoneError(InvalidInputError):
    """The time zone is not in the IANA database."""

    code = "unknown_time_zone"


class CapacityBelowSeatsError(ConflictError):
    """More seats are taken (`taken`) than the new capacity would have."""

    code = "capacity_below_seats"


class SessionHasParticipantsError(ConflictError):
    """People booked these dates (`participants`): the session is called off and planned anew, not moved."""

    code = "session_has_participants"


class SessionClosedError(ConflictError):
    """The session is cancelled or over and changes no more."""

    code = "session_closed"


class TrainerUnknownError(InvalidInputError):
    """The person is not a trainer of the session's organisation."""

    code = "trainer_unknown"
