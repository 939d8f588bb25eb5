"""The names that browsers know our cookies by, over HTTPS: with the prefixes that no neighbour can counterfeit.

A cookie named `__Host-...` can be set by this very host only, encrypted, for all its paths: neither a subdomain nor a
connection without encryption can plant one (RFC 6265bis). The application speaks of `pygmalion_session` everywhere;
this is the one place that changes names, on the way in and on the way out, where `COOKIE_SECURE` is set.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OURS = b"pygmalion_"
_HOST, _SECURE = b"__Host-", b"__Secure-"
_WHOLE_HOST = re.compile(rb";\s*path=/\s*(?:;|$)", re.IGNORECASE)
_NARROWED = re.compile(rb";\s*domain=", re.IGNORECASE)
_ENCRYPTED = re.compile(rb";\s*secure\s*(?:;|$)", re.IGNORECASE)


class PrefixedCookies:
    """Gives our cookies their prefixes, and ignores those that come without."""

    def __init__(self, app: "ASGIApp") -> None:
        """Take the application behind."""
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Handle one connection."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = [(name, received(value) if name == b"cookie" else value) for name, value in scope["headers"]]

        async def renamed(message: "Message") -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    (name, sent(value) if name.lower() == b"set-cookie" else value)
                    for name, value in message.get("headers", ())
                ]
            await send(message)

        await self._app({**scope, "headers": headers}, receive, renamed)


def received(header: bytes) -> bytes:
    """Return a Cookie header with our cookies under plain names; those without prefix, anybody's, are left out."""
    kept: list[bytes] = []
    for part in header.split(b";"):
        pair = part.strip()
        for prefix in (_HOST, _SECURE):
            if pair.startswith(prefix + _OURS):
                kept.append(pair.removeprefix(prefix))
                break
        else:
            if not pair.startswith(_OURS):
                kept.append(pair)
    return b"; ".join(kept)


def sent(header: bytes) -> bytes:
    """Return a Set-Cookie header under the name that browsers are to keep."""
    if not header.startswith(_OURS):
        return header
    whole = _WHOLE_HOST.search(header) and not _NARROWED.search(header)
    encrypted = header if _ENCRYPTED.search(header) else header + b"; Secure"
    return (_HOST if whole else _SECURE) + encrypted
