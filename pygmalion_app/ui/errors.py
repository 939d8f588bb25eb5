"""Errors as people read them: a sentence beside the field at fault, or a toast; the unknown ones get a reference."""

import logging
import secrets

from reflex_base.event import EventSpec

from pygmalion_app.core import i18n
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.ui import toasts

log = logging.getLogger(__name__)


def error_text(locale: str, error: PygmalionError) -> str:
    """Return the sentence for an expected error: the message `error-<code>`, with the error's facts."""
    key = f"error-{error.code}"
    try:
        return i18n.translate(locale, key, **error.facts)
    except (i18n.MissingMessageError, ValueError):
        # A code without a sentence is our mistake; the person still learns that nothing was done.
        log.exception("no sentence for an error", extra={"error_code": error.code})
        return i18n.translate(locale, "error-unexpected", reference=error.code)


def unexpected(exception: Exception) -> EventSpec | None:
    """Log an unexpected error under a reference and tell the person that reference."""
    reference = secrets.token_hex(4).upper()
    log.error("unexpected error %s", reference, exc_info=exception, extra={"reference": reference})
    # The page's language is unknown here: the reference is what matters, and both sentences are short.
    return toasts.bad(
        " / ".join(i18n.translate(code, "error-unexpected", reference=reference) for code in i18n.LOCALES)
    )
