"""From a completed enrolment to a certificate: registered here with all that it will say, then made into a document.

Both steps may be repeated; the second one is `document/production.py`.
"""

import logging
import secrets
from typing import TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased
from sqlmodel import col

from pygmalion_app.accounts.models import User
from pygmalion_app.catalog.models import Course
from pygmalion_app.certificates import life
from pygmalion_app.certificates.document.models import CertificateTemplate
from pygmalion_app.certificates.document.production import SEAL_TASK, make_document
from pygmalion_app.certificates.models import Certificate
from pygmalion_app.certificates.schemas import Content
from pygmalion_app.certificates.sealing import new_number, new_verification_token, seal_token
from pygmalion_app.certificates.validity import expiry, last_valid_day
from pygmalion_app.core import audit
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.i18n import supported
from pygmalion_app.core.ids import new_id, token_hash
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work
from pygmalion_app.enrollments.models import Enrollment, EnrollmentStatus
from pygmalion_app.organizations.models import Organization
from pygmalion_app.sessions.models import TrainingSession

__all__ = ["SEAL_TASK", "issue", "make_document", "register"]

SALT_BYTES = 32
_VERSION = 2
# Made once: an alias copies every column.
_EMPLOYER = aliased(Organization)

log = logging.getLogger(__name__)

Facts: TypeAlias = Row[Enrollment, User, Course, TrainingSession, Organization, CertificateTemplate, str]
"""The last two, the school's template and the employer's name, are outer joins: None where there is none."""


async def issue(enrollment_id: UUID, parts: Container | None = None) -> UUID | None:
    """Issue the certificate of a completed enrolment, once; None when it is not (or no longer) entitled to one."""
    async with unit_of_work(SYSTEM, parts) as uow:
        certificate_id = await register(uow, enrollment_id)
    if certificate_id is None:
        log.warning("enrolment %s has no right to a certificate", enrollment_id)
        return None
    await make_document(certificate_id, parts)
    return certificate_id


async def register(uow: UnitOfWork, enrollment_id: UUID) -> UUID | None:
    """Write down what an enrolment's certificate says; a second call finds the first one's."""
    facts = await _facts(uow, enrollment_id)
    if facts is None:
        return None
    enrollment, user, course, session, organization, *_ = facts
    certificate_id, token = new_id(), new_verification_token()
    content = _content(uow, certificate_id, facts)
    values = {
        "id": certificate_id,
        "enrollment_id": enrollment.id,
        "user_id": user.id,
        "organization_id": organization.id,
        "course_id": course.id,
        "session_id": session.id,
        "number": content.number,
        "content": content.model_dump(mode="json", by_alias=True),
        "issued_at": uow.clock.now(),
        "valid_until": expiry(content.valid_until, session.time_zone),
        "token_hash": token_hash(token),
        "token_sealed": seal_token(uow.settings, certificate_id, token),
        "salt": secrets.token_bytes(SALT_BYTES),
    }
    once = insert(Certificate).values(**values)
    once = once.on_conflict_do_nothing(
        index_elements=["enrollment_id"], index_where=col(Certificate.corrects).is_(None)
    )
    if (await uow.session.execute(once.returning(col(Certificate.id)))).first() is not None:
        await life.begin(uow, certificate_id)
        await audit.record(
            uow,
            "certificate.issued",
            subject_id=certificate_id,
            organization_id=organization.id,
            facts={"holder": user.id, **({"validated_by": enrollment.validated_by} if enrollment.validated_by else {})},
        )
    # Corrected since, its newest version: only that one may still need its document.
    versions = select(col(Certificate.id)).where(col(Certificate.enrollment_id) == enrollment_id)
    newest = versions.order_by(col(Certificate.issued_at).desc(), col(Certificate.id).desc()).limit(1)
    return (await uow.session.execute(newest)).scalar_one()


async def _facts(uow: UnitOfWork, enrollment_id: UUID) -> Facts | None:
    query = (
        select(Enrollment, User, Course, TrainingSession, Organization, CertificateTemplate, col(_EMPLOYER.name))
        .join(User, col(User.id) == col(Enrollment.user_id))
        .join(Course, col(Course.id) == col(Enrollment.course_id))
        .join(TrainingSession, col(TrainingSession.id) == col(Enrollment.session_id))
        .join(Organization, col(Organization.id) == col(TrainingSession.organization_id))
        .outerjoin(CertificateTemplate, col(CertificateTemplate.organization_id) == col(Organization.id))
        .outerjoin(_EMPLOYER, col(_EMPLOYER.id) == col(Enrollment.buyer_organization_id))
        # Present and passed, in the words of the trainer: completion alone is not enough for a regulated course.
        .where(
            col(Enrollment.id) == enrollment_id,
            col(Enrollment.status) == EnrollmentStatus.COMPLETED,
            col(Enrollment.present).is_(True),
            col(Enrollment.passed).is_(True),
        )
    )
    return (await uow.session.execute(query)).first()


def _content(uow: UnitOfWork, certificate_id: UUID, facts: Facts) -> Content:
    enrollment, user, course, session, organization, template, employer = facts
    zone = ZoneInfo(session.time_zone)
    now = uow.clock.now()
    # Validity counts from the end of the training, not from the day somebody ticked the box.
    completed = min(session.ends_at, enrollment.completed_at or now).astimezone(zone).date()
    return Content(
        version=_VERSION,
        id=certificate_id,
        number=new_number(now.astimezone(zone).year),
        holder=f"{user.first_name} {user.last_name}".strip(),
        course=course.title,
        course_en=course.title_en or course.title,
        category=course.category,
        modality=session.modality,
        duration_minutes=course.duration_minutes,
        legal_basis=course.legal_basis,
        organization=organization.name,
        organization_slug=organization.slug,
        siret=organization.siret or "",
        nda=organization.nda or "",
        location=session.location,
        language=session.language,
        starts_on=session.starts_at.astimezone(zone).date(),
        ends_on=session.ends_at.astimezone(zone).date(),
        completed_on=completed,
        issued_on=now.astimezone(zone).date(),
        valid_until=last_valid_day(completed, course.validity_months, course.validity_anchor),
        locale=supported(user.locale),
        organization_city=organization.city,
        employer=employer or "",
        **(_said_by(template) if template else {}),
    )


def _said_by(template: CertificateTemplate) -> dict[str, str]:
    return {
        "signatory": template.signatory,
        "signatory_title": template.signatory_title,
        "wording": template.wording,
        "wording_en": template.wording_en,
    }
