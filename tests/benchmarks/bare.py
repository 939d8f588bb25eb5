"""The bare limit of reads: the product's own server settings around one indexed SELECT, with no application code.

`python -m tests.benchmarks.bare PORT` (needs DATABASE_URL) serves `/sessions/<id>`.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import orjson
import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pygmalion_app.core import collector
from pygmalion_app.core.config import Settings
from pygmalion_app.core.db import create_reader
from pygmalion_app.launch.web import serve_application

_SELECT = """SELECT id, starts_at, capacity, capacity - seats_taken AS free, price_cents, currency
FROM sessions WHERE id = %s"""


def application() -> Starlette:
    """Return the application."""
    settings = Settings.load()
    pool = create_reader(settings.database_url.get_secret_value(), settings.database_pool_size)

    async def session(request: Request) -> Response:
        async with pool.connection() as connection:
            row = await (await connection.execute(_SELECT, (request.path_params["id"],))).fetchone()
        return Response(orjson.dumps(row), media_type="application/json")

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with pool:
            # As serving/asgi.py does.
            collector.resume(collector.SERVING)
            yield

    return Starlette(routes=[Route("/sessions/{id}", session)], lifespan=lifespan)


if __name__ == "__main__":
    uvloop.run(serve_application(application(), "127.0.0.1", int(sys.argv[1])))
