"""From registered to signed, encrypted and recorded: what is kept, what a crash leaves, what rotation keeps good."""

import asyncio
import dataclasses
import hashlib
import io
import json
import secrets
from base64 import b64encode
from collections.abc import Sequence
from uuid import UUID

import pytest
from asn1crypto import x509
from pydantic import SecretStr
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from sqlalchemy import update

from pygmalion_app.certificates import issuing, service, verification
from pygmalion_app.certificates.document import completion, kept, production, templates
from pygmalion_app.certificates.document.workshop import workshop
from pygmalion_app.certificates.errors import CompletionWithdrawnError
from pygmalion_app.certificates.keys import ring
from pygmalion_app.certificates.keys.kinds import KeyKind
from pygmalion_app.certificates.models import Certificate
from pygmalion_app.certificates.sealing import canonical, commitment
from pygmalion_app.certificates.status import Status
from pygmalion_app.core.actor import SYSTEM, Actor
from pygmalion_app.core.envelope import UnknownKeyError
from pygmalion_app.core.errors import NotFoundError
from pygmalion_app.core.unit_of_work import Container, unit_of_work
from tests.cast import Cast
from tests.certificates.conftest import Enroll, issue_all, seal_and_anchor


async def row(parts: Container, certificate_id: UUID) -> Certificate:
    """Return a certificate as it is stored."""
    async with unit_of_work(SYSTEM, parts) as uow:
        return await uow.session.get_one(Certificate, certificate_id)


async def document(parts: Container, actor: Actor, certificate_id: UUID) -> bytes:
    """Return a certificate's PDF as a person downloads it."""
    async with unit_of_work(actor, parts) as uow:
        return (await service.download(uow, certificate_id)).content


async def accepted(parts: Container, pdf: bytes) -> bool:
    """Return whether pyHanko accepts a document, given the platform's authorities, past and present."""
    async with unit_of_work(SYSTEM, parts) as uow:
        roots = [x509.Certificate.load(known.chain[0]) for known in await ring.authorities(uow)]
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    moment = parts.clock.now()
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=moment)
    return (await asyncio.to_thread(validate_pdf_signature, signature, context)).bottom_line


async def test_what_is_kept_is_encrypted_and_what_is_handed_out_is_what_was_committed(
    container: Container, cast: Cast, enroll: Enroll
) -> None:
    (certificate,) = await issue_all(container, await enroll(cast.lea))
    stored = await row(container, certificate)
    assert stored.file_key is not None
    assert stored.credential is not None
    at_rest = await container.ports.files.get(stored.file_key)
    assert b"%PDF" not in at_rest
    pdf = await document(container, cast.lea, certificate)
    assert stored.file_sha256 is not None
    assert stored.credential_sha256 is not None
    assert hashlib.sha256(pdf).digest() == stored.file_sha256
    assert hashlib.sha256(stored.credential).digest() == stored.credential_sha256
    assert commitment(stored.salt, stored.file_sha256, stored.credential_sha256) == stored.commitment
    assert stored.form == 2
    embedded = PdfFileReader(io.BytesIO(pdf)).root["/Names"]["/EmbeddedFiles"]["/Names"]
    assert embedded[1].get_object()["/EF"]["/F"].data == stored.credential
    assert await accepted(container, pdf)


async def test_a_certificate_of_the_first_form_stays_verifiable(
    container: Container, cast: Cast, enroll: Enroll
) -> None:
    (certificate,) = await issue_all(container, await enroll(cast.lea))
    old = b"%PDF-1.7 as it was made before"
    await container.ports.files.put("certificates/old.pdf", old)
    async with unit_of_work(SYSTEM, container) as uow:
        stored = await uow.session.get_one(Certificate, certificate)
        file, credential = hashlib.sha256(old).digest(), hashlib.sha256(canonical(stored.content)).digest()
        values = {"file_key_id": None, "file_wrapped_key": None, "credential": None, "credential_jwt": None}
        await uow.session.execute(
            update(Certificate).values(
                **values,
                form=1,
                file_key="certificates/old.pdf",
                file_sha256=file,
                credential_sha256=credential,
                commitment=commitment(stored.salt, file, credential),
            )
        )
    await seal_and_anchor(container)
    assert await document(container, cast.lea, certificate) == old
    found = await verification.verify_certificate(container, certificate, hashlib.sha256(old).digest())
    assert found.status is Status.VALID


async def test_killed_before_it_was_recorded_it_is_made_again_and_once(
    container: Container, cast: Cast, enroll: Enroll, monkeypatch: pytest.MonkeyPatch
) -> None:
    (enrollment,) = await enroll(cast.lea)
    made = kept.seal

    def killed(*arguments: object) -> kept.SealedDocument:
        made(*arguments)  # pyright: ignore[reportArgumentType]
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(kept, "seal", killed)
        with pytest.raises(KeyboardInterrupt):
            await issuing.issue(enrollment, container)
    certificate = await issuing.issue(enrollment, container)
    assert certificate is not None
    before = await row(container, certificate)
    assert await issuing.issue(enrollment, container) == certificate
    assert (await row(container, certificate)).commitment == before.commitment
    async with unit_of_work(SYSTEM, container) as uow:
        (places,) = await uow.sql("SELECT count(*) AS drawn FROM credential_status_entries")
    assert places["drawn"] == 1


