"""Keys for one use each, derived from the installation's secret."""

from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pygmalion_app.core.config import Settings


def derived_key(settings: Settings, purpose: str) -> bytes:
    """Return 32 bytes for a purpose; ValueError when the installation has no secret."""
    secret = settings.session_secret.get_secret_value()
    if not secret:
        message = "SESSION_SECRET is empty: second factors cannot be kept"
        raise ValueError(message)
    return _derive(secret, purpose)


@lru_cache(maxsize=16)
def _derive(secret: str, purpose: str) -> bytes:
    info = f"pygmalion/{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.encode())
