"""Keeps secrets out of the logs, whoever writes them."""

import logging
import re
from typing import Any

_HEADERS = "set-cookie|cookie|authorization|proxy-authorization|stripe-signature"
# Reflex logs all request headers, cookies included, when an event names an unknown handler.
_QUOTED = re.compile(
    rf"""(?P<name>['"](?:{_HEADERS}|password|code|token|accessToken|refreshToken)['"]\s*[:,=]\s*)"""
    r"""(?:b?'[^']*'|b?"[^"]*"|[^\s,}\])]+)""",
    re.IGNORECASE,
)
_LINE = re.compile(rf"(?P<name>\b(?:{_HEADERS})\s*:\s*)[^'\"\[\n][^\n]*", re.IGNORECASE)


def redact(text: str) -> str:
    """Return the text with the values of secret headers and fields replaced."""
    return _LINE.sub(r"\g<name>[redacted]", _QUOTED.sub(r"\g<name>[redacted]", text))


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
