"""Whom and what a manager can choose from: the company's people with their standing, and sessions that can be booked.

One statement each.
"""

from datetime import datetime
from typing import Final, LiteralString
from uuid import UUID

from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.schemas import View
from pygmalion_app.core.unit_of_work import UnitOfWork

MOST_SESSIONS: Final = 24

_PEOPLE: LiteralString = """
SELECT u.id AS user_id, u.first_name || ' ' || u.last_name AS name, u.email, coalesce(j.name, '') AS job_role,
  coalesce(s.name, '') AS site, coalesce(c.status, '') AS status
FROM (SELECT DISTINCT user_id FROM organization_members WHERE organization_id = %(organization)s) m
JOIN users u ON u.id = m.user_id
LEFT JOIN positions p ON p.organization_id = %(organization)s AND p.user_id = u.id
LEFT JOIN job_roles j ON j.id = p.job_role_id LEFT JOIN sites s ON s.id = p.site_id
LEFT JOIN LATERAL (
  SELECT status FROM compliance_statuses k
  WHERE %(code)s <> '' AND k.organization_id = %(organization)s AND k.user_id = u.id
    AND %(code)s = ANY (string_to_array(k.requirement_key, '/'))
  ORDER BY array_position(ARRAY['expired', 'missing', 'expiring', 'planned', 'compliant', 'exempt'], k.status) LIMIT 1
) c ON true
ORDER BY u.last_name, u.first_name, u.id
"""
_SESSIONS: LiteralString = """
SELECT s.id AS session_id, c.title AS course_title, coalesce(nullif(c.title_en, ''), c.title) AS course_title_en,
  o.name AS organization_name, s.starts_at, s.ends_at, s.time_zone, s.location, s.price_cents, s.currency,
  greatest(0, s.capacity - s.seats_taken) AS seats_left
FROM sessions s JOIN courses c ON c.id = s.course_id JOIN organizations o ON o.id = s.organization_id
WHERE s.status = 'scheduled' AND s.starts_at > %(now)s AND c.status = 'published' AND o.sales_stopped_at IS NULL
  AND (s.id = ANY (%(chosen)s::uuid[]) OR %(text)s = '' OR c.type_code = upper(%(text)s)
    OR (SELECT bool_and(strpos(unaccent(lower(concat_ws(' ', c.title, c.title_en, c.type_code, s.location, o.name))),
        unaccent(lower(word))) > 0) FROM regexp_split_to_table(%(text)s, '\\s+') AS word))
ORDER BY s.id = ANY (%(chosen)s::uuid[]) DESC, s.starts_at, s.id LIMIT %(limit)s
"""


class Colleague(View):
    """Somebody of the company; `status` is their standing for the code that was asked about, if there is one."""

    user_id: UUID
    name: str
    email: str
    job_role: str
    site: str
    status: str


class SessionOffer(View):
    """A session that can be booked. Price in cents excluding VAT."""

    session_id: UUID
    course_title: str
    course_title_en: str
    organization_name: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    location: str
    price_cents: int
    currency: str
    seats_left: int


async def people(uow: UnitOfWork, organization_id: UUID, code: str = "") -> tuple[Colleague, ...]:
    """Return a company's people by name, each with their standing for a course type's code."""
    uow.actor.require(Permission.TEAM_READ, organization_id)
    rows = await uow.sql(_PEOPLE, organization=organization_id, code=code)
    return tuple(Colleague(**row) for row in rows)


async def sessions(uow: UnitOfWork, text: str = "", chosen: tuple[UUID, ...] = ()) -> tuple[SessionOffer, ...]:
    """Return sessions to come, the soonest first; those already `chosen` stand before the others.

    `text` is a course type's code, or words of the course, the place and the organisation.
    """
    rows = await uow.sql(
        _SESSIONS, now=uow.clock.now(), text=text.strip()[:100], chosen=list(chosen), limit=MOST_SESSIONS + len(chosen)
    )
    return tuple(SessionOffer(**row) for row in rows)
