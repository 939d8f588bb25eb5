"""Keeps secrets out of the logs, whoever writes them."""

import logging
import re
from typing import Any

# Reflex logs all request headers, cookies included, when an event names an unknown handler.
_SECRET = re.compile(
    r"""(?P<name>b?['"]?\b(?:set-cookie|cookie|authorization|proxy-authorization|stripe-signature|password|code)\b['"]?)
        (?P<gap>\s*[:=,]\s*)
        (?:b?'[^']*'|b?"[^"]*"|[^\s,;}\])]+(?:;\s*[^\s;,}\])]+)*)""",
    re.IGNORECASE | re.VERBOSE,
)


def redact(text: str) -> str:
    """Return the text with the values of secret headers and fields replaced."""
    return _SECRET.sub(r"\g<name>\g<gap>[redacted]", text)


def install_redaction() -> None:
    """Redact every log record of this process from now on."""
    make = logging.getLogRecordFactory()

    def redacted(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        text = record.getMessage()
        clean = redact(text)
        if clean != text:
            record.msg, record.args = clean, ()
        return record

    logging.setLogRecordFactory(redacted)
