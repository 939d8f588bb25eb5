"""The SMTP mail adapter."""

import asyncio
import smtplib
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from pygmalion_app.core.errors import UnavailableError
from pygmalion_app.core.ports import Attachment, Email

TIMEOUT_SECONDS = 20


class SmtpMailer:
    """Sends through one SMTP server: `smtp://user:password@host:587` (STARTTLS) or `smtps://...:465`."""

    name = "SMTP"

    def __init__(self, url: str, sender: str) -> None:
        """Take the server's address and the From header."""
        self._server = urlsplit(url)
        self._sender = sender

    async def send(self, email: Email, *, key: str) -> None:
        """Send; the Message-ID comes from `key`, so that a repetition is recognised as the same message."""
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = email.to
        message["Subject"] = email.subject
        message["Message-ID"] = f"<{key}@pygmalion>"
        message.set_content(email.text)
        message.add_alternative(email.html, subtype="html")
        for one in email.attachments:
            _attach(message, one)
        try:
            await asyncio.to_thread(self._deliver, message)
        except (OSError, smtplib.SMTPException) as error:
            # The server's answer may quote the message, and the message may hold a sign-in code.
            raise UnavailableError(part="smtp") from error

    def _deliver(self, message: EmailMessage) -> None:
        host, port = self._server.hostname or "localhost", self._server.port
        if self._server.scheme == "smtps":
            client: smtplib.SMTP = smtplib.SMTP_SSL(host, port or 465, timeout=TIMEOUT_SECONDS)
        else:
            client = smtplib.SMTP(host, port or 587, timeout=TIMEOUT_SECONDS)
        with client:
            if self._server.scheme != "smtps" and client.has_extn("starttls"):
                client.starttls()
            if self._server.username:
                client.login(unquote(self._server.username), unquote(self._server.password or ""))
            refused = client.send_message(message)
        if refused:
            # smtplib raises only when every recipient is refused.
            raise smtplib.SMTPRecipientsRefused(refused)


def _attach(message: EmailMessage, one: Attachment) -> None:
    described = EmailMessage()
    described["Content-Type"] = one.media_type
    kind, parameters = described.get_content_type(), dict(described["Content-Type"].params)
    maintype, subtype = kind.split("/")
    # Bytes: the calendar's own line ends stay as they are.
    message.add_attachment(one.content, maintype=maintype, subtype=subtype, filename=one.name, params=parameters)
