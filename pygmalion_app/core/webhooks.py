"""Stripe's webhook signature: checked the same way for the real gateway and the embedded one."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar, cast

import stripe
from pydantic import SecretStr

from pygmalion_app.core.clock import Clock
from pygmalion_app.core.errors import PygmalionError

TOLERANCE_SECONDS = 300
FUTURE_TOLERANCE_SECONDS = 60


class InvalidSignatureError(PygmalionError):
    """The call was not signed with our webhook secret just now."""

    code: ClassVar[str] = "invalid_signature"
    status: ClassVar[int] = 400


def read_stripe_event(payload: bytes, signature: str, secret: SecretStr, clock: Clock) -> Mapping[str, Any]:
    """Return the event; the signature's time may be 5 minutes old, and 1 minute ahead (the SDK accepts any future).

    The event's own `created` is not judged: Stripe retries for three days.
    """
    key = secret.get_secret_value()
    if not key:
        raise InvalidSignatureError
    try:
        text = payload.decode()
        stripe.WebhookSignature.verify_header(text, signature, key, None)  # pyright: ignore[reportUnknownMemberType]
        signed_at = int(dict(part.split("=", 1) for part in signature.split(","))["t"])
        event: object = json.loads(text)
    except (stripe.SignatureVerificationError, UnicodeDecodeError, ValueError, KeyError) as error:
        raise InvalidSignatureError from error
    age = clock.now().timestamp() - signed_at
    if age > TOLERANCE_SECONDS or age < -FUTURE_TOLERANCE_SECONDS:
        raise InvalidSignatureError
    if not isinstance(event, dict):
        raise InvalidSignatureError
    named = cast("dict[str, Any]", event)
    if not isinstance(named.get("id"), str) or not isinstance(named.get("type"), str):
        raise InvalidSignatureError
    return named
