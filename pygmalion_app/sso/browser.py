"""The cookie that ties a way to a provider to the browser that began it."""

import re

from pygmalion_app.core.config import Settings

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def browser_cookie(settings: Settings) -> str:
    """Return the cookie's name; with TLS one that no other host, and no subdomain, can write."""
    return "__Host-pygmalion_sso" if settings.cookie_secure else "pygmalion_sso"


def is_browser_token(token: str) -> bool:
    """Tell whether a cookie's value has the form of one that we gave."""
    return _TOKEN.fullmatch(token) is not None
