"""Headers that every answer carries, and the content policy of pages."""

from collections.abc import Iterable

Header = tuple[bytes, bytes]

COMMON: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"x-frame-options", b"DENY"),
    (b"permissions-policy", b"camera=(self), geolocation=(), microphone=(), payment=(self)"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
STRICT_TRANSPORT: Header = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")


def content_policy(script_sources: Iterable[str]) -> str:
    """Return the Content-Security-Policy of a page whose inline scripts have these hashes.

    `unsafe-eval` stays: Reflex runs `call_script` and toasts through `new Function`, which fails silently without it.
    Inline styles stay: React and emotion write them.
    """
    directives = (
        "default-src 'self'",
        " ".join(("script-src 'self' 'unsafe-eval'", *script_sources)),
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
    return "; ".join(directives)
