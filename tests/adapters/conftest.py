"""Fixtures of the adapters' tests."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from pygmalion_app.adapters.storage.files import DirectoryFileStore
from pygmalion_app.adapters.storage.ipfs import IpfsFileStore
from pygmalion_app.core.envelope import KeyRing
from tests import servers
from tests.adapters.kubo import Kubo

RING = KeyRing({"a": bytes(32)}, "a")


@pytest.fixture
async def kubo() -> AsyncIterator[tuple[Kubo, str]]:
    """Run a stand-in and return it with its address."""
    node = Kubo()
    routes = [
        Route(f"/api/v0/{path}", endpoint, methods=["POST"])
        for path, endpoint in (("add", node.add), ("cat", node.cat), ("pin/rm", node.unpin))
    ]
    port = servers.free_port()
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), host="127.0.0.1", port=port, log_level="error"))
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn tells in no other way
        await asyncio.sleep(0.01)
    yield node, f"http://127.0.0.1:{port}"
    server.should_exit = True
    await running


@pytest.fixture
def store(kubo: tuple[Kubo, str], tmp_path: Path) -> IpfsFileStore:
    """Return the adapter on an empty node."""
    return IpfsFileStore(kubo[1], DirectoryFileStore(tmp_path / "files"), lambda: RING)
