"""From completed enrolments to certificates: registered here with all that they will say, then made into documents.

Both steps may be repeated; the second one is `document/production.py`. A portion of a campaign goes through them
together: what costs is the statement and the transaction, not the row.
"""

import logging
import secrets
from collections.abc import Mapping, Sequence
from typing import Any, LiteralString, TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg.types.json import Jsonb

from pygmalion_app.certificates import life
from pygmalion_app.certificates.content import Content
from pygmalion_app.certificates.document import production
from pygmalion_app.certificates.document.production import SEAL_TASK, make_document
from pygmalion_app.certificates.sealing import new_number, new_verification_token, seal_token
from pygmalion_app.certificates.validity import expiry, last_valid_day
from pygmalion_app.core import audit
from pygmalion_app.core.actor import SYSTEM
from pygmalion_app.core.i18n import supported
from pygmalion_app.core.ids import new_id, token_hash
from pygmalion_app.core.unit_of_work import Container, UnitOfWork, unit_of_work

__all__ = ["SEAL_TASK", "issue", "issue_all", "make_document", "register", "register_all"]

SALT_BYTES = 32
_VERSION = 2

# Present and passed, in the words of the trainer: completion alone is not enough for a regulated course.
_FACTS: LiteralString = """
SELECT e.id AS enrollment_id, e.completed_at, e.validated_by, u.id AS user_id, u.first_name, u.last_name, u.locale,
  c.id AS course_id, c.title, c.title_en, c.category, c.duration_minutes, c.legal_basis, c.validity_months,
  c.validity_anchor, s.id AS session_id, s.modality, s.location, s.language, s.starts_at, s.ends_at, s.time_zone,
  o.id AS organization_id, o.name AS organization, o.slug, o.siret, o.nda, o.city, b.name AS employer,
  t.signatory, t.signatory_title, t.wording, t.wording_en
FROM enrollments e JOIN users u ON u.id = e.user_id JOIN courses c ON c.id = e.course_id
  JOIN sessions s ON s.id = e.session_id JOIN organizations o ON o.id = s.organization_id
  LEFT JOIN certificate_templates t ON t.organization_id = o.id
  LEFT JOIN organizations b ON b.id = e.buyer_organization_id
WHERE e.id = ANY (%(enrollments)s) AND e.status = 'COMPLETED' AND e.present AND e.passed
"""
# In one order for all, so that two runs wait for each other instead of stopping each other.
_REGISTER: LiteralString = """
INSERT INTO certificates (id, enrollment_id, user_id, organization_id, course_id, session_id, number, content,
  issued_at, valid_until, token_hash, token_sealed, salt)
SELECT id, enrollment_id, user_id, organization_id, course_id, session_id, number, content,
  %(now)s, valid_until, token_hash, token_sealed, salt
FROM unnest(%(id)s::uuid[], %(enrollment_id)s::uuid[], %(user_id)s::uuid[], %(organization_id)s::uuid[],
  %(course_id)s::uuid[], %(session_id)s::uuid[], %(number)s::text[], %(content)s::jsonb[],
  %(valid_until)s::timestamptz[], %(token_hash)s::bytea[], %(token_sealed)s::bytea[], %(salt)s::bytea[])
  AS n (id, enrollment_id, user_id, organization_id, course_id, session_id, number, content,
    valid_until, token_hash, token_sealed, salt)
ORDER BY enrollment_id
ON CONFLICT (enrollment_id) WHERE corrects IS NULL DO NOTHING RETURNING id
"""
# Corrected since, its newest version: only that one may still need its document.
_NEWEST: LiteralString = """
SELECT DISTINCT ON (enrollment_id) enrollment_id, id FROM certificates WHERE enrollment_id = ANY (%(enrollments)s)
ORDER BY enrollment_id, issued_at DESC, id DESC
"""

log = logging.getLogger(__name__)

Facts: TypeAlias = Mapping[str, Any]
"""A row of `_FACTS`; the template's and the employer's columns are None where there is none."""


async def issue(enrollment_id: UUID, parts: Container | None = None) -> UUID | None:
    """Issue the certificate of a completed enrolment, once; None when it is not (or no longer) entitled to one."""
    return (await issue_all([enrollment_id], parts)).get(enrollment_id)


