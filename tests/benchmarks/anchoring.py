"""Anchoring 10,000 certificates: how many transactions, how much gas, how long until each is final."""

import time

import psycopg

from tests.benchmarks.stack import Stack
from tests.benchmarks.tables import Goal, Table

COUNT = 10_000
_SPECIFIED_GAS = 241_151
"""Of one certificate as the specification's struct of strings (shared/design/certificates.md)."""
_PLAIN_GAS = 21_000 + 16 * 32
"""Of Blockcerts' way: one plain transaction a batch that carries a 32-byte root, read by no contract."""
_LIMIT_SECONDS = 180.0

_INSERT = """
INSERT INTO certificates (id, enrollment_id, user_id, organization_id, course_id, session_id, number, content,
  issued_at, token_hash, token_sealed, salt, file_sha256, credential_sha256, commitment)
SELECT gen_random_uuid(), gen_random_uuid(), u.id, s.organization_id, s.course_id, s.id, %(mark)s || i, '{}', now(),
  sha256((%(mark)s || 't' || i)::bytea), '', '', sha256((%(mark)s || 'f' || i)::bytea),
  sha256((%(mark)s || 'c' || i)::bytea), sha256((%(mark)s || i)::bytea)
FROM generate_series(1, %(count)s) AS i, (SELECT id FROM users ORDER BY id LIMIT 1) AS u,
  (SELECT id, organization_id, course_id FROM sessions ORDER BY id LIMIT 1) AS s
"""
_STATE = """
WITH mine AS (
  SELECT o.id, o.status FROM certificates c LEFT JOIN chain_operations o ON o.batch_id = c.batch_id
  WHERE starts_with(c.number, %(mark)s)
), paid AS (
  SELECT gas_used FROM chain_transactions WHERE gas_used IS NOT NULL AND operation_id IN (SELECT id FROM mine)
)
SELECT (SELECT count(*) FROM mine WHERE status = 'FINAL'), (SELECT count(*) FROM paid),
  (SELECT coalesce(sum(gas_used), 0)::bigint FROM paid)
"""


def anchoring(stack: Stack, seconds: float) -> list[Table]:
    """Have the worker anchor certificates that all wait at once, as after an outage of the chain."""
    del seconds
    table = Table(
        "anchoring",
        f"{COUNT:,} certificates that wait, anchored by the worker on the embedded chain",
        ("way", "transactions", "gas", "gas a certificate", "seconds to final"),
        [
            "seconds from the commit of the certificates, the sweep every 20 s included",
            "the specification's struct and Blockcerts' transaction are reckoned, not run",
        ],
    )
    mark = f"B{time.time_ns()}-"
    with psycopg.connect(stack.superuser_url, autocommit=True) as connection:
        connection.execute(_INSERT, {"mark": mark, "count": COUNT})
        started = time.monotonic()
        final, transactions, gas = _state(connection, mark)
        while final < COUNT and time.monotonic() - started < _LIMIT_SECONDS:
            time.sleep(0.2)
            final, transactions, gas = _state(connection, mark)
        spent = time.monotonic() - started
        connection.execute("DELETE FROM certificates WHERE starts_with(number, %s)", (mark,))
    goals = [Goal("transactions", transactions, at_least=1, at_most=1), Goal("final", final, at_least=COUNT)]
    table.add("the product", transactions, gas, gas / COUNT, spent, goals=goals)
    table.add("the specification's struct", COUNT, _SPECIFIED_GAS * COUNT, float(_SPECIFIED_GAS), None)
    table.add("Blockcerts", 1, _PLAIN_GAS, _PLAIN_GAS / COUNT, None)
    return [table]


def _state(connection: psycopg.Connection, mark: str) -> tuple[int, int, int]:
    """Return how many certificates are final, in how many mined transactions, for how much gas."""
    found = connection.execute(_STATE, {"mark": mark}).fetchone()
    assert found is not None
    return found[0], found[1], found[2]
