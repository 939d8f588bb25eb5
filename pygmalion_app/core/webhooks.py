"""Stripe's webhook signature: checked the same way for the real gateway and the embedded one."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar, cast

import stripe
from pydantic import SecretStr

from pygmalion_app.core.clock import Clock
from pygmalion_app.core.config import Settings
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


_OF_ACCOUNTS = ("account.", "payout.")


def read_gateway_event(payload: bytes, signature: str, settings: Settings, clock: Clock) -> Mapping[str, Any]:
    """Return an event of the platform, or of a connected account, which has an endpoint and a secret of its own.

    Whoever holds a connected account can make events of it with whatever metadata they like. So only those on the
    account itself and its payouts are passed on as what they are; any other gets a type that nobody listens to.
    """
    try:
        event = read_stripe_event(payload, signature, settings.stripe_webhook_secret, clock)
    except InvalidSignatureError:
        event = read_stripe_event(payload, signature, settings.stripe_connect_webhook_secret, clock)
        if not event.get("account"):
            raise
    if event.get("account") and not str(event["type"]).startswith(_OF_ACCOUNTS):
        return {**event, "type": f"connected.{event['type']}"}
    return event