async def issue_all(enrollment_ids: Sequence[UUID], parts: Container | None = None) -> dict[UUID, UUID]:
    """Issue the certificates of completed enrolments, each once; those without a right to one have none.

    One that fails makes all fail, what was registered stays, and who calls may try them one by one.
    """
    async with unit_of_work(SYSTEM, parts) as uow:
        certificates = await register_all(uow, enrollment_ids)
    for enrollment_id in enrollment_ids:
        if enrollment_id not in certificates:
            log.warning("enrolment %s has no right to a certificate", enrollment_id)
    await production.make_documents(list(certificates.values()), parts)
    return certificates


async def register(uow: UnitOfWork, enrollment_id: UUID) -> UUID | None:
    """Write down what an enrolment's certificate says; a second call finds the first one's."""
    return (await register_all(uow, [enrollment_id])).get(enrollment_id)


async def register_all(uow: UnitOfWork, enrollment_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Write down what enrolments' certificates say; returns the certificates of those that have a right to one."""
    facts = {row["enrollment_id"]: row for row in await uow.sql(_FACTS, enrollments=list(enrollment_ids))}
    if not facts:
        return {}
    rows = {row["id"]: row for row in (_row(uow, one) for one in facts.values())}
    columns = {name: [row[name] for row in rows.values()] for name in next(iter(rows.values()))}
    begun = await uow.sql(_REGISTER, now=uow.clock.now(), **columns)
    if begun:
        new = [rows[row["id"]] for row in begun]
        await life.begin(uow, *(row["id"] for row in new))
        await audit.record_all(uow, "certificate.issued", [_act(row, facts[row["enrollment_id"]]) for row in new])
    newest = await uow.sql(_NEWEST, enrollments=list(facts))
    return {row["enrollment_id"]: row["id"] for row in newest}


def _row(uow: UnitOfWork, facts: Facts) -> dict[str, Any]:
    certificate_id, token = new_id(), new_verification_token()
    content = _content(uow, certificate_id, facts)
    return {
        "id": certificate_id,
        **{name: facts[name] for name in ("enrollment_id", "user_id", "organization_id", "course_id", "session_id")},
        "number": content.number,
        "content": Jsonb(content.model_dump(mode="json", by_alias=True)),
        "valid_until": expiry(content.valid_until, facts["time_zone"]),
        "token_hash": token_hash(token),
        "token_sealed": seal_token(uow.settings, certificate_id, token),
        "salt": secrets.token_bytes(SALT_BYTES),
    }


def _act(row: Mapping[str, Any], facts: Facts) -> audit.Act:
    said: dict[str, audit.Fact] = {"holder": row["user_id"]}
    if facts["validated_by"]:
        said["validated_by"] = facts["validated_by"]
    return audit.Act(row["id"], row["organization_id"], said)


def _content(uow: UnitOfWork, certificate_id: UUID, facts: Facts) -> Content:
    zone = ZoneInfo(facts["time_zone"])
    now = uow.clock.now()
    # Validity counts from the end of the training, not from the day somebody ticked the box.
    completed = min(facts["ends_at"], facts["completed_at"] or now).astimezone(zone).date()
    said: dict[str, Any] = {name: facts[name] for name in _AS_THEY_ARE}
    said |= {name: facts[name] or "" for name in _OF_THE_TEMPLATE}
    return Content(
        version=_VERSION,
        id=certificate_id,
        number=new_number(now.astimezone(zone).year),
        holder=f"{facts['first_name']} {facts['last_name']}".strip(),
        course=facts["title"],
        course_en=facts["title_en"] or facts["title"],
        organization_slug=facts["slug"],
        siret=facts["siret"] or "",
        nda=facts["nda"] or "",
        starts_on=facts["starts_at"].astimezone(zone).date(),
        ends_on=facts["ends_at"].astimezone(zone).date(),
        completed_on=completed,
        issued_on=now.astimezone(zone).date(),
        valid_until=last_valid_day(completed, facts["validity_months"], facts["validity_anchor"]),
        locale=supported(facts["locale"]),
        organization_city=facts["city"],
        employer=facts["employer"] or "",
        **said,
    )


_AS_THEY_ARE = ("category", "modality", "duration_minutes", "legal_basis", "organization", "location", "language")
_OF_THE_TEMPLATE = ("signatory", "signatory_title", "wording", "wording_en")
