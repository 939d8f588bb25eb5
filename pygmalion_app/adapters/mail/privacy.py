"""What the embedded mailbox holds on people: the mail they received here, as their own provider would hold it."""

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
    messages = await records(
        uow, "SELECT * FROM mailbox_messages WHERE lower(to_address) = lower(%(email)s) ORDER BY created_at", person
    )
    return Held({"messages": messages})


async def _erase(uow: UnitOfWork, person: Person, _ground: Ground) -> None:
    await erase_rows(uow, person, "DELETE FROM mailbox_messages WHERE lower(to_address) = lower(%(email)s)")


register(
    Holder(
        area="mailbox",
        export=_export,
        erase=_erase,
        # Others' mail may name somebody who is erased: it does not outlive its use either.
        rules=(
            Rule("mailbox", Period(months=3), forgets("DELETE FROM mailbox_messages WHERE created_at < %(before)s")),
        ),
    )
)
