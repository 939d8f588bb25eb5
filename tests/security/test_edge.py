"""What stands between the network and the application: headers, cookies' names, origins of event connections."""

from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from pygmalion_app.core.config import Settings
from pygmalion_app.serving import cookies
from pygmalion_app.serving.asgi import Dispatcher
from pygmalion_app.serving.headers import COMMON, STRICT_TRANSPORT, content_policy
from pygmalion_app.serving.origins import OwnOriginOnly, origin_of, own_origins


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    raise AssertionError("not to be reached")


async def _said(app: Any, path: str) -> dict[str, str]:
    """Return the headers of an answer."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app({"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}, receive, send)
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


@pytest.mark.parametrize(("path", "kind"), [("/fr", "text/html; charset=utf-8"), ("/a.js", "text/javascript")])
async def test_every_answer_carries_what_asvs_asks_of_it(path: str, kind: str) -> None:
    async def files(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind.encode())]})
        await send({"type": "http.response.body", "body": b""})

    dispatcher = Dispatcher(
        _nothing,
        _nothing,
        files,
        is_server_path=lambda _: False,
        headers=[*COMMON, STRICT_TRANSPORT],
        policy=content_policy(()).encode(),
    )
    headers = await _said(dispatcher, path)
    policy = headers["content-security-policy"]
    assert {"object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(policy.split("; "))
    assert ("default-src 'self'" in policy) == kind.startswith("text/html")
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
    assert int(headers["strict-transport-security"].split("=")[1].split(";")[0]) >= 31_536_000
    for name, value in {
        "x-content-type-options": "nosniff",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "strict-origin-when-cross-origin",
    }.items():
        assert headers[name] == value
    assert "geolocation=()" in headers["permissions-policy"]
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    ("header", "kept"),
    [
        (b"pygmalion_session=planted; locale=fr", b"locale=fr"),
        (b"__Host-pygmalion_session=own; pygmalion_session=planted", b"pygmalion_session=own"),
        (b"pygmalion_session=planted; __Secure-pygmalion_flow=x", b"pygmalion_flow=x"),
        (b"", b""),
    ],
)
def test_over_https_only_prefixed_cookies_are_ours(header: bytes, kept: bytes) -> None:
    assert cookies.received(header) == kept


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (b"pygmalion_session=x; HttpOnly; Path=/; SameSite=lax; Secure", b"__Host-pygmalion_session=x"),
        (b"pygmalion_session=x; HttpOnly; Path=/", b"__Host-pygmalion_session=x"),
        (b"pygmalion_flow=x; Path=/auth/sso; Secure", b"__Secure-pygmalion_flow=x"),
        (b"pygmalion_session=x; Path=/; Domain=example.org", b"__Secure-pygmalion_session=x"),
        (b"locale=fr; Path=/", b"locale=fr"),
    ],
)
def test_over_https_our_cookies_leave_under_their_prefix(header: bytes, name: bytes) -> None:
    changed = cookies.sent(header)
    assert changed.startswith(name)
    assert changed.count(b"Secure") + changed.count(b"secure") >= (1 if b"pygmalion" in name else 0)


ORIGINS = frozenset({"https://pygmalion.example:443", "http://127.0.0.1:3000"})


@pytest.mark.parametrize(
    ("origins", "welcome"),
    [
        (["https://pygmalion.example"], True),
        (["https://PYGMALION.example:443"], True),
        (["http://127.0.0.1:3000"], True),
        ([], False),
        (["null"], False),
        ([""], False),
        (["http://pygmalion.example"], False),
        (["https://pygmalion.example.evil.example"], False),
        (["https://pygmalion.example@evil.example"], False),
        (["https://evil.example"], False),
        (["https://pygmalion.example", "https://evil.example"], False),
        (["https://[nonsense"], False),
    ],
)
async def test_event_connections_come_from_our_own_pages(origins: list[str], welcome: bool) -> None:
    reached: list[Scope] = []
    sent: list[Message] = []

    async def events(scope: Scope, receive: Receive, send: Send) -> None:
        reached.append(scope)

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    gate = OwnOriginOnly(events, ORIGINS)
    headers = [(b"origin", origin.encode()) for origin in origins]
    await gate({"type": "websocket", "headers": headers}, receive, send)
    assert bool(reached) == welcome
    assert [message["type"] for message in sent] == ([] if welcome else ["websocket.close"])


def test_in_production_only_the_public_address_is_ours(settings: Settings) -> None:
    from pygmalion_app.core.config import Environment

    public = {"public_url": "https://pygmalion.example/", "environment": Environment.PRODUCTION}
    assert own_origins(settings.model_copy(update=public)) == {"https://pygmalion.example:443"}
    assert origin_of(f"http://localhost:{settings.port}") in own_origins(settings)
