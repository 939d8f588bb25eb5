"""What a calendar feed holds on its owner: an address, and hashes of what it last said."""

from pygmalion_app.core.privacy import Ground, Held, Holder, Person, erase_rows, records, register
from pygmalion_app.core.unit_of_work import UnitOfWork


async def _export(uow: UnitOfWork, person: Person) -> Held:
    feeds = await records(
        uow, "SELECT * FROM calendar_feeds WHERE user_id = %(user)s", person, hide=("token_hash", "generation")
    )
    entries = await records(
        uow,
        "SELECT enrollment_id, sequence, changed_at FROM calendar_entries WHERE user_id = %(user)s ORDER BY id",
        person,
    )
    return Held({"calendar": feeds, "calendar_entries": entries})


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    await erase_rows(
        uow,
        person,
        "DELETE FROM calendar_entries WHERE user_id = %(user)s",
        "DELETE FROM calendar_feeds WHERE user_id = %(user)s",
    )


register(Holder(area="calendar", export=_export, erase=_erase))
