"""Reads what a verification needs of one certificate: one indexed SELECT on connections that may read nothing else.

Who holds the code, the document or the right to a certificate may have it verified, whoever they are. So these
connections are told `app.scope = verification` once, when they are opened, and the database's policies let that scope
read certificates by itself: a look-up costs one plain statement, prepared and planned once, where a function that
changes the scope and back costs five times that.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, Final, LiteralString
from uuid import UUID

import msgspec
from psycopg import AsyncCursor

from pygmalion_app.core.unit_of_work import Container

Row = dict[str, Any]


class Key(StrEnum):
    """By what a certificate is looked up; the values are columns."""

    TOKEN = "token_hash"  # noqa: S105 - a column
    DOCUMENT = "file_sha256"
    ID = "id"
    TOKEN_ID = "token_id"  # noqa: S105 - a column


_LISTED: Final[tuple[LiteralString, ...]] = (
    *("c.id", "c.number", "c.content::text AS said_text", "c.issued_at", "c.valid_until", "c.form", "c.name_masked"),
    *("c.file_sha256", "c.credential_sha256", "c.salt", "c.commitment", "c.token_id", "c.batch_id", "c.proof"),
    *("c.revoked_at", "c.revocation_reason", "c.replaced_by", "c.corrects", "c.erased_at", "b.root", "b.count"),
    *("o.status AS anchoring", "o.chain_id", "o.contract", "o.transaction_hash", "o.block_number", "o.final_at"),
    *("r.said", "r.heard_at"),
)
_COLUMNS: Final = tuple(one.split(" ")[-1].split(".")[-1] for one in _LISTED)
_SELECT: Final[LiteralString] = (
    "SELECT "  # noqa: S608 - constants
    + ", ".join(_LISTED)
    + """ FROM certificates c
LEFT JOIN certificate_batches b ON b.id = c.batch_id
LEFT JOIN chain_operations o ON o.batch_id = c.batch_id
LEFT JOIN chain_readings r ON r.contract = o.contract AND r.token_id = c.token_id
WHERE """
)
_BY: Final[dict[Key, LiteralString]] = {
    Key.TOKEN: _SELECT + "c.token_hash = %s",
    Key.DOCUMENT: _SELECT + "c.file_sha256 = %s",
    Key.ID: _SELECT + "c.id = %s",
    Key.TOKEN_ID: _SELECT + "c.token_id = %s",
}
_CREDENTIAL: Final[LiteralString] = "SELECT credential FROM certificates WHERE id = %s"
_SUCCESSOR: Final[LiteralString] = "SELECT id, number, token_sealed FROM certificates WHERE id = %s"
# Corrections form one line; the bound keeps a damaged database from turning it into a circle.
_VERSIONS: Final[LiteralString] = """
WITH RECURSIVE line AS (
  SELECT id, number, issued_at, revoked_at, corrects, replaced_by, 0 AS place FROM certificates WHERE id = %s
  UNION ALL
  SELECT c.id, c.number, c.issued_at, c.revoked_at, c.corrects, c.replaced_by,
         CASE WHEN c.id = line.replaced_by THEN line.place + 1 ELSE line.place - 1 END
  FROM line JOIN certificates c
    ON (line.place >= 0 AND c.id = line.replaced_by) OR (line.place <= 0 AND c.replaced_by = line.id)
  WHERE abs(line.place) < 50
)
SELECT number, issued_at, revoked_at FROM line ORDER BY place
"""


def parsed(said_text: str) -> dict[str, Any]:
    """Return what a certificate says: `schemas.Content` as JSON."""
    return msgspec.json.decode(said_text)


def content_of(row: Row) -> dict[str, Any]:
    """Return what a looked-up certificate says."""
    return parsed(row["said_text"])


def _row(_cursor: AsyncCursor[Any]) -> Callable[[Sequence[Any]], Row]:
    """Make rows with the names that are known here: reading them from each answer costs a twentieth of it all."""
    return lambda values: dict(zip(_COLUMNS, values, strict=True))


async def look_up(parts: Container, key: Key, value: bytes | UUID | int) -> Row | None:
    """Return the one certificate that has this key, None when there is none."""
    async with parts.verifier.connection() as connection:
        cursor = connection.cursor(row_factory=_row)
        await cursor.execute(_BY[key], (value,))
        return await cursor.fetchone()


async def credential_of(parts: Container, row: Row) -> bytes | None:
    """Return a certificate's credential, None where it was erased or never made."""
    async with parts.verifier.connection() as connection:
        found = await (await connection.execute(_CREDENTIAL, (row["id"],))).fetchone()
    return None if found is None else found["credential"]


async def successor_of(parts: Container, row: Row) -> Row | None:
    """Return the certificate that replaced one: `id`, `number`, `token_sealed`."""
    if row["replaced_by"] is None:
        return None
    async with parts.verifier.connection() as connection:
        return await (await connection.execute(_SUCCESSOR, (row["replaced_by"],))).fetchone()


async def versions_of(parts: Container, row: Row) -> list[Row]:
    """Return every version of a certificate, oldest first: `number`, `issued_at`, `revoked_at`."""
    async with parts.verifier.connection() as connection:
        return await (await connection.execute(_VERSIONS, (row["id"],))).fetchall()
