"""The audit trail as administrators read it, and its head as it is kept outside the database.

Whoever owns the database could write the whole chain anew, hashes and all. What they could not change is where the
chain stood on earlier days: once a day its head (number and hash) goes to the file store, and by mail to the address
of `AUDIT_HEAD_TO`, which is best one that nobody of operations can empty. The verification compares.
"""

import csv
import io
import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, LiteralString

from pygmalion_app.core import audit
from pygmalion_app.core.audit import ChainReport
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.ports import FileStore
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.notifications.service import queue_email
from pygmalion_app.privacy import policy
from pygmalion_app.privacy.schemas import AuditEntry, AuditQuery, Head

HEADS_KEPT_DAYS: Final = 400
_EXPORT_BATCH = 2_000
_CONDITION: LiteralString = """
 WHERE (%(action)s = '' OR starts_with(e.action, %(action)s))
   AND (%(person)s::uuid IS NULL OR %(person)s IN (e.actor_user_id, e.subject_id))
   AND (%(organization)s::uuid IS NULL OR e.organization_id = %(organization)s)
   AND (%(since)s::timestamptz IS NULL OR e.occurred_at >= %(since)s)
   AND (%(until)s::timestamptz IS NULL OR e.occurred_at < %(until)s)
"""
_COUNT: LiteralString = "SELECT count(*) AS total FROM audit_events e" + _CONDITION  # noqa: S608
_WITH_NAMES: LiteralString = """
SELECT e.*, coalesce(trim(u.first_name || ' ' || u.last_name), '') AS actor, coalesce(o.name, '') AS organization
FROM audit_events e
LEFT JOIN users u ON u.id = e.actor_user_id LEFT JOIN organizations o ON o.id = e.organization_id
"""
_ENTRIES: LiteralString = _WITH_NAMES + _CONDITION


async def search(uow: UnitOfWork, query: AuditQuery, paging: PageRequest) -> Page[AuditEntry]:
    """Return events, newest first. NotAuthenticatedError, PermissionDeniedError for others than administrators."""
    policy.require_audit(uow.actor)
    wanted = _parameters(query)
    (counted,) = await uow.sql(_COUNT, **wanted)
    rows = await uow.sql(
        _ENTRIES + " ORDER BY e.sequence DESC LIMIT %(limit)s OFFSET %(offset)s",
        **wanted,
        limit=paging.limit,
        offset=paging.offset,
    )
    return Page(tuple(_entry(row) for row in rows), counted["total"], paging)


async def export_csv(uow: UnitOfWork, query: AuditQuery) -> AsyncIterator[str]:
    """Give events as CSV in pieces, oldest first, safe to open in a spreadsheet. The caller has asked `search` first.

    That somebody took the trail out is itself written down.
    """
    policy.require_audit(uow.actor)
    await audit.record(uow, "audit.exported")
    yield _line(["sequence", "occurred_at", "action", "actor", "subject", "organization", "facts", "hash"])
    wanted, after = _parameters(query), 0
    while rows := await uow.sql(
        _ENTRIES + " AND e.sequence > %(after)s ORDER BY e.sequence LIMIT %(limit)s",
        **wanted,
        after=after,
        limit=_EXPORT_BATCH,
    ):
        yield "".join(_line(_cells(row)) for row in rows)
        after = rows[-1]["sequence"]


async def verify_chain(uow: UnitOfWork) -> ChainReport:
    """Walk the chain now. NotAuthenticatedError, PermissionDeniedError for others than administrators."""
    policy.require_audit(uow.actor)
    return await audit.verify(uow)


async def anchor_head(uow: UnitOfWork) -> Head | None:
    """Keep today's head outside the database; None while there is no event. For the daily job."""
    rows = await uow.sql("SELECT sequence, hash FROM audit_events ORDER BY sequence DESC LIMIT 1")
    if not rows:
        return None
    now = uow.clock.now()
    head = Head(sequence=rows[0]["sequence"], hash=bytes(rows[0]["hash"]).hex(), anchored_at=now)
    await uow.ports.files.put(_head_key(now.astimezone(UTC).date()), head.model_dump_json(by_alias=True).encode())
    await audit.record(uow, "audit.anchored", facts={"sequence": head.sequence, "hash": head.hash})
    if uow.settings.audit_head_to:
        facts = {"sequence": str(head.sequence), "hash": head.hash, "at": now.isoformat()}
        await queue_email(uow, uow.settings.audit_head_to, "audit-head", "fr", attached=None, **facts)
    return head


async def last_anchored(uow: UnitOfWork) -> Head | None:
    """Return the head that was kept last. NotAuthenticatedError, PermissionDeniedError for others than admins."""
    policy.require_audit(uow.actor)
    rows = await uow.sql(
        "SELECT occurred_at, facts FROM audit_events WHERE action = 'audit.anchored' ORDER BY sequence DESC LIMIT 1"
    )
    if not rows:
        return None
    facts = rows[0]["facts"]
    return Head(sequence=facts["sequence"], hash=facts["hash"], anchored_at=rows[0]["occurred_at"])


async def contradicted_heads(uow: UnitOfWork) -> tuple[tuple[date, int], ...]:
    """Return the days (and event numbers) whose kept head is not what the chain says now; none if all agree.

    Events that retention has let go say nothing any more, and their heads are passed over.
    """
    policy.require_audit(uow.actor)
    (edge,) = await uow.sql("SELECT coalesce(max(sequence), 0) AS sequence FROM audit_checkpoints")
    today = uow.clock.now().astimezone(UTC).date()
    wrong: list[tuple[date, int]] = []
    for age in range(HEADS_KEPT_DAYS):
        day = today - timedelta(days=age)
        head = await _kept_head(uow.ports.files, day)
        if head is None or head.sequence < edge["sequence"]:
            continue
        rows = await uow.sql(
            "SELECT hash FROM audit_events WHERE sequence = %(number)s"
            " UNION ALL SELECT hash FROM audit_checkpoints WHERE sequence = %(number)s",
            number=head.sequence,
        )
        if not rows or bytes(rows[0]["hash"]).hex() != head.hash:
            wrong.append((day, head.sequence))
    return tuple(wrong)


async def _kept_head(files: FileStore, day: date) -> Head | None:
    try:
        return Head.model_validate_json(await files.get(_head_key(day)))
    except NotFoundError:
        return None


def _head_key(day: date) -> str:
    return f"audit/heads/{day.isoformat()}.json"


def _parameters(query: AuditQuery) -> dict[str, Any]:
    return {
        "action": query.action,
        "person": query.person_id,
        "organization": query.organization_id,
        "since": _midnight(query.since) if query.since else None,
        "until": _midnight(query.until) + timedelta(days=1) if query.until else None,
    }


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _entry(row: dict[str, Any]) -> AuditEntry:
    return AuditEntry.model_validate(row | {"hash": bytes(row["hash"]).hex()})


def _cells(row: dict[str, Any]) -> list[str]:
    return [
        str(row["sequence"]),
        row["occurred_at"].isoformat(),
        row["action"],
        str(row["actor_user_id"] or ""),
        str(row["subject_id"] or ""),
        str(row["organization_id"] or ""),
        json.dumps(row["facts"], sort_keys=True),
        bytes(row["hash"]).hex(),
    ]


def _line(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([_safe(cell) for cell in cells])
    return line.getvalue()


def _safe(cell: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"} else cell
