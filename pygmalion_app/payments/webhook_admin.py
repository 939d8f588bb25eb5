"""The gateway's events as administrators see them: what came, what it did, and what failed."""

import json
import re
from typing import Any, Final, LiteralString, cast

from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.paging import Page, PageRequest
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.payments.schemas import EventFilter, EventRow, EventView

_PERSONAL: Final = re.compile(
    r"(^|_)(e?mail|name|first_name|last_name|phone|line1|line2|address|city|postal_code|dob|ip|iban|last4|tax_id)($|_)",
    re.IGNORECASE,
)
"""Names of fields that describe somebody, at any depth of an event."""
_ADDRESS: Final = re.compile(r"[^\s@\"'<>]+@[^\s@\"'<>]+")
_HIDDEN: Final = "•••"

_COLUMNS: LiteralString = """
SELECT e.id, e.type, e.effect, e.received_at, e.attempts, e.last_error, e.account, e.replayed_at,
  coalesce(e.reference, p.reference) AS reference
"""
_FROM: LiteralString = r"""
FROM webhook_events e CROSS JOIN LATERAL (
  SELECT coalesce(e.payload #>> '{data,object,client_reference_id}', e.payload #>> '{data,object,metadata,payment_id}')
) AS said (payment) LEFT JOIN payments p ON p.id = CASE
  WHEN said.payment ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN said.payment::uuid END
"""
_WHERE: LiteralString = """
WHERE (%(type)s::text IS NULL OR starts_with(e.type, %(type)s)) AND (%(effect)s::text IS NULL OR e.effect = %(effect)s)
"""
_COUNT: LiteralString = "SELECT count(*) AS rows FROM webhook_events e " + _WHERE  # noqa: S608 - constants
_LIST: LiteralString = (
    _COLUMNS + _FROM + _WHERE + " ORDER BY e.received_at DESC, e.id DESC LIMIT %(limit)s OFFSET %(offset)s"
)
_ONE: LiteralString = _COLUMNS + ", e.payload " + _FROM + " WHERE e.id = %(id)s"


async def events(uow: UnitOfWork, wanted: EventFilter, paging: PageRequest) -> Page[EventRow]:
    """Return the events, newest first. For administrators."""
    uow.actor.require_platform_admin()
    where = {"type": wanted.type or None, "effect": wanted.effect or None}
    total = (await uow.sql(_COUNT, **where))[0]["rows"]
    rows = await uow.sql(_LIST, **where, limit=paging.limit, offset=paging.offset)
    return Page(tuple(EventRow(**row) for row in rows), total, paging)


async def event(uow: UnitOfWork, event_id: str) -> EventView:
    """Return an event with what it said, names and addresses of people hidden. For administrators."""
    uow.actor.require_platform_admin()
    rows = await uow.sql(_ONE, id=event_id)
    if not rows:
        raise NotFoundError(event=event_id[:200])
    row = rows[0]
    payload = row.pop("payload")
    return EventView(**row, payload=json.dumps(masked(payload), indent=2, ensure_ascii=False), forgotten=not payload)


def masked(value: object, *, personal: bool = False) -> Any:
    """Return a copy of JSON in which whatever describes a person is hidden, at any depth."""
    if isinstance(value, dict):
        fields = cast("dict[str, object]", value)
        return {
            name: masked(inner, personal=personal or bool(_PERSONAL.search(name))) for name, inner in fields.items()
        }
    if isinstance(value, list):
        return [masked(inner, personal=personal) for inner in cast("list[object]", value)]
    if isinstance(value, str):
        return (value[:1] + _HIDDEN if value else value) if personal else _ADDRESS.sub(_HIDDEN, value)
    return _HIDDEN if personal and value is not None else value
