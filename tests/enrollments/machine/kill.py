"""Killing the process, as far as its database and its gateway can tell: at any statement, commit or call."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import psycopg

from pygmalion_app.core.batches import BatchConnection


class Killed(BaseException):
    """The process is gone: nothing after this line runs, and no handler of errors sees it."""


class Axe:
    """Counts the moments at which a process can die, and falls at the one that it was set for.

    Every statement and every commit is one, before it and (of a commit) after it; statements that are sent together are
    one, as they arrive together or not at all. The gateway adds its calls.
    """

    def __init__(self) -> None:
        """Start unset: nothing dies."""
        self.left: int | None = None
        self.fallen = 0
        self.at_once: Callable[[], None] | None = None
        """What ends the process, where it is a real one."""

    def set(self, moment: int) -> None:
        """Fall at the n-th moment from now, counted from 0."""
        self.left = moment

    def rest(self) -> None:
        """Fall no more."""
        self.left = None

    def pass_by(self) -> None:
        """Live through a moment, or not."""
        if self.left is None:
            return
        self.left -= 1
        if self.left < 0:
            self.left = None
            self.fallen += 1
            if self.at_once:
                self.at_once()
            raise Killed

    @contextmanager
    def over_database(self) -> Iterator[None]:
        """Watch all asynchronous connections of this process, the ORM's included."""
        execute, commit = psycopg.AsyncCursor.execute, psycopg.AsyncConnection.commit
        run_batch = BatchConnection.run_batch

        async def executing(cursor: Any, *arguments: Any, **options: Any) -> Any:
            self.pass_by()
            return await execute(cursor, *arguments, **options)

        async def committing(connection: Any) -> None:
            self.pass_by()
            await commit(connection)
            self.pass_by()

        async def together(connection: Any, statements: Any, **options: Any) -> Any:
            self.pass_by()
            answers = await run_batch(connection, statements, **options)
            if options.get("commit"):
                self.pass_by()
            return answers

        with (
            patch.object(BatchConnection, "run_batch", together),
            patch.object(psycopg.AsyncCursor, "execute", executing),
            patch.object(psycopg.AsyncConnection, "commit", committing),
        ):
            yield
