"""The papers of a session, there or missing, and the convocations sent anew."""

from datetime import timedelta
from enum import StrEnum
from typing import Final, LiteralString
from uuid import UUID

from pygmalion_app.attendance.queries import days_of
from pygmalion_app.core import audit
from pygmalion_app.core.errors import ConflictError
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.schemas import View
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.enrollments.mails import called_up, facts_of
from pygmalion_app.enrollments.teaching import taught_session
from pygmalion_app.sessions.models import SessionStatus

AGAIN_AFTER: Final = timedelta(hours=1)
"""Whoever was called up more recently than this is left alone."""

_COUNTED: LiteralString = """
SELECT
  (SELECT count(*) FROM courses c WHERE c.id = s.course_id AND c.description <> '' AND cardinality(c.objectives) > 0)
    AS programme,
  (SELECT count(*) FROM orders o WHERE o.session_id = s.id AND o.status = 'CONFIRMED' AND o.payer = 'individual'
    AND o.total_cents > 0) AS individuals,
  (SELECT count(*) FROM orders o JOIN contracts k ON k.order_id = o.id WHERE o.session_id = s.id
    AND o.status = 'CONFIRMED' AND o.payer = 'individual' AND o.total_cents > 0) AS contracts,
  (SELECT count(*) FROM orders o WHERE o.session_id = s.id AND o.status = 'CONFIRMED' AND o.payer = 'company'
    AND o.buyer_organization_id IS NOT NULL) AS companies,
  (SELECT count(*) FROM courses c JOIN organizations g ON g.id = c.organization_id WHERE c.id = s.course_id
    AND cardinality(c.objectives) > 0 AND g.nda <> '') AS agreeable,
  (SELECT count(*) FROM attendance_countersignatures a WHERE a.session_id = s.id) AS signed,
  (SELECT count(*) FROM enrollments e WHERE e.session_id = s.id AND e.status = 'COMPLETED') AS completed,
  (SELECT count(*) FROM enrollments e WHERE e.session_id = s.id AND e.status = 'COMPLETED'
    AND EXISTS (SELECT FROM certificates t WHERE t.enrollment_id = e.id AND t.file_key IS NOT NULL)) AS certified,
  (SELECT count(*) FROM orders o WHERE o.session_id = s.id AND o.status = 'CONFIRMED' AND o.total_cents > 0) AS sold,
  (SELECT count(*) FROM orders o WHERE o.session_id = s.id AND o.status = 'CONFIRMED' AND o.total_cents > 0
    AND EXISTS (SELECT FROM invoices i WHERE i.order_id = o.id AND i.kind = 'invoice')) AS invoiced
FROM sessions s WHERE s.id = %(session)s
"""
_TO_CALL: LiteralString = """
SELECT e.id, e.user_id FROM enrollments e WHERE e.session_id = %(session)s AND e.status = 'CONFIRMED'
AND NOT EXISTS (SELECT FROM notifications n WHERE n.user_id = e.user_id AND n.kind = 'convocation'
  AND n.created_at > %(since)s) ORDER BY e.user_id
"""


class Paper(StrEnum):
    """What a session's file holds."""

    PROGRAMME = "programme"
    CONTRACTS = "contracts"
    """Of those who pay for themselves."""
    CONVENTIONS = "conventions"
    """Of companies: made at any time, whole once the course says its objectives and the school its number."""
    ATTENDANCE = "attendance"
    CERTIFICATES = "certificates"
    INVOICES = "invoices"


class PaperView(View):
    """How many of a kind are there, of how many that should be by now; none of none is nothing to do."""

    kind: Paper
    done: int
    total: int


async def papers(uow: UnitOfWork, session_id: UUID) -> tuple[PaperView, ...]:
    """Return what a session's file holds, in one statement, to its trainer and its organisation's admin.

    What is sold and to whom is shown to the admin only. Raises NotFoundError.
    """
    session = await taught_session(uow, session_id)
    over = sum(half.ends_at <= uow.clock.now() for half in days_of(session)) if session.confirmed else 0
    async with uow.elevated():
        (found,) = await uow.sql(_COUNTED, session=session_id)
    shown = [
        PaperView(kind=Paper.PROGRAMME, done=found["programme"], total=1),
        PaperView(kind=Paper.ATTENDANCE, done=min(found["signed"], over), total=over),
        PaperView(kind=Paper.CERTIFICATES, done=found["certified"], total=found["completed"]),
    ]
    if uow.actor.can(Permission.SESSION_UPDATE, session.organization_id):
        agreed = found["companies"] * found["agreeable"]
        shown.insert(1, PaperView(kind=Paper.CONVENTIONS, done=agreed, total=found["companies"]))
        shown.insert(1, PaperView(kind=Paper.CONTRACTS, done=found["contracts"], total=found["individuals"]))
        shown.append(PaperView(kind=Paper.INVOICES, done=found["invoiced"], total=found["sold"]))
    return tuple(shown)


async def call_up(uow: UnitOfWork, session_id: UUID) -> int:
    """Send everybody who is expected their convocation anew; returns to how many.

    Whoever had one within the hour is left out, so that pressing twice writes once. Raises NotFoundError,
    ConflictError once the session has begun or is called off.
    """
    session = await taught_session(uow, session_id)
    now = uow.clock.now()
    if session.status != SessionStatus.SCHEDULED or session.starts_at <= now:
        raise ConflictError(session=str(session_id))
    async with uow.elevated():
        # The lock of every sale: two who press at once stand in line.
        await uow.sql("SELECT id FROM sessions WHERE id = %(id)s FOR UPDATE", id=session_id)
        people = await uow.sql(_TO_CALL, session=session_id, since=now - AGAIN_AFTER)
        facts = await facts_of(uow, session_id, uow.actor.require_user())
        for row in people:
            await called_up(uow, row["user_id"], row["id"], facts)
    await audit.record(
        uow, "session.called_up", subject_id=session_id, organization_id=session.organization_id,
        facts={"people": len(people)},
    )  # fmt: skip
    return len(people)
