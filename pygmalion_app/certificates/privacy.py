"""What certificates hold on people: their name, on record and on the document.

The profession keeps certificates for good. Somebody who asks for erasure gets the name and the document erased, and
what was anchored stays: hashes, from which nobody can be found, and with which the holder can still prove the document
they have in hand.
"""

from typing import Any

from pygmalion_app.certificates import external
from pygmalion_app.certificates.document.kept import document_of
from pygmalion_app.certificates.models import Certificate
from pygmalion_app.core.actor import Actor
from pygmalion_app.core.errors import NotFoundError, PygmalionError
from pygmalion_app.core.privacy import (
    Ground,
    Held,
    HeldFile,
    Holder,
    Kept,
    Person,
    erase_file,
    erase_rows,
    records,
    register,
)
from pygmalion_app.core.unit_of_work import UnitOfWork

_SECRETS = ("token_hash", "token_sealed", "salt", "file_key_id", "file_wrapped_key")


async def _export(uow: UnitOfWork, person: Person) -> Held:
    held = await records(
        uow, "SELECT * FROM certificates WHERE user_id = %(user)s ORDER BY issued_at", person, hide=_SECRETS
    )
    files = [await _document(uow, certificate) for certificate in held if certificate["file_key"]]
    credentials = [
        HeldFile(f"certificates/{certificate['number']}.json", bytes(certificate["credential"]))
        for certificate in held
        if certificate["credential"]
    ]
    return Held({"certificates": held}, (*(file for file in files if file is not None), *credentials))


async def _document(uow: UnitOfWork, certificate: dict[str, Any]) -> HeldFile | None:
    try:
        document = await document_of(uow, await uow.session.get_one(Certificate, certificate["id"]))
    except NotFoundError:
        return None
    return HeldFile(f"certificates/{certificate['number']}.pdf", document)


async def _export_external(uow: UnitOfWork, person: Person) -> Held:
    held = await records(
        uow,
        "SELECT * FROM external_certificates WHERE user_id = %(user)s ORDER BY id",
        person,
        hide=("wrapped_key", "key_id"),
    )
    files: list[HeldFile] = []
    for row in held:
        try:
            found = await external.read_file(Actor(user_id=person.id), row["id"])
        except PygmalionError:
            continue
        files.append(HeldFile(f"external-certificates/{row['id']}-{found.name}", found.content))
    return Held({"external_certificates": held}, tuple(files))


async def _erase_external(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    """Nobody has to keep what was obtained elsewhere; whoever checked others' is not named any more."""
    gone = await uow.sql("DELETE FROM external_certificates WHERE user_id = %(user)s RETURNING id", user=person.id)
    for row in gone:
        await erase_file(uow, external.file_key(row["id"]))
    await erase_rows(uow, person, "UPDATE external_certificates SET decided_by = NULL WHERE decided_by = %(user)s")


async def _erase(uow: UnitOfWork, person: Person, ground: Ground) -> None:
    if ground is not Ground.REQUESTED:
        return
    named = await uow.sql(
        "SELECT file_key FROM certificates WHERE user_id = %(user)s AND file_key IS NOT NULL", user=person.id
    )
    for certificate in named:
        await erase_file(uow, certificate["file_key"])
    await erase_rows(
        uow,
        person,
        # A certificate whose document was never made has nothing anchored and is worth nothing any more.
        "UPDATE certificates SET content = content || jsonb_build_object('holder', '', 'employer', ''),"
        " credential = NULL, credential_jwt = NULL, file_key = NULL, file_key_id = NULL, file_wrapped_key = NULL,"
        " revocation_note = '', erased_at = now() WHERE user_id = %(user)s",
    )


register(
    Holder(
        area="certificates",
        export=_export,
        erase=_erase,
        kept=(Kept("certificates", "SELECT max(issued_at) AS since FROM certificates WHERE user_id = %(user)s", None),),
    )
)

register(Holder(area="external_certificates", export=_export_external, erase=_erase_external))
