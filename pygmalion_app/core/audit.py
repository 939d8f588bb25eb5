"""Who did what: events that are only ever added, each holding the hash of the one before.

An event is written in the transaction of the act it tells of, and joins the chain as that transaction commits: a
deferred trigger takes the chain's lock last, when all other work is done, so that writers wait for each other's commit
only (see the migration `audit_events`). Ids and enumerations only: nothing here may say who somebody is.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from pygmalion_app.core.ids import new_id
from pygmalion_app.core.models import TIMESTAMP, Row, Table
from pygmalion_app.core.schemas import View
from pygmalion_app.core.unit_of_work import UnitOfWork

NO_HASH: Final = bytes(32)
"""What the first event holds in place of its predecessor's hash."""
_BATCH = 5_000
_ACTION = re.compile(r"[a-z][a-z_]*(\.[a-z][a-z_]*)+")
_FACT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}")

Fact = UUID | StrEnum | str | int | bool


class AuditEvent(Table, table=True):
    """One act. Rows refuse every change; sequence, previous hash and hash are the database's."""

    __tablename__ = "audit_events"
    __table_args__ = (
        Index("ix_audit_events_action", "action", "sequence"),
        Index("ix_audit_events_actor_user_id", "actor_user_id", "sequence"),
        Index("ix_audit_events_subject_id", "subject_id", "sequence"),
        Index("ix_audit_events_organization_id", "organization_id", "sequence"),
        Index("ix_audit_events_occurred_at", "occurred_at"),
    )

    sequence: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    """Counts from 1 without gaps."""
    occurred_at: datetime = Field(sa_type=TIMESTAMP)
    actor_user_id: UUID | None = None
    """Empty for the system and for strangers. No foreign key: an event outlives what it names."""
    organization_id: UUID | None = None
    action: str
    subject_id: UUID | None = None
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    previous_hash: bytes = Field(sa_type=LargeBinary)
    hash: bytes = Field(sa_type=LargeBinary)


class AuditQueueItem(Row, table=True):
    """An event on its way: it exists until its own transaction commits, and no other ever sees it."""

    __tablename__ = "audit_queue"

    occurred_at: datetime = Field(sa_type=TIMESTAMP)
    actor_user_id: UUID | None = None
    organization_id: UUID | None = None
    action: str
    subject_id: UUID | None = None
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)


class AuditCheckpoint(Table, table=True):
    """Where the chain begins after old events were let go: the last of them, by number and hash."""

    __tablename__ = "audit_checkpoints"
    __table_args__ = (CheckConstraint("removed > 0", name="removed"),)

    sequence: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    hash: bytes = Field(sa_type=LargeBinary)
    removed: int = Field(sa_type=BigInteger)
    removed_at: datetime = Field(sa_type=TIMESTAMP)


class Break(StrEnum):
    """What is wrong with a link."""

    MISSING = "missing"
    """Events before it are gone."""
    PREVIOUS = "previous"
    """It does not hold its predecessor's hash."""
    CONTENT = "content"
    """It does not say any more what it said when it was written."""


class ChainReport(View):
    """What a walk along the chain found."""

    events: int
    head_sequence: int
    head_hash: str
    broken_at: int | None = None
    """The first event that does not hold."""
    reason: Break | None = None


async def record(
    uow: UnitOfWork,
    action: str,
    *,
    subject_id: UUID | None = None,
    organization_id: UUID | None = None,
    facts: Mapping[str, Fact] | None = None,
    actor_user_id: UUID | None = None,
) -> None:
    """Write an act down in the caller's transaction; it stands if, and only if, that commits.

    `action` is `<thing>.<what_was_done>`. `facts` are ids, enumerations, numbers: ValueError for anything that reads
    like text. `actor_user_id` is for acts of people whom the transaction's actor is not yet (signing in).
    """
    if not _ACTION.fullmatch(action):
        raise ValueError(f"not an action: {action!r}")
    uow.send_along(
        "INSERT INTO audit_queue (id, occurred_at, actor_user_id, organization_id, action, subject_id, facts)"
        " VALUES (%(id)s, %(at)s, %(actor)s, %(organization)s, %(action)s, %(subject)s, %(facts)s)",
        id=new_id(),
        at=uow.clock.now(),
        actor=actor_user_id or uow.actor.user_id,
        organization=organization_id,
        action=action,
        subject=subject_id,
        facts=Jsonb({name: _plain(name, value) for name, value in (facts or {}).items()}),
    )


