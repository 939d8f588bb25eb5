"""How Stripe is called: one client, its API's version pinned, and its errors in our own words."""

import logging
from collections.abc import Generator
from contextlib import contextmanager

import stripe
from stripe import StripeClient

from pygmalion_app.core.config import Settings
from pygmalion_app.core.errors import UnavailableError

log = logging.getLogger(__name__)

API_VERSION = "2026-10-28.endive"
TIMEOUT_SECONDS = 20
RETRIES = 2


def make_client(settings: Settings, base_url: str = "") -> StripeClient:
    """Return a client for the configured key; `base_url` is another server than Stripe's own, for tests.

    ValueError for a live key outside production: whoever tries something out must not take anybody's money.
    """
    key = settings.stripe_secret_key.get_secret_value()
    if key.startswith(("sk_live", "rk_live")) and not settings.is_production:
        message = "a live Stripe key is for ENVIRONMENT=production only; use a test key (sk_test_...)"
        raise ValueError(message)
    return StripeClient(
        key,
        stripe_version=API_VERSION,
        max_network_retries=RETRIES,
        http_client=stripe.HTTPXClient(timeout=TIMEOUT_SECONDS),
        base_addresses={"api": base_url, "connect": base_url, "files": base_url} if base_url else None,
    )


@contextmanager
def asking(part: str = "payments") -> Generator[None]:
    """Turn what Stripe refuses or does not answer into UnavailableError; its words are not logged, its codes are."""
    try:
        yield
    except stripe.StripeError as error:
        log.warning(
            "Stripe refused: %s code=%s status=%s request=%s",
            type(error).__name__,
            error.code,
            error.http_status,
            error.request_id,
        )
        raise UnavailableError(part=part) from None
