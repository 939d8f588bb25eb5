"""Hands a certificate's credential to those who may see the certificate, in the form they ask for."""

import asyncio
import json
from enum import StrEnum
from uuid import UUID

from pygmalion_app.certificates import service
from pygmalion_app.certificates.content import Content
from pygmalion_app.certificates.credentials.errors import CredentialUnavailableError
from pygmalion_app.certificates.credentials.selective import FIELDS, selective
from pygmalion_app.certificates.errors import DocumentNotReadyError
from pygmalion_app.certificates.keys.kinds import KeyKind
from pygmalion_app.certificates.keys.ring import signing_key
from pygmalion_app.certificates.models import Certificate
from pygmalion_app.certificates.schemas import CertificateFile
from pygmalion_app.certificates.status import Status
from pygmalion_app.core.errors import InvalidInputError
from pygmalion_app.core.schemas import View
from pygmalion_app.core.unit_of_work import UnitOfWork


class Form(StrEnum):
    """How a credential is written down; the value is its file's ending."""

    JSON = "json"
    """With a Data Integrity proof inside."""
    JWT = "jwt"
    SD_JWT = "sd-jwt"
    """Signed part by part, so that some of it can be kept back."""


class Offered(View):
    """What there is of a certificate beside its document."""

    id: UUID
    number: str
    credential: bool
    proof: bool
    """Whether it is anchored, and with it provable."""


async def offered(uow: UnitOfWork, certificate_id: UUID) -> Offered:
    """Return what there is of a certificate to those who may see it; NotFoundError to anybody else."""
    view = await service.get(uow, certificate_id)
    certificate = await uow.session.get_one(Certificate, certificate_id)
    return Offered(
        id=view.id,
        number=view.number,
        credential=certificate.credential is not None,
        proof=view.token_id is not None and view.status != Status.PENDING,
    )


async def export(
    uow: UnitOfWork, certificate_id: UUID, form: Form, fields: tuple[str, ...] | None = None
) -> CertificateFile:
    """Return a credential; `fields` are those that an SD-JWT shows, None = all of `selective.FIELDS`.

    Raises NotFoundError to who may not see the certificate, InvalidInputError for fields that there are not or in
    another form, DocumentNotReadyError while it is being made, CredentialUnavailableError where there is none.
    """
    view = await service.get(uow, certificate_id)
    if fields is not None and (form is not Form.SD_JWT or not set(fields) <= set(FIELDS)):
        raise InvalidInputError(field="fields")
    certificate = await uow.session.get_one(Certificate, certificate_id)
    if certificate.credential is None or certificate.credential_jwt is None:
        if certificate.commitment is None and certificate.erased_at is None:
            raise DocumentNotReadyError(certificate=str(certificate_id))
        raise CredentialUnavailableError(certificate=str(certificate_id))
    match form:
        case Form.JSON:
            content = certificate.credential
        case Form.JWT:
            content = certificate.credential_jwt.encode()
        case Form.SD_JWT:
            key = await signing_key(uow, certificate.organization_id, KeyKind.P256)
            said, shown = Content.model_validate(certificate.content), FIELDS if fields is None else fields
            credential = json.loads(certificate.credential)
            token = await asyncio.to_thread(selective, credential, said, key, shown, uow.clock.now())
            content = token.encode()
    return CertificateFile(name=f"{view.number}.{form}", content=content)
