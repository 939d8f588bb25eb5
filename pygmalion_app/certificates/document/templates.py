"""A training organisation's template: who signs, what the regulation wants said, the logo and the colour."""

import asyncio
import math
import re
from datetime import timedelta
from uuid import UUID

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from pygmalion_app.certificates.content import Content
from pygmalion_app.certificates.document import render
from pygmalion_app.certificates.document.dress import ACCENT, Dress
from pygmalion_app.certificates.document.models import CertificateTemplate
from pygmalion_app.certificates.errors import AccentUnreadableError, LogoRefusedError
from pygmalion_app.core import audit
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import InvalidInputError
from pygmalion_app.core.i18n import supported, translate
from pygmalion_app.core.limits import Limit, hit
from pygmalion_app.core.permissions import Permission
from pygmalion_app.core.schemas import Command, View
from pygmalion_app.core.typesetting import TypesettingError
from pygmalion_app.core.unit_of_work import UnitOfWork, unit_of_work
from pygmalion_app.kyc.inspection import service as inspection
from pygmalion_app.kyc.inspection.verdict import Fault, RefusedError
from pygmalion_app.organizations.models import Organization

LONGEST_WORDING = 400
"""Characters of the wording in one language: what leaves room for the rest of the page."""
LEAST_CONTRAST = 4.5
"""WCAG 2.2 AA, of text on white paper."""
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_NO_ID = UUID(int=0)
_FORMATS = {"image/png": "png", "image/svg+xml": "svg"}


class TemplateView(View):
    """A template as those who keep it see it; the plain one where none was kept yet."""

    signatory: str = ""
    signatory_title: str = ""
    wording: str = ""
    wording_en: str = ""
    accent: str = ACCENT
    has_logo: bool = False


class SaveTemplate(Command):
    """What a template says; the logo is sent by itself."""

    signatory: str = Field(default="", max_length=100)
    signatory_title: str = Field(default="", max_length=100)
    wording: str = Field(default="", max_length=LONGEST_WORDING)
    wording_en: str = Field(default="", max_length=LONGEST_WORDING)
    accent: str = ACCENT


class LogoUpload(Command):
    """What a form says of a logo's file: nothing that counts."""

    file_name: str = ""


async def template_of(uow: UnitOfWork, organization_id: UUID) -> TemplateView:
    """Return an organisation's template. Raises NotAuthenticatedError, PermissionDeniedError."""
    uow.actor.require(Permission.CERTIFICATE_REVOKE, organization_id)
    return _view(await _found(uow, organization_id))


async def save(uow: UnitOfWork, organization_id: UUID, command: SaveTemplate) -> TemplateView:
    """Keep a template; certificates issued from now on follow it, earlier ones stay as they are.

    Raises NotAuthenticatedError, PermissionDeniedError, InvalidInputError (no colour), AccentUnreadableError.
    """
    uow.actor.require(Permission.CERTIFICATE_REVOKE, organization_id)
    accent = readable(command.accent)
    said = {name: value.strip() for name, value in command.model_dump(exclude={"accent"}).items()}
    await _upsert(uow, organization_id, {**said, "accent": accent})
    return _view(await _found(uow, organization_id))


async def save_logo(actor: Actor, organization_id: UUID, content: bytes) -> TemplateView:
    """Check a logo (PNG, JPEG or SVG), draw it anew and keep it.

    Raises NotAuthenticatedError, PermissionDeniedError, TooManyRequestsError, LogoRefusedError that says why.
    """
    actor.require(Permission.CERTIFICATE_REVOKE, organization_id)
    await hit(Limit.UPLOAD, actor.require_user())
    try:
        clean = await inspection.logo(content)
        logo_format = _FORMATS[clean.media_type]
        async with unit_of_work(actor) as uow:
            sample = await _sample(uow, organization_id, SaveTemplate(), "fr")
        # A drawing that the typesetter cannot set is found out now and not when certificates are due.
        dress = Dress(ACCENT, clean.content, logo_format)
        await asyncio.to_thread(render.specimen, sample, uow.settings.base_url, dress)
    except RefusedError as error:
        raise LogoRefusedError(field="file", fault=error.fault.value) from None
    except TypesettingError:
        raise LogoRefusedError(field="file", fault=Fault.DAMAGED.value) from None
    async with unit_of_work(actor) as uow:
        await _upsert(uow, organization_id, {"logo": clean.content, "logo_format": logo_format})
        return _view(await _found(uow, organization_id))


