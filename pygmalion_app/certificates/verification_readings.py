"""What the contract says of a certificate, or last said: kept for all processes and beyond a restart.

A reading is written down behind the answer, when it is new, differs or is five minutes older than what is written. A
reading that cannot be written is no trouble: the next one will be. A revocation stays written: the contract never takes
one back, so a node that tells an older state does not either.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg import Error as DatabaseError
from sqlalchemy import case, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col

from pygmalion_app.certificates.models import OperationStatus
from pygmalion_app.certificates.onchain import OnChain, Question, view_of
from pygmalion_app.certificates.verification_models import ChainReading
from pygmalion_app.certificates.verification_rows import Row
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.errors import PygmalionError
from pygmalion_app.core.ports import AnchorBatch, DocumentStatus
from pygmalion_app.core.unit_of_work import Container, unit_of_work

_WRITE_AFTER = timedelta(minutes=5)
_AT_ONCE = 64

log = logging.getLogger(__name__)
_writing: dict[tuple[str, int], asyncio.Task[None]] = {}


@dataclass(frozen=True, slots=True)
class Heard:
    """The contract's word: just now (`fresh`), and when it was last heard at all."""

    fresh: OnChain | None
    at: datetime | None
    revoked: bool
    """Whether it ever said so."""


_UNASKED = Heard(None, None, revoked=False)


async def hear(parts: Container, row: Row) -> Heard:
    """Ask the contract about a certificate, or tell what it last said. Never raises for a chain out of reach."""
    if row["anchoring"] not in (OperationStatus.MINED, OperationStatus.FINAL):
        return _UNASKED
    question = Question(
        token_id=row["token_id"],
        commitment=row["commitment"],
        proof=tuple(row["proof"]),
        batch=AnchorBatch(row["batch_id"], row["root"], row["count"]),
    )
    said, fresh = await view_of(parts.ports.chain, parts.clock).ask(question)
    written: datetime | None = row["heard_at"]
    if said is not None and fresh and _is_news(row, said, written):
        _write_behind(parts, row, said)
    at = said.at if said is not None and (written is None or said.at > written) else written
    revoked = row["said"] == DocumentStatus.REVOKED or (said is not None and said.document is DocumentStatus.REVOKED)
    return Heard(said if fresh else None, at, revoked)


async def written_down() -> None:
    """Wait until everything heard is written down: for tests and for a process that ends."""
    await asyncio.gather(*_writing.values(), return_exceptions=True)


def _is_news(row: Row, said: OnChain, written: datetime | None) -> bool:
    # An unknown document means a forged row or a chain that was replaced: nothing worth remembering as its last word.
    if said.document is DocumentStatus.UNKNOWN:
        return False
    return written is None or row["said"] != said.document or said.at - written > _WRITE_AFTER


def _write_behind(parts: Container, row: Row, said: OnChain) -> None:
    key = (row["contract"], row["token_id"])
    if key in _writing or len(_writing) >= _AT_ONCE:
        return
    task = _writing[key] = asyncio.create_task(_write(parts, key, said))
    task.add_done_callback(lambda _done: _writing.pop(key, None))


async def _write(parts: Container, key: tuple[str, int], said: OnChain) -> None:
    values = {"contract": key[0], "token_id": key[1], "said": said.document.value, "heard_at": said.at}
    fresh = insert(ChainReading).values(values)
    stays = col(ChainReading.said) == DocumentStatus.REVOKED.value
    kept = case((stays, col(ChainReading.said)), else_=fresh.excluded.said)
    newest = text("greatest(chain_readings.heard_at, excluded.heard_at)")
    statement = fresh.on_conflict_do_update(
        index_elements=["contract", "token_id"], set_={"said": kept, "heard_at": newest}
    )
    try:
        async with unit_of_work(SYSTEM, parts) as uow:
            await uow.session.execute(statement)
    except (SQLAlchemyError, DatabaseError, PygmalionError, OSError) as error:
        log.warning("what the contract said could not be kept: %s", type(error).__name__)