@dataclass(frozen=True, slots=True)
class Act:
    """One of many acts of a kind that are written down together; facts as `record` takes them."""

    subject_id: UUID
    organization_id: UUID | None
    facts: Mapping[str, Fact] = field(default_factory=dict[str, Fact])


async def record_all(uow: UnitOfWork, action: str, acts: Sequence[Act]) -> None:
    """Write acts down as `record` does, an event each, in the order given and with one statement."""
    if not _ACTION.fullmatch(action):
        raise ValueError(f"not an action: {action!r}")
    if acts:
        await uow.sql(
            "INSERT INTO audit_queue (id, occurred_at, actor_user_id, organization_id, action, subject_id, facts)"
            " SELECT id, %(at)s, %(actor)s, organization_id, %(action)s, subject_id, facts FROM"
            " unnest(%(ids)s::uuid[], %(organizations)s::uuid[], %(subjects)s::uuid[], %(facts)s::jsonb[])"
            " WITH ORDINALITY AS act (id, organization_id, subject_id, facts, place) ORDER BY place",
            ids=[new_id() for _ in acts],
            at=uow.clock.now(),
            actor=uow.actor.user_id,
            organizations=[act.organization_id for act in acts],
            action=action,
            subjects=[act.subject_id for act in acts],
            facts=[Jsonb({name: _plain(name, value) for name, value in act.facts.items()}) for act in acts],
        )


def _plain(name: str, value: Fact) -> str | int | bool:
    if isinstance(value, bool | int):
        return value
    text = str(value)
    if not _FACT.fullmatch(text):
        raise ValueError(f"an audit fact holds ids and enumerations only: {name}")
    return text


async def verify(uow: UnitOfWork) -> ChainReport:
    """Walk the whole chain and name the first event that does not hold, computing every hash anew."""
    start = await uow.sql("SELECT sequence, hash FROM audit_checkpoints ORDER BY sequence DESC LIMIT 1")
    sequence, previous = (start[0]["sequence"], bytes(start[0]["hash"])) if start else (0, NO_HASH)
    events = 0
    while rows := await uow.sql(
        "SELECT sequence, occurred_at, actor_user_id, organization_id, action, subject_id, facts::text AS facts,"
        " previous_hash, hash FROM audit_events WHERE sequence > %(after)s ORDER BY sequence LIMIT %(limit)s",
        after=sequence,
        limit=_BATCH,
    ):
        for row in rows:
            wrong = _fault(row, sequence + 1, previous)
            if wrong is not None:
                return ChainReport(
                    events=events,
                    head_sequence=sequence,
                    head_hash=previous.hex(),
                    broken_at=row["sequence"],
                    reason=wrong,
                )
            sequence, previous, events = row["sequence"], bytes(row["hash"]), events + 1
    return ChainReport(events=events, head_sequence=sequence, head_hash=previous.hex())


def _fault(row: Mapping[str, Any], sequence: int, previous: bytes) -> Break | None:
    if row["sequence"] != sequence:
        return Break.MISSING
    if bytes(row["previous_hash"]) != previous:
        return Break.PREVIOUS
    return None if event_hash(row) == bytes(row["hash"]) else Break.CONTENT


def event_hash(row: Mapping[str, Any]) -> bytes:
    """Return the hash of an event, `facts` being the database's own text of them (as `audit_hash` in SQL does)."""
    occurred_at: datetime = row["occurred_at"]
    said = "\n".join(
        (
            str(row["sequence"]),
            occurred_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            str(row["actor_user_id"] or ""),
            str(row["organization_id"] or ""),
            row["action"],
            str(row["subject_id"] or ""),
            row["facts"],
        )
    )
    return hashlib.sha256(bytes(row["previous_hash"]) + said.encode()).digest()
