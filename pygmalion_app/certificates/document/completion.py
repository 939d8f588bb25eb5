"""The certificat de réalisation, which a training organisation owes to who pays: signed, made when it is asked for.

It says what the certificate said when it was issued, so it is made from the same frozen content; nothing is stored.
"""

import asyncio
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from pygmalion_app.certificates import service
from pygmalion_app.certificates.content import Content
from pygmalion_app.certificates.document.document_key import DocumentKey
from pygmalion_app.certificates.document.dress import Dress
from pygmalion_app.certificates.document.models import CertificateTemplate
from pygmalion_app.certificates.document.typesetting import typeset
from pygmalion_app.certificates.errors import CompletionWithdrawnError
from pygmalion_app.certificates.keys.kinds import KeyKind
from pygmalion_app.certificates.keys.ring import signing_key
from pygmalion_app.certificates.models import Certificate
from pygmalion_app.certificates.schemas import CertificateFile
from pygmalion_app.core.i18n import DEFAULT_LOCALE, format_day, format_duration, translate
from pygmalion_app.core.unit_of_work import UnitOfWork

TEMPLATE = "completion.typ"
NATURES = ("training", "assessment", "validation", "apprenticeship")
"""The kinds of action of article L6313-1; everything sold here is the first."""
_BOX = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 12"><rect x="0.5" y="0.5" width="11" height="11"'
    ' fill="none" stroke="#0b1a33"/>{mark}</svg>'
)
_CROSS = '<path d="M3 3L9 9M9 3L3 9" stroke="#0b1a33" stroke-width="1.6"/>'


async def statement_of(uow: UnitOfWork, certificate_id: UUID, locale: str = DEFAULT_LOCALE) -> CertificateFile:
    """Return the signed statement; in English it is a translation, and says so.

    Raises NotAuthenticatedError, NotFoundError to who may not see the certificate, CompletionWithdrawnError where the
    certificate was taken back or its holder's name erased.
    """
    await service.get(uow, certificate_id)
    async with uow.elevated():
        certificate = await uow.session.get_one(Certificate, certificate_id)
        if certificate.revoked_at is not None or certificate.erased_at is not None:
            raise CompletionWithdrawnError(certificate=str(certificate_id))
        organization = certificate.organization_id
        query = select(CertificateTemplate).where(col(CertificateTemplate.organization_id) == organization)
        template = (await uow.session.execute(query)).scalar_one_or_none()
        key = await signing_key(uow, organization, KeyKind.P256)
    content = Content.model_validate(certificate.content)
    if template is not None and not content.signatory:
        said = {"signatory": template.signatory, "signatory_title": template.signatory_title}
        content = content.model_copy(update=said)
    document_key = DocumentKey(key.private_der, key.public.chain)
    pdf = await asyncio.to_thread(_make, content, Dress.of(template), document_key, uow.clock.now(), locale)
    return CertificateFile(name=translate(locale, "completion-file-name", number=content.number), content=pdf)


def completion_data(content: Content, dress: Dress, locale: str) -> dict[str, Any]:
    """Return what the template shows."""

    def say(key: str, **facts: object) -> str:
        return translate(locale, f"completion-{key}", **facts)

    represented = {"signatory": content.signatory, "title": content.signatory_title}
    who = "declares" if content.signatory and content.signatory_title else "declares-organization"
    return {
        "lang": locale,
        "accent": dress.accent,
        "logo": dress.logo_svg,
        "title": say("title"),
        "basis": say("basis"),
        "organization": content.organization,
        "identity": [row for row in _identity(content, locale) if row],
        "date": [content.issued_on.year, content.issued_on.month, content.issued_on.day],
        "declares": say(who, organization=content.organization, **represented),
        "holder": content.holder,
        "employer": say("employer", company=content.employer) if content.employer else "",
        "followed": say("followed"),
        "course": content.course_en if locale == "en" and content.course_en else content.course,
        "natureLabel": say("nature"),
        "natures": [_nature(name, locale) for name in NATURES],
        "facts": [
            {"label": say("from"), "value": format_day(locale, content.starts_on)},
            {"label": say("until"), "value": format_day(locale, content.completed_on)},
            {"label": say("hours"), "value": format_duration(locale, content.duration_minutes)},
        ],
        "keeps": say("keeps"),
        "made": _made(content, locale),
        "signLabel": say("sign"),
        "signatory": content.signatory or content.organization,
        "signatoryTitle": content.signatory_title,
        "signed": say("signed"),
        "footer": say("footer", number=content.number),
    }


def _make(content: Content, dress: Dress, key: DocumentKey, at: datetime, locale: str) -> bytes:
    # Half a second of loading and 15 MB, which a process that never signs is spared.
    from pygmalion_app.certificates.document.signature import sign

    return sign(typeset(TEMPLATE, completion_data(content, dress, locale)), key, at, content.organization_city)


def _identity(content: Content, locale: str) -> list[str]:
    return [
        content.organization,
        content.organization_city,
        f"SIRET {content.siret}" if content.siret else "",
        translate(locale, "completion-nda", nda=content.nda) if content.nda else "",
    ]


def _nature(name: str, locale: str) -> dict[str, Any]:
    checked = name == NATURES[0]
    return {
        "text": translate(locale, f"completion-nature-{name}"),
        "box": _BOX.format(mark=_CROSS if checked else ""),
        "mark": translate(locale, "completion-checked" if checked else "completion-unchecked"),
        "checked": checked,
    }


def _made(content: Content, locale: str) -> str:
    day = format_day(locale, content.issued_on)
    if not content.organization_city:
        return translate(locale, "completion-made", day=day)
    return translate(locale, "completion-made-at", day=day, city=content.organization_city)
