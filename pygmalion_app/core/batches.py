"""Statements that go to PostgreSQL together: written to the socket at once, answered at once.

psycopg's own pipeline writes each statement by itself and waits for BEGIN and again for COMMIT: three round trips for a
transaction of one statement, and half of the CPU that an order took.
"""

from collections.abc import Iterable, Mapping
from typing import Any, LiteralString

from psycopg import AsyncConnection, Error, OperationalError, abc
from psycopg._preparing import Prepare  # pyright: ignore[reportPrivateUsage] - one register of what is prepared
from psycopg._queries import PostgresQuery  # pyright: ignore[reportPrivateUsage] - it knows `%(name)s`
from psycopg.abc import PQGen
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.generators import fetch_many, send
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

Statement = tuple[LiteralString, Mapping[str, object]]
"""Plain SQL and its parameters."""

_Answers = list[list[PGresult]]
"""What came back for each message."""
_Prepared = tuple[Any, Prepare, bytes]
"""What psycopg's register knows a statement by."""


class BatchConnection(AsyncConnection[Any]):
    """A connection that can also run several statements in one exchange; all its other ways are psycopg's."""

    async def run_batch(
        self, statements: Iterable[Statement], *, prepare: bool | None = None, commit: bool = False
    ) -> list[list[dict[str, Any]]]:
        """Run statements one after the other in one round trip and return the rows of each.

        A transaction begins where none is open; `commit` ends it. After a statement that fails nothing is run, the
        commit neither. `prepare` as in psycopg: at its first time, or (None) once it is seen often. Raises psycopg's
        errors.
        """
        async with self.lock:
            return await self.wait(self._exchange(statements, prepare, commit=commit))

    def _rollback_gen(self) -> PQGen[None]:
        """Roll back, and keep what is prepared where no statement failed: a refused order plans nothing anew.

        psycopg forgets all of it after every rollback. That is right after an error of PostgreSQL's: a table that has
        changed under a prepared statement makes one.
        """
        if self.pgconn.transaction_status == TransactionStatus.INTRANS and not self._num_transactions:
            yield from self._exec_command(b"ROLLBACK")
        else:
            yield from super()._rollback_gen()

    def _exchange(
        self, statements: Iterable[Statement], prepare: bool | None, *, commit: bool
    ) -> PQGen[list[list[dict[str, Any]]]]:
        self._check_connection_ok()
        transformer: abc.Transformer = Transformer(self)
        # All of them before the first is sent: what cannot be sent leaves everything as it was.
        queries = [_converted(transformer, *statement) for statement in statements]
        begins = not self.autocommit and self.pgconn.transaction_status == TransactionStatus.IDLE
        self.pgconn.enter_pipeline_mode()
        try:
            if begins:
                self.pgconn.send_query_params(self._get_tx_start_command(), None)
            places, seen = self._send(queries, prepare, int(begins))
            if commit:
                self.pgconn.send_query_params(b"COMMIT", None)
            self.pgconn.pipeline_sync()
            yield from send(self.pgconn)
            last = places[-1] if places else begins - 1
            answers = yield from self._read(last + 1 + commit + 1)
        finally:
            if self.pgconn.status == ConnStatus.OK:
                self.pgconn.exit_pipeline_mode()
        for place, how in seen.items():
            self._prepared.validate(*how, answers[place])
        if failed := _failed(answers):
            raise error_from_result(failed, encoding=self.info.encoding)
        yield from self._prepared.maintain_gen(self)
        return [_rows(transformer, answers[place][0]) for place in places]

    def _send(
        self, queries: list[PostgresQuery], prepare: bool | None, place: int
    ) -> tuple[list[int], dict[int, _Prepared]]:
        """Queue statements from a place among the messages on; return the places of their answers.

        And of those that psycopg's register of prepared statements had not seen, what it is to be told of them.
        """
        places: list[int] = []
        seen: dict[int, _Prepared] = {}
        for query in queries:
            how, name = self._prepared.get(query, prepare)
            key = self._prepared.maybe_add_to_cache(query, how, name)
            if how is Prepare.NO:
                self.pgconn.send_query_params(
                    query.query, query.params, param_types=query.types, param_formats=query.formats
                )
            else:
                if how is Prepare.SHOULD:
                    self.pgconn.send_prepare(name, query.query, param_types=query.types)
                    key = self._prepared.key(query)
                    place += 1
                self.pgconn.send_query_prepared(name, query.params, param_formats=query.formats)
            if key is not None:
                seen[place] = (key, how, name)
            places.append(place)
            place += 1
        return places, seen

    def _read(self, messages: int) -> PQGen[_Answers]:
        answers: _Answers = []
        try:
            for _ in range(messages):
                answers.append((yield from fetch_many(self.pgconn)))
        except Error as error:
            # What ended the connection says more than that it has ended.
            if failed := _failed(answers):
                raise error_from_result(failed, encoding="utf-8") from error
            raise
        if self.pgconn.status != ConnStatus.OK and not _failed(answers):
            message = "the connection was lost"
            raise OperationalError(message)
        return answers


def _converted(transformer: abc.Transformer, query: LiteralString, parameters: Mapping[str, object]) -> PostgresQuery:
    converted = PostgresQuery(transformer)
    converted.convert(query, parameters)
    return converted


def _failed(answers: _Answers) -> PGresult | None:
    return next((result for results in answers for result in results if result.status == ExecStatus.FATAL_ERROR), None)


def _rows(transformer: abc.Transformer, result: PGresult) -> list[dict[str, Any]]:
    if not result.ntuples:
        return []
    names = [(result.fname(column) or b"").decode() for column in range(result.nfields)]
    transformer.set_pgresult(result)
    return transformer.load_rows(0, result.ntuples, lambda values: dict(zip(names, values, strict=True)))