async def test_the_run_that_comes_second_leaves_no_file_behind(
    container: Container, cast: Cast, enroll: Enroll, monkeypatch: pytest.MonkeyPatch
) -> None:
    (enrollment,) = await enroll(cast.lea)
    async with unit_of_work(SYSTEM, container) as uow:
        certificate = await issuing.register(uow, enrollment)
    assert certificate is not None
    make_all = workshop.make_all

    async def overtaken(orders: object) -> object:
        monkeypatch.setattr(workshop, "make_all", make_all)
        await production.make_document(certificate, container)
        return await make_all(orders)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(workshop, "make_all", overtaken)
    await production.make_document(certificate, container)
    files = [path for path in (container.settings.pygmalion_home / "files").rglob("*") if path.is_file()]
    assert len(files) == 1
    assert await accepted(container, await document(container, cast.lea, certificate))


async def test_rotated_keys_keep_what_they_signed_good(container: Container, cast: Cast, enroll: Enroll) -> None:
    first, second = await enroll(cast.lea, cast.marc)
    (before,) = await issue_all(container, [first])
    async with unit_of_work(SYSTEM, container) as uow:
        await ring.rotate(uow, None, KeyKind.AUTHORITY)
        await ring.rotate(uow, cast.school, KeyKind.P256)
    (after,) = await issue_all(container, [second])
    documents = [await document(container, cast.ada, one) for one in (before, after)]
    assert [await accepted(container, pdf) for pdf in documents] == [True, True]
    signers = {PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0].signer_cert.serial_number for pdf in documents}
    assert len(signers) == 2


async def test_the_files_key_can_be_changed(container: Container, cast: Cast, enroll: Enroll) -> None:
    (certificate,) = await issue_all(container, await enroll(cast.lea))
    pdf = await document(container, cast.lea, certificate)
    keys = json.loads(container.settings.file_keys.get_secret_value())
    both = _with_keys(container, keys | {"k2": b64encode(secrets.token_bytes(32)).decode()}, "k2")
    async with unit_of_work(SYSTEM, both) as uow:
        assert [await kept.rewrap_some(uow), await kept.rewrap_some(uow)] == [1, 0]
        assert await kept.keys_in_use(uow) == {"k2": 1}
    assert await document(both, cast.lea, certificate) == pdf
    with pytest.raises(UnknownKeyError):
        await document(container, cast.lea, certificate)


def _with_keys(container: Container, keys: dict[str, str], current: str) -> Container:
    changes = {"file_keys": SecretStr(json.dumps(keys)), "file_key_current": current}
    settings = container.settings.model_copy(update=changes)
    vars(settings).pop("file_key_ring", None)
    return dataclasses.replace(container, settings=settings)


async def test_the_template_of_the_day_is_frozen_into_the_certificate(
    container: Container, cast: Cast, enroll: Enroll
) -> None:
    async with unit_of_work(cast.olga, container) as uow:
        await templates.save(uow, cast.school, templates.SaveTemplate(signatory="Claire Morel", wording="Agrément 7"))
    (certificate,) = await issue_all(container, await enroll(cast.lea))
    async with unit_of_work(cast.olga, container) as uow:
        await templates.save(uow, cast.school, templates.SaveTemplate(signatory="Paul Neuf"))
    said = (await row(container, certificate)).content
    assert (said["signatory"], said["wording"], said["version"]) == ("Claire Morel", "Agrément 7", 2)
    assert said["employer"]


async def test_the_statement_of_completion_is_signed_and_for_those_who_see_the_certificate(
    container: Container, cast: Cast, enroll: Enroll
) -> None:
    (certificate,) = await issue_all(container, await enroll(cast.lea))
    people: Sequence[Actor] = (cast.lea, cast.olga, cast.marc)
    for actor in people:
        async with unit_of_work(actor, container) as uow:
            made = await completion.statement_of(uow, certificate)
        assert await accepted(container, made.content)
    async with unit_of_work(cast.stranger, container) as uow:
        with pytest.raises(NotFoundError):
            await completion.statement_of(uow, certificate)
    async with unit_of_work(SYSTEM, container) as uow:
        values = {"revoked_at": container.clock.now(), "revocation_reason": "fraud"}
        await uow.session.execute(update(Certificate).values(**values))
    async with unit_of_work(cast.lea, container) as uow:
        with pytest.raises(CompletionWithdrawnError):
            await completion.statement_of(uow, certificate)
