"""What can go wrong with notifications."""

from pygmalion_app.core.errors import InvalidInputError


class MailAlwaysSentError(InvalidInputError):
    """The mails of this topic prove a contract: they always come at once."""

    code = "mail_always_sent"
