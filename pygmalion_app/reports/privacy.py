"""What reports hold on people: the files that they asked for, and which reports are sent to whom."""

from pygmalion_app.core.privacy import Ground, Held, Holder, Person, erase_file, erase_rows, records, register
from pygmalion_app.core.unit_of_work import UnitOfWork
from pygmalion_app.reports.exports import file_key


async def _export(uow: UnitOfWork, person: Person) -> Held:
    files = "SELECT * FROM report_exports WHERE requested_by = %(user)s ORDER BY created_at"
    sent = "SELECT * FROM report_schedules WHERE recipient_id = %(user)s OR created_by = %(user)s ORDER BY created_at"
    return Held(
        {"report_exports": await records(uow, files, person), "report_schedules": await records(uow, sent, person)}
    )


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    for row in await uow.sql("SELECT id FROM report_exports WHERE requested_by = %(user)s", user=person.id):
        await erase_file(uow, file_key(row["id"]))
    await erase_rows(uow, person, "DELETE FROM report_exports WHERE requested_by = %(user)s")
    # What somebody set up for others comes on without them; theirs goes.
    await erase_rows(
        uow,
        person,
        "UPDATE report_schedules SET created_by = recipient_id WHERE created_by = %(user)s",
        "DELETE FROM report_schedules WHERE recipient_id = %(user)s",
    )


register(Holder(area="reports", export=_export, erase=_erase))
