"""Statuses written down: computed from the facts by `status.judge`, changed rows only, and whoever watches is told."""

from collections.abc import Sequence
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
_WRITE: LiteralString = """
WITH fresh AS (
  SELECT * FROM json_to_recordset(%(rows)s::json) AS f(u uuid, k text, s text, t date, b text, i uuid, p date)),
gone AS (
  DELETE FROM compliance_statuses c WHERE c.organization_id = %(organization)s AND c.user_id = ANY (%(users)s::uuid[])
    AND NOT EXISTS (SELECT FROM fresh f WHERE f.u = c.user_id AND f.k = c.requirement_key) RETURNING 1),
written AS (
  INSERT INTO compliance_statuses AS c (organization_id, user_id, requirement_key, status, until, decided_by_kind,
    decided_by_id, planned_on, computed_at)
  SELECT %(organization)s, u, k, s, t, b, i, p, %(now)s FROM fresh
  ON CONFLICT (organization_id, user_id, requirement_key) DO UPDATE
    SET status = EXCLUDED.status, until = EXCLUDED.until, decided_by_kind = EXCLUDED.decided_by_kind,
      decided_by_id = EXCLUDED.decided_by_id, planned_on = EXCLUDED.planned_on, computed_at = EXCLUDED.computed_at
    WHERE (c.status, c.until, c.decided_by_kind, c.decided_by_id, c.planned_on) IS DISTINCT FROM
      (EXCLUDED.status, EXCLUDED.until, EXCLUDED.decided_by_kind, EXCLUDED.decided_by_id, EXCLUDED.planned_on)
  RETURNING 1)
SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM written) AS changed
"""
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
            rows = msgspec.json.encode(_rows(facts)).decode()
            written = await uow.sql(
                _WRITE, organization=organization_id, users=list(some), rows=rows, now=uow.clock.now()
            )
            changed += written[0]["changed"]
        if changed:
            await uow.sql(_NOTIFY, organization=organization_id)
    return changed


def _rows(facts: Facts) -> list[dict[str, Any]]:
    return [
        {
            "u": person.user_id,
            "k": key,
            "s": judged.status,
            "t": judged.until,
            "b": judged.decided_by,
            "i": judged.decided_by_id,
            "p": judged.planned_on,
        }
        for person in facts.people
        for key, judged in facts.judgements(person)
    ]
