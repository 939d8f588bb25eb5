"""What can go wrong with notifications."""

from pygmalion_app.core.errors import ConflictError, InvalidInputError


class MailAlwaysSentError(InvalidInputError):
    """The mails of this topic prove a contract: they always come at once."""

    code = "mail_always_sent"


class NotADeviceError(InvalidInputError):
    """No browser says this of its subscription; `field` names the part."""

    code = "not_a_device"


class PushUnavailableError(ConflictError):
    """This installation rings no devices."""

    code = "push_unavailable"
