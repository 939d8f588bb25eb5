"""A learner's dashboard, read in a handful of statements however much there is."""

from datetime import date, timedelta
from typing import Any, Final, LiteralString
from uuid import UUID

from pygmalion_app.compliance.facts import local_day
from pygmalion_app.compliance.models import COUNTED, Status
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments import overview
from pygmalion_app.learning.recommending import Habit, codes_wanted, recommend
from pygmalion_app.learning.schemas import Due, Holding, LearnerDashboard, Offered, Progress

ENOUGH: Final = 3
"""So many colleagues make a habit; fewer would tell what one of them does."""
_SETTLED: Final = (Status.COMPLIANT, Status.EXEMPT)

# The words of a requirement are those of its newest published version.
_STANDING: LiteralString = """
SELECT c.organization_id, o.name AS organization_name, c.requirement_key, c.status, c.until, c.planned_on,
  coalesce(r.title, c.requirement_key) AS title, coalesce(nullif(r.title_en, ''), r.title, c.requirement_key)
  AS title_en, coalesce(r.codes, string_to_array(c.requirement_key, '/')) AS codes,
  coalesce(w.time_zone, 'Europe/Paris') AS time_zone
FROM compliance_statuses c JOIN organizations o ON o.id = c.organization_id
LEFT JOIN positions p ON p.organization_id = c.organization_id AND p.user_id = c.user_id
LEFT JOIN sites w ON w.id = p.site_id
LEFT JOIN LATERAL (
  SELECT r.title, r.title_en, r.codes FROM requirements r JOIN requirement_set_versions v ON v.id = r.version_id
  WHERE r.organization_id = c.organization_id AND r.key = c.requirement_key AND v.published_at IS NOT NULL
  ORDER BY v.effective_from > %(today)s, v.effective_from DESC, v.version DESC LIMIT 1
) r ON true
WHERE c.user_id = %(user)s ORDER BY c.until NULLS FIRST, c.requirement_key, c.organization_id
"""
# Of each type of course the one that holds longest.
_HELD: LiteralString = """
SELECT DISTINCT ON (code) code, title, title_en, number, obtained_on, until FROM (
  SELECT coalesce(k.type_code, k.id::text) AS code, c.content->>'course' AS title, c.content->>'courseEn' AS title_en,
    c.number, coalesce((c.content->>'completedOn')::date, c.issued_at::date) AS obtained_on,
    (c.content->>'validUntil')::date AS until
  FROM certificates c JOIN courses k ON k.id = c.course_id
  WHERE c.user_id = %(user)s AND c.revoked_at IS NULL AND c.erased_at IS NULL
  UNION ALL
  SELECT coalesce(x.type_code, x.id::text), x.title, coalesce(t.title_en, x.title), '', x.obtained_on, x.valid_until
  FROM external_certificates x LEFT JOIN course_types t ON t.code = x.type_code
  WHERE x.user_id = %(user)s AND x.state = 'accepted'
) held ORDER BY code, until DESC NULLS FIRST, obtained_on DESC
"""
_DONE: LiteralString = """
SELECT count(*) AS completed, coalesce(sum(k.duration_minutes), 0)::int AS minutes
FROM enrollments e JOIN courses k ON k.id = e.course_id
WHERE e.user_id = %(user)s AND e.status = 'COMPLETED' AND e.completed_at > %(since)s
"""
_HABITS: LiteralString = """
SELECT t.code, t.title, t.title_en, o.name AS organization_name, j.name AS job_role, count(DISTINCT e.user_id) AS people
FROM positions me JOIN job_roles j ON j.id = me.job_role_id JOIN organizations o ON o.id = me.organization_id
JOIN positions p ON p.organization_id = me.organization_id AND p.job_role_id = me.job_role_id
  AND p.user_id <> me.user_id
JOIN enrollments e ON e.user_id = p.user_id AND e.buyer_organization_id = me.organization_id
  AND e.status IN ('CONFIRMED', 'IN_PROGRESS', 'COMPLETED') AND e.created_at > %(since)s
JOIN courses k ON k.id = e.course_id JOIN course_types t ON t.code = k.type_code
WHERE me.user_id = %(user)s
GROUP BY t.code, t.title, t.title_en, o.name, j.name HAVING count(DISTINCT e.user_id) >= %(enough)s
ORDER BY people DESC, t.code LIMIT 10
"""
_OFFERS: LiteralString = """
SELECT DISTINCT ON (k.type_code) k.type_code AS code, s.id AS session_id, k.slug AS course_slug,
  o.name AS organization_name, s.starts_at, s.ends_at, s.time_zone, s.location, s.modality, s.price_cents, s.currency,
  s.capacity - s.seats_taken AS seats_left
FROM sessions s JOIN courses k ON k.id = s.course_id JOIN organizations o ON o.id = s.organization_id
WHERE k.type_code = ANY (%(codes)s::text[]) AND k.status = 'published' AND s.status = 'scheduled'
  AND s.starts_at > %(now)s AND s.seats_taken < s.capacity AND s.hidden_by IS NULL AND o.sales_stopped_at IS NULL
ORDER BY k.type_code, s.starts_at, s.price_cents
"""


