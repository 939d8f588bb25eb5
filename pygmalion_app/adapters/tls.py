"""Whom outgoing calls trust."""

import ssl
from functools import cache

import httpx


@cache
def trusted() -> ssl.SSLContext:
    """Return the certificate authorities of this machine, read once: it takes a tenth of a second."""
    return httpx.create_ssl_context()
