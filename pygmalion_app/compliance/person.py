"""One person: everything that is asked of them, what each status rests on, and what is booked."""

from datetime import date
from typing import Any, LiteralString
from uuid import UUID

from pygmalion_app.compliance import policy
from pygmalion_app.compliance.errors import PositionNotFoundError
from pygmalion_app.compliance.facts import Facts, Person, gather
from pygmalion_app.compliance.queries import titles_of
from pygmalion_app.compliance.schemas import BookingView, ExemptionView, PersonRequirement, PersonView, ProofView
from pygmalion_app.compliance.status import Judgement
from pygmalion_app.core.unit_of_work import UnitOfWork

_WHO: LiteralString = """
SELECT concat_ws(' ', u.first_name, u.last_name) AS name, p.job_role_id, r.name AS job_role, s.name AS site
FROM positions p JOIN users u ON u.id = p.user_id LEFT JOIN job_roles r ON r.id = p.job_role_id
LEFT JOIN sites s ON s.id = p.site_id WHERE p.organization_id = %(organization)s AND p.user_id = %(user)s
"""
_DETAILS: LiteralString = """
SELECT c.id, c.content->>'course' AS title, o.name AS issuer, c.number FROM certificates c
JOIN organizations o ON o.id = c.organization_id WHERE c.id = ANY (%(proofs)s::uuid[])
UNION ALL
SELECT x.id, x.title, x.issuer, '' FROM external_certificates x WHERE x.id = ANY (%(proofs)s::uuid[])
UNION ALL
SELECT e.id, e.reason, '', '' FROM exemptions e WHERE e.id = ANY (%(exemptions)s::uuid[])
"""
_BOOKED: LiteralString = """
SELECT e.id, e.session_id, k.title, s.location FROM enrollments e JOIN sessions s ON s.id = e.session_id
JOIN courses k ON k.id = s.course_id WHERE e.id = ANY (%(bookings)s::uuid[])
"""


async def person(uow: UnitOfWork, organization_id: UUID, user_id: UUID, on: date | None = None) -> PersonView:
    """Return what is asked of somebody and how they stand: to themselves, and to those who see the organisation's.

    Raises PositionNotFoundError, and what `policy.require_read` raises.
    """
    if uow.actor.user_id is None or uow.actor.user_id != user_id:
        policy.require_read(uow.actor, organization_id)
    async with uow.elevated():
        who = await uow.sql(_WHO, organization=organization_id, user=user_id)
        if not who:
            raise PositionNotFoundError(person=str(user_id))
        facts = await gather(uow, organization_id, [user_id], on=on)
        found = facts.people[0]
        details = await _details(uow, facts, user_id)
    titles = titles_of(facts)
    judged = [(titles[key], judgement) for key, judgement in facts.judgements(found)]
    judged.sort(key=lambda it: (it[0]["position"], it[0]["key"]))
    return PersonView(
        user_id=user_id,
        organization_id=organization_id,
        on=found.today,
        requirements=[_requirement(facts, found, title, judgement, details) for title, judgement in judged],
        **who[0],
    )


async def _details(uow: UnitOfWork, facts: Facts, user_id: UUID) -> dict[UUID, dict[str, Any]]:
    proofs = [proof.id for some in facts.proofs.get(user_id, {}).values() for proof in some]
    bookings = [booking.enrollment_id for some in facts.bookings.get(user_id, {}).values() for booking in some]
    exemptions = [waiver.id for waiver in facts.exemptions.values()]
    rows = await uow.sql(_DETAILS, proofs=proofs, exemptions=exemptions) if proofs or exemptions else []
    booked = await uow.sql(_BOOKED, bookings=bookings) if bookings else []
    return {row["id"]: row for row in [*rows, *booked]}


def _requirement(
    facts: Facts, found: Person, title: dict[str, Any], judged: Judgement, details: dict[UUID, dict[str, Any]]
) -> PersonRequirement:
    codes = title["codes"]
    proofs = [proof for code in codes for proof in facts.proofs.get(found.user_id, {}).get(code, [])]
    bookings = [booking for code in codes for booking in facts.bookings.get(found.user_id, {}).get(code, [])]
    waiver = facts.exemptions.get((found.user_id, title["key"]))
    return PersonRequirement(
        key=title["key"],
        title=title["title"],
        title_en=title["title_en"],
        codes=codes,
        status=judged.status,
        until=judged.until,
        planned_on=judged.planned_on,
        decided_by_kind=judged.decided_by,
        decided_by_id=judged.decided_by_id,
        history=[
            ProofView(
                kind=proof.kind,
                certificate_id=proof.id,
                title=details[proof.id]["title"] or "",
                issuer=details[proof.id]["issuer"],
                number=details[proof.id]["number"],
                obtained_on=proof.obtained_on,
                until=proof.until,
                decides=proof.id == judged.decided_by_id,
            )
            for proof in sorted(proofs, key=lambda it: it.obtained_on, reverse=True)
        ],
        bookings=[
            BookingView(
                enrollment_id=booking.enrollment_id,
                session_id=details[booking.enrollment_id]["session_id"],
                title=details[booking.enrollment_id]["title"],
                location=details[booking.enrollment_id]["location"],
                starts_on=booking.starts_on,
            )
            for booking in sorted(bookings, key=lambda it: it.starts_on)
        ],
        exemption=ExemptionView(id=waiver.id, reason=details[waiver.id]["title"], until=waiver.until)
        if waiver
        else None,
    )
