"""Statuses written down: computed from the facts by `status.judge`, changed rows only, and whoever watches is told."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, LiteralString
from uuid import UUID

import msgspec

from pygmalion_app.compliance.facts import Facts, gather
from pygmalion_app.core.unit_of_work import UnitOfWork

CHANNEL: Final = "compliance"
"""PostgreSQL's channel: `NOTIFY compliance, '<organisation>'` follows every change of a status."""
_AT_ONCE: Final = 2_500
"""People computed together: what is read of them stays in memory meanwhile."""

# Two computations of the same people write one after the other; the later one has seen what the earlier one missed.
_LOCK: LiteralString = "SELECT pg_advisory_xact_lock(hashtextextended('compliance:' || %(organization)s::text, 0))"
_USERS: LiteralString = "SELECT user_id FROM positions WHERE organization_id = %(organization)s ORDER BY user_id"
# One text: it is read in a fifth of the time that as many rows take.
_WRITTEN: LiteralString = """
SELECT coalesce(json_agg(json_build_array(user_id, requirement_key, status, until, decided_by_kind, decided_by_id,
  planned_on)), '[]')::text AS statuses
FROM compliance_statuses WHERE organization_id = %(organization)s AND user_id = ANY (%(users)s::uuid[])
"""
_WRITE: LiteralString = """
WITH fresh AS (
  SELECT * FROM json_to_recordset(%(fresh)s::json) AS f(u uuid, k text, s text, t date, b text, i uuid, p date)),
gone AS (
  DELETE FROM compliance_statuses c USING json_to_recordset(%(gone)s::json) AS g(u uuid, k text)
  WHERE c.organization_id = %(organization)s AND c.user_id = g.u AND c.requirement_key = g.k)
INSERT INTO compliance_statuses (organization_id, user_id, requirement_key, status, until, decided_by_kind,
  decided_by_id, planned_on, computed_at)
SELECT %(organization)s, u, k, s, t, b, i, p, %(now)s FROM fresh
ON CONFLICT (organization_id, user_id, requirement_key) DO UPDATE
  SET status = EXCLUDED.status, until = EXCLUDED.until, decided_by_kind = EXCLUDED.decided_by_kind,
    decided_by_id = EXCLUDED.decided_by_id, planned_on = EXCLUDED.planned_on, computed_at = EXCLUDED.computed_at
"""
_NAMES: Final = ("s", "t", "b", "i", "p")
_statuses = msgspec.json.Decoder(list[tuple[UUID, str, str, date | None, str, UUID | None, date | None]])
_NOTIFY: LiteralString = "SELECT pg_notify('compliance', %(organization)s::text)"


async def recompute(uow: UnitOfWork, organization_id: UUID, user_ids: Sequence[UUID] | None = None) -> int:
    """Write the statuses of an organisation's people (of all, or of some) as they are today; how many rows changed.

    For jobs and services that have checked their actor.
    """
    changed = 0
    async with uow.elevated():
        await uow.sql(_LOCK, organization=organization_id)
        users = user_ids
        if users is None:
            users = [row["user_id"] for row in await uow.sql(_USERS, organization=organization_id)]
        for start in range(0, len(users), _AT_ONCE):
            some = users[start : start + _AT_ONCE]
            facts = await gather(uow, organization_id, some)
            changed += await _write(uow, organization_id, some, facts)
        if changed:
            await uow.sql(_NOTIFY, organization=organization_id)
    return changed


async def _write(uow: UnitOfWork, organization_id: UUID, users: Sequence[UUID], facts: Facts) -> int:
    """Write down what is different from what is written; most of the time that is little or nothing."""
    found = await uow.sql(_WRITTEN, organization=organization_id, users=list(users))
    written = {(user, key): rest for user, key, *rest in _statuses.decode(found[0]["statuses"])}
    fresh: list[dict[str, Any]] = []
    async for person, judgements in facts.everybody():
        for key, judged in judgements:
            values = [judged.status, judged.until, judged.decided_by, judged.decided_by_id, judged.planned_on]
            if written.pop((person.user_id, key), None) != values:
                fresh.append({"u": person.user_id, "k": key} | dict(zip(_NAMES, values, strict=True)))
    gone = [{"u": user, "k": key} for user, key in written]
    if fresh or gone:
        rows = {"fresh": msgspec.json.encode(fresh).decode(), "gone": msgspec.json.encode(gone).decode()}
        await uow.sql(_WRITE, organization=organization_id, now=uow.clock.now(), **rows)
    return len(fresh) + len(gone)
