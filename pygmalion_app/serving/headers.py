"""Headers that every answer carries, and the content policy of pages (OWASP ASVS 5, chapter V3)."""

from collections.abc import Iterable

Header = tuple[bytes, bytes]

COMMON: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"x-frame-options", b"DENY"),
    (
        b"permissions-policy",
        (
            b"accelerometer=(), autoplay=(), browsing-topics=(), camera=(self), display-capture=(), geolocation=(),"
            b" gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(self),"
            b" publickey-credentials-create=(self), publickey-credentials-get=(self), serial=(), usb=()"
        ),
    ),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-permitted-cross-domain-policies", b"none"),
)
BARE_POLICY: Header = (b"content-security-policy", b"object-src 'none'; base-uri 'none'; frame-ancestors 'none'")
"""For what is no page: it may not be framed, nor be taken for a page of ours."""
UNKEPT: Header = (b"cache-control", b"no-store")
"""For answers of the API and of sign-in that do not say themselves how long they may be kept."""
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
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
    return "; ".join(directives)
