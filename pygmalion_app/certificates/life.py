"""A certificate's life: its events, how it is called at a moment, and which certificate follows which.

Versions: a correction makes a new certificate in the place of one that is taken back (`corrects`, `replaced_by`). The
database lets an enrolment have one live certificate at most. Renewals: a later completion of the same course, or of
one of the same type, follows in time (`renews`); both stay what they are.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import LiteralString
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from pygmalion_app.certificates.life_models import CertificateEvent, EventKind
from pygmalion_app.certificates.models import Certificate
from pygmalion_app.certificates.status import status_of
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import UnitOfWork

EXPIRING = timedelta(days=90)

_ISSUED: LiteralString = """
INSERT INTO certificate_events (id, certificate_id, kind, at, actor_id, related_id)
SELECT e.id, c.id, 'issued', %(now)s, %(actor)s, c.corrects
FROM unnest(%(events)s::uuid[], %(certificates)s::uuid[]) AS e (id, certificate_id)
  JOIN certificates c ON c.id = e.certificate_id
ON CONFLICT DO NOTHING
"""
# Each renews its holder's newest live certificate of the same course or type that was completed before.
_RENEW: LiteralString = """
WITH following AS (
  SELECT c.id, before.id AS renews
  FROM certificates c JOIN courses mine ON mine.id = c.course_id CROSS JOIN LATERAL (
    SELECT o.id FROM certificates o JOIN courses theirs ON theirs.id = o.course_id
    WHERE o.user_id = c.user_id AND o.enrollment_id <> c.enrollment_id AND o.revoked_at IS NULL
      AND (theirs.id = mine.id OR theirs.type_code = mine.type_code)
      AND o.content ->> 'completedOn' < c.content ->> 'completedOn'
    ORDER BY o.content ->> 'completedOn' DESC, o.id DESC LIMIT 1
  ) before
  WHERE c.id = ANY (%(certificates)s) AND c.corrects IS NULL
)
UPDATE certificates c SET renews = f.renews FROM following f WHERE c.id = f.id RETURNING c.id, c.renews
"""
_RENEWED: LiteralString = """
INSERT INTO certificate_events (id, certificate_id, kind, at, actor_id, related_id)
SELECT e.id, e.certificate_id, 'renewed', %(now)s, %(actor)s, e.related_id
FROM unnest(%(events)s::uuid[], %(certificates)s::uuid[], %(successors)s::uuid[]) AS e (id, certificate_id, related_id)
"""


class Life(StrEnum):
    """What a certificate is called in its life; the verification's words say less, and stay as they are."""

    PENDING = "pending"
    VALID = "valid"
    EXPIRING = "expiring"
    RENEWED = "renewed"
    """It ends soon or has ended, and a newer one has taken over."""
    EXPIRED = "expired"
    CORRECTED = "corrected"
    REVOKED = "revoked"


def life_of(certificate: Certificate, anchoring: str | None, now: datetime, *, renewed: bool) -> Life:
    """Return what a certificate is called; `renewed` tells whether a live one renews it."""
    if certificate.revoked_at is not None:
        return Life.REVOKED if certificate.replaced_by is None else Life.CORRECTED
    ends = certificate.valid_until
    if ends is not None and ends - now <= EXPIRING:
        if renewed:
            return Life.RENEWED
        return Life.EXPIRED if ends <= now else Life.EXPIRING
    return Life(status_of(None, ends, anchoring, now))


async def tell(
    uow: UnitOfWork,
    certificate_id: UUID,
    kind: EventKind,
    *,
    reason: str | None = None,
    related_id: UUID | None = None,
    lead_days: int | None = None,
) -> bool:
    """Write an event down; False when it was there already: all but renewals happen once."""
    values = {
        "id": new_id(),
        "certificate_id": certificate_id,
        "kind": kind.value,
        "at": uow.clock.now(),
        "actor_id": uow.actor.user_id,
        "reason": reason,
        "related_id": related_id,
        "lead_days": lead_days,
    }
    async with uow.elevated():
        written = await uow.session.execute(
            insert(CertificateEvent).values(**values).on_conflict_do_nothing().returning(col(CertificateEvent.id))
        )
        return written.first() is not None


async def begin(uow: UnitOfWork, *certificate_ids: UUID) -> None:
    """Begin the lives of certificates just registered: the first event of each, and which one it renews."""
    named = {"now": uow.clock.now(), "actor": uow.actor.user_id}
    registered = {"certificates": list(certificate_ids)}
    async with uow.elevated():
        # What the ORM holds back is read here.
        await uow.session.flush()
        _, renewals = await uow.pipeline(
            (_ISSUED, {**named, **registered, "events": [new_id() for _ in certificate_ids]}), (_RENEW, registered)
        )
        if renewals:
            await uow.sql(
                _RENEWED,
                **named,
                events=[new_id() for _ in renewals],
                certificates=[row["renews"] for row in renewals],
                successors=[row["id"] for row in renewals],
            )


async def hand_over(uow: UnitOfWork, old: Certificate, new: Certificate) -> None:
    """Let a correction stand in its predecessor's place among renewals, in both directions."""
    new.renews = old.renews
    await uow.session.flush()
    await uow.session.execute(update(Certificate).where(col(Certificate.renews) == old.id).values(renews=new.id))
