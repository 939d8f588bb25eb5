"""What certificates hold on people: their name, on record and on the document.

The profession keeps certificates for good. Somebody who asks for erasure gets the name and the document erased, and
what was anchored stays: hashes, from which nobody can be found, and with which the holder can still prove the document
they have in hand.
"""

from typing import Any

from pygmalion_app.core.errors import NotFoundError
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

_SECRETS = ("token_hash", "token_sealed", "salt")


async def _export(uow: UnitOfWork, person: Person) -> Held:
    held = await records(
        uow, "SELECT * FROM certificates WHERE user_id = %(user)s ORDER BY issued_at", person, hide=_SECRETS
    )
    files = [await _document(uow, certificate) for certificate in held if certificate["file_key"]]
    return Held({"certificates": held}, tuple(file for file in files if file is not None))


async def _document(uow: UnitOfWork, certificate: dict[str, Any]) -> HeldFile | None:
    try:
        return HeldFile(f"certificates/{certificate['number']}.pdf", await uow.ports.files.get(certificate["file_key"]))
    except NotFoundError:
        return None


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
        "UPDATE certificates SET content = jsonb_set(content, '{holder}', '\"\"'), file_key = NULL,"
        " erased_at = now() WHERE user_id = %(user)s",
    )


register(
    Holder(
        area="certificates",
        export=_export,
        erase=_erase,
        kept=(Kept("certificates", "SELECT max(issued_at) AS since FROM certificates WHERE user_id = %(user)s", None),),
    )
)
