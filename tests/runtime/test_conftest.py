"""The fixtures themselves: every test has its own database, connected as the role that owns nothing."""

import psycopg
import pytest
from sqlalchemy import text

from pygmalion_app.core.actor import SYSTEM
from tests.conftest import OpenUnitOfWork

_COUNT = text("SELECT count(*) FROM procrastinate_jobs")


@pytest.mark.parametrize("turn", [1, 2])
async def test_commits_of_one_test_are_not_seen_by_the_next(uow_factory: OpenUnitOfWork, turn: int) -> None:
    async with uow_factory(SYSTEM) as uow:
        before = (await uow.session.execute(_COUNT)).scalar_one()
        await uow.session.execute(text("INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('a', 'b')"))
    async with uow_factory(SYSTEM) as uow:
        after = (await uow.session.execute(_COUNT)).scalar_one()
    assert (before, after) == (0, 1), turn


def test_the_application_cannot_change_the_schema(database_url: str) -> None:
    with psycopg.connect(database_url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("DROP TABLE users")