async def remove_logo(uow: UnitOfWork, organization_id: UUID) -> TemplateView:
    """Go back to the organisation's name in place of a logo. Raises NotAuthenticatedError, PermissionDeniedError."""
    uow.actor.require(Permission.CERTIFICATE_REVOKE, organization_id)
    await _upsert(uow, organization_id, {"logo": None, "logo_format": None})
    return _view(await _found(uow, organization_id))


async def specimen(actor: Actor, organization_id: UUID, locale: str) -> bytes:
    """Return a PDF of an invented certificate in the organisation's dress.

    Raises NotAuthenticatedError, PermissionDeniedError, NotFoundError.
    """
    async with unit_of_work(actor) as uow:
        kept = await template_of(uow, organization_id)
        said = SaveTemplate.model_validate(kept.model_dump(exclude={"has_logo"}))
        content, dress = await _draft(uow, organization_id, said, locale)
        address = f"{uow.settings.base_url}/verify"
    return await asyncio.to_thread(render.specimen, content, address, dress)


async def preview(actor: Actor, organization_id: UUID, draft: SaveTemplate, locale: str) -> bytes:
    """Return a picture (PNG) of what a template not kept yet would look like; errors as `save`."""
    async with unit_of_work(actor) as uow:
        uow.actor.require(Permission.CERTIFICATE_REVOKE, organization_id)
        content, dress = await _draft(uow, organization_id, draft, locale)
        address = f"{uow.settings.base_url}/verify"
    return await asyncio.to_thread(render.specimen_picture, content, address, dress)


def readable(accent: str) -> str:
    """Return a colour in small letters. Raises InvalidInputError for none, AccentUnreadableError for a pale one."""
    if not _COLOUR.fullmatch(accent):
        raise InvalidInputError(field="accent")
    contrast = contrast_on_white(accent)
    if contrast < LEAST_CONTRAST:
        # Never rounded up to what is needed.
        raise AccentUnreadableError(field="accent", contrast=math.floor(contrast * 10) / 10, least=LEAST_CONTRAST)
    return accent.lower()


def contrast_on_white(colour: str) -> float:
    """Return the contrast ratio of `#rrggbb` with white, as WCAG computes it."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)  # noqa: PLR2004 - of the standard
    luminance = sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (luminance + 0.05)


async def _draft(uow: UnitOfWork, organization_id: UUID, said: SaveTemplate, locale: str) -> tuple[Content, Dress]:
    kept = await _found(uow, organization_id)
    dress = Dress(readable(said.accent), kept.logo if kept else None, (kept.logo_format if kept else None) or "")
    return await _sample(uow, organization_id, said, supported(locale)), dress


async def _sample(uow: UnitOfWork, organization_id: UUID, said: SaveTemplate, locale: str) -> Content:
    """Return what an invented certificate of an organisation says."""
    organization = await uow.session.get_one(Organization, organization_id)
    today = uow.clock.now().date()
    return Content(
        id=_NO_ID,
        number=f"PYG-{today.year}-0000-0000",
        holder=translate(locale, "certificate-sample-holder"),
        course=translate("fr", "certificate-sample-course"),
        course_en=translate("en", "certificate-sample-course"),
        category="SECURITY",
        modality="PRESENTIEL",
        duration_minutes=420,
        legal_basis="UE 2015/1998",
        organization=organization.name,
        organization_slug=organization.slug,
        siret=organization.siret or "",
        nda=organization.nda or "",
        location=organization.city,
        language=locale,
        starts_on=today - timedelta(days=2),
        ends_on=today - timedelta(days=1),
        completed_on=today - timedelta(days=1),
        issued_on=today,
        valid_until=today.replace(year=today.year + 3, day=1),
        locale=locale,
        **said.model_dump(exclude={"accent"}),
    )


async def _found(uow: UnitOfWork, organization_id: UUID) -> CertificateTemplate | None:
    query = select(CertificateTemplate).where(col(CertificateTemplate.organization_id) == organization_id)
    return (await uow.session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()


async def _upsert(uow: UnitOfWork, organization_id: UUID, values: dict[str, object]) -> None:
    plain = CertificateTemplate(organization_id=organization_id)
    new = {**plain.model_dump(exclude={"created_at"}), **values}
    await uow.session.execute(
        insert(CertificateTemplate).values(**new).on_conflict_do_update(index_elements=["organization_id"], set_=values)
    )
    await audit.record(uow, "certificate.template_changed", subject_id=organization_id, organization_id=organization_id)


def _view(template: CertificateTemplate | None) -> TemplateView:
    if template is None:
        return TemplateView()
    return TemplateView(
        signatory=template.signatory,
        signatory_title=template.signatory_title,
        wording=template.wording,
        wording_en=template.wording_en,
        accent=template.accent,
        has_logo=template.logo is not None,
    )
