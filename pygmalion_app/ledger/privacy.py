"""What the books hold on people: who asked for an export. Entries name organisations and orders only."""

from pygmalion_app.core.privacy import Ground, Held, Holder, Person, erase_file, erase_rows, records, register
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.ledger.exports import file_key


async def _export(uow: UnitOfWork, person: Person) -> Held:
    mine = "SELECT * FROM ledger_exports WHERE requested_by = %(user)s ORDER BY created_at"
    return Held({"ledger_exports": await records(uow, mine, person)})


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    for row in await uow.sql("SELECT id FROM ledger_exports WHERE requested_by = %(user)s", user=person.id):
        await erase_file(uow, file_key(row["id"]))
    await erase_rows(uow, person, "DELETE FROM ledger_exports WHERE requested_by = %(user)s")


register(Holder(area="ledger", export=_export, erase=_erase))
