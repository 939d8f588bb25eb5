"""Fixtures of the matrix: the world is planted once a run, and each test gets a copy of its database."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from pydantic import SecretStr
from sqlalchemy import make_url

from pygmalion_app import bootstrap
from pygmalion_app.core.config import Settings
from tests import servers
from tests.authorization.world import World, build
from tests.ui.conftest import Handlers, Visit, _pages, built_shell, handlers, visit  # noqa: F401 - for the handlers' matrix
from tests.ui_private.conftest import Open, open_as  # noqa: F401


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory, _secrets: Path) -> Iterator[tuple[str, World]]:
    """Give the name of a database with the world in it, and the world."""
    with servers.cloned_database() as url:
        settings = Settings(
            _env_file=_secrets,  # pyright: ignore[reportCallIssue]
            pygmalion_home=tmp_path_factory.mktemp("planted"),
            database_url=SecretStr(url),
        )

        async def plant() -> World:
            async with bootstrap.running(bootstrap.build(settings)) as parts:
                return await build(parts)

        yield str(make_url(url).database), asyncio.run(plant())


@pytest.fixture
def database_url(planted: tuple[str, World]) -> Iterator[str]:
    """Give the address of a copy of the planted database."""
    server, name = servers.test_server(), f"test_{uuid4().hex[:12]}"
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as admin:
        create = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
        admin.execute(create.format(*(sql.Identifier(part) for part in (name, servers.OWNER, planted[0]))))
        try:
            yield server.url(servers.APPLICATION, name)
        finally:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def world(planted: tuple[str, World]) -> World:
    """Return both sides, planted."""
    return planted[1]
