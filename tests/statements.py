"""The statements that a block sends to PostgreSQL, whichever way they go."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import psycopg

from pygmalion_app.core.batches import BatchConnection


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """Return the list that the block's statements are added to, in the order in which they are sent."""
    sent: list[str] = []
    execute, run_batch = psycopg.AsyncCursor.execute, BatchConnection.run_batch

    async def one(self: Any, query: Any, *arguments: Any, **options: Any) -> Any:
        sent.append(str(query))
        return await execute(self, query, *arguments, **options)

    async def several(self: Any, statements: Any, **options: Any) -> Any:
        statements = tuple(statements)
        sent.extend(query for query, _ in statements)
        return await run_batch(self, statements, **options)

    with (
        patch.object(psycopg.AsyncCursor, "execute", one),
        patch.object(BatchConnection, "run_batch", several),
    ):
        yield sent
