"""Bodies that are too large or come too slowly, on the real application."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from pygmalion_app.api.limits import MAX_BODY_BYTES, BodyLimit
from pygmalion_app.core.unit_of_work import Container
from tests import servers


async def _echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the length of the body; take a failure to read for a body that makes no sense, as FastAPI does."""
    try:
        body = await Request(scope, receive).body()
    except Exception:  # noqa: BLE001 - that is the point
        await PlainTextResponse("cannot be parsed", 400)(scope, receive, send)
        return
    await PlainTextResponse(str(len(body)))(scope, receive, send)


async def _status(pieces: list[tuple[float, bytes]]) -> int:
    """Send pieces of a body, each after a pause, and return what the answer's status is."""
    sent: list[Message] = []
    left = iter(pieces)

    async def receive() -> Message:
        pause, body = next(left)
        await asyncio.sleep(pause)
        return {"type": "http.request", "body": body, "more_body": bool(body)}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/api/v1/auth/login", "headers": [], "query_string": b""}
    await BodyLimit(_echo, patience=0.2, whole_patience=0.5)(scope, receive, send)
    assert [message["type"] for message in sent].count("http.response.start") == 1
    return sent[0]["status"]


@pytest.mark.parametrize(
    ("pieces", "status"),
    [
        ([(0, b"a" * 100), (0, b"")], 200),
        ([(0.1, b"a"), (0.1, b"")], 200),
        ([(0, b"a"), (0.4, b"")], 408),
        ([(0.15, b"a")] * 9 + [(0, b"")], 408),
        ([(0, b"a" * MAX_BODY_BYTES), (0, b"a"), (0, b"")], 413),
    ],
)
async def test_a_body_that_trickles_or_swells_ends_with_one_clear_answer(
    pieces: list[tuple[float, bytes]], status: int
) -> None:
    assert await _status(pieces) == status


@pytest.fixture
async def url(container: Container) -> AsyncIterator[str]:
    """Return the address of the API on a real port."""
    async with servers.serving_api(container) as url:
        yield url


async def test_a_body_without_a_length_is_counted_as_it_comes(url: str) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b'{"email": "'
        for _ in range(40):
            yield b"a" * 50_000

    async with httpx.AsyncClient(base_url=url, verify=servers.PLAIN, trust_env=False) as client:
        headers = {"Content-Type": "application/json"}
        try:
            answer = await client.post("/api/v1/auth/login", content=endless(), headers=headers)
        except httpx.TransportError:
            return  # refused in the middle and hung up: nothing was kept either
        assert answer.status_code == 413
        assert answer.json()["code"] == "too_large"


async def test_a_long_query_is_refused_in_words(url: str) -> None:
    """From 64 KB on the web server's own parser refuses, with a bare 414 or 431, before the application hears of it."""
    async with httpx.AsyncClient(base_url=url, verify=servers.PLAIN, trust_env=False) as client:
        answer = await client.get("/api/v1/formations/search?q=" + "a" * 40_000)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")
