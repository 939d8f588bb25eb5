"""Figures of a manager's first page beside the overview: what ends in which month, and who has everything in order."""

from datetime import date
from typing import Any, LiteralString
from uuid import UUID

from pygmalion_app.compliance import policy, standings
from pygmalion_app.compliance.facts import local_day
from pygmalion_app.compliance.models import COUNTED, Status
from pygmalion_app.core.schemas import View
from pygmalion_app.core.together import read_together
from pygmalion_app.core.unit_of_work import UnitOfWork

MONTHS = 12

_BOARD: LiteralString = """
WITH ends AS (
  SELECT date_trunc('month', until)::date AS month, count(*) AS number FROM compliance_statuses
  WHERE organization_id = %(organization)s AND status IN ('compliant', 'expiring')
    AND until >= %(today)s AND until < %(end)s GROUP BY 1)
SELECT (SELECT coalesce(json_object_agg(month, number), '{}') FROM ends) AS ends,
  (SELECT count(*) FROM compliance_standings
    WHERE organization_id = %(organization)s AND marks !~* %(lacking)s) AS clear
"""


class Board(View):
    """How many statuses end in each of the next twelve months (this one from today on), and how many people are clear.

    `clear` counts those who hold, or need not hold, everything that is asked of them.
    """

    ends: dict[date, int]
    """First day of the month -> number; all twelve are there."""
    clear: int


async def board(uow: UnitOfWork, organization_id: UUID) -> Board:
    """Return the figures of today.

    Raises NotFoundError, NotAuthenticatedError, PermissionDeniedError.
    """
    policy.require_read(uow.actor, organization_id)
    today = local_day(uow.clock.now())
    months = [_month(today, ahead) for ahead in range(MONTHS + 1)]
    lacking = standings.pattern(*(status for status in Status if status not in COUNTED))
    asked = {"organization": organization_id, "today": today, "end": months[-1], "lacking": lacking}
    row = await read_together(uow, (board, organization_id, today), lambda: _read(uow, asked))
    await uow.require_reach(organization_id)
    found = {date.fromisoformat(month): number for month, number in row["ends"].items()}
    return Board(ends={month: found.get(month, 0) for month in months[:-1]}, clear=row["clear"])


async def _read(uow: UnitOfWork, asked: dict[str, object]) -> dict[str, Any]:
    async with uow.elevated():
        return (await uow.sql(_BOARD, **asked))[0]


def _month(day: date, ahead: int) -> date:
    """Return the first day of the month that comes so many months later."""
    years, month = divmod(day.month - 1 + ahead, 12)
    return date(day.year + years, month + 1, 1)