async def learner_dashboard(uow: UnitOfWork) -> LearnerDashboard:
    """Return the caller's own dashboard, over all of their organisations. Raises NotAuthenticatedError."""
    user_id, now = uow.actor.require_user(), uow.clock.now()
    today = local_day(now)
    since = now - timedelta(days=365)
    bookings = await overview.my_bookings(uow)
    # What is required of somebody stands in tables that only their managers read.
    async with uow.elevated():
        standing = await uow.sql(_STANDING, user=user_id, today=today)
        held = tuple(Holding(**row) for row in await uow.sql(_HELD, user=user_id))
        (done,) = await uow.sql(_DONE, user=user_id, since=since)
        habits = [Habit(**row) for row in await uow.sql(_HABITS, user=user_id, since=since, enough=ENOUGH)]
        due = tuple(_due(row, local_day(now, row["time_zone"])) for row in standing)
        offers = await _offers(uow, codes_wanted(due, held, habits))
        coming = (one for one in reversed(bookings) if one.ends_at > now)
        booked = tuple(one for one in coming if one.status in {"PENDING", "CONFIRMED"})
        taken = await _codes(uow, [one.enrollment_id for one in booked])
    return LearnerDashboard(
        progress=_progress(due, done),
        due=tuple(one for one in due if one.status not in _SETTLED),
        booked=booked,
        certificates=tuple(sorted(held, key=lambda one: one.until or date.max)),
        recommendations=recommend(due, held, habits, taken, offers, today),
    )


async def _offers(uow: UnitOfWork, codes: list[str]) -> dict[str, Offered]:
    if not codes:
        return {}
    rows = await uow.sql(_OFFERS, codes=codes, now=uow.clock.now())
    return {row.pop("code"): Offered(**row) for row in rows}


async def _codes(uow: UnitOfWork, enrollments: list[UUID]) -> frozenset[str]:
    rows = await uow.sql(
        "SELECT k.type_code AS code FROM enrollments e JOIN courses k ON k.id = e.course_id"
        " WHERE e.id = ANY (%(ids)s) AND k.type_code IS NOT NULL",
        ids=enrollments,
    )
    return frozenset(row["code"] for row in rows)


def _due(row: dict[str, Any], today: date) -> Due:
    until = row["until"]
    return Due(
        **{name: value for name, value in row.items() if name not in {"time_zone", "codes"}},
        codes=tuple(row["codes"]),
        days_left=(until - today).days if until else None,
    )


def _progress(due: tuple[Due, ...], done: dict[str, Any]) -> Progress:
    satisfied = sum(one.status in COUNTED for one in due)
    return Progress(
        required=len(due),
        satisfied=satisfied,
        rate=satisfied / len(due) if due else None,
        completed=done["completed"],
        minutes=done["minutes"],
    )
