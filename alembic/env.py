"""Migrations: online only, one transaction each, giving up rather than queueing behind a lock."""

import asyncio
from typing import Literal

from sqlalchemy import Connection, MetaData, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel.sql.sqltypes import AutoString

from alembic import command, context
from pygmalion_app.core.config import Settings
from pygmalion_app.core.db import engine_url


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Leave the job queue's own tables to procrastinate."""
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


def _render(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write SQLModel's own string type as the plain one, so that migrations need SQLAlchemy only."""
    return "sa.String()" if kind == "type" and isinstance(item, AutoString) else False


def _models() -> MetaData | None:
    """Return what the database is compared with; nothing for an upgrade, which would only wait for their import."""
    asked = getattr(context.config.cmd_opts, "cmd", None)
    if asked and asked[0] is command.upgrade:
        return None
    from pygmalion_app.bootstrap import metadata

    return metadata()


def _migrate(connection: Connection) -> None:
    connection.execute(text("SET lock_timeout = '5s'"))
    context.configure(
        connection=connection,
        target_metadata=_models(),
        include_name=_is_ours,
        compare_type=True,
        render_item=_render,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()


async def _run() -> None:
    url = context.config.get_main_option("sqlalchemy.url") or Settings.load().database_url.get_secret_value()
    engine = create_async_engine(engine_url(url))
    async with engine.connect() as connection:
        await connection.run_sync(_migrate)
    await engine.dispose()


asyncio.run(_run())
