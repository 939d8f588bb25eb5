"""Fixtures of the matrix: the world is planted once a run, and each test gets a copy of its database."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
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
    with servers.cloned_database(planted[0]) as url:
        yield url


@pytest.fixture
def world(planted: tuple[str, World]) -> World:
    """Return both sides, planted."""
    return planted[1]
