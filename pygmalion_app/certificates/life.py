"""A certificate's life: its events, how it is called at a moment, and which certificate follows which.

Versions: a correction makes a new certificate in the place of one that is taken back (`corrects`, `replaced_by`). The
database lets an enrolment have one live certificate at most. Renewals: a later completion of the same course, or of
one of the same type, follows in time (`renews`); both stay what they are.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased
from sqlmodel import col

from pygmalion_app.catalog.models import Course
from pygmalion_app.certificates.life_models import CertificateEvent, EventKind
from pygmalion_app.certificates.models import Certificate
from pygmalion_app.certificates.status import status_of
from pygmalion_app.core.ids import new_id
from pygmalion_app.core.unit_of_work import UnitOfWork

EXPIRING = timedelta(days=90)
# Made once: an alias copies every column, and campaigns ask a thousand times.
_THEIRS, _MINE = aliased(Course), aliased(Course)


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


async def begin(uow: UnitOfWork, certificate_id: UUID) -> None:
    """Begin the life of a certificate just registered: its first event, and which one it renews."""
    async with uow.elevated():
        certificate = await uow.session.get_one(Certificate, certificate_id, populate_existing=True)
        await tell(uow, certificate_id, EventKind.ISSUED, related_id=certificate.corrects)
        if certificate.corrects is not None:
            return
        before = await _predecessor(uow, certificate)
        if before is not None:
            certificate.renews = before
            await uow.session.flush()
            await tell(uow, before, EventKind.RENEWED, related_id=certificate_id)


async def hand_over(uow: UnitOfWork, old: Certificate, new: Certificate) -> None:
    """Let a correction stand in its predecessor's place among renewals, in both directions."""
    new.renews = old.renews
    await uow.session.flush()
    await uow.session.execute(update(Certificate).where(col(Certificate.renews) == old.id).values(renews=new.id))


async def _predecessor(uow: UnitOfWork, certificate: Certificate) -> UUID | None:
    """Return the holder's newest live certificate of the same course or type that was completed before."""
    theirs, mine = _THEIRS, _MINE
    completed = Certificate.content["completedOn"].astext  # pyright: ignore[reportIndexIssue, reportUnknownVariableType]
    query = (
        select(col(Certificate.id))
        .join(theirs, theirs.id == col(Certificate.course_id))  # pyright: ignore[reportArgumentType]
        .join(mine, mine.id == certificate.course_id)  # pyright: ignore[reportArgumentType]
        .where(
            col(Certificate.user_id) == certificate.user_id,
            col(Certificate.enrollment_id) != certificate.enrollment_id,
            col(Certificate.revoked_at).is_(None),
            (theirs.id == mine.id) | (theirs.type_code == mine.type_code),  # pyright: ignore[reportArgumentType]
            completed < str(certificate.content["completedOn"]),
        )
        .order_by(completed.desc(), col(Certificate.id).desc())
        .limit(1)
    )
    return (await uow.session.execute(query)).scalar_one_or_none()
