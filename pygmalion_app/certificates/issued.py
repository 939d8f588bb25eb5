"""The certificates that a training organisation has issued: search, filter, a page of them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, LiteralString
from uuid import UUID

from pygmalion_app.certificates.life import EXPIRING, Life
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.schemas import View
from pygmalion_app.core.unit_of_work import UnitOfWork


class IssuedFilter(StrEnum):
    """What to list."""

    LIVE = "live"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    REVOKED = "revoked"


_CONDITIONS: dict[IssuedFilter, LiteralString] = {
    IssuedFilter.LIVE: " AND c.revoked_at IS NULL AND (c.valid_until IS NULL OR c.valid_until > %(now)s)",
    IssuedFilter.EXPIRING: " AND c.revoked_at IS NULL AND c.valid_until BETWEEN %(now)s AND %(soon)s",
    IssuedFilter.EXPIRED: " AND c.revoked_at IS NULL AND c.valid_until <= %(now)s",
    IssuedFilter.REVOKED: " AND c.revoked_at IS NOT NULL",
}
_FROM: LiteralString = """
FROM certificates c LEFT JOIN chain_operations o ON o.batch_id = c.batch_id
LEFT JOIN certificates s ON s.id = c.replaced_by
WHERE c.organization_id = %(organization)s
  AND (%(search)s = '' OR strpos(search_text(concat_ws(' ', c.content->>'holder', c.content->>'course',
       c.content->>'courseEn', c.number)), search_text(%(search)s)) > 0)
"""
_COLUMNS: LiteralString = """
SELECT c.id, c.number, c.content->>'holder' AS holder, c.content->>'course' AS course,
  c.content->>'courseEn' AS course_en, c.content->>'location' AS location,
  (c.content->>'completedOn')::date AS completed_on, c.issued_at, c.valid_until, c.revoked_at, c.revocation_reason,
  c.revocation_note AS note, c.erased_at IS NOT NULL AS erased, o.status AS anchoring, s.number AS successor,
  EXISTS (SELECT FROM certificates r WHERE r.renews = c.id AND r.revoked_at IS NULL) AS renewed
"""


class IssuedRow(View):
    """One certificate in its issuer's list. `note` is private to the issuer."""

    id: UUID
    number: str
    holder: str
    course: str
    course_en: str
    location: str
    completed_on: date
    issued_at: datetime
    valid_until: datetime | None
    revoked_at: datetime | None
    revocation_reason: str | None
    note: str
    successor: str | None
    """The number of the version that took its place."""
    erased: bool
    life: Life


async def issued(
    uow: UnitOfWork,
    organization_id: UUID,
    request: PageRequest,
    *,
    search: str = "",
    state: IssuedFilter | None = None,
) -> Page[IssuedRow]:
    """Return a page of what an organisation has issued, newest first, to its admins.

    Raises NotAuthenticatedError, PermissionDeniedError.
    """
    uow.actor.require(Permission.CERTIFICATE_REVOKE, organization_id)
    now = uow.clock.now()
    facts = {"organization": organization_id, "search": search.strip(), "now": now, "soon": now + EXPIRING}
    where: LiteralString = _FROM + (_CONDITIONS[state] if state else "")
    counted = await uow.sql("SELECT count(*) AS found " + where, **facts)
    rows = await uow.sql(
        _COLUMNS + where + " ORDER BY c.issued_at DESC, c.id DESC LIMIT %(limit)s OFFSET %(offset)s",
        **facts,
        limit=request.limit,
        offset=request.offset,
    )
    return Page(tuple(_row(row, now) for row in rows), counted[0]["found"], request)


def _row(row: dict[str, Any], now: datetime) -> IssuedRow:
    return IssuedRow.model_validate({**row, "life": _life(row, now)})


def _life(row: dict[str, Any], now: datetime) -> Life:
    if row["revoked_at"] is not None:
        return Life.CORRECTED if row["successor"] else Life.REVOKED
    ends = row["valid_until"]
    if ends is not None and ends - now <= EXPIRING:
        if row["renewed"]:
            return Life.RENEWED
        return Life.EXPIRED if ends <= now else Life.EXPIRING
    return Life.VALID if row["anchoring"] == "FINAL" else Life.PENDING
