"""What the outbox holds on people: the mails that were written to them."""

from pygmalion_app.core.privacy import (
    Ground,
    Held,
    Holder,
    Period,
    Person,
    Rule,
    erase_rows,
    forgets,
    records,
    register,
)
from pygmalion_app.core.unit_of_work import UnitOfWork


async def _export(uow: UnitOfWork, person: Person) -> Held:
    mails = await records(uow, "SELECT * FROM outgoing_emails WHERE lower(to_address) = lower(%(email)s)", person)
    return Held({"mails": mails})


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    await erase_rows(uow, person, "DELETE FROM outgoing_emails WHERE lower(to_address) = lower(%(email)s)")


register(
    Holder(
        area="mails",
        export=_export,
        erase=_erase,
        rules=(
            # Sent ones keep subject and address only; those that could not be sent keep their words no longer either.
            Rule("mails", Period(months=3), forgets("DELETE FROM outgoing_emails WHERE created_at < %(before)s")),
        ),
    )
)
