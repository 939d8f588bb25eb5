"""Passkeys between a page and its state: whether this page can use them, and the browser's part of the talk."""

import json
from typing import Any

import orjson
import reflex as rx
from reflex_base.event import EventSpec

from pygmalion_app.accounts.errors import PasskeysUnavailableError
from pygmalion_app.accounts.factor_schemas import PasskeyOptions
from pygmalion_app.accounts.passkeys import relying_party
from pygmalion_app.core.unit_of_work import container

_LONGEST = 20_000


def place() -> str:
    """Return the one origin at which passkeys work, empty where this installation cannot have them."""
    try:
        return relying_party(container().settings).origin
    except PasskeysUnavailableError:
        return ""


def asked(verb: str, options: PasskeyOptions, callback: Any) -> EventSpec:
    """Return the event that asks the browser (`get` or `create`) and hands its answer to a handler."""
    public_key = json.dumps(options.public_key)
    return rx.call_script(f"import('/passkeys.js').then(m => m.{verb}({public_key}))", callback=callback)


def answered(text: object) -> dict[str, Any] | None:
    """Return the credential of the browser's answer; None when the person closed the dialog, or it is no answer."""
    if not isinstance(text, str) or len(text) > _LONGEST:
        return None
    try:
        answer = orjson.loads(text)
    except ValueError:
        return None
    credential = answer.get("credential") if isinstance(answer, dict) else None
    return credential if isinstance(credential, dict) else None
